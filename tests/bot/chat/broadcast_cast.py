"""What broadcast tests share: an administrator at their buttons, and a post office without a network."""

from typing import Any

from domain.delivery import Failed, Outcome, Sent, Unreachable
from tests.bot.chat.cast import CHEN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

BLOCKED = Unreachable("Telegram server says - Forbidden: bot was blocked by the user")
REFUSED = Failed("Telegram server says - Bad Request: something of theirs")


class Office:
    """陈晓 administers here; what they see is read off the calls we made."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.calls: list[Call] = []

    async def says(self, text: str | None = None, **fields: Any) -> list[Call]:
        """Chen writes or sends something."""
        self.calls = await self.stage.says(CHEN, text, **fields)
        return self.calls

    async def presses(self, words: str, at: Call | None = None) -> list[Call]:
        """Chen presses the button that holds these words, of a message of ours or of the last one."""
        return await self.sends_press(self.data(words, at), (at or self.last)["message_id"])

    async def sends_press(self, data: str, message_id: int | None = None) -> list[Call]:
        """A press arrives, whatever it says."""
        message = {} if message_id is None else {"message_id": message_id}
        self.calls = await self.stage.presses(CHEN, data, **message)
        return self.calls

    def data(self, words: str, at: Call | None = None) -> str:
        """What the button that holds these words would send."""
        found = [one for one in self.buttons(at) if words in one["text"]]
        assert found, (words, [one["text"] for one in self.buttons(at)])
        return str(found[0]["callback_data"])

    def buttons(self, at: Call | None = None) -> list[Call]:
        """The buttons of a message."""
        rows = (at or self.last).get("reply_markup", {}).get("inline_keyboard", [])
        return [one for row in rows for one in row]

    @property
    def last(self) -> Call:
        """The message we sent or changed last, with its id."""
        for call in reversed(self.stage.telegram.calls):
            if call["method"] == "editMessageText":
                return call
            if call["method"] == "sendMessage":
                return call | {"message_id": call.get("message_id", self.stage.last_id)}
        raise AssertionError("nothing was sent")

    @property
    def hint(self) -> str:
        """What the pressed button said."""
        (settled,) = [call for call in self.calls if call["method"] == "answerCallbackQuery"]
        return str(settled.get("text", ""))

    async def restarts(self) -> None:
        """The service stops and starts; the chat stays as it is."""
        shown = list(self.stage.telegram.calls)
        await self.stage.restart()
        self.stage.telegram.calls[:0] = shown

    async def composes(self, text: str = "各单位请注意", whom: str = "所有人") -> None:
        """As far as the draft that can be previewed."""
        await self.says("/broadcast")
        await self.says(text)
        await self.presses("发给谁")
        await self.presses(whom)

    async def confirms(self) -> str:
        """Preview, and send now; returns the broadcast's id."""
        await self.presses("预览并发送")
        broadcast_id = self.data("立即发给")[1:17]
        await self.presses("立即发给")
        return broadcast_id

    async def delivers(self, broadcast_id: str, outcomes: dict[int, Outcome] | None = None) -> None:
        """Write all its deliveries and end them: as told for a chat, else well."""
        stage, now = self.stage, self.stage.now
        await stage.broadcasts.begin(broadcast_id, now)
        while await stage.broadcasts.spread(broadcast_id, 100, now) is not None:
            pass
        claimed = await stage.outbox.claim("test", now, 1000, 60.0)
        await stage.outbox.handed([delivery.id for delivery, _ in claimed], "test", now)
        ends = outcomes or {}
        await stage.outbox.settle(
            [(one.id, "test", ends.get(one.chat_id, Sent(9000 + one.id))) for one, _ in claimed], now
        )
        await stage.broadcasts.finish(broadcast_id, now)

    async def refreshes(self) -> list[Call]:
        """The tick that keeps cards current; returns what it sent."""
        before = len(self.stage.telegram.calls)
        await self.stage.dispatcher["broadcast_cards"].refresh(self.stage.now)
        return self.stage.telegram.calls[before:]
