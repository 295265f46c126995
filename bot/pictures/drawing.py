"""A timeline drawn: the policy's name, the chart, the cards of its dates, remarks."""

from bot.pictures.cards import draw_cards
from bot.pictures.chart import draw_chart
from bot.pictures.content import Timeline
from bot.pictures.lettering import cut, lines_of, width_of
from bot.pictures.scale import Scale
from bot.pictures.sheet import Sheet
from bot.pictures.svg import Page
from bot.pictures.theme import AXIS, INNER, PAD, THEMES, WIDTH, Look
from domain.languages import Language

_PLACE, _TITLES, _REMARK = 32, (46, 42), 28  # sizes of letters


def draw(shown: Timeline, look: Look, family: str) -> str:
    """The picture as SVG, 1,200 pixels wide.

    Args:
        shown: what to draw.
        look: light or dark.
        family: the font's.
    """
    page = Page(WIDTH, straight=shown.language is Language.ENGLISH)
    sheet = Sheet(page, shown, Scale.of(shown.days, shown.today, *AXIS), THEMES[look])
    bottom = _header(sheet)
    bottom = draw_chart(sheet, bottom + 40)
    bottom = draw_cards(sheet, bottom)
    bottom = _remarks(sheet, bottom + 16)
    return page.finish(bottom + PAD, family, background=sheet.theme.ground)


def _header(sheet: Sheet) -> float:
    page, shown, theme = sheet.page, sheet.shown, sheet.theme
    y = float(PAD + _PLACE)
    page.text(cut(shown.place, _PLACE, INNER), (PAD, y), _PLACE, fill=theme.accent, bold=True)
    fitting = (size for size in _TITLES if width_of(shown.title, size) <= INNER)
    size = next(fitting, _TITLES[0])
    for line in lines_of(shown.title, size, INNER, 3):
        y += size * 1.36
        page.text(line, (PAD, y), size, fill=theme.ink, bold=True)
    return y


def _remarks(sheet: Sheet, y: float) -> float:
    for remark in sheet.shown.remarks:
        for line in lines_of(remark, _REMARK, INNER, 3):
            y += 40
            sheet.page.text(line, (PAD, y), _REMARK, fill=sheet.theme.muted)
        y += 6
    return y
