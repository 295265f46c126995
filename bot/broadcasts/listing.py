"""A list that an administrator sends: as a message, or as a small text file."""

from io import BytesIO

from aiogram import Bot
from aiogram.types import Message

from bot.refusal import Refusal
from bot.sender import translated
from bot.words.translations import N_
from domain.errors import DeliveryError

MOST_BYTES = 1_000_000


async def chat_list(message: Message, bot: Bot) -> str:
    """The text of the message or of its file.

    Raises:
        Refusal: the file is too large, is no text, or can't be fetched; or there is neither.
    """
    if message.text:
        return message.text
    document = message.document
    if document is None:
        raise Refusal(N_("Send the numbers as text, or as a text file."))
    if document.file_size is None or document.file_size > MOST_BYTES:
        raise Refusal(N_("That file is too large: a list may have {n} kB."), n=MOST_BYTES // 1000)
    content = BytesIO()
    try:
        await translated(bot.download(document, destination=content))
    except DeliveryError as error:
        raise Refusal(N_("The file could not be fetched; send it again.")) from error
    try:
        return content.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(N_("That file is no text in UTF-8.")) from error
