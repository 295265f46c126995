"""Trips in time: where a person may move the service's clock, and how it gets there."""

import re
from datetime import date, datetime, time, timedelta

from sandbox.acts import RefusedError
from sandbox.errors import Json
from sandbox.watch import Watch
from sandbox.world import World

FIRST_YEAR, LAST_YEAR = 2000, 2099
FORWARD = timedelta(days=3 * 366)
"""The longest trip forward; the way back to the real time may be longer."""
MORNING = time(10)
"""The hour of a day that is named without one: what is told in the morning has been told."""
_AHEAD = timedelta(days=400)
_SECOND = timedelta(seconds=1)
_GOAL = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?)(?::(\d\d))?)?")


class TripError(RefusedError):
    """A trip that is refused; `word` is the page's word for the reason."""

    def __init__(self, word: str, reason: str) -> None:
        super().__init__(reason)
        self.word = word


def clock_state(world: World) -> Json | None:
    """What the service's clock shows, in Unix seconds; None where there is none."""
    watch = world.watch
    if watch is None:
        return None
    now = watch.now().timestamp()
    return {"now": now, "zone": str(watch.zone), "moved": watch.moved, "travelling": world.travelling}


async def travel(world: World, to: str) -> Json | None:
    """Make a trip and return what the clock shows then; raises TripError.

    Args:
        world: one with a watch.
        to: `day` (the next), `reminder` (the next), `now` (the real time), or a date such as `2025-09-01`,
            with an hour `2025-09-01T14:30`.
    """
    watch = world.watch
    if watch is None:
        raise TripError("clockNone", "this sandbox stands alone: there is no service whose clock could move")
    if world.travelling:
        raise TripError("clockBusy", "the clock is on its way already")
    world.travelling = True
    try:
        await _go(world, watch, to)
    finally:
        world.travelling = False
        _tell(world)
    return clock_state(world)


async def _go(world: World, watch: Watch, to: str) -> None:
    def passing() -> None:
        _tell(world)

    match to:
        case "now":
            await watch.travel(None, passing)
        case "reminder":
            await _to_reminder(world, watch)
        case "day":
            tomorrow = watch.now().astimezone(watch.zone).date() + timedelta(days=1)
            await watch.travel(_checked(watch, _at(watch, tomorrow, MORNING)), passing)
        case _:
            await watch.travel(_checked(watch, _read(watch, to)), passing)


async def _to_reminder(world: World, watch: Watch) -> None:
    """Past those that come to nothing, as what they are about was told before."""
    latest = watch.now() + _AHEAD
    while (due := await watch.next()) is not None and due <= latest:
        goal = _checked(watch, max(due, watch.now()) + _SECOND)
        if await watch.travel(goal, lambda: _tell(world)):
            return
    raise TripError("clockNothing", "no reminder is planned: nobody follows anything that is ahead")


def _read(watch: Watch, text: str) -> datetime:
    found = _GOAL.fullmatch(text.strip())
    if found is None:
        raise TripError("clockUnread", f"{text[:40]!r} is no date such as 2025-09-01 or 2025-09-01T14:30")
    year, month, day, *_ = (int(part or 0) for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_range()
    try:
        at = time(int(found[4]), int(found[5] or 0)) if found[4] else MORNING
        return _at(watch, date(year, month, day), at)
    except ValueError:
        raise TripError("clockNoDay", f"there is no {text.strip()}") from None


def _at(watch: Watch, day: date, at: time) -> datetime:
    return datetime.combine(day, at, watch.zone)


def _checked(watch: Watch, goal: datetime) -> datetime:
    if not FIRST_YEAR <= goal.astimezone(watch.zone).year <= LAST_YEAR:
        raise _out_of_range()
    if goal - watch.now() > FORWARD:
        raise TripError("clockFar", "a trip goes three years forward at most; make several")
    return goal


def _out_of_range() -> TripError:
    return TripError("clockRange", f"the clock goes from {FIRST_YEAR} to {LAST_YEAR}")


def _tell(world: World) -> None:
    world.live.tell("clock", clock_state(world))
