"""Alex in a dialog: what they write and press, and what they see of it."""

from typing import Any

from tests.bot.chat.cast import ALEX
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call


class AtTheDesk:
    """Alex, whose screen is read off our calls."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.calls: list[Call] = []

    async def says(self, text: str | None = None, **fields: Any) -> list[Call]:
        """Alex writes."""
        self.calls = await self.stage.says(ALEX, text, **fields)
        return self.calls

    @property
    def shown(self) -> Call:
        """The text that was shown last, with its buttons."""
        return [call for call in self.calls if call["method"] in ("sendMessage", "editMessageText")][-1]

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n".join(call["text"] for call in self.calls if "text" in call)

    @property
    def buttons(self) -> list[Call]:
        """Of the message shown last."""
        markup = self.shown.get("reply_markup") or {"inline_keyboard": []}
        return [one for row in markup["inline_keyboard"] for one in row]
