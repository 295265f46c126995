"""Pressed buttons: each is answered, the old and the unknown ones too."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot import menu
from bot.access import Access
from bot.answers import Desk
from bot.buttons import AskAbout, Browse, Open, SetLanguage, Tell, decode
from bot.caller import Caller
from bot.greeting import LANGUAGE_NAMES, greeting
from bot.keyboards import keyboard
from bot.quietly import quietly
from bot.texts import gettext
from storage.chats import Chats


def router() -> Router:
    """Buttons."""
    here = Router(name="presses")
    here.callback_query.register(pressed)
    return here


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery, caller: Caller, desk: Desk, chats: Chats, access: Access, bot: Bot
) -> None:
    """Do what the button says, then let it come to rest."""
    hint: str | None = None
    match decode(press.data or ""):
        case Tell(reference=reference):
            await desk.tell(reference, caller)
        case Browse() as place:
            await desk.show(place, caller, instead_of=_message(press))
        case Open(reference=reference):
            await desk.show(Browse(reference=reference), caller)
        case AskAbout(reference=reference):
            await desk.prompt(reference, caller)
        case SetLanguage() as choice:
            hint = await _speak(choice, press, caller, desk, chats)
            if not caller.in_group:
                admin = access.is_admin(caller.seat.person_id)
                menus = menu.set_for_chat(bot, caller.seat.chat_id, gettext(choice.language), admin=admin)
                await quietly(menus, "set the commands of a chat")
        case _:
            hint = gettext(caller.language).say(
                "This button is from an older version. Send /policies to go on."
            )
    await desk.replies.settle(press.id, hint)


async def _speak(choice: SetLanguage, press: CallbackQuery, caller: Caller, desk: Desk, chats: Chats) -> str:
    """Speak another language in this chat from now on; returns the hint that says so."""
    chat_id, t = caller.seat.chat_id, gettext(choice.language)
    await chats.set_language(chat_id, choice.language, desk.clock())
    said = t.say("I speak {language} here now.", language=LANGUAGE_NAMES[choice.language])
    shown = greeting(desk.library, t) if choice.greet else None
    parts = shown.parts if shown else [said]
    under = keyboard(shown.rows) if shown else None
    await desk.replies.turn(caller.place, _message(press), parts, keyboard=under)
    return said


def _message(press: CallbackQuery) -> int | None:
    return press.message.message_id if press.message else None
