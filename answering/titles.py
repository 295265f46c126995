"""A policy called by words of its title, 质量强市纲要: they name it, and are no subject."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from answering.blanking import blank
from answering.index import Index
from domain.policy import Policy
from language.script import fold


class Titled(NamedTuple):
    """Where words of a title stand, and whose it is."""

    start: int
    end: int
    policy: str


def names_a_document(folded: str) -> bool:
    """Whether a title may stand in the question."""
    return _DOCUMENT.search(folded) is not None


def find_title(folded: str, index: Index, policies: Iterable[str]) -> Titled | None:
    """The stretch before 方案 or 计划 that is put together from words of one policy's title, in their order.

    Args:
        folded: the question.
        index: the catalogue.
        policies: those named already; none of them means all.
    """
    named = [index.by_id[one] for one in policies]
    among, enough = (named, _BESIDE_A_PLACE) if named else (index.policies, _ALONE)
    for document in _DOCUMENT.finditer(folded):
        starts = {policy.id: _start(folded, document, policy) for policy in among}
        first = min(starts.values(), default=document.start())
        whose = [policy for policy, start in starts.items() if start == first]
        if len(whose) == 1 and len(_GENERIC.sub("", folded[first : document.start()])) >= enough:
            return Titled(first, document.end(), whose[0])
    return None


def without_title(folded: str, words: Iterable[str], policy: Policy) -> str:
    """The question without what of it stands in the policy's title: 信阳 质量强市 年底前要完成哪些."""
    title = _folded(policy.title.zh)
    for word in words:
        if len(word) >= _ALONE and word in title and (at := folded.find(word)) >= 0:
            folded = blank(folded, at, at + len(word))
    return folded


def _start(text: str, document: re.Match[str], policy: Policy) -> int:
    """How far to the left the text is made of pieces of the title, of two characters or more."""
    title, at = _folded(policy.title.zh), document.start()
    limit = title.rfind(document[0])
    while limit > 0 and (piece := _piece(text, at, title, limit)):
        at -= len(piece)
        limit = title.rfind(piece, 0, limit)
    return at


def _piece(text: str, end: int, title: str, limit: int) -> str:
    """The longest piece that ends there and stands in the title before the limit."""
    pieces = (text[start:end] for start in range(max(end - limit, 0), end - 1))
    return next((piece for piece in pieces if title.find(piece, 0, limit) >= 0), "")


@lru_cache(maxsize=4096)
def _folded(title: str) -> str:
    return fold(title)


# So many characters of its own make a title; beside the policy's place fewer do.
_ALONE: Final = 4
_BESIDE_A_PLACE: Final = 2
_GENERIC: Final = re.compile("标准化?|三年|行动|工作|实施|建设|发展|提升|试点")
_DOCUMENT: Final = re.compile("方案|计划|纲要|规划|意见|要点|办法|细则|措施")
