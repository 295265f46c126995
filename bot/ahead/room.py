"""The room of looking ahead: what each command and each press shows."""

from collections.abc import Awaitable, Callable
from datetime import date

from bot.ahead.looking import of_scope
from bot.ahead.months import day_view, leaf, month_view
from bot.ahead.screens import Sight, choice, upcoming
from bot.ahead.timelines import Timelines
from bot.ahead.verbs import (
    Month,
    Scope,
    Verb,
    page_of,
    policy_and_look,
    scope_and_day,
    scope_and_month,
    scope_and_page,
)
from bot.answers import Desk
from bot.buttons import Act
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.pictures.theme import Look
from bot.texts import gettext
from bot.views import View
from bot.words.moments import SHANGHAI
from bot.words.reminders import Reader
from bot.words.translations import N_
from domain.events import Event, Subject
from domain.workdays import Workdays
from storage.subscriptions import Subscriptions

_OLD = N_("This button is from an older version. Send /policies to go on.")
_GONE = N_("That is no longer there.")


class Ahead:
    """Shows what comes; anybody may look."""

    def __init__(
        self,
        *,
        desk: Desk,
        timelines: Timelines,
        subscriptions: Subscriptions,
        workdays: Workdays,
        events_now: Callable[[], Awaitable[list[Event]]],
    ) -> None:
        """Args: `events_now` gives all events of the store."""
        self._desk = desk
        self._timelines = timelines
        self._subscriptions = subscriptions
        self._workdays = workdays
        self._events_now = events_now

    async def upcoming(self, caller: Caller) -> None:
        """Show the next 90 days."""
        await self._show(upcoming(await self._sight(Scope(), caller), 0), caller)

    async def calendar(self, caller: Caller) -> None:
        """Show this month."""
        sight = await self._sight(Scope(), caller)
        month = leaf(sight, Month.of(sight.reader.today), self._workdays)
        await self._show(month_view(sight, month), caller)

    async def timeline(self, caller: Caller) -> None:
        """Draw the one policy there is, or ask which."""
        policies = self._desk.library.policies
        if len(policies) == 1:
            await self._timelines.show(policies[0], Look.LIGHT, caller)
        else:
            await self._show(choice(Verb.LINES, self._reader(caller), 0), caller)

    async def press(self, act: Act, caller: Caller, message_id: int | None, *, pictured: bool) -> str | None:
        """Do what a button says; returns its hint. With `pictured` its message is a picture."""
        verb = Verb(act.verb) if act.verb in frozenset(Verb) else None
        if verb is Verb.LINE:
            return await self._line(act.value, caller, message_id if pictured else None)
        if verb is Verb.REST:
            return None
        view = await self._view(verb, act.value, caller)
        if view is None:
            return gettext(caller.language).say(_OLD)
        await self._show(view, caller, message_id)
        return None

    async def _view(self, verb: Verb | None, value: str, caller: Caller) -> View | None:
        """What a button shows; None for one of an older version."""
        match verb:
            case Verb.LIST if carried := scope_and_page(value):
                return upcoming(await self._sight(carried[0], caller), carried[1])
            case Verb.POLICIES | Verb.LINES if (page := page_of(value)) is not None:
                return choice(verb, self._reader(caller), page)
            case Verb.MONTH if month := scope_and_month(value):
                sight = await self._sight(month[0], caller)
                return month_view(sight, leaf(sight, month[1], self._workdays))
            case Verb.DAY if day := scope_and_day(value):
                sight = await self._sight(day[0], caller)
                return day_view(sight, leaf(sight, Month.of(day[1]), self._workdays), day[1])
            case _:
                return None

    async def _line(self, value: str, caller: Caller, instead_of: int | None) -> str | None:
        t, carried = gettext(caller.language), policy_and_look(value)
        if carried is None:
            return t.say(_OLD)
        policy = self._desk.library.policy(carried[0])
        if policy is None:
            return t.say(_GONE)
        await self._timelines.show(policy, carried[1], caller, instead_of)
        return None

    async def _sight(self, scope: Scope, caller: Caller) -> Sight:
        held = await self._subscriptions.of(caller.seat.chat_id, caller.seat.topic)
        followed = [Subject(one.policy_id, one.kind, one.fact_id) for one in held]
        events = of_scope(await self._events_now(), scope, followed)
        return Sight(scope=scope, events=events, reader=self._reader(caller), follows=bool(held))

    def _reader(self, caller: Caller) -> Reader:
        return Reader(library=self._desk.library, today=self._today(), t=gettext(caller.language))

    def _today(self) -> date:
        return self._desk.clock().astimezone(SHANGHAI).date()

    async def _show(self, view: View, caller: Caller, instead_of: int | None = None) -> None:
        await self._desk.replies.turn(caller.place, instead_of, view.parts, keyboard=keyboard(view.rows))
