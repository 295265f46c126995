"""What date governs a figure by where it stands, and where figures of an article or a condition count."""

import pytest

from reading.policy import read_policy
from tests.reading.scoring import document_of

TITLE = "青河市标准化提升行动方案（2024—2026年）\n"
RULES = "青河市团体标准培优管理办法（2024年）\n第一章 总则\n第一条 为规范培优工作，制定本办法。\n{}\n"


def dated(text: str) -> list[tuple[int, str | None]]:
    """Each figure with its date."""
    targets = read_policy(document_of(text)).targets
    return [(int(one.value), str(one.due) if one.due else None) for one in targets]


def tasks(task: str) -> list[tuple[int, str | None]]:
    return dated(
        f"{TITLE}一、主要目标\n水平明显提升。\n二、重点任务\n（一）健全体系。{task}\n（二）强化监督。\n"
    )


@pytest.mark.parametrize(
    "rows",
    [
        "【到2024年底】\n▶ 制定地方标准12项\n【到2026年底】\n▶ 制定地方标准40项",
        "🎯 2024年\n制定地方标准12项\n🎯 2026年\n制定地方标准40项",
        "●到2024年\n◆制定地方标准12项\n●到2026年\n◆制定地方标准40项",
        "2024年底前：\n——制定地方标准12项。\n2026年底前：\n——制定地方标准40项。",
        "（一）到2024年\n1.制定地方标准12项。\n（二）到2026年\n1.制定地方标准40项。",
    ],
)
def test_a_line_that_is_a_date_governs_those_below_it(rows: str) -> None:
    text = f"{TITLE}一、主要目标\n{rows}\n二、重点任务\n（一）健全体系。建设标准馆6座。\n（二）强化监督。\n"
    assert [(value, due and due[:4]) for value, due in dated(text)] == [(12, "2024"), (40, "2026"), (6, None)]


def test_the_date_above_a_list_ends_with_the_list() -> None:
    listed = "\n●到2025年底\n◆建设标准馆6座\n●到2026年底\n◆建设标准馆9座\n（三）做好服务。办理事项100项。"
    assert tasks(listed)[:2] == [(6, "2025"), (9, "2026")]
    assert tasks(listed)[-1] == (100, None)


@pytest.mark.parametrize("words", ["规划期末", "到行动计划期末", "到期末", "实施期满时"])
def test_the_end_of_the_period_is_the_one_the_title_sets(words: str) -> None:
    assert tasks(f"{words}，标准实施率达到85%。") == [(85, "2026")]


def test_the_end_of_the_period_is_the_one_the_text_tells() -> None:
    told = "试点期限为2024年5月至2027年4月。到试点期末，标准实施率达到85%。"
    assert tasks(told) == [(85, "2027-04")]


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("培育排头兵12家，10月底前完成60项复审。", [(12, None), (60, "2024-10")]),
        ("培育排头兵12家，10月底前完成。", [(12, "2024-10")]),
        ("标杆企业10家；培训2000人次（2026年底前完成）。", [(10, None), (2000, "2026")]),
        ("三季度前建成中心2家，组织活动6场。", [(2, "2024-Q3"), (6, "2024-Q3")]),
        ("2025年9月底前完成目录修订，两年内采标率提高到60%以上。", [(60, None)]),
        ("2025年上半年上线平台；下半年，开发应用6个。", [(6, "2025-12")]),
        ("选树标杆20个（2024年8个，2025年12个）。", [(20, None), (8, "2024"), (12, "2025")]),
        ("分两批开展复审，2024年6月底前完成第一批80项。", [(80, "2024-06")]),
        ("推动50项标准入目录，2025年底前完成30项，2026年底前全部完成。", [(50, "2026"), (30, "2025")]),
        ("国际标准实现突破，到2025年达到3项、2026年达到5项。", [(3, "2025"), (5, "2026")]),
    ],
)
def test_a_date_governs_what_follows_it_or_ends_what_it_closes(
    task: str, expected: list[tuple[int, str | None]]
) -> None:
    assert tasks(task)[-len(expected) :] == expected


@pytest.mark.parametrize(
    ("task", "values"),
    [
        ("年内新获批国家级试点3个。", [3]),
        ("开发精品课程20门，发布目录2批。", [20, 2]),
        ("在60家企业开展试点。", [60]),
        ("全县14个乡镇服务站建成率达到90%，18个社区公示栏实现全覆盖。", [90]),
        ("每年承办国际标准化会议2场，每年召开联席会议2场。", [2]),
        ("申报单位应当符合下列条件：从业人员30人以上；成立时间满3年。", []),
    ],
)
def test_what_is_to_be_done_counts_and_what_it_is_done_to_does_not(task: str, values: list[int]) -> None:
    assert [value for value, _ in tasks(task)] == values


def test_an_article_that_sets_a_date_or_names_who_answers_holds_targets() -> None:
    articles = (
        "第二条 工作目标：到2026年，培优团体标准60项，采信率不低于70%。\n"
        "第三条 建设标准服务站12个。（责任部门：市工商联、市民政局）"
    )
    assert dated(RULES.format(articles)) == [(60, "2026"), (70, "2026"), (12, None)]


def test_the_norms_of_articles_are_no_targets() -> None:
    articles = (
        "第二条 公示期限不少于三十日，每次评选不超过10项，给予不超过20万元奖励。\n"
        "第三条 申报团体应当具备下列条件：\n（一）会员不少于50家；\n（二）专职人员5人以上。"
    )
    assert dated(RULES.format(articles)) == []
