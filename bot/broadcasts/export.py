"""Who did not get a broadcast, as a table: written page by page to a file of bounded size."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

from bot.broadcasts.card import ENDS
from bot.broadcasts.reasons import in_words, reason_of
from bot.texts import N_, Translator, clean, number
from storage.broadcasts import Missed

MOST_ROWS = 100_000
_IN_MEMORY = 4_000_000  # bytes; larger files go to the disk
_HEADINGS = (
    N_("Chat"),
    N_("Name"),
    N_("Kind"),
    N_("State"),
    N_("Reason"),
    N_("Tries"),
    N_("Said by Telegram"),
)
_WIDTHS = (18, 28, 12, 12, 28, 8, 60)
_KINDS = {
    "private": N_("person"),
    "group": N_("group"),
    "supergroup": N_("group"),
    "channel": N_("channel"),
}


async def table(pages: AsyncIterator[list[Missed]], t: Translator) -> bytes:
    """An Excel workbook of one sheet; what is beyond `MOST_ROWS` is counted in its last row."""
    book, sheet = await asyncio.to_thread(_begin, t)
    rows = more = 0
    async for page in pages:
        kept = page[: MOST_ROWS - rows]
        await asyncio.to_thread(_add, sheet, kept, t)  # 10 ms a hundred rows: others must not wait for it
        rows += len(kept)
        more += len(page) - len(kept)
    if more:
        sheet.append([t.say("and {n} more", n=number(more, t))])
    return await asyncio.to_thread(_finish, book)


def _begin(t: Translator) -> tuple[Any, Any]:
    # Its import takes 0.2 s, which only who exports should pay.
    from openpyxl import Workbook  # noqa: PLC0415 - the reason above

    book = Workbook(write_only=True)
    sheet = book.create_sheet(t.say("Who did not get it"))
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([t.say(heading) for heading in _HEADINGS])
    return book, sheet


def _add(sheet: Any, page: Sequence[Missed], t: Translator) -> None:
    for missed in page:
        sheet.append([_cell(sheet, value) for value in _row(missed, t)])


def _row(missed: Missed, t: Translator) -> tuple[str | int, ...]:
    delivery = missed.delivery
    _, state = ENDS[delivery.state]
    kind = t.say(_KINDS[missed.kind]) if missed.kind in _KINDS else missed.kind
    reason = in_words(reason_of(delivery.state, delivery.error), t)
    # As text: a spreadsheet rounds numbers of 16 digits and more.
    return (
        f"{delivery.chat_id}",
        clean(missed.title),
        kind,
        t.say(state),
        reason,
        delivery.attempts,
        clean(delivery.error or ""),
    )


def _cell(sheet: Any, value: str | int) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # or a title that begins with = would be a formula
    return cell


def _finish(book: Any) -> bytes:
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        book.save(file)
        file.seek(0)
        return file.read()
