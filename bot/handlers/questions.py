"""Free text: a question, asked or edited."""

from aiogram import Router
from aiogram.types import Message

from bot.addressing import is_question
from bot.answers import Desk
from bot.caller import Caller


def router() -> Router:
    """Questions in chats."""
    here = Router(name="questions")
    here.message.register(asked, is_question)
    here.edited_message.register(edited, is_question)
    return here


async def asked(message: Message, question: str, caller: Caller, desk: Desk) -> None:
    """Answer a question."""
    await desk.ask(question, caller, message_id=message.message_id)


async def edited(message: Message, question: str, caller: Caller, desk: Desk) -> None:
    """Answer an edited question in the place of its earlier answer."""
    await desk.ask(question, caller, message_id=message.message_id, edited=True)
