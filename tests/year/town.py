"""Two hundred chats with mixed wishes, and the service that tells them of a year."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import insert

from domain.events import EventKind
from domain.policy import Name
from domain.reminders import Digest, ReminderSettings
from sandbox.rooms import open_topic
from sandbox.world import World
from storage.database import Database
from storage.dates import AddedDate, Dates
from storage.schema import chats, subscriptions
from storage.subscriptions import profile_id
from tests.year.expected import CHINA, COLLECTION, HOURS, START, Follows, Way

LANGUAGES = ("zh-Hans", "zh-Hant", "en")

WISHES: tuple[tuple[Follows, ...], ...] = (
    (Follows(policy="zhejiang-2023"),),
    (Follows(),),
    (Follows(policy="jiangjin-2023"), Follows(policy="jiangjin-2023", kind="target", fact="T1")),
    (Follows(policy="zhejiang-2023", kind="target"),),
    (Follows(policy="zhejiang-2023", kind="target", fact="T3"),),
    (Follows(kind="event"),),
    (Follows(kind="event", fact="collection"),),
    (Follows(kind="stage"), Follows(policy="wenzhou-2017")),
    (Follows(policy="jiangjin-2023", kind="department", fact="D1"),),
)
WAYS = (
    Way(),
    Way(repeats=0),
    Way(acknowledges=True),
    Way(does=True),
    Way(leads=(60, 14, 3), at=time(14), repeats=1),
    Way(leads=(0,), weekly=True),
    Way(leads=(90, 7), at=time(10), zone="Asia/Tokyo", repeats=1),
    Way(leads=(30, 1), zone="Europe/Berlin", acknowledges=True),
    Way(muted_until=datetime(2025, 6, 15, tzinfo=CHINA)),
    Way(weekly=True, does=True),
    Way(leads=(45, 10, 0), at=time(15), repeats=0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A chat, or a topic in one, and what it wants; `person` is somebody in it."""

    chat: int
    topic: int | None
    person: int
    language: str
    follows: tuple[Follows, ...]
    way: Way


CHATS = int(os.environ.get("YEAR_CHATS", "200"))


def populate(world: World, number: int = CHATS) -> list[Place]:
    """So many places: two thirds people, the rest groups and topics, every wish with many a way."""
    places = []
    for index in range(number):
        name = f"同事{index}"
        person = world.add_person(name, started=True).id
        chat, topic = person, None
        if index % 3 == 0:
            forum = index % 6 == 0
            chat = world.add_group(f"科室{index}", [person], forum=forum).id
            topic = open_topic(world, person, chat, "提醒") if forum else None
        places.append(
            Place(
                chat=chat,
                topic=topic,
                person=person,
                language=LANGUAGES[index % len(LANGUAGES)],
                follows=WISHES[index % len(WISHES)],
                way=WAYS[index % len(WAYS)],
            )
        )
    return places


async def settle(db: Database, places: list[Place]) -> None:
    """Write down what the places want, at once, and the one date that is added."""
    collection = AddedDate(
        kind=EventKind.COLLECTION,
        name=Name(zh=COLLECTION),
        first=START.date().replace(day=28),
        rule="FREQ=MONTHLY;BYMONTHDAY=28",
    )
    await Dates(db).add(collection, places[0].person, START)
    async with db.write() as connection:
        known = [_chat(place) for place in places]
        await connection.execute(insert(chats), known)
        for place in places:
            profile = await profile_id(connection, settings_of(place.way))
            await connection.execute(insert(subscriptions), list(_follows(place, profile)))


def _chat(place: Place) -> dict[str, Any]:
    return {
        "chat_id": place.chat,
        "kind": "private" if place.chat > 0 else "supergroup",
        "title": f"地点{place.chat}",
        "language": place.language,
        "active": True,
        "broadcasts": True,
        "created_at": START,
        "updated_at": START,
    }


def _follows(place: Place, profile: int) -> Iterator[dict[str, Any]]:
    for wish in place.follows:
        yield {
            "chat_id": place.chat,
            "thread_id": place.topic or 0,
            "policy_id": wish.policy,
            "kind": wish.kind,
            "fact_id": wish.fact,
            "created_by": place.person,
            "created_at": START,
            "profile_id": profile,
            "muted_until": place.way.muted_until,
        }


def settings_of(way: Way) -> ReminderSettings:
    """The settings that a person would choose for this way."""
    values: dict[str, Any] = {
        "hours": HOURS,
        "leads": way.leads,
        "at": way.at,
        "zone": way.zone,
        "digest": Digest.WEEKLY if way.weekly else Digest.OFF,
        "repeats": way.repeats,
    }
    return ReminderSettings(**values)
