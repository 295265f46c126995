"""Each family of rules, with what it answers and what it honestly does not."""

import pytest

from answering.answer import Answer, FactItem, HelpItem, PoliciesItem, Status
from answering.library import Library
from tests.answering.cast import ask, told

PLACES = [
    ("杭州国际标准多少项", "no place: 杭州"),
    ("浙江省国际标准多少项", "no place: 浙江省"),
    ("苏州哪条提到无锡", "suzhou/M2 detail"),
    ("哪些政策提到无锡", "no place: 无锡 ? suzhou/M2"),
    ("苏州跟无锡互认", "suzhou/M2 detail"),
    ("苏州无锡目标多少", "no place: 无锡 ? suzhou/M2"),
    ("世界计量日是哪天", "no event: 世界计量日"),
]
PROGRESS = [
    ("宁波国际标准完成了多少", "no progress: ningbo/T1 ? ningbo/T1"),
    ("宁波国际标准现在多少项", "no progress: ningbo/T1 ? ningbo/T1"),
    ("has Suzhou reached its silk standards?", "no progress: suzhou/T2 ? suzhou/T2"),
    ("完成情况如何", "no progress: "),
]
PUBLICATION = [
    ("谁印发的苏州意见", "suzhou issuer"),
    ("宁波谁印发的", "no issuer: "),
    ("宁波哪年发布的", "ningbo issued"),
    ("台州哪年发布的", "no issued: "),
    ("宁波发布时间和发布机关", "no issuer: ; ningbo issued"),
    ("谁印发的", "which policy ? ningbo/policy suzhou/policy taizhou/policy"),
    ("苏州园林养护是什么时候印发的", "no deadline: suzhou/M1 ? suzhou/M1"),
]
NUMBERS = [
    ("苏州第2条", "suzhou/M2 detail"),
    ("宁波第2条", "which entry ? ningbo/M2 ningbo/M4"),
    ("宁波第3条", "ningbo/M3 detail"),
    ("宁波第9条", "no number: 9"),
    ("宁波第0条", "no number: 0"),
    ("宁波第二大任务", "list measure: ningbo/M3 ningbo/M4"),
    ("苏州第二大任务", "suzhou/M2 detail"),
    ("宁波第六大任务", "no number: 6"),
    ("宁波二（一）2说什么", "ningbo/M2 detail"),
    ("宁波二（二）", "list measure: ningbo/M3 ningbo/M4"),
    ("宁波一（二）", "list target: ningbo/T1 ningbo/T2 ningbo/Q1"),
    ("宁波九（九）9", "no number: 九(九)9"),
    ("二（一）", "which policy ? ningbo/G1 suzhou/M1 suzhou/E1"),
]
DEPARTMENTS = [
    ("市海事局负责什么", "duties ningbo/D2: M1 M2"),
    ("苏州的市海事局负责什么", "no topic: 市海事局"),
    ("海事局负责什么", "duties ningbo/D2: M1 M2"),
    ("市海事局负责智慧港口吗", "ningbo/M1 who asked D2"),
    ("市民政局负责智慧港口吗", "ningbo/M1 who asked D3"),
    ("市港航管理局和市海事局一起负责哪条", "list measure: ningbo/M1"),
    ("宁波哪个部门任务最多", "duties ningbo/D2: M1 M2"),
    ("谁负责宁波的养老服务", "ningbo/M3 who"),
    ("宁波垃圾分类谁负责", "no department: ningbo/M4 ? ningbo/M4"),
    ("苏州园林养护谁负责", "no department: suzhou/M1 ? suzhou/M1"),
    ("苏州火星基地谁负责", "no department: 火星基地"),
    ("服务民生改善谁负责", "ningbo/M3 who"),
]
STAGES = [
    ("宁波第二阶段", "ningbo/S2 detail"),
    ("宁波最后一个阶段什么时候", "ningbo/S3 deadline"),
    ("宁波第九阶段", "no stage: 9"),
    ("苏州第一阶段", "no stage: "),
    ("宁波现在到哪个阶段", "now S2, then S3"),
    ("苏州现在到哪个阶段", "no stage: "),
    ("宁波2024年是什么阶段", "ningbo/S1 detail; ningbo/S2 detail"),
    ("宁波2033年是什么阶段", "no year: 2033年"),
    ("宁波中期评估什么时候", "milestone S2-1 of S2"),
    ("宁波2024年攻坚的阶段", "ningbo/S2 detail"),
]
SUBJECTS = [
    ("宁波国际标准多少项？", "ningbo/T1 figure"),
    ("how many international standards must Ningbo have by 2027", "ningbo/T1 figure"),
    ("宁波國際標準要多少項", "ningbo/T1 figure"),
    ("国际标准多少项", "which policy ? ningbo/T1 suzhou/T1"),
    ("宁波2026年国际标准多少项", "no year: 2026年 ? ningbo/T1"),
    ("苏州国家标准多少项", "no target: 国家标准 ? ningbo/T2"),
    ("宁波火星基地多少项", "no target: 火星基地"),
    ("火星基地建设", "no topic: 火星基地"),
    ("宁波国家标准什么时候截止", "ningbo/T2 deadline"),
    ("宁波制定周期什么时候截止", "no deadline: ningbo/T3 ? ningbo/T3"),
    ("宁波标准体系什么时候健全", "ningbo/Q1 deadline"),
    ("宁波国际标准和国家标准各多少项", "ningbo/T1 figure; ningbo/T2 figure"),
    ("宁波国际标准国家标准多少项", "ningbo/T1 figure; ningbo/T2 figure"),
    ("宁波推进养老服务规范和完善海运数据标准谁负责", "ningbo/M3 who; ningbo/M2 who"),
    ("火星基地在哪颗星球的什么方位，宁波智慧港口谁负责", "ningbo/M1 who"),
    ("宁波依据哪些火星精神", "list basis: ningbo/B1"),
    ("夯实港口基础有哪些任务", "list measure: ningbo/M1 ningbo/M2"),
    ("宁波养老服务的举措有几条", "count measure: ningbo/M3"),
    ("国家质量纲要文号", "ningbo/B1 detail"),
    ("世界标准日是哪天", "ningbo/E1 on 2027-10-14, suzhou/E1"),
]
COMPARISONS = [
    ("宁波和苏州的国际标准", "compare ningbo/T1 suzhou/T1"),
    ("各地国际标准对比", "compare ningbo/T1 suzhou/T1 taizhou/None"),
    ("各地园林养护", "suzhou/M1 detail"),
    ("各地谁负责养老服务", "ningbo/M3 who"),
    ("各地谁负责园林养护", "no department: suzhou/M1 ? suzhou/M1"),
    ("宁波和苏州的火星基地", "no topic: 火星基地"),
]
ENTRIES = [
    ("宁波有哪些指标", "list target: ningbo/T1 ningbo/T2 ningbo/T3 ningbo/Q1"),
    ("宁波2027年有哪些指标", "list target: ningbo/T1"),
    ("苏州2033年有哪些指标", "no year: 2033年"),
    ("宁波有几条举措", "count measure: ningbo/M1 ningbo/M2 ningbo/M3 ningbo/M4"),
    ("宁波有哪些部门", "list department: ningbo/D1 ningbo/D2 ningbo/D3"),
    ("宁波有几个保障措施几份依据", "count safeguard: ningbo/F1; count basis: ningbo/B1"),
    ("有哪些指标", "which policy ? ningbo/target suzhou/target taizhou/target"),
    ("有哪些部门", "list department: ningbo/D1 ningbo/D2 ningbo/D3"),
    ("苏州有哪些部门", "no department: "),
    ("宁波谁负责几个", "count department: ningbo/D1 ningbo/D2 ningbo/D3"),
    ("苏州依据什么", "no kind: "),
    ("宁波哪条由一个部门单独负责", "ningbo/M2 who"),
    ("苏州哪条由一个部门单独负责", "no department: "),
    ("哪些政策没有阶段", "list: suzhou taizhou"),
    ("哪些政策没有指标", "no kind: "),
    ("有哪些政策", "list: ningbo suzhou taizhou"),
    ("有几份文件", "count: ningbo suzhou taizhou"),
]
TIMES = [
    ("接下来有什么", "list target: ningbo/T2; suzhou/E1 on 2027-10-14"),
    ("宁波2026年", "ningbo/S2 detail; list target: ningbo/T2"),
    ("宁波2033年", "no year: 2033年"),
    ("接下来有什么活动", "suzhou/E1 on 2027-10-14"),
    ("宁波2026年有哪些举措", "ningbo/S2 detail; list target: ningbo/T2"),
]
WHOLE = [
    ("宁波主要内容", "ningbo overview"),
    ("宁波提升方案主要内容", "ningbo overview"),
    ("宁波", "ningbo overview"),
    ("宁波什么时候截止", "ningbo/T1 deadline; ningbo/T2 deadline; ningbo/Q1 deadline"),
    ("主要内容", "which policy ? ningbo/policy suzhou/policy taizhou/policy"),
    ("你能做什么", "help"),
    ("的了吗", "no unclear: "),
]
IMPORTED = [
    ("台州惠企资金多少", "taizhou/T1 figure"),
    ("Taizhou 惠企资金", "taizhou/T1 figure"),
    ("台州驻点辅导", "taizhou/M1 detail"),
    ("台州什么时候截止", "taizhou/T1 deadline"),
    ("台州推进标准进厂谁负责", "no department: taizhou/M1 ? taizhou/M1"),
    ("台州第一条", "taizhou/M1 detail"),
]
ALL = [
    *PLACES,
    *PROGRESS,
    *PUBLICATION,
    *NUMBERS,
    *DEPARTMENTS,
    *STAGES,
    *SUBJECTS,
    *COMPARISONS,
    *ENTRIES,
    *TIMES,
    *WHOLE,
    *IMPORTED,
]
EMPTY = Library(())


@pytest.mark.parametrize(("text", "expected"), ALL)
def test_a_question_is_told_its_answer_or_what_is_missing(text: str, expected: str) -> None:
    answer = ask(text)
    assert told(answer) == expected
    assert (answer.status is Status.CLARIFY) == expected.startswith("which")
    assert (answer.status is Status.NO_RECORD) == (expected.startswith("no ") and "; " not in expected)


@pytest.mark.parametrize("text", [text for text, _ in ALL])
def test_what_is_answered_has_a_source_and_what_is_not_tells_no_fact(text: str) -> None:
    answer = ask(text)
    if answer.status is Status.ANSWERED:
        assert answer.citations() or _needs_none(answer)
    else:
        assert not any(isinstance(item, FactItem) for item in answer.items)


def _needs_none(answer: Answer) -> bool:
    return all(isinstance(item, HelpItem | PoliciesItem) for item in answer.items)


@pytest.mark.parametrize("text", [text for text, _ in ALL])
def test_an_empty_catalogue_answers_nothing_but_help(text: str) -> None:
    answer = ask(text, library=EMPTY)
    assert answer.citations() == ()
    assert answer.status is Status.NO_RECORD or answer.choices == () or told(answer) == "help"
    assert not any(isinstance(item, FactItem) for item in answer.items)
