"""A question's text to a Query, slot by slot."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from answering.cues import Cue
from answering.query import Query
from tests.answering.cast import read


def seen(query: Query) -> dict[str, Any]:
    """The slots that are filled, the subject as text."""
    slots = (
        "policies",
        "titled",
        "strangers",
        "departments",
        "number",
        "group",
        "clause",
        "ordinal",
        "occasion",
    )
    return {slot: getattr(query, slot) for slot in slots if getattr(query, slot)} | (
        {"subject": query.subject} if query.subject else {}
    )


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("宁波的国际标准", {"policies": ("ningbo-2024",), "subject": "国际标准"}),
        ("寧波市國際標準", {"policies": ("ningbo-2024",), "subject": "国际标准"}),
        (
            "Ningbo's international standards",
            {"policies": ("ningbo-2024",), "subject": "international standards"},
        ),
        ("宁波和苏州", {"policies": ("ningbo-2024", "suzhou-2022")}),
        ("台州", {"policies": ("taizhou-2026",)}),
        ("苏州市标准强市意见", {"policies": ("suzhou-2022",), "titled": True}),
        ("浙江省宁波市", {"policies": ("ningbo-2024",)}),
        ("浙江省的宁波市", {"policies": ("ningbo-2024",), "strangers": ("浙江省",)}),
        ("浙江省温州市", {"strangers": ("温州市",)}),
        ("杭州国际标准", {"strangers": ("杭州",), "subject": "国际标准"}),
        ("第5条", {"number": "5"}),
        ("第十二项任务", {"number": "12"}),
        ("measure no. 7", {"number": "7"}),
        ("the 3rd task", {"number": "3"}),
        ("二（三）2", {"clause": "二(三)2"}),
        ("三（一）", {"clause": "三(一)"}),
        ("(三) 2025年", {"clause": "(三)"}),
        ("第二阶段", {"ordinal": 2}),
        ("最后一个阶段", {"ordinal": -1}),
        ("the last stage", {"ordinal": -1}),
        ("phase two", {"ordinal": 2}),
        ("第三大任务", {"group": "3"}),
        ("第五大块", {"group": "5"}),
        ("the 7th area", {"group": "7"}),
        ("市海事局", {"departments": (("ningbo-2024", "D2"),)}),
        ("世界计量日", {"occasion": "世界计量日", "subject": "世界计量日"}),
        ("world metrology day", {"occasion": "world metrology day", "subject": "world metrology"}),
        ("世界标准日", {"subject": "世界标准日"}),
        ("标准化目标", {}),
        ("宁波市长", {"policies": ("ningbo-2024",), "subject": "长"}),
        ("请问是什么", {}),
        ("", {}),
    ],
)
def test_names_and_numbers_fill_their_slots(text: str, slots: dict[str, Any]) -> None:
    assert seen(read(text)) == slots


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("谁负责", {Cue.WHO}),
        ("负责什么", {Cue.DUTY}),
        ("什么时候截止", {Cue.WHEN}),
        ("多少项", {Cue.FIGURE}),
        ("有几个指标", {Cue.COUNT, Cue.TARGET}),
        ("有哪些指標", {Cue.LIST, Cue.TARGET}),
        ("完成了多少", {Cue.PROGRESS}),
        ("has Ningbo reached its 60?", {Cue.PROGRESS}),
        ("has to reach", set()),
        ("第二阶段", {Cue.STAGE}),
        ("单独负责", {Cue.SOLE}),
        ("那苏州呢", {Cue.FOLLOW}),
    ],
)
def test_asking_words_are_cues(text: str, cues: set[Cue]) -> None:
    assert read(text).cues - {Cue.FILLER, Cue.FOLLOW} | (cues & {Cue.FOLLOW}) == cues


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("到2025年", date(2025, 1, 1), date(2025, 12, 31)),
        ("25年底前", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025年6月底前", date(2025, 6, 1), date(2025, 6, 30)),
        ("by the end of 2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("明年", date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_times_are_spans(text: str, first: date, last: date) -> None:
    assert [(span.first, span.last) for span in read(text).spans] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["2022年的意见", "2024年标准化方案", "明天开会要用", "15年内", "the 2018 plan"]
)
def test_a_year_that_names_the_policy_and_the_talk_around_are_no_times(text: str) -> None:
    assert read(text).spans == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [("那12项", [12]), ("一千名", [1000]), ("两家", [2]), ("3.5亿元", [Decimal("3.5")]), ("标准", [])],
)
def test_bare_figures_are_values(text: str, values: list[Decimal]) -> None:
    assert list(read(text).values) == values


def test_what_is_understood_is_not_read_again() -> None:
    query = read("宁波二（一）2和第3条")
    assert (query.clause, query.number, query.segments, query.values) == ("二(一)2", "3", (), ())


def test_a_name_of_the_catalogue_is_told_apart_from_the_words_beside_it() -> None:
    named = [(segment.text, bool(segment.senses)) for segment in read("港区智慧港口").segments]
    assert named == [("港区", False), ("智慧港口", True)]
