"""The title of a policy: its own line, what a notice hands on, what news says was issued."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from language.places import find_places
from language.script import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading.blocks import Block


class Titled(NamedTuple):
    """A title, and the block that the text begins with; `told`: by a text that only tells of the policy."""

    title: str | None
    body: int
    told: bool = False


def find_title(blocks: Sequence[Block], head: int) -> Titled:
    """The title of a text whose numbered headings begin with the block `head`.

    Of several lines that could be one the last before the first heading is it: a notice that hands a policy
    on stands before it, and so does a news item. 关于印发《…》的通知 alone gives the title it names.
    """
    own = next(filter(None, (_title_at(blocks, at) for at in range(min(head, 200) - 1, -1, -1))), None)
    if own:
        title, body = own
        inner = _HANDED_ON.search(title)
        own = _bare((inner[1] or inner[2] or inner[3]) if inner else title), body
    if (own is None or _HEADLINE.match(own[0])) and (issued_as := _issued_as(blocks)):
        return Titled(*issued_as, told=True)
    return Titled(*own) if own else _explained_title(blocks, head)


def names_itself(line: str) -> bool:
    """Whether a line before or behind the policy is a signature or a title."""
    return bool(SIGNATURES.fullmatch(line) or (ends_like_title(line) and not _NO_TITLE.search(line)))


def ends_like_title(line: str) -> bool:
    """Whether a line ends as titles do: …行动方案, …的通知, …十条."""
    return line[-1:] in _TITLE_ENDS and bool(_TITLE.search(line))


def stripped(line: str) -> str:
    """A line that may be a title, without what stands beside it: its number, a column's name, marks."""
    explained = _EXPLAINED.match(line)  # 一图看懂《…行动方案》
    if explained:
        return explained[1]
    return _AHEAD.sub("", _NUMBER_BESIDE.sub("", line.rsplit("|", 1)[-1].strip(" *#")))


def _issued_as(blocks: Sequence[Block]) -> tuple[str, int] | None:
    """What a text says was issued, 近日印发《…意见》, and the block its prose begins with.

    Not what a policy rests on: 根据省政府印发的《…》.
    """
    for pattern in (_ISSUED_AS, _ISSUED_LATELY):
        for at, block in enumerate(blocks[:40]):
            for match in pattern.finditer(block.text) if "《" in block.text else ():
                if ends_like_title(name := match[1] or match[match.lastindex or 1]):
                    while at and blocks[at - 1].text.endswith(("。", "”")):
                        at -= 1  # noqa: PLW2901 - the paragraphs before it
                    return name, at
    return None


def _explained_title(blocks: Sequence[Block], head: int) -> Titled:
    """What explains a policy may have no other title: 《…行动方案》政策解读."""
    explained = (at for at in range(min(head, 40)) if _EXPLANATION.search(blocks[at].text))
    return next((Titled(stripped(blocks[at].text), at + 1) for at in explained), Titled(None, 0))


def _title_at(blocks: Sequence[Block], at: int) -> tuple[str, int] | None:
    if blocks[at].cell:
        return None
    line = stripped(blocks[at].text)
    if len(line) > 90 or not ends_like_title(line) or _NO_TITLE.search(line):
        return None
    top = at
    if at and _is_second_half(line, before := stripped(blocks[at - 1].text), blocks[: at - 1]):
        line, top = before + line, at - 1
    elif len(line) < 10 and at and not _names_place(line):  # broken in two: …协同发展 / 行动方案
        before = stripped(blocks[at - 1].text)
        if len(before) > 60 or _NO_TITLE.search(before) or ends_like_title(before):
            return None
        line = before + line
    if len(line) < 6:
        return None
    if line.startswith("关于") and top and SIGNATURES.fullmatch(before := stripped(blocks[top - 1].text)):
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


def _bare(title: str) -> str:
    """A title without who drafted it, and without marks around all of it."""
    title = _DRAFTED.sub("", title)
    return title[1:-1] if title.startswith("《") and title.find("》") == len(title) - 1 else title


def _names_place(line: str) -> bool:
    return bool(find_places(fold(line)))


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
# 【重点工作】某市关于…的通知; on a page without line ends 某市政府 2016年12月23日 关于…的方案
_AHEAD: Final = re.compile(
    "^【[^【】]{2,20}】 ?(?=.{6})|^[^。:;,]{2,30} ?20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日 +(?=.{6})"
)
_DRAFTED: Final = re.compile("^[^《》,]{2,16}(?:制定|拟[订定]|编制|起草|提出)的")
_NO_TITLE: Final = re.compile(
    "[。;:!?]|[^》],|^(?:附件|附|抄送|来源|编辑|为|根据|现|按照|请)|^[一二三四五六七八九十]{1,2}、|^\\("
)
_EXPLANATION: Final = re.compile(
    "《[^《》]{6,60}》.{0,6}(?:解读|问答|图解)$|^(?:一图[读看]懂|一张图[读看]懂|图解(?=[:|《])).{6,60}"
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
    "|(?<![据照行彻实])《([^《》]{6,60})》(?:\\([^()]{2,20}\\))?(?:近日|日前|已|正式|于[^,。]{2,12}|对外)*(?:印发|出台|发布|公布)"
)
# 某市出台质量政策: a headline of what was issued.
_HEADLINE: Final = re.compile(
    "[^《》,。关]{2,20}?(?:印发|出台|发布|公布|推出)(?!.*(?:通知|关于))[^《》]{4,}$"
)
ORG: Final = (
    "(?:[\u4e00-\u9fff]{2,30}?(?:政府办公厅|政府办公室|政府|委员会办公室|委员会|办公厅|办公室|管理局|监管局"
    "|总局|局|厅|部|委)|国务院)"
)
SIGNATURES: Final = re.compile(f"{ORG}(?: +{ORG})*")
