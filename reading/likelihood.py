"""Whether a figure is a target: not a past statistic, not a count of tasks, not a name, not a reward."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.policy import Comparator
from reading.due import is_past

if TYPE_CHECKING:
    from domain.timeline import Deadline
    from reading.clauses import Clause


def tells_past(
    clause: Clause, text: str, due: Deadline | None, since: int | None, *, planned: bool = False
) -> bool:
    """Whether the sentence tells what was reached: 截至2020年底，全市累计…; 现有…; …，同比增长23%.

    In a `planned` task a comparison with the year before is one of what shall be.
    """
    if due and is_past(due, since):
        return True
    compared = not planned and _COMPARED_WITH_PAST.search(text)
    if compared and not _AHEAD.search(text) and not _DEMANDS.search(text):
        return True
    told = _REACHED.search(text, 0, clause.end)
    if told and _THIS_YEAR.search(text, max(0, told.start() - 4), told.start()):
        return False  # 年内新获批试点8个
    if told and due and since and due.day.year >= since + (told[0] in _UP_TO) and told[0][:2] in _REACHING:
        return False  # 截至2026年年底, “十五五”期间累计, of a text of 2025
    return bool(
        told and not _AHEAD.search(text, told.end(), clause.end) and not _WISH.search(text, 0, clause.end)
    )


def told_until(text: str, due: Deadline | None, since: int | None) -> int | None:
    """The first year that a sentence does not report on: 2025 of 截至2024年底, 2024 of 截至2024年6月."""
    if due is None or not any(word in text for word in _UP_TO):
        return since
    return max(since or 0, due.day.year + (due.day.month == _DECEMBER))


class Place(NamedTuple):
    """Where a figure stands.

    Among `goals`; `aside`, in safeguards and stages, which tell of the means; `listed` behind another target.
    `strict` asks of every figure what a text that is no policy seldom has: a date ahead and a comparator.
    `unit` is that of the target before, where it is of the same sentence.
    """

    goals: bool
    aside: bool
    strict: bool
    listed: bool
    unit: str | None


def is_target(clause: Clause, text: str, due: Deadline | None, place: Place) -> bool:
    """Whether the figure shall be reached. In a section of goals every one is that nothing speaks against."""
    if _is_no_indicator(clause, text, aside=place.aside):
        return False
    if not place.strict and clause.figure.spoken and clause.figure.value == 0:
        return True  # 重大事故为零
    if not place.strict and clause.figure.unit in _TIMES and _comes_again(clause):
        said = text[clause.start : clause.end] + clause.subject
        return not place.aside and bool(_ACTIVITY.search(said))
    return _counts(clause, text, due, place)


def _comes_again(clause: Clause) -> bool:
    """每季度监测一次, 每两年举办一届论坛."""
    figure = clause.figure
    seldom = figure.value <= _OFTEN_AT_MOST and clause.comparator in _BARE
    return seldom and bool(_OFTEN.search(clause.before))


def _counts(clause: Clause, text: str, due: Deadline | None, place: Place) -> bool:
    figure, goals = clause.figure, place.goals
    exact = clause.comparator in _BARE
    if place.strict:
        return due is not None and (not exact or bool(_STRIVES.search(clause.before)))
    if figure.unit == "" and exact and not _REACHES.search(_ahead_of(clause, text)):
        return False
    if figure.unit in {"番", ""} or figure.unit.startswith((":", "/")):
        return bool(due or not exact or _REACHES.search(_ahead_of(clause, text)))
    if figure.unit == "" and exact and clause.after[:1].isalpha():
        return False  # 80岁以上老人
    if figure.unit == "倍" and _GROWS.search(_ahead_of(clause, text)):
        return goals or due is not None  # 增加一倍
    if figure.spoken and exact:
        return _spoken_counts(clause, text, goals=goals and due is not None)
    if goals and due:
        return True
    if not exact:
        said = text[clause.start : clause.end] + clause.subject
        return (
            goals
            or due is not None
            or bool(_VERB.search(said) or _RATE.search(clause.before))
            or _ends_in_count(clause)
        )
    if figure.unit == "%" and (due or figure.value == _ALL or (goals and _RATE.search(clause.before))):
        return True  # 规模以上企业100%公开
    if figure.unit in _LOOSE_UNITS or (text[figure.start - 1] == "(" and not clause.within):
        # 推进国家级试点（3个）建设 tells how many there are; 开发精品课程20门 counts, 提升1级 does not.
        return figure.unit in _MADE and _makes(clause)
    if _counts_by_place(clause, text, place):
        return True
    return _strives(clause, text) or _ends_in_count(clause, listed=place.listed)


def _is_no_indicator(clause: Clause, text: str, *, aside: bool) -> bool:
    figure = clause.figure
    exactly = clause.comparator in _BARE
    before = _ahead_of(clause, text)
    if figure.unit in _SPANS_OF_TIME and (
        before.endswith("满") or not (_TERM.search(before) or _LONGER.search(before))
    ):
        return True  # 3年内, 公示7个工作日; 成立时间应满3年
    if "条件" in before and _CONDITIONS.search(before):
        return True  # 应当符合下列条件：专职人员5人以上
    if (figure.unit == "" and _CONTACT.search(before)) or (figure.unit == "分" and _MARKS.search(before)):
        return True
    if exactly and _COUNTED.match(text, figure.end):
        return True
    if clause.comparator is Comparator.AT_MOST and _FUNDING.search(before):
        return True  # 专项资金每年支持项目不超过30个
    if figure.unit in {"次", "场"} and _is_own_meeting(clause):
        return True  # 每年召开两次联席会议
    if ("报" in clause.before and _FILED.search(clause.before)) or (
        figure.unit == "%" and _SUBSIDY.search(before)
    ):
        return True  # 每年报送案例2篇, 补助比例不超过40%
    if before.endswith(_SHORT):
        return True  # 人才总量不足200人 tells what is lacking
    if aside and "元" in figure.unit and _SETS_ASIDE.search(clause.before):
        return True  # 设立2000万元专项资金
    if "元" in figure.unit and _REWARD.search(
        before[-24:] + text[figure.end : figure.end + 6].partition(",")[0]
    ):
        return aside or not _is_budget(clause, text)
    if exactly and _is_whole_place(clause, before, text):
        return True
    return bool(
        clause.comparator in _BARE_OR_MORE
        and _MERELY.search(before, max(0, len(before) - 10))
        and not _PICKS.search(before)
    )


def _is_own_meeting(clause: Clause) -> bool:
    """每年召开两次联席会议; not what is held for others, 承办国际会议2场."""
    said = clause.before + clause.after[:8]
    return bool(_TALKS.search(said)) and not _HOSTS.search(clause.before)


def _is_whole_place(clause: Clause, before: str, text: str) -> bool:
    """全市12个县; 12个社区公示栏实现全覆盖: the number says of what."""
    figure = clause.figure
    if figure.unit == "个" and _WHOLE_PLACE.fullmatch(before[-2:]) and _PLACES.match(text, figure.end):
        return True
    return not clause.before.strip("实现全我本市省县区镇乡街道") and bool(_ALL_COVERED.search(clause.after))


def _counts_by_place(clause: Clause, text: str, place: Place) -> bool:
    """Beside what no verb needs to stand."""
    if place.listed and (clause.continues or (clause.due and not clause.before)):
        return True  # 至少打造1个政务大厅、5个便民驿站; 选树标杆20个（2024年8个，2025年12个）
    if clause.figure.unit == place.unit and len(clause.before) <= _ONE_VERB and len(clause.after) > 1:
        return True  # 支持300名领军人才赴境外培训，1000名技术人员参加业务培训
    if place.goals and not clause.before and text[clause.start - 1] == ":" and clause.figure.unit:
        return True  # 制定国际标准：5项
    return clause.before.endswith("在") and bool(_PILOTS.search(clause.after))  # 在80家企业先行试点


def _makes(clause: Clause) -> bool:
    return not clause.figure.spoken and bool(_STRIVES.search(clause.before)) and _ends_in_count(clause)


def _is_budget(clause: Clause, text: str) -> bool:
    """What is set aside as a whole, 每年安排专项资金3000万元, not what one receives, 每项给予50万元."""
    ahead = text[: clause.figure.start].rpartition(";")[2]
    return bool(_SETS_ASIDE.search(clause.before)) and not _GRANTS.search(ahead)


def _ahead_of(clause: Clause, text: str) -> str:
    """The words before the figure, as far as one looks back for a verb."""
    return text[max(0, clause.figure.start - 40) : clause.figure.start]


def _strives(clause: Clause, text: str) -> bool:
    """A verb of doing before the figure: 制定标准20项, 推动600家企业."""
    return bool(_STRIVES.search(clause.before) or _REACHES.search(_ahead_of(clause, text)[-10:])) or bool(
        clause.continues and _STRIVES.search(clause.head)
    )


def _ends_in_count(clause: Clause, *, listed: bool = False) -> bool:
    """What is to be done, how often as its last word: 互派标准化专家300人次; shorter in a list, 床位500张."""
    return (
        not _OTHER_UNIT.sub("", clause.after).strip(" )、")
        and len(clause.before) >= (2 if listed else 4)
        and clause.figure.unit not in {"", "%"}
    )


def _spoken_counts(clause: Clause, text: str, *, goals: bool) -> bool:
    """Chinese numerals count things that shall come to be; 一个, 一批 and 两个方面 do not."""
    if clause.figure.value < 2 or clause.figure.unit in _LOOSE_UNITS or clause.after.startswith("“"):
        return False
    if clause.figure.unit == "%":
        return bool(_REACHES.search(_ahead_of(clause, text)[-8:])) or goals
    if goals and _REACHES.search(_ahead_of(clause, text)[-8:]):
        return True  # 扩充到一百二十家
    does = bool(_STRIVES.search(clause.before))
    return does and (goals or clause.due is not None or _ends_in_count(clause))


# Said of what was reached. Each way starts with a character of its own, so that a search passes others by.
_REACHED: Final = re.compile(
    "截[至止]|近(?:年来?|[一二两三四五十几0-9]{1,2}年)(?!内)|多年来|历年|已经?(?!于)|现有(?<![由从托用合在对以于]现有)|现已|现共|共有|共计|目前(?<![由从]目前)|当前|以来|先后|新获批|荣获"
    "|曾|去年(?<![较比]去年)|上年(?<![较比以]上年)|前三季度|前[一二三1-9]季度"
    "|全[省市县区国]共|累计共|共(?:建成|制定|创建|完成|承担|发布|开展|培育|培训|参与|主导|组织)"
    "|期间,?(?:全[省市县区]|我[省市县区])?(?:累计|共|先后|主导)"
)
_COMPARED_WITH_PAST: Final = re.compile(
    "同比|环比|较[上去]年|比[上去]年|上年同期|较同期|全国第[0-9一二三四五六七八九十]"
)
_AHEAD: Final = re.compile(
    "到“?(?:20[2-9][0-9]|二〇|十)|“十[一二三四五六]五”末|力争|确保|争取|20[0-9]{2}年(?:[0-9]{1,2}月)?底?前|年底前|月底前"
)
_DEMANDS: Final = re.compile("不[低少]于|不[高多]于|不超过")
_REACHING: Final = frozenset({"截至", "截止", "期间"})
_UP_TO: Final = frozenset({"截至", "截止"})
_WISH: Final = re.compile("力争|确保|争取|提[高升]到|达到.{0,6}以上")

_THIS_YEAR: Final = re.compile("(?:年内|年底前|全年)[,]?$")

# Doing and reaching.
_STRIVES: Final = re.compile(
    "新增|建设|建成|建立|培育|打造|创建|创成|形成|开发(?!区)|制定|制修订|制订|修订|研制|发布|主导|参与|牵头|认定"
    "|培养|培训|引进|推动|推进|支持|引导|扶持"
    "|组[织建]|筹建|开展|举办|承办|完成|实现|遴选|评选|选树|争取|申报|申请|设立|布局|集聚|转化|推广|覆盖|改造|新建"
    "|新认定|入选|累计|达|每年|年均|编制|出台|获|选派|招引|落户|建档|收录|普及|带动|复审|清理|废止|整合"
    "|翻译|实施"
    "|部署|配备|配置|贯通|打通|选派|互派|印发|编印|收集|整理|梳理|译制|出版|解决|化解|淘汰|安装|购置|投放"
    "|治理|修复|整治|检测"
    "|帮[助扶]|指导|辅导|助力|惠及|孵化|评定|对标|验证|达成|促成|签署|储备|纳入|授权|转让|攻克|增设|开设|建立"
    "|新建|改建|扩建|录入|绘制|拍摄|征集|招募|派驻|走访|体检|确保|力争"
    "|争创|选拔|选聘|规范(?!性|化)|资助|抽检|抽查|监测|排查|招聘|招收|吸引|签约|签订|注册|推送|服务|辐射"
)
_REACHING_WORDS: Final = (
    "达到?|实现|提[高升][到至]?|增[加长]?[到至]?|上升[到至]?|扩[大充展][到至]?|缩短[到至]?|压缩[到至]?"
    "|压减[到至]?|下降[到至]?|降低[到至]?|减少[到至]?|降[到至]|稳定在|保持在|控制在"
    "|不少于|不低于|不超过|不高于|超过|突破|低于|高于|为|至少|分别|进入.*|位居.*|跻身.*|排名.*|完成"
    "|高于[^,]{2,8}平均(?:水平)?|低于[^,]{2,8}平均(?:水平)?|优于[^,]{2,8}平均(?:水平)?|超出[^,]{2,8}平均(?:水平)?"
)
_REACHES: Final = re.compile(f"(?:{_REACHING_WORDS})$")
_GROWS: Final = re.compile("(?:增[加长]|提[高升]|扩大|较.{2,12}[增翻])了?$")
_VERB: Final = re.compile(
    f"{_STRIVES.pattern}|{_REACHING_WORDS}|提高|提前|延长|扩大|增长|下降|降低|缩短|保持|控制|稳定|压缩"
)
_RATE: Final = re.compile(
    "[率度比量重龄]$|比例$|占比$|比重$|指数$|水平$|周期$|时间$|时限$|数$|额$|值$|面$|收入$|规模$|总数$"
)

_BARE: Final = frozenset({None, Comparator.EXACTLY})
_BARE_OR_MORE: Final = _BARE | {Comparator.MORE_THAN}

_MADE: Final = frozenset({"批", "门", "节", "类", "段"})

# What is counted without being an indicator.
_COUNTED: Final = re.compile(
    "在建|续建|现有|(?:具体|重点|主要|专项|重大|标志性|关键)?(?:个?方面|阶段|环节|原则|任务|举措|措施|行动|方向|维度"
    "|层次|层级|部分|要求|意见|要素|结合|转变|统一|坚持|大类|步骤|板块)"
)
_MERELY: Final = re.compile(
    "(?:围绕[^,]{0,8}|聚焦[^,]{0,8}|针对[^,]{0,8}|面向[^,]{0,8}|来自[^,]{0,8}|依托|涉及|选取|山区|包括|分为?|由|以|等|约束"
    "|共同|其他|另外|满分|总投资|基准|上述|以上各?|每|每个|不足|不满|第|前|约|近|排名后|排名末|倒数)$"
)
_PICKS: Final = re.compile(
    "(?:遴选|评选|选树|培训|培育|打造|制定|发布|建设|建成|创建|推出|布局)$"
)  # 面向全市遴选10家
_MARKS: Final = re.compile("考核|满分|分值|加分|扣分")
_OTHER_UNIT: Final = re.compile("^\\([^()0-9]{1,3}\\)?")  # 60台（套）
_CONTACT: Final = re.compile("电话|传真|热线|邮编|邮箱|联系人")
_REWARD: Final = re.compile(
    "奖励|补助|补贴|资助|罚款|给予|一次性|资金|奖金|经费|(?<!完成)(?<!资产)(?<!实际)投资(?!额?(?:达|完成|增长))|预算|额度"
    "|单个(?:项目|企业)"
)
_SETS_ASIDE: Final = re.compile("安排|投入|设立|筹集|统筹|列支|募集")
_GRANTS: Final = re.compile("奖励|补[助贴]|资助|给予|每[项个家]|最高|一次性|单个|投资")
_OFTEN: Final = re.compile("每(?:年|季|月|周|半年|[0-9一二两三四五]{1,2}(?:年|个月))")
# What comes again as a service to others, not as the office's own round of reviews, reports and meetings.
_ACTIVITY: Final = re.compile(
    "活动|培训|论坛|竞赛|大赛|[大年峰]会|研讨会|交流会|比武|演练|宣讲|宣传|宣贯|承办|讲座|沙龙|[展博]览?会|发布[^,]{0,20}(?:指南|目录|[白蓝]皮书|榜单?|案例集?|名录)|监测|巡[查检]|抽[检查]|走访|体检"
)
_TIMES: Final = frozenset("次届期场轮")
_OFTEN_AT_MOST: Final = 12
_FILED: Final = re.compile("报送|上报")
_SUBSIDY: Final = re.compile("(?:补[助贴]|奖励|资助|出资|贴息)[^,]{0,6}$")
_SHORT: Final = ("不足", "不到", "仅", "仅占", "仅有", "仅为", "只占", "只有")
_TALKS: Final = re.compile("召开|动员|会商|会议|推进会|联席会|例会|听取|汇报|报送|报告|调度|通报")
_HOSTS: Final = re.compile("承办|国际[^,]{0,8}会议")
_ALL_COVERED: Final = re.compile("(?:全覆盖|全部[^,]{0,8}|率[^,0-9]{0,6})$")
_CONDITIONS: Final = re.compile("条件(?:之一)?:")
_PILOTS: Final = re.compile("(?:试点|试行|试用|推广|示范|推开)$")
_WHOLE_PLACE: Final = re.compile("[全我][市省县区国州盟旗镇乡]")
_PLACES: Final = re.compile("(?:设区|地级|县级)?[市县区州盟旗镇乡村](?![^,]{0,4}[试示])")
_ONE_VERB: Final = 4
_ALL: Final = 100
_DECEMBER: Final = 12
_FUNDING: Final = re.compile("资金[^,]{0,8}(?:支持|扶持|资助)")
_SPANS_OF_TIME: Final = frozenset({"年", "天", "日", "周", "小时", "个工作日", "分钟", "个月", "秒"})
_TERM: Final = re.compile(
    "(?:缩短|压缩|压减|缩减|减少|控制|不超过|不高于|时间|周期|期限|时限|时长|用时|耗时|标龄|平均|限制|降)[^,]{0,8}$"
)
_LONGER: Final = re.compile("(?:提[高升前]|延长|增加)[到至]?$|天数[^,]{0,6}$")
_LOOSE_UNITS: Final = frozenset(
    {"位", "批", "度", "级", "门", "节", "点", "段", "间", "分", "类", "倍", "起", "站"}
)
