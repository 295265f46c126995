"""One update in: from Telegram's JSON to the dispatcher, a malformed one named and passed over."""

from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.express import Express, Question
from bot.metrics import UPDATES

_log = structlog.get_logger(__name__)


async def feed(dispatcher: Dispatcher, bot: Bot, raw: Any) -> None:
    """Handle one update; what is wrong with it, or fails while it is handled, is logged and counted."""
    express: Express = dispatcher["express"]
    if (question := Question.read(raw)) and express.takes(question):
        await express.handle(question)
        return
    try:
        update = Update.model_validate(raw, context={"bot": bot})
        update.event_type  # noqa: B018 - raises for a kind that is newer than aiogram
    except UpdateTypeLookupError:
        UPDATES.labels("unknown", "ignored").inc()
        return
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        place = ".".join(str(step) for step in first["loc"])
        _log.warning("a malformed update", update_id=update_id, field=place, problem=first["msg"])
        UPDATES.labels("unknown", "malformed").inc()
        return
    try:
        await dispatcher.feed_update(bot, update)
    except Exception:  # noqa: BLE001 - logged; the next update must not suffer
        _log.exception("an update could not be handled", update_id=update.update_id)
