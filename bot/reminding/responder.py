"""What people say to a reminder by its buttons: each press is noted once, and the message tells it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from aiogram import Bot

from bot.answers import Desk
from bot.buttons import Act
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.reminding import later, screens
from bot.reminding.scene import Scene
from bot.reminding.verbs import Later, Touch, Verb
from bot.rooms import may_decide
from bot.texts import Translator, gettext
from bot.views import View
from bot.words.marks import clean
from bot.words.moments import SHANGHAI, moment
from bot.words.reminders import Item, Reader, Stands, current, find, person
from domain.events import LAST_YEAR, Event, Occurrence
from domain.reminders import ReminderSettings
from domain.workdays import Workdays
from scheduler.events import occurrences
from storage.dates import Dates
from storage.standings import Standing, Standings
from storage.subscriptions import Subscriptions

_TIMES = 5  # of a date that comes again and again
_AHEAD = timedelta(days=5 * 366)
_OPEN = frozenset({Verb.SEEN, Verb.LATER, Verb.AGAIN})  # for what is not done
_DECIDED = frozenset({Verb.QUIET, Verb.LOUD})  # in a group by its administrators only


class Responder:
    """Takes presses and turns their messages."""

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        bot: Bot,
        desk: Desk,
        standings: Standings,
        subscriptions: Subscriptions,
        dates: Dates,
        workdays: Workdays,
        events_now: Callable[[], Awaitable[list[Event]]],
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._standings = standings
        self._subscriptions = subscriptions
        self._dates = dates
        self._workdays = workdays
        self._events_now = events_now
        self._deeds = {
            Verb.ALL: self._acknowledge_all,
            Verb.SEEN: self._acknowledge,
            Verb.DONE: self._done,
            Verb.UNDO: self._undo,
            Verb.QUIET: self._silence,
            Verb.LOUD: self._unsilence,
        }

    async def press(self, act: Act, caller: Caller, *, name: str, message_id: int | None) -> str | None:
        """Do what a button says and show what came of it; returns the hint for who pressed it."""
        t = gettext(caller.language)
        touch = Touch.parse(act)
        if touch is None:
            return t.say("This button is from an older version. Send /policies to go on.")
        scene = await self._scene(touch, caller, name, message_id)
        if not scene.holds_its_item:
            return t.say("That is no longer there.")
        if not scene.told_here:
            return t.say("That reminder was sent to another chat.")
        if not touch.whole and not await self._is_there(scene):
            await self._turn(scene, screens.gone(touch.short, scene.items, scene.item["id"], scene.reader))
            return t.say("That is no longer there.")
        if touch.verb in _DECIDED and not await may_decide(caller, self._bot):
            return t.say("In a group only its administrators can change that.")
        return await self._respond(scene)

    async def _respond(self, scene: Scene) -> str | None:
        verb = scene.touch.verb
        if verb in _OPEN and scene.stand and scene.stand.done_at:
            await self._show(scene)
            return _done_before(scene.stand, scene.reader.t)
        match verb:
            case Verb.LIST:
                page = scene.touch.number or 0
                shown = screens.message(scene.touch.short, scene.items, scene.stands, scene.reader, page=page)
                await self._turn(scene, shown)
            case Verb.CARD:
                await self._show(scene)
            case Verb.TIMES:
                await self._turn(scene, await self._coming(scene))
            case Verb.LATER:
                await self._turn(scene, await self._choices(scene))
            case Verb.AGAIN:
                return await self._again(scene)
            case _:
                hint = await self._deeds[verb](scene)
                await self._show(replace(scene, stands=await self._stands(scene.caller, scene.items)))
                return hint
        return None

    async def _acknowledge_all(self, scene: Scene) -> str:
        numbers = [one["id"] for one in scene.items if screens.is_open(scene.stands.get(one["id"]))]
        for number in numbers:
            await self._standings.acknowledge(
                scene.about(number), scene.caller.seat.person_id, scene.person, scene.now
            )
        t = scene.reader.t
        if not numbers:
            return t.say("All of it was answered before.")
        return t.say("Acknowledged: {n}", n=len(numbers))

    async def _acknowledge(self, scene: Scene) -> str:
        t, by = scene.reader.t, scene.caller.seat.person_id
        await self._standings.acknowledge(scene.about(), by, scene.person, scene.now)
        stand = await self._standings.of(scene.about())
        if stand and stand.acknowledged_at not in {None, scene.now}:
            return t.say(
                "Acknowledged before: {name}, {when}",
                name=person(stand.acknowledged_name),
                when=moment(stand.acknowledged_at or scene.now, t),
            )
        return t.say("Acknowledged.")

    async def _done(self, scene: Scene) -> str:
        t, by = scene.reader.t, scene.caller.seat.person_id
        await self._standings.done(scene.about(), by, scene.person, scene.now)
        stand = await self._standings.of(scene.about())
        if stand and stand.done_at not in {None, scene.now}:
            return _done_before(stand, t)
        return t.say("Marked as done; no more reminders of it here.")

    async def _undo(self, scene: Scene) -> str:
        t = scene.reader.t
        if await self._standings.undo(scene.about()):
            return t.say("Taken back; you will be reminded again when it is time.")
        return t.say("It was not marked as done.")

    async def _silence(self, scene: Scene) -> str:
        await self._standings.silence(scene.about(), scene.caller.seat.person_id, scene.now)
        return scene.reader.t.say("No more reminders of this here.")

    async def _unsilence(self, scene: Scene) -> str:
        seat = scene.caller.seat
        await self._standings.unsilence(seat.chat_id, seat.topic, scene.item["event"])
        return scene.reader.t.say("Reminders of it are on again.")

    async def _choices(self, scene: Scene) -> View:
        settings, _ = await self._place(scene.caller)
        t, now = scene.reader.t, scene.now
        times = {
            one: later.in_words(at, now, settings, t)
            for one, at in later.moments(settings, now, self._workdays).items()
        }
        return screens.choose_time(scene.touch.short, scene.item, scene.stand, times, scene.reader)

    async def _again(self, scene: Scene) -> str:
        """Put it off, as the place's clock and working days let it."""
        t, now = scene.reader.t, scene.now
        settings, muted_until = await self._place(scene.caller)
        asked = scene.touch.later or Later.DAY
        at = later.moments(settings, now, self._workdays)[asked]
        words = later.in_words(at, now, settings, t)
        if muted_until and muted_until > at:
            hint = t.say("Reminders are muted here until {when}.", when=moment(muted_until, t))
        elif not await self._standings.snooze(scene.about(), at, now):
            hint = t.say("This is not followed here any more, so it can't come again.")
        elif later.moved(asked, at, now):
            hint = t.say("In an hour is outside of your hours; it comes again: {when}", when=words)
        else:
            hint = t.say("It comes again: {when}", when=words)
        await self._show(scene, remark=f"⏰ {hint}")
        return hint

    async def _coming(self, scene: Scene) -> View:
        """When a date that stands in no policy comes next."""
        ahead: list[Occurrence] = []
        for event in await self._events_now():
            if event.key == scene.item["event"]:
                last = min(scene.reader.today + _AHEAD, date(LAST_YEAR, 12, 31))
                ahead = list(islice(occurrences(event, scene.reader.today, last), _TIMES))
        return screens.coming(scene.touch.short, scene.item, scene.stand, ahead, scene.reader)

    async def _show(self, scene: Scene, *, remark: str = "") -> None:
        """The card that was pressed, or the whole message."""
        touch = scene.touch
        if touch.number is None:
            shown = screens.message(touch.short, scene.items, scene.stands, scene.reader)
        else:
            shown = screens.card(
                touch.short, scene.items, touch.number, scene.stands, scene.reader, remark=remark
            )
        await self._turn(scene, shown)

    async def _turn(self, scene: Scene, shown: View) -> None:
        under = keyboard(shown.rows)
        await self._desk.replies.turn(scene.caller.place, scene.message_id, shown.parts, keyboard=under)

    async def _scene(self, touch: Touch, caller: Caller, name: str, message_id: int | None) -> Scene:
        now = self._desk.clock()
        items = await self._standings.told_in(touch.notice)
        return Scene(
            touch=touch,
            caller=caller,
            person=clean(name),
            message_id=message_id,
            items=items,
            stands=await self._stands(caller, items),
            reader=Reader(
                library=self._desk.library,
                today=now.astimezone(SHANGHAI).date(),
                t=gettext(caller.language),
            ),
            now=now,
        )

    async def _stands(self, caller: Caller, items: Sequence[Item]) -> Stands:
        ids = [item["id"] for item in items]
        return await self._standings.some(caller.seat.chat_id, caller.seat.topic, ids)

    async def _place(self, caller: Caller) -> tuple[ReminderSettings, datetime | None]:
        """How the place is reminded, and until when it is muted."""
        held = await self._subscriptions.of(caller.seat.chat_id, caller.seat.topic)
        if not held:
            return ReminderSettings(), None
        return held[0].settings or ReminderSettings(), held[0].muted_until

    async def _is_there(self, scene: Scene) -> bool:
        """Whether the date still stands in a policy, or among those that were added."""
        if scene.stand is None:
            return False
        item = current(scene.item, scene.stand)
        if item["fact"]:
            return find(item, scene.reader) is not None
        return item["event"].removeprefix("date/") in {f"{number}" for number in await self._dates.all()}


def _done_before(stand: Standing, t: Translator) -> str:
    assert stand.done_at is not None  # noqa: S101 - who asks has looked
    when = moment(stand.done_at, t)
    return t.say("Marked as done before: {name}, {when}", name=person(stand.done_name), when=when)
