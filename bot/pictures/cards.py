"""The cards of a timeline: one for each date that something is due by, hung from its point on the chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pictures.content import Due, Row
from bot.pictures.lettering import cut, lines_of, width_of
from bot.pictures.sheet import Sheet
from bot.pictures.svg import Anchor
from bot.pictures.theme import CARD_PAD, CORNER, INNER, PAD, WIDTH

_HEADING, _ROW, _SMALL = 38, 33, 28  # sizes of letters
_HEAD, _LINE, _AROUND = 104, 44, 24  # heights: of the heading, of a line, around the lines of a row
_GAP = 40  # between cards
_BESIDE = 36  # between a name and its figure
_FIGURE = 0.6  # of the width is the most that a figure gets
_LEFT, _RIGHT = PAD + CARD_PAD, WIDTH - PAD - CARD_PAD


@dataclass(frozen=True, slots=True)
class _Card:
    """A card with its rows broken into lines, and where it stands."""

    due: Due
    rows: tuple[tuple[Row, Sequence[str]], ...]
    top: float
    height: float


def draw_cards(sheet: Sheet, top: float) -> float:
    """Draw them from `top` down; returns where the last ends."""
    cards: list[_Card] = []
    bottom = top
    for due in sheet.shown.dues:
        cards.append(_laid_out(due, bottom + _GAP))
        bottom = cards[-1].top + cards[-1].height
    for card in cards:  # the thread to each passes behind the cards before it
        x = sheet.x_of(card.due)
        sheet.page.line((x, top), (x, card.top), colour=sheet.tone(card.due), thick=3)
    for card in cards:
        _card(sheet, card)
    return bottom


def _laid_out(due: Due, top: float) -> _Card:
    rows = tuple((_fitted(row), _lines(row)) for row in due.rows)
    height = _HEAD + sum(_height(lines) for _, lines in rows) + (_LINE + 8 if due.more else 0) + 14
    return _Card(due, rows, top, height)


def _fitted(row: Row) -> Row:
    return Row(label=row.label, value=cut(row.value, _ROW, _FIGURE * (_RIGHT - _LEFT)))


def _lines(row: Row) -> Sequence[str]:
    figure = width_of(_fitted(row).value, _ROW) + _BESIDE if row.value else 0
    return lines_of(row.label, _ROW, _RIGHT - _LEFT - figure, 2)


def _height(lines: Sequence[str]) -> float:
    return max(1, len(lines)) * _LINE + _AROUND


def _card(sheet: Sheet, card: _Card) -> None:
    page, theme, top = sheet.page, sheet.theme, card.top
    page.box(PAD, top, INNER, card.height, fill=theme.card, radius=CORNER)
    _head(sheet, card)
    y = top + _HEAD
    for row, lines in card.rows:
        page.line((_LEFT, y), (_RIGHT, y), colour=theme.hair, thick=2)
        _row(sheet, row, lines, y)
        y += _height(lines)
    if card.due.more:
        page.line((_LEFT, y), (_RIGHT, y), colour=theme.hair, thick=2)
        more = cut(card.due.more, _SMALL, _RIGHT - _LEFT)
        page.text(more, (_LEFT, y + _LINE - 2), _SMALL, fill=theme.muted)


def _head(sheet: Sheet, card: _Card) -> None:
    """The date, how far it is, and the tip that points to the thread."""
    page, theme, due = sheet.page, sheet.theme, card.due
    x, colour = sheet.x_of(due), sheet.tone(due)
    page.add("path", d=f"M{x - 20:.1f} {card.top + 1:.1f} l20 -20 l20 20 Z", fill=theme.card)
    page.add("circle", cx=x, cy=card.top - 19, r=6, fill=colour)
    base = card.top + 68
    wide = width_of(due.standing, _SMALL) + 44
    page.box(_RIGHT - wide, base - 39, wide, 54, fill=theme.faint(colour), radius=27)
    middle = (_RIGHT - wide / 2, base - 1)
    page.text(due.standing, middle, _SMALL, fill=colour, bold=True, anchor=Anchor.MIDDLE)
    heading = cut(due.heading, _HEADING, _RIGHT - _LEFT - wide - _BESIDE)
    page.text(heading, (_LEFT, base), _HEADING, fill=theme.ink, bold=True)


def _row(sheet: Sheet, row: Row, lines: Sequence[str], top: float) -> None:
    base = top + _AROUND / 2 + _ROW
    for number, line in enumerate(lines):
        sheet.page.text(line, (_LEFT, base + _LINE * number), _ROW, fill=sheet.theme.ink)
    middle = base + _LINE * max(0, len(lines) - 1) / 2
    sheet.page.text(row.value, (_RIGHT, middle), _ROW, fill=sheet.theme.ink, bold=True, anchor=Anchor.END)
