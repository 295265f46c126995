"""A timeline as a text, for where no picture can be drawn."""

from datetime import date

from bot.pictures.content import Row, Timeline
from bot.words.dates import period
from bot.words.marks import bold
from bot.words.translations import Translator
from domain.timeline import Deadline


def in_words(shown: Timeline, t: Translator) -> str:
    """The same as a text, with marks, for where no picture can be drawn."""
    lines = [bold(shown.title), shown.now]
    for bar in shown.bars:
        span = period(_on(bar.first), _on(bar.last), t)
        lines.append("▬ " + t.say("{subject}: {words}", subject=bar.label, words=span))
    lines += [f"🚩 {flag.name}{flag.dates}" for flag in shown.flags]
    for due in shown.dues:
        lines += ["", bold(t.say("{when} ({standing})", when=due.heading, standing=due.standing))]
        lines += [f"• {_row_words(row, t)}" for row in due.rows]
        lines += [due.more] if due.more else []
    return "\n".join([*lines, "", *shown.remarks]).rstrip()


def _row_words(row: Row, t: Translator) -> str:
    return t.say("{subject}: {words}", subject=row.label, words=row.value) if row.value else row.label


def _on(day: date) -> Deadline:
    return Deadline.parse(day.isoformat())
