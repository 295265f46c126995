"""The menu of commands and the bot's description, in the three languages."""

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.quietly import quietly
from bot.texts import N_, Translator, gettext
from domain.languages import Language

COMMANDS = {
    "policies": N_("look around in the policies"),
    "targets": N_("numeric targets"),
    "stages": N_("stages and their milestones"),
    "events": N_("yearly occasions"),
    "department": N_("what a department is in charge of"),
    "language": N_("choose the language"),
    "help": N_("what can be asked"),
}

# Telegram knows one Chinese; who reads the traditional script gets a menu of their own when they choose it.
_CODES = {None: Language.SIMPLIFIED, "zh": Language.SIMPLIFIED, "en": Language.ENGLISH}


def command_lines(t: Translator) -> list[str]:
    """Each command with what it does."""
    return [f"/{command} – {t.say(words)}" for command, words in COMMANDS.items()]


async def set_for_all(bot: Bot) -> None:
    """Show menu and description to everybody; a failure costs nothing but the menu."""
    for code, language in _CODES.items():
        t = gettext(language)
        about = t.say("Answers questions about standardisation policies, each with its source.")
        await quietly(bot.set_my_commands(_commands(t), language_code=code), "set the commands")
        await quietly(bot.set_my_description(about, language_code=code), "set the description")
        await quietly(bot.set_my_short_description(about, language_code=code), "set the short description")


async def set_for_chat(bot: Bot, chat_id: int, t: Translator) -> None:
    """Show one chat the menu in its language."""
    await bot.set_my_commands(_commands(t), scope=BotCommandScopeChat(chat_id=chat_id))


def _commands(t: Translator) -> list[BotCommand]:
    return [BotCommand(command=command, description=t.say(words)) for command, words in COMMANDS.items()]
