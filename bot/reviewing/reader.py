"""A text in, what it states out: fetched, read a few at a time, and refused in words where it can't be."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Protocol

from aiogram import Bot
from aiogram.types import Document as File

from bot.refusal import Refusal
from bot.sender import translated
from bot.words.readings import REFUSALS
from bot.words.translations import N_
from domain.errors import DeliveryError, UnreadableDocument
from domain.policy import Issuer, Name, Policy
from domain.revisions import held_as
from reading.as_policy import NO_REGION, to_policy
from reading.document import Limits, read_document_async
from reading.policy import read_policy
from storage.readings import Original

AT_ONCE = 2
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A text as it was read."""

    policy: Policy
    unread: tuple[tuple[str, str], ...]
    original: Original


class Tell(Protocol):
    """Who is told how far it is."""

    async def __call__(self, text: str, /, **values: object) -> None:
        """An English source text marked by `N_`, with its placeholders."""


class Reader:
    """Reads for everybody; whoever comes when enough is in work waits."""

    def __init__(self, bot: Bot, limits: Limits) -> None:
        self.limits = limits
        self._bot = bot
        self._places = asyncio.Semaphore(AT_ONCE)

    @property
    def busy(self) -> bool:
        """Whether the next one has to wait."""
        return self._places.locked()

    async def file(self, file: File, held: Sequence[Policy], tell: Tell) -> Read:
        """Fetch a file and read it; `tell` is told how far it is.

        Raises:
            Refusal: it is too large, can't be fetched or read, or states nothing.
        """
        if file.file_size is None or file.file_size > self.limits.file_bytes:
            raise Refusal(
                N_("That file is too large: at most {n} MB are read."),
                n=f"{self.limits.file_bytes / _MEGABYTE:.3g}",
            )
        async with self._places:
            content = BytesIO()
            try:
                await translated(self._bot.download(file, destination=content))
            except DeliveryError as error:
                raise Refusal(N_("The file could not be fetched; send it again.")) from error
            return await self._read(content.getvalue(), file.file_name or "", held, tell)

    async def text(self, text: str, held: Sequence[Policy], tell: Tell) -> Read:
        """Read a text that was sent as messages.

        Raises:
            Refusal: as `file`.
        """
        async with self._places:
            return await self._read(text.encode(errors="replace"), "message.txt", held, tell)

    async def _read(self, data: bytes, name: str, held: Sequence[Policy], tell: Tell) -> Read:
        try:
            document = await read_document_async(data, name, self.limits)
        except UnreadableDocument as error:
            raise Refusal(REFUSALS[error.reason]) from error
        await tell(N_("Got {n} characters. Looking for what they demand…"), n=f"{len(document.text):,}")
        reading = await asyncio.to_thread(read_policy, document)
        policy = to_policy(reading, "draft")
        if not stating(policy):
            raise Refusal(N_("I found no targets, measures or stages in this text. Nothing was kept."))
        unread = tuple((one.quotation.text, one.reason) for one in reading.unread)
        original = Original(name=name, text=document.text)
        return Read(policy=_completed(policy, held), unread=unread, original=original)


def stating(policy: Policy) -> bool:
    """Whether there is anything to publish."""
    return bool(policy.targets or policy.measures or policy.stages)


def _completed(policy: Policy, held: Sequence[Policy]) -> Policy:
    """What a later version leaves out of its frame is as it was: place and issuer."""
    known = held_as(policy.title.zh, held)
    if known is None:
        return policy
    region = known.region if policy.region.zh == NO_REGION else policy.region
    return replace(policy, region=Name(zh=region.zh), issuer=policy.issuer or _issuer(known))


def _issuer(known: Policy) -> Issuer | None:
    if known.issuer is None:
        return None
    passage = replace(known.issuer.passage, quote=None, start=None, end=None)  # of another text
    return replace(known.issuer, passage=passage)
