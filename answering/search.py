"""A Query's subject to the facts it fits, best first, each with how much of the subject it explains."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from answering.index import Doc, Index, Term
from answering.lexicon import pairs
from answering.query import Segment
from answering.senses import FactSense
from domain.policy import FactKind

# Below this share of the subject explained, a fact is not what was asked about.
ENOUGH: Final = 0.6
ENOUGH_IN_ENGLISH: Final = 0.5
# A name of the catalogue counts as explained by a fact that holds this much of it: 国际标准 by 各类国际标准.
MOST_OF_A_NAME: Final = 0.75
# A loose English word that other facts hold tells less against a fact than one that none holds.
ELSEWHERE: Final = 0.5
# A loose stretch before the name it goes with tells less than one behind it.
BEFORE_A_NAME: Final = 0.2
# A pair that nobody holds, between two that are held or with a particle, is where words meet: 项目里出成果.
WHERE_WORDS_MEET: Final = 0.2
# With less of it held, no meeting of words makes enough.
WORTH_A_LOOK: Final = 1 / 3
# A loose word of the policy's own title says which policy is meant, and hardly what of it.
OF_THE_TITLE: Final = 0.4
# Facts whose score reaches this share of the best one fit equally well.
EQUAL: Final = 0.9
LOOKED_AT: Final = 30
# With less of the best score than this a fact explains next to nothing: it shares a word like 标准.
HOPELESS: Final = 0.05


class Hit(NamedTuple):
    """A fact that fits: `score` orders, `coverage` tells how much of the subject it explains (0 to 1).

    It `lacks_a_name` where the question names something of the catalogue that this fact does not hold; it is
    `likely` where no words of the question name it.
    """

    doc: Doc
    score: float
    coverage: float
    lacks_a_name: bool = False
    likely: bool = False


def rank(
    index: Index,
    segments: Collection[Segment],
    *,
    policies: Collection[str] = (),
    kinds: Collection[FactKind] = (),
    among: Collection[int] | None = None,
) -> list[Hit]:
    """The facts that hold something of the segments, best first; those of `policies` and `kinds` only.

    Args:
        index: the catalogue.
        segments: the subject.
        policies: ids; none of them means all.
        kinds: none of them means all.
        among: numbers of the documents to look at instead.
    """
    numbers = index.numbers(policies, kinds) if among is None else among
    stretches = _stretches(index, segments, policies)
    scores = _scores(stretches, numbers)
    floor = HOPELESS * max(scores.values(), default=0.0)
    hopeful = [number for number, score in scores.items() if score >= floor]
    best = sorted(hopeful, key=scores.__getitem__, reverse=True)[:LOOKED_AT]
    return [Hit(index.docs[number], scores[number], *_coverage(stretches, number)) for number in best]


def good(hits: list[Hit], enough: float = ENOUGH) -> list[Hit]:
    """Those that explain enough of the subject."""
    return [hit for hit in hits if hit.coverage >= enough]


def equals(hits: list[Hit]) -> list[Hit]:
    """The best and all that fit as well as it."""
    if not hits:
        return []
    best = max(hits, key=lambda hit: (round(hit.coverage, 2), hit.score))
    return [hit for hit in hits if hit.score >= EQUAL * best.score and hit.coverage >= EQUAL * best.coverage]


@dataclass(slots=True)
class _Stretch:
    """A segment made ready for ranking.

    Attributes:
        terms: its search terms.
        total: what they tell together.
        whole: what there is to explain; None where that depends on the document, as a lack may tell less.
        senses: the documents it means, and `meant` their numbers.
        count: how much it counts beside the others.
        held: what each document explains of it.
    """

    terms: list[Term]
    total: float
    whole: float | None
    senses: tuple[FactSense, ...]
    meant: frozenset[int]
    count: float
    in_chinese: bool
    held: dict[int, float] = field(default_factory=dict)


def _stretches(index: Index, segments: Collection[Segment], policies: Collection[str]) -> list[_Stretch]:
    title = index.title_terms(policies)
    held = index.numbers(policies, ()) if policies else ()
    last_name = max([at for at, segment in enumerate(segments) if segment.senses], default=-1)
    stretches = []
    for at, segment in enumerate(segments):
        senses = segment.senses
        if policies and senses:  # what only another policy calls so is words like any
            senses = tuple([sense for sense in senses if sense.doc in held])
        terms = _terms(index, segment.words, title, named=bool(senses))
        # Chinese puts the head last: 培养几位专家 asks for 专家, 专家经费 for 经费.
        in_chinese = not segment.text.isascii()
        leads_up = at < last_name and not segment.senses and in_chinese
        total = sum([term.weight for term in terms])
        whole = total if sum([term.lack for term in terms]) == total else None
        meant = frozenset([sense.doc for sense in senses])
        count = BEFORE_A_NAME if leads_up else 1.0
        stretches.append(
            _Stretch(terms, total or index.unknown.weight, whole, senses, meant, count, in_chinese)
        )
    return stretches


def _terms(index: Index, tokens: Sequence[str], title: Collection[str], *, named: bool) -> list[Term]:
    words = pairs(tokens)
    terms = [index.terms.get(word, index.unknown) for word in words]
    if named:
        return terms
    loose = [_loose(term, word, title) for word, term in zip(words, terms, strict=True)]
    if index.unknown in terms and len(terms) > 1 and not tokens[0].isascii():
        return _with_meetings(loose, words)
    return loose


def _with_meetings(terms: list[Term], words: list[str]) -> list[Term]:
    """The terms, where words meet counting little."""
    known = [bool(term.holders) for term in terms]
    return [
        term
        if known[at] or not _is_meeting(word, known[max(at - 1, 0) : at + 2])
        else Term(term.weight * WHERE_WORDS_MEET, term.lack * WHERE_WORDS_MEET, term.holders)
        for at, (term, word) in enumerate(zip(terms, words, strict=True))
    ]


def _is_meeting(word: str, around: list[bool]) -> bool:
    """Whether an unknown pair is no word; `around` it stand what is known of it and its neighbours."""
    return around == [True, False, True] or not _PARTICLES.isdisjoint(word)


# Between two words they belong to neither.
_PARTICLES: Final = frozenset("里出要把为得到在和与及的了家")


def _loose(term: Term, word: str, title: Collection[str]) -> Term:
    """The term as it counts outside of a name."""
    weight, lack, holders = term
    if holders and word.isascii():
        lack *= ELSEWHERE
    if word in title:
        weight, lack = weight * OF_THE_TITLE, lack * OF_THE_TITLE
    return Term(weight, lack, holders)


def _scores(stretches: list[_Stretch], numbers: Collection[int]) -> dict[int, float]:
    """How well each document fits; notes in the stretches what it holds of them."""
    scores: dict[int, float] = {}
    for stretch in stretches:
        explained = stretch.held
        for weight, _, holders in stretch.terms:
            for number in holders.keys() & numbers:
                scores[number] = scores.get(number, 0.0) + weight * holders[number]
                explained[number] = explained.get(number, 0.0) + weight
        for number, weight in stretch.senses:
            if number in numbers:
                scores[number] = scores.get(number, 0.0) + stretch.total * weight
    return scores


def _meetings(terms: list[Term], number: int) -> float:
    """What counts too much: of 护理床位 a document holds 护理 and 床位, and 理床 is where they meet."""
    held = [number in term.holders for term in terms]
    between = zip(held, terms[1:], held[2:], held[1:], strict=False)
    lack = sum([term.lack for before, term, behind, itself in between if before and behind and not itself])
    return lack * (1 - WHERE_WORDS_MEET)


def _coverage(stretches: list[_Stretch], number: int) -> tuple[float, bool]:
    """How much of the subject the document explains, from 0 to 1, and whether it lacks something named."""
    total = explained = 0.0
    lacks = False
    for stretch in stretches:
        whole, held = stretch.whole, stretch.held.get(number, 0.0)
        if whole is None:
            whole = sum([one.weight if number in one.holders else one.lack for one in stretch.terms])
        if number in stretch.meant:
            whole = held = whole or stretch.total
        elif stretch.meant:
            if held < MOST_OF_A_NAME * whole:
                lacks = lacks or not held
                held = 0.0  # half of a name is another name
        elif stretch.in_chinese and whole > held >= WORTH_A_LOOK * whole:
            whole -= _meetings(stretch.terms, number)
        total += whole * stretch.count
        explained += held * stretch.count
    return (explained / total if total else 0.0), lacks
