"""The address book: what each message and each press of an administrator does to the addresses."""

import re
from collections.abc import Callable
from enum import StrEnum

from aiogram import Bot
from aiogram.types import Message

from answering.answer import Reference
from bot.addresses import screens
from bot.answers import Desk
from bot.buttons import Errand, Manage
from bot.caller import Caller
from bot.greeting import LANGUAGE_NAMES
from bot.keyboards import keyboard
from bot.mine.follows import Follows, Where
from bot.mine.subjects import subject_at
from bot.sender import translated
from bot.texts import escape, gettext, shorten
from bot.views import View
from bot.words import addresses as words
from bot.words.moments import SHANGHAI
from bot.words.reminders import Reader
from domain.channels import FIRST_ADDRESS, BadAddress, Channel
from domain.errors import BadSetting, DeliveryError
from domain.languages import Language
from domain.policy import FactKind
from storage.addresses import Address, Addresses
from storage.chats import Chats
from storage.conversations import Conversation, Conversations
from storage.sealing import SECRET_KEY

_LONGEST_NAME = 60
_HINT = 190  # characters: Telegram shows 200
_SECRET = re.compile(r"://|SEC[0-9a-zA-Z]{16}")


class Waiting(StrEnum):
    """What the next message is taken to be."""

    ADDRESS = "address"
    NAME = "name"  # of the address that was given, sealed


class AddressBook:
    """Where administrators keep the addresses; whoever calls has asked whether they are one.

    An address is sealed before it is kept even for the time of the dialog.
    """

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        bot: Bot,
        desk: Desk,
        addresses: Addresses,
        follows: Follows,
        chats: Chats,
        conversations: Conversations,
        wake: Callable[[], None],
    ) -> None:
        """Args: `wake` is called when there is something to send."""
        self._bot = bot
        self._desk = desk
        self._addresses = addresses
        self._follows = follows
        self._chats = chats
        self._conversations = conversations
        self._wake = wake

    async def open(self, caller: Caller) -> None:
        """Show the list."""
        held = await self._addresses.listed()
        await self._show(screens.listed(held, 0, gettext(caller.language)), caller)

    async def waits(self, person_id: int) -> bool:
        """Whether the next message belongs to the dialog; asked of each, so it costs next to nothing."""
        if not self._conversations.listens(_key(person_id)):
            return False
        return (await self._conversations.get(_key(person_id))).state is not None

    def leave(self, person_id: int) -> None:
        """Forget what was given so far."""
        self._conversations.put(_key(person_id), Conversation(), self._desk.clock())

    async def take(self, message: Message, caller: Caller) -> None:
        """What was sent while the dialog waited for it."""
        held, t = await self._conversations.get(_key(caller.seat.person_id)), gettext(caller.language)
        text = message.text or ""
        secret = _SECRET.search(text)
        if secret:  # with a robot's address anybody can write to its group
            await self._hide(message, caller)
        if not text:
            await self._say(t.say("I can only read text. Send it in words, or /cancel."), caller)
        elif held.state != Waiting.NAME:
            await self._take_address(text, caller)
        elif secret:
            await self._say(t.say("That looks like an address. What is it called?"), caller)
        else:
            await self._take_name(text, held, caller)

    async def press(self, press: Manage, caller: Caller, message_id: int | None) -> str | None:
        """Do what a button says; returns its hint."""
        t = gettext(caller.language)
        held = await self._addresses.listed()
        match press.errand:
            case Errand.LIST:
                await self._show(screens.listed(held, press.page, t), caller, message_id)
                return None
            case Errand.NEW:
                self._wait_for(Waiting.ADDRESS, caller)
                await self._show(screens.ask_address(t), caller)
                return None
        chat_id = FIRST_ADDRESS + press.address
        address = next((one for one in held if one.chat_id == chat_id), None)
        if address is None:
            return t.say("That address was removed.")
        return await self._do(press, address, caller, message_id)

    async def _take_address(self, text: str, caller: Caller) -> None:
        t = gettext(caller.language)
        try:
            channel, kept = self._addresses.take(text)
        except BadAddress as error:
            await self._say(
                t.say("{flaw} Send it again, or /cancel.", flaw=words.flaw_in_words(error.flaw, t)), caller
            )
        except BadSetting:
            self.leave(caller.seat.person_id)
            await self._say(t.say("The operator has to set {name} first.", name=SECRET_KEY), caller)
        else:
            self._wait_for(Waiting.NAME, caller, channel=channel.value, kept=kept)
            await self._show(screens.ask_name(channel, t), caller)

    async def _hide(self, message: Message, caller: Caller) -> None:
        t = gettext(caller.language)
        try:
            await self._desk.replies.persist(
                caller.seat.chat_id,
                lambda chat_id: translated(self._bot.delete_message(chat_id, message.message_id)),
            )
        except DeliveryError:
            await self._say(t.say("I could not delete your message. Please do: it holds a secret."), caller)
        else:
            await self._say(t.say("Your message is deleted, as it holds a secret."), caller)

    async def _take_name(self, text: str, held: Conversation, caller: Caller) -> None:
        t, person = gettext(caller.language), caller.seat.person_id
        title = shorten(text, _LONGEST_NAME)
        if not title:
            await self._say(t.say("A name needs at least one character."), caller)
            return
        self.leave(person)
        try:
            chat_id = await self._addresses.add(
                Channel(held.data["channel"]),
                held.data["kept"],
                title=title,
                language=caller.language,
                created_by=person,
                now=self._desk.clock(),
            )
        except BadAddress as error:
            await self._say(words.flaw_in_words(error.flaw, t), caller)
        except BadSetting:
            await self._say(t.say("The operator has to set {name} first.", name=SECRET_KEY), caller)
        else:
            await self._show_one(chat_id, caller)

    async def _do(
        self, press: Manage, address: Address, caller: Caller, message_id: int | None
    ) -> str | None:
        t, now, person = gettext(caller.language), self._desk.clock(), caller.seat.person_id
        chat_id, hint = address.chat_id, None
        match press.errand:
            case Errand.POLICIES | Errand.OPEN | Errand.FOLLOW | Errand.UNFOLLOW:
                return await self._follow(press, address, caller, message_id)
            case Errand.REMOVE:
                await self._show(screens.ask_removal(address, t), caller, message_id)
                return None
            case Errand.REMOVED:
                await self._addresses.remove(chat_id, actor_id=person, now=now)
                left = await self._addresses.listed()
                await self._show(screens.listed(left, 0, t), caller, message_id)
                return t.say("Removed.")
            case Errand.SPEAK if press.page < len(LANGUAGE_NAMES):
                language = tuple(LANGUAGE_NAMES)[press.page]
                await self._chats.set_language(chat_id, language, now)
                hint = t.say("Notices go there in {language}.", language=LANGUAGE_NAMES[language])
            case Errand.TEST:
                text = {one: words.trial(gettext(one)) for one in Language}
                await self._addresses.test(chat_id, text, actor_id=person, now=now)
                self._wake()
                hint = t.say("The test is on its way. “Look again” shows how it ended.")
            case Errand.AGAIN:
                await self._addresses.again(chat_id, actor_id=person, now=now)
                hint = t.say("Notices go there again.")
        await self._show_one(chat_id, caller, message_id)
        return hint

    async def _follow(
        self, press: Manage, address: Address, caller: Caller, message_id: int | None
    ) -> str | None:
        """A step in choosing what an address follows."""
        t, library, at = gettext(caller.language), self._desk.library, press.reference
        policy = library.policy(at.policy) if at else None
        if press.errand is Errand.POLICIES or at is None or policy is None:
            followed = await self._followed(address)
            shown = screens.policies(address, followed, library, press.page, t)
            await self._show(shown, caller, message_id)
            return None if press.errand is Errand.POLICIES else t.say("That is no longer there.")
        hint = None
        if press.errand is not Errand.OPEN:
            hint = await self._switch(at, address, caller, on=press.errand is Errand.FOLLOW)
        shown = screens.departments(address, policy, await self._followed(address), press.page, t)
        await self._show(shown, caller, message_id)
        return hint

    async def _switch(self, at: Reference, address: Address, caller: Caller, *, on: bool) -> str | None:
        """Follow it, or no more; returns what comes of it."""
        where, subject, t = Where(chat_id=address.chat_id), subject_at(at), gettext(caller.language)
        if not on:
            await self._follows.unfollow(where, subject)
            return None
        if not self._can_follow(at):
            return t.say("That is no longer there.")
        today = self._desk.clock().astimezone(SHANGHAI).date()
        reader = Reader(library=self._desk.library, today=today, t=t)
        return shorten(await self._follows.follow(where, subject, caller.seat.person_id, reader), _HINT)

    def _can_follow(self, at: Reference) -> bool:
        if at.kind is FactKind.POLICY:
            return not at.id
        return (
            at.kind is FactKind.DEPARTMENT and self._desk.library.find(at.policy, at.kind, at.id) is not None
        )

    async def _followed(self, address: Address) -> screens.Followed:
        held = await self._follows.held(Where(chat_id=address.chat_id))
        return {(one.policy_id, one.kind, one.fact_id) for one in held}

    def _wait_for(self, waiting: Waiting, caller: Caller, **given: str) -> None:
        held = Conversation(state=waiting, data=given)
        self._conversations.put(_key(caller.seat.person_id), held, self._desk.clock())

    async def _show_one(self, chat_id: int, caller: Caller, instead_of: int | None = None) -> None:
        address = next(one for one in await self._addresses.listed() if one.chat_id == chat_id)
        follows = await self._follows.held(Where(chat_id=chat_id))
        test = await self._addresses.tested(chat_id)
        shown = screens.one(address, follows, test, self._desk.library, gettext(caller.language))
        await self._show(shown, caller, instead_of)

    async def _say(self, text: str, caller: Caller) -> None:
        await self._desk.replies.send(caller.place, [escape(text)])

    async def _show(self, view: View, caller: Caller, instead_of: int | None = None) -> None:
        await self._desk.replies.turn(caller.place, instead_of, view.parts, keyboard=keyboard(view.rows))


def _key(person_id: int) -> str:
    return f"address:{person_id}"
