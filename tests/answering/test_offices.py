"""Short names of departments, by general usage."""

import pytest

from answering.offices import short_names


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("省工业和信息化厅", {"工业和信息化厅", "工信厅", "省工信厅"}),
        ("江津区市场监管局", {"市场监管局", "市监局"}),
        ("市发展改革委", {"发展改革委", "发改委", "市发改委"}),
        ("自治区卫生健康委", {"卫健委", "自治区卫健委"}),
        ("人力资源社会保障厅", {"人社厅"}),
    ],
)
def test_people_call_it_by_its_short_names(full: str, short: set[str]) -> None:
    assert short <= set(short_names(full))


@pytest.mark.parametrize("name", ["市场监管局", "区委", "县局", "各镇街"])
def test_a_name_is_not_cut_where_no_office_would_be_left(name: str) -> None:
    assert all(len(one) > 2 and not one.startswith("场") for one in short_names(name))
