"""Who answers for a task: （责任单位：…）, （牵头单位：…；配合单位：…）, （…按职责分工负责）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.policy import Role
from reading.offices import (
    ends_like_an_office,
    governs_place,
    is_department,
    may_be_anyone,
    names_of,
    parted,
    without_et_cetera,
)

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
        spans = [match.span() for match in _BRACKET.finditer(text) if speaks_of_charge(match[1])]
        labelled = _LABELLED_WITHIN.finditer(text) if _MAY_BE_LABELLED.search(text) else ()
        spans += [match.span(1) for match in labelled if not _inside(match.start(1), spans)]
    spans = spans or list(_spoken_of(text)) or ([(0, len(text))] if _is_bare_list(text) else [])
    found = [
        Charging(start, end, tuple(read_parts(text[start:end], first_leads=first_leads)))
        for start, end in spans
    ]
    return [one for one in found if one.parts or not _NAMES_NONE.search(text, one.start, one.end)]


def read_parts(statement: str, *, first_leads: bool = False) -> list[Part]:
    """The departments of one statement with their roles."""
    words = statement.strip(" 。;\n*")
    if words[:1] in _OPENERS and words[-1:] in ")〕】]":
        words = words[1:-1]
    words = without_time(words)
    if _RANKED.search(words):
        words = _RANKING.sub("", words)
    parts: list[Part] = []
    for piece in _PIECES.split(words):
        parts += _labelled(piece) if _LABEL.match(piece) else _spoken(piece)
    return _with_alone_and_first(parts, first_leads=first_leads)


def speaks_of_charge(words: str) -> bool:
    """Whether a bracket's words say who answers: 责任单位：甲局; 甲局牵头; or nothing but offices' names."""
    if any(_LABEL.match(piece) for piece in _PIECES.split(words)):
        return True
    words = without_time(words)
    verbs = list(_VERBS.finditer(words))
    if verbs:
        return any(names_of(_VERBS.sub(",", words[: verb.start()]))[0] for verb in verbs)
    names = [without_et_cetera(name.strip()) for name in parted(_PIECES.sub(",", words)) if name.strip()]
    offices = [is_department(name) for name in names]
    # Of towns alone a bracket says where: 三镇（南头镇、黄圃镇、东凤镇）.
    charged = any(office and not may_be_anyone(name) for name, office in zip(names, offices, strict=True))
    return charged and all(
        office or governs_place(name, words) for name, office in zip(names, offices, strict=True)
    )


def without_time(words: str) -> str:
    """A statement without what it says of the time: 完成时限：2024年6月, 长期坚持, 12月底前完成."""
    return _TIME.sub("", _DUE.sub("", words)) if _MAY_HOLD_TIME.search(words) else words


# A statement's pieces


def _spoken_of(text: str) -> Iterator[tuple[int, int]]:
    """Sentences that say nothing else: 由甲局牵头，乙局、丙局配合. 甲局、乙局负责落实."""
    last = _LAST_SENTENCE.search(text)
    if last and is_department(last[2]) and not may_be_anyone(last[2]):
        yield last.span(1)
        return
    told = _BY_WHOM.finditer(text) if "由" in text else ()
    closing = _WHO.finditer(text) if text.rstrip("。;").endswith(_DUTIES) else ()
    for match in (*told, *closing):
        pieces = [piece for piece in _COMMAS.split(without_time(match[1])) if piece.strip()]
        named = pieces and _VERBS.search(pieces[0]) and names_of(_VERBS.sub("", pieces[0]))[0]
        if named and all(map(_says_only_who, pieces)):
            yield match.span(1)
            return


def _is_bare_list(text: str) -> bool:
    """Whether a line below a task is nothing but a list of offices: 市民政局、各区人民政府."""
    if len(text) > _LONGEST_LIST or "、" not in text or not _LIST.fullmatch(text):
        return False
    return all(map(ends_like_an_office, map(without_et_cetera, parted(text.strip(" 。")))))


def _says_only_who(piece: str) -> bool:
    names, _ = names_of(_VERBS.sub("", piece), sure=True)
    # 省科技厅、吉林大学配合: a university behind an office is charged as it is.
    return all(
        ends_like_an_office(name) or (at and ends_like_an_office(names[0]) and _INSTITUTION.fullmatch(name))
        for at, name in enumerate(names)
    )


def _labelled(piece: str) -> Iterator[Part]:
    """牵头单位：甲局；配合单位：乙局."""
    marks = list(_LABEL.finditer(piece))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        words = piece[mark.end() : following.start() if following else len(piece)]
        label = mark[1]
        if _PERSON.search(label):  # 责任领导：王某某
            continue
        role = Role.LEAD if _LEAD.search(label) else Role.COOPERATING if _HELP.search(label) else Role.SHARED
        if role is Role.SHARED and _VERBS.search(_ROLE_BEHIND.sub("", words)):
            yield from _spoken(words)  # 责任单位：甲局牵头，乙局配合
        else:
            yield from _parts(words, role, sure=True)


def _spoken(piece: str) -> Iterator[Part]:
    """甲局牵头，乙局、丙局等配合; 甲局、乙局按职责分工负责; a list alone shares the task."""
    done = 0
    for verb in _VERBS.finditer(piece):
        if piece[verb.start() - 1 : verb.start()] == "(":  # 甲局（牵头）、乙局
            continue
        if not done and "," in piece[: verb.start()] and _HELP.search(verb[0]):  # 甲局、乙局，丙局配合
            done = piece.rindex(",", 0, verb.start())
            yield from _parts(piece[:done], Role.SHARED)
        leads = verb[0] == "承办" and not done and _HELP.search(piece, verb.end())  # 由甲局承办，乙局配合
        yield from _parts(piece[done : verb.start()], Role.LEAD if leads else _role(verb[0]))
        done = verb.end()
    rest = piece[done:]
    if rest.strip(" ,、"):
        yield from _parts(rest, Role.SHARED if not done else Role.COOPERATING)


def _role(verb: str) -> Role:
    if _LEAD.search(verb):
        return Role.LEAD
    if _HELP.search(verb):
        return Role.COOPERATING
    return Role.IMPLEMENTING if _CARRY_OUT.search(verb) and "负责" not in verb else Role.SHARED


def _parts(words: str, role: Role, *, sure: bool = False) -> Iterator[Part]:
    names, open_ended = names_of(words, sure=sure)
    for whole in names:
        marked = _ROLE_BEHIND.search(whole)  # 甲局（牵头）、乙局
        name = whole[: marked.start()] if marked else whole
        own = _role(marked[1]) if marked else role
        if _MAY_BE_SEVERAL.search(name) and role in _NOT_IN_THE_LEAD:
            if _COLLECTIVE.search(name):
                own = Role.COLLECTIVE if role is not Role.COOPERATING else role
            elif _EVERYWHERE.search(name):
                own = Role.IMPLEMENTING
        yield Part(name, own, open_ended)


def _with_alone_and_first(parts: list[Part], *, first_leads: bool) -> list[Part]:
    """One department alone bears the task; where the document says so the first of a list leads it."""
    if len(parts) == 1 and parts[0].role is Role.SHARED and not parts[0].open_ended:
        return [Part(department=parts[0].department, role=Role.SOLE)]
    if first_leads and len(parts) > 1 and all(part.role is not Role.LEAD for part in parts):
        first = parts[0]
        return [Part(department=first.department, role=Role.LEAD, open_ended=first.open_ended), *parts[1:]]
    return parts


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


_NOT_IN_THE_LEAD: Final = frozenset({Role.SHARED, Role.IMPLEMENTING, Role.COOPERATING})
_ROLE_BEHIND: Final = re.compile("[(（](牵头|主办|配合|协办|参与)(?:单位|部门)?[)）]")
_OPENERS: Final = frozenset("(〔【[")
_LEAD: Final = re.compile("牵头|主办|第一责任|主责|总负责")
_HELP: Final = re.compile("配合|协办|协作|协同|参与|参加|协助|支持|指导|数据")
_CARRY_OUT: Final = re.compile("落实|实施|执行")
_VERBS: Final = re.compile(
    "(?=[分共联具按根依各的职任抓做牵负协配参组落实执支指主承推])"  # what one may start with
    "(?:分别|共同|联合|具体)?(?:按照?|根据|依据?)?(?:各自)?的?(?:职责|职能)?(?:任务)?(?:分工)?(?:分别"
    "|共同|具体|抓好|做好)?"
    "(?:牵头(?:负责)?(?:落实|实施|组织实施)?|负责(?:落实|组织实施|实施|推进|牵头)?"
    "|(?:协同|协助)?配合(?:做好|落实)?|协同(?:推进)?|协助|参与|参加|组织?(?:落实|实施)|主办|承办|协办"
    "|(?:抓好|组织)?(?:落实|实施|执行)|(?<=[责工同合别])推进|(?:支持|指导)(?=[,;。)]|$))"
)
_LABEL: Final = re.compile(
    "[ ,、*【〔]{0,4}((?:主要|共同)?(?:(?:工作|任务|责任|职责)分工"
    "|牵头|配合|协办|协作|协同|参与|参加|协助|支持|主办|承办|承担|责任|主责|落实"
    "|实施|负责|第一责任|完成|执行|分管|包抓|数据(?:提供|报送|来源))(?:责任|负责|实施|落实)?[省市区县]?(?:(?:单位|部门|主体|地区|处室|科室|股室|机构"
    "|领导|人)(?:及分工|\\((?:单位|部门)\\))?)?)"
    "(?:: ?[ *]*|(?<=[位门体区室构导人工)])(?:[】〕 ] *|(?<=[位门])为|(?=[省市区县州])))"
)
_PERSON: Final = re.compile("领导|人$")
_PIECES: Final = re.compile("[;。\n]+")
_COMMAS: Final = re.compile("[,;]")
_RANKED: Final = re.compile("首位|第一|最前")  # one of them ends what follows
_RANKING: Final = re.compile(
    "\\(?[^,;。、()]{0,12}(?:排名|排序|排|列|位)(?:在|于)?(?:首位|第一位?|最前)[^;。()]*\\)?"
)
# What names nobody and is not meant to: （列首位的为牵头单位）, 责任领导：李某.
_NAMES_NONE: Final = re.compile("首位|第一|最前|(?:领导|责任人):")
_DUE: Final = re.compile(
    "[,;。 ]{0,4}(?:完成)?(?:时限|时间|期限|进度|节点)(?:要求|安排)?:[^,;。]*"
    "|[,;] *[0-9年月日底末前第一二三四季度上下半旬—\\-]{2,16}前?(?:完成|并长期坚持|并持续推进)[^,;]*"
)
# Behind the names: （甲局，长期）, （甲局、各镇；2025年6月底前）, （甲局，2024年底前取得成效，持续推进）.
_TIME: Final = re.compile(
    "(?:[,;。] *(?:并?(?:长期|持续|常态化)(?:坚持|推进|实施|开展)?|每[年月季]度?|[全常]年|按[年月季]度?推进"
    "|(?=[^,;。]{0,8}[年月季])[0-9年月日底末前初第一二三四季度上下半旬至到—\\-]{2,20}"
    "(?:完成|取得|形成|建成)?[^,;。局委厅办]{0,8})(?=[,;。]|$))+"
)
_MAY_HOLD_TIME: Final = re.compile(",|;|。|时限|时间|期限|进度|节点")  # most lists have none of them
_COLLECTIVE: Final = re.compile(
    "^(?:各|有关|相关|[省市区县]级?(?:政府)?(?:直|级)?(?:各|有关|相关)).{0,8}(?:部门|单位)$|各(?:成员"
    "|责任)单位$|各部门$|^[省市区县]级各部门"
)
_MAY_BE_SEVERAL: Final = re.compile("各|部门|单位|有关|地方|乡镇")
_EVERYWHERE: Final = re.compile(
    "^地方.{0,4}政府|^各(?!部门|有关|相关|单位|成员|责任|级)|^全[市区县省]各(?:镇|街|乡|区|县)"
    "|乡镇人民政府$|(?:各"
    "|有关)(?:区县|镇街|街镇|乡镇|街道)"
)
_LONGEST_LIST: Final = 120
_LIST: Final = re.compile("[^。;:!?《》“”]+。?")
# Words, not classes of first characters, so that a search passes all others by at once.
_MAY_CHARGE: Final = re.compile(
    "负责|牵头|责任|配合|落实|单位|部门[:】〕为]|主办|承办|"
    + "|".join(f"{end}[、,;)〕】\\]]" for end in "局委厅办院会联府心部科所站队校行司处室股组镇道")
)
_BRACKET: Final = re.compile(r"[(〔【\[]((?:[^()〔〕【】\[\]]|[(〔][^()〔〕]{0,20}[)〕]){2,400})[)〕】\]]")
_LABELLED: Final = re.compile(
    r"[ (〔【*]*(?:主要|共同)?(?:责任|牵头|配合|主办|协办|参与|参加|落实|实施|负责|主责|协同|协助|承办|承担"
    r"|支持|执行|协作|数据提供)(?:责任|负责|实施|落实)?[省市区县]?(?:单位|部门|主体|科室|处室|股室|机构|领导|人)(?:及分工|\((?:单位|部门)\))?"
    r"(?:[: *】〕]|(?<=[位门])为)"
    r"|[ (〔【*]*(?:牵头|主责|承办|主办(?=:[^:]{2,80}(?:协办|配合):))[】〕]?:"
)
_MAY_BE_LABELLED: Final = re.compile(
    "(?:单位|部门|主体|科室|处室|牵头|主办|承办)(?:\\((?:单位|部门)\\))?[:】〕为]"
)
_LABELLED_WITHIN: Final = re.compile(
    "(?:[。;,)][ *【〔]*|(?<=[\u4e00-\u9fff”》]) +)"
    "((?:(?:主要|共同)?(?:责任|牵头|主办|落实|实施|负责|主责|配合|协办|协同|参加|参与|承办|承担)(?:责任|实施|落实)?"
    "(?:单位|部门|主体|科室|处室)(?:\\((?:单位|部门)\\))?(?:: ?|[】〕][ :]*|为)|(?:牵头|主办|承办):)"
    "[^。]{2,300})"
)
_LAST_SENTENCE: Final = re.compile(
    "(?:^|[。;]|——)(([^。;,、—]{2,14})(?:[、,][^。;]{2,200})?(?:负责|牵头|配合|落实)[^。;、]{0,10})[。;]?$"
)
# 开展培训，由甲局牵头，乙局配合。 此项工作由甲局负责。
_BY_WHOM: Final = re.compile("(?:^|[。;,])((?:[此该本这]项(?:工作|任务))?由[^。;]{3,200})(?=[。;]|$)")
_WHO: Final = re.compile("(?:^|[。;])([^。;]{4,200})(?=[。;]?$)")
_INSTITUTION: Final = re.compile("[\u4e00-\u9fff]{2,10}(?:大学|学院|研究院|协会)")
_DUTIES: Final = ("协助", "参与", "支持", "协同", "配合", "落实", "负责")
