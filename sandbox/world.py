"""The world in memory: the bot, the people, their chats and messages, and everything that is going on."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from sandbox.call import Call
from sandbox.errors import ApiError, Json, bad_request
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.ledger import CallLog, Ledger, Logged
from sandbox.live import Live
from sandbox.people import Chat, Person, Presence
from sandbox.profile import Profile
from sandbox.rates import Rates
from sandbox.updates import Hook, Updates
from sandbox.waiting import Waiting

if TYPE_CHECKING:
    from sandbox.watch import Watch

TOKEN = "10000001:SANDBOX-not-a-secret-0123456789abcd"  # noqa: S105 - it opens nothing but the sandbox
"""The token of the sandbox's bot unless another is chosen."""
CAST = (("陈晓", "chenxiao", "zh-hans"), ("林怡", "linyi", "zh-hant"), ("Alex", "alex", "en"))
"""The people a newcomer starts with, one for each language."""
GROUP = "标准化工作群"
"""The group they share."""


class World:
    """All state. `clock` gives Unix seconds; `keep_messages` and `keep_calls` bound what is remembered."""

    def __init__(  # noqa: PLR0913 - each is an option of its own
        self,
        *,
        token: str = TOKEN,
        username: str = "zhunshi_bot",
        rates_on: bool = True,
        keep_messages: int = 20_000,
        keep_calls: int = 1_000,
        ledger: Ledger | None = None,
        clock: Callable[[], float] = time.time,
        cast: bool = True,
    ) -> None:
        self.token = token
        self.username = username
        self.clock = clock
        self.seconds = time.monotonic
        """For what lasts so long, wherever the clock is moved to."""
        self.watch: Watch | None = None
        """The clock of the service beside it, where that may be moved."""
        self.travelling = False
        self.keep_messages = keep_messages
        self.keep_calls = keep_calls
        self.ledger = ledger
        self.cast = cast
        self.rates = Rates(on=rates_on, clock=time.monotonic)
        self.faults = Faults()
        self.live = Live()
        self.files = Files()
        self.hook = Hook()
        self.hook_changed = asyncio.Event()
        self.webhook_pause = 1.0
        """Seconds before an update the webhook refused is delivered again; it doubles each time."""
        self.answer_seconds = 60.0
        """How long a button press or an inline query may stay unanswered."""
        # Update ids go on rising over restarts, or a bot that remembers them would take new ones for repeats.
        self.updates = Updates(next_id=int(clock()))
        self._fill()

    def _fill(self) -> None:
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.calls = CallLog(self.keep_calls)
        self.waiting = Waiting()
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.profile = Profile(name="准时 Zhunshi")
        self.privacy = True
        self.inline_feedback = False
        self._person_ids = count(1001)
        self._group_ids = count(4001)
        self._kept: deque[tuple[Chat, int]] = deque()
        if self.cast:
            members = [self.add_person(name, username, language) for name, username, language in CAST]
            self.add_group(GROUP, [person.id for person in members])

    def reset(self) -> None:
        """Everything as at the start, but for the rates, the webhook and the numbering of updates."""
        self.updates.forget()
        self.faults.active.clear()
        self.rates.buckets.clear()
        self.files.clear()
        self._fill()
        self.live.tell("reset", None)

    # Who is there

    @property
    def bot_id(self) -> int:
        """The number before the token's colon."""
        return int(self.token.partition(":")[0])

    def bot(self) -> Json:
        """The bot's User object."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self.profile.name, "username": self.username}

    def add_person(
        self, name: str, username: str | None = None, language: str = "zh-hans", *, started: bool = False
    ) -> Person:
        """A new person with a private chat; unless `started`, the bot may not write first."""
        number = next(self._person_ids)
        person = Person(
            id=number, first_name=name, username=username, language_code=language, started=started
        )
        presence = Presence.MEMBER if started else Presence.LEFT
        self.people[number] = person
        self.chats[number] = Chat(id=number, kind="private", title=name, username=username, presence=presence)
        return person

    def add_group(
        self, title: str, members: list[int], *, supergroup: bool = False, forum: bool = False
    ) -> Chat:
        """A new group with the bot in it; the first member owns it. A forum is a supergroup with topics."""
        number = next(self._group_ids)
        roles = dict.fromkeys(members, "member") | dict.fromkeys(members[:1], "creator")
        large = supergroup or forum
        chat = Chat(
            id=-(1_000_000_000_000 + number) if large else -number,
            kind="supergroup" if large else "group",
            title=title,
            members=roles,
            is_forum=forum,
        )
        self.chats[chat.id] = chat
        return chat

    def user(self, person_id: int) -> Json:
        """The User object of a person or of the bot."""
        return self.bot() if person_id == self.bot_id else self.people[person_id].user()

    # Messages

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a message into a chat and return it."""
        message_id = next(chat.ids)
        message: Json = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.chat(),
            "date": int(self.clock()),
        }
        message.update(content)
        chat.messages[message_id] = message
        self._kept.append((chat, message_id))
        if len(self._kept) > self.keep_messages:
            oldest, forgotten = self._kept.popleft()
            oldest.messages.pop(forgotten, None)
        self.live.tell("message", message)
        return message

    def change(self, chat: Chat, message: Json, changes: Json) -> Json:
        """Replace parts of a message in place of the old one (None removes a part) and return the new one."""
        changed = {key: value for key, value in (message | changes).items() if value is not None}
        chat.messages[message["message_id"]] = changed
        self.live.tell("edited", changed)
        return changed

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message."""
        chat.messages.pop(message_id, None)
        self.live.tell("deleted", {"chat": chat.id, "message_id": message_id})

    # What the bot's calls need

    def chat_of(self, call: Call, name: str = "chat_id") -> Chat:
        """The chat a parameter names, which the bot may write to; raises ApiError."""
        chat = self.find_chat(call, name)
        chat.require_open()
        return chat

    def find_chat(self, call: Call, name: str = "chat_id") -> Chat:
        """The chat a parameter names by id or @username; raises ApiError 400."""
        value = call.text(name)
        if not value:
            raise bad_request(f"{name} is empty")
        chat = self._by_username(value[1:]) if value.startswith("@") else self.chats.get(_whole(value))
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _by_username(self, username: str) -> Chat | None:
        found = (chat for chat in self.chats.values() if not chat.is_private and chat.username)
        return next((chat for chat in found if str(chat.username).lower() == username.lower()), None)

    def charge(self, chat: Chat, messages: int = 1) -> None:
        """Count messages against the rates; raises ApiError 429."""
        self.rates.charge(chat.id, group=not chat.is_private, count=messages)

    def log(self, call: Call, started: float, *, result: Any = None, error: ApiError | None = None,
            fault: str | None = None) -> None:  # fmt: skip
        """Note how a call ended, in the ledger too when it was accepted."""
        at = self.clock()
        if self.ledger is not None and error is None:
            chat = call.params.get("chat_id")
            self.ledger.write(at, call.method, _whole(chat) or None, result)
        entry = Logged(
            n=0,
            at=at,
            call=call,
            milliseconds=(time.perf_counter() - started) * 1000,
            result=result,
            error=error.body() if error else None,
            fault=fault,
        )
        self.calls.add(entry)
        if self.live.listeners:
            self.live.tell("call", entry.state())

    def log_unaccepted(self, call: Call, error: ApiError, fault: str) -> None:
        """Note a call a fault swallowed before it was looked at."""
        self.log(call, time.perf_counter(), error=error, fault=fault)


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
