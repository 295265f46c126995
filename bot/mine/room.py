"""The room of /mine: what each press and each typed message does there."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import codes
from bot.answers import Desk
from bot.buttons import Act
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.mine import follow_screens, manner_screens, screens
from bot.mine.dialog import Awaited, Dialog
from bot.mine.follows import Follows, Where, muted_until, settings_of
from bot.mine.here import Here
from bot.mine.manner import NOTHING_FOLLOWED, OLD_BUTTON, Manner
from bot.mine.subjects import KINDS, is_there, subject_at
from bot.mine.typed import read_day, start_of
from bot.mine.verbs import MANNERS, Turn, Verb, carried, number
from bot.refusal import Refusal
from bot.texts import escape, gettext
from bot.views import View
from bot.words.reminders import Reader, called
from bot.words.settings import day_on_clock
from domain.events import Subject
from storage.dates import Dates
from storage.standings import About, Standings

_MUTES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pressed:
    """A button of a list, and who pressed it where."""

    verb: Verb
    what: str
    page: int
    here: Here
    caller: Caller
    name: str  # of the person


class Mine:
    """Where a place looks after what it is told; whoever calls has asked whether the person may decide."""

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        desk: Desk,
        follows: Follows,
        manner: Manner,
        dialog: Dialog,
        standings: Standings,
        dates: Dates,
    ) -> None:
        self.dialog = dialog
        self._desk = desk
        self._follows = follows
        self._manner = manner
        self._standings = standings
        self._dates = dates

    async def open(self, caller: Caller) -> None:
        """Show all of it."""
        await self._show(await self._main(await self._here(caller), caller), caller, None)

    async def press(self, act: Act, caller: Caller, name: str, message_id: int | None) -> str | None:
        """Do what a button says, pressed by somebody of that name; returns its hint."""
        turn = await self._turn(act, caller, name)
        await self._show(turn, caller, message_id)
        return turn.hint

    async def take(self, text: str, awaited: Awaited, caller: Caller) -> None:
        """Something was typed for a setting."""
        if awaited.verb is Verb.MUTES:
            turn = await self._mute_typed(text, caller)
        else:
            turn = await self._manner.take(text, awaited, caller)
        if turn.hint:
            await self._desk.replies.send(caller.place, [escape(turn.hint)])
        await self._show(turn, caller, None)

    async def _turn(self, act: Act, caller: Caller, name: str) -> Turn:
        t, value = gettext(caller.language), act.value
        verb = Verb(act.verb) if act.verb in frozenset(Verb) else None
        if verb is None:
            return Turn(hint=t.say(OLD_BUTTON))
        if verb in MANNERS and value != Verb.MUTES:
            return await self._manner.press(verb, value, caller)
        here, at = await self._here(caller), carried(value)
        match verb:
            case Verb.HERE:
                return await self._main(here, caller)
            case Verb.MORE:
                return Turn(view=follow_screens.more(here))
            case Verb.LANGUAGE:
                return Turn(view=screens.language(t))
            case Verb.MUTES | Verb.MUTE | Verb.TYPE if not here.held:
                return Turn(hint=t.say(NOTHING_FOLLOWED))
            case Verb.MUTES:
                return Turn(view=screens.mutes(here))
            case Verb.MUTE:
                return await self._mute(value, here, caller)
            case Verb.TYPE if not caller.in_group:
                self.dialog.wait(caller.seat.person_id, Awaited(verb=Verb.MUTES))
                return Turn(view=manner_screens.ask(Verb.MUTES, t), anew=True)
            case _ if at is not None:
                pressed = _Pressed(verb=verb, what=at.what, page=at.page, here=here, caller=caller, name=name)
                return await self._in_list(pressed)
            case _:
                return Turn(hint=t.say(OLD_BUTTON))

    async def _in_list(self, at: _Pressed) -> Turn:
        here, page = at.here, at.page
        policy = here.reader.library.policy(at.what) if at.verb is Verb.POLICY else None
        match at.verb:
            case Verb.LIST:
                return Turn(view=follow_screens.followed(here, page))
            case Verb.POLICIES:
                return Turn(view=follow_screens.policies(here, page))
            case Verb.POLICY if policy:
                return Turn(view=follow_screens.one_policy(here, policy, page))
            case Verb.DATES:
                return Turn(view=follow_screens.added_dates(here, page))
            case Verb.SILENT:
                return Turn(view=screens.silent(here, page))
            case Verb.OPEN:
                return Turn(view=screens.open_items(here, page))
            case Verb.ON | Verb.OFF | Verb.DROP:
                return await self._switch(at)
            case Verb.DONE | Verb.UNDO | Verb.HEAR:
                return await self._answer(at)
            case _:
                return Turn(hint=here.t.say("That is no longer there."))

    async def _switch(self, at: _Pressed) -> Turn:
        """Follow something, or no more."""
        here, t, where = at.here, at.here.t, _where(at.caller)
        reference = codes.decode(at.what)
        if reference is None:
            return Turn(hint=t.say(OLD_BUTTON))
        subject = subject_at(reference)
        name = here.named(subject)
        if at.verb is not Verb.ON:
            gone = await self._follows.unfollow(where, subject)
            hint = t.say("Not followed any more.") if gone else t.say("It was not followed.")
            note = f"{name} · {hint}"
        elif is_there(subject, here.reader.library, here.dates):
            coming = await self._follows.follow(where, subject, at.caller.seat.person_id, here.reader)
            hint = t.say("Followed.")
            note = t.say("Followed: {name}. {coming}", name=name, coming=coming)
        else:
            return Turn(hint=t.say("That is no longer there."))
        after = replace(await self._here(at.caller), note=note)
        if here.held and not after.held:
            gone_too = t.say("Nothing is followed here any more; how reminders came is forgotten with it.")
            after = replace(after, note=f"{note}\n{gone_too}")
        if at.verb is Verb.DROP:
            return Turn(view=follow_screens.followed(after, at.page), hint=hint)
        return Turn(view=_under(subject, after, at.page), hint=hint)

    async def _answer(self, at: _Pressed) -> Turn:
        """Something is done, or is not after all, or is to be heard of again."""
        t, where = at.here.t, _where(at.caller)
        about = About(chat_id=where.chat_id, thread_id=where.topic, occurrence=number(at.what) or 0)
        stand = await self._standings.of(about)
        if stand is None or not (stand.told_at or stand.silenced):
            return Turn(hint=t.say("That is no longer there."))
        done = None
        match at.verb:
            case Verb.DONE if stand.done_at is None:
                done, hint = stand, t.say("Marked as done.")
                await self._standings.done(about, at.caller.seat.person_id, at.name, self._desk.clock())
            case Verb.DONE:
                hint = t.say("It was marked as done already.")
            case Verb.UNDO:
                undone = await self._standings.undo(about)
                hint = t.say("It is open again.") if undone else t.say("It was not marked as done.")
            case _:
                await self._standings.unsilence(where.chat_id, where.topic, stand.facts["event"])
                hint = t.say("You will hear of it again.")
        note = f"{called(stand.facts, at.here.reader)} · {hint}"
        after = replace(await self._here(at.caller), note=note)
        if at.verb is Verb.HEAR:
            return Turn(view=screens.silent(after, at.page), hint=hint)
        return Turn(view=screens.open_items(after, at.page, done), hint=hint)

    async def _mute(self, value: str, here: Here, caller: Caller) -> Turn:
        """Be quiet for a while from now, or no more."""
        t, settings = here.t, settings_of(here.held)
        if value == "off":
            await self._follows.mute(_where(caller), None)
            turn = await self._main(await self._here(caller), caller)
            return replace(turn, hint=t.say("Reminders are on again."))
        if value not in _MUTES:
            return Turn(hint=t.say(OLD_BUTTON))
        until = start_of(settings.day_of(here.now) + _MUTES[value], settings.zone)
        return await self._quiet(until, here, caller)

    async def _mute_typed(self, text: str, caller: Caller) -> Turn:
        here = await self._here(caller)
        settings = settings_of(here.held)
        try:
            day = read_day(text, settings.day_of(here.now))
        except Refusal as refusal:
            return Turn(hint=here.t.say("{flaw} Send it again, or /cancel.", flaw=refusal.words(here.t)))
        self.dialog.leave(caller.seat.person_id)
        return await self._quiet(start_of(day, settings.zone), here, caller)

    async def _quiet(self, until: datetime, here: Here, caller: Caller) -> Turn:
        day = day_on_clock(until, settings_of(here.held).zone, here.t)
        if not await self._follows.mute(_where(caller), until):
            return Turn(hint=here.t.say(NOTHING_FOLLOWED))
        turn = await self._main(await self._here(caller), caller)
        return replace(turn, hint=here.t.say("Muted until {day}.", day=day))

    async def _main(self, here: Here, caller: Caller) -> Turn:
        silenced = frozenset(str(one.facts["event"]) for one in here.silenced)
        coming = await self._follows.coming(_where(caller), here.held, silenced)
        return Turn(view=screens.main(here, coming))

    async def _here(self, caller: Caller) -> Here:
        where, now = _where(caller), self._desk.clock()
        held = await self._follows.held(where)
        today = settings_of(held).day_of(now)
        told = await self._standings.open(where.chat_id, where.topic)
        return Here(
            reader=Reader(library=self._desk.library, today=today, t=gettext(caller.language)),
            now=now,
            held=held,
            dates=await self._dates.all(),
            kind=caller.kind,
            topic=where.topic is not None,
            muted=muted_until(held, now),
            open=[one for one in told if one.facts.get("to_do", True)],
            silenced=await self._standings.silenced(where.chat_id, where.topic),
        )

    async def _show(self, turn: Turn, caller: Caller, message_id: int | None) -> None:
        if turn.view:
            at, under = None if turn.anew else message_id, keyboard(turn.view.rows)
            await self._desk.replies.turn(caller.place, at, turn.view.parts, keyboard=under)


def _where(caller: Caller) -> Where:
    return Where(chat_id=caller.seat.chat_id, topic=caller.seat.topic)


def _under(subject: Subject, here: Here, page: int) -> View:
    """The screen where that can be followed, or no more."""
    policy = here.reader.library.policy(subject.policy)
    if policy:
        return follow_screens.one_policy(here, policy, page)
    return follow_screens.more(here) if subject in KINDS else follow_screens.added_dates(here, page)
