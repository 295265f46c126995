"""A question's text to a Query: asking words, names, places and dates are told apart, the rest is the subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from answering.cues import Cue
from answering.index import DepartmentSense, FactSense, Index, PlaceSense, PolicySense, Sense
from answering.lexicon import Tokens, tokenize
from answering.query import Query, Segment, Span
from language.dates import find_dates
from language.numerals import parse_number

MAX_CHARACTERS: Final = 1000


def parse_folded(folded: str, index: Index, *, today: date) -> Query:
    """Read a question that is folded already."""
    reading = _Reading(folded, index, today)
    return reading.query()


def expand(folded: str) -> str:
    """Write common short forms out: 国标 becomes 国家标准, int'l international."""
    folded = _SHORT.sub(lambda match: _SHORT_FORMS[match.group()], folded)
    folded = _WHICH_N.sub(r"哪几\1", folded)
    return _SHORT_YEAR.sub(r"20\1年", folded)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place named: the tokens it stands at, its policies if any, its code."""

    first: int
    behind: int
    text: str
    policies: tuple[PolicySense, ...]
    code: str


class _Reading:
    """One pass over a question. What is understood is blanked out, so that nothing is read twice."""

    def __init__(self, folded: str, index: Index, today: date) -> None:
        self.text = folded
        self.index = index
        self.clause = self._take_clause()
        self.ordinal = self._take_ordinal()
        self.group = self._take_group()
        self.number = self._take_number()
        self.spans = self._take_dates(today)
        self.occasion = self._take_occasion()
        self.cues: set[Cue] = set()
        self.mentions: list[_Mention] = []
        self.departments: list[tuple[str, str]] = []
        self.values: list[Decimal] = []
        self.singles: list[Segment] = []

    def query(self) -> Query:
        """The slots, filled."""
        segments = self._segments()
        if self.ordinal is not None:
            self.cues.add(Cue.STAGE)
        if _HAS_DONE.search(self.text):
            self.cues.add(Cue.PROGRESS)
        if not segments and not self.cues - {Cue.FILLER, Cue.FOLLOW}:
            segments = self.singles  # 浙江省长: the rest is one character, but it is what was asked
        mentions = list(_innermost(self.mentions))
        policies = [sense for mention in mentions for sense in mention.policies]
        return Query(
            cues=frozenset(self.cues),
            policies=tuple(dict.fromkeys(sense.policy for sense in policies)),
            titled=any(sense.by_title for sense in policies),
            strangers=tuple(dict.fromkeys(mention.text for mention in mentions if not mention.policies)),
            spans=tuple(self.spans),
            departments=tuple(dict.fromkeys(self.departments)),
            number=self.number,
            group=self.group,
            clause=self.clause,
            ordinal=self.ordinal,
            values=tuple(self.values),
            occasion=self.occasion,
            segments=tuple(segments),
        )

    def _segments(self) -> list[Segment]:
        """Sort the tokens: names and asking words into their slots, the rest into segments."""
        tokens = tokenize(self.text)
        segments: list[Segment] = []
        rest_from = 0
        for first, behind, senses in self.index.lexicon.matches(tokens.words):
            segments += self._raw(tokens, rest_from, first)
            rest_from = behind
            if facts := self._sort(senses, tokens, first, behind):
                segments.append(_segment(tokens, first, behind, facts))
        segments += self._raw(tokens, rest_from, len(tokens.words))
        return segments

    def _sort(self, senses: list[Sense], tokens: Tokens, first: int, behind: int) -> tuple[FactSense, ...]:
        """Note what a matched word tells; what it is about comes back."""
        facts: list[FactSense] = []
        policies: list[PolicySense] = []
        code: str | None = None
        cued = False
        for sense in senses:
            if isinstance(sense, FactSense):
                facts.append(sense)
            elif isinstance(sense, PolicySense):
                policies.append(sense)
            elif isinstance(sense, DepartmentSense):
                self.departments.append((sense.policy, sense.department))
            elif isinstance(sense, PlaceSense):
                code = code or sense.code
            else:
                self.cues.add(sense)
                cued = True
        if policies or code is not None:
            text = tokens.text[tokens.starts[first] : tokens.ends[behind - 1]]
            self.mentions.append(_Mention(first, behind, text, tuple(policies), code or ""))
            return ()
        # A word that asks ("policy", 目标) or says nothing (标准化) is no subject, though a fact may be called so.
        return () if Cue.FILLER in senses or (cued and behind - first <= 2) else tuple(facts)

    def _raw(self, tokens: Tokens, first: int, behind: int) -> Iterator[Segment]:
        """Runs of tokens that mean nothing yet; numbers are values, and single characters nothing."""
        at = first
        while at < behind:
            end = at + 1
            while end < behind and tokens.joined(end - 1, end):
                end += 1
            segment = _segment(tokens, at, end)
            quantity = _QUANTITY.match(segment.text)
            if quantity is not None and (value := parse_number(quantity[1])) is not None:
                self.values.append(value)
                taken = len(tokenize(quantity.group()).words)
                yield from self._raw(tokens, at + taken, end)
            elif _ONLY_NUMBERS.fullmatch(segment.text):
                pass
            elif end - at > 1 or segment.text.isascii():
                yield segment
            elif at and any(mention.behind == at for mention in self.mentions) and tokens.joined(at - 1, at):
                self.singles.append(segment)
            at = end

    def _blank(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def _take_clause(self) -> str | None:
        """二(三)2, 三(一): as clauses are written here."""
        if "(" not in self.text or (match := _CLAUSE.search(self.text)) is None:
            return None
        self._blank(*match.span())
        return "".join(part for part in (match[1], f"({match[2]})", match[3]) if part)

    def _take_ordinal(self) -> int | None:
        """第二阶段, the last stage, phase two."""
        match = _ORDINAL.search(self.text)
        if match is None:
            return None
        word = next(group for group in match.groups() if group)
        value = _ORDINALS.get(word) or parse_number(word)
        self._blank(*match.span())
        return int(value) if value is not None else None

    def _take_group(self) -> str | None:
        """第三大任务, 第五大块, the third area."""
        match = _GROUP.search(self.text)
        if match is None:
            return None
        word = next(group for group in match.groups() if group)
        value = _ORDINALS.get(word) or parse_number(word)
        self._blank(*match.span())
        return str(int(value)) if value is not None else None

    def _take_number(self) -> str | None:
        """第5条, 第十二项任务, measure 12, no. 3."""
        match = _NUMBER.search(self.text)
        if match is None:
            return None
        value = parse_number(next(group for group in match.groups() if group))
        if value is None or value != int(value):
            return None
        self._blank(*match.span())
        return str(int(value))

    def _take_occasion(self) -> str | None:
        """世界计量日, world metrology day: an occasion by its form, where the catalogue has none of that name."""
        match = _OCCASION.search(self.text)
        if match is None or any(
            isinstance(sense, FactSense) for sense in self.index.lexicon.meanings(match.group())
        ):
            return None
        return match.group()

    def _take_dates(self, today: date) -> list[Span]:
        """The dates; a year that only tells which policy is meant (2017年的意见) stays out."""
        if not _MAY_HOLD_DATE.search(self.text):
            return []
        spans: list[Span] = []
        for found in find_dates(self.text, today):
            behind = self.text[found.end :]
            # Policies date by months at the least; 明天 and 昨天 belong to the talk around the question.
            whole_month = (found.last - found.first).days >= SHORTEST_SPAN
            if (whole_month or found.text[0].isdigit()) and not _NAMES_POLICY.match(behind):
                spans.append(Span(found.first, found.last, found.text))
            if found.text not in _NOW:
                self._blank(found.start, found.end)
        return spans


def _segment(tokens: Tokens, first: int, behind: int, senses: tuple[FactSense, ...] = ()) -> Segment:
    text = tokens.text[tokens.starts[first] : tokens.ends[behind - 1]]
    return Segment(tuple(tokens.words[first:behind]), text, senses)


def _innermost(mentions: list[_Mention]) -> Iterator[_Mention]:
    """Of 浙江省温州市 only 温州市: a place right before one that lies in it says where that is."""
    for mention, behind in zip_longest(mentions, mentions[1:]):
        within = mention.code.rstrip("0") if mention.code else ""
        if behind and within and mention.behind == behind.first and behind.code.startswith(within):
            continue
        yield mention


_NUMERAL: Final = r"[0-9]+|[零〇一二三四五六七八九十百两]+"
_CLAUSE: Final = re.compile(
    rf"(?:(?<![零〇一二三四五六七八九十百])([一二三四五六七八九十]+)(?:部分)?[、,. ]*)?\(({_NUMERAL})\)[、,. ]*([0-9]+(?![0-9年%]))?"
)
_ORDINAL: Final = re.compile(
    rf"第({_NUMERAL})(?:个|大)?(?:阶段|步)|(首个|最后一个|最后|最终|末)阶段|(?:stage|phase|step) (?:no\.? )?([0-9]+|one|two|three|four|five)\b"
    r"|\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|last|final) (?:stage|phase|step)\b"
)
_ORDINALS: Final = {
    "首个": 1,
    "最后一个": -1,
    "最后": -1,
    "最终": -1,
    "末": -1,
    "last": -1,
    "final": -1,
    **{word: value for value, word in enumerate(("one", "two", "three", "four", "five"), 1)},
    **{word: value for value, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)},
    **{word: value for value, word in enumerate(("1st", "2nd", "3rd", "4th", "5th"), 1)},
}
_GROUP: Final = re.compile(
    rf"第({_NUMERAL})(?:个|大|类)*(?:大任务|大举措|大块|大板块|板块|大类|类|大方面|方面|大部分|大领域|大)"
    r"|\b(first|second|third|fourth|fifth|[1-9](?:st|nd|rd|th)) (?:area|group|heading|theme|category)\b"
    r"|\b(?:area|group|heading|theme|category) (?:no\.? )?([0-9]+)\b"
)
# "Has X reached its 60?" asks for progress, "has to reach" for the target.
_HAS_DONE: Final = re.compile(
    r"\b(?:has|have|did)\b(?! to\b).*\b(?:reached|met|achieved|hit|fulfilled|completed|attained|meet|reach|achieve|hit)\b(?:.* yet)?"
)
# 哪两条 asks as 哪几条 does.
_WHICH_N: Final = re.compile(
    "哪[一两二三四五六七八九十]{1,2}(?=条|项|个|份|件|家|类|大)(条|项|个|份|件|家|类|大)"
)
# 19年 for 2019年; 15年内 and 10年间 are spans.
_SHORT_YEAR: Final = re.compile(r"(?<![0-9.])(1[5-9]|2[0-9]|3[0-5])年(?![内间来以期])")
_NUMBER: Final = re.compile(
    rf"第 ?({_NUMERAL}) ?(?:条|项|点|款|号)(?:任务|举措|措施|工作|内容)?|第 ?({_NUMERAL}) ?(?:个)?(?:任务|举措|措施)"
    rf"|(?:任务|举措|措施)(?:第|编号|序号)? ?({_NUMERAL})(?![0-9]|年|个|项|条)"
    rf"|(?<![0-9])({_NUMERAL})号(?:任务|举措|措施)"
    r"|\b(?:measure|task|item|action)s? ?(?:no\.?|number|#)? ?([0-9]+)\b|\b(?:no\.|number|#) ?([0-9]+)\b"
    r"|\b([0-9]+)(?:st|nd|rd|th) (?:measure|task|item|action)\b"
    rf"|(?<![0-9])([0-9]+)条(?=$|[ ?,.是讲说的呢])"
)
_MAY_HOLD_DATE: Final = re.compile(
    "[0-9年月季周天末]|year|month|quarter|week|today|tomorrow|yesterday|五(?:规划)?时?期?|"
    "january|february|march|april|june|july|august|september|october|november|december|\\bmay\\b"
)
_OCCASION: Final = re.compile(
    "(?:世界|国际|全国|中国)[\u4e00-\u9fff]{1,6}?(?:宣传日|日|宣传周|周|节)(?![程常本期报])|\\b(?:world|international|national) (?:[a-z]+ ){1,3}(?:day|week|month)\\b"
)
_NAMES_POLICY: Final = re.compile(
    r"(?:年)?(?:的|那个|那份|版|出台的|发布的|印发的)*(?:标准化|试点|工作|实施|建设)*(?:方案|意见|政策|文件|规划)| (?:plan|opinions?|policy|document)\b"
)
# These ask for the state of things too, and stay to be read so.
_NOW: Final = frozenset({"今天", "今日", "today", "现在"})
SHORTEST_SPAN: Final = 27
# A figure in front of a stretch, with its counter: 30项, 一千名.
_QUANTITY: Final = re.compile(
    "([0-9.]+|[零〇一二三四五六七八九十百千万两]{2,}|[一二三四五六七八九十两](?=项|个|家|名|位|条|人|件|份|种))"
    "(?:多|余)?(?:项|个|家|名|位|条|人|件|份|种|%)?"
)
_ONLY_NUMBERS: Final = re.compile(r"[0-9.零〇一二三四五六七八九十百千万亿两%]+")

# Short forms everybody in the field uses. A key never stands inside another word.
_SHORT_FORMS: Final = {
    "制订": "制定",
    "国标": "国家标准",
    "行标": "行业标准",
    "地标": "地方标准",
    "团标": "团体标准",
    "企标": "企业标准",
    "标委会": "标准化技术委员会",
    "技委会": "标准化技术委员会",
    "国际标委会": "国际标准化技术委员会",
    "市监局": "市场监管局",
    "市场监督管理局": "市场监管局",
    "int'l": "international",
    "intl": "international",
    "std": "standard",
    "stds": "standards",
    "dept": "department",
    "depts": "departments",
    "gov't": "government",
    "govt": "government",
    "tc": "technical committee",
    "tcs": "technical committees",
}
_SHORT: Final = re.compile(
    "|".join(
        rf"(?<![a-z0-9]){re.escape(key)}(?![a-z0-9])" if key.isascii() else re.escape(key)
        for key in sorted(_SHORT_FORMS, key=len, reverse=True)
    )
)
