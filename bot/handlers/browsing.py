"""The commands that open a place to browse."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from answering.answer import Aspect, Reference
from bot.answers import Desk
from bot.buttons import Browse
from bot.caller import Caller
from domain.policy import FactKind

PLACES = {
    "policies": FactKind.POLICY,
    "targets": FactKind.TARGET,
    "stages": FactKind.STAGE,
    "events": FactKind.EVENT,
    "department": FactKind.DEPARTMENT,
}


def router() -> Router:
    """Commands for browsing."""
    here = Router(name="browsing")
    here.message.register(browse, Command(*PLACES))
    return here


async def browse(message: Message, command: CommandObject, caller: Caller, desk: Desk) -> None:
    """Open the place that the command names."""
    del message
    kind = PLACES[command.command.casefold()]
    await desk.show(Browse(reference=Reference(policy="", kind=kind, aspect=Aspect.LIST)), caller)
