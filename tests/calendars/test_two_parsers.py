"""A calendar opened by two parsers that know nothing of each other: icalendar, and ical.js under node."""

import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.events import EVERYTHING, EventKind
from domain.languages import Language
from domain.policy import Name
from storage.dates import AddedDate
from tests.app.feeds_cast import ADMIN, GROUP, Almanac, almanac, events

pytestmark = pytest.mark.browser  # as for the browser, it needs what Python does not bring

HERE = Path(__file__).parent
ODD = '评审，会;"a,b"\\n c: ' + "标准化" * 30 + " 🀄\n第二行"
Read = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The other parser, installed as the lock file says into a folder of the test's own."""
    if missing := [name for name in ("node", "npm") if shutil.which(name) is None]:
        pytest.skip(f"not installed: {' and '.join(missing)}; Debian's packages are `nodejs` and `npm`")
    folder = tmp_path_factory.mktemp("npm")
    for name in ("package.json", "package-lock.json", ".npmrc", "read.mjs"):
        shutil.copy(HERE / name, folder)
    _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)

    def read(text: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(_run(["node", "read.mjs"], folder, text))
        return found

    return read


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Almanac]:
    """The calendars of a service."""
    async with almanac(tmp_path) as one:
        yield one


@pytest.mark.parametrize("language", Language)
async def test_both_read_the_same(served: Almanac, other: Read, language: Language) -> None:
    await served.chats.set_language(GROUP, language, served.now)
    feed = await served.follow(GROUP, EVERYTHING)
    await served.add(
        AddedDate(name=Name(zh=ODD, en="Review, with; odd\\n signs"), first=date(2025, 5, 6), days=3)
    )
    monthly = AddedDate(
        kind=EventKind.COLLECTION, name=Name(zh="月报"), first=date(2025, 1, 31), rule="FREQ=MONTHLY"
    )
    await served.add(monthly)
    text = await served.text(feed)
    ours = both(text, other(text))
    assert len(ours) > 40
    assert other(text)["refresh"] == "PT6H"
    assert "标准化工作群" in other(text)["name"]


async def test_both_see_a_changed_date_move_and_a_cancelled_one_go(served: Almanac, other: Read) -> None:
    feed = await served.follow(GROUP, EVERYTHING)
    number = await served.add(AddedDate(name=Name(zh="专家评审"), first=date(2025, 5, 6)))
    uid = f"date/{number}@zhunshi"
    seen = []
    for first in (date(2025, 5, 6), date(2025, 6, 3), date(2025, 7, 1)):
        moved = AddedDate(name=Name(zh="专家评审"), first=first)
        await served.dates.change(number, moved, ADMIN, served.now)
        await served.settled()
        text = await served.text(feed)
        found = both(text, other(text))
        seen.append((found[uid]["start"], found[uid]["sequence"]))
        others = found.keys() - {uid}
    assert seen == [("2025-05-06", 0), ("2025-06-03", 1), ("2025-07-01", 2)]
    await served.dates.remove(number, ADMIN, served.now)
    await served.settled()
    text = await served.text(feed)
    assert both(text, other(text)).keys() == others


def both(text: str, theirs: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What both read, which is the same, by the ids of the events."""
    mine = {
        uid: {
            **one,
            "start": one["start"].isoformat(),
            "end": one["end"].isoformat(),
            "stamp": f"{one['stamp']:%Y-%m-%dT%H:%M:%SZ}",
        }
        for uid, one in events(text).items()
    }
    assert all(one.pop("days") for one in theirs["events"])
    read = {one.pop("uid"): one | {"about": one["about"] or ""} for one in theirs["events"]}
    assert len(read) == len(theirs["events"])
    assert read == mine
    return mine


def _run(command: list[str], folder: Path, given: str = "") -> str:
    done = subprocess.run(
        command, cwd=folder, input=given, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
