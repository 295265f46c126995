"""The book of dates: what each message and each press of an administrator does to what was added."""

import re
from collections.abc import Awaitable, Callable

from bot.answers import Desk
from bot.buttons import Act
from bot.caller import Caller
from bot.dates import screens
from bot.dates.draft import Draft, Drafts, Waiting
from bot.dates.screens import Sight
from bot.dates.verbs import Verb
from bot.keyboards import keyboard
from bot.texts import Translator, gettext
from bot.views import View
from bot.words.moments import SHANGHAI
from bot.words.rules import flaw_words
from domain.policy import FactKind
from domain.workdays import Workdays
from scheduler.repetition import Repeat
from scheduler.typed.lines import LONGEST_NAME, Flaw, flaw_of, read_line, tidy
from storage.conversations import Conversations
from storage.dates import Dates


class DateBook:
    """Where administrators keep dates of no policy; whoever calls has asked whether they are one."""

    def __init__(
        self,
        *,
        desk: Desk,
        dates: Dates,
        conversations: Conversations,
        workdays: Workdays,
        replan: Callable[[], Awaitable[None]],
    ) -> None:
        """Args: `replan` is called when a date was changed."""
        self.drafts = Drafts(conversations, desk.clock)
        self._desk = desk
        self._dates = dates
        self._workdays = workdays
        self._replan = replan

    async def open(self, caller: Caller, typed: str = "") -> None:
        """Show the list; with a line typed behind the command, what was understood of it."""
        if typed:
            await self._take_line(typed, caller)
        else:
            await self._show(screens.listed(await self._dates.all(), 0, self._sight(caller)), caller)

    def leave(self, caller: Caller) -> None:
        """Forget what was typed so far."""
        self.drafts.put(caller.seat.person_id, None)

    async def take(self, text: str, caller: Caller) -> None:
        """What was sent while it was waited for."""
        person, t = caller.seat.person_id, gettext(caller.language)
        waiting, draft = await self.drafts.waiting(person), await self.drafts.get(person)
        if not text:
            await self._say(t.say("I can only read text. Send it in words, or /cancel."), caller)
        elif waiting is Waiting.LINE or draft is None:
            await self._take_line(text, caller)
        elif waiting is Waiting.NAME:
            await self._take_name(text, draft, caller)
        else:
            await self._take_time(text, draft, caller)

    async def press(self, act: Act, caller: Caller, message_id: int | None) -> str | None:
        """Do what a button says; returns its hint."""
        t = gettext(caller.language)
        first, *rest = act.value.split(".")
        if act.verb not in _VERBS:
            return t.say("This button is from an older version. Send /policies to go on.")
        verb = Verb(act.verb)
        if verb in _ABOUT_DATES:
            return await self._look(verb, _number(first), caller, message_id)
        draft = await self.drafts.get(caller.seat.person_id, first)
        if draft is None:
            return t.say("That draft is closed. /dates begins anew.")
        return await self._work(verb, draft, rest, caller, message_id)

    async def _look(self, verb: Verb, number: int, caller: Caller, message_id: int | None) -> str | None:
        """What is about dates that are there."""
        t, sight, held = gettext(caller.language), self._sight(caller), await self._dates.all()
        if verb is Verb.LIST:
            await self._show(screens.listed(held, number, sight), caller, message_id)
            return None
        if verb is Verb.NEW:
            self.drafts.put(caller.seat.person_id, None, Waiting.LINE)
            await self._show(screens.ask_line(t), caller)
            return None
        one = held.get(number)
        if one is None:
            return t.say("That date was removed.")
        match verb:
            case Verb.EDIT:
                await self._keep(Draft.of_date(number, one, sight.today), caller, message_id)
            case Verb.REMOVE:
                planned = await self._dates.planned(number)
                await self._show(screens.ask_removal(number, one, planned, t), caller, message_id)
            case Verb.REMOVED:
                await self._dates.remove(number, caller.seat.person_id, self._desk.clock())
                await self._replan()
                await self._show(screens.listed(await self._dates.all(), 0, sight), caller, message_id)
                return t.say("Removed.")
            case _:
                await self._show(screens.card(number, one, sight), caller, message_id)
        return None

    async def _work(
        self, verb: Verb, draft: Draft, rest: list[str], caller: Caller, message_id: int | None
    ) -> str | None:
        """What is done to the draft."""
        t, sight, library = gettext(caller.language), self._sight(caller), self._desk.library
        match verb:
            case Verb.SAVE:
                return await self._save(draft, caller, message_id)
            case Verb.DROP:
                self.leave(caller)
                await self._show(screens.listed(await self._dates.all(), 0, sight), caller, message_id)
                return t.say("Discarded.")
            case Verb.NAME:
                self.drafts.put(caller.seat.person_id, draft, Waiting.NAME)
                await self._show(screens.ask_name(t), caller)
            case Verb.TIME:
                self.drafts.put(caller.seat.person_id, draft, Waiting.TIME)
                await self._show(screens.ask_time(t), caller)
            case Verb.KIND:
                await self._keep(draft.of_other_kind(), caller, message_id)
            case Verb.REPEAT if rest and rest[0] in set(Repeat):
                try:
                    await self._keep(draft.repeated(Repeat(rest[0]), sight.today), caller, message_id)
                except ValueError:
                    return flaw_words(Flaw.YEARS, t)
            case Verb.POLICIES:
                page = _number("".join(rest))
                await self._show(screens.policies(draft, page, sight), caller, message_id)
            case Verb.POLICY if rest and (policy := library.policy(rest[0])):
                page = _number(rest[-1])
                await self._show(screens.departments(draft, policy, page, sight), caller, message_id)
            case Verb.PICK if not rest or self._is_there(*rest[:2]):
                await self._keep(draft.belonging(*rest[:2]), caller, message_id)
            case Verb.POLICY | Verb.PICK:
                return t.say("That is no longer there.")
            case _:
                await self._keep(draft, caller, message_id)
        return None

    async def _save(self, draft: Draft, caller: Caller, message_id: int | None) -> str | None:
        t, one, sight = gettext(caller.language), draft.what, self._sight(caller)
        before = (await self._dates.all()).get(draft.number or 0)
        moved = before is None or before.when != one.when  # what is over may still get another name
        if moved and (flaw := flaw_of(one.when, sight.today)):
            await self._show(screens.sheet(draft, sight, flaw), caller, message_id)
            return flaw_words(flaw, t)
        if one.policy and not self._is_there(one.policy, one.department):
            return t.say("What it belongs to is no longer there. Choose again.")
        person, now, number = caller.seat.person_id, self._desk.clock(), draft.number
        if number is None:
            number = await self._dates.add(one, person, now)
        elif not await self._dates.change(number, one, person, now):
            return t.say("That date was removed.")
        self.leave(caller)
        await self._replan()
        await self._show(screens.card(number, one, sight), caller, message_id)
        return t.say("Saved. Reminders follow it now.")

    async def _take_line(self, text: str, caller: Caller) -> None:
        sight = self._sight(caller)
        line = read_line(text, sight.today)
        if isinstance(line, Flaw):
            self.drafts.put(caller.seat.person_id, None, Waiting.LINE)
            await self._show(screens.refused(line, sight.t), caller)
        else:
            await self._keep(Draft.of_line(line, sight.today), caller)

    async def _take_name(self, text: str, draft: Draft, caller: Caller) -> None:
        name, t = tidy(text), gettext(caller.language)
        if not name:
            await self._say(t.say("A name needs at least one character."), caller)
        elif len(name) > LONGEST_NAME:
            await self._say(flaw_words(Flaw.LONG_NAME, t), caller)
        else:
            await self._keep(draft.named(name), caller)

    async def _take_time(self, text: str, draft: Draft, caller: Caller) -> None:
        sight = self._sight(caller)
        line = read_line(text, sight.today, named=False)
        if isinstance(line, Flaw):
            await self._show(screens.refused(line, sight.t), caller)
        else:
            await self._keep(draft.timed(line, sight.today), caller)

    async def _keep(self, draft: Draft, caller: Caller, message_id: int | None = None) -> None:
        """Go on with the draft as it is now; it waits for no message."""
        self.drafts.put(caller.seat.person_id, draft)
        await self._show(screens.sheet(draft, self._sight(caller)), caller, message_id)

    def _is_there(self, policy: str, department: str = "") -> bool:
        library = self._desk.library
        if not department:
            return library.policy(policy) is not None
        return library.find(policy, FactKind.DEPARTMENT, department) is not None

    def _sight(self, caller: Caller) -> Sight:
        today = self._desk.clock().astimezone(SHANGHAI).date()
        t: Translator = gettext(caller.language)
        return Sight(library=self._desk.library, workdays=self._workdays, today=today, t=t)

    async def _say(self, text: str, caller: Caller) -> None:
        await self._desk.replies.send(caller.place, [text])

    async def _show(self, view: View, caller: Caller, instead_of: int | None = None) -> None:
        await self._desk.replies.turn(caller.place, instead_of, view.parts, keyboard=keyboard(view.rows))


_ABOUT_DATES = frozenset({Verb.LIST, Verb.CARD, Verb.NEW, Verb.EDIT, Verb.REMOVE, Verb.REMOVED})
_VERBS = frozenset(Verb)


def _number(carried: str) -> int:
    """What a button carries; 0 where it is forged."""
    return int(carried) if re.fullmatch("[0-9]{1,9}", carried) else 0
