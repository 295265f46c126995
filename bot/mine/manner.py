"""How a place is reminded: what each press and each typed value does to its settings."""

from dataclasses import dataclass, replace

from bot.access import Access
from bot.caller import Caller
from bot.mine import changes, manner_screens
from bot.mine.dialog import TYPED, Awaited, Dialog
from bot.mine.follows import Follows, Where, settings_of
from bot.mine.manner_screens import Shown
from bot.mine.verbs import Turn, Verb, number
from bot.refusal import Refusal
from bot.texts import gettext
from bot.words.translations import N_
from domain.channels import FIRST_ADDRESS
from domain.reminders import ReminderSettings
from storage.addresses import Addresses

OLD_BUTTON = N_("This button is from an older version. Send /policies to go on.")
NOTHING_FOLLOWED = N_("Nothing is followed here yet. Follow something first.")
_PARTS = frozenset({Verb.LEADS, Verb.TIMES, Verb.SPANS, Verb.ZONES, Verb.DIGESTS, Verb.REPEATS})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whose:
    """The place whose settings are meant."""

    where: Where
    title: str = ""
    address: int | None = None


class Manner:
    """Where settings are looked at and changed; whoever calls has asked whether the person may decide."""

    def __init__(
        self, *, follows: Follows, dialog: Dialog, access: Access, addresses: Addresses | None
    ) -> None:
        self._follows = follows
        self._dialog = dialog
        self._access = access
        self._addresses = addresses

    async def press(self, verb: Verb, value: str, caller: Caller) -> Turn:
        """What a button does."""
        t = gettext(caller.language)
        what, at, address = value.rpartition("@") if "@" in value else (value, "", "")
        whose = await self._whose(caller, number(address), of_address=bool(at))
        if whose is None:
            return Turn(hint=t.say("That address was removed."))
        shown = await self._shown(whose, caller)
        if verb is Verb.MANNER:
            return Turn(view=manner_screens.manner(shown))
        if not shown.follows:
            return Turn(hint=t.say(NOTHING_FOLLOWED))
        if verb in _PARTS:
            return Turn(view=manner_screens.part(verb, shown))
        if verb is Verb.TYPE:
            return self._ask(what, whose, caller)
        return await self._choose(verb, what, whose, shown)

    async def take(self, text: str, awaited: Awaited, caller: Caller) -> Turn:
        """What something does that was typed for a setting; what can't be used is asked for again."""
        t, person = gettext(caller.language), caller.seat.person_id
        whose = await self._whose(caller, awaited.address, of_address=awaited.address is not None)
        shown = await self._shown(whose, caller) if whose else None
        if whose is None or shown is None or not shown.follows:
            self._dialog.leave(person)
            return Turn(hint=t.say(NOTHING_FOLLOWED) if whose else t.say("That address was removed."))
        try:
            changed = changes.typed(awaited.verb, text, shown.settings)
        except changes.Outside as problem:
            self._dialog.leave(person)
            return Turn(view=manner_screens.outside(problem, shown))
        except Refusal as refusal:
            return Turn(hint=t.say("{flaw} Send it again, or /cancel.", flaw=refusal.words(t)))
        self._dialog.leave(person)
        after = await self._keep(changed, whose, shown)
        return Turn(view=manner_screens.manner(replace(after, note="✓ " + t.say("Changed."))))

    async def _choose(self, verb: Verb, what: str, whose: _Whose, shown: Shown) -> Turn:
        try:
            changed = changes.pressed(verb, what, shown.settings)
        except changes.Outside as problem:
            return Turn(view=manner_screens.outside(problem, shown))
        except Refusal as refusal:
            return Turn(hint=refusal.words(shown.t))
        if changed is None:
            return Turn(hint=shown.t.say(OLD_BUTTON))
        after = await self._keep(changed, whose, shown)
        stay = verb is Verb.LEAD
        view = manner_screens.part(Verb.LEADS, after) if stay else manner_screens.manner(after)
        return Turn(view=view, hint=shown.t.say("Changed."))

    async def _keep(self, changed: ReminderSettings, whose: _Whose, shown: Shown) -> Shown:
        if changed != shown.settings:
            await self._follows.change(whose.where, changed)
        return replace(shown, settings=changed)

    def _ask(self, what: str, whose: _Whose, caller: Caller) -> Turn:
        t = gettext(caller.language)
        if caller.in_group:
            return Turn(hint=t.say("Please do that in a private chat with me."))
        if what not in TYPED or what == Verb.MUTES:
            return Turn(hint=t.say(OLD_BUTTON))
        self._dialog.wait(caller.seat.person_id, Awaited(verb=Verb(what), address=whose.address))
        return Turn(view=manner_screens.ask(Verb(what), t), anew=True)

    async def _whose(self, caller: Caller, address: int | None, *, of_address: bool) -> _Whose | None:
        """The caller's place, or an address; None where that is gone, or not theirs to see."""
        if not of_address:
            return _Whose(where=Where(chat_id=caller.seat.chat_id, topic=caller.seat.topic))
        allowed = self._access.is_admin(caller.seat.person_id) and not caller.in_group
        if address is None or not allowed or self._addresses is None:
            return None
        chat_id = FIRST_ADDRESS + address
        found = next((one for one in await self._addresses.listed() if one.chat_id == chat_id), None)
        if found is None:
            return None
        return _Whose(where=Where(chat_id=chat_id), title=found.title, address=address)

    async def _shown(self, whose: _Whose, caller: Caller) -> Shown:
        held = await self._follows.held(whose.where)
        return Shown(
            settings=settings_of(held),
            t=gettext(caller.language),
            follows=bool(held),
            typing=not caller.in_group,
            title=whose.title,
            address=whose.address,
        )
