"""A year of reminders: two hundred chats, the catalogue's four policies, and a clock that is moved."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from app.clock import move_clock, now
from app.compose import Service, build
from app.intake import Intake
from app.settings import Settings
from app.travelling import Travelling
from domain.delivery import DeliveryState, Notice
from sandbox.acts import press
from sandbox.server import running
from sandbox.world import TOKEN, World
from storage.database import Database, open_database
from storage.schema import deliveries, notices
from storage.standings import About, Standings
from tests.app.processes import until
from tests.year.expected import END, START, Message, everything, messages, unanswered
from tests.year.town import Place, populate, settle

pytestmark = pytest.mark.slow

ACKNOWLEDGE = "✅"


@dataclass(kw_only=True)
class Told:
    """A message that reminded, as the outbox and the sandbox have it."""

    at: datetime  # as the sandbox dated it
    text: str
    notice: Notice
    state: DeliveryState


@dataclass(kw_only=True)
class Year:
    """The service in its year."""

    world: World
    service: Service
    db: Database
    places: list[Place]
    admin: int
    seen: int = 0  # the last delivery that was looked at

    async def pass_by(self) -> int:
        """Go from one due moment to the next; who answers does so at once. Returns how many there were."""
        watch, stops = Travelling(self.service), 0
        while (due := await watch.next()) is not None and due <= END:
            await watch.travel(max(due, watch.now()) + timedelta(seconds=1), lambda: None)
            await self._answer()
            stops += 1
        return stops

    async def told(self, chat: int, topic: int | None) -> list[Told]:
        """The messages to a place, in order."""
        rows = [row for row in await self._deliveries() if (row.chat_id, row.thread_id) == (chat, topic)]
        return [
            Told(
                at=datetime.fromtimestamp(message["date"], START.tzinfo),
                text=message["text"],
                notice=Notice.from_json(row.notice_id, row.document),
                state=DeliveryState(row.state),
            )
            for row in rows
            for message in [self._message(chat, row.message_id)]
        ]

    async def _deliveries(self, after: int = 0) -> list[Any]:
        """Those with a higher number, all of them settled."""
        found = (
            select(
                deliveries.c.id,
                deliveries.c.chat_id,
                deliveries.c.thread_id,
                deliveries.c.message_id,
                deliveries.c.state,
                deliveries.c.notice_id,
                notices.c.document,
            )
            .join(notices, notices.c.id == deliveries.c.notice_id)
            .where(deliveries.c.id > after)
        )
        async with self.db.read() as connection:
            rows = (await connection.execute(found.order_by(deliveries.c.id))).all()
        assert all(row.message_id is not None for row in rows)
        return list(rows)

    async def _answer(self) -> None:
        by_place = {(place.chat, place.topic): place for place in self.places}
        waiting = []
        for row in await self._deliveries(self.seen):
            self.seen = row.id
            place = by_place.get((row.chat_id, row.thread_id))
            items = [item for item in row.document["facts"].get("items", ()) if item["to_do"]]
            if place and place.way.acknowledges and items:
                self._acknowledge(place, row.message_id)
                waiting.append((place.chat, row.message_id))
            elif place and place.way.does:
                for item in items:
                    await self._do(place, item["id"])
        await until(lambda: all("edit_date" in self._message(*where) for where in waiting))

    def _acknowledge(self, place: Place, message_id: int) -> None:
        rows = self._message(place.chat, message_id)["reply_markup"]["inline_keyboard"]
        spots = [
            (row, column)
            for row, buttons in enumerate(rows)
            for column, button in enumerate(buttons)
            if button["text"].startswith(ACKNOWLEDGE)
        ]
        press(self.world, place.person, place.chat, message_id, spots[0])

    def _message(self, chat: int, message_id: int) -> dict[str, Any]:
        return self.world.chats[chat].messages[message_id]

    async def _do(self, place: Place, occurrence: int) -> None:
        about = About(chat_id=place.chat, thread_id=place.topic, occurrence=occurrence)
        assert await Standings(self.db).done(about, place.person, "同事", now())


@asynccontextmanager
async def a_year(folder: Path) -> AsyncIterator[Year]:
    """The service from the year's first moment on."""
    world = World(rates_on=False, cast=False, clock=lambda: now().timestamp())
    admin = world.add_person("陈晓", started=True).id
    places = populate(world)
    url = f"sqlite+aiosqlite:///{folder}/zhunshi.sqlite3"
    move_clock(START)
    try:
        async with running(world) as telegram, open_database(url) as db:
            settings = Settings(database_url=SecretStr(url), admins=(admin,), log_level="warning")
            await db.migrate()
            await settle(db, places)
            async with build(settings, token=TOKEN, server=telegram.url) as service:
                stop = asyncio.Event()
                taking = asyncio.create_task(Intake(settings, service, stop).run())
                yield Year(world=world, service=service, db=db, places=places, admin=admin)
                stop.set()
                await taking
    finally:
        move_clock(None)


async def test_each_chat_is_told_what_it_follows_at_its_time_and_once(tmp_path: Path) -> None:
    async with a_year(tmp_path) as year:
        await year.pass_by()
        names = {due.key: due for due in everything()}
        for place in year.places:
            told = await year.told(place.chat, place.topic)
            _require_equal(told, messages(place.follows, place.way), place)
            for one in told:
                shown = [
                    names[_key(item)].english if place.language == "en" else names[_key(item)].name
                    for item in one.notice.facts["items"]
                ]
                if place.language != "zh-Hant":  # whose words for the names are not this test's
                    text = one.text.casefold()
                    assert sum(name.casefold() in text for name in shown) >= min(len(shown), 12), one.text
        asked = Counter(
            (at, place.chat, key) for place in year.places for at, key in unanswered(place.follows, place.way)
        )
        assert await _administrators_heard(year) == asked


async def _administrators_heard(year: Year) -> Counter[tuple[datetime, int, str]]:
    heard: Counter[tuple[datetime, int, str]] = Counter()
    for one in await year.told(year.admin, None):
        for item in one.notice.facts["unanswered"]:
            heard[_minute(one.at), item["chat_id"], _key(item)] += 1
    return heard


def _require_equal(told: list[Told], expected: list[Message], place: Place) -> None:
    assert [one.state for one in told] == [DeliveryState.SENT] * len(told)
    found = [
        (_minute(one.at), frozenset((_key(item), item["lead"]) for item in one.notice.facts["items"]))
        for one in told
    ]
    assert found == [(one.at, one.items) for one in expected], place
    assert not any(item["late"] for one in told for item in one.notice.facts["items"])


def _minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _key(item: dict[str, Any]) -> str:
    return f"{item['event']}/{item['occurrence']}" if item["occurrence"] else str(item["event"])
