"""Following, whoever asks and wherever the button was: it is written, planned, and said what comes of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.mine.outlook import Outlook, outlook
from bot.mine.subjects import of_subjects
from bot.words.reminders import Reader, called, when_words
from bot.words.settings import clock_words
from domain.events import Event, Subject
from domain.reminders import ReminderSettings
from domain.workdays import Workdays
from scheduler.planner import HORIZON
from storage.reminders import Reminders
from storage.subscriptions import Subscription, Subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place that is told: a chat, in forums a topic of it."""

    chat_id: int
    topic: int | None = None


class Follows:
    """What places follow; whoever calls has asked whether the person may decide."""

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        subscriptions: Subscriptions,
        events_now: Callable[[], Awaitable[list[Event]]],
        workdays: Workdays,
        replan: Callable[[], Awaitable[None]],
        reminders: Reminders,
        clock: Callable[[], datetime],
    ) -> None:
        """Args: `events_now` gives all events of the store, `replan` lets reminders follow what changed."""
        self._subscriptions = subscriptions
        self._events_now = events_now
        self._workdays = workdays
        self._replan = replan
        self._reminders = reminders
        self._clock = clock

    async def held(self, where: Where) -> list[Subscription]:
        """What a place follows."""
        return await self._subscriptions.of(where.chat_id, where.topic)

    async def follow(self, where: Where, subject: Subject, by: int, reader: Reader) -> str:
        """Let a place follow something that is there; returns what comes of it, in words."""
        t, held, now = reader.t, await self.held(where), self._clock()
        muted = muted_until(held, now)
        await self._subscriptions.follow(_subscription(where, subject, by), now)
        await self._replan()
        events = await self._events_now()
        before = {event.key for event in of_subjects(events, [subject_of(one) for one in held])}
        found = of_subjects(events, [subject])
        if not found:
            return t.say("No date is stored for this; you will be told when one is.")
        settings = settings_of(held)
        fresh = {event.key for event in found} - before
        seen = outlook(found, settings, muted or now, self._workdays, fresh=() if muted else fresh)
        return outlook_words(seen, settings, now, reader)

    async def unfollow(self, where: Where, subject: Subject) -> bool:
        """Let a place follow it no more; False if it did not."""
        gone = await self._subscriptions.unfollow(_subscription(where, subject, 0))
        await self._replan()
        return gone

    async def change(self, where: Where, settings: ReminderSettings) -> int:
        """Remind a place in another way; returns of how many things."""
        changed = await self._subscriptions.change(where.chat_id, where.topic, settings)
        await self._replan()
        return changed

    async def mute(self, where: Where, until: datetime | None) -> int:
        """Let a place hear nothing until then, or hear again; returns as `change` does."""
        return await self._subscriptions.mute(where.chat_id, where.topic, until)

    async def coming(self, where: Where, held: Sequence[Subscription], silenced: frozenset[str]) -> Outlook:
        """What a place will be told of all that it follows, but for events of these keys."""
        now = self._clock()
        events = of_subjects(await self._events_now(), [subject_of(one) for one in held])
        wanted = [event for event in events if event.key not in silenced]
        muted = muted_until(held, now)
        seen = outlook(wanted, settings_of(held), muted or now, self._workdays)
        # The plan knows what was told, answered or put off; further than it goes the dates have to do.
        planned = await self._reminders.next_for(where.chat_id, where.topic, after=muted)
        if planned is None and seen.told and seen.told.at < now + HORIZON:
            return replace(seen, told=None)
        return replace(seen, told=planned or seen.told)


def subject_of(one: Subscription) -> Subject:
    """What a subscription is to."""
    return Subject(one.policy_id, one.kind, one.fact_id)


def settings_of(held: Sequence[Subscription]) -> ReminderSettings:
    """How a place is reminded; as is usual where it follows nothing."""
    return next((one.settings for one in held if one.settings), ReminderSettings())


def muted_until(held: Sequence[Subscription], now: datetime) -> datetime | None:
    """Until when a place hears nothing; None if it hears."""
    ahead = [one.muted_until for one in held if one.muted_until and one.muted_until > now]
    return max(ahead, default=None)


def outlook_words(seen: Outlook, settings: ReminderSettings, now: datetime, reader: Reader) -> str:
    """The next reminder, or how it stands where none is to come."""
    t, told = reader.t, seen.told
    if told:
        what = called(told.facts, reader)
        if told.more:
            what = t.say_n("{what} and {n} more", "{what} and {n} more", told.more, what=what)
        if told.at <= now:
            return t.say("A reminder comes at once: {what}.", what=what)
        return t.say("Next reminder: {when}, {what}.", when=clock_words(told.at, settings.zone, t), what=what)
    one = seen.ahead or seen.gone
    if one is None:
        return t.say("Nothing lies ahead.")
    what, when = called(one.facts(), reader), when_words(one.facts(), reader, done=not seen.ahead)
    if seen.ahead:
        return t.say("No reminder is left before it is due: {what}, {when}.", what=what, when=when)
    return t.say("Nothing lies ahead; the last was {what}, {when}.", what=what, when=when)


def _subscription(where: Where, subject: Subject, by: int) -> Subscription:
    return Subscription(
        chat_id=where.chat_id,
        thread_id=where.topic,
        policy_id=subject.policy,
        kind=subject.kind,
        fact_id=subject.fact,
        created_by=by,
    )
