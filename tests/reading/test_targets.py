"""Each look of a target, in clauses of our own."""

from decimal import Decimal

import pytest

from reading.policy import read_policy
from reading.result import Reading, ReadTarget
from tests.reading.scoring import document_of

PLAN = "某市标准化工作实施方案\n一、工作目标\n{}\n二、主要任务\n（一）加强领域标准研制。开展研制工作。{}\n"


def read(goals: str, task: str = "") -> Reading:
    return read_policy(document_of(PLAN.format(goals, task)))


def only(goals: str) -> ReadTarget:
    (target,) = read(goals).targets
    return target


@pytest.mark.parametrize(
    ("clause", "comparator", "value", "unit"),
    [
        ("建成示范园区20个以上", ">=", "20", "个"),
        ("地方标准不少于45项", ">=", "45", "项"),
        ("至少培育3家龙头企业", ">=", "3", "家"),
        ("标准覆盖率达到60%", ">=", "60", "%"),
        ("自我声明公开标准超过2万项", ">", "20000", "项"),
        ("注册企业突破500家", ">", "500", "家"),
        ("平均审批时间缩短至15个工作日以内", "<=", "15", "个工作日"),
        ("投诉率控制在百分之二", "<=", "2", "%"),
        ("不合格率不高于3.5%", "<=", "3.5", "%"),
        ("差错率低于1‰", "<", "1", "‰"),
        ("培训人员1000人次左右", "~", "1000", "人次"),
        ("建成实验室约12个", "~", "12", "个"),
        ("发布团体标准100余项", ">", "100", "项"),
        ("新建标准馆8座", "=", "8", "座"),
        ("服务业产值达到1.2亿元", ">=", "1.2", "亿元"),
        ("建成三个国家级创新基地", "=", "3", "个"),
        ("合格率不低于九成五", ">=", "95", "%"),
        ("试点数量实现翻两番", "=", "2", "番"),
        ("自主国际标准实现零的突破", ">", "0", "项"),
        ("采标比例达到6:4", ">=", "6", ":4"),
        ("综合水平进入全国前10位", "<=", "10", "位"),
        ("达标企业占比超过三分之二", ">", "2", "/3"),
        ("标准化发展指数达到90以上", ">=", "90", ""),
    ],
)
def test_the_comparator_value_and_unit_are_read(clause: str, comparator: str, value: str, unit: str) -> None:
    target = only(f"到2025年，{clause}。")
    assert (target.comparator, target.value, target.unit) == (comparator, Decimal(value), unit)
    assert str(target.due) == "2025"


def test_a_range_has_two_ends() -> None:
    target = only("到2025年，新建联盟10—15个。")
    assert (target.comparator, target.value, target.value_max) == ("range", Decimal(10), Decimal(15))


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("到2025年，", "2025"),
        ("2025年底前，", "2025"),
        ("2025年6月底前，", "2025-06"),
        ("力争到2025年年底，", "2025"),
        ("到“十四五”末，", "2025"),
        ("“十五五”期间，", "2030"),
        ("2025年第三季度，", "2025-Q3"),
        ("到2025年上半年，", "2025-06"),
        ("到2025年6月15日，", "2025-06-15"),
        ("至二〇三〇年，", "2030"),
    ],
)
def test_a_date_keeps_its_precision(words: str, due: str) -> None:
    assert str(only(f"{words}新增国家标准30项。").due) == due


def test_a_leading_date_governs_the_paragraphs_and_bullets_below_it() -> None:
    reading = read("到2026年，标准体系更加完善。\n——供给更足。新增标准30项。\n——机构更强。机构达到9家。")
    assert [str(one.due) for one in reading.targets] == ["2026", "2026"]


def test_several_dates_in_one_paragraph_govern_what_follows_each() -> None:
    reading = read("到2024年，新增标准30项，机构达到5家；到2027年，标准达到90项，机构达到9家。")
    assert [str(one.due) for one in reading.targets] == ["2024", "2024", "2027", "2027"]


def test_dates_and_figures_are_dealt_out_in_turn() -> None:
    reading = read("到2024年、2026年，示范点分别达到20个和35个以上。")
    assert [(str(one.due), int(one.value), one.metric) for one in reading.targets] == [
        ("2024", 20, "示范点"),
        ("2026", 35, "示范点"),
    ]
    assert {one.comparator for one in reading.targets} == {">="}


def test_metrics_and_figures_are_dealt_out_in_turn() -> None:
    reading = read("到2025年，国际标准、国家标准和行业标准分别达到10项、30项和50项。")
    assert [(one.metric, int(one.value)) for one in reading.targets] == [
        ("国际标准", 10),
        ("国家标准", 30),
        ("行业标准", 50),
    ]


def test_a_figure_for_each_of_a_list_is_a_target_for_each() -> None:
    reading = read("到2025年，制定行业标准、地方标准各20项。")
    assert [(one.metric, int(one.value)) for one in reading.targets] == [
        ("制定行业标准", 20),
        ("制定地方标准", 20),
    ]


def test_what_a_change_sets_out_from_is_no_target() -> None:
    target = only("到2025年，检验机构由6家增至10家。")
    assert (target.metric, int(target.value)) == ("检验机构", 10)
    target = only("到2025年，采标率从2020年的30%提高到50%以上。")
    assert (target.metric, int(target.value), str(target.comparator)) == ("采标率", 50, ">=")


def test_the_year_compared_with_is_no_date_and_the_change_stays_in_the_metric() -> None:
    target = only("到2025年，标准数量比2020年增长40%。")
    assert (str(target.due), target.metric) == ("2025", "标准数量比2020年增长")


def test_a_yearly_rate_says_so() -> None:
    assert only("到2025年，服务收入年均增长8%。").per == "year"
    assert read("", "每年新增试点5个以上。").targets[0].per == "year"


def test_a_part_names_the_whole_it_is_of() -> None:
    reading = read("到2025年，新增试点50个，其中国家级5个以上、省级10个。")
    assert [one.metric for one in reading.targets] == ["新增试点", "新增试点（国家级）", "新增试点（省级）"]


def test_a_later_member_of_a_list_takes_the_verbs_of_the_first() -> None:
    reading = read("到2025年，主导制定国际标准10项以上、国家标准20项以上。")
    assert [one.metric for one in reading.targets] == ["主导制定国际标准", "主导制定国家标准"]


def test_a_bare_number_in_a_row_of_at_leasts_has_no_comparator() -> None:
    reading = read("到2025年，建成基地3个以上，培育领军企业50家，制定标准9项以上。")
    assert [one.comparator for one in reading.targets] == [">=", "=", ">="]


def test_the_noun_may_stand_behind_its_figure() -> None:
    assert only("到2025年，培养100名标准化专家。").metric == "标准化专家"


def test_a_task_holds_targets_too_and_its_time_is_theirs() -> None:
    (target,) = read("", "建设示范点12个。（责任单位：市科技局；完成时限：2024年6月底）").targets
    assert (int(target.value), str(target.due)) == (12, "2024-06")


@pytest.mark.parametrize(
    "clause",
    [
        "截至2020年底，全市累计制定地方标准120项",
        "全市现有试点示范项目87个",
        "已建成国家级基地5个",
        "上年新增机构9家，同比增长12%",
        "“十三五”以来，先后承担项目64个",
        "落实五项任务、18条举措",
        "实施“三步走”战略和“十百千”工程",
        "对接“中国制造2025”",
        "根据某政发〔2014〕35号文件要求",
        "采用ISO37000系列标准，推广4K技术和5G应用",
        "推进一、二、三产业融合",
        "围绕20条重点产业链开展研究",
        "对牵头单位给予50万元奖励",
        "联系电话：010-8290000",
        "本方案有效期5年",
        "坚持两个毫不动摇，抓好三个环节",
        "聚焦7大重点领域",
    ],
)
def test_what_only_looks_like_a_target_is_none(clause: str) -> None:
    assert read(f"{clause}。").targets == ()
    assert read("到2030年，工作更上台阶。", f"{clause}。").targets == ()


def test_a_section_on_the_past_holds_no_targets() -> None:
    text = (
        "某市标准化发展规划\n一、发展基础\n制定地方标准60项，建成基地5个。\n二、主要任务\n"
        "（一）夯实基础。开展研究。\n"
    )
    assert read_policy(document_of(text)).targets == ()


def test_a_date_before_the_policy_itself_tells_of_the_past() -> None:
    text = (
        "某市2024年标准化工作要点\n一、工作目标\n2022年，新增标准30项。2024年，新增标准50项。\n"
        "二、重点工作\n1.抓落实。\n"
    )
    assert [one.value for one in read_policy(document_of(text)).targets] == [50]


def test_goals_without_figures_keep_their_date() -> None:
    reading = read("到2030年，标准化格局全面形成，管理体制更加健全。")
    assert [(one.statement, str(one.due)) for one in reading.goals] == [
        ("标准化格局全面形成，管理体制更加健全", "2030")
    ]


def test_a_quotation_is_the_clause_of_its_figure() -> None:
    quotation = only("到2025年，建成示范园区20个以上，体系更加完善。").quotation
    assert quotation.text == "建成示范园区20个以上"


def test_figures_that_do_not_match_their_list_are_shown_as_unread() -> None:
    reading = read("到2025年，国际标准、国家标准和行业标准分别达到10项和30项。")
    assert reading.targets == ()
    assert {one.reason for one in reading.unread} == {"“分别”前后的项数对不上"}


def test_a_figure_left_blank_is_shown_as_unread() -> None:
    reading = read("到2025年，新增标准XX项，建成基地3个。")
    assert [one.value for one in reading.targets] == [3]
    assert [one.quotation.text for one in reading.unread] == ["新增标准XX项"]


@pytest.mark.parametrize("damage", ["\ufffd\ufffd", "?;?", "锟斤拷"])
def test_damaged_characters_are_shown_as_unread(damage: str) -> None:
    reading = read(f"到2025年，规{damage}水平提高，建成基地3个。")
    assert [one.value for one in reading.targets] == [3]
    assert [damage in one.quotation.text for one in reading.unread] == [True]
