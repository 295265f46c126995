"""What tests of reminders share: places that follow something, days that pass, and the post that delivers."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.messenger import Messenger
from bot.reminding.telling import Telling
from domain.delivery import Sent
from domain.events import Subject
from domain.languages import Language
from domain.policy import FactKind
from domain.reminders import ReminderSettings
from storage.policies import save_policies
from storage.standings import Standing, Standings
from storage.subscriptions import Subscription, Subscriptions
from tests.bot.chat.cast import ALEX, CHEN, POLICIES, Card, private
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

CHINA = ZoneInfo("Asia/Shanghai")
HILL = Subject("hill-2024", FactKind.POLICY, "")
TARGET = Subject("hill-2024", FactKind.TARGET, "T2")  # due on 31 December 2026, a Thursday
MONTH, WEEK = ReminderSettings(leads=(30,)), ReminderSettings(leads=(7,))


def at(text: str) -> datetime:
    """An instant by the clock in China: `2026-12-01 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


class Town:
    """The stage with its calendar and its post; all in English, to one's own taste of readers."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.standings = Standings(stage.db)
        self.subscriptions = Subscriptions(stage.db)
        self.calls: list[Call] = []
        telling = Telling(stage.shelf, self.standings, today=self._today)
        self.messenger = Messenger(stage.bot, stage.chats, default=Language.ENGLISH, telling=telling)

    async def open(self) -> None:
        """Load the policies into the store, and let us know Alex."""
        await save_policies(self.stage.db, POLICIES, now=self.stage.now, saved_by="test")
        for person in (ALEX, CHEN):
            await self.stage.says(person, "/start")
            await self.stage.chats.set_language(person["id"], Language.ENGLISH, self.stage.now)

    async def follows(
        self,
        chat: Card = ALEX,
        what: Subject = TARGET,
        *,
        topic: int | None = None,
        settings: ReminderSettings = MONTH,
    ) -> Subscription:
        """Let a chat follow something."""
        one = Subscription(
            chat_id=chat["id"],
            thread_id=topic,
            policy_id=what.policy,
            kind=what.kind,
            fact_id=what.fact,
            created_by=CHEN["id"],
            settings=settings,
        )
        if chat["id"] < 0:
            await self.stage.chats.remember(chat["id"], "supergroup", chat["title"], now=self.stage.now)
            await self.stage.chats.set_language(chat["id"], Language.ENGLISH, self.stage.now)
        assert await self.subscriptions.follow(one, self.stage.now)
        await self.stage.reminding.plan()
        return one

    async def comes(self, when: str) -> list[Call]:
        """That time comes: what is due is queued and delivered; returns the messages with their ids."""
        stage = self.stage
        stage.now = at(when)
        await stage.reminding.replan()
        sent: list[Call] = []
        for delivery, notice in await stage.outbox.claim("test", stage.now, 100, 60.0):
            message_id = await self.messenger.send(delivery, notice)
            sent.append(stage.telegram.calls[-1] | {"message_id": message_id})
            await stage.outbox.handed([delivery.id], "test", stage.now)
            await stage.outbox.settle([(delivery.id, "test", Sent(message_id))], stage.now)
        return sent

    async def presses(self, person: Card, words: str, at_: Call, chat: Card | None = None) -> Call:
        """A person presses the button of a message that holds these words; returns the message as it is then.

        A message that did not change is returned as it was.
        """
        message: Call = {"message_id": at_["message_id"], "chat": chat or private(person)}
        if topic := at_.get("message_thread_id"):
            message |= {"message_thread_id": topic, "is_topic_message": True}
        self.calls = await self.stage.presses(person, data_of(words, at_), **message)
        turned = [call for call in self.calls if call["method"] == "editMessageText"]
        if not turned:
            return at_
        # What is changed without buttons loses those it had.
        return {key: value for key, value in at_.items() if key != "reply_markup"} | turned[-1]

    @property
    def hint(self) -> str:
        """What the pressed button said."""
        (settled,) = [call for call in self.calls if call["method"] == "answerCallbackQuery"]
        return str(settled.get("text", ""))

    async def stands(self, chat: Card = ALEX, topic: int | None = None) -> list[Standing]:
        """How a chat stands to all that it was told."""
        found = await self.standings.some(chat["id"], topic, range(1, 100))
        return [stand for stand in found.values() if stand.told_at]

    def _today(self) -> date:
        return self.stage.now.astimezone(CHINA).date()


def labels(message: Call) -> list[list[str]]:
    """The buttons of a message, row by row."""
    rows: list[list[Any]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[one["text"] for one in row] for row in rows]


def data_of(words: str, message: Call) -> str:
    """What the button that holds these words would send."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    found = [one["callback_data"] for row in rows for one in row if words in one["text"]]
    assert found, (words, labels(message))
    return str(found[0])
