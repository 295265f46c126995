"""Methods that change or delete messages."""

from sandbox.call import Call
from sandbox.errors import Json, bad_request, not_modified
from sandbox.keyboards import read_inline_markup
from sandbox.methods.sending import caption, media_content
from sandbox.people import Chat, Presence
from sandbox.text import read_text, require_text
from sandbox.world import World

_DELETABLE_SECONDS = 48 * 3600
Edited = Json | bool
"""The message, or True for one sent by inline mode."""


def edit_text(world: World, call: Call) -> Edited:
    """Do editMessageText."""
    chat, message = _target(world, call)
    text, entities = read_text(call, "text", "entities")
    require_text(text)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    markup = read_inline_markup(call)
    return _edit(world, call, chat, message, {"text": text, "entities": entities, "reply_markup": markup})


def edit_caption(world: World, call: Call) -> Edited:
    """Do editMessageCaption."""
    chat, message = _target(world, call)
    content = caption(call)
    if not {"photo", "document"} & message.keys():
        raise bad_request("there is no caption in the message to edit")
    changes = {"caption": content.get("caption"), "caption_entities": content.get("caption_entities")}
    return _edit(world, call, chat, message, changes | {"reply_markup": read_inline_markup(call)})


def edit_media(world: World, call: Call) -> Edited:
    """Do editMessageMedia."""
    chat, message = _target(world, call)
    content = media_content(world, call, call.json("media"))
    if "text" in message:
        raise bad_request("there is no media in the message to edit")
    parts = ("photo", "document", "caption", "caption_entities")
    changes = {part: content.get(part) for part in parts}
    return _edit(world, call, chat, message, changes | {"reply_markup": read_inline_markup(call)})


def edit_markup(world: World, call: Call) -> Edited:
    """Do editMessageReplyMarkup."""
    chat, message = _target(world, call)
    return _edit(world, call, chat, message, {"reply_markup": read_inline_markup(call)})


def delete_message(world: World, call: Call) -> bool:
    """Do deleteMessage: its own, any in a private chat, any as administrator; for two days."""
    chat = world.chat_of(call)
    message = chat.messages.get(call.number("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    _require_deletable(world, chat, message)
    world.remove(chat, message["message_id"])
    return True


def delete_messages(world: World, call: Call) -> bool:
    """Do deleteMessages: up to 100; unknown ones are skipped."""
    chat = world.chat_of(call)
    numbers = call.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    found = [chat.messages[n] for n in numbers if isinstance(n, int) and n in chat.messages]
    for message in found:
        _require_deletable(world, chat, message)
    for message in found:
        world.remove(chat, message["message_id"])
    return True


def _require_deletable(world: World, chat: Chat, message: Json) -> None:
    own = message["from"]["id"] == world.bot_id
    rights = own or chat.is_private or chat.presence is Presence.ADMINISTRATOR
    if not rights or world.clock() - message["date"] > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted")


def _target(world: World, call: Call) -> tuple[Chat, Json]:
    """The message an edit is about."""
    if inline_id := call.text("inline_message_id"):
        if inline_id not in world.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        chat_id, number = world.inline_messages[inline_id]
        chat = world.chats[chat_id]
    else:
        chat, number = world.chat_of(call), call.number("message_id") or 0
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to edit not found")
    if not inline_id and message["from"]["id"] != world.bot_id:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(world: World, call: Call, chat: Chat, message: Json, changes: Json) -> Edited:
    if all((message.get(part) or None) == (value or None) for part, value in changes.items()):
        raise not_modified()
    world.charge(chat)
    kept = {part: value or None for part, value in changes.items()}
    changed = world.change(chat, message, kept | {"edit_date": int(world.clock())})
    return True if call.text("inline_message_id") else changed


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
