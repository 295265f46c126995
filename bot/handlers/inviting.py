"""Invitations: administrators make and withdraw them, whoever they reach redeems them."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.access import Access
from bot.answers import Desk
from bot.buttons import Act, Room
from bot.caller import Caller
from bot.inviting.invitations import Inviting
from bot.inviting.links import code_of
from bot.inviting.verbs import Errand
from bot.rooms import may_decide, pressed_in
from bot.texts import gettext


def router() -> Router:
    """Invitations; before the greeting, which takes every other /start."""
    here = Router(name="inviting")
    here.message.register(redeemed, CommandStart(deep_link=True), has_code)
    here.message.register(invite, Command("invite"))
    here.message.register(listed, Command("invitations"))
    here.callback_query.register(pressed, pressed_in(Room.INVITATIONS))
    return here


async def has_code(message: Message, command: CommandObject) -> bool | dict[str, Any]:
    """Whether /start came with the code of an invitation; gives the handler `code`."""
    del message
    code = code_of(command.args or "")
    return False if code is None else {"code": code}


async def redeemed(  # noqa: PLR0913, PLR0917 - what a handler is given
    message: Message, code: str, caller: Caller, desk: Desk, inviting: Inviting, bot: Bot
) -> None:
    """Follow what it invites to; in a group only its administrators may."""
    if not await may_decide(caller, bot):
        text = gettext(caller.language).say("In a group only its administrators can change that.")
        await desk.replies.send(caller.place, [text])
        return
    person = None if message.sender_chat else message.from_user
    await inviting.redeem(code, caller, person.full_name if person else "")


async def invite(message: Message, caller: Caller, desk: Desk, access: Access, inviting: Inviting) -> None:
    """Ask what to invite to."""
    del message
    if refusal := access.refusal(caller):
        await desk.replies.send(caller.place, [refusal])
        return
    await inviting.choose(caller)


async def listed(message: Message, caller: Caller, desk: Desk, access: Access, inviting: Inviting) -> None:
    """Show the open ones."""
    del message
    if refusal := access.refusal(caller):
        await desk.replies.send(caller.place, [refusal])
        return
    await inviting.list_open(caller)


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery, act: Act, caller: Caller, desk: Desk, access: Access, inviting: Inviting
) -> None:
    """An administrator's button."""
    t = gettext(caller.language)
    errand, hint = Errand.of(act), access.refusal(caller)
    if hint is None and errand is None:
        hint = t.say("This button is from an older version. Send /policies to go on.")
    elif hint is None and errand is not None:
        hint = await inviting.press(errand, caller, press.message.message_id if press.message else None)
    await desk.replies.settle(press.id, hint)
