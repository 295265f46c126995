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
from answering.query import Query, Segment
from answering.senses import FactSense, PolicySense
from answering.sorting import Mention, Words, sort_words
from answering.titles import find_title, names_a_document
from answering.units import (
    FAILING,
    TOTAL,
    asks_how_long,
    asks_twice,
    share_asked_for,
    time_asked_for,
    unit_asked_for,
    unit_named,
)
from domain.policy import Role


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
    role = _part_asked_for(rest)
    return Query(
        cues=frozenset(cues),
        policies=tuple(dict.fromkeys([sense.policy for sense in policies])),
        titled=any(sense.by_title for sense in policies),
        strangers=tuple(dict.fromkeys([*_outsiders(words, named, index), *others])),
        spans=spans,
        departments=tuple(dict.fromkeys(words.departments)),
        office=None if words.departments else asked_what_it_does(rest),
        role=role,
        number=numbering.number,
        group=numbering.group,
        clause=numbering.clause,
        ordinal=numbering.ordinal,
        failing=FAILING in folded,
        total=TOTAL in folded,
        unit=_unit(folded, cues),
        twice=Cue.FIGURE in cues and asks_twice(folded),
        values=tuple(words.values),
        occasion=_unknown_occasion(rest, index),
        segments=tuple(_without_part(words)) if role else tuple(words.subject()),
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


def _part_asked_for(text: str) -> Role | None:
    """牵头哪几项, 配合的有哪些; 哪些部门配合 asks who does."""
    match = _PART.search(text)
    return _PARTS[match[1]] if match else None


def _without_part(words: Words) -> list[Segment]:
    """市场监管局牵头几项 has no subject, 深圳牵头几项国际标准 has one."""
    said = words.subject()
    others = [one for one in said if one.text not in _PARTS]
    return others if words.departments or not others else said


def _unit(folded: str, cues: set[Cue]) -> str | None:
    """还有多少天 counts days too, but asks for a date; 什么时候前完成多少家 counts 家."""
    if not cues.isdisjoint(_HOW_MANY):
        unit = unit_asked_for(folded) or time_asked_for(folded) or share_asked_for(folded)
        return None if unit == "time" and Cue.WHEN in cues and not asks_how_long(folded) else unit
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
    if time_asked_for(text) and asks_how_long(text):
        cues.add(Cue.FIGURE)  # 办案周期几天
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


_LAST_OF_A_FIGURE: Final = ("率", "例", "比", "期", "时", "间", "限", "积", "额", "数", "量", "?")
# 承诺时限比法定的少多少
_BY_HOW_MUCH: Final = re.compile("[比较].+[少快短低高多]多少")
# 青岛采标率, and nothing else
_A_FIGURE: Final = re.compile(
    "(?:[^效频]率|比例|占比|周期|用时|(?:等候|办理|办结|办案|审批|响应|通关|研制|开办)时[间限]|面积|金额|人数|总数|总量)[?]?$"
)
_PARTS: Final = {"牵头": Role.LEAD, "主办": Role.LEAD, "配合": Role.COOPERATING, "协办": Role.COOPERATING}
_PART: Final = re.compile(f"({'|'.join(_PARTS)})(?:[了的]?有?)(?=[哪几啥呢]|什么(?!时)|多少)")
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
