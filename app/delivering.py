"""Delivering, wired: the outbox, who fills it with broadcasts, and the couriers that empty it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from aiogram import Bot

from app.clock import now, today
from app.settings import Settings
from app.settings import addresses as variables
from bot.messenger import Messenger
from bot.reminding.telling import Telling
from bot.shelf import Shelf
from bot.texts import gettext
from bot.words.addresses import remarks
from scheduler.broadcasts import Fanout
from scheduler.channels import Channels
from scheduler.clock import LoopClock
from scheduler.courier import Courier
from scheduler.relay import Relay, parse_relay
from scheduler.throttle import Limits, Throttle
from scheduler.ticks import Tick
from storage.addresses import Addresses
from storage.audit import AuditLog
from storage.broadcasts import Broadcasts
from storage.chats import Chats
from storage.database import Database
from storage.outbox import Outbox, Settled
from storage.standings import Standings
from storage.subscriptions import Subscriptions

CONCURRENCY = 200  # messages on the network at once, per courier


class _Runs(Protocol):
    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What the rest of the service needs of delivering."""

    outbox: Outbox
    broadcasts: Broadcasts
    subscriptions: Subscriptions
    audit: AuditLog
    addresses: Addresses
    channels: Channels
    messenger: Messenger
    throttle: Throttle
    couriers: tuple[Courier, ...]
    fanout: Fanout
    wake: Callable[[], None]  # something was queued: look now
    late: timedelta

    async def probe(self) -> None:
        """Raise if something has been due for too long."""
        oldest = await self.outbox.oldest_due(now())
        if oldest is not None and now() - oldest > self.late:
            waiting = int((now() - oldest).total_seconds())
            raise TimeoutError(f"the oldest due delivery has waited for {waiting} s")

    def services(self) -> Mapping[str, Any]:
        """What handlers ask for by name."""
        return {
            "outbox": self.outbox,
            "broadcasts": self.broadcasts,
            "subscriptions": self.subscriptions,
            "audit": self.audit,
            "addresses": self.addresses,
            "messenger": self.messenger,
            "fanout_wake": self.fanout.wake,
            "courier_wake": self.wake,
        }


def build_post(  # noqa: PLR0913 - what it is made of
    settings: Settings, database: Database, bot: Bot, chats: Chats, shelf: Shelf, *, worker: str
) -> Post:
    """Put it together; nothing runs yet."""
    clock = LoopClock(now)
    outbox = Outbox(database)
    broadcasts = Broadcasts(database, outbox)
    throttle = Throttle(Limits(overall=settings.send_per_second))
    audit = AuditLog(database)
    addresses = _addresses(settings, database, chats, audit, outbox)
    channels = Channels(addresses, lambda language: remarks(gettext(language)), relay=_relay(settings))

    telling = Telling(shelf, Standings(database), today=today)
    messenger = Messenger(bot, chats, default=settings.default_language, others=channels, telling=telling)

    async def told(settled: Settled) -> None:
        for old, new in settled.migrated.items():
            await chats.migrate(old, new, now())
        for chat_id in settled.unreachable:
            await chats.set_active(chat_id, False, now())  # noqa: FBT003 - its one value

    couriers = tuple(
        Courier(
            outbox,
            messenger,
            throttle,
            clock,
            worker=f"{worker}.{number}",
            concurrency=CONCURRENCY,
            told=told,
        )
        for number in range(settings.couriers)
    )

    def wake() -> None:
        for courier in couriers:
            courier.wake()

    return Post(
        outbox=outbox,
        broadcasts=broadcasts,
        subscriptions=Subscriptions(database),
        audit=audit,
        addresses=addresses,
        channels=channels,
        messenger=messenger,
        throttle=throttle,
        couriers=couriers,
        fanout=Fanout(broadcasts, outbox, clock, wake=wake),
        wake=wake,
        late=timedelta(seconds=settings.queue_late_seconds),
    )


def _addresses(
    settings: Settings, database: Database, chats: Chats, audit: AuditLog, outbox: Outbox
) -> Addresses:
    keys = settings.secret_key.get_secret_value() if settings.secret_key else None
    return Addresses(database, chats, audit, outbox, keys=keys, environment=variables())


def _relay(settings: Settings) -> Relay | None:
    if settings.smtp_url is None or settings.smtp_from is None:
        return None
    return parse_relay(settings.smtp_url.get_secret_value(), settings.smtp_from)


@asynccontextmanager
async def delivering(post: Post) -> AsyncIterator[None]:
    """Deliver while the block runs; at the end what is on the network is settled."""
    async with AsyncExitStack() as stack:
        stack.callback(post.channels.close)
        for courier in post.couriers:
            await stack.enter_async_context(_running(courier))
        await stack.enter_async_context(_running(post.fanout))
        yield


def archiving(post: Post, settings: Settings) -> Tick:
    """Old settled deliveries leave the couriers' way."""
    kept = timedelta(days=settings.keep_deliveries_days)

    async def archive() -> None:
        await post.outbox.archive(now() - kept)

    return Tick(name="archive old deliveries", seconds=3_600, do=archive)


@asynccontextmanager
async def _running(worker: _Runs) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task
