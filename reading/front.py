"""What stands in front of a policy and behind it: title, issuer, region, date of issue, frames and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from language.dates import find_dates
from language.places import find_places
from language.script import fold
from reading.due import deadline
from reading.markers import Kind, find_marker
from reading.noise import tail
from reading.region import region_of
from reading.result import Issuer
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.timeline import Deadline
    from reading.blocks import Block
    from reading.plain import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What frames a policy: its body is `blocks[body:tail]` of the document's.

    `since` is the year before which a date can only tell of the past; None where nothing says.
    `told`: the text is no policy but tells of the one that its title names.
    """

    title: str | None
    region: str | None
    issuer: Issuer | None
    issued: Deadline | None
    body: int
    tail: int
    since: int | None
    is_report: bool
    told: bool = False


def read_front(blocks: Sequence[Block], plain: Plain) -> Front:
    """Find the policy within its document."""
    end = tail(blocks)
    head = _first_heading(blocks[:end])
    title, body = _title(blocks, head)
    told = False
    if (title is None or _HEADLINE.match(title)) and (issued_as := _issued_as(blocks)):
        (title, body), told = issued_as, True
    if title is None:
        title, body = _explained_title(blocks, head)
    body = _behind_contents(blocks, _behind_imprint(blocks, body))
    named = title or ""
    region = region_of(named)
    front, closing = list(blocks[: min(head, 60)]), blocks[max(head, end - 6) : end]
    issuer = _issuer(front, closing, plain, region)
    if region is None:
        others = [block.text for block in (*front, *closing) if _names_itself(block.text)]
        others += [match[match.lastindex or 0] for block in front if (match := _OWN_PLACE.search(block.text))]
        region = next(filter(None, map(region_of, [issuer.name if issuer else "", *others])), None)
    issued = _issued([*blocks[:head], *blocks[max(head, end - 4) : end]])
    return Front(
        title=polished(title) if title else None,
        region=region,
        issuer=issuer,
        issued=issued,
        body=body,
        tail=end,
        since=_since(named, issued, blocks[:head]),
        is_report=bool(_REPORT.search(named)),
        told=told,
    )


def _behind_imprint(blocks: Sequence[Block], body: int) -> int:
    """Where the text begins behind a frame's lines below the title: 政策, 发布部门：某局, 有效性：有效."""
    last = body
    for at in range(body, min(len(blocks), body + 12)):
        if _IMPRINT.match(blocks[at].text):
            last = at + 1
        elif at > last or len(blocks[at].text) > _SHORT_LABEL:
            break
    return last


def _behind_contents(blocks: Sequence[Block], body: int) -> int:
    """Where the text begins behind a table of contents, 目录, whose first line comes again as a heading."""
    head = next(
        (at for at in range(body, min(len(blocks), body + 6)) if _CONTENTS.fullmatch(blocks[at].text)), None
    )
    if head is None or head + 2 > len(blocks):
        return body
    first = _PAGE.sub("", blocks[head + 1].text)
    if not any(block.text.startswith(first) for block in blocks[head + 2 :]):
        return body
    end = head + 2
    while not (blocks[end].text.startswith(first) or "。" in blocks[end].text):
        end += 1
    return end


def _first_heading(blocks: Sequence[Block]) -> int:
    """Where the numbered headings begin; without any, an eighth of the text may hold the title."""
    for at, block in enumerate(blocks):
        marker = None if block.cell else find_marker(block.text)
        if marker and marker.kind in _OPENING and not _ends_like_title(block.text):
            return at
    return min(len(blocks), max(6, len(blocks) // 8))


# Title


def _title(blocks: Sequence[Block], head: int) -> tuple[str | None, int]:
    """The title, and the block that the policy's text begins with.

    Of several lines that could be one the last before the first heading is it: a notice that hands a policy
    on stands before it, and so does a news item. 关于印发《…》的通知 alone gives the title it names.
    """
    for at in range(min(head, 200) - 1, -1, -1):
        found = _title_at(blocks, at)
        if found:
            title, body = found
            inner = _HANDED_ON.search(title)
            return _bare((inner[1] or inner[2] or inner[3]) if inner else title), body
    return None, 0


def _issued_as(blocks: Sequence[Block]) -> tuple[str, int] | None:
    """What a text says was issued, 近日印发《…意见》, and the block its prose begins with.

    Not what a policy rests on: 根据省政府印发的《…》.
    """
    for pattern in (_ISSUED_AS, _ISSUED_LATELY):
        for at, block in enumerate(blocks[:40]):
            for match in pattern.finditer(block.text) if "《" in block.text else ():
                if _ends_like_title(name := match[1] or match[match.lastindex or 1]):
                    while at and blocks[at - 1].text.endswith(("。", "”")):
                        at -= 1  # noqa: PLW2901 - the paragraphs before it
                    return name, at
    return None


def _explained_title(blocks: Sequence[Block], head: int) -> tuple[str | None, int]:
    """What explains a policy may have no other title: 《…行动方案》政策解读."""
    explained = (at for at in range(min(head, 40)) if _EXPLANATION.search(blocks[at].text))
    return next(((_stripped(blocks[at].text), at + 1) for at in explained), (None, 0))


def _title_at(blocks: Sequence[Block], at: int) -> tuple[str, int] | None:
    if blocks[at].cell:
        return None
    line = _stripped(blocks[at].text)
    if len(line) > 90 or not _ends_like_title(line) or _NO_TITLE.search(line):
        return None
    top = at
    if at and _is_second_half(line, before := _stripped(blocks[at - 1].text), blocks[: at - 1]):
        line, top = before + line, at - 1
    elif len(line) < 10 and at and not _names_place(line):  # broken in two: …协同发展 / 行动方案
        before = _stripped(blocks[at - 1].text)
        if len(before) > 60 or _NO_TITLE.search(before) or _ends_like_title(before):
            return None
        line = before + line
    if len(line) < 6:
        return None
    if line.startswith("关于") and top and _SIGNATURES.fullmatch(before := _stripped(blocks[top - 1].text)):
        line = before + line  # 甲局 乙局 / 关于…的通知
    body = at + 1
    if body < len(blocks) and (match := _TITLE_TAIL.match(blocks[body].text)):
        line, body = line + match[0], body + 1
    return line, body


def _is_second_half(line: str, before: str, front: Sequence[Block]) -> bool:
    """关于明确103号文件 / 责任单位的通知; or what a notice above names as one: 印发《甲区重点工作方案》."""
    if len(before) > _LONGEST_HALF:
        return False
    if any(before + line in one.text[:400].replace(" ", "") for one in front if "《" in one.text):
        return True
    short = (len(line) <= _SHORT_HALF or line.startswith("《")) and "关于" not in line
    return short and bool(_OPENED.match(before)) and not _names_place(line)


def _ends_like_title(line: str) -> bool:
    return line[-1:] in _TITLE_ENDS and bool(_TITLE.search(line))


def _stripped(line: str) -> str:
    explained = _EXPLAINED.match(line)  # 一图看懂《…行动方案》
    if explained:
        return explained[1]
    return _AHEAD.sub("", _NUMBER_BESIDE.sub("", line.rsplit("|", 1)[-1].strip(" *#")))


def _bare(title: str) -> str:
    """A title without who drafted it, and without marks around all of it."""
    title = _DRAFTED.sub("", title)
    return title[1:-1] if title.startswith("《") and title.find("》") == len(title) - 1 else title


def _names_place(line: str) -> bool:
    return bool(find_places(fold(line)))


# Region, issuer, date


def _names_itself(line: str) -> bool:
    """Whether a line before or behind the policy is a signature or a title."""
    return bool(_SIGNATURES.fullmatch(line) or (_ends_like_title(line) and not _NO_TITLE.search(line)))


def _issuer(
    front: Sequence[Block], closing: Sequence[Block], plain: Plain, region: str | None
) -> Issuer | None:
    for clause, sign, pattern, group in _issuer_places(front, closing):
        for block in group:
            if block.cell or sign not in block.text:
                continue
            match = pattern.search(block.text[:400])
            if match and (clause != "标题" or _ends_like_title(_stripped(block.text))):
                start = block.start + match.start(1)
                return Issuer(
                    name=_full_name(match[1], region),
                    clause=clause,
                    quotation=plain.quotation(start, start + len(match[1])),
                )
    return None


def _issuer_places(
    front: Sequence[Block], closing: Sequence[Block]
) -> Iterator[tuple[str, str, re.Pattern[str], Sequence[Block]]]:
    """Where an issuer is named, the surest first: the clause, what its line holds, its form, the lines."""
    yield "标题", "关于", _ISSUER_OF_TITLE, front
    yield "题上署名", "", _SIGNED_ABOVE, [one for one, below in pairwise(front) if below.text[:2] == "关于"]
    yield "文前说明", "", _ISSUER_LABEL, front
    yield "落款", "", _SIGNATURE, _signed([*front, *closing])
    yield "文前报道", "", _ISSUER_IN_NEWS, front
    yield "文中署名", "年", _SIGNED_WITHIN, front


def _signed(blocks: Sequence[Block]) -> list[Block]:
    """The lines that a date follows, at once or behind a remark: （某局代章）."""
    lines = [
        one for one in blocks if not one.text.endswith("章)") or not _SEALED_FOR.fullmatch(one.text[:40])
    ]
    return [one for one, below in pairwise(lines) if _date_line(below.text[:60])]


def _date_line(line: str) -> re.Match[str] | None:
    return _DATE_LINE.fullmatch(line) if "年" in line or "日期】" in line else None


def _full_name(name: str, region: str | None) -> str:
    """省政府办公厅 is 浙江省人民政府办公厅."""
    name = polished(re.sub("(?<!人民)政府", "人民政府", name))
    if region and name[:1] in "省市区县" and region.endswith(name[:1]):
        return region + name[1:]
    return name


def _issued(blocks: Sequence[Block]) -> Deadline | None:
    for block in blocks:
        match = _date_line(block.text[:60])
        if match is None and "年" in block.text[:400]:
            match = _SIGNED_WITHIN.search(block.text[:400])
        words = match[match.lastindex or 0] if match else ""
        found = find_dates(words, date(1, 1, 1), simplified=True) if words else []
        if found:
            return deadline(found[0].first, found[0].last, found[0].precision)
    numbered = [block.text for block in blocks if block.text.endswith("号")]
    own = next(filter(None, map(_OWN_NUMBER.fullmatch, numbered)), None)
    return deadline(date(int(own[1]), 1, 1), date(int(own[1]), 12, 31), "year") if own else None


def _since(title: str, issued: Deadline | None, blocks: Sequence[Block]) -> int | None:
    """The year of issue; else the first of the title's period; else that of the latest document cited."""
    if issued:
        return issued.day.year
    if match := _TITLE_YEAR.search(title):
        return int(match[1] or match[2] or match[3])
    if _FIVE_YEARS.search(title):
        return min(
            (span.first.year for span in find_dates(title, date(1, 1, 1), simplified=True)), default=None
        )
    years = [int(year) for block in blocks for year in _NUMBERED.findall(block.text)]
    return max(years, default=None)


_OPENING: Final = frozenset(
    {Kind.FORMAL, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.COUNT, Kind.BRACKET, Kind.FIGURE, Kind.WORD}
)
_IMPRINT: Final = re.compile(
    "(?:(?:发布|发文|印发|颁布|成文|生效|施行|失效|公开)(?:部门|机关|机构|单位|日期|时间|文号)"
    "|政策文号|发文字号|文号|[有时]效性|效力级别|索引号|主题分类|信息来源|来源|浏览量|点击数): *[^。]{0,40}$"
)
_CONTENTS: Final = re.compile("[ *#【]*目 *[录次][】 *]*")
_PAGE: Final = re.compile("[ .·…\t]*[0-9]{0,3}$")  # 第一章 发展基础……3
_SHORT_LABEL: Final = 6
_KINDS: Final = (
    "方案|意见|规划|计划|通知|办法|纲要|措施|条例|决定|要点|指南|规定|细则|清单|总结|报告|行动|通告|公告|批复"
    "|政策|工程|白皮书|任务书|路线图|台账|任务分解|任务分工|责任分解|责任分工|若干举措|条举措|政策举措|分工表|分解表|任务表|责任表|安排表"
)
_TITLE: Final = re.compile(  # also 惠企十条
    rf"(?:{_KINDS})》?(?:\([^()]{{2,20}}\))?》?(?:的通知)?$|^[0-9]{{4}}年.{{2,20}}(?:{_KINDS})$"
    "|(?<![第一二三四五六七八九])[二三四五六七八九]?十[一二三四五六七八九]?条(?:\\([^()]{2,20}\\))?$"
    "|20[0-9]{2}年度?.{0,30}(?:重点工作|工作任务|工作安排|任务安排|工作部署|目标任务)$"
)
_TITLE_ENDS: Final = frozenset({*(kind[-1] for kind in _KINDS.split("|")), *"》)知条作务排署"})
_TITLE_TAIL: Final = re.compile(
    r"\((?:(?!20[0-9]{2}年[0-9]{1,2}月\))[0-9]{4}[^()日]{0,14}|试行|暂行|修订|征求意见稿|修订稿|送审稿)\)$"
)
_SHORT_HALF: Final = 20
_LONGEST_HALF: Final = 60
# A line that the next must end: 关于明确103号文件, 2024年《政府工作报告》.
_OPENED: Final = re.compile(
    "[^。;:!?,《》]{0,24}关于[^。;:!?,]{4,40}$(?<!通知)(?<!意见)(?<!》)|(?:20[0-9]{2}年)?《[^《》]{4,30}》$"
)
# Of the document, beside its title: （青政办〔2017〕16号）, 武政办〔2017〕118号.
_NUMBER: Final = "[\u4e00-\u9fff]{2,12}[〔\\[(]20[0-9]{2}[〕\\])] ?第?[0-9]+ ?号"
_NUMBER_BESIDE: Final = re.compile(f" ?\\({_NUMBER}\\)$| +{_NUMBER}$|^{_NUMBER}(?: |(?=《))")
_DRAFTED: Final = re.compile("^[^《》,]{2,16}(?:制定|拟[订定]|编制|起草|提出)的")
_SEALED_FOR: Final = re.compile(r"\([^()]{2,30}(?:代章|章)\)")
_NO_TITLE: Final = re.compile(
    "[。;:!?]|[^》],|^(?:附件|附|抄送|来源|编辑|为|根据|现|按照|请)|^[一二三四五六七八九十]{1,2}、|^\\("
)
_REPORT: Final = re.compile("(?:总结|报告|通报|白皮书)(?:\\(.{2,20}\\))?$")
_EXPLANATION: Final = re.compile(
    "《[^《》]{6,60}》.{0,6}(?:解读|问答|图解)$|^(?:一图[读看]懂|一张图[读看]懂|图解(?=[:|《])).{6,60}"
)
# 【重点工作】某市关于…的通知; on a page without line ends 某市政府 2016年12月23日 关于…的方案
_AHEAD: Final = re.compile(
    "^【[^【】]{2,20}】 ?(?=.{6})|^[^。:;,]{2,30} ?20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日 +(?=.{6})"
)
_EXPLAINED: Final = re.compile("(?:一图|一张图|图解)[^《]{0,6}《([^《》]{6,60})》")
_HANDED_ON: Final = re.compile(
    "(?:印发|转发|批转|发布|公布)(?:实施)?《(.{4,60})》的通知$|(?:印发|转发|批转)(.{6,60})的通知$"
    "|(?:印发|发布|出台)《(.{4,60})》$"
)
_ISSUED_AS: Final = re.compile("(?:印发|出台|发布|制定|下发|公布)(?:实施|实行)?(?:了)?《([^《》]{6,60})》")
# 刚刚发布的《…》; not 落实国务院印发的《…》.
_ISSUED_LATELY: Final = re.compile(
    "(?:^|[—,。:])(?![^,。:—《]*(?:根据|按照|依据|依照|贯彻|落实|执行|结合))[^,。:—《]{0,24}"
    "(?:印发|出台|发布|制定|公布|通过)(?:了|的)?《([^《》]{6,60})》"
    "|^《([^《》]{6,60})》 ?(?:提出|明确|要求|部署)"
)
# 某市出台质量政策: a headline of what was issued.
_HEADLINE: Final = re.compile(
    "[^《》,。关]{2,20}?(?:印发|出台|发布|公布|推出)(?!.*(?:通知|关于))[^《》]{4,}$"
)
_OWN_PLACE: Final = re.compile(
    "结合([^我本各,。;]{2,8}?)(?:省|市|区|县)?实际|记者从([^,。]{2,12}?[局厅委办部府])(?:得知|获悉|了解)"
    "|^(?:原标题:)?([^,。:;《]{2,16}?)(?:出台|印发|发布|推出)(?:了?《|[^。]{4,40}$)"
)
_ORG: Final = (
    "(?:[\u4e00-\u9fff]{2,30}?(?:政府办公厅|政府办公室|政府|委员会办公室|委员会|办公厅|办公室|管理局|监管局"
    "|总局|局|厅|部|委)|国务院)"
)
_ISSUER_OF_TITLE: Final = re.compile(
    f"^[ *#《]*(?:.*\\| *|【[^【】]*】 ?)?({_ORG}(?: {_ORG})*)(?:等.{{1,4}}部门)?(?:印发|转发)?关于"
)
_ISSUER_LABEL: Final = re.compile(
    f"(?:发布|发文|印发|颁布|制定|成文)(?:单位|机关|机构|部门)(?:: *|】 *)({_ORG})"
)
_SIGNATURES: Final = re.compile(f"{_ORG}(?: +{_ORG})*")
_SIGNED_ABOVE: Final = re.compile(f"^({_ORG}(?: +{_ORG})*)$")
_SIGNATURE: Final = re.compile(f"^({_ORG})$")
_ISSUER_IN_NEWS: Final = re.compile(
    f"(?:^|[,。:—]|日前|近日|日){{1,2}}({_ORG})(?:日前|近日|不久前|联合|网站)?(?:正式)?(?:印发|出台|发布|下发"
    f"|公布|制定)(?:了|的)?(?:《|关于)"
)
# A page without line ends: ,某市某局2025年4月8日(此件公开发布).
_SIGNED_WITHIN: Final = re.compile(
    f"(?:^|[,。;: ])(?!按照|根据|依据|经)({_ORG})(20[0-9]{{2}}年[0-9]{{1,2}}月[0-9]{{1,2}}日)(?=[( ])"
)
_DATE_LINE: Final = re.compile(
    "(?:[·●* ]*(?:发布|成文|发文|印发|颁布|施行)(?:日期"
    "|时间): *)?\\(?([0-9一二三四五六七八九〇○零]{4} ?年(?: ?[0-9一二三四五六七八九十]{1,2} ?月)?"
    "(?: ?[0-9一二三四五六七八九十]{1,3} ?日)?)(?:印发)?\\)?"
    "|[·* ]*【(?:发布|公布|成文|印发)日期】 *(20[0-9]{2}[-.][0-9]{1,2}[-.][0-9]{1,2})"
)
# 2024年…要点, …（2023—2025年）; not 面向2035年.
_TITLE_YEAR: Final = re.compile(
    "(20[0-9]{2})年度?[^0-9]{2,24}(?:要点|清单|计划|安排|方案|通知|台账|任务|重点工作|分解|分工|表)$|\\((20[0-9]{2})年度?\\)$|(20[0-9]{2})年?(?:-|—+|至|到"
    "|~)20[0-9]{2}"
)
_FIVE_YEARS: Final = re.compile("十[三四五六七]五”?(?:时期)?.*(?:规划|纲要|计划)")
# A line of its own: 烟政办字〔2024〕8号.
_OWN_NUMBER: Final = re.compile("[\u4e00-\u9fff]{2,12}[〔\\[(](20[0-9]{2})[〕\\])] ?第?[0-9]+ ?号")
_NUMBERED: Final = re.compile("[〔\\[(](20[0-9]{2})[〕\\])] ?第?[0-9]+ ?号")
