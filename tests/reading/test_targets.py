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
        ("办理用时压减四分之三", "=", "75", "%"),
        ("通关时间缩短1/3", "=", "1", "/3"),
        ("装卸效率提升两成以上", ">=", "20", "%"),
        ("培训骨干近千人次", "~", "1000", "人次"),
        ("在册企业达到一万两千家", ">=", "12000", "家"),
        ("重大责任事故为零", "=", "0", ""),
        ("重大责任事故零发生", "=", "0", ""),
        ("国际提案实现“零”的突破", ">", "0", "项"),
        ("全员劳动生产率达到22万元/人", ">=", "22", "万元/人"),
        ("单位产值能耗降至0.5吨标准煤/万元", "=", "0.5", "吨标准煤/万元"),
        ("旱作面积达到150万亩", ">=", "150", "万亩"),
        ("受益农户达到1.2万户", ">=", "12000", "户"),
        ("人均预期寿命提高到80.5岁", "=", "80.5", "岁"),
        ("工程一次验收合格率保持100%", "=", "100", "%"),
        ("标准化发展指数达到90以上", ">=", "90", ""),
    ],
)
def test_the_comparator_value_and_unit_are_read(clause: str, comparator: str, value: str, unit: str) -> None:
    target = only(f"到2025年，{clause}。")
    assert (target.comparator, target.value, target.unit) == (comparator, Decimal(value), unit)
    assert str(target.due) == "2025"


def test_a_number_before_a_month_is_the_items_own() -> None:
    items = "1.4月底前新增标准2项。\n2.6月底前完成培训3期，上半年新增基地5个。"
    text = f"某市2025年标准化工作要点\n一、重点工作\n{items}\n"
    found = [(str(one.due), one.per) for one in read_policy(document_of(text)).targets]
    assert found == [("2025-04", None), ("2025-06", None), ("2025-06", None)]


@pytest.mark.parametrize("clause", ["新建联盟三至五个", "新建联盟3—5个", "新建联盟三到五个"])
def test_a_range_may_be_spoken(clause: str) -> None:
    target = only(f"到2025年，{clause}。")
    assert (target.metric, target.value, target.value_max) == ("新建联盟", Decimal(3), Decimal(5))


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


def test_years_that_share_one_word_are_dealt_out_too() -> None:
    reading = read("2024、2025、2026年新增示范点分别达到2个、3个、5个。")
    assert [(str(one.due), int(one.value)) for one in reading.targets] == [
        ("2024", 2),
        ("2025", 3),
        ("2026", 5),
    ]


@pytest.mark.parametrize("words", ["分别达到2个、6个", "达2、6个", "2个和6个"])
def test_levels_share_the_noun_of_the_last(words: str) -> None:
    reading = read(f"到2025年，国家级、省级试点{words}。")
    assert [(one.metric, int(one.value), one.unit) for one in reading.targets] == [
        ("国家级试点", 2, "个"),
        ("省级试点", 6, "个"),
    ]


def test_before_a_year_is_the_end_of_the_year_ahead_of_it() -> None:
    assert str(only("2026年前，新建冷库12座。").due) == "2025"
    assert str(only("2026年底前，新建冷库12座。").due) == "2026"


def test_a_clause_that_only_says_how_far_speaks_of_the_one_before() -> None:
    reading = read("到2025年，抽检合格率较2020年提高3个百分点，达到98%以上，进入全国质量考评前20名。")
    assert [one.metric for one in reading.targets] == [
        "抽检合格率较2020年提高",
        "抽检合格率",
        "全国质量考评排名",
    ]


@pytest.mark.parametrize(
    ("clause", "metric"),
    [
        ("建设和美乡村示范点8个", "和美乡村示范点"),
        ("建成5000亩以上连片茶园6个", "5000亩以上连片茶园"),
        ("15分钟内到场率达到90%", "15分钟内到场率"),
        ("再生水利用率达到30%", "再生水利用率"),
        ("指导30家企业建立台账", "指导企业建立台账"),
    ],
)
def test_the_metric_keeps_its_words(clause: str, metric: str) -> None:
    assert only(f"到2025年，{clause}。").metric == metric


@pytest.mark.parametrize(
    ("task", "per"),
    [
        ("每季度开展一次进社区活动。", "quarter"),
        ("年培训技师300人次。", "year"),
        ("2025年培训技师300人次。", None),
        ("每两年举办一届质量论坛。", None),
    ],
)
def test_what_comes_again_says_how_often(task: str, per: str | None) -> None:
    assert [one.per for one in read("", task).targets] == [per]


def test_funds_are_a_target_of_a_task_and_a_means_among_the_safeguards() -> None:
    funds = "市财政每年安排专项资金300万元。"
    assert [one.unit for one in read("", funds).targets] == ["万元"]
    assert read("", f"加强研制。\n三、保障措施\n（一）强化投入。{funds}").targets == ()


def test_what_a_page_reports_up_to_a_date_makes_that_year_the_past() -> None:
    reading = read("截至2023年底，已有基地8个。2023年办理案件27件，挽回损失90万元。到2025年，基地达到12个。")
    assert [int(one.value) for one in reading.targets] == [12]


def test_columns_that_blanks_part_are_a_table() -> None:
    table = "指标  单位  2020年  2025年  属性\n标准总量  项  88  ≥150  约束性\n覆盖率  %  72  90以上  预期性"
    reading = read(f"到2025年，体系更加健全。\n{table}")
    assert [(one.metric, int(one.value), one.unit, str(one.due)) for one in reading.targets] == [
        ("标准总量", 150, "项", "2025"),
        ("覆盖率", 90, "%", "2025"),
    ]


def test_columns_that_single_blanks_part_are_a_table_too() -> None:
    table = (
        "类别 指标 2020年 2025年 属性\n服务 床位占比（%） 38 60 约束性\n队伍 护理员（万人） 0.6 1.2 预期性"
    )
    reading = read(f"到2025年，体系更加健全。\n{table}")
    assert [(one.metric, one.value, one.unit) for one in reading.targets] == [
        ("床位占比", Decimal(60), "%"),
        ("护理员", Decimal("1.2"), "万人"),
    ]


def test_a_column_without_a_year_takes_the_date_above_the_table() -> None:
    table = "指标名称\t单位\t目标值\n标准总数\t项\t120\n改造率\t%\t86左右"
    assert {str(one.due) for one in read(f"到2025年，实现以下目标：\n{table}").targets} == {"2025"}


def test_the_indicators_of_a_table_of_tasks_have_the_time_of_their_row() -> None:
    head = "序号\t目标任务\t具体指标\t完成时限"
    table = f"{head}\n1\t供给\t制定标准12项\t2025年12月\n2\t示范\t创建试点2个\t2026年6月底前"
    found = [(int(one.value), str(one.due)) for one in read("", f"抓好落实。\n{table}").targets]
    assert found == [(12, "2025-12"), (2, "2026-06")]


def test_a_metric_of_several_levels_is_named_by_the_finest() -> None:
    table = "一级指标\t二级指标\t单位\t2025年\n供给\t标准总量\t项\t150\n供给\t专利数\t件\t20"
    assert [one.metric for one in read(f"到2025年，体系健全。\n{table}").targets] == ["标准总量", "专利数"]


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


def test_each_date_of_a_row_has_what_each_of_them_shall_reach() -> None:
    reading = read("2024年、2025年各新建基地2个。")
    assert [(str(one.due), one.metric) for one in reading.targets] == [
        ("2024", "新建基地"),
        ("2025", "新建基地"),
    ]


def test_a_step_of_a_change_has_its_own_date() -> None:
    reading = read("达标率由2022年的45%提高到2023年的60%、2024年的80%。")
    assert [(str(one.due), int(one.value), one.metric) for one in reading.targets] == [
        ("2023", 60, "达标率"),
        ("2024", 80, "达标率"),
    ]


def test_a_part_in_brackets_names_its_whole() -> None:
    reading = read("到2025年，建成试点30个（国家级3个、省级10个）。")
    assert [one.metric for one in reading.targets] == ["试点", "试点（国家级）", "试点（省级）"]


@pytest.mark.parametrize(
    ("clause", "values"),
    [
        ("培育年产值超10亿元企业5家", [5]),
        ("支持500人以上企业建立机构", []),
        ("对年收入2000万元以上的企业开展辅导20次", [20]),
        ("惠及10万人以上社区居民", [100_000]),
        ("65岁以上老年人体检率达到75%", [75]),
        ("人均预期寿命达到80岁", [80]),
    ],
)
def test_a_measure_that_says_of_what_is_no_target(clause: str, values: list[int]) -> None:
    assert [int(one.value) for one in read(f"到2025年，{clause}。").targets] == values


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


@pytest.mark.parametrize(
    ("clause", "metric"),
    [
        ("重点引进60名检测技术带头人", "重点引进检测技术带头人"),
        ("跟踪培养80名青年骨干", "跟踪培养青年骨干"),
        ("面向全市机关、高校和企业择优聘请40名质量观察员", "质量观察员"),
        ("邀请30个地区的专家参会", "邀请地区的专家参会"),
        ("吸引外地专家50人次参与", "吸引外地专家"),
        ("改造老旧站点12处（区商务局）", "改造老旧站点"),
        ("检验合格率达到95%以上的园区全部公示", "检验合格率"),
        ("组建一批公共平台、20个联合实验室", "联合实验室"),
    ],
)
def test_what_is_counted_behind_a_verb_is_the_metric(clause: str, metric: str) -> None:
    assert only(f"到2025年，{clause}。").metric == metric


def test_the_joining_word_between_two_figures_belongs_to_neither() -> None:
    reading = read("到2025年，形成4个县级产业集群和9个镇级产业集群。")
    assert [one.metric for one in reading.targets] == ["县级产业集群", "镇级产业集群"]


def test_a_quotation_mark_that_only_opens_is_left_out() -> None:
    reading = read("到2025年，实现“高水平检测机构达到12家，检验能力覆盖率达到90%”的目标。")
    assert [one.metric for one in reading.targets] == ["高水平检测机构", "检验能力覆盖率"]


def test_what_firms_earn_only_says_which_are_counted() -> None:
    clause = "培育6家以上年营业收入过十亿元、2家以上年营业收入达50亿元的制造企业，新增9家以上上市企业"
    assert [int(one.value) for one in read(f"到2025年，{clause}。").targets] == [6, 2, 9]


def test_figures_side_by_side_count_as_the_first_does() -> None:
    task = "重点支持30名班组长外出培训，400名一线工人参加轮训，90名主管参加研修。"
    assert [int(one.value) for one in read("", task).targets] == [30, 400, 90]


def test_a_numeral_within_what_a_rate_is_of_is_part_of_the_metric() -> None:
    assert only("到2025年，城乡三项基础服务覆盖率达到95%以上。").metric == "城乡三项基础服务覆盖率"


def test_what_was_just_listed_is_not_counted_again() -> None:
    reading = read("到2025年，培育驰名产品8个，上述2类产品销售额达到40亿元。")
    assert [(int(one.value), one.metric) for one in reading.targets] == [
        (8, "驰名产品"),
        (40, "上述2类产品销售额"),
    ]


def test_later_members_of_what_is_new_are_new_too() -> None:
    reading = read("到2025年，新增3家以上检测机构上市、6家创新型机构。")
    assert [one.metric for one in reading.targets][1] == "新增创新型机构"


@pytest.mark.parametrize(
    ("task", "values"),
    [
        ("争创省级创新基地1个、验证点3个。", [1, 3]),
        ("依托现有机构建设检验中心3个、验证点5个。", [3, 5]),
        ("建设调解组织80家，实现14个市全覆盖。", [80]),
    ],
)
def test_what_a_task_names_as_to_be_done_counts(task: str, values: list[int]) -> None:
    assert [int(one.value) for one in read("", task).targets] == values


def test_what_was_invested_is_no_reward_but_a_target() -> None:
    (target,) = read("", "2025年底前完成投资30亿元以上。").targets
    assert (int(target.value), target.unit, str(target.due)) == (30, "亿元", "2025")


def test_a_year_in_which_a_norm_was_issued_is_no_date() -> None:
    (target,) = read("到2025年，80%以上站点达到1998年市里颁布的分级要求。").targets
    assert (int(target.value), str(target.due)) == (80, "2025")


@pytest.mark.parametrize(
    ("when", "due"),
    [("2022年起3年内", "2024"), ("第十四个五年规划期间", "2025"), ("“十四五”期间", "2025")],
)
def test_a_span_of_years_is_due_at_its_end(when: str, due: str) -> None:
    assert str(only(f"{when}，培训检验人员500名。").due) == due


def test_in_what_reports_of_a_policy_a_date_governs_the_sentences_behind_it() -> None:
    text = (
        "青石市出台质量行动方案\n近日，市政府印发《青石市质量行动方案》。\n《方案》提出，到2026年，质量水平稳步提升。"
        "产品抽检合格率达到96%以上；服务满意度达到85%以上。\n"
    )
    reading = read_policy(document_of(text))
    assert [(int(one.value), str(one.due)) for one in reading.targets] == [(96, "2026"), (85, "2026")]


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
        "发布时间：2025-05-16 10:22",
        "近三年，全市累计制定标准90项",
        "全市12个县区实现全覆盖",
        "人才总量不足200人",
        "按照GB/T 1.1—2020起草标准",
        "加快17个在建试点项目建设",
        "各县每年报送典型案例2篇",
        "单个项目补助比例不超过40%",
        "每半年召开1次联席会议",
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
