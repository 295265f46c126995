"""Who answers for a task: （责任单位：…）, （牵头单位：…；配合单位：…）, （…按职责分工负责）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.policy import Role
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator


class Part(NamedTuple):
    """A department's part; `open_ended` where its list ends in 等."""

    department: str
    role: Role
    open_ended: bool = False


class Charging(NamedTuple):
    """A statement of responsibility at `start:end` of its text; no parts where no name could be read."""

    start: int
    end: int
    parts: tuple[Part, ...]


def find_charges(text: str, *, first_leads: bool = False) -> list[Charging]:
    """The statements of responsibility in a paragraph: in brackets, its last sentence, a labelled line.

    `first_leads`: the document says that of each list the first department takes the lead.
    """
    if not _MAY_CHARGE.search(text):
        return []
    if _LABELLED.match(text):
        spans = [(0, len(text))]
    else:
        spans = [match.span() for match in _BRACKET.finditer(text) if _speaks_of_charge(match[1])]
        spans += [
            match.span(1) for match in _LABELLED_WITHIN.finditer(text) if not _inside(match.start(1), spans)
        ]
    if not spans and (match := _LAST_SENTENCE.search(text)) and is_department(match[2]):
        spans = [match.span(1)]
    return [
        Charging(start=start, end=end, parts=tuple(read_parts(text[start:end], first_leads=first_leads)))
        for start, end in spans
    ]


def read_parts(statement: str, *, first_leads: bool = False) -> list[Part]:
    """The departments of one statement with their roles."""
    words = statement.strip(" 。;\n*")
    if words[:1] in _OPENERS and words[-1:] in ")〕】]":
        words = words[1:-1]
    words = _DUE.sub("", words)
    if _RANKED.search(words):
        words = _RANKING.sub("", words)
    parts: list[Part] = []
    for piece in _PIECES.split(words):
        parts += _labelled(piece) if _LABEL.match(piece) else _spoken(piece)
    return _with_alone_and_first(parts, first_leads=first_leads)


def names_of(words: str, *, sure: bool = False) -> tuple[list[str], bool]:
    """The names of a list, and whether it ends in 等; 、 within brackets parts nothing: 各县（市、区）政府.

    `sure`: the words stand where only departments do, so that a name needs no known ending.
    """
    found: list[str] = []
    open_ended = False
    for name in _split(words):
        short = _ET_CETERA.sub("", name)
        open_ended |= short != name
        short = _AHEAD.sub("", short.strip(" :,、。"))
        if short.endswith(_ENDS_BEHIND):
            short = _BEHIND.sub("", short)
        if 2 <= len(short) <= 40 and (sure or is_department(short) or _governs_place(short, words)):
            found.append(polished(short))
    return found, open_ended


def _governs_place(name: str, words: str) -> bool:
    """A town, 南头镇; or 古城区 of 古城区、玉龙县人民政府, whose last says what each of them is."""
    if _TOWN.fullmatch(name):
        return True
    return bool(_PLACE.fullmatch(name) and _GOVERNMENT_BEHIND.search(words, words.find(name)))


def is_department(name: str) -> bool:
    """Whether a name ends like an office's: 局, 委, 办公室, 各镇街."""
    return bool(_OFFICE.search(name)) and not _NO_OFFICE.search(name)


# A statement's pieces


def _labelled(piece: str) -> Iterator[Part]:
    """牵头单位：甲局；配合单位：乙局."""
    marks = list(_LABEL.finditer(piece))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        words = piece[mark.end() : following.start() if following else len(piece)]
        label = mark[1]
        role = Role.LEAD if _LEAD.search(label) else Role.COOPERATING if _HELP.search(label) else Role.SHARED
        if role is Role.SHARED and _VERBS.search(_ROLE_BEHIND.sub("", words)):
            yield from _spoken(words)  # 责任单位：甲局牵头，乙局配合
        else:
            yield from _parts(words, role, sure=True)


def _spoken(piece: str) -> Iterator[Part]:
    """甲局牵头，乙局、丙局等配合; 甲局、乙局按职责分工负责; a list alone shares the task."""
    done = 0
    for verb in _VERBS.finditer(piece):
        yield from _parts(piece[done : verb.start()], _role(verb[0]))
        done = verb.end()
    rest = piece[done:]
    if rest.strip(" ,、"):
        yield from _parts(rest, Role.SHARED if not done else Role.COOPERATING)


def _role(verb: str) -> Role:
    if _LEAD.search(verb):
        return Role.LEAD
    if _HELP.search(verb):
        return Role.COOPERATING
    return Role.IMPLEMENTING if _CARRY_OUT.search(verb) else Role.SHARED


def _parts(words: str, role: Role, *, sure: bool = False) -> Iterator[Part]:
    names, open_ended = names_of(words, sure=sure)
    for whole in names:
        marked = _ROLE_BEHIND.search(whole)  # 甲局（牵头）、乙局
        name = whole[: marked.start()] if marked else whole
        own = _role(marked[1]) if marked else role
        if role in _NOT_IN_THE_LEAD:
            if _COLLECTIVE.search(name):
                own = Role.COLLECTIVE if role is not Role.COOPERATING else role
            elif _EVERYWHERE.search(name):
                own = Role.IMPLEMENTING
        yield Part(department=name, role=own, open_ended=open_ended)


def _with_alone_and_first(parts: list[Part], *, first_leads: bool) -> list[Part]:
    """One department alone bears the task; where the document says so the first of a list leads it."""
    if len(parts) == 1 and parts[0].role is Role.SHARED and not parts[0].open_ended:
        return [Part(department=parts[0].department, role=Role.SOLE)]
    if first_leads and len(parts) > 1 and all(part.role is not Role.LEAD for part in parts):
        first = parts[0]
        return [Part(department=first.department, role=Role.LEAD, open_ended=first.open_ended), *parts[1:]]
    return parts


def _split(words: str) -> Iterator[str]:
    depth = start = 0
    for match in _SEPARATOR.finditer(words):
        mark = match[0]
        if mark in "()":
            depth += 1 if mark == "(" else -1
        elif (
            depth <= 0
            and not (mark == "、" and _one_name(words[start : match.start()], words[match.end() :]))
            and (mark in "、,\n会同  " or _joins(words[start : match.start()], words[match.end() :]))
        ):
            yield words[start : match.start()]
            start = match.end()
    yield words[start:]


def _joins(before: str, after: str) -> bool:
    """Whether 和 stands between two names, not within one: 财政局和科技局, 发展和改革委."""
    return bool(_NAME_END.search(before)) and bool(_STARTS_OFFICE.match(after))


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _one_name(before: str, after: str) -> bool:
    """Whether 、 stands within one name: 各市、州、县人民政府."""
    return bool(_LEVELS.search(before) and _LEVEL_AHEAD.match(after))


def _speaks_of_charge(words: str) -> bool:
    if _LABEL.match(words):
        return True
    if _VERBS.search(words):
        return bool(names_of(_VERBS.sub(",", words))[0])
    names = [_ET_CETERA.sub("", name.strip()) for name in _split(_DUE.sub("", words)) if name.strip()]
    offices = [is_department(name) for name in names]
    # Of towns alone a bracket says where: 三镇（南头镇、黄圃镇、东凤镇）.
    return any(offices) and all(
        office or _governs_place(name, words) for name, office in zip(names, offices, strict=True)
    )


_NOT_IN_THE_LEAD: Final = frozenset({Role.SHARED, Role.IMPLEMENTING, Role.COOPERATING})
_ROLE_BEHIND: Final = re.compile("[(（](牵头|主办|配合|协办|参与)(?:单位|部门)?[)）]")
_LEVELS: Final = re.compile("(?:^|各|均需)(?:设区)?[市州县区旗镇乡盟街道、]{1,9}$")
_LEVEL_AHEAD: Final = re.compile(
    "[市州县区旗镇乡盟街道、]{1,9}(?:\\([^()]*\\))?(?:人民)?(?:政府|办事处|党委|管委会)"
)
_OPENERS: Final = frozenset("(〔【[")
_OFFICE_ENDS: Final = (
    "局|委|厅|办|部|院|中心|公司|集团|海关|办公室|办公厅|委员会|政府|管委会?|总队|支队|大队|联社|协会"
    "|学会|商会|工会|联合会|残联|妇联|科协|文联"
    "|工商联|团委|总工会|单位|部门|镇街|街镇|乡镇|街道|区县|县区|市县|县市|处|所|站|银行|法院|检察院|大学"
    "|学院|研究院|支行|分行|市州|州市|开发区|园区"
    "|功能区|新区|办事处|党委|党工委|机构|平台|企业|专班|基地|社|署|行|队|馆|团|台|报社|电视台|各区|各县"
    "|各市|各镇|乡镇场|邮政|电网|公积金"
)
_OFFICE: Final = re.compile(
    rf"(?:{_OFFICE_ENDS})(?:\([^()]*\))?$|^各.{{1,14}}$|^\(?[市区县省州]\)?.{{2,12}}$"
)
_NAME_END: Final = re.compile(rf"(?:{_OFFICE_ENDS})(?:\([^()]*\))?$")
_TOWN: Final = re.compile("[\u4e00-\u9fff]{2,4}[镇乡]")
_PLACE: Final = re.compile("[\u4e00-\u9fff]{1,6}[市县区旗州盟]")
_GOVERNMENT_BEHIND: Final = re.compile(
    "[市县区旗州盟](?:、[^、,;]{2,7}[市县区旗州盟])*、[^、,;]{2,12}(?:政府|管委会)"
)
_NO_OFFICE: Final = re.compile("^(?:以下|下同|即|含|包括|其中)|的$|标准$|制度$|[“”《]")
_STARTS_OFFICE: Final = re.compile(
    "[省市区县州旗各]|[^、,和及与]{2,14}(?:局|委|厅|办|部|院|中心|政府|公司|会)"
)
_SEPARATOR: Final = re.compile("[、,()\n]|  |会同|以及|[和及与]")
_AHEAD: Final = re.compile("^(?:(?:以下)?(?:任务)?均需|由|请|会同|以及|及|和|与|并|其他)")
_BEHIND: Final = re.compile(
    "(?:按|依|根据)?(?:照|据)?(?:各自)?(?:的)?职责(?:分工)?$|(?:共同|分别|具体|联合|结合实际|抓好)$"
)
_ENDS_BEHIND: Final = ("职责", "分工", "共同", "分别", "具体", "联合", "实际", "抓好")
_ET_CETERA: Final = re.compile(
    "等(?:[市区县省]?(?:级|直|政府)?(?:有关|相关|各|多个)?(?:部门|单位|职能部门|责任单位"
    "|成员单位)(?:和单位)?)?(?:按.*)?$"
)
_LEAD: Final = re.compile("牵头|主办|第一责任|主责|总负责")
_HELP: Final = re.compile("配合|协办|协同|参与|参加|协助|支持")
_CARRY_OUT: Final = re.compile("落实|实施|执行")
_VERBS: Final = re.compile(
    "(?=[分共联具按根依各的职任抓做牵负协配参组落实执])"  # what one may start with
    "(?:分别|共同|联合|具体)?(?:按照?|根据|依据?)?(?:各自)?的?(?:职责|职能)?(?:任务)?(?:分工)?(?:分别"
    "|共同|具体|抓好|做好)?"
    "(?:牵头(?:负责)?(?:落实|实施|组织实施)?|负责(?:落实|组织实施|实施|推进)?|(?:协同|协助)?配合(?:做好"
    "|落实)?|协同(?:推进)?|协助|参与|参加|组织?(?:落实|实施)|(?:抓好|组织)?(?:落实|实施|执行))"
)
_LABEL: Final = re.compile(
    "[ ,、]{0,4}((?:主要|共同)?(?:牵头|配合|协办|协同|参与|参加|协助|支持|主办|承办|责任|主责|落实|实施"
    "|负责|第一责任|完成|执行)(?:责任|实施|落实)?(?:单位|部门|主体|地区|处室|科室"
    "|人)(?:及分工)?)(?:[:  ] *|(?=[省市区县州]))"
)
_PIECES: Final = re.compile("[;。\n]+")
_RANKED: Final = re.compile("首位|第一|最前")  # one of them ends what follows
_RANKING: Final = re.compile("[^,;。]{0,12}(?:排|列|位)(?:在|于)?(?:首位|第一位?|最前)[^;。]*")
_DUE: Final = re.compile(
    "[,;。 ]{0,4}(?:完成)?(?:时限|时间|期限|进度)(?:要求|安排)?:[^,;。]*"
    "|[,;] *[0-9年月日底末前第一二三四季度上下半旬—\\-]{2,16}前?(?:完成|并长期坚持|并持续推进)[^,;]*"
    "|[,;] *(?:长期坚持|持续推进|[0-9年月日底末]+前?)$"
)
_COLLECTIVE: Final = re.compile(
    "^(?:各|有关|相关|[省市区县]级?(?:政府)?(?:直|级)?(?:各|有关|相关)).{0,8}(?:部门|单位)$|^各(?:成员"
    "|责任)单位|各部门$|^[省市区县]级各部门"
)
_EVERYWHERE: Final = re.compile(
    "^地方.{0,4}政府|^各(?!部门|有关|相关|单位|成员|责任|级)|^全[市区县省]各(?:镇|街|乡|区|县)"
    "|乡镇人民政府$|(?:各"
    "|有关)(?:区县|镇街|街镇|乡镇|街道)"
)
_MAY_CHARGE: Final = re.compile("负责|牵头|责任|配合|落实|单位|[局委厅办院会联府心][、,)〕】]")
_BRACKET: Final = re.compile(r"[(〔【\[]((?:[^()〔〕【】\[\]]|[(〔][^()〔〕]{0,20}[)〕]){2,400})[)〕】\]]")
_LABELLED: Final = re.compile(
    r"[ (〔【*]*(?:责任|牵头|配合|主办|协办|参与|落实|实施)(?:责任|实施|落实)?(?:单位|部门"
    r"|主体)(?:及分工)?[: *]"
)
_LABELLED_WITHIN: Final = re.compile(
    "[。;] ?((?:责任|牵头|主办|落实|实施)(?:责任|实施|落实)?(?:单位|部门|主体): ?[^。]{2,300})"
)
_LAST_SENTENCE: Final = re.compile(
    "(?:^|[。;])(([^。;,、]{2,14})(?:[、,][^。;]{2,200})?(?:负责|牵头|配合|落实)[^。;、]{0,10})[。;]?$"
)
