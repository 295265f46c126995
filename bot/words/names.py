"""Names: what a policy, a place or a fact is called in a language, and how it is cut to fit a button."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bot.words.marks import clean
from bot.words.translations import N_, Translator
from domain.languages import Language
from domain.policy import (
    AnyFact,
    Basis,
    Department,
    FactKind,
    Goal,
    Group,
    Measure,
    Name,
    Policy,
    Safeguard,
    Stage,
    Target,
    YearlyEvent,
)
from language.script import to_traditional

KINDS = {
    FactKind.POLICY: N_("policies"),
    FactKind.TARGET: N_("numeric targets"),
    FactKind.GOAL: N_("qualitative goals"),
    FactKind.GROUP: N_("groups of measures"),
    FactKind.MEASURE: N_("measures"),
    FactKind.STAGE: N_("stages"),
    FactKind.SAFEGUARD: N_("safeguards"),
    FactKind.BASIS: N_("documents it rests on"),
    FactKind.EVENT: N_("yearly occasions"),
    FactKind.DEPARTMENT: N_("departments in charge"),
}


def name(of: Name, t: Translator) -> str:
    """The name in the reader's language; in Chinese where no English one is known."""
    if t.language is Language.ENGLISH:
        return clean(of.en or of.zh)
    return clean(of.zh) if t.language is Language.SIMPLIFIED else _traditional(of.zh)


def term(text: str, t: Translator) -> str:
    """A word of the catalogue, such as a topic, in the reader's script."""
    return _traditional(text) if t.language is Language.TRADITIONAL else clean(text)


def policy_name(policy: Policy, t: Translator) -> str:
    """The policy's title."""
    return name(policy.title, t)


def titled(policy: Policy, t: Translator) -> str:
    """The policy's title as it stands in a sentence: 《标题》 or “Title”."""
    return in_brackets(policy_name(policy, t)) if t.chinese else f"“{policy_name(policy, t)}”"


def in_brackets(title: str) -> str:
    """《标题》, once; a title within it stands in 〈〉."""
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        return title
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def place(policy: Policy, t: Translator) -> str:
    """The region the policy is for."""
    return name(policy.region, t)


def fact_name(fact: AnyFact, t: Translator) -> str:
    """What the fact is called, with its number where it has one; never a figure of ours."""
    match fact:
        case Target():
            return name(fact.metric, t)
        case Goal():
            return name(fact.statement, t)
        case Group() | Measure():
            return numbered(fact.number, name(fact.title, t), t)
        case Basis():
            return in_brackets(name(fact.title, t)) if t.chinese else name(fact.title, t)
        case Safeguard():
            return name(fact.title, t)
        case Stage() | YearlyEvent() | Department():
            return name(fact.name, t)


def numbered(number: str, title: str, t: Translator) -> str:
    """`5. 标题`, `（一）标题`: a bare number gets its dot."""
    number = clean(number)
    if number.isalnum() and number.isascii():
        return f"{number}. {title}"
    return f"{number}{title}" if t.chinese else f"{number} {title}"


def joined(words: Sequence[str], t: Translator) -> str:
    """`甲、乙` or `A, B`."""
    return ("、" if t.chinese else ", ").join(words)


def capital(text: str) -> str:
    """With a capital letter, where the script has them."""
    return text[:1].upper() + text[1:]


def cut(text: str, columns: int) -> str:
    """The text within a width, a Chinese character taking two columns; words stay whole where they can."""
    if width(text) <= columns:
        return text
    room, end = max(columns, 1) - 1, 0
    while room >= _width(text[end]):
        room -= _width(text[end])
        end += 1
    kept = text[:end]
    if text[end].isascii() and text[end].isalnum() and (space := kept.rfind(" ")) > end // 2:
        kept = kept[:space]
    return _LOOSE_END.sub("", kept) + "…"


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(map(_width, text))


_LOOSE_END = re.compile(r"[\s,;:·、，；：（(《“\"]+$")


def _width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@lru_cache(maxsize=32768)
def _traditional(text: str) -> str:
    return to_traditional(clean(text)).replace("“", "「").replace("”", "」")
