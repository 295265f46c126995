"""English terms of the field in Chinese: a policy held in Chinese only can be asked about in English."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

from language.words import stem

# A term, and what our terms call it, to what it is called.
Names: TypeAlias = Callable[[str, str | None], str | None]

_FOLDER: Final = Path(__file__).parent / "data"
_LATIN: Final = re.compile("[a-z]{5}")
_WORD: Final = re.compile("[a-z0-9]+(?:['&][a-z0-9]+)*")
# American spelling as British: organization, labor, center, program.
_SPELLINGS: Final = tuple(
    (re.compile(american), british)
    for american, british in (
        (r"iz(?=ations?\b|e[sdr]?\b|ing\b)", "is"),
        (r"\blabor", "labour"),
        (r"\bcenter", "centre"),
        (r"\blicense", "licence"),
        (r"\bprogram\b", "programme"),
        (r"\bneighbor", "neighbour"),
        (r"\bfiber", "fibre"),
    )
)


def _ours(_term: str, ours: str | None) -> str | None:
    """No further source of names."""
    return ours


def in_chinese(folded: str, *, with_verbs: bool = True, names: Names = _ours) -> str:
    """The text with each English term of the field replaced by its Chinese name.

    Args:
        folded: the text.
        with_verbs: whether what is done (train, foster) is told too; else it is left out.
        names: what else may know a term.
    """
    if not _LATIN.search(folded):
        return folded
    text = _spelled_alike(folded)
    words = list(_WORD.finditer(text))
    chinese, done, at = "", 0, 0
    while at < len(words):
        behind, name = _longest(text, words, at, names, with_verbs=with_verbs)
        if name is not None:
            between = text[done : words[at].start()]
            if between.endswith(tuple(_OFFICE_OF)):
                before, _, of = between.rstrip().rpartition(" ")[0].rpartition(" ")
                between, name = before, name + _OFFICES[of]
            elif behind < len(words) and words[behind][0] in _OFFICES and name:
                name += _OFFICES[words[behind][0]]
                behind += 1
            # One character belongs to the word before: 标准服务|站.
            chinese += name if len(name) == 1 and between in _JOINED else f"{between} {name}"
            done = words[behind - 1].end()
        at = behind
    return chinese + text[done:] if chinese else folded


def readings_in_chinese(folded: str, names: Names = _ours) -> Iterator[str]:
    """The text in Chinese without what is done, as names of figures often leave that out; then with it."""
    bare = in_chinese(folded, with_verbs=False, names=names)
    if bare == folded:
        return
    yield bare
    text = in_chinese(folded, names=names)
    if text != bare:
        yield text


def _longest(
    text: str, words: list[re.Match[str]], at: int, names: Names, *, with_verbs: bool
) -> tuple[int, str | None]:
    """The word behind the longest term that begins at a word, and its Chinese name."""
    reach = 1
    for before, word in pairwise(words[at : at + _MOST_WORDS]):
        if text[before.end() : word.start()] not in _JOINED:
            break
        reach += 1
    for count in range(reach, 0, -1):
        term = " ".join([word[0] for word in words[at : at + count]])
        ours = _named(term)
        verb = _verbs().get(stem(term)) if ours is None and count == 1 else None
        if verb is not None:
            return at + 1, verb if with_verbs else ""
        if (name := names(term, ours)) is not None:
            return at + count, name
    return at + 1, None


def _named(term: str) -> str | None:
    """The Chinese name of a term or its plural."""
    names = _terms()
    for form in (term, _PLURAL.sub("", term), term.removesuffix("s"), _WHO.sub("ology", term)):
        if name := names.get(form):
            return name
    return None


@cache
def _terms() -> Mapping[str, str]:
    names = _table("terms.tsv")
    return names | {f"{term[:-1]}ies": name for term, name in names.items() if term.endswith("y")}


@cache
def _verbs() -> Mapping[str, str]:
    return {stem(verb): name for verb, name in _table("verbs.tsv").items()}


def _table(file: str) -> dict[str, str]:
    lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and line[0] != "#")
    return {_spelled_alike(term).replace("-", " "): name for term, name in rows}


def _spelled_alike(text: str) -> str:
    for american, british in _SPELLINGS:
        text = american.sub(british, text)
    return text


_OFFICES: Final = {"bureau": "局", "department": "厅", "commission": "委", "office": "办"}
_OFFICE_OF: Final = tuple(f"{office} of " for office in _OFFICES)
_MOST_WORDS: Final = 8
_JOINED: Final = frozenset({" ", "-"})
_WHO: Final = re.compile("ologists?$")  # metrologists are people of 计量
_PLURAL: Final = re.compile("(?<=s|x|z|h|o)es$")
