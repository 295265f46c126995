"""Methods that put messages into chats: text, photos, documents, albums, copies and forwards."""

import secrets

from sandbox.call import Call
from sandbox.errors import Json, bad_request
from sandbox.files import StoredFile, document, photo
from sandbox.keyboards import read_markup
from sandbox.people import Chat
from sandbox.text import read_text, require_caption, require_text
from sandbox.world import World


def send_message(world: World, call: Call) -> Json:
    """Do sendMessage."""
    chat = world.chat_of(call)
    text, entities = read_text(call, "text", "entities")
    require_text(text)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    return _send(world, chat, call, content)


def send_photo(world: World, call: Call) -> Json:
    """Do sendPhoto."""
    chat = world.chat_of(call)
    content = caption(call)
    return _send(world, chat, call, {"photo": photo(file_of(world, call, "photo"))} | content)


def send_document(world: World, call: Call) -> Json:
    """Do sendDocument."""
    chat = world.chat_of(call)
    content = caption(call)
    return _send(world, chat, call, {"document": document(file_of(world, call, "document"))} | content)


def send_media_group(world: World, call: Call) -> list[Json]:
    """Do sendMediaGroup: 2 to 10 photos or documents, all of one kind."""
    chat = world.chat_of(call)
    media = call.json("media")
    if not isinstance(media, list):
        raise bad_request("can't parse media: expected an Array of InputMedia")
    if not 2 <= len(media) <= 10:
        raise bad_request("wrong number of items in the album: 2 to 10 are allowed")
    contents = [media_content(world, call, item) for item in media]
    if len({"photo" in content for content in contents}) > 1:
        raise bad_request("photos and documents can't be mixed in one album")
    place = _place(chat, call)
    world.charge(chat, len(contents))
    album = {"media_group_id": str(secrets.randbits(53))}
    return [world.post(chat, world.bot(), place | content | album) for content in contents]


def copy_message(world: World, call: Call) -> Json:
    """Do copyMessage."""
    chat = world.chat_of(call)
    source = _source(world, call, "copy")
    kept = ("text", "entities", "photo", "document", "caption", "caption_entities")
    content = {key: source[key] for key in kept if key in source}
    if not content:
        raise bad_request("message can't be copied")
    if "caption" in call.params and "text" not in content:
        content = {key: content[key] for key in ("photo", "document") if key in content} | caption(call)
    return {"message_id": _send(world, chat, call, content)["message_id"]}


def forward_message(world: World, call: Call) -> Json:
    """Do forwardMessage."""
    chat = world.chat_of(call)
    source = _source(world, call, "forward")
    if source.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    kept = ("text", "entities", "photo", "document", "caption", "caption_entities")
    content = {key: source[key] for key in kept if key in source}
    if not content:
        raise bad_request("message can't be forwarded")
    origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
    return _send(world, chat, call, content | {"forward_origin": origin})


def caption(call: Call) -> Json:
    """The caption's part of a message."""
    text, entities = read_text(call, "caption", "caption_entities")
    require_caption(text)
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    return content


def media_content(world: World, call: Call, item: object) -> Json:
    """The message content of one InputMedia; raises ApiError 400."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    part = Call(method=call.method, params=item, files=call.files)
    kind = part.text("type")
    if kind not in {"photo", "document"}:
        raise bad_request(f"can't parse InputMedia: the sandbox knows photo and document, not {kind[:20]}")
    stored = file_of(world, part, "media")
    content = {"photo": photo(stored)} if kind == "photo" else {"document": document(stored)}
    return content | caption(part)


def file_of(world: World, call: Call, name: str) -> StoredFile:
    """The uploaded or already known file a parameter stands for; raises ApiError 400."""
    reference = call.text(name)
    upload = call.upload(reference, name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return world.files.add(upload)
    if not reference:
        raise bad_request(f"there is no {name} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content (the sandbox reaches out to nobody)")
    return world.files.get(reference)


def _send(world: World, chat: Chat, call: Call, content: Json) -> Json:
    """Everything the sending methods share: place, markup, rates, the message itself."""
    markup = read_markup(call)
    place = _place(chat, call)
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    world.charge(chat)
    if markup and "inline_keyboard" not in markup:
        chat.keyboard = markup if "keyboard" in markup else None
    return world.post(chat, world.bot(), place | content)


def _place(chat: Chat, call: Call) -> Json:
    """Topic, reply and protection."""
    place: Json = {}
    thread = call.number("message_thread_id")
    if thread is not None:
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        place |= {"message_thread_id": thread, "is_topic_message": True}
    if replied := _replied(chat, call):
        place["reply_to_message"] = replied
    if call.flag("protect_content"):
        place["has_protected_content"] = True
    return place


def _replied(chat: Chat, call: Call) -> Json | None:
    given = call.object("reply_parameters")
    reply = Call(method=call.method, params=given) if given else call
    message_id = reply.number("message_id" if given else "reply_to_message_id")
    if message_id is None:
        return None
    message = chat.messages.get(message_id)
    if message is None:
        if reply.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def _source(world: World, call: Call, verb: str) -> Json:
    chat = world.find_chat(call, "from_chat_id")
    message = chat.messages.get(call.number("message_id") or 0)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    return message


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
