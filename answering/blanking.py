"""What is understood of a text is blanked out, so that nothing is read twice and positions stay."""


def blank(text: str, start: int, end: int) -> str:
    """The text with spaces from `start` to `end`."""
    return text[:start] + " " * (end - start) + text[end:]
