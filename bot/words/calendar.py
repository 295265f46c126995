"""Titles: what a time of an event is called in a calendar program, in one line."""

from bot.words.names import name
from bot.words.translations import N_, Translator
from domain.events import EventKind, Occurrence

_FORMS = {
    EventKind.TARGET: N_("Target due: {name}"),
    EventKind.MEASURE: N_("Measure due: {name}"),
    EventKind.STAGE_START: N_("Stage begins: {name}"),
    EventKind.STAGE_END: N_("Stage ends: {name}"),
}


def calendar_title(occurrence: Occurrence, t: Translator) -> str:
    """`指标到期：城市标准化试点`; what its name says alone, an occasion or an added date, is just that."""
    event = occurrence.event
    called = name(event.name, t)
    form = _FORMS.get(event.kind)
    return t.say(form, name=called) if form else called
