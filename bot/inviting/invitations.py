"""Inviting, step by step: an administrator chooses and passes a link on; whoever opens it follows."""

from collections.abc import Awaitable, Callable

from aiogram import Bot

from answering.answer import Reference
from bot.answers import Desk
from bot.caller import Caller, language_of
from bot.inviting import screens
from bot.inviting.verbs import Errand, Verb
from bot.keyboards import keyboard
from bot.mine.follows import muted_until, outlook_words, settings_of, subject_of
from bot.mine.outlook import outlook
from bot.mine.subjects import of_subjects, reference_to
from bot.quietly import quietly
from bot.sender import Place
from bot.texts import Translator, clean, escape, gettext
from bot.views import View
from bot.words.reminders import Reader
from domain.events import Event, Subject
from domain.policy import FactKind
from domain.workdays import Workdays
from storage.chats import Chats
from storage.invitations import VALID, Invitation, Invitations, Outcome
from storage.subscriptions import Subscription, Subscriptions


class Inviting:
    """Both sides of invitations; whoever calls has asked whether the person may."""

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        bot: Bot,
        desk: Desk,
        invitations: Invitations,
        subscriptions: Subscriptions,
        chats: Chats,
        events_now: Callable[[], Awaitable[list[Event]]],
        workdays: Workdays,
        replan: Callable[[], Awaitable[None]],
    ) -> None:
        """Args: `events_now` gives all events of the store, `replan` lets reminders follow what changed."""
        self._bot = bot
        self._desk = desk
        self._invitations = invitations
        self._subscriptions = subscriptions
        self._chats = chats
        self._events_now = events_now
        self._workdays = workdays
        self._replan = replan

    async def choose(self, caller: Caller) -> None:
        """Ask what to invite to."""
        await self._show(screens.policies(self._desk.library, 0, gettext(caller.language)), caller)

    async def list_open(self, caller: Caller, page: int = 0, instead_of: int | None = None) -> None:
        """Show what can still be redeemed."""
        held = [
            screens.Listed(invitation=one, who=self._name(one.created_by))
            for one in await self._invitations.open(self._desk.clock())
        ]
        shown = screens.listed(held, page, self._desk.library, gettext(caller.language))
        await self._show(shown, caller, instead_of)

    async def press(self, errand: Errand, caller: Caller, message_id: int | None) -> str | None:
        """Do what an administrator's button says; returns its hint."""
        t, library = gettext(caller.language), self._desk.library
        match errand:
            case Errand(verb=Verb.POLICIES, number=page):
                await self._show(screens.policies(library, page, t), caller, message_id)
            case Errand(verb=Verb.LIST, number=page):
                await self.list_open(caller, page, message_id)
            case Errand(verb=Verb.REVOKE, number=number):
                revoked = await self._invitations.revoke(number, caller.seat.person_id, self._desk.clock())
                await self.list_open(caller, instead_of=message_id)
                return t.say("Withdrawn.") if revoked else t.say("That invitation is open no more.")
            case Errand(verb=Verb.POLICY, reference=Reference(policy=policy_id), number=page):
                policy = library.policy(policy_id)
                if policy is None:
                    return t.say("That is no longer there.")
                await self._show(screens.departments(policy, page, t), caller, message_id)
            case Errand(reference=Reference() as to):
                return await self._make(to, caller)
        return None

    async def redeem(self, code: str, caller: Caller, name: str) -> None:
        """Let the caller's place follow what a code invites to; `name` is the person's."""
        t, seat = gettext(caller.language), caller.seat
        held = await self._subscriptions.of(seat.chat_id, seat.topic)
        redeemed = await self._invitations.redeem(
            code, seat.chat_id, seat.topic, seat.person_id, self._desk.clock()
        )
        invitation = redeemed.invitation
        if invitation is None or redeemed.outcome not in {Outcome.ACCEPTED, Outcome.FOLLOWED}:
            await self._show(screens.refused(redeemed.outcome, invitation, t), caller)
            return
        subject = screens.subject_of(invitation)
        words = screens.subject_words(subject, self._desk.library, t) or t.say("no longer there")
        if redeemed.outcome is Outcome.FOLLOWED:
            await self._show(screens.followed(words, reference_to(subject), t), caller)
            return
        await self._replan()
        comes = await self._comes(subject, held, caller)
        await self._show(screens.accepted(words, reference_to(subject), comes, _where(caller, t), t), caller)
        if invitation.created_by != seat.person_id:
            await quietly(self._tell(invitation, caller, name), "tell who invited")

    async def _make(self, to: Reference, caller: Caller) -> str | None:
        t, now = gettext(caller.language), self._desk.clock()
        subject = Subject(to.policy, to.kind, to.id)
        words = screens.subject_words(subject, self._desk.library, t)
        whole = to.kind is FactKind.POLICY and not to.id
        if words is None or not (whole or to.kind is FactKind.DEPARTMENT):
            return t.say("That is no longer there.")
        person = caller.seat.person_id
        code = await self._invitations.make(to.policy, to.kind, to.id, person, now)
        bot_name = (await self._bot.me()).username or ""
        # In a message of its own: it is passed on, and the page it was asked for on stays.
        await self._show(screens.made(code, words, now + VALID, bot_name, t), caller)
        return None

    async def _comes(self, subject: Subject, held: list[Subscription], caller: Caller) -> str:
        """What following it brings a place that followed `held` before."""
        t, now = gettext(caller.language), self._desk.clock()
        events = await self._events_now()
        found = of_subjects(events, [subject])
        if not found:
            return t.say("No date is stored for this; you will be told when one is.")
        before = {event.key for event in of_subjects(events, [subject_of(one) for one in held])}
        fresh = {event.key for event in found} - before
        settings, muted = settings_of(held), muted_until(held, now)
        seen = outlook(found, settings, muted or now, self._workdays, fresh=() if muted else fresh)
        reader = Reader(library=self._desk.library, today=settings.day_of(now), t=t)
        return outlook_words(seen, settings, now, reader)

    async def _tell(self, invitation: Invitation, caller: Caller, name: str) -> None:
        """Tell who invited that somebody came."""
        to = invitation.created_by
        t = gettext(language_of(to, None, self._chats))
        who = clean(name)
        if caller.in_group:
            title = clean(caller.title)
            who = t.say("{name} for “{title}”", name=who, title=title) if who else f"“{title}”"
        words = screens.subject_words(screens.subject_of(invitation), self._desk.library, t) or ""
        text = t.say("Your invitation was accepted by {who}: {subject}", who=who, subject=words)
        await self._desk.replies.send(Place(chat_id=to), [escape(f"✅ {text}")])

    def _name(self, person_id: int) -> str:
        chat = self._chats.get(person_id)
        return chat.title if chat else ""

    async def _show(self, view: View, caller: Caller, instead_of: int | None = None) -> None:
        await self._desk.replies.turn(caller.place, instead_of, view.parts, keyboard=keyboard(view.rows))


def _where(caller: Caller, t: Translator) -> str:
    if caller.seat.topic:
        return t.say("This topic follows it from now on, and is reminded of its dates.")
    if caller.in_group:
        return t.say("This group follows it from now on, and is reminded of its dates.")
    return t.say("You follow it from now on, and are reminded of its dates.")
