"""Places in a text: exact, nearly so, and the accidents that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.gazetteer import Level, above, all_places
from language.likeness import look_or_sound_alike
from language.places import find_places, near_places
from language.script import fold


def names(text: str) -> list[str]:
    """The full names of the places found."""
    return [span.place.name for span in find_places(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江和广东比呢", ["浙江省", "广东省"]),
        ("浙江省、江津区、温州市", ["浙江省", "江津区", "温州市"]),
        ("廣東與溫州", ["广东省", "温州市"]),
        ("江津的国家标准", ["江津区"]),
        ("温州市场监管", ["温州市"]),
        ("江津区域协同", ["江津区"]),
        ("上海南部", ["上海市"]),
        ("内蒙古自治区呼和浩特市", ["内蒙古自治区", "呼和浩特市"]),
        ("广西自治区和香港特区", ["广西壮族自治区", "香港特别行政区"]),
        ("恩施州、大理州", ["恩施土家族苗族自治州", "大理白族自治州"]),
        ("海南与海南藏族自治州", ["海南省", "海南藏族自治州"]),
        ("吉林和吉林市", ["吉林省", "吉林市"]),
        ("安徽省和县", ["安徽省", "和县"]),
        ("攀枝花市东区的东区", ["攀枝花市", "东区"]),
        ("大同市东方市朝阳区和平区", ["大同市", "东方市", "朝阳区", "和平区"]),
        ("what does Jiangjin require", ["江津区"]),
        ("Inner Mongolia's and Hong Kong's", ["内蒙古自治区", "香港特别行政区"]),
        ("Shanxi, Shaanxi, Xi'an", ["山西省", "陕西省", "西安市"]),
        ("Tibet and Xizang", ["西藏自治区", "西藏自治区"]),
        ("Zhejang", ["浙江省"]),
    ],
)
def test_places_are_found_with_and_without_suffix(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "市场监管部门",
        "世界大同，面向东方，朝阳产业，和平发展",
        "长三角一体化",
        "国家示范县和主城区",
        "温文尔雅的重大连续工程",
        "新兴产业、公安、资源、合作、大数据、人民共和国",
        "human resources require national standards",
    ],
)
def test_words_are_no_places(text: str) -> None:
    assert names(text) == []


def test_an_exact_name_scores_one_and_a_slip_less() -> None:
    exact, slip = find_places("zhejiang, guangdnog")
    assert (exact.score, slip.place.name) == (1.0, "广东省")
    assert 0.5 < slip.score < 1


def test_of_places_of_one_name_the_one_beside_its_parent_is_meant() -> None:
    nanjing, drum_tower = find_places("南京的鼓楼区")
    assert nanjing.place.code in set(above(drum_tower.place))
    assert {place.name for place in drum_tower.rivals} == {"鼓楼区"}


WANTED = ("浙江", "温州", "广东", "江津")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("淅江到2025年", "浙江"),
        ("温洲的国际标准", "温州"),
        ("溫洲", "温州"),
        ("广冻有几项", "广东"),
        ("江律", "江津"),
        ("江京的要求", "江津"),
    ],
)
def test_a_slip_of_look_or_sound_is_near(text: str, meant: str) -> None:
    assert [slip.wanted for slip in near_places(fold(text), WANTED)] == [meant]


@pytest.mark.parametrize("text", ["浙江", "江西", "湛江", "湘江", "广西", "台州", "将近十项", "江苏浙江", ""])
def test_another_place_or_word_is_not_near(text: str) -> None:
    assert near_places(text, WANTED) == []


def test_english_names_may_be_wanted_too() -> None:
    (slip,) = near_places("standards in wenzou", ["Wenzhou", "Zhejiang"])
    assert (slip.wanted, slip.text) == ("Wenzhou", "wenzou")


@pytest.mark.parametrize("pair", ["浙淅", "津律", "州洲", "东冻", "温湿", "杭抗"])
def test_characters_that_are_mistaken(pair: str) -> None:
    assert look_or_sound_alike(*pair)
    assert look_or_sound_alike(*reversed(pair))


@pytest.mark.parametrize("pair", ["浙湘", "广江", "州湖", "a东", "東东"])
def test_characters_that_are_not_mistaken(pair: str) -> None:
    assert not look_or_sound_alike(*pair)


def test_the_gazetteer_holds_every_level_and_each_place_its_parent() -> None:
    places = all_places()
    counts = {level: sum(place.level is level for place in places.values()) for level in Level}
    assert (counts[Level.PROVINCE], counts[Level.PREFECTURE]) == (34, 333)
    assert counts[Level.COUNTY] > 2800
    for place in places.values():
        assert (place.parent is None) == (place.level is Level.PROVINCE)
        assert place.english


@pytest.mark.parametrize("field", ["name", "english"])
def test_every_place_is_found_by_its_own_name(field: str) -> None:
    for place in all_places().values():
        name = getattr(place, field).lower()
        if place.name in {"城区", "郊区", "矿区", "东区", "西区"}:
            continue  # only behind their city
        if field == "english" and place.level is Level.COUNTY:
            continue  # only those of six letters or more
        (span,) = find_places(name)
        assert place in (span.place, *span.rivals)


@given(st.text(st.sampled_from("浙江省市温州区县西湖海南上大连和示范abz'e 的")))
def test_places_stand_where_they_say_and_never_overlap(text: str) -> None:
    done = 0
    for span in find_places(text):
        assert done <= span.start < span.end
        assert text[span.start : span.end] == span.text
        done = span.end


@given(st.text())
def test_finding_is_total(text: str) -> None:
    find_places(fold(text))
    near_places(fold(text), ["浙江", "zhejiang", "", "x"])
