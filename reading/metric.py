"""What a figure measures, from the words around it: 建设城市标准化试点20个以上 measures 城市标准化试点."""

from __future__ import annotations

import re
from typing import Final

from reading.wording import JOINING, polished


def metric_of(before: str, after: str) -> str | None:
    """The metric of a clause parted at its figure, without comparators; None where neither side names it.

    A noun before the figure is the metric (采标率达到66%); else the one behind it (培养100名专家).
    """
    return metric_behind_lead(without_lead(before), after, apart=before.endswith("、"))


def metric_behind_lead(lead: str, after: str, *, apart: bool) -> str | None:
    """The same where the words before are without their lead; `apart` where they ended in 、."""
    if rank := _RANK.search(lead):  # 标准化水平位列全国前八, 进入全国营商环境评价前20名
        noun = lead[: rank.start()]
        named = _names_something(noun) or _names_something(_WHERE.sub("", rank[1]))
        return polished(f"{noun}{rank[1]}排名") if named else None
    doing = _without_creating(lead)
    if lead.endswith(_CHANGES) and _names_something(lead):  # 能耗下降14.5%: the figure is the change
        return polished(doing)
    ahead = _without_trail(doing)
    if not _names_something(ahead) or ("批" in ahead and _BATCH.fullmatch(ahead)):
        behind = _behind(after)
        return polished(behind) if _names_something(behind) else None
    if (ahead[0] in _DOES_STARTS and _DOES.fullmatch(ahead)) or _EVERY.fullmatch(ahead):
        return polished(ahead + _behind(after))
    if counted := _counted(doing if doing.endswith(_DEVELOPS) else ahead, after, apart=apart):
        return counted
    return polished(_closed(ahead))


def _counted(ahead: str, after: str, *, apart: bool) -> str | None:
    """The noun behind a figure of what is to be done: 重点引进100名管理人才, 在重点领域择优设立50个岗位.

    `apart` where 、 parts the words ahead from the figure: 组建一批平台、20个实验室.
    """
    if ahead.endswith(_TELLS_HOW_MUCH) or not after or _NO_NOUN.match(after):
        return None
    noun = _behind(after)
    if not _names_something(noun):
        return None
    together = not apart and (len(ahead) <= _SHORT_DOING or len(noun) < _TELLING)
    return polished(_closed(ahead + noun if together else noun))


def _closed(words: str) -> str:
    """Without a quotation mark that only opens or only closes: “重点引进…人才."""
    if words.count("“") == words.count("”"):
        return words
    return words.replace("“", "").replace("”", "")


def grown(metric: str) -> str:
    """What a change is of: 标准数量 of 标准数量比2020年增长."""
    bare = _CHANGED.sub("", metric)
    return bare if _names_something(bare) else metric


def only_compares(metric: str) -> bool:
    """Whether a metric says only with what it is compared: 较2023年提高, 年均增长."""
    return bool(_CHANGED.fullmatch(metric))


def subject_of(words: str) -> str | None:
    """What the clause before spoke of, for one that only adds a figure: …稳步提升，达到30%."""
    bare = _CHANGE.sub("", _without_trail(_without_creating(_OPENED.sub("", without_lead(words)))))
    return polished(bare) if _names_something(bare) else None


def verbs_of(before: str) -> str:
    """The verbs a list's first member carries for all: 新增参与制定(修订) of 国际标准10项、地方标准2项."""
    match = _SHARED_VERBS.match(without_lead(before))
    return match[0] if match else ""


def with_shared_verbs(head: str, metric: str) -> str:
    """A later member of a list with its head's verbs, as far as they say more than that it comes to be."""
    return polished(_without_creating(verbs_of(head) + metric))


def only_verbs(words: str) -> bool:
    """Whether words without their lead are verbs and nothing else: 新建 of …新建80个."""
    return bool(_ONLY_VERBS.fullmatch(words))


def only_says_reached(before: str) -> bool:
    """Whether the words before a figure name nothing: 达到, 分别达到, 增加到."""
    return not _names_something(_without_trail(without_lead(before)))


def starts_with_verb(words: str) -> bool:
    """Whether a clause brings a verb of its own, and so needs none from the list's head."""
    return bool(_SHARED_VERBS.match(words) or _CREATES.match(words))


def _behind(after: str) -> str:
    return _TRAILING_BEHIND.sub("", _REMARK.sub("", after).strip(" 的,、").rstrip("和及与"))


def without_lead(words: str) -> str:
    """Without what only leads on to a statement: 力争, 其中, 每年, 全市 of 全市新建."""
    words = words.strip(" ,、:*—")
    while match := _LEAD.match(words):
        words = words[match.end() :].strip(" ,、:*—")
    return words


def _without_creating(words: str) -> str:
    verbs = _CREATES.match(words)
    return words[verbs.end() :] if verbs else words


def _without_trail(words: str) -> str:
    return _TRAILING.sub("", words) if words[-1:] in _TRAIL_ENDS else words


def _names_something(words: str) -> bool:
    return bool(_TELLS.search(words)) or len(_EMPTY.sub("", words)) >= 2


_LEAD: Final = re.compile(
    "^(?:年(?=[推新培制发完组举开服遴选引检])|力争|确保|争取|努力|计划|预计|全力|累计(?=[建达新])|(?:20[0-9]{2}年)?起(?=每)|分[一二两三四五]批次?|将|要"
    "|使|其中|并|且|同时"
    "|以及|和|及|另外|此外|再(?![生制就造贷利保回])|[一二三四五六七八九十]是|实现(?=[^零])"
    "|(?:全[市省县区国旗州盟]|[我本该][市省县区])(?:力争|将|累计|共)?(?=新|建|培|创|制|完|打|参|主|牵|发"
    "|累|标)"
    "|用?[一二三四五六七八九十两0-9]+年(?:左右)?(?:之?内|的?时间)?|年内|每(?:年度?|季度?|月)(?=[^度])|[上下]半年"
    "|年均(?=新|培|建|制|发|完)"
    "|[\u4e00-\u9fff]{2,4}[市省县区](?:将|要|力争|计划))"
)
# Verbs that only say that the thing comes to be.
_CREATES: Final = re.compile(
    "^(?:(?:在|于|围绕|聚焦|面向|针对)[^,]{1,24}?(?:领域|行业|方面|产业|地区|中)?(?=培育|建设|建成|打造"
    "|推动|开展|建立|创建|遴选|评选|选树))?"
    "(?:(?:探索|加快|推动|推进|支持|鼓励|引导|组织|积极|大力|重点|高标准|高质量|持续|深入|稳步|逐步)*"
    "(?:建设|建成|建立|培育|打造|创建|创成|形成|完成|开展|举办|组织|培养|遴选|评选|选树|选育|扶持|支持"
    "|推动|引导|拥有|保有|设立|布局|集聚"
    f"|落地|争取|获得|通过|实施|实现|收录)(?:{JOINING}|、|并|或)?)+(?:一批|至少)?"
)
_VERBS: Final = (
    r"(?:新增|新建|新|累计|每年|主导|牵头|参与|组织|制定|制修订|制订|修订|研制|发布|承担|申报|推动|建设"
    r"|培育|认定"
    rf"|{JOINING}|或|及|、|与|\(修订\)|制?\(修\)订|\(制\)修订)+"
)
_SHARED_VERBS: Final = re.compile(f"^{_VERBS}(?=[^新]|$)")
_ONLY_VERBS: Final = re.compile(_VERBS)
# Verbs that stand before a figure whose noun is behind it: 发布实施200项以上国家标准.
_DOES: Final = re.compile(
    f"(?:{_VERBS}|帮[助扶]|指导|辅导|惠及|助力|实施|贯通|打通|选派|互派|部署|配备|配置|编制|出台|服务|解决|翻译|出版|梳理|收集|整理"
    f"|改造|同步|联合|集中|重点|再)+"
)
_DOES_STARTS: Final = frozenset(
    "新累每主牵参组制修研发承申推建培认和或及与、(帮指辅惠助实贯打选互部配编出服解翻梳收整改同联集重再"
)
_CHANGES: Final = (
    *("增长", "提高", "提升", "增加", "扩大"),
    *("下降", "降低", "减少", "缩短", "压缩", "压减", "缩减"),
)
_DEVELOPS: Final = ("发展", "建设", "扩充", "拓展", "扩展")
# A figure behind these is theirs, whatever follows: 采标率达到95%以上的企业.
_TELLS_HOW_MUCH: Final = (
    *"率度量额值数比",
    "比例",
    "比重",
    "占比",
    "时间",
    "周期",
    "时限",
    "水平",
    "规模",
    "收入",
)
# What the noun before a figure does or is: 吸引境外专家50人次参与, 改造旧园舍12处（区教育局）.
_NO_NOUN: Final = re.compile(
    "[^\u4e00-\u9fff“]*$|[(]|[ 的]*(?:参[与加]|通过|完成|达到?|实现|获[得批]?|开展|上市|入[选驻]|落[地户]"
    "|投[入产运]|发布|实施|进[入行]|列入|纳入|建成|到位|覆盖|以[上内下]?|并|在|到|由|用于|左右|等)"
)
_SHORT_DOING: Final = 8
_TELLING: Final = 4
_RANK: Final = re.compile(
    "(?:排[名位](?:进入|位居|位列|跻身|稳居)|排名|进入|位居|位列|跻身|稳居)([^,]{0,12})$"
)
_OPENED: Final = re.compile("(?:[比较]20[0-9]{2}年[底末]?)?[(][^()]*$")  # 合格率较2023年（90%
_BATCH: Final = re.compile("(?:第[一二三四五六七八九十0-9]{1,3}|首)批次?")  # 第三批8个试点
_WHERE: Final = re.compile("全[国球省市区县州]|世界|国内|国际|[中东西]部|同类[^,]{0,4}|[省市]内|前列")
_CHANGED: Final = re.compile(
    "(?:(?:[比较](?:20[0-9]{2}|上|去|同)年?[底末期]?(?:[(][^()]*[)])?|在20[0-9]{2}年[底末]?基础上|年均)"
    "(?:增长|提高|提升|增加|下降|降低|减少|缩短|压缩|压减|缩减|扩大)?|增长|提高|提升|下降)$"
)
_EVERY: Final = re.compile("每(?:个|家|所|条|项|一)?[^,]{1,14}|各[省市州县区旗镇乡街道园部门单位、]{1,8}")
_TRAILING: Final = re.compile(
    "(?:(?:分别|均|各|再|须|逐年|递增|年均新增|扩充|争取|力争|确保|稳定|保持|控制|维持|实现|提升|提高|增加|增长|扩大|缩短|压缩|压减|缩减"
    "|下降|降低|降|减少|增|升|上升|发展|扩展"
    '|拓展|建设|达|为|在|到|至|超过|不少于|每年度?|每季度?|每月|年均|累计|完成|[比较](?:20[0-9]{2}|上)年[底末]?|保持在|[(（"“])+)$'
)
# The last characters of these; most words before a figure end in another.
_TRAIL_ENDS: Final = frozenset(
    "别均各再须年增充取争保定持制现升高加长大短缩减降低少展设达为在到至过于度季月计成底末" + '(（"“'
)
_REMARK: Final = re.compile("[(](?:即|指|含|包括|下同)[^()]*[)]?")
_TRAILING_BEHIND: Final = re.compile("(?:以上|以内|左右|等)$")
_CHANGE: Final = re.compile(
    "(?:进一步|明显|显著|稳步|持续|不断|大幅|逐步|有效|全面|得到|有所)*(?:提升|提高|增强|增长|缩短|下降"
    "|降低|扩大|加快|增加|完善|优化)$"
)
_EMPTY_WORDS: Final = (
    "新增|累计|建设|建成|达到|实现|完成|组织|举办|开展|增长|提高|下降|新建|总数|数量|共|每年|至少|其中|等|的"
)
_EMPTY: Final = re.compile(f"{_EMPTY_WORDS}|[^\u3400-\u9fffA-Za-z]")
# Two characters that stand in none of these words, as most names begin.
_TELLS: Final = re.compile(f"(?:(?![{_EMPTY_WORDS.replace('|', '')}])[\u3400-\u9fffA-Za-z]){{2}}")
