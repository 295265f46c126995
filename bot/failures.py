"""When handling failed: the log gets the reason, the person a short apology."""

import structlog

from bot.quietly import quietly
from bot.replies import Replies
from bot.sender import Place
from bot.texts import gettext
from domain.errors import DeliveryError, Rejected
from domain.languages import Language

_log = structlog.get_logger(__name__)


def note(error: Exception, *, update_id: int, kind: str) -> bool:
    """Log a failure; whether an apology is due: where no reply arrived, an apology would not either."""
    if isinstance(error, DeliveryError):
        _log.warning("a reply was lost", update_id=update_id, kind=kind, error=str(error))
        return isinstance(error, Rejected)
    _log.error("handling failed", update_id=update_id, kind=kind, exc_info=error)
    return True


async def apologise(
    replies: Replies, place: Place, language: Language, *, press_id: str | None = None
) -> None:
    """Say sorry: under the message, or as the hint of a pressed button."""
    words = gettext(language).say(
        "Sorry, something went wrong here. It has been noted; please try again a little later."
    )
    saying = replies.send(place, [words]) if press_id is None else replies.settle(press_id, words)
    await quietly(saying, "apologise")
