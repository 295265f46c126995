"""Why somebody did not get a message, in words: what Telegram and the network say, as a person would."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.texts import N_, Translator, shorten
from domain.delivery import DeliveryState
from storage.broadcasts import Missed

MOST = 100_000  # who are looked at for a report; the export lists them
OTHER = 500  # different reasons that are told apart

# The first that a text holds; in lower case.
_WORDS = (
    ("can't be taken back", N_("what was sent there can't be deleted")),
    ("this address was removed", N_("the address was removed")),
    ("the address is refused", N_("the address is gone")),
    ("nobody answered", N_("no answer from the other channel")),
    ("bot was blocked by the user", N_("blocked us")),
    ("user is deactivated", N_("the account is gone")),
    ("bot was kicked", N_("removed us from the group")),
    ("bot is not a member", N_("removed us from the group")),
    ("group chat was deactivated", N_("the group is gone")),
    ("chat not found", N_("there is no such chat")),
    ("user not found", N_("there is no such chat")),
    ("peer_id_invalid", N_("there is no such chat")),
    ("initiate conversation", N_("never wrote to us")),
    ("no rights to send", N_("we may not write there")),
    ("not enough rights", N_("we may not write there")),
    ("chat_write_forbidden", N_("we may not write there")),
    ("message to edit not found", N_("the message is gone")),
    ("message can't be edited", N_("the message can't be changed any more")),
    ("message can't be deleted", N_("the message can't be deleted any more")),
    ("no answer in time", N_("no answer from Telegram")),
    ("too many requests", N_("too many requests for too long")),
    ("timeout", N_("no answer from Telegram")),
    ("disconnected", N_("the connection broke")),
    ("bad gateway", N_("Telegram was out of order")),
    ("internal server error", N_("Telegram was out of order")),
)
_SILENT = {
    DeliveryState.CANCELLED: N_("called back before"),
    DeliveryState.UNCERTAIN: N_("no answer from Telegram"),
}
_UNKNOWN = N_("unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """How often which reason; `whole` is False where there were too many to look at."""

    counted: tuple[tuple[str, int], ...]  # source texts or Telegram's own words, the most frequent first
    whole: bool = True


def reason_of(state: DeliveryState, error: str | None) -> str:
    """A source text for the translator, or what Telegram said where we have no words for it."""
    said = (error or "").lower()
    for phrase, words in _WORDS:
        if phrase in said:
            return words
    return shorten(error, 80) if error else _SILENT.get(state, _UNKNOWN)


def in_words(reason: str, t: Translator) -> str:
    """A reason in the reader's language; Telegram's own words as they are."""
    return t.say(reason) if reason in _OURS else reason


async def reasons(pages: AsyncIterator[list[Missed]]) -> Reasons:
    """Count them."""
    found: Counter[str] = Counter()
    seen = 0
    async for page in pages:
        for missed in page:
            reason = reason_of(missed.delivery.state, missed.delivery.error)
            found[reason if reason in found or len(found) < OTHER else _UNKNOWN] += 1
        seen += len(page)
        if seen >= MOST:
            break
    return Reasons(counted=tuple(found.most_common()), whole=seen < MOST)


_OURS = frozenset([words for _, words in _WORDS] + [*_SILENT.values(), _UNKNOWN])
