"""An Answer given to the one who asked: its words, its buttons, and what the next question refers to."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from prometheus_client import Counter

from answering.answer import Answer, Aspect, Reference, Status
from answering.library import Library
from bot import followups, keyboards, ways
from bot.access import Access
from bot.buttons import Browse
from bot.caller import Caller
from bot.keyboards import Keyboard, keyboard
from bot.metrics import ANSWERS
from bot.replies import Replies
from bot.shelf import Shelf
from bot.texts import escape, gettext, render_parts, titled
from bot.views import FOLLOWED, Visit, view
from domain.languages import Language
from domain.policy import FactKind
from storage.conversations import Conversations
from storage.subscriptions import Subscriptions

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_HELP = Reference(policy="", kind=FactKind.POLICY, aspect=Aspect.HELP)


class Desk:
    """Where questions are answered: the library, the conversations, and the way back to who asked."""

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        bot: Bot,
        shelf: Shelf,
        conversations: Conversations,
        replies: Replies,
        clock: Callable[[], datetime],
        access: Access,
        subscriptions: Subscriptions | None = None,
    ) -> None:
        self.replies = replies
        self.clock = clock
        self._bot = bot
        self._shelf = shelf
        self._conversations = conversations
        self._access = access
        self._subscriptions = subscriptions

    async def ask(self, question: str, caller: Caller, *, message_id: int, edited: bool = False) -> None:
        """Answer a question; an edited one in the place of its earlier answer."""
        context = await followups.recall(self._conversations, caller.seat)
        library = self.library
        answer = library.ask(question, today=self._today(), default_language=caller.language, context=context)
        self._note(caller, answer.context, context)
        parts = render_parts(answer, library)
        under = await self._under(answer, caller, library)
        give = self.replies.revise if edited else self.replies.send
        await give(caller.place, parts, keyboard=under, question=message_id)
        _answers(answer.status).inc()

    async def tell(self, reference: Reference, caller: Caller) -> None:
        """Answer a button that asks."""
        library = self.library
        answer = self.look_up(reference, caller.language)
        self._note(caller, answer.context)
        under = await self._under(answer, caller, library)
        await self.replies.send(caller.place, render_parts(answer, library), keyboard=under)
        _answers(answer.status).inc()

    @property
    def library(self) -> Library:
        """The library in use."""
        return self._shelf.library

    def answer(self, question: str, language: Language) -> Answer:
        """The answer itself, outside of any conversation."""
        return self.library.ask(question, today=self._today(), default_language=language)

    def look_up(self, reference: Reference, language: Language) -> Answer:
        """The answer to a button, outside of any conversation."""
        return self.library.tell(reference, today=self._today(), language=language)

    def help(self, language: Language) -> list[str]:
        """What can be asked, in HTML."""
        return render_parts(self.look_up(_HELP, language), self.library)

    async def show(self, place: Browse, caller: Caller, *, instead_of: int | None = None) -> None:
        """Show a place: in a new message, or in that of a pressed button."""
        t = gettext(caller.language)
        visit = Visit(
            library=self.library,
            today=self._today(),
            t=t,
            bot_name=await self._name(),
            followed=await self._followed(place, caller),
            invites=self._access.is_admin(caller.seat.person_id) and not caller.in_group,
        )
        shown = view(place, visit)
        self._note(caller, shown.context)
        under = keyboard(shown.rows)
        await self.replies.turn(caller.place, instead_of, shown.parts, keyboard=under)

    async def prompt(self, reference: Reference, caller: Caller) -> None:
        """Ask for a question about this, and take what is written next to be one."""
        t = gettext(caller.language)
        self._note(caller, self.look_up(reference, caller.language).context)
        policy = self.library.policy(reference.policy)
        subject = titled(policy, t) if policy else t.say("the policies held here")
        await self.replies.send(
            caller.place,
            [escape(t.say("What would you like to know about {subject}?", subject=subject))],
            keyboard=keyboards.prompt(t.say("Your question")),
        )

    async def _followed(self, place: Browse, caller: Caller) -> Collection[tuple[str, str, str]] | None:
        """What the chat follows, where the place can be followed; None where that is not asked."""
        at = place.reference
        is_page = bool(at.id) or at.kind is FactKind.POLICY  # a list has no bell
        if self._subscriptions is None or at.kind not in FOLLOWED or not is_page:
            return None
        held = await self._subscriptions.of(caller.seat.chat_id, caller.seat.topic)
        return {(one.policy_id, one.kind, one.fact_id) for one in held}

    def _today(self) -> date:
        return self.clock().astimezone(_SHANGHAI).date()

    def _note(
        self, caller: Caller, context: Mapping[str, Any], held: Mapping[str, Any] | None = None
    ) -> None:
        # Written only when it changed; an answer that refers to nothing leaves the thread as it was.
        if context and context != held:
            followups.note(self._conversations, caller.seat, context, self.clock())

    async def _under(self, answer: Answer, caller: Caller, library: Library) -> Keyboard | None:
        return ways.under(answer, library, await self._name() if caller.in_group else None)

    async def _name(self) -> str:
        return (await self._bot.me()).username or ""


@cache
def _answers(status: Status) -> Counter:
    return ANSWERS.labels(status)
