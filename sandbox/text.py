"""A message's text as Telegram keeps it: cleaned, trimmed, measured, commands, mentions and links marked."""

import re

from sandbox.call import Call
from sandbox.errors import Json, bad_request
from sandbox.markup import parse_html, utf16_length

TEXT_LIMIT = 4096
"""Characters of a message, counted after parsing."""
CAPTION_LIMIT = 1024
"""Characters under a photo or document, counted after parsing."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"，。；）]+|(?<![\w@./])t\.me/[^\s<>\"，。；）]+)"
    r"|(?P<mention>(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31})"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{3,31})?(?![\w/]))"
    r"|(?P<hashtag>(?<![\w&])\#\w*[^\W\d_]\w*)"
)
_VERBATIM = {"pre", "code", "text_link"}
_ENTITY_KINDS = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
    ]
)


def read_text(call: Call, field: str, entities_field: str) -> tuple[str, list[Json]]:
    """The call's text as plain text and entities, without the limits; raises ApiError 400."""
    source = clean(call.text(field))
    mode = call.text("parse_mode").lower()
    if mode == "html":
        plain, entities = parse_html(source)
    elif mode:
        raise bad_request(
            f"the sandbox understands parse_mode HTML only, not {call.text('parse_mode')[:40]}"
            if mode in {"markdown", "markdownv2"}
            else "unsupported parse_mode"
        )
    else:
        plain, entities = source, _given_entities(call.json(entities_field), source)
    return finished(plain, entities)


def finished(plain: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Trim the text, fit the entities to it and mark what Telegram finds by itself."""
    text, entities = _trimmed(plain, entities)
    return text, _with_found(text, entities)


def require_text(text: str) -> None:
    """Refuse an empty or too long message."""
    if not text:
        raise bad_request("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")


def require_caption(text: str) -> None:
    """Refuse a too long caption; an empty one is fine."""
    if len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")


def clean(text: str) -> str:
    """The text without carriage returns, other control characters as spaces."""
    text = text.replace("\r", "")
    return _CONTROL.sub(" ", text) if not text.isprintable() else text


def _given_entities(value: object, text: str) -> list[Json]:
    """Entities the caller worked out itself, when they are well-formed and inside the text."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    units = utf16_length(text)
    return [_given_entity(entity, units) for entity in value]


def _given_entity(entity: object, units: int) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
    if not isinstance(kind, str) or kind not in _ENTITY_KINDS:
        raise bad_request("can't parse MessageEntity: unsupported type")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        raise bad_request("can't parse MessageEntity: wrong offset or length")
    if offset + length > units:
        raise bad_request("can't parse MessageEntity: entity is outside of the text")
    known = {"type", "offset", "length", "url", "user", "language", "custom_emoji_id"}
    return {key: value for key, value in entity.items() if key in known and value is not None}


def _trimmed(plain: str, entities: list[Json]) -> tuple[str, list[Json]]:
    text = plain.strip()
    if len(text) == len(plain) or not entities:
        return text, entities
    shift = utf16_length(plain[: len(plain) - len(plain.lstrip())])
    units = utf16_length(text)
    kept = []
    for entity in entities:
        begin = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] - shift + entity["length"], units)
        if end > begin:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return text, kept


def _with_found(text: str, entities: list[Json]) -> list[Json]:
    """The entities with commands, mentions, links and hashtags added where no code or link stands."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _VERBATIM]
    found = []
    for match in _FOUND.finditer(text):
        begin = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if all(begin + length <= start or begin >= end for start, end in taken):
            found.append({"type": match.lastgroup, "offset": begin, "length": length})
    if not found:
        return entities
    return sorted(entities + found, key=lambda e: (e["offset"], -e["length"]))
