"""The two links of an invitation, and the code that Telegram hands on from them."""

import re
from urllib.parse import quote

# A reference has a `_`, and other links of ours have other letters. A code that was cut short is one too.
_PAYLOAD = re.compile(r"i([0-9a-f]+)", re.ASCII)


def for_person(code: str, bot_name: str) -> str:
    """The link that opens a private chat with us."""
    return f"https://t.me/{bot_name}?start=i{code}"


def for_group(code: str, bot_name: str) -> str:
    """The link that lets somebody choose a group, and brings us into it."""
    return f"https://t.me/{bot_name}?startgroup=i{code}"


def passing_on(link: str) -> str:
    """The link that lets somebody choose whom to send a link to."""
    return f"https://t.me/share/url?url={quote(link, safe='')}"


def code_of(payload: str) -> str | None:
    """The code that came with /start, whole or not; None for what is no invitation."""
    found = _PAYLOAD.fullmatch(payload)
    return found[1] if found else None
