"""The menu of commands and the bot's description, in the three languages."""

from collections.abc import Collection, Mapping

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.caller import language_of
from bot.quietly import quietly
from bot.texts import N_, Translator, gettext
from domain.languages import Language
from storage.chats import Chats

COMMANDS = {
    "policies": N_("look around in the policies"),
    "targets": N_("numeric targets"),
    "stages": N_("stages and their milestones"),
    "events": N_("yearly occasions"),
    "department": N_("what a department is in charge of"),
    "upcoming": N_("what comes in the next 90 days"),
    "calendar": N_("a month, with its dates and days off"),
    "timeline": N_("a policy along the years, as a picture"),
    "mine": N_("what is followed here, how reminders come, what is open"),
    "calendar_link": N_("these dates in your own calendar program"),
    "notices": N_("whether broadcasts come here"),
    "language": N_("choose the language"),
    "help": N_("what can be asked"),
}

# Shown to administrators only, in their chats with us.
FOR_ADMINS = {
    "import": N_("read a policy text, check it, publish it"),
    "broadcast": N_("send a message to many chats"),
    "broadcasts": N_("the last broadcasts and their reports"),
    "late": N_("what is overdue, and what could not be sent"),
    "invite": N_("let a person or a group follow something"),
    "invitations": N_("invitations that are open"),
    "dates": N_("dates of your own that are reminded of"),
    "addresses": N_("departments without Telegram"),
    "audit": N_("who did what"),
}

# Telegram knows one Chinese; who reads the traditional script gets a menu of their own when they choose it.
_CODES = {None: Language.SIMPLIFIED, "zh": Language.SIMPLIFIED, "en": Language.ENGLISH}


def command_lines(t: Translator, *, admin: bool = False) -> list[str]:
    """Each command with what it does."""
    return [f"/{command} – {t.say(words)}" for command, words in _offered(admin=admin).items()]


async def set_for_all(bot: Bot) -> None:
    """Show menu and description to everybody; a failure costs nothing but the menu."""
    for code, language in _CODES.items():
        t = gettext(language)
        about = t.say("Answers questions about standardisation policies, each with its source.")
        await quietly(bot.set_my_commands(_commands(t), language_code=code), "set the commands")
        await quietly(bot.set_my_description(about, language_code=code), "set the description")
        await quietly(bot.set_my_short_description(about, language_code=code), "set the short description")


async def set_for_chat(bot: Bot, chat_id: int, t: Translator, *, admin: bool = False) -> None:
    """Show one chat the menu in its language."""
    await bot.set_my_commands(_commands(t, admin=admin), scope=BotCommandScopeChat(chat_id=chat_id))


async def set_for_admins(bot: Bot, admins: Collection[int], chats: Chats) -> None:
    """Show each administrator whose chat we know the whole menu; who writes first later gets it then."""
    for admin in admins:
        if chats.get(admin):
            t = gettext(language_of(admin, None, chats))
            await quietly(set_for_chat(bot, admin, t, admin=True), "set an administrator's commands")


def _commands(t: Translator, *, admin: bool = False) -> list[BotCommand]:
    offered = _offered(admin=admin)
    return [BotCommand(command=command, description=t.say(words)) for command, words in offered.items()]


def _offered(*, admin: bool) -> Mapping[str, str]:
    return COMMANDS | FOR_ADMINS if admin else COMMANDS
