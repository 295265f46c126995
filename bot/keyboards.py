"""Rows of buttons as Telegram's keyboards: JSON, ready to send, so that each is written out once."""

import json
from functools import lru_cache
from typing import Any, NewType

from bot.buttons import Button, Rows, encode

Keyboard = NewType("Keyboard", str)


@lru_cache(maxsize=2048)
def keyboard(rows: Rows) -> Keyboard | None:
    """The inline keyboard of these rows; None for none."""
    if not rows:
        return None
    return _json({"inline_keyboard": [[_button(one) for one in row] for row in rows]})


def prompt(placeholder: str) -> Keyboard:
    """Opens the reply to our message, as if the person had chosen to reply."""
    return _json({"force_reply": True, "selective": True, "input_field_placeholder": placeholder[:64]})


def _button(one: Button) -> dict[str, str]:
    if isinstance(one.press, str):
        return {"text": one.label, "url": one.press}
    return {"text": one.label, "callback_data": encode(one.press)}


def _json(value: dict[str, Any]) -> Keyboard:
    return Keyboard(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
