"""Deep links: addresses that open the bot at a policy, a target, a measure."""

from urllib.parse import quote

from answering.answer import Reference
from bot import codes


def deep(reference: Reference, bot_name: str) -> str:
    """The address that opens a private chat with us there."""
    return f"https://t.me/{bot_name}?start={codes.encode(reference)}"


def share(reference: Reference, bot_name: str) -> str:
    """The address that lets a person choose whom to send the deep link to."""
    return f"https://t.me/share/url?url={quote(deep(reference, bot_name), safe='')}"
