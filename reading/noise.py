"""What is no policy: the frame of a web page, an advertisement behind the text, damaged characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.result import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reading.blocks import Block
    from reading.plain import Plain


def tail(blocks: Sequence[Block]) -> int:
    """Where the policy's text ends: before the frame's links and an advertisement with its telephone."""
    end = len(blocks)
    middle = end // 2
    for at in range(middle, end):
        if not blocks[at].cell and _FRAME.match(blocks[at].text):
            end = at
            break
    contact = next((at for at in range(max(middle, end - 12), end) if _CONTACT.search(blocks[at].text)), end)
    if contact < end:  # the advertisement's lines before it do not end like sentences
        while contact > middle and not _SENTENCE.search(blocks[contact - 1].text):
            contact -= 1
    return contact


def damaged(blocks: Sequence[Block], plain: Plain) -> Iterator[Unread]:
    """Characters that were lost; nobody can say what they were, so their clause is shown instead."""
    count = 0
    for block in blocks if _MAY_BE_DAMAGED.search(plain.text) else ():
        done = -1
        for match in _DAMAGE.finditer(block.text):
            if match.start() < done:
                continue
            start, done = _clause_around(block.text, *match.span())
            quotation = plain.quotation(block.start + start, block.start + done)
            blank = _BLANK.fullmatch(match[0])
            reason = "数值空着没有填写" if blank else "有损坏的字符，原字无法确定"
            yield Unread(quotation=quotation, reason=reason)
            count += 1
            if count == _MOST_SHOWN:
                return


def _clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause that holds `start:end`, without the punctuation around it, as far as a person would read."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    before = max([first, *(text.rfind(mark, first, start) + 1 for mark in ",。;:!")])
    after = min([last, *(at for mark in ",。!" if (at := text.find(mark, end, last)) >= 0)])
    return before, after


_MOST_SHOWN: Final = 200
_REACH: Final = 80
_FRAME: Final = re.compile(
    r"[ *#·\[【(]*(?:相关(?:词条|阅读|链接|新闻|文章|推荐|解读)|热门(?:词条|推荐|文章)|推荐阅读|延伸阅读"
    r"|(?:联系|关于)我们$"
    r"|上一篇|下一篇|分享到|打印本?页|关闭窗口|返回(?:顶部|首页)|责任编辑|(?:编辑|记者|审核|来源|校对):"
    r"|版权所有|网站(?:地图|声明)|免责声明|扫一扫|参考资料$|词条标签)"
)
_CONTACT: Final = re.compile(
    r"https?://|www\.|"
    + "|".join(
        f"{word}[^。]{{0,12}}[:：]?[^。]{{0,8}}$"
        for word in ("热线", "官网", "官方网站", "公众号", "客服", "加微信", "咨询")
    )
)
_SENTENCE: Final = re.compile("[。;](?:[)”]|\\([^()]*\\))*$|^.{0,3}附件|[)】〕]$")
_BLANK_FIGURE: Final = "(?<![A-Za-z0-9])[Xx×□■_]{1,6}(?=[项个家名%])"
_BLANK: Final = re.compile("[Xx×□■_]+")
_MAY_BE_DAMAGED: Final = re.compile("[\ufffd\ue000-\uf8ff?锟烫屯Xx×□■_]")
_DAMAGE: Final = re.compile(
    "[\ufffd\ue000-\uf8ff]+|\\?[;?]+\\??|(?<=[\u3400-\u9fff])\\?(?=[、,。0-9\u3400-\u9fff])|锟斤拷|烫烫"
    f"|屯屯|{_BLANK_FIGURE}"
)
