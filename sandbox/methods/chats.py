"""Methods about chats, their members and files."""

from sandbox.call import Call
from sandbox.errors import Json, bad_request, forbidden
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.people import Chat, Presence, member
from sandbox.rooms import bot_leaves
from sandbox.world import World

_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_chat(world: World, call: Call) -> Json:
    """Do getChat."""
    chat = world.find_chat(call)
    _require_known(chat)
    full: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    if chat.pinned is not None and chat.pinned in chat.messages:
        full["pinned_message"] = chat.messages[chat.pinned]
    return chat.chat() | full


def get_chat_member(world: World, call: Call) -> Json:
    """Do getChatMember."""
    chat = world.find_chat(call)
    _require_known(chat)
    user_id = call.number("user_id")
    if user_id == world.bot_id:
        return member(world.bot(), chat.presence)
    if user_id not in world.people or user_id is None:
        raise bad_request("user not found")
    role = "member" if user_id == chat.id else chat.members.get(user_id, "left")
    return member(world.user(user_id), role)


def get_chat_administrators(world: World, call: Call) -> list[Json]:
    """Do getChatAdministrators."""
    chat = world.chat_of(call)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    people = [
        member(world.user(person), role)
        for person, role in chat.members.items()
        if role in {"creator", "administrator"}
    ]
    itself = [member(world.bot(), chat.presence)] if chat.presence is Presence.ADMINISTRATOR else []
    return people + itself


def get_file(world: World, call: Call) -> Json:
    """Do getFile."""
    stored = world.files.get(call.text("file_id"))
    if len(stored.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
        "file_path": stored.path,
    }


def pin_chat_message(world: World, call: Call) -> bool:
    """Do pinChatMessage."""
    chat = world.chat_of(call)
    number = call.number("message_id") or 0
    if number not in chat.messages:
        raise bad_request("message to pin not found")
    _require_pin_right(chat)
    chat.pinned = number
    world.post(chat, world.bot(), {"pinned_message": _without_reply(chat.messages[number])})
    world.live.tell("state", None)
    return True


def unpin_chat_message(world: World, call: Call) -> bool:
    """Do unpinChatMessage."""
    chat = world.chat_of(call)
    _require_pin_right(chat)
    chat.pinned = None
    world.live.tell("state", None)
    return True


def leave_chat(world: World, call: Call) -> bool:
    """Do leaveChat."""
    chat = world.chat_of(call)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    bot_leaves(world, chat)
    return True


def _require_known(chat: Chat) -> None:
    """A bot may ask about chats it is or was in; groups it was removed from are closed to it."""
    if chat.migrated_to is not None or (not chat.is_private and chat.presence is Presence.KICKED):
        chat.require_open()
    if chat.is_private and chat.presence is Presence.LEFT:
        raise bad_request("chat not found")
    if chat.presence is Presence.LEFT:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")


def _require_pin_right(chat: Chat) -> None:
    if not chat.is_private and chat.presence is not Presence.ADMINISTRATOR:
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _without_reply(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "reply_to_message"}


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getFile": get_file,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "leaveChat": leave_chat,
}
