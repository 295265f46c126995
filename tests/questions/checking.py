"""Holds answers against the question set; `python -m tests.questions.checking [FILE]` shows what is wrong."""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from answering.answer import Answer, Status
from answering.library import Library
from bot.texts import Markup, render
from domain.languages import Language
from domain.policy import FactKind, Policy
from reading.as_policy import to_policy
from reading.policy import read_policy
from storage.catalogue import load_folder
from tests.reading.scoring import document_of

CATALOGUE = Path(__file__).parents[2] / "catalogue"
QUESTIONS = Path(__file__).with_name("questions.jsonl")
IMPORTED = Path(__file__).with_name("imported.jsonl")
IMPORTED_2 = Path(__file__).with_name("imported_2.jsonl")
IMPORTED_3 = Path(__file__).with_name("imported_3.jsonl")
IMPORTED_4 = Path(__file__).with_name("imported_4.jsonl")
TODAY = date(2026, 11, 22)
# The second and the third imported set ask about these, called as their files are.
_TEXTS_2 = Path(__file__).with_name("texts")
_TEXTS_3 = Path(__file__).with_name("texts_3")
# The texts of tests/reading/gold that the first and the fourth ask about, as they are called there and here.
_GOLD = Path(__file__).parents[1] / "reading" / "gold"
_TEXTS = {
    "jiangsu-semicolon-goals": "jiangsu",
    "group-responsibility-after": "tianjin",
    "province-notice": "sichuan",
    "responsibility-table-markdown": "yinzhou",
    "hebei-yearly-steps": "hebei",
    "several-dates": "shenzhen",
    "education-other-field": "wuhou",
    "stage-dots-town": "linze",
    "wrapped-lines": "shandong",
    "inner-mongolia-prose": "neimenggu",
    "park-special-actions": "guian",
    "hubei-style-measures-list": "hubei",
    "goals-in-list-quality-city": "xian",
}
_TEXTS_4 = {
    "quality-county-stages": "anyue",
    "notice-with-task-table": "haidong",
    "city-outline-units": "jian",
    "property-rights-led-and-helped": "liaoning",
    "metrology-opinion": "nanning",
    "coffee-page-one-line": "puer",
    "ministries-turtle-brackets": "shilaohua",
    "task-lines-with-time": "xinyang",
    "framed-page-traditional": "zunyi",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of the set; the README beside it says what each field means."""

    id: str
    question: str
    kind: str
    tags: tuple[str, ...]
    status: tuple[str, ...]
    context: tuple[str, ...]
    today: date
    lang: Language | None
    text_all: tuple[tuple[str, ...], ...]
    text_none: tuple[str, ...]
    facts_all: tuple[tuple[str, ...], ...]
    no_figures: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came back, and what is wrong with it; right when `faults` is empty."""

    question: Question
    answer: Answer
    text: str
    facts: tuple[tuple[str, str, str], ...]
    faults: tuple[str, ...]
    figure: bool  # a question without an answer was given a figure


def read(file: Path) -> tuple[Question, ...]:
    """Every line of a set, in order."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(_question(json.loads(line)) for line in lines if line.strip())


def library_for(file: Path) -> Library:
    """The bundled policies; for the imported sets also those read from texts, as an import leaves them."""
    texts = {
        IMPORTED: _of_gold(_TEXTS),
        IMPORTED_2: {text.stem: text for text in sorted(_TEXTS_2.glob("*.txt"))},
        IMPORTED_3: {text.stem: text for text in sorted(_TEXTS_3.glob("*.txt"))},
        IMPORTED_4: _of_gold(_TEXTS_4),
    }
    return Library((*load_folder(CATALOGUE), *_imported(texts.get(file, {}))))


def _of_gold(names: Mapping[str, str]) -> Mapping[str, Path]:
    return {policy_id: _GOLD / f"{text}.txt" for text, policy_id in names.items()}


def _imported(texts: Mapping[str, Path]) -> Iterable[Policy]:
    for policy_id, text in texts.items():
        yield to_policy(read_policy(document_of(text.read_text(encoding="utf-8"))), policy_id)


def check(question: Question, library: Library) -> Outcome:
    """Ask the question as it would be asked in a chat, and look what comes back."""
    answer = _ask(question, library)
    text = f" {render(answer, library, markup=Markup.PLAIN)} "  # so that " 3 " fits at either end
    facts = tuple((cited.policy.id, str(cited.kind), cited.clause) for cited in answer.citations())
    figures = _figures(question, answer, text) if question.no_figures else ()
    return Outcome(
        question=question,
        answer=answer,
        text=text,
        facts=facts,
        faults=(*_faults(question, answer.status, text, facts), *figures),
        figure=bool(figures),
    )


def report(outcomes: Iterable[Outcome], *, verbose: bool = False) -> str:
    """Every wrong answer (with `verbose` every answer) with what was expected, then totals."""
    outcomes = tuple(outcomes)
    told = [_told(outcome) for outcome in outcomes if verbose or outcome.faults]
    return "\n\n".join([*told, _totals(outcomes)])


def _question(line: Mapping[str, Any]) -> Question:
    status = line["status"]
    lang = line.get("lang")
    return Question(
        id=str(line["id"]),
        question=line["question"],
        kind=line.get("kind", ""),
        tags=tuple(line.get("tags", ())),
        status=tuple([status] if isinstance(status, str) else status),
        context=tuple(line.get("context", ())),
        today=date.fromisoformat(line["today"]) if line.get("today") else TODAY,
        lang=Language(lang.replace("_", "-")) if lang else None,
        text_all=tuple(
            tuple([any_of] if isinstance(any_of, str) else any_of) for any_of in line.get("text_all", ())
        ),
        text_none=tuple(line.get("text_none", ())),
        facts_all=tuple(tuple(fact) for fact in line.get("facts_all", ())),
        no_figures=bool(line.get("no_figures")),
    )


def _ask(question: Question, library: Library) -> Answer:
    context: Mapping[str, Any] = {}
    for earlier in question.context:
        context = library.ask(earlier, today=question.today, language=question.lang, context=context).context
    return library.ask(question.question, today=question.today, language=question.lang, context=context)


def _faults(
    question: Question, status: Status, text: str, facts: tuple[tuple[str, str, str], ...]
) -> Iterable[str]:
    if status not in question.status:
        yield f"status {status}, expected {' or '.join(question.status)}"
    for any_of in question.text_all:
        if not any(words in text for words in any_of):
            yield f"the text has none of: {' | '.join(any_of)}"
    yield from (f"the text must not have: {words}" for words in question.text_none if words in text)
    for fact in question.facts_all:
        if not any(cited[: len(fact)] == fact for cited in facts):
            yield f"not cited: {' '.join(fact)}"


# What is no figure of a target, taken out before looking for one.
_NO_FIGURE = re.compile(
    r"""
    (?:19|20)\d\d(?:-\d\d?(?:-\d\d?)?|\s*年(?:\s*\d+\s*[月季](?:\s*\d+\s*日)?)?)?  # 2025-06, 2025年6月30日
    | \d+\s*月(?:\s*\d+\s*日)?                                     # 10月14日
    | \d[\d,]*\s*[天日]                                            # 还有 39 天
    | \d[\d,]*\s+days?\b
    | \d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)
    | 第\s*\d+\s*[条條项項号號个個]?                                # 第9条
    | (?:measure|task|item|stage|clause|section|group|target|no\.|\#)s?\s*\d+
    | [（(]\s*\d+\s*[）)] | [一二三四五六七八九十]\d+               # （三）, 二（三）2
    | \d+\s*[个個项項条條部份类類]\s*
      (?:政策|文件|指标|指標|目标|目標|举措|舉措|任务|任務|措施|阶段|階段|部门|部門|单位|單位|保障|地区|地區|结果|結果)
    | \d+\s+(?:polic|target|goal|measure|task|stage|department|safeguard|region|result|document|more\b)\w*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIGURE = re.compile(
    r"""
    \d[\d,.]*\s*(?:[%％‰]|percent|个月|個月|months?\b|[项項个個家次批人种種套件篇门門亿億万萬倍])
    | (?:at\s+least|at\s+most|more\s+than|less\s+than|no\s+more\s+than|within|over|about|≥|≤
        |不少于|不少於|不低于|不低於|不超过|不超過|至少|至多|超过|超過|达到|達到)\s*\d[\d,.]*
    | \d[\d,.]*\s*(?:以上|以内|以內|以下|左右|or\s+more|or\s+less)
    | \d[\d,.]*\s(?!of\b|in\b|and\b|or\b|to\b|for\b)[a-z]+
    """,
    re.VERBOSE,
)


def _figures(question: Question, answer: Answer, text: str) -> tuple[str, ...]:
    """Every figure that a question without an answer was given as if it were one."""
    stated = _NO_FIGURE.sub(" ", text)
    asked = _squeezed(question.question)
    given = [figure for figure in _FIGURE.findall(stated) if _squeezed(figure) not in asked]
    faults = [f"a figure where there is none: {figure}" for figure in dict.fromkeys(given)]
    if answer.status is Status.ANSWERED:
        cited = [cited.id for cited in answer.citations() if cited.kind is FactKind.TARGET]
        faults += [f"answered by target {target}" for target in cited]
    return tuple(faults)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _told(outcome: Outcome) -> str:
    question = outcome.question
    mark = "✗" if outcome.faults else "✓"
    asked = " ⏵ ".join((*question.context, question.question))
    facts = "; ".join(" ".join(fact) for fact in outcome.facts) or "none"
    lines = [f"{mark} {question.id} [{question.kind}] {asked}"]
    lines += [f"    ! {fault}" for fault in outcome.faults]
    lines += [f"    {outcome.answer.status}; facts: {facts}"]
    lines += [f"    | {line}" for line in outcome.text.splitlines()]
    return "\n".join(lines)


def _totals(outcomes: tuple[Outcome, ...]) -> str:
    total = Counter(key for outcome in outcomes for key in _keys(outcome.question))
    wrong = Counter(key for outcome in outcomes if outcome.faults for key in _keys(outcome.question))
    lines = [f"{count - wrong[key]:4d} of {count:4d}  {key}" for key, count in sorted(total.items())]
    right = sum(not outcome.faults for outcome in outcomes)
    figures = [outcome.question.id for outcome in outcomes if outcome.figure]
    lines.append(f"{right} of {len(outcomes)} right, {100 * right / max(1, len(outcomes)):.1f} %")
    lines.append(f"figures where there are none: {', '.join(figures) or 'none'}")
    return "\n".join(lines)


def _keys(question: Question) -> Iterable[str]:
    return (f"kind {question.kind}", *(f"tag {tag}" for tag in question.tags))


def main(arguments: list[str]) -> int:
    """Check a file of questions; 0 when all are right."""
    parser = argparse.ArgumentParser(prog="python -m tests.questions.checking", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--only", metavar="ID", action="append", help="only this question (may be repeated)")
    parser.add_argument("--verbose", action="store_true", help="show the right answers too")
    options = parser.parse_args(arguments)
    library = library_for(options.file.resolve())
    questions = [one for one in read(options.file) if not options.only or one.id in options.only]
    outcomes = [check(question, library) for question in questions]
    sys.stdout.write(report(outcomes, verbose=options.verbose or bool(options.only)) + "\n")
    return int(any(outcome.faults for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
