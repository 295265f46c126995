"""The nouns of the chat world: persons and chats, and how the bot sees them as JSON."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from sandbox.errors import Json, forbidden, migrated


class Presence(StrEnum):
    """The bot's standing in a chat, in Telegram's words."""

    MEMBER = "member"  # it reads and writes
    ADMINISTRATOR = "administrator"  # it also reads all, pins and deletes
    LEFT = "left"  # it left, or was never here
    KICKED = "kicked"  # it was removed, or the person blocked it


@dataclass(kw_only=True, slots=True)
class Person:
    """Somebody who plays; the private chat with the bot has the same id."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str = "zh-hans"
    started: bool = False
    """Whether the person wrote to the bot: before that it may not write first."""

    def user(self) -> Json:
        """The User object."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        return user | {"language_code": self.language_code}


@dataclass(kw_only=True, slots=True)
class Chat:
    """A private chat, a group, or a supergroup with or without topics."""

    id: int
    kind: str
    """private, group or supergroup"""
    title: str
    username: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    """Person ids and their roles: creator, administrator or member."""
    presence: Presence = Presence.MEMBER
    is_forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    """Names by message_thread_id."""
    pinned: int | None = None
    migrated_to: int | None = None
    keyboard: Json | None = None
    """The reply keyboard the bot put under the composer."""
    menu: Json | None = None
    """The chat's own menu button."""
    messages: OrderedDict[int, Json] = field(default_factory=OrderedDict)
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def is_private(self) -> bool:
        """Whether this is a conversation of one person with the bot."""
        return self.kind == "private"

    def chat(self) -> Json:
        """The Chat object."""
        shown: Json = {"id": self.id, "type": self.kind}
        shown["first_name" if self.is_private else "title"] = self.title
        if self.username:
            shown["username"] = self.username
        if self.is_forum:
            shown["is_forum"] = True
        return shown

    def require_open(self) -> None:
        """Raise the ApiError the bot meets when it may not write here."""
        if self.migrated_to is not None:
            raise migrated(self.migrated_to)
        if self.presence is Presence.KICKED:
            raise forbidden(
                "bot was blocked by the user"
                if self.is_private
                else f"bot was kicked from the {self.kind} chat"
            )
        if self.presence is Presence.LEFT:
            raise forbidden(
                "bot can't initiate conversation with a user"
                if self.is_private
                else f"bot is not a member of the {self.kind} chat"
            )


def member(user: Json, role: str) -> Json:
    """The ChatMember object of a user with a role."""
    shown: Json = {"user": user, "status": role}
    match role:
        case "creator":
            return shown | {"is_anonymous": False}
        case "administrator":
            return shown | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_RIGHTS, True)
        case "kicked":
            return shown | {"until_date": 0}
    return shown


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)
