"""Entries that a question names by number: 二（三）2, 第二阶段, 第三大任务, 第5条."""

import re
from typing import Final, NamedTuple

from answering.blanking import blank
from language.numerals import parse_number


class Numbering(NamedTuple):
    """The numbers found; the slots of a Query of the same names."""

    clause: str | None = None
    ordinal: int | None = None
    group: str | None = None
    number: str | None = None


def read_numbering(folded: str) -> tuple[Numbering, str]:
    """The entries named by number, and the text without them; what is read first is read no second time."""
    if not _MAY_NUMBER.search(folded):
        return _NOTHING, folded
    clause, folded = _clause(folded)
    ordinal, folded = _value(_ORDINAL, folded)
    group, folded = _value(_GROUP, folded)
    number, folded = _value(_NUMBER, folded)
    return Numbering(clause=clause, ordinal=ordinal, group=_digits(group), number=_digits(number)), folded


def _clause(text: str) -> tuple[str | None, str]:
    """二(三)2, 三(一): as clauses are written here."""
    if "(" not in text or (match := _CLAUSE.search(text)) is None:
        return None, text
    part, heading, entry = match.groups()
    return f"{part or ''}({heading}){entry or ''}", blank(text, *match.span())


def _value(pattern: re.Pattern[str], text: str) -> tuple[int | None, str]:
    match = pattern.search(text)
    if match is None:
        return None, text
    word = next(group for group in match.groups() if group)
    value = _ORDINALS.get(word) or parse_number(word)
    if value is None or value != int(value):
        return None, text
    return int(value), blank(text, *match.span())


def _digits(number: int | None) -> str | None:
    return None if number is None else str(number)


_NOTHING: Final = Numbering()
# Without one of these there is nothing to read; plain words, so that the search is quick.
_MAY_NUMBER: Final = re.compile(
    "|".join("0123456789第零〇一二三四五六七八九十百两")
    + "|阶段|stage|phase|step|area|group|heading|theme|category"
)
_ORDINALS: Final = {
    **dict.fromkeys(("首个",), 1),
    **dict.fromkeys(("最后一个", "最后", "最终", "末", "last", "final"), -1),
    **{word: value for value, word in enumerate(("one", "two", "three", "four", "five"), 1)},
    **{word: value for value, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)},
    **{word: value for value, word in enumerate(("1st", "2nd", "3rd", "4th", "5th"), 1)},
}
_NUMERAL: Final = "[0-9]+|[零〇一二三四五六七八九十百两]+"
_CLAUSE: Final = re.compile(
    r"(?:(?<![零〇一二三四五六七八九十百])([一二三四五六七八九十]+)(?:部分)?[、,. ]*)?"
    rf"\(({_NUMERAL})\)[、,. ]*([0-9]+(?![0-9年%]))?"
)
_ORDINAL: Final = re.compile(
    rf"第({_NUMERAL})(?:个|大)?(?:阶段|步)|(首个|最后一个|最后|最终|末)阶段"
    r"|(?:stage|phase|step) (?:no\.? )?([0-9]+|one|two|three|four|five)\b"
    r"|\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|last|final) (?:stage|phase|step)\b"
)
_GROUP: Final = re.compile(
    rf"第({_NUMERAL})(?:个|大|类)*"
    r"(?:大任务|大举措|大块|大板块|板块|大类|类|大方面|方面|大部分|大领域|大)"
    r"|\b(?:(first|second|third|fourth|fifth)|([1-9])(?:st|nd|rd|th)) (?:area|group|heading|theme|category)\b"
    r"|\b(?:area|group|heading|theme|category) (?:no\.? )?([0-9]+)\b"
)
_NUMBER: Final = re.compile(
    rf"第 ?({_NUMERAL}) ?(?:条|项|点|款|号)(?:任务|举措|措施|工作|内容)?"
    rf"|第 ?({_NUMERAL}) ?(?:个)?(?:任务|举措|措施)"
    r"|(?:任务|举措|措施)(?:第|编号|序号)? ?"
    r"([0-9]+(?![0-9]|年|个|项|条)|[一二三四五六七八九十]+(?=$|[ ?,.是的呢]))"  # 任务一共多少 names none
    rf"|(?<![0-9])({_NUMERAL})号(?:任务|举措|措施)"
    r"|\b(?:measure|task|item|action)s? ?(?:no\.?|number|#)? ?([0-9]+)\b"
    r"|\b(?:no\.|number|#) ?([0-9]+)\b"
    r"|\b([0-9]+)(?:st|nd|rd|th) (?:measure|task|item|action)\b"
    r"|(?<![0-9])([0-9]+)条(?=$|[ ?,.是讲说的呢])"
)
