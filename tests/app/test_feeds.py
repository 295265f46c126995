"""The calendars: what a place follows and nothing else, to whoever has its address and nobody else."""

import asyncio
import re
import signal
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from app.feeds import FRESH
from domain.events import COLLECTIONS, EVERYTHING, EventKind, Subject
from domain.languages import Language
from domain.policy import FactKind, Name
from scheduler.events import occurrences
from scheduler.reminding import current_events
from storage.dates import AddedDate
from tests.app.feeds_cast import ADMIN, GROUP, MIN, START, Almanac, almanac, events
from tests.app.processes import CHEN, ask, zhunshi_run

ZHEJIANG = Subject("zhejiang-2023", FactKind.POLICY, "")
REPORT = AddedDate(
    kind=EventKind.COLLECTION, name=Name(zh="报送月度数据"), first=date(2025, 1, 28), rule="FREQ=MONTHLY"
)


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Almanac]:
    """The calendars of a service."""
    async with almanac(tmp_path) as one:
        yield one


@pytest.mark.parametrize(
    "subjects",
    [
        [ZHEJIANG],
        [Subject("", FactKind.TARGET, "")],
        [Subject("jiangjin-2023", FactKind.DEPARTMENT, "D1"), Subject("zhejiang-2023", FactKind.STAGE, "")],
        [EVERYTHING],
        [],
    ],
    ids=["a policy", "all targets", "a department and stages", "everything", "nothing"],
)
async def test_a_calendar_holds_what_its_place_follows(served: Almanac, subjects: list[Subject]) -> None:
    feed = await served.follow(MIN, *subjects)
    expected = {
        f"{one.id}@zhunshi": (one.day, one.last + timedelta(days=1))
        for event in await current_events(served.db)
        if event.subjects & set(subjects)
        for one in occurrences(event, date(1900, 1, 1), date(2200, 1, 1))
        if not one.key or (one.last >= date(2024, 1, 2) and one.first <= date(2026, 2, 5))
    }
    found = events(await served.text(feed))
    assert {uid: (one["start"], one["end"]) for uid, one in found.items()} == expected
    assert bool(expected) is bool(subjects)


async def test_it_speaks_the_language_of_its_chat_and_names_the_source(served: Almanac) -> None:
    feed = await served.follow(GROUP, ZHEJIANG)
    text = await served.text(feed)
    assert "X-WR-CALNAME:准时 · 标准化工作群" in text
    await served.chats.set_language(GROUP, Language.ENGLISH, served.now)
    served.now += FRESH
    found = events(await served.text(feed))
    ((target, *_),) = [[one for one in found.values() if one["title"].startswith("Target due: ")]]
    assert re.fullmatch(r".+\nby the end of 2025\n📎 .+ · \S+", target["about"])
    assert target["category"] == "target"


async def test_who_has_no_address_learns_nothing(served: Almanac) -> None:
    old, other = await served.follow(MIN, ZHEJIANG), await served.follow(GROUP, EVERYTHING)
    new = await served.feeds.renew(MIN, None, MIN, served.now)
    wrong = [
        old.name,
        f"{new.id}-{'0' * 64}.ics",
        f"{new.id}-{other.signature}.ics",
        f"99-{new.signature}.ics",
        f"{'9' * 30}-{new.signature}.ics",
        f"{new.id}-{new.signature[:-1]}.ics",
        f"{new.id}-{new.signature.upper()}.ics",
        f"{new.id}-{new.signature}",
        f"{new.id}.ics",
        "%00",
        "x" * 4000,
        "..%2F..%2Fetc%2Fpasswd",
    ]
    answers = {(status, text) for status, _, text in [await served.get(name) for name in wrong]}
    assert len(answers) == 1
    ((status, text),) = answers
    assert status == 404
    assert "/calendar_link" in text
    assert (await served.get(new.name))[0] == 200


async def test_a_new_address_ends_the_old_one_at_once(served: Almanac) -> None:
    old = await served.follow(MIN, ZHEJIANG)
    assert (await served.get(old.name))[0] == 200
    await served.feeds.renew(MIN, None, MIN, served.now)
    assert (await served.get(old.name))[0] == 404


async def test_who_has_it_already_is_told_so(served: Almanac) -> None:
    feed = await served.follow(MIN, COLLECTIONS)
    await served.add(REPORT)
    _, first, text = await served.get(feed.name)
    assert first["content-type"] == "text/calendar; charset=utf-8"
    assert "private" in first["cache-control"]
    for asked in (first["etag"], f"W/{first['etag']}", f'"x", {first["etag"]}', "*"):
        status, headers, nothing = await served.get(feed.name, headers={"If-None-Match": asked})
        assert (status, headers["etag"], nothing) == (304, first["etag"], "")
    assert (await served.get(feed.name, headers={"If-None-Match": '"x"'}))[2] == text
    status, head, nothing = await served.get(feed.name, method="HEAD")
    assert (status, head["etag"], nothing) == (200, first["etag"], "")
    assert int(head["content-length"]) == len(text.encode())
    assert (await served.get(feed.name, method="POST"))[0] == 405


async def test_an_unchanged_calendar_keeps_its_tag_for_the_day_and_a_changed_one_gets_another(
    served: Almanac,
) -> None:
    feed = await served.follow(MIN, COLLECTIONS)
    number = await served.add(REPORT)
    tags = []
    for hours in (0, 6):
        served.now = START + timedelta(hours=hours, minutes=5)
        tags.append((await served.get(feed.name))[1]["etag"])
    assert tags[0] == tags[1]
    await served.dates.remove(number, ADMIN, served.now)
    await served.settled()
    assert (await served.get(feed.name))[1]["etag"] != tags[0]


async def test_a_changed_date_keeps_its_id_and_a_cancelled_one_is_gone(served: Almanac) -> None:
    feed = await served.follow(MIN, EVERYTHING)
    one = AddedDate(name=Name(zh="专家评审"), first=date(2025, 5, 6))
    number = await served.add(one)
    uid = f"date/{number}@zhunshi"
    before = events(await served.text(feed))
    assert (before[uid]["start"], before[uid]["sequence"]) == (date(2025, 5, 6), 0)
    moved = AddedDate(name=Name(zh="专家评审"), first=date(2025, 6, 3), days=2)
    await served.dates.change(number, moved, ADMIN, served.now)
    await served.settled()
    after = events(await served.text(feed))
    assert (after[uid]["start"], after[uid]["end"]) == (date(2025, 6, 3), date(2025, 6, 5))
    assert after[uid]["sequence"] == 1
    assert after[uid]["stamp"] > before[uid]["stamp"]
    assert {key: one for key, one in after.items() if key != uid} == {
        key: one for key, one in before.items() if key != uid
    }
    await served.dates.remove(number, ADMIN, served.now)
    await served.settled()
    assert events(await served.text(feed)).keys() == before.keys() - {uid}


async def test_each_day_of_a_year_it_can_be_made_and_nothing_that_stays_changes_its_id(
    served: Almanac,
) -> None:
    feed = await served.follow(MIN, EVERYTHING)
    await served.add(REPORT)
    await served.add(AddedDate(name=Name(zh="中秋节"), first=date(2025, 1, 1), lunar=(8, 15)))
    await served.add(
        AddedDate(name=Name(zh="闰日"), first=date(2024, 2, 29), rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1")
    )
    seen: dict[str, tuple[date, int]] = {}
    for day in range(0, 366, 15):
        served.now = START + timedelta(days=day)
        await served.reminding.plan()
        found = events(await served.text(feed))
        assert len(found) > 40
        for uid, one in found.items():
            assert one["end"] > one["start"]
            assert seen.setdefault(uid, (one["start"], one["sequence"])) == (one["start"], one["sequence"])


async def test_many_requests_look_the_dates_up_once(served: Almanac) -> None:
    feeds = [await served.follow(MIN + number, ZHEJIANG) for number in range(5)]
    await asyncio.gather(*(served.text(feed) for feed in feeds * 20))
    assert served.loads == 1
    served.now += FRESH
    await served.text(feeds[0])
    assert served.loads == 1  # nothing had changed
    await served.add(REPORT)
    await served.text(feeds[0])
    assert served.loads == 2


async def test_a_clock_that_is_moved_back_shows_the_calendar_of_then(served: Almanac) -> None:
    feed = await served.follow(MIN, COLLECTIONS)
    await served.add(REPORT)
    for year in (2027, 2025):
        served.now = START.replace(year=year)
        days = [one["start"] for one in events(await served.text(feed)).values()]
        assert date(year, 6, 28) in days
        assert date(year + 2, 6, 28) not in days


async def test_the_service_serves_the_address_that_the_bot_tells() -> None:
    async with zhunshi_run() as service, ClientSession() as session:
        told = await ask(service.page(), "/calendar_link")
        found = re.search(r"http://127\.0\.0\.1:\d+/calendar/\S+?\.ics", told)
        assert found, told
        async with session.get(found[0]) as answer:
            assert answer.status == 200
            text = await answer.text()
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert "陈" in text.partition("BEGIN:VEVENT")[0]
        async with session.get(f"{service.http}/calendar/{CHEN}-0.ics") as answer:
            assert answer.status == 404
        assert await service.stopped(signal.SIGTERM) == 0
    assert found[0].rpartition("-")[2] not in "".join(service.log)


@pytest.mark.slow  # a second service
async def test_where_the_service_is_reached_from_elsewhere_the_address_says_so() -> None:
    async with zhunshi_run(public_url="https://example.org/zhunshi/") as service:
        told = await ask(service.page(), "/calendar_link")
    assert re.search(r"https://example\.org/zhunshi/calendar/1-[0-9a-f]{64}\.ics", told)
    assert "ZHUNSHI_PUBLIC_URL" not in told
