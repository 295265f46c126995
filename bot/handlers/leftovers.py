"""What is neither a question nor a command of ours, in private: a polite word."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.answers import Desk
from bot.caller import Caller, speaker
from bot.texts import gettext

# What a person can send that holds no text; the rest are notices of Telegram's, which nobody answers.
MEDIA = frozenset(
    {
        "animation", "audio", "checklist", "contact", "dice", "document", "game", "location", "paid_media",
        "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice",
    }
)  # fmt: skip


def router() -> Router:
    """The rest."""
    here = Router(name="leftovers")
    here.message.register(nothing_to_cancel, Command("cancel"), is_command)
    here.message.register(unknown_command, is_command)
    here.message.register(no_text, is_media)
    return here


async def is_command(message: Message) -> bool:
    """Whether a person sent us something that looks like a command."""
    return _to_us(message) and (message.text or message.caption or "").startswith("/")


async def is_media(message: Message) -> bool:
    """Whether a person sent us something without words."""
    return _to_us(message) and message.content_type in MEDIA


async def nothing_to_cancel(message: Message, caller: Caller, desk: Desk) -> None:
    """Say that nothing is under way."""
    del message
    text = gettext(caller.language).say("There is nothing to cancel.")
    await desk.replies.send(caller.place, [text])


async def unknown_command(message: Message, caller: Caller, desk: Desk) -> None:
    """Say which commands there are."""
    del message
    text = gettext(caller.language).say("I do not know that command. /help shows what I can do.")
    await desk.replies.send(caller.place, [text])


async def no_text(message: Message, caller: Caller, desk: Desk) -> None:
    """Say that a question needs words."""
    del message
    text = gettext(caller.language).say("I can only read text. Send me your question in words.")
    await desk.replies.send(caller.place, [text])


def _to_us(message: Message) -> bool:
    return message.chat.type == "private" and speaker(message) is not None
