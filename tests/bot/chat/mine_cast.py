"""What tests of /mine share: the policies in the store too, and a person at their buttons, in any chat."""

from datetime import UTC, datetime
from typing import Any

from storage.policies import save_policies
from storage.standings import Standing, Standings
from storage.subscriptions import Subscription, Subscriptions
from tests.bot.chat.cast import POLICIES
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)  # 9:00 in China
TOPIC = 77


class Reader:
    """A person in one chat; what they see is read off our calls."""

    def __init__(self, stage: Stage, person: Call, **where: Any) -> None:
        self.stage = stage
        self.person = person
        self.where = where
        self.calls: list[Call] = []

    async def says(self, text: str | None = None, **fields: Any) -> None:
        """They write."""
        self.calls = await self.stage.says(self.person, text, **self.where, **fields)

    async def presses(self, *labels: str) -> None:
        """They press, one after the other, the buttons that hold these words."""
        for words in labels:
            found = [one["callback_data"] for one in self.buttons if words in one["text"]]
            assert found, (words, self.labels)
            await self.sends(found[0])

    async def sends(self, data: str) -> None:
        """A press arrives, whatever it says."""
        self.calls = await self.stage.presses(self.person, data, **self.where)

    @property
    def text(self) -> str:
        """What was shown or said last."""
        return "\n".join(call["text"] for call in self._shown)

    @property
    def buttons(self) -> list[Call]:
        """Of what was shown last."""
        rows = self._shown[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return [one for row in rows for one in row]

    @property
    def labels(self) -> list[str]:
        """What stands on them."""
        return [one["text"] for one in self.buttons]

    @property
    def hint(self) -> str:
        """What the pressed button said."""
        (settled,) = [call for call in self.calls if call["method"] == "answerCallbackQuery"]
        return str(settled.get("text", ""))

    @property
    def held(self) -> "Held":
        """What the store knows of the place."""
        chat = self.where.get("chat", {"id": self.person["id"]})
        return Held(self.stage, chat["id"], self.where.get("message_thread_id"))

    @property
    def _shown(self) -> list[Call]:
        return [call for call in self.calls if call["method"] in ("sendMessage", "editMessageText")]


class Held:
    """A place in the store."""

    def __init__(self, stage: Stage, chat_id: int, topic: int | None) -> None:
        self.stage = stage
        self.place = (chat_id, topic)

    async def all(self) -> list[Subscription]:
        """What it follows."""
        return await Subscriptions(self.stage.db).of(*self.place)

    async def only(self) -> Subscription:
        """The one thing it follows."""
        (one,) = await self.all()
        return one

    async def open(self) -> list[Standing]:
        """What it was told and has not done."""
        return await Standings(self.stage.db).open(*self.place)


async def stock(stage: Stage) -> None:
    """Let the store hold what the shelf holds; it is Monday morning."""
    await save_policies(stage.db, POLICIES, now=stage.now, saved_by="a test")
    stage.now = MONDAY
