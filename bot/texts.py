"""Texts: an Answer in words, for Telegram or a terminal, in the reader's language.

The rest of the bot takes its words from here too: `gettext(language)` gives the translator that names,
figures and dates are asked with.
"""

from answering.answer import (
    Answer,
    ClarifyItem,
    ComparisonItem,
    DutiesItem,
    EventItem,
    FactItem,
    HelpItem,
    Item,
    ListItem,
    MilestoneItem,
    MissingItem,
    NowItem,
    PoliciesItem,
    PolicyItem,
)
from bot.words.dates import day, named, period, standing, until, when, yearly
from bot.words.facts import fact_lines
from bot.words.figures import figure, number
from bot.words.labels import Holdings, fact_label, label, labels, policy_label
from bot.words.lists import comparison_lines, counted, duties_lines, list_lines, policies_lines
from bot.words.marks import Markup, clean, escape, finish, italic, shorten
from bot.words.missing import clarify_lines, help_lines, missing_lines
from bot.words.names import cut, fact_name, name, place, policy_name, titled
from bot.words.occasions import event_lines
from bot.words.overview import policy_lines
from bot.words.phases import milestone_lines, now_lines, stage_standing
from bot.words.samples import Sample, samples
from bot.words.sources import source_lines
from bot.words.splitting import LIMIT, split
from bot.words.translations import N_, NN_, Translator, gettext

__all__ = [
    "LIMIT",
    "NN_",
    "N_",
    "Holdings",
    "Markup",
    "Sample",
    "Translator",
    "clean",
    "counted",
    "cut",
    "day",
    "escape",
    "fact_label",
    "fact_name",
    "figure",
    "gettext",
    "label",
    "labels",
    "name",
    "named",
    "number",
    "period",
    "place",
    "policy_label",
    "policy_name",
    "render",
    "render_parts",
    "samples",
    "shorten",
    "split",
    "stage_standing",
    "standing",
    "titled",
    "until",
    "when",
    "yearly",
]


def render(answer: Answer, library: Holdings, *, markup: Markup = Markup.HTML) -> str:
    """The whole answer: what was understood, each item, and last the sources.

    Args:
        answer: what to say, in `answer.language`.
        library: where the choices of a clarification are looked up.
        markup: HTML as Telegram reads it, everything escaped, or the same words without tags.
    """
    t = gettext(answer.language)
    blocks = [_slips(answer, t)] if answer.read_as else []
    blocks += ["\n".join(_lines(item, answer, library, t)) for item in answer.items]
    if sources := source_lines(answer, t):
        blocks.append("\n".join(sources))
    return finish("\n\n".join(blocks), markup)


def render_parts(answer: Answer, library: Holdings, *, limit: int = LIMIT) -> list[str]:
    """The answer in HTML as messages of at most `limit` UTF-16 units each."""
    return split(render(answer, library), limit)


def _lines(item: Item, answer: Answer, library: Holdings, t: Translator) -> list[str]:
    match item:
        case FactItem():
            return fact_lines(item, answer.today, t)
        case ListItem():
            return list_lines(item, answer.today, t)
        case DutiesItem():
            return duties_lines(item, t)
        case NowItem():
            return now_lines(item, answer.today, t)
        case MilestoneItem():
            return milestone_lines(item, answer.today, t)
        case EventItem():
            return event_lines(item, answer.today, t)
        case ComparisonItem():
            return comparison_lines(item, t)
        case PolicyItem():
            return policy_lines(item, answer.today, t)
        case PoliciesItem():
            return policies_lines(item, t)
        case MissingItem():
            return missing_lines(item, answer, library, t)
        case ClarifyItem():
            return clarify_lines(item, answer, library, t)
        case HelpItem():
            return help_lines(library, t)


def _slips(answer: Answer, t: Translator) -> str:
    return italic(
        "\n".join(
            t.say(
                "Read as “{understood}”: “{written}”",
                understood=shorten(understood, 40),
                written=shorten(written, 40),
            )
            for written, understood in answer.read_as
        )
    )
