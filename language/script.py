"""Scripts of Chinese text: one form for matching, with positions kept, and conversion for output."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import opencc

if TYPE_CHECKING:
    from collections.abc import Callable

Language = Literal["zh-Hans", "zh-Hant", "en"]


def fold(text: str) -> str:
    """The canonical form of a text for matching: total and idempotent.

    Half width, Simplified, mainland wording, lower case, straight quotes and dashes, no accents, no control
    characters, single spaces. Pinyin in brackets behind its character is noise and goes.
    """
    text = _without_pinyin(text).translate(_FOLDS)
    return _SPACES.sub(" ", text if text.isascii() else _settle(text)).strip(" ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text that remembers, for each of its characters, where it stood in the original."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the original that `text[start:end]` came from."""
        if start >= end:
            at = self.spans[start][0] if start < len(self.spans) else (self.spans[-1][1] if self.spans else 0)
            return at, at
        return self.spans[start][0], self.spans[end - 1][1]


def fold_with_offsets(text: str) -> Folded:
    """The same form as `fold`, with the way back to the original positions."""
    trail = _Trail(text).substitute(_PINYIN, "").spread().simplify()
    while (again := trail.substitute(_WORDING, _mainland).simplify()).text != trail.text:
        trail = again
    trail = trail.substitute(_SPACES, " ").strip()
    return Folded(text=trail.text, spans=tuple(trail.spans))


def aligned(text: str, *, simplified: bool = False) -> str:
    """A look-alike of the text for matching, character for character: half width, Simplified, lower case.

    `simplified`: the text is Simplified already, and need not be converted.
    """
    alike = text.replace("“", '"').replace("”", '"').replace("—", "-")  # the usual ones
    if _UNALIGNED.search(alike):
        alike = alike.translate(_ALIGNS)
    return alike if simplified else to_simplified(alike)


def to_simplified(text: str) -> str:
    """Simplified characters, as many as before; the wording stays."""
    return text if text.isascii() else _convert("t2s", text)


def to_traditional(text: str) -> str:
    """Traditional characters in the forms of Taiwan; the wording stays: 建立, 指标, 新增."""
    return _BETTER_FORMS.sub(lambda match: _BETTER_FORM[match[0]], _convert("s2tw", text))


def pinyin_spans(text: str) -> list[tuple[int, int]]:
    """Where pinyin in brackets doubles the character before it, 區(qū): noise that `fold` drops."""
    return [match.span() for match in _PINYIN.finditer(text)] if "(" in text or "（" in text else []


def mainland_wording(simplified: str) -> list[tuple[int, int, str]]:
    """Where a Simplified text holds wording of Taiwan, with the mainland's: 智慧型 is 智能."""
    return [(match.start(), match.end(), _mainland(match)) for match in _WORDING.finditer(simplified)]


def detect_language(text: str, default: Language) -> Language:
    """The language a person wrote in; `default` where the text does not tell."""
    han, latin = _HAN.findall(text), _LATIN_WORD.findall(text)
    if not han:
        return "en" if latin else default
    if latin and _reads_as_english(text, len(han), latin):
        return "en"
    traditional, simplified = _only_forms()
    lean = sum(map(traditional.__contains__, han)) - sum(map(simplified.__contains__, han))
    if lean:
        return "zh-Hant" if lean > 0 else "zh-Hans"
    return default if default != "en" else "zh-Hans"


def _reads_as_english(text: str, han: int, latin: list[str]) -> bool:
    """Whether the grammar is English: "What does 江津 require?" is, "浙江 by 2025 多少项?" is not."""
    english = len(_ENGLISH_GLUE.findall(text))
    chinese = len(_CHINESE_GLUE.findall(to_simplified(text)))
    return english > chinese if english != chinese else len(latin) > han


class _Trail:
    """A text under change, with the original span of each character."""

    def __init__(self, text: str, spans: list[tuple[int, int]] | None = None) -> None:
        self.text = text
        self.spans = [(at, at + 1) for at in range(len(text))] if spans is None else spans

    def substitute(
        self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
    ) -> _Trail:
        text, spans, done = [], [], 0
        for match in pattern.finditer(self.text):
            new = replacement if isinstance(replacement, str) else replacement(match)
            whole = (self.spans[match.start()][0], self.spans[match.end() - 1][1])
            text += [self.text[done : match.start()], new]
            spans += self.spans[done : match.start()]
            spans += (
                self.spans[match.start() : match.end()] if len(new) == len(match[0]) else [whole] * len(new)
            )
            done = match.end()
        return _Trail("".join([*text, self.text[done:]]), spans + self.spans[done:])

    def spread(self) -> _Trail:
        pieces = [_FOLDS[ord(char)] for char in self.text]
        spans = [span for piece, span in zip(pieces, self.spans, strict=True) for _ in piece]
        return _Trail("".join(pieces), spans)

    def simplify(self) -> _Trail:
        return _Trail(_simplify_fully(self.text), self.spans)

    def strip(self) -> _Trail:
        start = len(self.text) - len(self.text.lstrip(" "))
        end = len(self.text.rstrip(" "))
        return _Trail(self.text[start:end], self.spans[start:end])


class _FoldTable(dict[int, str]):
    """A character's folded form, worked out when first met: `str.translate` asks, the table remembers."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_char(chr(code))
        return folded


class _AlignTable(dict[int, str]):
    """The same for forms of one character; a character that folds to none or several stays, or is a space."""

    def __missing__(self, code: int) -> str:
        folded = _FOLDS[code]
        self[code] = aligned = folded if len(folded) == 1 else chr(code) if folded else " "
        return aligned


def _fold_char(char: str) -> str:
    if char in _UNIFIED:
        return _UNIFIED[char]
    if char.isspace():
        return " "
    if unicodedata.category(char) in _DROPPED:
        return ""
    forms = unicodedata.normalize("NFKD", char).lower()
    return char if forms == char else "".join(map(_fold_char, forms))


def _without_pinyin(text: str) -> str:
    return _PINYIN.sub("", text) if "(" in text or "（" in text else text


def _settle(text: str) -> str:
    """Simplified in mainland wording; both to rest, since one can open the way for the other (乾清宮)."""
    simple = _simplify_fully(text)
    while (settled := _WORDING.sub(_mainland, simple)) != simple:
        simple = _simplify_fully(settled)
    return simple


def _simplify_fully(text: str) -> str:
    while (simple := to_simplified(text)) != text:
        text = simple
    return text


def _mainland(match: re.Match[str]) -> str:
    return _MAINLAND_WORDS[match[0]]


def _convert(scheme: str, text: str) -> str:
    try:
        if "\0" not in text:  # there opencc takes the text to end
            return str(_converter(scheme).convert(text))
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8
        pass
    return "".join(  # such characters are kept, and what is between them converted
        piece if _KEPT.match(piece) else _converter(scheme).convert(piece) for piece in _KEPT.split(text)
    )


@cache
def _converter(scheme: str) -> opencc.OpenCC:
    return opencc.OpenCC(scheme)


@cache
def _only_forms() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only Traditional text has, and those that only Simplified text has."""
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    lines = "\n".join(han)  # a line each, so that no two form a phrase
    simple, full = (_converter(scheme).convert(lines).split("\n") for scheme in ("t2s", "s2t"))
    changed = {char for char, other in zip(han, simple, strict=True) if char != other}
    restored = {char for char, other in zip(han, full, strict=True) if char != other}
    return frozenset(changed - restored), frozenset(restored - changed)


_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")
_LATIN_WORD: Final = re.compile("[A-Za-z\u00c0-\u024f]+")
_SPACES: Final = re.compile(" +")
_KEPT: Final = re.compile("([\0\ud800-\udfff]+)")

# 區(qū): a character, then its pinyin with a tone mark; a real bracket (ISO), (试行), (2023) has none.
_PINYIN: Final = re.compile(
    "[(（](?<=[\u3400-\u9fff].)[a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ][a-zü]{0,3}[)）]"
)

# What Unicode keeps apart and a person means the same by.
_UNIFIED: Final = {
    **dict.fromkeys("“”„‟«»「」『』＂", '"'),
    **dict.fromkeys("‘’‚‛＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
}
# Control, format (zero width), surrogate, private, unassigned; accents and variation selectors.
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})

# Taiwan wording in Simplified characters, as a pattern, and the mainland's. Words that the mainland uses in
# another sense are taken only where that sense is out: not 配套用房, 互联网路由, 数位专家, 软体动物.
_MAINLAND: Final = {
    "网际网路": "互联网",
    "网路(?!由)": "网络",
    "人工智慧": "人工智能",
    "智慧型": "智能",
    "智慧财产权": "知识产权",
    "套用(?<![配成整全]套用)(?![地房电水])": "应用",
    "数位(?=[化技经产政治中平服转科乡]|基础)": "数字",
    "资讯(?=化)": "信息",
    "积体电路": "集成电路",
    "附属档案": "附件",
    "最佳化": "优化",
    "叠代": "迭代",
    "格线": "网格",
    "计画": "计划",
    "标竿": "标杆",
    "著(?=[力眼重手实])": "着",
    "软体(?!动)": "软件",
    "晶片": "芯片",
    "奈米": "纳米",
    "联络": "联系",
}
# Each starts with its first character, so that a search passes all others by at once.
_WORDING: Final = re.compile("|".join(_MAINLAND))
_MAINLAND_WORDS: Final = {re.sub(r"\(\?.*", "", pattern): word for pattern, word in _MAINLAND.items()}

# Where opencc's form is not the one that Taiwan's offices write.
_BETTER_FORM: Final = {"佈": "布", "傢俱": "家具", "汙": "污", "衚衕": "胡同"}
_BETTER_FORMS: Final = re.compile("|".join(_BETTER_FORM))

# All but characters that stay as they are; most sentences hold none.
_UNALIGNED: Final = re.compile(r"[^\n -@\[-~\u3400-\u9fff。、《》〔〕【】]")

_FOLDS: Final = _FoldTable()
_ALIGNS: Final = _AlignTable()

_ENGLISH_GLUE: Final = re.compile(
    r"(?<![a-z])(?:a|about|am|and|any|are|as|at|be|before|by|can|compare|did|do|does|for|from|give|has|have|how|i|in|is"
    r"|it|list|many|me|much|must|need|of|on|or|please|shall|should|show|tell|than|that|the|their|there|this|to"
    r"|until|was|we|were|what|when|where|which|who|whom|whose|why|will|with|you)(?![a-z])",
    re.IGNORECASE,
)
_CHINESE_GLUE: Final = re.compile(
    "多少|几|什么|哪|谁|吗|呢|请问|怎么|如何|何时|何|是|的|有|到|和|与|(?<![纲主重需])要|为|在|由|比|了|还|能|吧|介绍|告诉|列出"
)
