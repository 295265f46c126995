"""Each form of a statement of responsibility, with offices of our own."""

import pytest

from domain.policy import Role
from reading.departments import find_charges
from reading.offices import is_department, names_of

LEAD, HELP, SHARED = Role.LEAD, Role.COOPERATING, Role.SHARED


def parts(text: str, *, first_leads: bool = False) -> list[tuple[str, Role]]:
    return [
        (part.department, part.role)
        for charging in find_charges(text, first_leads=first_leads)
        for part in charging.parts
    ]


def shared(*names: str) -> list[tuple[str, Role]]:
    return [(name, SHARED) for name in names]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("开展试点。(责任单位:市科技局、市财政局)", [("市科技局", SHARED), ("市财政局", SHARED)]),
        ("开展试点。(牵头单位:市科技局;配合单位:市财政局)", [("市科技局", LEAD), ("市财政局", HELP)]),
        ("开展试点。(牵头部门:市科技局,配合部门:市财政局)", [("市科技局", LEAD), ("市财政局", HELP)]),
        (
            "开展试点。(市科技局牵头,市财政局、市教育局配合)",
            [("市科技局", LEAD), ("市财政局", HELP), ("市教育局", HELP)],
        ),
        ("开展试点。(市科技局、市财政局按职责分工负责)", [("市科技局", SHARED), ("市财政局", SHARED)]),
        ("开展试点。(市科技局负责)", [("市科技局", Role.SOLE)]),
        ("开展试点。〔市科技局、市财政局〕", [("市科技局", SHARED), ("市财政局", SHARED)]),
        ("开展试点。【责任单位:市科技局】", [("市科技局", Role.SOLE)]),
        ("责任单位:市科技局、市财政局", [("市科技局", SHARED), ("市财政局", SHARED)]),
        ("开展试点。责任单位:科技局;配合单位:财政局。", [("科技局", SHARED), ("财政局", HELP)]),
        ("(市级各部门按职责分工负责)", [("市级各部门", Role.COLLECTIVE)]),
        ("(市科技局负责,各镇街落实)", [("市科技局", SHARED), ("各镇街", Role.IMPLEMENTING)]),
        ("(责任单位:市科技局(牵头)、市财政局)", [("市科技局", LEAD), ("市财政局", SHARED)]),
        (
            "(市科技局,各区县(自治县)人民政府)",
            [("市科技局", SHARED), ("各区县（自治县）人民政府", Role.IMPLEMENTING)],
        ),
        ("(市科技局负责,6月底前完成)", [("市科技局", Role.SOLE)]),
        ("(市科技局,长期)", [("市科技局", Role.SOLE)]),
        ("(市科技局、各镇街;持续推进)", [("市科技局", SHARED), ("各镇街", Role.IMPLEMENTING)]),
        ("(市科技局、市财政局,2025年6月底前取得成效,长期坚持)", [("市科技局", SHARED), ("市财政局", SHARED)]),
        ("(牵头:科技局;参与:财政局)", [("科技局", LEAD), ("财政局", HELP)]),
        ("【市科技局(牵头)、市财政局】", [("市科技局", LEAD), ("市财政局", SHARED)]),
        ("(责任领导:王某;责任科室:标准科)", [("标准科", Role.SOLE)]),
        (
            "责任单位:市科技局 市财政局 各镇街",
            [*shared("市科技局", "市财政局"), ("各镇街", Role.IMPLEMENTING)],
        ),
        ("(市级层面由市科技局牵头,市财政局支持)", [("市科技局", LEAD), ("市财政局", HELP)]),
        ("(市科技局会同市财政局负责落实)", shared("市科技局", "市财政局")),
        ("(市科技局、市财政局依职责推进)", shared("市科技局", "市财政局")),
        ("(市标准化专班各成员单位按职责分工负责)", [("市标准化专班各成员单位", Role.COLLECTIVE)]),
        ("(东城区、西城区市场监管局,市科技局)", shared("东城区", "西城区市场监管局", "市科技局")),
        (
            "开展试点,由市科技局牵头,市财政局、市消防大队配合。",
            [("市科技局", LEAD), ("市财政局", HELP), ("市消防大队", HELP)],
        ),
        ("开展试点。此项工作由市科技局负责,市财政局协助。", [("市科技局", SHARED), ("市财政局", HELP)]),
        ("牵头部门:市科技局。配合部门:市财政局。", [("市科技局", LEAD), ("市财政局", HELP)]),
        ("负责单位:市科技局、市财政局", shared("市科技局", "市财政局")),
        ("开展试点。承办部门:市科技局  协办部门:市财政局", [("市科技局", SHARED), ("市财政局", HELP)]),
        ("开展试点。主办:市科技局;协办:市财政局", [("市科技局", LEAD), ("市财政局", HELP)]),
        ("开展试点。【责任单位】市科技局、市财政局", shared("市科技局", "市财政局")),
        ("责任部门(单位):市科技局、市财政局", shared("市科技局", "市财政局")),
        ("责任单位为市科技局,配合单位为市财政局。", [("市科技局", Role.SHARED), ("市财政局", HELP)]),
        ("开展试点——市科技局牵头,市财政局配合", [("市科技局", LEAD), ("市财政局", HELP)]),
        (
            "市科技局、市财政局、各区人民政府",
            [*shared("市科技局", "市财政局"), ("各区人民政府", Role.IMPLEMENTING)],
        ),
        ("【牵头单位:市科技局】【配合单位:市财政局】", [("市科技局", LEAD), ("市财政局", HELP)]),
        ("责任单位:市教育局,市财政局配合", [("市教育局", SHARED), ("市财政局", HELP)]),
        ("工作分工:市科技局牵头,协作单位:市财政局", [("市科技局", LEAD), ("市财政局", HELP)]),
        ("由乡农技站承办,乡派出所、卫生院配合。", [("乡农技站", LEAD), ("乡派出所", HELP), ("卫生院", HELP)]),
        (
            "牵头市领导:王某 牵头单位:市科技局 责任单位:市财政局 数据提供单位:市统计局",
            [("市科技局", LEAD), ("市财政局", SHARED), ("市统计局", HELP)],
        ),
        (
            "(市科技局、各区、县级市政府)",
            [("市科技局", SHARED), ("各区、县级市政府", Role.IMPLEMENTING)],
        ),
        ("县科技局、县财政局(排名第一的为牵头单位)负责", shared("县科技局", "县财政局")),
    ],
)
def test_a_statement_gives_departments_with_their_roles(
    statement: str, expected: list[tuple[str, Role]]
) -> None:
    assert parts(statement) == expected


@pytest.mark.parametrize(
    "bracket",
    [
        "(以下简称委员会)",
        "(GEP)",
        "(试行)",
        "(2023年)",
        "(含分技术委员会、工作组)",
        "(即科研与标准同步)",
        "(修订)",
        "(龙头企业)",
        "(眼科、儿科)",
        "(一处)",
        "(县级市)",
    ],
)
def test_a_bracket_that_explains_names_no_department(bracket: str) -> None:
    assert parts(f"推进标准化工作{bracket}。") == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("市发展和改革委、市人力资源和社会保障局", ["市发展和改革委", "市人力资源和社会保障局"]),
        ("市财政局和市科技局", ["市财政局", "市科技局"]),
        ("各市、州、县人民政府", ["各市、州、县人民政府"]),
        ("各区、县级市", ["各区、县级市"]),
        ("各县(市)、区人民政府、市科技局", ["各县（市）、区人民政府", "市科技局"]),
        ("省粮食局、中储粮某直属库", ["省粮食局", "中储粮某直属库"]),
        ("各县(市、区)政府、市科技局", ["各县（市、区）政府", "市科技局"]),
        ("(区)市场监管局、区教委", ["（区）市场监管局", "区教委"]),
    ],
)
def test_names_are_parted_only_between_each_other(words: str, names: list[str]) -> None:
    assert names_of(words)[0] == names


def test_a_list_that_ends_in_et_cetera_is_open() -> None:
    (charging,) = find_charges("(市科技局、市财政局等部门按职责分工负责)")
    assert [part.department for part in charging.parts] == ["市科技局", "市财政局"]
    assert all(part.open_ended for part in charging.parts)
    assert names_of("市科技局、市财政局")[1] is False


def test_the_first_leads_where_the_document_says_so() -> None:
    assert parts("(市科技局、市财政局)", first_leads=True) == [("市科技局", LEAD), ("市财政局", SHARED)]
    assert parts("(市科技局)", first_leads=True) == [("市科技局", Role.SOLE)]


@pytest.mark.parametrize(
    "sentence",
    [
        "由龙头企业牵头组建联盟。",
        "强化宣传引导,市民广泛参与。",
        "由市场主体负责落实。",
        "省级财政资金予以支持。",
        "【责任单位】",
        "中小企业、专业合作社、行业协会",
        "各区人民政府、市科技局:",
    ],
)
def test_a_sentence_about_others_charges_no_department(sentence: str) -> None:
    assert parts(sentence) == []


def test_offices_are_told_from_things() -> None:
    assert all(map(is_department, ("市科技局", "省委宣传部", "各镇街", "海关", "县融媒体中心")))
    assert not any(map(is_department, ("国家标准", "管理制度", "以下同")))
