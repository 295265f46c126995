"""The first words: /start with its deep links, /help, /language."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot import codes
from bot.answers import Desk
from bot.buttons import Browse
from bot.caller import Caller
from bot.greeting import greeting, languages
from bot.keyboards import keyboard
from bot.menu import command_lines
from bot.texts import gettext


def router() -> Router:
    """Start, help and language."""
    here = Router(name="start")
    here.message.register(start, CommandStart())
    here.message.register(help_, Command("help"))
    here.message.register(language, Command("language"))
    return here


async def start(message: Message, command: CommandObject, caller: Caller, desk: Desk) -> None:
    """Greet, or open what the link points to."""
    del message
    reference = codes.decode(command.args) if command.args else None
    if reference is not None:
        await desk.show(Browse(reference=reference), caller)
        return
    shown = greeting(desk.library, gettext(caller.language))
    await desk.replies.send(caller.place, shown.parts, keyboard=keyboard(shown.rows))


async def help_(message: Message, caller: Caller, desk: Desk) -> None:
    """Say what can be asked, and the commands."""
    del message
    commands = command_lines(gettext(caller.language))
    parts = [*desk.help(caller.language), "\n".join(commands)]
    await desk.replies.send(caller.place, ["\n\n".join(parts)])


async def language(message: Message, caller: Caller, desk: Desk) -> None:
    """Offer the languages."""
    del message
    text = gettext(caller.language).say("Which language shall I speak here?")
    await desk.replies.send(caller.place, [text], keyboard=keyboard((languages(greet=False),)))
