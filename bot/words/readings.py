"""Words about a text that was read."""

from collections.abc import Iterable

from bot.words.marks import bold, clean, shorten
from bot.words.translations import Translator

_QUOTE = 120


def unread_lines(unread: Iterable[tuple[str, str]], t: Translator) -> list[str]:
    """What could not be read: each quotation, and why (in the text's own language)."""
    lines = [f"• “{shorten(clean(quote), _QUOTE)}”: {clean(reason)}" for quote, reason in unread]
    return [bold(t.say("Could not be read:")), *lines] if lines else []
