"""The service put together, on one page: what is made of what, and closed in the reverse order."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from aiogram import Bot, Dispatcher

from answering.library import Library
from app.clock import now, real_now
from app.delivering import CONCURRENCY, Post, archiving, build_post, delivering
from app.feeds import Calendars, build_calendars
from app.health import Probe
from app.pictures import build_pictures
from app.reminding import RemindingParts, build_reminding
from app.reviewing import reviewing
from app.settings import Mode, Settings
from app.store import open_store
from app.worker import worker_name
from bot.access import Access
from bot.client import build_bot
from bot.dispatcher import build_dispatcher
from bot.shelf import Shelf
from bot.throttle import Throttle
from scheduler.ticks import Tick, ticking
from storage.chats import Chats
from storage.conversations import Conversations
from storage.invitations import Invitations
from storage.policies import current_revisions, load_policies
from storage.updates import SeenUpdates

KEEP_CONVERSATIONS = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """All that answers, ready to be given updates; `probes` tell whether its parts work."""

    bot: Bot
    dispatcher: Dispatcher
    shelf: Shelf
    post: Post
    reminding: RemindingParts
    calendars: Calendars
    probes: Mapping[str, Probe]


@asynccontextmanager
async def build(settings: Settings, *, token: str, server: str) -> AsyncIterator[Service]:
    """Wire the service to the Bot API at `server`, for as long as the block runs.

    Raises:
        BadInput: a setting, the store or the catalogue can't be used.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_store(settings))
        held = await current_revisions(database)
        shelf = Shelf(Library(await load_policies(database)))
        chats = await Chats.load(database)
        conversations = await Conversations.load(database)
        seen_updates = await SeenUpdates.load(database)
        await stack.enter_async_context(_saving(conversations))
        await stack.enter_async_context(_saving(seen_updates))
        bot = build_bot(token, server=server, connections=_connections(settings))
        stack.push_async_callback(bot.session.close)
        worker = stack.enter_context(worker_name(str(database)))
        post = build_post(settings, database, bot, chats, shelf, worker=worker)
        reminding = build_reminding(settings, database, post.outbox, post.wake)
        calendars = build_calendars(database, chats, shelf)
        places = {"feeds": calendars.feeds, "invitations": Invitations(database)}
        pictures = {"pictures": build_pictures(settings)}
        refresh = Tick(name="take in what other processes learned of chats", seconds=30, do=chats.refresh)
        reviews = reviewing(settings, database, shelf, held, reminding.core.replan)
        ticks = (_daily_purge(conversations), archiving(post, settings), refresh, *reviews.ticks())
        await stack.enter_async_context(ticking(*ticks, now=real_now))
        dispatcher = build_dispatcher(
            bot=bot,
            shelf=shelf,
            chats=chats,
            conversations=conversations,
            seen_updates=seen_updates,
            access=Access(admins=settings.admins),
            throttle=Throttle(burst=settings.throttle_burst, per_second=settings.throttle_per_second),
            clock=now,
            services={**post.services(), **reminding.services(), **places, **pictures, **reviews.services()},
            pace=post.throttle,
        )
        await stack.enter_async_context(delivering(post))
        await stack.enter_async_context(ticking(*reminding.ticks(), now=real_now))
        if settings.mode is not Mode.COURIER:  # one process keeps the cards, or authors are told twice
            await stack.enter_async_context(ticking(_cards(dispatcher), now=real_now))
        probes = {
            "database": database.versions,
            "conversations": conversations.flush,
            "updates": seen_updates.flush,
            "queue": post.probe,
        }
        yield Service(
            bot=bot,
            dispatcher=dispatcher,
            shelf=shelf,
            post=post,
            reminding=reminding,
            calendars=calendars,
            probes=probes,
        )


def _connections(settings: Settings) -> int:
    """Enough for all that couriers send at once, and for replies beside them."""
    return 100 + CONCURRENCY * settings.couriers


def _cards(dispatcher: Dispatcher) -> Tick:
    """Telegram lets nobody edit a message more often than about once a second."""
    refresh = dispatcher["broadcast_cards"].refresh
    return Tick(name="keep the cards of broadcasts current", seconds=3, do=lambda: refresh(now()))


def _daily_purge(conversations: Conversations) -> Tick:
    """Nobody goes on from what was said a season ago."""

    async def purge() -> None:
        await conversations.purge(before=now() - KEEP_CONVERSATIONS)

    return Tick(name="forget old conversations", seconds=86_400, do=purge)


@asynccontextmanager
async def _saving(kept: Conversations | SeenUpdates) -> AsyncIterator[None]:
    """Write what changes meanwhile, and at the end what is left."""
    writing = asyncio.create_task(kept.run())
    try:
        yield
    finally:
        writing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writing
        await kept.close()
