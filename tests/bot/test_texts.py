"""What an answer reads like: each kind of item, in the three languages, escaped, with its source last."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings

from answering.answer import (
    Aspect,
    ClarifyItem,
    ComparisonItem,
    DutiesItem,
    EventItem,
    FactItem,
    HelpItem,
    Item,
    ListItem,
    MilestoneItem,
    Missing,
    MissingItem,
    NowItem,
    PoliciesItem,
    PolicyItem,
)
from bot.texts import Markup, render, render_parts
from bot.words.splitting import length
from domain.languages import Language
from domain.policy import FactKind, Policy, Role
from tests.bot.texts_cast import HILL, HOSTILE, IMPORTED, SHELF, TODAY, all_of, answer, found, said
from tests.storage.samples import policies

SOURCE = "📎 山城市标准化行动方案 · "
D1, D2, D3, D4 = HILL.departments


def fact(fact_id: str, aspect: Aspect = Aspect.DETAIL, policy: Policy = HILL) -> FactItem:
    return FactItem(found=found(fact_id, policy), aspect=aspect)


def test_a_figure_comes_first_then_its_date_and_last_the_source() -> None:
    assert said(fact("T1", Aspect.FIGURE)) == [
        "30 项以上",
        "山城市 · 国际标准",
        "🗓 到2025年（已过去 326 天）",
        SOURCE + "一（二）",
    ]


def test_a_figure_in_traditional_characters() -> None:
    assert said(fact("T1", Aspect.FIGURE), language="zh-Hant") == [
        "30 項以上",
        "山城市 · 國際標準",
        "🗓 到2025年（已過去 326 天）",
        "📎 山城市標準化行動方案 · 一（二）",
    ]


def test_a_figure_in_english() -> None:
    assert said(fact("T2", Aspect.FIGURE), language="en") == [
        "Target: at most 15 months",
        "Hill City · drafting time",
        "🗓 By 31 December 2026 (39 days left)",
        "📎 Hill City Standardisation Plan · 一（二）",
    ]


def test_a_figure_without_a_date_says_so() -> None:
    assert "🗓 文件没有写明期限。" in said(fact("T3", Aspect.FIGURE))


def test_a_deadline_says_how_exactly_it_was_stated() -> None:
    lines = said(fact("T1", Aspect.DEADLINE))
    assert lines[:3] == [
        "到2025年（已过去 326 天）",
        "文件只写到这里，天数按2025年12月31日计算。",
        "山城市 · 国际标准：30 项以上",
    ]
    exact = said(fact("T2", Aspect.DEADLINE), today=date(2026, 12, 31))
    assert exact[:2] == ["2026年12月31日前（今天是最后一天）", "山城市 · 制定周期：15 个月以内"]


def test_progress_of_a_target_is_not_its_figure() -> None:
    assert not re.search("30", "".join(said(fact("T1", Aspect.PROGRESS))))


def test_a_measure_names_its_group_and_who_answers_for_it() -> None:
    assert said(fact("M1")) == [
        "1. 建设标准云",
        "山城市 · （一）夯实基础",
        "把标准放到一处。",
        "👥 市科技局牵头",
        "👥 市财政局等配合",
        SOURCE + "二（一）1",
    ]


def test_each_role_has_its_own_words() -> None:
    assert said(fact("M2", Aspect.WHO))[0] == "由市科技局负责"
    assert said(fact("M4", Aspect.WHO))[:3] == [
        "市科技局、市财政局按职责分工负责",
        "各部门按职责分工负责（未逐一点名）",
        "由各镇街落实",
    ]
    assert said(fact("M1", Aspect.WHO), language="en")[:2] == [
        "In the lead: Science Bureau",
        "Co-operating: Finance Bureau and others",
    ]


def test_a_measure_without_departments_says_that_none_is_named() -> None:
    assert said(fact("M3", Aspect.WHO))[0] == "文件没有写明由哪个部门负责。"


def test_a_department_asked_for_is_confirmed_with_its_role_or_not_named() -> None:
    yes = FactItem(found=found("M1"), aspect=Aspect.WHO, asked=D2)
    assert said(yes)[0] == "是，市财政局在内（配合）"
    no = FactItem(found=found("M1"), aspect=Aspect.WHO, asked=D3)
    assert said(no)[:2] == ["这条举措没有点名各部门。", "原文名单以“等”结尾，可能还有其他部门。"]
    assert said(no, language="en")[0] == "Not named for this measure: all departments"


def test_a_list_has_its_total_and_says_a_common_date_once() -> None:
    targets = all_of(HILL, FactKind.TARGET)
    lines = said(ListItem(kind=FactKind.TARGET, policy=HILL, found=targets))
    assert lines[:4] == [
        "3 项定量指标 · 山城市",
        "1. 国际标准：30 项以上（2025年）",
        "2. 制定周期：15 个月以内（2026年12月31日）",
        "3. 培养专家：4000 名",
    ]
    assert lines[-1] == SOURCE + "一（二）、二（一）1"
    one = said(ListItem(kind=FactKind.TARGET, policy=HILL, found=targets[:1]))
    assert one[1:3] == ["🗓 到2025年（已过去 326 天）", "1. 国际标准：30 项以上"]


def test_goals_listed_with_targets_are_counted_apart() -> None:
    both = all_of(HILL, FactKind.TARGET) + all_of(HILL, FactKind.GOAL)
    lines = said(ListItem(kind=FactKind.TARGET, policy=HILL, found=both), language="en")
    assert lines[0] == "3 numeric targets, 1 qualitative goal · Hill City"


def test_a_list_across_policies_stands_under_their_places() -> None:
    several = all_of(HILL, FactKind.TARGET)[:1] + all_of(IMPORTED, FactKind.TARGET)
    lines = said(ListItem(kind=FactKind.TARGET, policy=None, found=several, heading="标准"))
    assert lines[:5] == [
        "2 项定量指标 · 标准",
        "山城市",
        "1. 国际标准：30 项以上（2025年）",
        "湖港",
        "1. 标准投入：约 2.5 亿元（2027年6月）",
    ]


def test_a_long_list_is_bounded_and_says_how_many_more() -> None:
    many = all_of(HILL, FactKind.DEPARTMENT) * 10
    lines = said(ListItem(kind=FactKind.DEPARTMENT, policy=HILL, found=many))
    assert lines[0].startswith("40 个责任单位")
    assert "……还有 10 条" in lines


def test_measures_whose_numbers_repeat_are_listed_by_clause() -> None:
    twice = all_of(HILL, FactKind.MEASURE)[:1] * 2
    assert "二（一）1 建设标准云" in said(ListItem(kind=FactKind.MEASURE, policy=HILL, found=twice))


def test_an_empty_list_says_that_there_is_none() -> None:
    assert said(ListItem(kind=FactKind.SAFEGUARD, policy=IMPORTED, found=())) == [
        "《湖州港标准化意见》里没有保障措施。"
    ]


def test_duties_are_counted_and_unusual_parts_are_marked() -> None:
    measures = tuple(HILL.measures[index] for index in (0, 1, 3))
    lines = said(DutiesItem(policy=HILL, department=D1, measures=measures))
    assert lines[0] == "3 条举措 · 市科技局"
    assert lines[1] == "山城市 · 牵头"
    assert lines[3] == "2. 培养人才（单独负责）"


def test_the_stage_now_is_named_with_the_days_it_has_left() -> None:
    now = NowItem(policy=HILL, current=HILL.stages[1], upcoming=None)
    assert said(now)[:3] == [
        "正处于推进阶段（2025年—2026年）",
        "山城市 · 正在进行（还有 39 天）",
        "🚩 中期评估：2025年第三季度末前（已过去 418 天）",
    ]
    before = NowItem(policy=HILL, current=None, upcoming=HILL.stages[0])
    assert said(before, today=date(2023, 12, 30))[2] == "接下来：启动阶段（2024年） · 2 天后开始"
    after = NowItem(policy=HILL, current=None, upcoming=None)
    assert said(after, today=date(2027, 1, 1), language="en")[:2] == [
        "All stages are over.",
        "Hill City · the last: Main stage (2025–2026), 1 day ago",
    ]


def test_a_milestone_names_its_stage() -> None:
    stage = HILL.stages[1]
    item = MilestoneItem(policy=HILL, stage=stage, milestone=stage.milestones[0])
    assert said(item, language="en")[:2] == [
        "Mid-term evaluation: by the end of Q3 2025 (418 days ago)",
        "Hill City · Main stage (2025–2026)",
    ]


@pytest.mark.parametrize(
    ("today", "language", "line"),
    [
        (date(2026, 11, 22), "zh-Hans", "2027年10月14日星期四，还有 326 天"),
        (date(2026, 10, 14), "zh-Hans", "2026年10月14日星期三，就是今天"),
        (date(2026, 10, 13), "en", "Wednesday, 14 October 2026, in 1 day"),
    ],
)
def test_an_occasion_is_told_with_its_weekday(today: date, language: str, line: str) -> None:
    first, last = HILL.events[0].yearly.next_from(today)
    item = EventItem(policy=HILL, event=HILL.events[0], first=first, last=last)
    assert said(item, language=language, today=today)[0] == line


def test_a_month_long_occasion_is_told_as_a_month() -> None:
    today = date(2026, 9, 28)
    first, last = HILL.events[1].yearly.next_from(today)
    item = EventItem(policy=HILL, event=HILL.events[1], first=first, last=last)
    assert said(item, today=today)[:2] == ["2026年9月，正在进行，还有 2 天", "质量月 · 每年9月"]
    assert said(item, today=today, language="en")[0] == "September 2026, now on, 2 days left"


def test_a_comparison_has_a_line_for_each_policy_also_for_one_without() -> None:
    lines = said(ComparisonItem(subject="国际标准", rows=((HILL, HILL.targets[0]), (IMPORTED, None))))
    assert lines[:4] == [
        "国际标准",
        "• 山城市：30 项以上（到2025年）",
        "   国际标准",
        "• 湖港：没有这项定量指标",
    ]


def test_an_overview_counts_what_is_held_and_says_what_is_not_stated() -> None:
    lines = said(PolicyItem(policy=HILL, aspect=Aspect.OVERVIEW))
    assert lines[1:5] == [
        "三年建成标准体系。",
        "地区：山城市",
        "发布单位：山城市人民政府",
        "发布时间：2024年3月5日",
    ]
    assert "内容：3 项定量指标、1 项定性目标、4 条举措、2 个阶段、2 个责任单位、1 项保障措施" in lines
    assert "Issued by: not stated in the text" in said(
        PolicyItem(policy=IMPORTED, aspect=Aspect.OVERVIEW), language="en"
    )


def test_the_issuer_is_cited_where_it_stands_and_the_overview_is_not() -> None:
    assert said(PolicyItem(policy=HILL, aspect=Aspect.ISSUER))[-1] == SOURCE + "落款"
    assert said(PolicyItem(policy=HILL, aspect=Aspect.ISSUED))[0] == "2024年3月5日"
    assert said(PolicyItem(policy=HILL, aspect=Aspect.OVERVIEW))[-1] == SOURCE.removesuffix(" · ")


def test_the_policies_held_are_listed_without_a_source() -> None:
    assert said(PoliciesItem(policies=(HILL, IMPORTED)), language="en") == [
        "2 policies",
        "1. Hill City Standardisation Plan (2024–2026)",
        "2. 湖州港标准化意见",
    ]


def test_what_is_missing_is_said_and_the_nearest_named_without_figures() -> None:
    item = MissingItem(reason=Missing.TARGET, subject="团体标准", policy=HILL, nearest=(found("T1"),))
    assert said(item) == [
        "《山城市标准化行动方案》里没有“团体标准”的定量指标。",
        "最接近的是：",
        "• 山城市 · 国际标准",
    ]


def test_a_measure_without_departments_is_missing_with_its_source() -> None:
    lines = said(MissingItem(reason=Missing.DEPARTMENT, found=found("M3"), policy=HILL))
    assert lines == ["《山城市标准化行动方案》没有写明“3. 加强宣传”的责任单位。", SOURCE + "二（一）3"]


def test_a_stage_that_is_not_there_is_answered_with_those_that_are() -> None:
    four = MissingItem(reason=Missing.STAGE, subject="4", policy=HILL)
    assert said(four) == ["《山城市标准化行动方案》里没有第 4 阶段，只有启动阶段、推进阶段。"]
    none = MissingItem(reason=Missing.STAGE, subject="4", policy=IMPORTED)
    assert said(none) == ["《湖州港标准化意见》没有划分阶段。"]


def test_progress_nobody_reported_is_not_made_up() -> None:
    item = MissingItem(reason=Missing.PROGRESS, found=found("T1"), policy=HILL)
    assert said(item, language="en")[:2] == [
        "Nobody has reported any progress on “international standards”.",
        "A policy holds targets, not how far they have come.",
    ]


def test_a_very_long_subject_is_cut() -> None:
    item = MissingItem(reason=Missing.TOPIC, subject="啊" * 900)
    assert len(said(item)[0]) < 100


def test_asking_back_names_the_choices() -> None:
    choices = (found("T1").reference(), found("T1", IMPORTED).reference())
    lines = said(ClarifyItem(by_policy=True, subject="标准"), choices=choices)
    assert lines == [
        "好几份政策都提到“标准”，您问的是哪一份？",
        "• 山城市 · 国际标准",
        "• 湖港 · 标准投入",
    ]


def test_help_gives_samples_in_the_language() -> None:
    lines = said(HelpItem(), language="zh-Hant")
    assert "• 山城市的國際標準目標是多少？" in lines
    assert "• 下一個世界標準日是哪天？" in lines


def test_a_slip_that_was_read_otherwise_is_owned_up_to() -> None:
    assert said(HelpItem(), read_as=(("淅江", "浙江"),))[0] == "按“浙江”理解“淅江”"


def test_an_imported_policy_reads_well_without_english_names() -> None:
    lines = said(fact("T1", Aspect.DETAIL, IMPORTED), language="en", markup=Markup.HTML)
    assert lines[0] == "Target: <b>about 2.5 亿元</b>"
    assert "<blockquote expandable>到2027年，标准投入达2.50亿元左右。</blockquote>" in lines


def test_several_sources_of_one_policy_share_a_line_and_are_bounded() -> None:
    lines = said(ListItem(kind=FactKind.MEASURE, policy=HILL, found=all_of(HILL, FactKind.MEASURE)))
    assert lines[-1] == SOURCE + "二（一）1、二（一）2、二（一）3、二（一）4"


LANGUAGES = tuple(Language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_aspect_of_every_fact_has_words(language: Language) -> None:
    for (_, one), aspect in product(HILL.facts(), Aspect):
        assert said(fact(one.id, aspect), language=language)[-1].startswith("📎"), (one.id, aspect)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_with_and_without_a_subject(language: Language) -> None:
    for reason, subject, policy in product(Missing, ("", "碳达峰"), (None, HILL, IMPORTED)):
        item = MissingItem(reason=reason, subject=subject, policy=policy, kind=FactKind.BASIS)
        assert len(said(item, language=language)[0]) > 5, reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_has_words(language: Language) -> None:
    assert {charge.role for measure in HILL.measures for charge in measure.charges} == set(Role)
    for measure in HILL.measures:
        item = FactItem(found=found(measure.id), aspect=Aspect.WHO, asked=D1)
        assert said(item, language=language)


def test_nothing_chinese_of_ours_is_left_in_an_english_answer() -> None:
    for item in everything(HILL):
        body = [line for line in said(item, language="en") if not line.startswith("📎")]
        # Clauses and document numbers stay as printed, a subject or topic as it came.
        words = re.sub("[一二三四]?（[一二三四]）|国办函〔2020〕1号|国际标准", "", "".join(body))
        words = words.replace(HILL.title.zh, "")
        assert not re.search("[\u4e00-\u9fff]", words), words


class Reader(HTMLParser):
    """Reads Telegram's HTML strictly: known tags, each closed in its turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only what the texts write."""
        assert (tag, attrs) in (("b", []), ("i", []), ("blockquote", [("expandable", None)]))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """In its turn."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """What a person sees."""
        self.text += data


def read(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader.text


def everything(policy: Policy) -> Iterator[Item]:
    """An item of every type about the policy."""
    for kind in FactKind:
        facts = all_of(policy, kind)
        yield ListItem(kind=kind, policy=policy, found=facts)
        yield ListItem(kind=kind, policy=None, found=facts, heading=policy.title.zh)
        for one, aspect in product(facts, (Aspect.DETAIL, Aspect.DEADLINE, Aspect.WHO)):
            asked = policy.departments[0] if policy.departments else None
            yield FactItem(found=one, aspect=aspect, asked=asked)
    for department in policy.departments:
        yield DutiesItem(policy=policy, department=department, measures=policy.measures)
    for stage in (None, *policy.stages):
        yield NowItem(policy=policy, current=stage, upcoming=None)
        yield NowItem(policy=policy, current=None, upcoming=stage)
        for milestone in stage.milestones if stage else ():
            yield MilestoneItem(policy=policy, stage=stage, milestone=milestone) if stage else HelpItem()
    for event in policy.events:
        first, last = event.yearly.next_from(TODAY)
        yield EventItem(policy=policy, event=event, first=first, last=last)
    for target in (None, *policy.targets):
        yield ComparisonItem(subject="国际标准", rows=((policy, target),))
    for aspect in Aspect:
        yield PolicyItem(policy=policy, aspect=aspect)
    for reason in Missing:
        yield MissingItem(reason=reason, subject=policy.title.zh, policy=policy)
    yield PoliciesItem(policies=(policy,))
    yield ClarifyItem(by_policy=False, subject=policy.title.zh, policy=policy)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_are_escaped_everywhere_and_both_markups_say_the_same(language: Language) -> None:
    slip = (HOSTILE.title.zh, HOSTILE.title.zh)
    for item in everything(HOSTILE):
        one = answer(item, language=language, read_as=(slip,))
        plain = render(one, SHELF, markup=Markup.PLAIN)
        assert read(render(one, SHELF)) == plain
        assert not re.search("[\x00-\x09\x0b-\x1f\ue000-\uf8ff]", plain)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policy=policies)
def test_any_policy_can_be_told_in_any_language(policy: Policy) -> None:
    for item, language in product(everything(policy), LANGUAGES):
        one = answer(item, language=language)
        assert read(render(one, SHELF)) == render(one, SHELF, markup=Markup.PLAIN)


def test_a_long_answer_comes_in_parts_that_lose_no_line() -> None:
    everyone = ListItem(kind=FactKind.MEASURE, policy=HILL, found=all_of(HILL, FactKind.MEASURE) * 8)
    one = answer(everyone, everyone)
    parts = render_parts(one, SHELF, limit=200)
    assert len(parts) > 2
    assert all(length(part) <= 200 for part in parts)
    whole = unescape(render(one, SHELF, markup=Markup.PLAIN)).split()
    assert " ".join(read(part) for part in parts).split() == whole
