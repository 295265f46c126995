"""Reply markup: inline keyboards are checked against Telegram's limits, other kinds for their shape."""

from typing import Any

from sandbox.call import Call
from sandbox.errors import Json, bad_request

BUTTONS = 100
"""Buttons of one inline keyboard."""
ROW = 8
"""Buttons of one row."""
DATA_BYTES = 64
"""Bytes of callback_data, at least one."""
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
)
_LINKS = ("http://", "https://", "tg://")


def read_markup(call: Call) -> Json | None:
    """The call's reply_markup; None when it has none. Raises ApiError 400."""
    return check_markup(call.object("reply_markup"))


def read_inline_markup(call: Call) -> Json | None:
    """The reply_markup of an edit, which can only be an inline keyboard."""
    markup = read_markup(call)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def check_markup(markup: Json | None) -> Json | None:
    """The markup when Telegram would take it; an empty inline keyboard is none."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        rows = [row for row in _rows(markup["inline_keyboard"]) if row]
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        return markup | {"keyboard": _reply_rows(markup["keyboard"])}
    if "remove_keyboard" in markup or "force_reply" in markup:
        return markup
    raise bad_request("can't parse reply markup JSON object")


def _rows(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays')
    if sum(map(len, rows)) > BUTTONS or any(len(row) > ROW for row in rows):
        raise bad_request("reply markup is too long")
    return [[_button(button) for button in row] for row in rows]


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not text.strip():
        raise bad_request("text buttons are unallowed in the inline keyboard")
    kept = {key: value for key, value in button.items() if value is not None}
    actions = [action for action in _ACTIONS if action in kept]
    if not actions and not {"pay", "callback_game"} & kept.keys():
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if "callback_data" in kept:
        _require_data(kept["callback_data"])
    if "url" in kept and not str(kept["url"]).lower().startswith(_LINKS):
        raise bad_request(f"inline keyboard button URL '{str(kept['url'])[:100]}' is invalid: Wrong HTTP URL")
    return kept


def _require_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode("utf-8", "replace")) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _reply_rows(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup should be an Array of Arrays')
    return [[_reply_button(button) for button in row] for row in rows]


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object or a String")
    return button
