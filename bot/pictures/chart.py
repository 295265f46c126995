"""The chart of a timeline: years, stages as bars, milestones as diamonds, today, a point for each date."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pictures.content import Bar, Flag
from bot.pictures.lettering import cut, width_of
from bot.pictures.scale import Scale, lanes
from bot.pictures.sheet import Sheet
from bot.pictures.svg import Anchor
from bot.pictures.theme import AXIS, CARD_PAD, CORNER, INNER, PAD, WIDTH

_CHIP, _YEAR, _BAR, _FLAG = 28, 31, 31, 29  # sizes of letters
_CHIP_HEIGHT, _BAR_HEIGHT = 52, 64
_BAR_LANE, _FLAG_LANE = 80, 54
_SIDE = 14  # between a bar or diamond and its label
_LEFT, _RIGHT = AXIS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A label with its place on or beside what it names; `extent` covers both."""

    text: str
    x: float
    anchor: Anchor
    inside: bool = False
    extent: tuple[float, float]


def draw_chart(sheet: Sheet, top: float) -> float:
    """Draw it from `top` down; returns where it ends."""
    shown, scale = sheet.shown, sheet.scale
    bars = [_bar_label(bar, scale) for bar in shown.bars]
    flags = [_flag_label(flag, scale) for flag in shown.flags]
    bar_lanes = lanes([label.extent for label in bars])
    flag_lanes = lanes([label.extent for label in flags])
    years = top + 26
    chip = years + 66
    first = chip + _CHIP_HEIGHT + 30
    second = first + _BAR_LANE * _count(bar_lanes)
    line = second + _FLAG_LANE * _count(flag_lanes) + 26
    bottom = line + 48
    sheet.page.box(PAD, top, INNER, bottom - top, fill=sheet.theme.card, radius=CORNER)
    _years(sheet, years, bottom)
    _axis(sheet, line)
    _today(sheet, chip, bottom)
    for bar, label, lane in zip(shown.bars, bars, bar_lanes, strict=True):
        _bar(sheet, bar, label, first + _BAR_LANE * lane)
    for flag, label, lane in zip(shown.flags, flags, flag_lanes, strict=True):
        _diamond(sheet, flag, label, second + _FLAG_LANE * lane)
    _points(sheet, line, bottom)
    return bottom


def _count(chosen: Sequence[int]) -> int:
    return max(chosen, default=-1) + 1


def _years(sheet: Sheet, top: float, bottom: float) -> None:
    page, theme = sheet.page, sheet.theme
    for number, tick in enumerate(sheet.scale.ticks()):
        if number % 2 == 0:
            page.box(tick.begin, top, tick.end - tick.begin, bottom - top - 18, fill=theme.band, radius=10)
        current = tick.month is None and tick.year == sheet.shown.today.year
        page.text(
            f"{tick.month or tick.year}",
            ((tick.begin + tick.end) / 2, top + 44),
            _YEAR,
            fill=theme.ink if current else theme.muted,
            bold=current,
            anchor=Anchor.MIDDLE,
        )


def _axis(sheet: Sheet, y: float) -> None:
    today, scale = sheet.shown.today, sheet.scale
    sheet.page.line((_LEFT, y), (_RIGHT, y), colour=sheet.theme.hair, thick=8)
    if today.year >= scale.first:
        until = scale.end(today) if scale.holds(today) else _RIGHT
        sheet.page.line((_LEFT, y), (until, y), colour=sheet.theme.past, thick=8)


def _today(sheet: Sheet, top: float, bottom: float) -> None:
    """The day as a chip, with its line; beyond the years that are shown an arrow points to it."""
    page, theme, today, scale = sheet.page, sheet.theme, sheet.shown.today, sheet.scale
    text = sheet.shown.now
    if scale.holds(today):
        x = scale.end(today)
        page.line((x, top + _CHIP_HEIGHT), (x, bottom), colour=theme.today, thick=4)
    elif today.year > scale.last:
        text, x = f"{text} →", _RIGHT
    else:
        text, x = f"← {text}", _LEFT
    half = width_of(text, _CHIP) / 2 + 26
    middle = min(max(x, PAD + CARD_PAD + half), WIDTH - PAD - CARD_PAD - half)
    page.box(middle - half, top, 2 * half, _CHIP_HEIGHT, fill=theme.today, radius=_CHIP_HEIGHT / 2)
    page.text(text, (middle, top + 36), _CHIP, fill=theme.on_colour, bold=True, anchor=Anchor.MIDDLE)


def _bar_label(bar: Bar, scale: Scale) -> _Label:
    left, right = scale.begin(bar.first), scale.end(bar.last)
    room = right - left - 2 * _SIDE
    if width_of(bar.label, _BAR) > room and room < max(left - _LEFT, _RIGHT - right) - _SIDE:
        return _beside(bar.label, _BAR, left, right)
    text = cut(bar.label, _BAR, room)
    return _Label(text=text, x=(left + right) / 2, anchor=Anchor.MIDDLE, inside=True, extent=(left, right))


def _flag_label(flag: Flag, scale: Scale) -> _Label:
    x = scale.end(flag.day)
    return _beside(flag.name, _FLAG, x - 16, x + 16, kept=flag.dates)


def _beside(text: str, size: int, left: float, right: float, *, kept: str = "") -> _Label:
    """To the right of it where that fits, else to the left, else cut on the wider side but for its end."""
    before, after = left - _SIDE - _LEFT, _RIGHT - right - _SIDE
    text = cut(text, size, max(after, before) - width_of(kept, size)) + kept
    wide = width_of(text, size)
    if wide <= after:
        extent = left, right + wide + 2 * _SIDE
        return _Label(text=text, x=right + _SIDE, anchor=Anchor.START, extent=extent)
    return _Label(text=text, x=left - _SIDE, anchor=Anchor.END, extent=(left - wide - 2 * _SIDE, right))


def _bar(sheet: Sheet, bar: Bar, label: _Label, top: float) -> None:
    page, theme, today = sheet.page, sheet.theme, sheet.shown.today
    left, right = sheet.scale.begin(bar.first) + 3, sheet.scale.end(bar.last) - 3
    ahead = bar.first > today
    fill = theme.ahead if ahead else theme.past if bar.last < today else theme.accent
    if bar.open:  # the text does not say since when
        fill = page.fading("since", fill)
    page.box(left, top, max(right - left, 6), _BAR_HEIGHT, fill=fill, radius=16)
    on_it = theme.accent if ahead else theme.on_colour
    colour = on_it if label.inside else theme.ink
    halo = "" if label.inside else theme.card
    page.text(label.text, (label.x, top + 43), _BAR, fill=colour, bold=True, anchor=label.anchor, halo=halo)


def _diamond(sheet: Sheet, flag: Flag, label: _Label, top: float) -> None:
    theme = sheet.theme
    x, y = sheet.scale.end(flag.day), top + _FLAG_LANE / 2
    colour = theme.past if flag.day < sheet.shown.today else theme.accent
    sheet.page.add("path", d=f"M{x:.1f} {y - 16:.1f} l16 16 l-16 16 l-16 -16 Z", fill=colour)
    sheet.page.text(
        label.text, (label.x, y + 10), _FLAG, fill=theme.ink, anchor=label.anchor, halo=theme.card
    )


def _points(sheet: Sheet, line: float, bottom: float) -> None:
    for due in sheet.shown.dues:
        x, colour = sheet.x_of(due), sheet.tone(due)
        sheet.page.line((x, line), (x, bottom), colour=colour, thick=3)
        sheet.page.add("circle", cx=x, cy=line, r=17, fill=sheet.theme.card)
        sheet.page.add("circle", cx=x, cy=line, r=13, fill=colour)
