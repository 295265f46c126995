"""Addresses of other channels: their secrets sealed or left in the environment, opened only to send."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.channels import FIRST_ADDRESS, BadAddress, Channel, Flaw, parse_address
from domain.delivery import Delivery, Notice, Priority, Recipient, Words
from domain.errors import BadInput, BadSetting
from domain.languages import Language
from storage.audit import AuditEntry, AuditLog
from storage.chats import Chats
from storage.database import Database, only_one
from storage.outbox import Outbox
from storage.outbox_sql import COLUMNS, delivery
from storage.schema import addresses, chats, deliveries, notices, subscriptions
from storage.sealing import Seal

# No other variable may be read: what it holds would be sent to whoever can make an address.
_REFERENCE = re.compile(r"env:(ZHUNSHI_ADDRESS_[A-Z0-9_]{1,64})", re.ASCII)
_IN_ORDER = select(addresses.c.chat_id, addresses.c.target).order_by(addresses.c.chat_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address as a list shows it, without its secret; `variable` where that stands in the environment."""

    chat_id: int
    channel: Channel
    title: str
    language: str | None
    active: bool
    variable: str | None
    created_by: int
    created_at: datetime


class Addresses:
    """All addresses. Each is a chat too: `Chats` knows its title, language and whether it can be written to.

    They are read anew for each message, so that all processes agree, and nothing secret stays in memory.
    """

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        db: Database,
        chats: Chats,
        audit: AuditLog,
        outbox: Outbox,
        *,
        keys: str | None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """Args: `keys` as `Seal` takes them; `environment`, where `env:NAME` is looked up."""
        self._db = db
        self._chats = chats
        self._audit = audit
        self._outbox = outbox
        self._seal = Seal(keys)
        self._environment = environment

    def take(self, text: str) -> tuple[Channel, str]:
        """What a person pasted, as it may be kept: sealed, or as the reference `env:NAME` that it is.

        Raises:
            BadAddress: it can't be written to, or the variable holds nothing that can.
            BadSetting: there is no key to seal it with.
        """
        text = text.strip()
        if not text.startswith("env:"):
            channel, target = parse_address(text)
            return channel, self._seal.close(target)
        try:
            return parse_address(self._opened(text))[0], text
        except BadSetting:
            raise BadAddress(Flaw.REFERENCE) from None

    async def add(  # noqa: PLR0913 - what is kept, of whom, by whom, when
        self,
        channel: Channel,
        kept: str,
        *,
        title: str,
        language: Language | None,
        created_by: int,
        now: datetime,
    ) -> int:
        """Register what `take` gave; returns the id of its chat, which is never given again.

        Raises:
            BadAddress: it is registered already.
            BadSetting: it can't be opened.
        """
        target = self._opened(kept)
        title = title.replace("\0", "").encode(errors="replace").decode()  # what no database can hold
        async with self._db.write() as connection:
            await only_one(connection, "addresses")
            if target in [self._opened_if_any(row.target) for row in await connection.execute(_IN_ORDER)]:
                raise BadAddress(Flaw.TAKEN)
            last = await connection.scalar(select(func.max(chats.c.chat_id))) or 0
            chat_id = max(FIRST_ADDRESS, last + 1)
            row = {"chat_id": chat_id, "channel": channel.value, "target": kept}
            row |= {"created_by": created_by, "created_at": now}
            await connection.execute(insert(addresses), row)
            await connection.execute(insert(chats), _chat(chat_id, channel, title, language, now))
            entry = _entry("added", chat_id, created_by, now, channel=channel.value, title=title)
            await self._audit.note(connection, entry)
        await self._chats.remember(chat_id, channel.value, title, language=language, now=now)
        return chat_id

    async def remove(self, chat_id: int, *, actor_id: int, now: datetime) -> bool:
        """Forget an address and what it follows; its chat stays in reports. False: there was none."""
        async with self._db.write() as connection:
            gone = await connection.execute(delete(addresses).where(addresses.c.chat_id == chat_id))
            if not gone.rowcount:
                return False
            await connection.execute(delete(subscriptions).where(subscriptions.c.chat_id == chat_id))
            entry = _entry("removed", chat_id, actor_id, now)
            await self._settle(connection, entry, chat_id, active=False)
        await self._tell_chats(chat_id, active=False, now=now)
        return True

    async def again(self, chat_id: int, *, actor_id: int, now: datetime) -> bool:
        """Write to an address again that could not be written to. False: there is none."""
        async with self._db.write() as connection:
            if not await self._is_there(connection, chat_id):
                return False
            entry = _entry("again", chat_id, actor_id, now)
            await self._settle(connection, entry, chat_id, active=True)
        await self._tell_chats(chat_id, active=True, now=now)
        return True

    async def test(self, chat_id: int, text: Words, *, actor_id: int, now: datetime) -> bool:
        """Queue a message that shows whether an address works. False: there is none."""
        notice = Notice(id=f"{_tests(chat_id)}{int(now.timestamp() * 1000):015d}", text=text)
        async with self._db.write() as connection:
            if not await self._is_there(connection, chat_id):
                return False
            to = [Recipient(chat_id=chat_id)]
            await self._outbox.enqueue(connection, notice, to, priority=Priority.URGENT, now=now)
            await self._audit.note(connection, _entry("tested", chat_id, actor_id, now))
        return True

    async def tested(self, chat_id: int) -> Delivery | None:
        """How the last test of an address stands; None where there was none of late."""
        ids = select(notices.c.id).where(notices.c.id.startswith(_tests(chat_id)))
        last = ids.order_by(notices.c.id.desc()).limit(1).scalar_subquery()
        async with self._db.read() as connection:
            row = (await connection.execute(select(*COLUMNS).where(deliveries.c.notice_id == last))).first()
        return None if row is None else delivery(row)

    async def listed(self) -> list[Address]:
        """All of them, the oldest first."""
        whole = (
            select(addresses, chats.c.title, chats.c.language, chats.c.active)
            .join(chats, chats.c.chat_id == addresses.c.chat_id)
            .order_by(addresses.c.chat_id)
        )
        async with self._db.read() as connection:
            return [_address(row._asdict()) for row in await connection.execute(whole)]

    async def target(self, chat_id: int) -> str | None:
        """Where to send, as `parse_address` takes it; None for an address that was removed.

        Raises:
            BadSetting: the key or the variable that it needs is not set, or does not fit.
        """
        async with self._db.read() as connection:
            kept = await connection.scalar(select(addresses.c.target).where(addresses.c.chat_id == chat_id))
        return None if kept is None else self._opened(kept)

    def _opened(self, kept: str) -> str:
        if not kept.startswith("env:"):
            return self._seal.open(kept)
        reference = _REFERENCE.fullmatch(kept)
        if reference is None:
            raise BadSetting("an address names a variable that must not be read")
        text = self._environment.get(reference[1], "")
        if not text:
            raise BadSetting(f"{reference[1]}: not set, and an address stands there")
        try:
            return parse_address(text)[1]
        except BadInput as error:
            raise BadSetting(f"{reference[1]}: {error}") from None

    def _opened_if_any(self, kept: str) -> str | None:
        try:
            return self._opened(kept)
        except BadSetting:
            return None

    async def _is_there(self, connection: AsyncConnection, chat_id: int) -> bool:
        there = select(addresses.c.chat_id).where(addresses.c.chat_id == chat_id)
        return await connection.scalar(there) is not None

    async def _settle(
        self, connection: AsyncConnection, entry: AuditEntry, chat_id: int, *, active: bool
    ) -> None:
        values = {"active": active, "updated_at": entry.at}
        await connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(values))
        await self._audit.note(connection, entry)

    async def _tell_chats(self, chat_id: int, *, active: bool, now: datetime) -> None:
        if self._chats.get(chat_id) is not None:  # else another process registered it, and they know better
            await self._chats.set_active(chat_id, active, now)


def _tests(chat_id: int) -> str:
    return f"address-test:{chat_id}:"


def _entry(deed: str, chat_id: int, actor_id: int, now: datetime, **detail: str) -> AuditEntry:
    action, subject = f"address.{deed}", f"{chat_id}"
    return AuditEntry(at=now, actor_id=actor_id, action=action, subject=subject, detail=detail)


def _chat(
    chat_id: int, channel: Channel, title: str, language: Language | None, now: datetime
) -> dict[str, Any]:
    return {
        "chat_id": chat_id,
        "kind": channel.value,
        "title": title,
        "language": language,
        "active": True,
        "created_at": now,
        "updated_at": now,
    }


def _address(row: dict[str, Any]) -> Address:
    reference = _REFERENCE.fullmatch(row["target"])
    del row["target"]
    channel = Channel(row.pop("channel"))
    return Address(channel=channel, variable=reference[1] if reference else None, **row)
