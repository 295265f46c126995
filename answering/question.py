"""A question's text to a Query: asking words, names, places, dates told apart, the rest is the subject."""

import re
from datetime import date
from itertools import zip_longest
from typing import Final

from answering.blanking import blank
from answering.cues import Cue
from answering.index import Index
from answering.lexicon import words_of
from answering.moments import find_occasion, read_spans
from answering.numbering import read_numbering
from answering.offices import asked_what_it_does
from answering.outsiders import is_outsider_in_latin
from answering.query import Query
from answering.senses import FactSense, PolicySense
from answering.sorting import Mention, Words, sort_words
from answering.titles import find_title, names_a_document
from answering.units import (
    FAILING,
    asks_how_long,
    asks_twice,
    share_asked_for,
    time_asked_for,
    unit_asked_for,
    unit_named,
)


def parse_folded(folded: str, index: Index, *, today: date) -> Query:
    """Read a question that is folded already, and its short forms written out; total."""
    numbering, rest = read_numbering(folded)
    spans, rest = read_spans(rest, today)
    words = _read_title(rest, sort_words(rest, index), index)
    mentions = _innermost(words.mentions)
    policies = [sense for mention in mentions for sense in mention.policies]
    named = {sense.policy for sense in policies}
    others = [mention.text for mention in mentions if not mention.policies]
    if words.offices and named:
        _read_offices_as_subject(words, named)
    cues = words.cues | _told_by_form(rest, numbering.ordinal)
    if len(named) == 1 and "多少" in rest and _BY_HOW_MUCH.search(rest):
        cues.add(Cue.FIGURE)
    return Query(
        cues=frozenset(cues),
        policies=tuple(dict.fromkeys([sense.policy for sense in policies])),
        titled=any(sense.by_title for sense in policies),
        strangers=tuple(dict.fromkeys([*_outsiders(words, named, index), *others])),
        spans=spans,
        departments=tuple(dict.fromkeys(words.departments)),
        office=None if words.departments else asked_what_it_does(rest),
        number=numbering.number,
        group=numbering.group,
        clause=numbering.clause,
        ordinal=numbering.ordinal,
        failing=FAILING in folded,
        unit=_unit(folded, cues),
        twice=Cue.FIGURE in cues and asks_twice(folded),
        values=tuple(words.values),
        occasion=_unknown_occasion(rest, index),
        segments=tuple(words.subject()),
    )


def _outsiders(words: Words, named: set[str], index: Index) -> list[str]:
    """Places that are in no list; what may be one is a subject where a policy is named, 预计 beside 浙江."""
    if named:
        if words.strays:
            words.segments = [*words.strays, *words.segments]
        return [segment.text for segment in words.strangers]
    latin = [one for one in words.segments if is_outsider_in_latin(one.text, index.known)]
    if latin:
        words.segments = [segment for segment in words.segments if segment not in latin]
    return [segment.text for segment in (*words.strangers, *words.strays, *latin)]


def _unit(folded: str, cues: set[Cue]) -> str | None:
    """还有多少天 counts days too, but asks for a date."""
    if not cues.isdisjoint(_HOW_MANY) and (Cue.WHEN not in cues or asks_how_long(folded)):
        return unit_asked_for(folded) or time_asked_for(folded) or share_asked_for(folded)
    return unit_named(folded) if Cue.COMPARE in cues else None


def _read_offices_as_subject(words: Words, policies: set[str]) -> None:
    """鄞州示范镇街几个: what another policy calls a department is here part of the subject."""
    if not any(policy in policies for policy, _ in words.departments):
        words.segments += words.offices
        words.departments = []


def _told_by_form(text: str, ordinal: int | None) -> set[Cue]:
    """第二阶段 asks for a stage, "has X reached its 60?" for progress."""
    cues = {Cue.STAGE} if ordinal is not None else set()
    if text.endswith(_LAST_OF_A_FIGURE) and _A_FIGURE.search(text):
        cues.add(Cue.FIGURE)
    if _LATIN.search(text):  # the forms are English
        cues |= {cue for cue, form in _FORMS.items() if form.search(text)}
    return cues


def _unknown_occasion(text: str, index: Index) -> str | None:
    occasion = find_occasion(text)
    if occasion is None:
        return None
    senses = index.lexicon.meanings(words_of(occasion))
    return None if any(isinstance(sense, FactSense) for sense in senses) else occasion


def _read_title(text: str, words: Words, index: Index) -> Words:
    """金杉质量强市纲要的保障措施: the words without those of the title."""
    if not names_a_document(text):
        return words
    named = {sense.policy for mention in words.mentions for sense in mention.policies}
    if words.strangers or (words.mentions and not named):
        return words  # another place's
    title = find_title(text, index, named)
    if title is None or any(stray.text not in text[title.start : title.end] for stray in words.strays):
        return words
    again = sort_words(blank(text, title.start, title.end), index)
    if not named and any(text[: title.start].endswith(one.text) for one in again.segments if not one.senses):
        return words  # may be another place's
    by_title = PolicySense(title.policy, by_title=True)
    others = [one for one in again.mentions if by_title.policy not in [of.policy for of in one.policies]]
    again.mentions = [*others, Mention(0, title.start, title.end, "", (by_title,), "")]
    return again


def _innermost(mentions: list[Mention]) -> list[Mention]:
    """Of 浙江省温州市 and of "Wenzhou, Zhejiang" only Wenzhou: the place around it says where that is."""
    if len(mentions) < 2:
        return mentions
    neighbours = zip_longest([None, *mentions[:-1]], mentions, mentions[1:])
    return [
        mention
        for before, mention, following in neighbours
        if mention
        and not (following and mention.end == following.start and _may_be_in(following, mention))
        and not (before and _is_told_after(mention, before))
    ]


def _may_be_in(place: Mention, around: Mention) -> bool:
    """江原省金杉市: of places in no list as they stand."""
    return _is_in(place.code, around.code) or not (place.code or around.code)


def _is_told_after(around: Mention, place: Mention) -> bool:
    """English names the larger place behind: Wenzhou, Zhejiang."""
    beside = around.start - place.end <= len(", ") and around.text.isascii()
    return beside and around.code != place.code and _is_in(place.code, around.code)


def _is_in(code: str, around: str) -> bool:
    return bool(around) and code.startswith(around.rstrip("0"))


_LAST_OF_A_FIGURE: Final = ("率", "例", "期", "时", "间", "?")
# 承诺时限比法定的少多少
_BY_HOW_MUCH: Final = re.compile("[比较].+[少快短低高多]多少")
# 青岛采标率, and nothing else
_A_FIGURE: Final = re.compile("(?:[^效频]率|比例|周期|用时|等候时间|办理时间)[?]?$")
_HOW_MANY: Final = frozenset({Cue.FIGURE, Cue.COUNT})
_LATIN: Final = re.compile("[a-z]")
_FORMS: Final = {
    # "has to reach" asks for the target
    Cue.PROGRESS: re.compile(
        r"\b(?:has|have|did)\b(?! to\b).*"
        r"\b(?:reached|met|achieved|hit|fulfilled|completed|attained|meet|reach|achieve|hit)\b"
    ),
    Cue.BASIS: re.compile(r"\b(?:on )?(?:what|which)\b.*\b(?:based|rests?)(?: on)?(?=$|[?.!,])"),
}
