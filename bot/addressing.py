"""Is a message a question to us, and which: everything in private; in groups a mention or a reply."""

from typing import Any

from aiogram import Bot
from aiogram.types import Message, MessageEntity

from bot.caller import speaker


async def is_question(message: Message, bot: Bot) -> bool | dict[str, Any]:
    """The filter of the free-text handler: gives it `question`."""
    text = message.text or message.caption
    if not text or text.startswith("/") or speaker(message) is None:
        return False
    if message.chat.type != "private":
        text = await _asked_in_group(message, text, bot)
    return False if text is None else {"question": text}


async def _asked_in_group(message: Message, text: str, bot: Bot) -> str | None:
    """The question without our name; None where it is not put to us."""
    entities = (message.entities if message.text else message.caption_entities) or []
    mentions = [entity for entity in entities if await _is_us(entity, text, bot)]
    if not mentions:
        return text if _replies_to_us(message, bot) else None
    question = _without(text, mentions).strip()
    # Only our name, under somebody's question: that question is meant.
    above = message.reply_to_message
    if not question and above is not None and not _replies_to_us(message, bot):
        question = above.text or ""
    return question or "?"


def _replies_to_us(message: Message, bot: Bot) -> bool:
    above = message.reply_to_message
    if above is None or above.from_user is None or above.forum_topic_created is not None:
        return False  # in a topic, each message "replies" to the notice of its opening
    return above.from_user.id == bot.id


async def _is_us(entity: MessageEntity, text: str, bot: Bot) -> bool:
    if entity.type == "text_mention":
        return entity.user is not None and entity.user.id == bot.id
    if entity.type != "mention":
        return False
    us = await bot.me()
    return entity.extract_from(text).lower() == f"@{us.username}".lower()


def _without(text: str, mentions: list[MessageEntity]) -> str:
    # Offsets count UTF-16 units.
    units = text.encode("utf-16-le")
    for entity in sorted(mentions, key=lambda one: one.offset, reverse=True):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return units.decode("utf-16-le", "replace")
