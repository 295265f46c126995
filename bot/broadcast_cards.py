"""The cards of the broadcasts in work, kept current; each ends as its broadcast's report."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from bot.broadcasts.card import Progress, card, ended_words, told
from bot.broadcasts.reasons import Reasons, reasons
from bot.caller import language_of
from bot.keyboards import Keyboard, keyboard
from bot.quietly import quietly
from bot.sender import Place, Sender
from bot.shelf import Shelf
from bot.texts import Translator, gettext
from bot.views import View
from domain.broadcasts import Broadcast, BroadcastState, Card
from domain.errors import DeliveryError, Migrated, Rejected, Unreachable
from storage.broadcasts import Broadcasts
from storage.chats import Chats
from storage.outbox import Outbox

_LOOKED_BACK = 100  # broadcasts
_SAMPLES = 10  # of which the rate is made


class BroadcastCards:
    """Edits a card when its words have changed. A card that can't be edited is let go of without a word.

    An ended broadcast keeps its card in the store until its report stands there and its author was told; so
    that a restart in between tells it late, and not never.
    """

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        sender: Sender,
        shelf: Shelf,
        broadcasts: Broadcasts,
        outbox: Outbox,
        chats: Chats,
        clock: Callable[[], datetime],
    ) -> None:
        self._sender = sender
        self._shelf = shelf
        self._broadcasts = broadcasts
        self._outbox = outbox
        self._chats = chats
        self._clock = clock
        self._looked = False
        self._watched: set[str] = set()
        self._shown: dict[str, tuple[str, Keyboard | None]] = {}
        self._samples: dict[str, deque[tuple[datetime, int]]] = {}

    async def refresh(self, now: datetime) -> None:
        """Look at all that are in work, or ended since; called every few seconds."""
        found = {broadcast.id: broadcast for broadcast in await self._broadcasts.active()}
        if not self._looked:  # some may have ended while nobody was there to tell
            recent = await self._broadcasts.recent(_LOOKED_BACK)
            self._watched |= {one.id for one in recent if one.state.ended and one.card}
            self._looked = True
        for broadcast_id in self._watched - found.keys():
            if broadcast := await self._broadcasts.get(broadcast_id):
                found[broadcast_id] = broadcast
        self._watched |= found.keys()
        for broadcast in found.values():
            await quietly(self._refresh(broadcast, now), "refresh a card")

    async def show(self, broadcast_id: str, chat_id: int, message_id: int | None) -> None:
        """Turn a message into the card, or send a new one where that can't be.

        Raises:
            DeliveryError: neither works.
        """
        broadcast = await self._broadcasts.get(broadcast_id)
        if broadcast is None:
            return
        progress = await self._progress(broadcast, self._clock())
        view = card(progress, self._shelf.library, self._t(chat_id))
        message_id = await self._put(view, chat_id, message_id)
        if _is_over(progress) and broadcast.card is None:
            return  # the report stands there, and its author knows
        await self._broadcasts.set_card(broadcast_id, Card(chat_id=chat_id, message_id=message_id))
        self._shown[broadcast_id] = _words(view)
        self._watched.add(broadcast_id)

    async def update(self, broadcast_id: str) -> None:
        """Bring the card up to date now, wherever it stands."""
        if broadcast := await self._broadcasts.get(broadcast_id):
            await quietly(self._refresh(broadcast, self._clock()), "refresh a card")

    async def _refresh(self, broadcast: Broadcast, now: datetime) -> None:
        progress = await self._progress(broadcast, now)
        if broadcast.card:
            await self._edit(broadcast, broadcast.card, progress)
        if not _is_over(progress):
            return
        if broadcast.state is BroadcastState.FINISHED:
            await self._tell(progress)
        await self._broadcasts.set_card(broadcast.id, None)
        self._forget(broadcast.id)

    async def _progress(self, broadcast: Broadcast, now: datetime) -> Progress:
        counts = await self._outbox.counts(broadcast.id)
        why: Reasons | None = None
        if broadcast.state.ended and not counts.open:
            why = await reasons(self._broadcasts.missed(broadcast.id))
        done = counts.total - counts.open
        return Progress(
            broadcast=broadcast,
            notice=await told(self._broadcasts, broadcast),
            counts=counts,
            rate=self._rate(broadcast, now, done),
            reasons=why,
        )

    def _rate(self, broadcast: Broadcast, now: datetime, done: int) -> float | None:
        """Messages a second of late; None where that can't be told yet."""
        if broadcast.state is not BroadcastState.RUNNING:
            self._samples.pop(broadcast.id, None)
            return None
        samples = self._samples.setdefault(broadcast.id, deque(maxlen=_SAMPLES))
        # Sent again: what was done is open once more. Or nothing has left so far: that is no rate yet.
        if samples and (done < samples[-1][1] or done == samples[0][1]):
            samples.clear()
        if not samples or now > samples[-1][0]:
            samples.append((now, done))
        (first, before), (last, after) = samples[0], samples[-1]
        seconds = (last - first).total_seconds()
        return (after - before) / seconds if seconds > 0 and after > before else None

    async def _edit(self, broadcast: Broadcast, at: Card, progress: Progress) -> None:
        view = card(progress, self._shelf.library, self._t(at.chat_id))
        words = _words(view)
        if self._shown.get(broadcast.id) == words:
            return
        try:
            await self._sender.edit(at.chat_id, at.message_id, words[0], keyboard=words[1])
        except (Rejected, Unreachable, Migrated):  # deleted, or too old
            await self._broadcasts.set_card(broadcast.id, None)
        except DeliveryError:
            return  # the next time, perhaps
        self._shown[broadcast.id] = words

    async def _put(self, view: View, chat_id: int, message_id: int | None) -> int:
        text, under = _words(view)
        if message_id is not None:
            try:
                await self._sender.edit(chat_id, message_id, text, keyboard=under)
            except Rejected:
                pass
            else:
                return message_id
        return await self._sender.send(Place(chat_id=chat_id), text, keyboard=under)

    async def _tell(self, progress: Progress) -> None:
        author = progress.broadcast.author_id
        view = ended_words(progress, self._t(author))
        telling = self._sender.send(Place(chat_id=author), view.parts[0], keyboard=keyboard(view.rows))
        await quietly(telling, "tell an author that a broadcast has ended")

    def _forget(self, broadcast_id: str) -> None:
        self._watched.discard(broadcast_id)
        self._shown.pop(broadcast_id, None)
        self._samples.pop(broadcast_id, None)

    def _t(self, chat_id: int) -> Translator:
        return gettext(language_of(chat_id, None, self._chats))


def _is_over(progress: Progress) -> bool:
    return progress.broadcast.state.ended and not progress.counts.open


def _words(view: View) -> tuple[str, Keyboard | None]:
    return view.parts[0], keyboard(view.rows)
