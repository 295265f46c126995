"""A question's text to a Query: asking words, names, places, dates told apart, the rest is the subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import Final, NamedTuple

from answering.blanking import blank
from answering.cues import Cue
from answering.index import Index
from answering.lexicon import Tokens, pairs, tokenize, words_of
from answering.moments import find_occasion, read_spans
from answering.numbering import read_numbering
from answering.outsiders import is_outsider_in_latin, outsider, suffix_behind
from answering.query import Query, Segment
from answering.senses import DepartmentSense, FactSense, PlaceSense, PolicySense, Sense
from answering.titles import find_title, names_a_document
from answering.units import FAILING, unit_asked_for
from language.numerals import parse_number


def parse_folded(folded: str, index: Index, *, today: date) -> Query:
    """Read a question that is folded already, and its short forms written out; total."""
    numbering, rest = read_numbering(folded)
    spans, rest = read_spans(rest, today)
    words = _read_title(rest, _sort_words(rest, index), index)
    mentions = _innermost(words.mentions)
    policies = [sense for mention in mentions for sense in mention.policies]
    named = {sense.policy for sense in policies}
    others = [mention.text for mention in mentions if not mention.policies]
    if words.offices and named:
        _read_offices_as_subject(words, named)
    return Query(
        cues=frozenset(words.cues | _told_by_form(rest, numbering.ordinal)),
        policies=tuple(dict.fromkeys([sense.policy for sense in policies])),
        titled=any(sense.by_title for sense in policies),
        strangers=tuple(dict.fromkeys([*_outsiders(words, named, index), *others])),
        spans=spans,
        departments=tuple(dict.fromkeys(words.departments)),
        number=numbering.number,
        group=numbering.group,
        clause=numbering.clause,
        ordinal=numbering.ordinal,
        failing=FAILING in folded,
        unit=unit_asked_for(folded) if _asks_how_many(words.cues) else None,
        values=tuple(words.values),
        occasion=_unknown_occasion(rest, index),
        segments=tuple(words.subject()),
    )


def _outsiders(words: "_Words", named: set[str], index: Index) -> list[str]:
    """Places that are in no list; what may be one is a subject where a policy is named, 预计 beside 浙江."""
    if named:
        words.segments = [*words.strays, *words.segments]
        return [segment.text for segment in words.strangers]
    latin = [one for one in words.segments if is_outsider_in_latin(one.text, index.postings)]
    if latin:
        words.segments = [segment for segment in words.segments if segment not in latin]
    return [segment.text for segment in (*words.strangers, *words.strays, *latin)]


def _asks_how_many(cues: set[Cue]) -> bool:
    """还有多少天 counts days too, but asks for a date."""
    return not cues.isdisjoint(_HOW_MANY) and Cue.WHEN not in cues


def _read_offices_as_subject(words: "_Words", policies: set[str]) -> None:
    """鄞州示范镇街几个: what another policy calls a department is here part of the subject."""
    if not any(policy in policies for policy, _ in words.departments):
        words.segments += words.offices
        words.departments = []


def _told_by_form(text: str, ordinal: int | None) -> set[Cue]:
    """第二阶段 asks for a stage, "has X reached its 60?" for progress."""
    cues = {Cue.STAGE} if ordinal is not None else set()
    if _LATIN.search(text):  # the forms are English
        cues |= {cue for cue, form in _FORMS.items() if form.search(text)}
    return cues


def _unknown_occasion(text: str, index: Index) -> str | None:
    occasion = find_occasion(text)
    if occasion is None:
        return None
    senses = index.lexicon.meanings(words_of(occasion))
    return None if any(isinstance(sense, FactSense) for sense in senses) else occasion


# Words


class _Mention(NamedTuple):
    """A place or policy named: the token behind it, where it stands, its policies if any, its code."""

    behind: int
    start: int
    end: int
    text: str
    policies: tuple[PolicySense, ...]
    code: str


@dataclass(slots=True)
class _Words:
    """The words of a question, sorted by what they mean."""

    cues: set[Cue] = field(default_factory=set)
    mentions: list[_Mention] = field(default_factory=list)
    departments: list[tuple[str, str]] = field(default_factory=list)
    offices: list[Segment] = field(default_factory=list)  # the same as written
    values: list[Decimal] = field(default_factory=list)
    strangers: list[Segment] = field(default_factory=list)  # places that are in no list
    strays: list[Segment] = field(default_factory=list)  # what may be one, where no policy is named
    segments: list[Segment] = field(default_factory=list)
    singles: list[Segment] = field(default_factory=list)  # one character right behind a place

    def subject(self) -> list[Segment]:
        """What it is about; of 浙江省长 the rest is one character, but it is what was asked."""
        if self.segments or self.cues - {Cue.FILLER, Cue.FOLLOW}:
            return self.segments
        return self.singles


def _sort_words(text: str, index: Index) -> _Words:
    words, tokens, rest_from = _Words(), tokenize(text), 0
    for first, behind, senses in index.lexicon.matches(tokens.words):
        if rest_from < first:
            _sort_between(words, tokens, rest_from, first, index, office=bool(_sorted(senses).departments))
        _sort_match(words, tokens, first, behind, senses)
        rest_from = behind
        if words.mentions and words.mentions[-1].behind == behind:
            rest_from = _past_suffix(words, tokens, behind, index)
    if rest_from < len(tokens.words):
        _sort_between(words, tokens, rest_from, len(tokens.words), index)
    return words


def _sort_between(  # noqa: PLR0913 - a stretch of tokens, and what stands around it
    words: _Words, tokens: Tokens, first: int, behind: int, index: Index, *, office: bool = False
) -> None:
    """What means nothing: places that are in no list, where a part of the question begins, and the rest."""
    for start, end in _runs(tokens, first, behind):
        past = start
        if end - start > 1:  # a place has a character or two before its suffix
            past = _past_outsider(words, tokens, start, end, index, office=office)
        _sort_run(words, tokens, past, end)


def _read_title(text: str, words: _Words, index: Index) -> _Words:
    """金杉质量强市纲要的保障措施: the words without those of the title."""
    if not names_a_document(text):
        return words
    named = {sense.policy for mention in words.mentions for sense in mention.policies}
    if words.strangers or (words.mentions and not named):
        return words  # another place's
    title = find_title(text, index, named)
    if title is None or any(stray.text not in text[title.start : title.end] for stray in words.strays):
        return words
    again = _sort_words(blank(text, title.start, title.end), index)
    by_title = PolicySense(title.policy, by_title=True)
    others = [one for one in again.mentions if by_title.policy not in [of.policy for of in one.policies]]
    again.mentions = [*others, _Mention(0, title.start, title.end, "", (by_title,), "")]
    return again


def _past_outsider(  # noqa: PLR0913 - a stretch of tokens, and what stands around it
    words: _Words, tokens: Tokens, first: int, behind: int, index: Index, *, office: bool
) -> int:
    start = first
    if tokens.words[first] in _BEFORE_A_PLACE and behind - first > 1:
        start += 1
    elif (words.segments or words.departments or words.values) and _goes_on(tokens, first):
        return first
    found = outsider(tokens, start, behind, index.postings, before_office=office)
    if found is None or not (found.certain or not words.mentions):
        return first
    end = start + found.length
    (words.strangers if found.certain else words.strays).append(_segment(tokens, start, end))
    return end


def _goes_on(tokens: Tokens, at: int) -> bool:
    return tokens.joined(at - 1, at) and tokens.words[at - 1] not in _BEFORE_A_PLACE


def _past_suffix(words: _Words, tokens: Tokens, behind: int, index: Index) -> int:
    """北陵市 is not 北陵区, nor 泉州经开区 泉州: a place's name with another suffix is another place's."""
    place = words.mentions[-1] if words.mentions else None
    if place is None or place.behind != behind or any(sense.by_title for sense in place.policies):
        return behind
    length = (
        0 if place.text[-1] in _SUFFIXES or place.text.isascii() else suffix_behind(tokens.text, place.end)
    )
    if not length or _is_spoken_of(tokens.words[behind : behind + length], place, index):
        return behind
    end = place.end + length
    words.mentions[-1] = place._replace(
        behind=behind + length, end=end, text=tokens.text[place.start : end], policies=()
    )
    return behind + length


def _is_spoken_of(words: list[str], place: _Mention, index: Index) -> bool:
    """浙江自贸区: a policy of that place has something to say of such zones."""
    numbers = index.numbers([sense.policy for sense in place.policies], ()) if place.policies else ()
    return any(number in index.postings.get(pair, ()) for pair in pairs(words) for number in numbers)


def _sort_match(words: _Words, tokens: Tokens, first: int, behind: int, senses: tuple[Sense, ...]) -> None:
    """A word of the lexicon: a place or policy, or asking words, departments and a subject."""
    cues, facts, policies, places, departments = _sorted(senses)
    words.cues.update(cues)
    if departments:
        words.departments += departments
        words.offices.append(_segment(tokens, first, behind))
    if policies or places:
        code = places[0].code if places else ""
        start, end = tokens.starts[first], tokens.ends[behind - 1]
        words.mentions.append(_Mention(behind, start, end, tokens.text[start:end], policies, code))
    # A word that asks (policy, 目标) or says nothing (标准化) is no subject, though a fact may be called so.
    elif facts and Cue.FILLER not in cues and not (cues and behind - first <= 2):
        words.segments.append(_segment(tokens, first, behind, facts))


class _Sorted(NamedTuple):
    """What a word can mean, by kind."""

    cues: tuple[Cue, ...]
    facts: tuple[FactSense, ...]
    policies: tuple[PolicySense, ...]
    places: tuple[PlaceSense, ...]
    departments: tuple[DepartmentSense, ...]


@lru_cache(maxsize=4096)  # a few words are in most of the questions
def _sorted(senses: tuple[Sense, ...]) -> _Sorted:
    return _Sorted(
        tuple(sense for sense in senses if isinstance(sense, Cue)),
        tuple(sense for sense in senses if isinstance(sense, FactSense)),
        tuple(sense for sense in senses if isinstance(sense, PolicySense)),
        tuple(sense for sense in senses if isinstance(sense, PlaceSense)),
        tuple(sense for sense in senses if isinstance(sense, DepartmentSense)),
    )


def _sort_run(words: _Words, tokens: Tokens, start: int, end: int) -> None:
    """A run of tokens that mean nothing yet; numbers are values, and single characters nothing."""
    if start >= end:
        return
    segment = _segment(tokens, start, end)
    quantity = _QUANTITY.match(segment.text)
    value = parse_number(quantity[1]) if quantity else None
    if quantity is not None and value is not None:
        words.values.append(value)
        _sort_run(words, tokens, start + len(words_of(quantity.group())), end)
    elif _ONLY_NUMBERS.fullmatch(segment.text):
        return
    elif len(segment.text) > 1 or segment.text.isascii():
        words.segments.append(segment)
    elif segment.text not in _PARTICLES and _follows_a_place(words, tokens, start):
        words.singles.append(segment)


def _follows_a_place(words: _Words, tokens: Tokens, start: int) -> bool:
    return any(mention.behind == start for mention in words.mentions) and tokens.joined(start - 1, start)


def _runs(tokens: Tokens, first: int, behind: int) -> Iterator[tuple[int, int]]:
    """The stretches of tokens with nothing between them."""
    start = first
    for at in range(first + 1, behind + 1):
        if at == behind or not tokens.joined(at - 1, at):
            yield start, at
            start = at


def _segment(tokens: Tokens, first: int, behind: int, senses: tuple[FactSense, ...] = ()) -> Segment:
    return Segment(tuple(tokens.words[first:behind]), tokens.part(first, behind), senses)


def _innermost(mentions: list[_Mention]) -> list[_Mention]:
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


def _may_be_in(place: _Mention, around: _Mention) -> bool:
    """江原省金杉市: of places in no list as they stand."""
    return _is_in(place.code, around.code) or not (place.code or around.code)


def _is_told_after(around: _Mention, place: _Mention) -> bool:
    """English names the larger place behind: Wenzhou, Zhejiang."""
    beside = around.start - place.end <= len(", ") and around.text.isascii()
    return beside and around.code != place.code and _is_in(place.code, around.code)


def _is_in(code: str, around: str) -> bool:
    return bool(around) and code.startswith(around.rstrip("0"))


_SUFFIXES: Final = frozenset("省市区县州旗盟镇乡")
# 衡川跟江原, 民政局在衡川.
_BEFORE_A_PLACE: Final = frozenset("和跟与及同比在")
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
# Behind a place these are no subject: 广东方案里.
_PARTICLES: Final = frozenset("里内中上下的是吗呢吧啊呀")
# A figure in front of a stretch, with its counter: 30项, 一千名.
_QUANTITY: Final = re.compile(
    "([0-9.]+|[零〇一二三四五六七八九十百千万两]{2,}|[一二三四五六七八九十两](?=项|个|家|名|位|条|人|件|份|种))"
    "(?:多|余)?(?:项|个|家|名|位|条|人|件|份|种|%)?"
)
_ONLY_NUMBERS: Final = re.compile("[0-9.零〇一二三四五六七八九十百千万亿两%]+")
