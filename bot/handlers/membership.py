"""Chats that come and go: we were added, blocked, removed; a group became a supergroup."""

from typing import Any

from aiogram import Bot, Router
from aiogram.types import ChatMemberUpdated, Message

from bot.answers import Desk
from bot.caller import language_of
from bot.sender import Place
from bot.texts import escape, gettext
from storage.chats import Chats

_INSIDE = frozenset({"member", "administrator", "creator"})


def router() -> Router:
    """Membership."""
    here = Router(name="membership")
    here.my_chat_member.register(changed)
    here.message.register(migrated, is_migration)
    return here


async def is_migration(message: Message) -> bool:
    """Whether a message says that a group goes on under another id."""
    return message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None


async def migrated(message: Message, chats: Chats, desk: Desk) -> None:
    """Take the group's settings along."""
    here = message.chat.id
    old = message.migrate_from_chat_id or here
    await chats.migrate(old, message.migrate_to_chat_id or here, desk.clock())


async def changed(event: ChatMemberUpdated, chats: Chats, desk: Desk, bot: Bot) -> None:
    """Note whether the chat can be written to; say hello to a group that takes us in."""
    chat = event.chat
    if not _is_inside(event.new_chat_member):
        await chats.set_active(chat.id, False, desk.clock())  # noqa: FBT003 - its one value
        return
    await chats.remember(chat.id, chat.type, chat.title or chat.full_name or "", now=desk.clock())
    if chat.type in ("group", "supergroup") and not _is_inside(event.old_chat_member):
        me = await bot.me()
        t = gettext(language_of(chat.id, event.from_user, chats))
        hello = t.say(
            "Hello! I answer questions about standardisation policies."
            " Mention me (@{name}) or reply to me; /help says more.",
            name=me.username,
        )
        await desk.replies.send(Place(chat_id=chat.id), [escape(hello)])


def _is_inside(member: Any) -> bool:
    return member.status in _INSIDE or (member.status == "restricted" and member.is_member)
