"""The outline in its many numberings, and what of a document is the policy."""

import pytest

from domain.policy import Role
from reading.policy import read_policy
from reading.result import Reading
from reading.sections import Topic, topic_of
from tests.reading.scoring import document_of


def read(text: str) -> Reading:
    return read_policy(document_of(text))


def measures(text: str) -> list[tuple[str, str, str]]:
    return [(one.clause, one.number, one.title) for one in read(text).measures]


def test_numbering_that_restarts_in_each_group_is_cited_with_its_group() -> None:
    text = (
        "某市实施方案\n一、总体要求\n做好工作。\n二、主要任务\n（一）强基础。\n1.建平台。要建好。\n2.育人才。要育好。\n"
        "（二）促应用。\n1.抓推广。要抓实。\n"
    )
    assert measures(text) == [
        ("二（一）1", "1", "建平台"),
        ("二（一）2", "2", "育人才"),
        ("二（二）1", "1", "抓推广"),
    ]
    assert [one.parent for one in read(text).measures] == ["强基础", "强基础", "促应用"]


def test_headings_of_the_first_level_are_groups_where_no_part_is_called_tasks() -> None:
    text = (
        "某市实施意见\n一、总体要求\n做好工作。\n二、推动标准提质\n（一）建平台。要建好。\n"
        "三、推动标准应用\n（二）抓推广。要抓实。\n"
    )
    assert [(one.title, one.parent) for one in read(text).measures] == [
        ("建平台", "推动标准提质"),
        ("抓推广", "推动标准应用"),
    ]


def test_chapters_and_sections_hold_measures() -> None:
    text = (
        "某市标准化规划\n第一章 总体要求\n做好工作。\n第二章 重点任务\n第一节 强基础\n"
        "一、建平台。要建好。\n二、育人才。要育好。\n"
    )
    assert [one.clause for one in read(text).measures] == ["第二章第一节一", "第二章第一节二"]


def test_decimal_numbers_hold_measures() -> None:
    text = "某市行动方案\n1 工作目标\n做好工作。\n2 主要任务\n2.1 建平台\n要建好。\n2.2 育人才\n要育好。\n"
    assert measures(text) == [("2.1", "2.1", "建平台"), ("2.2", "2.2", "育人才")]


def test_principles_are_no_measures() -> None:
    text = (
        "某市实施方案\n一、总体要求\n（一）基本原则。\n1.政府引导。发挥作用。\n二、主要任务\n"
        "（一）建平台。要建好。\n"
    )
    assert [one.title for one in read(text).measures] == ["建平台"]


def test_headings_run_together_in_one_line_are_parted() -> None:
    text = (
        "某市实施方案\n一、主要任务\n"
        "（一）建平台。要把平台建设好，服务全市各类企业。（二）育人才。要把人才培育好，满足各方需要。\n"
    )
    assert [one.title for one in read(text).measures] == ["建平台", "育人才"]


def test_a_heading_may_end_with_a_colon_or_a_wide_space() -> None:
    text = "某市实施方案\n一、主要任务\n1.建平台：要建好。\n2.育人才  要育好。\n"
    assert [one.title for one in read(text).measures] == ["建平台", "育人才"]


def test_plain_headings_count_where_nothing_is_numbered() -> None:
    text = (
        "某市行动计划\n工作目标\n到2025年，新增标准30项。\n加强基础建设\n要建好平台，服务企业。\n"
        "推进标准应用\n要抓实推广，讲求实效。\n"
    )
    assert [one.title for one in read(text).measures] == ["加强基础建设", "推进标准应用"]
    assert len(read(text).targets) == 1


def test_a_statement_below_the_last_measure_of_a_group_is_that_of_all() -> None:
    text = "某市实施方案\n一、主要任务\n（一）强基础\n1.建平台。\n2.育人才。\n责任单位：市科技局、市财政局\n"
    assert [one.departments for one in read(text).measures] == [("市科技局", "市财政局")] * 2


def test_small_numbers_are_measures_where_each_has_its_own_departments() -> None:
    text = (
        "某市实施方案\n一、主要任务\n1.改善设施\n（1）修路。要修好。牵头单位：市交通局\n（2）治水。要治好。牵头单位：市水务局\n"
        "2.育人才\n（1）办班。要办好。\n（2）引才。要引好。\n责任单位：市人社局\n"
    )
    assert [(one.number, one.title, one.departments) for one in read(text).measures] == [
        ("（1）", "修路", ("市交通局",)),
        ("（2）", "治水", ("市水务局",)),
        ("2", "育人才", ("市人社局",)),
    ]


def test_a_single_small_number_is_a_measure_where_the_count_goes_on() -> None:
    text = (
        "某市实施方案\n一、主要任务\n（一）改善设施\n（1）修路。牵头单位：市交通局\n（2）治水。牵头单位：市水务局\n"
        "（二）育人才\n（3）办班。牵头单位：市人社局\n"
    )
    assert [(one.number, one.parent) for one in read(text).measures] == [
        ("（1）", "改善设施"),
        ("（2）", "改善设施"),
        ("（3）", "育人才"),
    ]


def test_a_duty_may_be_headed_by_the_office_that_bears_it() -> None:
    text = "某市实施方案\n一、职责分工\n（一）市财政局：负责经费保障。\n（二）市教育局：负责进校宣传。\n"
    assert [(one.title, one.departments) for one in read(text).measures] == [
        ("经费保障", ("市财政局",)),
        ("进校宣传", ("市教育局",)),
    ]


def test_arrangements_are_tasks_unless_they_are_steps_in_time() -> None:
    text = "某市活动通知\n一、工作安排\n（一）办展览。要办好。\n（二）走企业。要走遍。\n"
    assert [one.title for one in read(text).measures] == ["办展览", "走企业"]
    text = "某市活动方案\n一、工作安排\n（一）动员部署。2024年3月开会。\n（二）总结验收。2024年6月验收。\n"
    assert (len(read(text).measures), len(read(text).stages)) == (0, 2)


def test_arrangements_that_other_tasks_follow_are_no_safeguards() -> None:
    text = "某市任务清单\n一、健全工作机制\n1.建专班。\n2.订办法。\n二、推进农业标准化\n3.建基地。\n"
    assert [one.parent for one in read(text).measures] == ["健全工作机制", "健全工作机制", "推进农业标准化"]
    text = "某市实施方案\n一、推进农业标准化\n1.建基地。\n二、健全工作机制\n2.建专班。\n"
    text += "附件\n一、名单\n1.甲乡。\n"
    assert [one.title for one in read(text).safeguards] == ["建专班"]


def test_running_text_below_the_tasks_counts_them_up() -> None:
    text = "某市实施方案\n一、目标\n做好工作。\n二、主要任务\n一是建平台，服务企业；二是育人才，满足需要。\n"
    assert measures(text) == [("二一", "一", "建平台"), ("二二", "二", "育人才")]
    text = "某市实施方案\n一、主要任务\n（一）强基础。一是建平台，服务企业；二是育人才，满足需要。\n"
    assert [one.title for one in read(text).measures] == ["强基础"]


def test_a_box_beside_the_text_numbers_no_measures() -> None:
    text = (
        "某市标准化规划\n一、主要任务\n（一）强基础\n1.建平台。要建好。\n专栏1 重点工程\n"
        "1.领航工程。培育企业。\n2.倍增工程。\n（二）促应用\n1.抓推广。要抓实。\n"
    )
    assert [one.title for one in read(text).measures] == ["建平台", "抓推广"]


def test_what_somebody_answers_for_is_a_measure_whatever_its_name() -> None:
    text = "某市2024年工作安排\n1.推动标准应用。\n2.培训骨干200人次。（市人社局）\n3.其他事宜另行通知。\n"
    assert [one.title for one in read(text).measures] == ["推动标准应用", "培训骨干200人次"]


@pytest.mark.parametrize(
    ("time", "due"),
    [
        ("（市科技局、各镇街，2024年6月完成）", "2024-06"),
        ("（市科技局；9月底前）", "2024-09"),
        ("（责任单位：市科技局；完成时限：第三季度）", "2024-Q3"),
        ("（市科技局，长期坚持）", "None"),
    ],
)
def test_the_time_behind_the_departments_is_the_task_s(time: str, due: str) -> None:
    text = f"某市2024年标准化工作要点\n一、主要任务\n（一）建平台{time}\n"
    (measure,) = read(text).measures
    assert (measure.title, str(measure.due)) == ("建平台", due)


@pytest.mark.parametrize(
    ("front", "region"),
    [
        ("自治区标准化行动方案", None),
        ("长三角区域标准一体化行动方案", "长三角"),
        ("四川省、重庆市标准化协同行动方案", "四川省、重庆市"),
        ("2025年温州市标准化行动方案", "温州市"),
        ("中共温州市委关于推进标准化的实施意见", "温州市"),
        ("质量强省建设实施方案", None),
        ("推进高新区标准化实施方案", None),
        ("国家标准化行动方案", "全国"),
    ],
)
def test_the_title_says_whose_policy_it_is(front: str, region: str | None) -> None:
    assert read(f"{front}\n一、主要任务\n（一）建平台。要建好。\n").region == region


def test_a_title_without_a_place_leaves_the_region_to_the_signature() -> None:
    text = "自治区标准化行动方案\n一、主要任务\n（一）建平台。要建好。\n"
    assert read(f"{text}宁夏回族自治区市场监督管理厅\n2024年3月1日\n").region == "宁夏回族自治区"


def test_named_articles_are_measures_and_those_of_a_law_are_not() -> None:
    text = "某市若干措施\n第一条 支持标准研制。要支持好。\n第二条 推动标准应用。要推动好。\n"
    assert [one.title for one in read(text).measures] == ["支持标准研制", "推动标准应用"]
    text = "某市标准化条例\n第一条 推动标准应用。不少于30日。\n第二条 违者处1000元以上罚款。\n"
    assert read(text).measures == ()
    assert read(text).targets == ()


def test_articles_of_rules_are_measures_where_they_say_who_answers() -> None:
    text = (
        "某市标准试点管理办法\n第一章 试点任务\n第三条 建立名录。逐户登记。\n责任单位：市统计局、市科技局\n"
        "第四条 开展培训。送课上门。（市科技局、各镇农技推广中心）\n第五条 市财政局应当安排经费。\n"
    )
    assert [one.title for one in read(text).measures] == ["建立名录", "开展培训"]


def test_duties_told_in_running_text_are_no_measure() -> None:
    text = (
        "某市实施方案\n一、工作任务\n（一）建平台。要建好。\n（二）育人才。要育好。\n"
        "二、职责分工\n市科技局负责统筹协调；市财政局负责经费保障。\n"
    )
    assert [one.title for one in read(text).measures] == ["建平台", "育人才"]


@pytest.mark.parametrize(
    ("number", "read_as"),
    [
        ("专项一：", "专项一"),
        ("专题1 ", "专题1"),
        ("重点任务一、", "重点任务一"),
        ("Action 1 ", "Action 1"),
        ("01  ", "01"),
        ("1️⃣ ", "1"),
    ],
)
def test_tasks_are_told_by_many_a_number(number: str, read_as: str) -> None:
    text = f"某市实施方案\n一、重点任务\n{number}推广标准\n要推广好。（市科技局）\n"
    assert [(one.number, one.title) for one in read(text).measures] == [(read_as, "推广标准")]


def test_an_evaluation_is_a_milestone_where_it_is_held_and_not_where_it_is_mentioned() -> None:
    text = "某市试点方案\n一、实施步骤\n（一）推进阶段（2024年3月—12月）。{}。\n"
    for said, names in (("开展中期评估", ["中期评估"]), ("整改中期评估后的短板，纳入绩效考核", [])):
        stages = read(text.format(said)).stages
        assert [one.name for one in stages[0].milestones] == names


def test_lines_that_a_page_broke_are_one_sentence() -> None:
    text = (
        "某市标准化提升行动计划\n一、目标\n    到2025年，全市规模以上工业企业主导产品采用国际标准\n"
        "的比例达到85%以上，自我声明公开的企业产品和服务标\n准达到1200项以上，标准化专业技术人员数量稳步增长。\n"
        "    二、主要任务要求各县市区认真抓好各项工作的落实到\n位并且按时报送进展。\n"
    )
    reading = read(text)
    assert [(one.metric, int(one.value)) for one in reading.targets] == [
        ("全市规模以上工业企业主导产品采用国际标准的比例", 85),
        ("自我声明公开的企业产品和服务标准", 1200),
    ]
    assert all(text[q.start : q.end] == q.text for q in (one.quotation for one in reading.targets))
    assert "\n" in reading.targets[0].quotation.text


def test_title_issuer_region_and_date_come_from_a_notice_around_the_policy() -> None:
    text = (
        "温州市人民政府办公室关于印发《温州市标准惠民行动方案》的通知\n温政办〔2024〕3号\n各县（市、区）人民政府：\n"
        "现印发给你们。\n温州市人民政府办公室\n2024年3月1日\n温州市标准惠民行动方案\n一、主要任务\n（一）建平台。要建好。\n"
    )
    reading = read(text)
    assert (reading.title, reading.region) == ("温州市标准惠民行动方案", "温州市")
    assert reading.issuer is not None
    assert reading.issuer.name == "温州市人民政府办公室"
    assert str(reading.issued) == "2024-03-01"


def test_news_before_and_links_behind_are_not_the_policy() -> None:
    text = (
        "本报讯 昨日，某市印发方案，到2025年，新增标准999项以上。\n"
        "某市标准惠民行动方案\n一、目标\n到2026年，新增标准30项以上。\n"
        "二、主要任务\n（一）建平台。要建好。\n相关阅读\n到2027年，新增标准888项以上。\n"
    )
    assert [one.value for one in read(text).targets] == [30]


def test_an_advertisement_behind_the_text_is_dropped_with_its_lines() -> None:
    text = (
        "某市标准惠民行动方案\n一、主要任务\n（一）建平台。要建好。\n二、保障措施\n（一）强领导。要加强。\n"
        "某某公司专注标准服务、\n项目申报等业务\n详情请看 http://example.com\n服务热线：010-0000\n"
    )
    assert read(text).safeguards[0].quotation.text.endswith("要加强。")


def test_a_stage_has_its_period_and_its_evaluation() -> None:
    text = (
        "某市标准试点方案\n一、实施步骤\n（一）启动阶段（2023年3月—6月）。印发方案。\n"
        "（二）攻坚阶段（2023年7月至2024年12月）。2024年6月底前开展中期评估。\n（三）总结阶段（2025.1—2025.6）。组织终期评估。\n"
    )
    stages = read(text).stages
    assert [(one.name, str(one.start), str(one.end)) for one in stages] == [
        ("启动阶段", "2023-03", "2023-06"),
        ("攻坚阶段", "2023-07", "2024-12"),
        ("总结阶段", "2025-01", "2025-06"),
    ]
    assert [(two.name, str(two.due)) for one in stages for two in one.milestones] == [
        ("中期评估", "2024-06"),
        ("终期评估", "2025-06"),
    ]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            "第一阶段：动员部署（2024年3月）。印发方案，2025年1月前动员。\n第二阶段：全面推进（2024年4月—12月）。抓落实。\n",
            ["动员部署", "全面推进"],
        ),
        (
            "第一阶段（2024年3月）：动员部署阶段。印发方案。\n第二阶段（2024年4月—12月）：推进阶段。抓落实。\n",
            ["动员部署阶段", "推进阶段"],
        ),
        (
            "（一）第一阶段（2024年3月）。印发方案。\n（二）第二阶段（2024年4月—12月）。抓落实。\n",
            ["第一阶段", "第二阶段"],
        ),
        (
            "1.动员部署。2024年3月，印发方案。\n2.全面推进。2024年4月—12月，抓落实。\n",
            ["动员部署", "全面推进"],
        ),
        ("2024年3月：动员部署，印发方案。\n2024年4月—12月：全面推进，抓落实。\n", ["动员部署", "全面推进"]),
        ("1.2024年3月，动员部署，印发方案。\n2.2024年4月至12月，全面推进。\n", ["动员部署", "全面推进"]),
        ("① 动员阶段　2024年3月\n② 推进阶段　2024年4月—12月\n", ["动员阶段", "推进阶段"]),
        (
            "第一阶段：动员部署（2024年3月），印发方案；第二阶段：全面推进（2024年4月—12月），抓落实。\n",
            ["动员部署", "全面推进"],
        ),
    ],
)
def test_stages_are_read_however_they_are_set(lines: str, names: list[str]) -> None:
    stages = read(f"某市标准试点方案\n一、工作目标\n做好试点。\n二、实施步骤\n{lines}").stages
    assert [one.name for one in stages] == names
    assert [(str(one.start), str(one.end)) for one in stages] == [
        ("2024-03", "2024-03"),
        ("2024-04", "2024-12"),
    ]


def test_a_year_may_be_a_stage() -> None:
    steps = "1.2024年为启动年：印发方案。\n2.2025年为提升年：总结经验，按年度评估。\n"
    stages = read(f"某市标准试点方案\n一、实施步骤\n{steps}").stages
    assert [(one.name, str(one.end), one.milestones) for one in stages] == [
        ("启动年", "2024", ()),
        ("提升年", "2025", ()),
    ]


def test_a_stage_without_a_period_is_shown_as_unread() -> None:
    text = (
        "某市标准试点方案\n一、实施步骤\n（一）启动阶段（2023年3月）。印发方案。\n"
        "（二）攻坚阶段。抓好落实。\n"
    )
    reading = read(text)
    assert len(reading.stages) == 1
    assert [one.quotation.text for one in reading.unread] == ["（二）攻坚阶段"]


def test_a_table_of_duties_gives_measures_with_roles_and_dates() -> None:
    text = (
        "某市标准惠企行动方案\n一、任务分工\n序号\t工作任务\t牵头单位\t配合单位\t完成时限\n"
        "1\t建好服务平台\t市科技局\t市财政局、市教育局\t2024年6月底\n"
    )
    (measure,) = read(text).measures
    assert [(one.department, one.role) for one in measure.charges] == [
        ("市科技局", Role.LEAD),
        ("市财政局", Role.COOPERATING),
        ("市教育局", Role.COOPERATING),
    ]
    assert str(measure.due) == "2024-06"


def test_a_line_across_a_table_names_the_rows_below_it() -> None:
    text = (
        "某市任务分工表\n序号\t工作任务\t责任单位\t完成时限\n一、产业标准\n1\t建好服务平台\t市科技局\t2024年6月底\n"
        "二、民生标准\n2\t推广养老标准\t市民政局\t2025年\n"
    )
    assert [(one.title, one.parent, one.departments) for one in read(text).measures] == [
        ("建好服务平台", "产业标准", ("市科技局",)),
        ("推广养老标准", "民生标准", ("市民政局",)),
    ]


def test_a_row_that_shares_its_first_cell_with_the_one_above_is_put_in_place() -> None:
    text = (
        "某市任务分工表\n重点任务\t具体举措\t牵头单位\t配合单位\n健全体系\t建好平台\t市科技局\t市财政局\n"
        "培育人才\t市教育局\t市人社局\n"
    )
    assert [(one.title, one.parent, one.lead) for one in read(text).measures] == [
        ("建好平台", "健全体系", ("市科技局",)),
        ("培育人才", "健全体系", ("市教育局",)),
    ]


def test_documents_it_rests_on_are_read_with_their_numbers() -> None:
    text = (
        "某市实施意见\n根据《某省标准化条例》《某省行动方案》（某政发〔2022〕8号）精神，制定本意见。\n"
        "一、主要任务\n（一）建平台。好。\n"
    )
    assert [(one.title, one.number) for one in read(text).basis] == [
        ("某省标准化条例", None),
        ("某省行动方案", "某政发〔2022〕8号"),
    ]


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("工作目标", Topic.GOALS),
        ("近期目标（到2025年）", Topic.GOALS),
        ("总体要求", Topic.GENERAL),
        ("基本原则", Topic.PRINCIPLES),
        ("发展基础与形势", Topic.PAST),
        ("主要工作成效", Topic.PAST),
        ("重点任务", Topic.TASKS),
        ("实施步骤", Topic.STAGES),
        ("保障措施", Topic.SAFEGUARDS),
        ("强化组织保障", Topic.SAFEGUARDS),
        ("夯实标准化发展基础", None),
        ("完善绿色发展标准化保障", None),
        ("推动标准与科技互动", None),
        ("计量工作", None),
        ("标准化工作", None),
        ("重点标准化工作", Topic.TASKS),
        ("支撑保障", Topic.SAFEGUARDS),
        ("起草过程", Topic.PAST),
        ("申报条件", Topic.PAST),
        ("主要目标是什么?", Topic.GOALS),
        ("实施哪些行动?", Topic.TASKS),
        ("如何保障落实?", Topic.SAFEGUARDS),
        ("为什么要制定方案?", Topic.PAST),
        ("分几步走?", Topic.STAGES),
        ("怎么做?", Topic.TASKS),
        ("推行时间表", Topic.STAGES),
        ("Key Actions 重点行动", Topic.TASKS),
        ("保障措施(Safeguards)", Topic.SAFEGUARDS),
    ],
)
def test_a_heading_tells_what_its_section_holds(title: str, topic: Topic | None) -> None:
    assert topic_of(title) is topic


def test_an_empty_text_is_an_empty_reading() -> None:
    assert read("") == Reading()
    assert read(" \n\t\n") == Reading()


def test_a_text_that_is_no_policy_says_so() -> None:
    reading = read("今天天气很好，我们去了公园，看见3只鸟。\n晚上吃了饺子。\n")
    assert reading.targets == ()
    assert reading.measures == ()
    assert "没有找到" in reading.unread[0].reason


def test_an_unseen_mark_before_the_first_word_takes_nothing_from_it() -> None:
    text = "\u200e一、总体要求\n到2025年，建成示范点12个。\n二、主要任务\n推进工作。\n"
    assert [(one.clause, one.quotation.text) for one in read(text).targets] == [("一", "建成示范点12个")]
