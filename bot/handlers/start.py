"""The first words: /start with its deep links, /help, /language."""

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot import codes
from bot.access import Access
from bot.answers import Desk
from bot.buttons import Browse
from bot.caller import Caller
from bot.greeting import greeting, languages
from bot.keyboards import keyboard
from bot.menu import command_lines, set_for_chat
from bot.quietly import quietly
from bot.texts import gettext


def router() -> Router:
    """Start, help and language."""
    here = Router(name="start")
    here.message.register(start, CommandStart())
    here.message.register(help_, Command("help"))
    here.message.register(language, Command("language"))
    return here


async def start(  # noqa: PLR0913, PLR0917 - what a handler is given
    message: Message, command: CommandObject, caller: Caller, desk: Desk, access: Access, bot: Bot
) -> None:
    """Greet, or open what the link points to; an administrator's menu grows."""
    del message
    if access.is_admin(caller.seat.person_id) and not caller.in_group:
        menu = set_for_chat(bot, caller.seat.chat_id, gettext(caller.language), admin=True)
        await quietly(menu, "set an administrator's commands")
    reference = codes.decode(command.args) if command.args else None
    if reference is not None:
        await desk.show(Browse(reference=reference), caller)
        return
    shown = greeting(desk.library, gettext(caller.language))
    await desk.replies.send(caller.place, shown.parts, keyboard=keyboard(shown.rows))


async def help_(message: Message, caller: Caller, desk: Desk, access: Access) -> None:
    """Say what can be asked, and the commands."""
    del message
    admin = access.is_admin(caller.seat.person_id) and not caller.in_group
    commands = command_lines(gettext(caller.language), admin=admin)
    parts = [*desk.help(caller.language), "\n".join(commands)]
    await desk.replies.send(caller.place, ["\n\n".join(parts)])


async def language(message: Message, caller: Caller, desk: Desk) -> None:
    """Offer the languages."""
    del message
    text = gettext(caller.language).say("Which language shall I speak here?")
    await desk.replies.send(caller.place, [text], keyboard=keyboard((languages(greet=False),)))
