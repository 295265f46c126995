"""Policies as pages hand them on: told by a newspaper, without line ends, without their title."""

import pytest

from reading.policy import read_policy
from reading.result import Reading
from tests.reading.scoring import document_of

PAGE = (
    "云溪市标准提升行动方案各县（市、区）人民政府，市直各单位：为贯彻省里的要求，制定如下方案。"
    "一、总体要求（一）指导思想。坚持标准引领，服务产业发展，让群众得到实惠。（二）发展目标。"
    "到2026年，制定地方标准40项。二、重点任务（一）搭建平台。建好全市统一的平台。（责任单位：市科技局、市财政局）"
    "（二）推广应用。办好各类培训。（责任单位：市教育局）三、保障措施（一）加强领导。各单位要高度重视。\n"
)
NEWS = (
    "云溪出台标准新政 五年看得见变化\n"
    "本报讯 近日，云溪市政府印发《关于推进标准强市建设的意见》，为今后五年的工作划定路线。\n"
    "2021年，全市累计制定地方标准126项，建成国家级试点18个。\n"
    "《意见》提出，到2027年，规模以上企业采标率达到85%，新增国家标准40项。\n"
    "市市场监管局负责人介绍，目前全市共有标准化人员1200名。\n"
)


def read(text: str) -> Reading:
    return read_policy(document_of(text))


def departments(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.title, one.departments) for one in read(text).measures]


def figures(text: str) -> list[tuple[float, str | None]]:
    return [(float(one.value), str(one.due.day) if one.due else None) for one in read(text).targets]


def test_a_page_copied_without_line_ends_is_parted_at_its_headings() -> None:
    assert read(PAGE).title == "云溪市标准提升行动方案"
    assert figures(PAGE) == [(40, "2026-12-31")]
    assert departments(PAGE) == [("搭建平台", ("市科技局", "市财政局")), ("推广应用", ("市教育局",))]
    assert [one.title for one in read(PAGE).safeguards] == ["加强领导"]


def test_no_sentence_need_end_before_the_first_heading_of_such_a_page() -> None:
    text = PAGE.replace("制定如下方案。", "制定本方案").replace("（一）指导思想", "（一）指导思想", 1)
    assert len(read(text).measures) == 2


def test_numbers_within_a_sentence_are_no_headings() -> None:
    text = (
        "某市实施方案\n各单位要做好三件事：一、抓统一、抓规范；三、抓提升。"
        + "要讲求实效，真抓实干。" * 12
        + "\n"
    )
    assert read(text).measures == ()
    assert read(text).groups == ()


@pytest.mark.parametrize(
    "heading",
    [
        "一、工作目标力争到2026年，制定标准12项，推动合格率提升",
        "一、主要目标到2026年，制定标准12项，推动合格率提升",
    ],
)
def test_a_part_is_named_though_its_text_follows_at_once(heading: str) -> None:
    text = f"某市实施方案\n{heading}。\n二、指导思想以质量为先，为企业服务，讲求实效，久久为功。\n"
    assert figures(text) == [(12, "2026-12-31")]


def test_news_is_read_for_what_it_says_the_policy_asks() -> None:
    reading = read(NEWS)
    assert (reading.title, reading.region) == ("关于推进标准强市建设的意见", "云溪市")
    assert figures(NEWS) == [(85, "2027-12-31"), (40, "2027-12-31")]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("市政府常务会议13日审议通过《云溪市质量提升行动方案》。", "云溪市质量提升行动方案"),
        ("记者获悉，刚刚发布的《云溪市“十三五”标准化规划》给出了答案。", "云溪市“十三五”标准化规划"),
        ("《云溪市质量提升行动方案》提出14项任务。", "云溪市质量提升行动方案"),
        ("按照国务院印发的《国家标准化发展规划》，各地正在行动。", None),
    ],
)
def test_a_text_without_title_is_called_after_what_it_says_was_issued(
    sentence: str, title: str | None
) -> None:
    assert read(f"新闻中心\n{sentence}\n到2026年，合格率达到95%以上。\n").title == title


@pytest.mark.parametrize(
    ("line", "region"),
    [
        ("广东出台质量新政 多项指标有硬要求", "广东省"),
        ("记者从山西省工商局得知，有关工作进展顺利。", "山西省"),
        ("结合青海实际，提出如下意见。", "青海省"),
        ("结合我省实际，提出如下意见。", None),
    ],
)
def test_the_place_is_told_where_no_title_tells_it(line: str, region: str | None) -> None:
    assert read(f"{line}\n一、总体要求\n到2026年，合格率达到95%以上。\n").region == region


def test_tasks_with_units_below_them_need_no_title() -> None:
    text = (
        "责任部门：市卫生局\n㈦管好水源。\n19、监测水质。查明污染状况。\n责任部门：市环保局、市水利局\n"
        "㈧建好信用体系。\n20、评定信用。\n责任部门：市质监局\n"
    )
    assert departments(text) == [("监测水质", ("市环保局", "市水利局")), ("评定信用", ("市质监局",))]
    assert [one.parent for one in read(text).measures] == ["管好水源", "建好信用体系"]


def test_an_outline_that_says_it_is_a_plan_needs_no_title() -> None:
    text = (
        "为推动《某纲要》实施，明确今后两年重点工作，制定本行动计划。\n一、加强创新\n"
        "（一）攻关键技术\n要抓紧抓实。\n"
    )
    assert [(one.title, one.parent) for one in read(text).measures] == [("攻关键技术", "加强创新")]
    assert read("一、回乡\n（一）雨夜\n他终于回到了镇上，心里很高兴。\n").measures == ()


def test_goals_that_offices_answer_for_are_tasks_too() -> None:
    text = (
        "某市责任分工方案\n一、主要预期目标\n"
        "1.地区生产总值增长7%左右。（牵头单位：市发改委；数据提供单位：云溪调查队）\n"
        "2.外贸总额增长8%。\n牵头领导：刘某。\n牵头责任单位：市商务局。\n协同责任单位：云溪海关、人行云溪中心支行。\n"
    )
    assert departments(text) == [
        ("地区生产总值增长7%左右", ("市发改委", "云溪调查队")),
        ("外贸总额增长8%", ("市商务局", "云溪海关", "人行云溪中心支行")),
    ]
    assert [one.lead for one in read(text).measures] == [("市发改委",), ("市商务局",)]
    assert [float(one.value) for one in read(text).targets] == [7, 8]


def test_an_opening_heading_that_offices_answer_for_is_no_safeguard() -> None:
    text = (
        "某行动计划\n"
        "一、强化工作统筹推进。健全机制。〔甲部、乙部按职责分工负责。以下均需地方人民政府负责，不再列出〕\n"
    )
    assert departments(text) == [("强化工作统筹推进", ("甲部", "乙部", "地方人民政府"))]
    assert read(text).safeguards == ()


def test_a_group_whose_members_are_not_there_is_no_task() -> None:
    text = (
        "某市工作方案\n一、提升质量\n（一）提升产品质量\n1.推动转型。优化工艺。\n"
        "市质监局、科技局负责落实。\n（二）提升工程质量\n"
    )
    assert departments(text) == [("推动转型", ("市质监局", "科技局"))]


def test_a_number_that_runs_into_a_figure_counts_between_its_neighbours() -> None:
    text = "某市实施意见\n一、重点项目\n1.育人项目。要育好。\n2.121人才项目。要选好。\n3.引才项目。要引好。\n"
    assert [(one.number, one.title) for one in read(text).measures] == [
        ("1", "育人项目"),
        ("2", "121人才项目"),
        ("3", "引才项目"),
    ]


def test_a_part_about_a_time_before_the_policy_s_own_sets_no_targets() -> None:
    text = (
        "某省“十三五”计量发展规划\n一、“十二五”期间计量工作扎实推进\n建成计量中心10个，建立计量标准1533项。\n"
        "二、发展目标\n到2020年，建成计量中心20个。\n"
    )
    assert figures(text) == [(20, "2020-12-31")]


def test_a_table_a_cell_a_line_may_have_several_offices_and_a_task_for_two_rows() -> None:
    text = (
        "2016年民生实事分解表\n序号\n民生实事\n责任单位\n完成时限\n1\n新建天桥2座。\n县住建局\n县财政局\n9月底前\n"
        "2\n开建养老楼。\n县民政局\n5月底前动工\n开建老年大学。\n12月底前\n3\n完成改造300户。\n县住建局\n12月底前\n分享到：\n"
    )
    assert departments(text) == [
        ("新建天桥2座", ("县住建局", "县财政局")),
        ("开建养老楼", ("县民政局",)),
        ("开建老年大学", ("县民政局",)),
        ("完成改造300户", ("县住建局",)),
    ]
    assert figures(text) == [(2, "2016-09-30"), (300, "2016-12-31")]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            "某省人民政府办公厅\n关于明确103号文件\n重点工作责任单位的通知",
            "某省人民政府办公厅关于明确103号文件重点工作责任单位的通知",
        ),
        ("2022年《政府工作报告》\n目标任务分解方案", "2022年《政府工作报告》目标任务分解方案"),
        ("某省关于加快产业发展的意见（某政办〔2017〕16号）", "某省关于加快产业发展的意见"),
        ("《某市关于发挥品牌作用的意见》", "某市关于发挥品牌作用的意见"),
        ("某省转发省质监局制定的某省质量兴省活动方案的通知", "某省质量兴省活动方案"),
    ],
)
def test_a_title_is_read_whole_and_without_what_is_beside_it(lines: str, title: str) -> None:
    assert read(f"{lines}\n各单位：\n一、总体要求\n做好工作。\n").title == title


def test_a_date_or_a_number_below_the_title_is_no_heading() -> None:
    text = (
        "某市实施意见\n某府发〔2023〕141号\n2023年5月\n为落实《某某强国纲要》，制定本意见。\n"
        "一、总体要求\n做好工作。\n"
    )
    assert [one.title for one in read(text).basis] == ["某某强国纲要"]


def test_a_frame_below_the_title_holds_nothing_of_the_text() -> None:
    text = (
        "某市创建方案\n政策\n发布部门：某市政府\n有效性：有效\n为做好工作，制定本方案。\n"
        "一、创建目标\n到2022年，合格率达到98%以上。\n"
    )
    assert figures(text) == [(98, "2022-12-31")]


def test_another_may_seal_for_the_office_that_signs() -> None:
    text = (
        "某年度推进计划的通知\n某省联席会议办公室\n（某局代章）\n2021年12月27日\n一、总体要求\n做好工作。\n"
    )
    issuer = read(text).issuer
    assert issuer is not None
    assert issuer.name == "某省联席会议办公室"


def test_a_table_of_contents_is_passed_by() -> None:
    text = (
        "某市标准化发展规划\n目  录\n第一章 发展基础……1\n第二章 主要任务……3\n"
        "为指导全市工作，依据《某某纲要》，编制本规划。\n第一章 发展基础\n建成平台3个。\n"
        "第二章 主要任务\n（一）搭建平台。要建好。\n"
    )
    assert [(one.title, one.clause) for one in read(text).measures] == [("搭建平台", "第二章（一）")]
    assert [one.title for one in read(text).basis] == ["某某纲要"]


def test_a_heading_of_a_column_stands_before_the_title_and_the_number_behind_it() -> None:
    text = "【重点工作】某市政府办公室关于印发某市创建方案的通知 某办函〔2018〕8号\n各单位：\n制定本方案。\n"
    issuer = read(text).issuer
    assert issuer is not None
    assert (read(text).title, issuer.name) == ("某市创建方案", "某市人民政府办公室")


def test_two_lines_are_the_title_where_a_notice_names_them_as_one() -> None:
    text = (
        "关于印发《立山区2023年重点工作任务分解 和责任分工方案》的通知\n各单位：\n现印发给你们。\n"
        "立山区2023年重点工作\n任务分解和责任分工方案\n一、总体要求\n做好工作。\n"
    )
    assert read(text).title == "立山区2023年重点工作任务分解和责任分工方案"


def test_a_law_library_labels_issuer_and_date_in_brackets() -> None:
    text = (
        "∙【制定机关】武汉市人民政府办公厅\n∙【公布日期】2020.01.17\n"
        "市人民政府办公厅关于印发2020年市\n《政府工作报告》责任分解方案的通知\n一、总体要求\n做好工作。\n"
    )
    reading = read(text)
    assert reading.issuer is not None
    assert reading.issued is not None
    assert (reading.issuer.name, str(reading.issued.day)) == ("武汉市人民政府办公厅", "2020-01-17")
    assert reading.title == "2020年市《政府工作报告》责任分解方案"


def test_a_blank_stands_for_the_line_end_that_a_page_lost() -> None:
    text = (
        "|\n某省关于推进商标战略的意见 各市人民政府，省政府各部门： 为做好商标工作，现提出以下意见。 "
        "一、指导思想 以发展为主题，服务市场主体，为建设创新型省份提供支撑，让品牌更多更响。 "
        "二、工作目标 到2015年建立运行顺畅的商标工作机制，让企业愿意创牌、善于用牌。 "
        "（一）商标总量增长。到2015年，注册商标超过31万件。 "
        "三、健全培育机制 各级部门要加强分类指导，支持企业自主创牌。 （一）实施富农工程。引导合作社注册。\n"
    )
    assert read(text).title == "某省关于推进商标战略的意见"
    assert figures(text) == [(310000, "2015-12-31")]
    assert [(one.title, one.parent) for one in read(text).measures] == [("实施富农工程", "健全培育机制")]


def test_signature_and_date_may_stand_before_the_title_in_its_line() -> None:
    text = "关于印发方案的通知\n杭州市人民政府 2016年12月23日 关于提升标准的实施方案\n一、总体要求\n做好。\n"
    reading = read(text)
    assert reading.title == "关于提升标准的实施方案"
    assert reading.issuer is not None
    assert reading.issued is not None
    assert (reading.issuer.name, str(reading.issued.day)) == ("杭州市人民政府", "2016-12-23")


def test_a_title_may_say_its_period_twice() -> None:
    text = (
        "某市“十二五”质量规划（2011—2015年）\n一、过去五年工作总体回顾\n培育名牌36个。\n"
        "二、发展目标\n到2015年，名牌达到60个。\n"
    )
    assert read(text).start is not None
    assert figures(text) == [(60, "2015-12-31")]


def test_a_title_without_a_place_takes_that_of_a_document_of_its_own_level() -> None:
    text = (
        "关于推进人才集聚的实施意见\n根据《中共广州市委、广州市人民政府关于全面推进发展的决定》，提出以下意见。\n"
        "一、重点任务\n（一）办好培训。要办好。（牵头单位：市教育局，配合单位：市财政局、市科技局）\n"
    )
    assert read(text).region == "广州市"
    assert read(text.replace("：市", "：县").replace("、市", "、县")).region is None


def test_on_such_a_page_units_and_numbers_may_follow_without_a_full_stop() -> None:
    text = (
        "某县推进标准化三年行动实施方案某政办〔2024〕6号各乡镇人民政府，县直各单位：为做好工作，制定本方案。"
        "一、目标任务力争到2026年，全县建成示范区8个。二、重点工作（一）构建产业标准1.编制标准体系图，推动有标可依。"
        "责任单位：县农业农村局、县市场监管局2.开展标准宣贯。责任单位：县农业农村局（二）提升人居标准"
        "3.推行厕所标准。责任单位：县住建局三、工作要求（一）加强领导。成立专班。\n"
    )
    assert read(text).title == "某县推进标准化三年行动实施方案"
    assert [(one.number, one.title, one.departments) for one in read(text).measures] == [
        ("1", "编制标准体系图，推动有标可依", ("县农业农村局", "县市场监管局")),
        ("2", "开展标准宣贯", ("县农业农村局",)),
        ("3", "推行厕所标准", ("县住建局",)),
    ]


def test_a_notice_whose_points_name_nobody_hands_on_the_tasks_of_its_table() -> None:
    text = (
        "关于印发《青石市标准化任务清单》的通知\n各科室：\n现就有关事项通知如下：\n一、明确目标\n2026年，制定标准9项。\n"
        "二、压实责任\n按月推进。\n三、加强调度\n按季报送。\n青石市标准化任务清单\n序号\t重点任务\t牵头单位\t完成时限\n"
        "1\t编制服务规范\t市商务局\t2026年6月底\n2\t建设试点村\t市农业农村局\t2026年9月底\n"
    )
    tasks = [(one.title, [charge.department for charge in one.charges]) for one in read(text).measures]
    assert tasks == [("编制服务规范", ["市商务局"]), ("建设试点村", ["市农业农村局"])]


def test_what_news_says_of_the_document_itself_is_no_goal() -> None:
    text = (
        "青石市出台质量行动方案\n近日，市政府印发《青石市质量行动方案》。\n《方案》提出，到2026年，质量水平稳步提升，"
        "产品抽检合格率达到96%以上。\n《方案》提出八项举措，推动全市开展质量行动。\n"
    )
    assert [(one.statement, str(one.due)) for one in read(text).goals] == [("质量水平稳步提升", "2026")]


def test_tasks_that_news_tells_in_prose_are_measures_with_who_answers() -> None:
    text = (
        "青石市出台质量行动方案\n近日，市政府印发《青石市质量行动方案》。\n《方案》提出，到2026年，抽检合格率达到96%以上。\n"
        "完善标准体系。制定服务指南，由市市场监管局牵头，市商务局配合。\n"
        "推动技术攻关。联合研制设备标准，由市工业和信息化局牵头，市科技局、青石大学配合。\n"
        "该局负责人表示，去年全市发布标准11项。\n"
    )
    tasks = [(one.title, [charge.department for charge in one.charges]) for one in read(text).measures]
    assert tasks == [
        ("完善标准体系", ["市市场监管局", "市商务局"]),
        ("推动技术攻关", ["市工业和信息化局", "市科技局", "青石大学"]),
    ]


def test_a_tables_field_heads_its_tasks_where_it_stands_before_them() -> None:
    head = "青石市标准化任务清单\n序号\t工作领域\t重点任务\t牵头单位\n"
    rows = "1\t农业\t编制种植规范\t市农业局\n2\t农业\t建设试点村\t市农业局\n3\t商贸\t制定服务标准\t市商务局\n"
    assert [one.parent for one in read(head + rows).measures] == ["农业", "农业", "商贸"]


def test_a_row_that_ends_before_the_tables_field_is_read_all_the_same() -> None:
    head = "青石市标准化任务清单\n序号\t重点任务\t牵头单位\t工作领域\n"
    rows = "1\t编制种植规范\t市农业局\t农业\n2\t建设试点村\t市农业局\n3\t制定服务标准\t市商务局\t商贸\n"
    assert len(read(head + rows).measures) == 3
