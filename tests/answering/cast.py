"""Three policies to ask about: one with everything, one with figures only, one as an import leaves it."""

from datetime import date

from answering.answer import (
    Answer,
    ClarifyItem,
    ComparisonItem,
    DutiesItem,
    EventItem,
    FactItem,
    Found,
    HelpItem,
    Item,
    ListItem,
    MilestoneItem,
    MissingItem,
    NowItem,
    PoliciesItem,
    PolicyItem,
)
from answering.index import Index
from answering.library import Library
from answering.query import Query
from answering.question import parse_folded
from answering.shorthand import expand
from language.script import fold
from storage.catalogue import loads

TODAY = date(2026, 11, 22)

NINGBO = loads(
    """
id: ningbo-2024
title: {zh: 宁波市标准化提升方案, en: Ningbo Plan for Better Standards}
region: {zh: 宁波市, en: Ningbo, aliases: [宁波]}
issued: 2024-03
start: 2024
end: 2027
targets:
  - {id: T1, clause: 一（二）, metric: {zh: 国际标准, en: international standards},
     comparator: ">=", value: 12, unit: {zh: 项}, due: 2027, topics: [国际]}
  - {id: T2, clause: 一（二）, metric: {zh: 国家标准, en: national standards},
     comparator: ">=", value: 40, unit: {zh: 项}, due: 2026}
  - {id: T3, clause: 二（一）1, metric: {zh: 制定周期, en: drafting time},
     comparator: "<=", value: 18, unit: {zh: 个月, en: months}}
goals:
  - {id: Q1, clause: 一（二）, due: 2030,
     statement: {zh: 标准体系更加健全, en: a sounder system of standards}}
groups:
  - {id: G1, clause: 二（一）, number: （一）, title: {zh: 夯实港口基础, en: Lay the foundations of the port}}
  - {id: G2, clause: 二（二）, number: （二）, title: {zh: 服务民生改善, en: Serve the people}}
measures:
  - {id: M1, clause: 二（一）1, number: "1", group: G1, topics: [智慧港口, smart port, 标准化],
     title: {zh: 建设智慧码头标准, en: Build standards for smart wharves},
     charges: [{department: D1, role: lead}, {department: D2, role: cooperating}]}
  - {id: M2, clause: 二（一）2, number: "2", group: G1,
     title: {zh: 完善海运数据标准, en: Improve shipping data},
     charges: [{department: D2, role: sole}]}
  - {id: M3, clause: 二（二）1, number: "1", group: G2,
     title: {zh: 推进养老服务规范, en: Advance elderly care},
     charges: [{department: D3, role: lead}, {department: D4, role: collective}]}
  - {id: M4, clause: 二（二）2, number: "2", group: G2, title: {zh: 推行垃圾分类规程, en: Sort waste}}
stages:
  - {id: S1, clause: 三（一）, name: {zh: 动员阶段, en: Opening stage}, start: 2024-01, end: 2024-06}
  - {id: S2, clause: 三（二）, name: {zh: 攻坚阶段, en: Main stage}, start: 2024-07, end: 2026,
     milestones: [{id: S2-1, name: {zh: 中期评估, en: mid-term evaluation}, due: 2025-06}]}
  - {id: S3, clause: 三（三）, name: {zh: 验收阶段, en: Final stage}, start: 2027, end: 2027}
safeguards:
  - {id: F1, clause: 四（一）, title: {zh: 强化资金投入, en: Provide the money}}
basis:
  - {id: B1, clause: 导语, title: {zh: 国家质量纲要, en: National Quality Outline}, number: 国办发〔2023〕9号}
events:
  - {id: E1, clause: 二（二）1, name: {zh: 世界标准日, en: World Standards Day}, yearly: 10-14}
departments:
  - {id: D1, clause: 二（一）1, name: {zh: 市港航管理局, en: Port Bureau}}
  - {id: D2, clause: 二（一）1, name: {zh: 市海事局, en: Maritime Bureau}}
  - {id: D3, clause: 二（二）1, name: {zh: 市民政局, en: Civil Affairs Bureau}}
  - {id: D4, clause: 二（二）1, name: {zh: 各有关部门, en: all departments concerned}}
""",
    name="ningbo.yaml",
)

# No departments, no stages, no goals; its measures are not under headings.
SUZHOU = loads(
    """
id: suzhou-2022
title: {zh: 苏州市标准强市意见, en: Suzhou Opinions on Strong Standards}
region: {zh: 苏州市, en: Suzhou, aliases: [苏州]}
issuer: {clause: 落款, name: {zh: 苏州市人民政府, en: Suzhou Government}}
issued: 2022
targets:
  - {id: T1, clause: 一, metric: {zh: 国际标准, en: international standards},
     comparator: ">=", value: 25, unit: {zh: 项}, due: 2025}
  - {id: T2, clause: 一, metric: {zh: 丝绸标准, en: silk standards},
     comparator: ">=", value: 7, unit: {zh: 项}, due: 2025}
measures:
  - {id: M1, clause: 二（一）, number: （一）,
     title: {zh: 制定园林养护导则, en: Draft guides for garden care}}
  - {id: M2, clause: 二（二）, number: （二）,
     title: {zh: 联合无锡市开展互认, en: Recognise tests with Wuxi}}
events:
  - {id: E1, clause: 二（一）, name: {zh: 世界标准日, en: World Standards Day}, yearly: 10-14}
""",
    name="suzhou.yaml",
)

# No English, no topics, no aliases; every fact with its wording.
IMPORTED = loads(
    """
id: taizhou-2026
title: {zh: 台州市标准惠企办法}
region: {zh: 台州市}
targets:
  - {id: T1, clause: 一, quote: 到2028年，惠企资金达到3亿元。, quote_start: 5, quote_end: 20,
     metric: {zh: 惠企资金}, comparator: ">=", value: 3, unit: {zh: 亿元}, due: 2028}
measures:
  - {id: M1, clause: 二（一）, number: （一）, title: {zh: 推进标准进厂},
     quote: 派专员驻点辅导中小工厂。, quote_start: 30, quote_end: 42}
""",
    name="taizhou.yaml",
)

LIBRARY = Library((NINGBO, SUZHOU, IMPORTED))
INDEX = Index((NINGBO, SUZHOU, IMPORTED))


def read(text: str) -> Query:
    """The question as a Query."""
    return parse_folded(expand(fold(text)), INDEX, today=TODAY)


def ask(*texts: str, library: Library = LIBRARY, today: date = TODAY) -> Answer:
    """The answer to the last of these, asked one after the other."""
    answer = library.ask(texts[0], today=today)
    for text in texts[1:]:
        answer = library.ask(text, today=today, context=answer.context)
    return answer


def told(answer: Answer) -> str:
    """An answer in one line: what each item tells, then what can be pressed."""
    items = "; ".join(_told(item) for item in answer.items)
    pressed = " ".join(f"{_short(one.policy)}/{one.id or one.kind}" for one in answer.choices)
    return f"{items} ? {pressed}" if pressed else items


def _told(item: Item) -> str:
    match item:
        case FactItem(found=found, aspect=aspect, asked=asked):
            return f"{_at(found)} {aspect.name.lower()}" + (f" asked {asked.id}" if asked else "")
        case ListItem(kind=kind, found=found_all, counted=counted):
            return f"{'count' if counted else 'list'} {kind}: {' '.join(map(_at, found_all))}"
        case DutiesItem(policy=policy, department=department, measures=measures):
            return f"duties {_short(policy.id)}/{department.id}: {' '.join(one.id for one in measures)}"
        case NowItem(current=current, upcoming=upcoming):
            return f"now {current.id if current else None}, then {upcoming.id if upcoming else None}"
        case MilestoneItem(stage=stage, milestone=milestone):
            return f"milestone {milestone.id} of {stage.id}"
        case EventItem(policy=policy, event=event, first=first, also=also):
            return f"{_short(policy.id)}/{event.id} on {first}" + "".join(f", {_at(one)}" for one in also)
        case ComparisonItem(rows=rows):
            return "compare " + " ".join(f"{_short(row.id)}/{one.id if one else None}" for row, one in rows)
        case PolicyItem(policy=policy, aspect=aspect):
            return f"{_short(policy.id)} {aspect.name.lower()}"
        case PoliciesItem(policies=policies, counted=counted):
            return f"{'count' if counted else 'list'}: {' '.join(_short(one.id) for one in policies)}"
        case MissingItem(reason=reason, subject=subject, found=found):
            return f"no {reason}: {_at(found) if found else subject}"
        case ClarifyItem(by_policy=by_policy):
            return "which policy" if by_policy else "which entry"
        case HelpItem():
            return "help"


def _at(found: Found) -> str:
    return f"{_short(found.policy.id)}/{found.fact.id}"


def _short(policy: str) -> str:
    return policy.partition("-")[0]
