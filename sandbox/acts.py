"""What people do: write, send files, edit, press buttons; each act becomes the update the bot would get."""

import re
import secrets
from typing import Any

from sandbox.call import Upload
from sandbox.errors import Json
from sandbox.files import document, photo
from sandbox.people import Chat, Person, Presence
from sandbox.text import CAPTION_LIMIT, TEXT_LIMIT, clean, finished
from sandbox.waiting import Press
from sandbox.world import World

START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What may follow `?start=` in a deep link."""


class RefusedError(Exception):
    """A person cannot do that; the words say why."""


def say(  # noqa: PLR0913 - who, where, what, and two ways to place it
    world: World,
    person_id: int,
    chat_id: int,
    text: str,
    *,
    reply_to: int | None = None,
    thread: int | None = None,
) -> list[Json]:
    """Write into a chat; a text over the limit becomes several messages, as Telegram's clients do it."""
    person, chat = speaker(world, person_id, chat_id)
    text = clean(text).strip()
    if not text:
        raise RefusedError("the text is empty")
    pieces = [text[at : at + TEXT_LIMIT].strip() for at in range(0, len(text), TEXT_LIMIT)]
    place = _place(chat, reply_to, thread)
    return [_said(world, person, chat, _text_content(piece) | place) for piece in pieces if piece]


def send_file(  # noqa: PLR0913 - a message with a file has that many parts
    world: World,
    person_id: int,
    chat_id: int,
    upload: Upload,
    *,
    as_photo: bool,
    caption: str = "",
    reply_to: int | None = None,
    thread: int | None = None,
) -> Json:
    """Send a document, or an image as a photo."""
    person, chat = speaker(world, person_id, chat_id)
    place = _place(chat, reply_to, thread)
    if len(caption) > CAPTION_LIMIT:
        raise RefusedError(f"the caption has more than {CAPTION_LIMIT} characters")
    stored = world.files.add(upload)
    content: Json = {"photo": photo(stored)} if as_photo else {"document": document(stored)}
    text, entities = finished(clean(caption), [])
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    return _said(world, person, chat, content | place)


def start(world: World, person_id: int, parameter: str = "") -> list[Json]:
    """Open the private chat by the start button or a deep link."""
    if parameter and not START_PARAMETER.fullmatch(parameter):
        raise RefusedError("a start parameter has 1 to 64 of A-Z a-z 0-9 _ -")
    return say(world, person_id, person_id, f"/start {parameter}".strip())


def edit(world: World, person_id: int, chat_id: int, message_id: int, text: str) -> Json:
    """Change the text (or caption) of one's own message."""
    _, chat = speaker(world, person_id, chat_id)
    message = found(chat, message_id)
    if message["from"]["id"] != person_id or not {"text", "photo", "document"} & message.keys():
        raise RefusedError("only one's own messages can be edited")
    part = "text" if "text" in message else "caption"
    content, entities = finished(clean(text)[:TEXT_LIMIT], [])
    if not content and part == "text":
        raise RefusedError("the text is empty")
    marked = "entities" if part == "text" else "caption_entities"
    changes = {part: content or None, marked: entities or None, "edit_date": int(world.clock())}
    changed = world.change(chat, message, changes)
    if bot_sees(world, chat, changed):
        world.updates.add("edited_message", changed, chat.id)
    return changed


def press(world: World, person_id: int, chat_id: int, message_id: int, place: tuple[int, int]) -> str | None:
    """Press the button at a row and column; returns the callback query's id, None if there is none."""
    person, chat = present(world, person_id, chat_id)
    message = found(chat, message_id)
    button = _button(message, *place)
    if "callback_data" not in button:
        return None
    waiting = Press(
        person=person_id, chat=chat_id, message=message_id, deadline=world.seconds() + world.answer_seconds
    )
    query: Json = {"id": world.waiting.add_press(waiting), "from": person.user()}
    query |= {"chat_instance": str(chat.id), "data": button["callback_data"]}
    inline = [key for key, spot in world.inline_messages.items() if spot == (chat_id, message_id)]
    query |= {"inline_message_id": inline[0]} if inline else {"message": message}
    world.updates.add("callback_query", query, person_id if inline else chat.id)
    return str(query["id"])


def repeat_update(world: World, update_id: int | None) -> int:
    """Deliver an update again under its old id."""
    repeated = world.updates.repeat(update_id)
    if repeated is None:
        raise RefusedError("no such update")
    return repeated


def bot_sees(world: World, chat: Chat, message: Json) -> bool:
    """Whether Telegram shows a message to the bot: all in private, in groups what privacy mode leaves."""
    if chat.presence not in {Presence.MEMBER, Presence.ADMINISTRATOR}:
        return False
    if chat.is_private or chat.presence is Presence.ADMINISTRATOR or not world.privacy:
        return True
    if not {"text", "photo", "document"} & message.keys():
        return True  # service messages are always shown
    reply = message.get("reply_to_message", {})
    if "via_bot" in message or reply.get("from", {}).get("id") == world.bot_id:
        return True
    return _is_addressed(message, world.username.lower())


def speaker(world: World, person_id: int, chat_id: int) -> tuple[Person, Chat]:
    """The person and the chat, when the person may write there; a first message starts the private chat."""
    person, chat = present(world, person_id, chat_id)
    if chat.is_private:
        if chat.presence is Presence.KICKED:
            raise RefusedError("this person has blocked the bot")
        person.started = True
        chat.presence = Presence.MEMBER
    return person, chat


def present(world: World, person_id: int, chat_id: int) -> tuple[Person, Chat]:
    """The person and the chat, when the person is in it."""
    person, chat = world.people.get(person_id), world.chats.get(chat_id)
    if person is None:
        raise RefusedError(f"no person {person_id}")
    if chat is None:
        raise RefusedError(f"no chat {chat_id}")
    if chat.migrated_to is not None:
        raise RefusedError(f"the group became {chat.migrated_to}")
    if person_id not in chat.members and person_id != chat.id:
        raise RefusedError(f"person {person_id} is not in chat {chat_id}")
    return person, chat


def found(chat: Chat, message_id: int) -> Json:
    """A message of a chat."""
    message = chat.messages.get(message_id)
    if message is None:
        raise RefusedError(f"no message {message_id} in chat {chat.id}")
    return message


def new_id(prefix: str) -> str:
    """An id nobody can guess."""
    return f"{prefix}{secrets.token_urlsafe(16)}"


def _said(world: World, person: Person, chat: Chat, content: Json) -> Json:
    message = world.post(chat, person.user(), content)
    if bot_sees(world, chat, message):
        world.updates.add("message", message, chat.id)
    return message


def _text_content(text: str) -> Json:
    plain, entities = finished(text, [])
    return {"text": plain, "entities": entities} if entities else {"text": plain}


def _place(chat: Chat, reply_to: int | None, thread: int | None) -> Json:
    place: Json = {}
    if thread is not None:
        if thread not in chat.topics:
            raise RefusedError(f"no topic {thread} in chat {chat.id}")
        place |= {"message_thread_id": thread, "is_topic_message": True}
    if reply_to is not None:
        replied = dict(found(chat, reply_to))
        replied.pop("reply_to_message", None)
        place["reply_to_message"] = replied
    return place


def _button(message: Json, row: int, column: int) -> Json:
    rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise RefusedError(f"message {message['message_id']} has no button {row}, {column}")
    return rows[row][column]


def _is_addressed(message: Json, username: str) -> bool:
    text = str(message.get("text") or message.get("caption") or "")
    entities: list[Any] = message.get("entities") or message.get("caption_entities") or []
    units = text.encode("utf-16-le")
    for entity in entities:
        begin, length = entity["offset"] * 2, entity["length"] * 2
        word = units[begin : begin + length].decode("utf-16-le").lower()
        if entity["type"] == "mention" and word == f"@{username}":
            return True
        if entity["type"] == "bot_command" and word.partition("@")[2] in {"", username}:
            return True
    return False
