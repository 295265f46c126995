"""The words of a question, sorted into asking words, places and policies, departments and a subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from answering.cues import Cue
from answering.index import Index
from answering.lexicon import Tokens, pairs, tokenize, words_of
from answering.outsiders import outsider, suffix_behind
from answering.query import Segment
from answering.senses import DepartmentSense, FactSense, PlaceSense, PolicySense, Sense
from language.numerals import parse_number


class Mention(NamedTuple):
    """A place or policy named: the token behind it, where it stands, its policies if any, its code."""

    behind: int
    start: int
    end: int
    text: str
    policies: tuple[PolicySense, ...]
    code: str


@dataclass(slots=True)
class Words:
    """The words of a question, sorted by what they mean."""

    cues: set[Cue] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
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


def sort_words(text: str, index: Index) -> Words:
    """Sort the words of a folded question; the longest name that fits counts."""
    words, tokens, rest_from = Words(), tokenize(text), 0
    for first, behind, senses in index.lexicon.matches(tokens.words):
        if behind - first == 1 and _is_in_a_word(tokens, first, senses, index):
            continue
        meant = senses
        if rest_from < first:
            office = bool(_sorted(senses).departments)
            _sort_between(words, tokens, rest_from, first, index, office=office)
            if office and _is_level(words, tokens, first - 1):
                meant = _of_level(tokens.words[first - 1], senses, index)
                if not _sorted(meant).departments:
                    words.strangers.append(_segment(tokens, first - 1, behind))
        _sort_match(words, tokens, first, behind, meant)
        rest_from = behind
        if words.mentions and words.mentions[-1].behind == behind:
            rest_from = _past_suffix(words, tokens, behind, index) - _tells_the_level(tokens, behind)
    if rest_from < len(tokens.words):
        _sort_between(words, tokens, rest_from, len(tokens.words), index)
    return words


def _is_in_a_word(tokens: Tokens, at: int, senses: tuple[Sense, ...], index: Index) -> bool:
    """有 of 有色金属 and 分 of 垃圾分类 say nothing by themselves, but belong to a word."""
    word = tokens.words[at]
    if senses != _SAYS_NOTHING or word not in _IN_WORDS:
        return False
    if word == "系":  # 体系
        return at > 0 and tokens.joined(at - 1, at) and tokens.words[at - 1] + word in index.known
    if at + 1 == len(tokens.words) or not tokens.joined(at, at + 1):
        return False
    return tokens.words[at] + tokens.words[at + 1] in index.known


def _tells_the_level(tokens: Tokens, behind: int) -> bool:
    """成都|市级标准: the end of the place's name is the beginning of 市级."""
    return tokens.words[behind - 1] in _LEVELS and tokens.words[behind : behind + 1] == ["级"]


def _is_level(words: Words, tokens: Tokens, at: int) -> bool:
    """Whether a level stands there, right before an office, that is no end of a place's name."""
    return tokens.words[at] in _LEVELS and tokens.joined(at, at + 1) and not (words.strangers or words.strays)


def _of_level(level: str, senses: tuple[Sense, ...], index: Index) -> tuple[Sense, ...]:
    """市民政局 is not 区民政局, though both are 民政局."""
    return tuple(
        sense
        for sense in senses
        if not isinstance(sense, DepartmentSense)
        or index.departments[sense].name.zh[0] not in _LEVELS - {level}
    )


def _sort_between(  # noqa: PLR0913 - a stretch of tokens, and what stands around it
    words: Words, tokens: Tokens, first: int, behind: int, index: Index, *, office: bool = False
) -> None:
    """What means nothing: places that are in no list, where a part of the question begins, and the rest."""
    for start, end in _runs(tokens, _past_counter(tokens, first, behind, index), behind):
        past = start
        if end - start > 1:  # a place has a character or two before its suffix
            past = _past_outsider(words, tokens, start, end, index, office=office)
        _sort_run(words, tokens, past, end)


def _past_counter(tokens: Tokens, first: int, behind: int, index: Index) -> int:
    """建多少|个牧场: the counter belongs to what is asked, unless it begins a word (多少|家庭)."""
    if not 0 < first < behind - 1 or tokens.words[first] not in _COUNTERS:
        return first
    asked = tokens.words[first - 1] in _HOW_MANY and tokens.joined(first - 1, first)
    return first + 1 if asked and "".join(tokens.words[first : first + 2]) not in index.known else first


def _past_outsider(  # noqa: PLR0913 - a stretch of tokens, and what stands around it
    words: Words, tokens: Tokens, first: int, behind: int, index: Index, *, office: bool
) -> int:
    start = first
    if tokens.words[first] in _BEFORE_A_PLACE and behind - first > 1:
        start += 1
    elif (words.segments or words.departments or words.values) and _goes_on(tokens, first):
        return first
    found = outsider(tokens, start, behind, index.known, before_office=office)
    if found is None or not (found.certain or not words.mentions):
        return first
    end = start + found.length
    (words.strangers if found.certain else words.strays).append(_segment(tokens, start, end))
    return end


def _goes_on(tokens: Tokens, at: int) -> bool:
    return tokens.joined(at - 1, at) and tokens.words[at - 1] not in _BEFORE_A_PLACE


def _past_suffix(words: Words, tokens: Tokens, behind: int, index: Index) -> int:
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


def _is_spoken_of(words: list[str], place: Mention, index: Index) -> bool:
    """浙江自贸区: a policy of that place has something to say of such zones."""
    numbers = index.numbers([sense.policy for sense in place.policies], ()) if place.policies else ()
    return any(number in index.postings.get(pair, ()) for pair in pairs(words) for number in numbers)


def _sort_match(words: Words, tokens: Tokens, first: int, behind: int, senses: tuple[Sense, ...]) -> None:
    """A word of the lexicon: a place or policy, or asking words, departments and a subject."""
    cues, facts, policies, places, departments = _sorted(senses)
    words.cues.update(cues)
    if departments:
        words.departments += departments
        words.offices.append(_segment(tokens, first, behind))
    if policies or places:
        code = places[0].code if places else ""
        start, end = tokens.starts[first], tokens.ends[behind - 1]
        words.mentions.append(Mention(behind, start, end, tokens.text[start:end], policies, code))
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


def _sort_run(words: Words, tokens: Tokens, start: int, end: int) -> None:
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


def _follows_a_place(words: Words, tokens: Tokens, start: int) -> bool:
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


_IN_WORDS: Final = frozenset("有分建系从人")
_SAYS_NOTHING: Final = (Cue.FILLER,)
_SUFFIXES: Final = frozenset("省市区县州旗盟镇乡")
_LEVELS: Final = frozenset("省市区县")
# 衡川跟江原, 民政局在衡川.
_BEFORE_A_PLACE: Final = frozenset("和跟与及同比在")
# Behind a place these are no subject: 广东方案里.
_PARTICLES: Final = frozenset("里内中上下的是吗呢吧啊呀")
_HOW_MANY: Final = frozenset("少几")
_COUNTERS: Final = frozenset("个项家名位条件份种类场次座所户批台套支人门款处篇期")
# A figure in front of a stretch, with its counter: 30项, 一千名.
_QUANTITY: Final = re.compile(
    "([0-9.]+|[零〇一二三四五六七八九十百千万两]{2,}|[二三四五六七八九十两](?=项|个|家|名|位|条|人|件|份|种))"
    "(?:多|余)?(?:项|个|家|名|位|条|人|件|份|种|%)?"
)
_ONLY_NUMBERS: Final = re.compile("[0-9.零〇一二三四五六七八九十百千万亿两%]+")
