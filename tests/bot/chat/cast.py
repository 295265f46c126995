"""The cast: three people, their group, and the policies they ask about."""

from typing import Any

from domain.policy import Policy
from storage.catalogue import loads
from tests.bot.texts_cast import HILL

Card = dict[str, Any]  # a user or a chat as Telegram writes it

CHEN: Card = {"id": 101, "is_bot": False, "first_name": "晓", "last_name": "陈", "language_code": "zh-hans"}
LIN: Card = {"id": 102, "is_bot": False, "first_name": "怡", "last_name": "林", "language_code": "zh-hant"}
ALEX: Card = {"id": 103, "is_bot": False, "first_name": "Alex", "language_code": "en"}
OTHER_BOT: Card = {"id": 104, "is_bot": True, "first_name": "robot", "username": "other_bot"}
GROUP: Card = {"id": -1001, "type": "supergroup", "title": "标准化工作群"}
FORUM: Card = {"id": -1002, "type": "supergroup", "title": "标准化论坛", "is_forum": True}


def private(person: Card) -> Card:
    """The chat of a person with us."""
    names: Card = {key: person[key] for key in ("first_name", "last_name") if key in person}
    return {"id": person["id"], "type": "private", **names}


def _river() -> Policy:
    """A policy with enough of everything to turn pages."""
    groups = "\n".join(
        f"  - {{id: G{n}, clause: 二（{n}）, number: （{n}）, title: {{zh: 第{n}组工作, en: Part {n}}}}}"
        for n in (1, 2)
    )
    measures = "\n".join(
        f"  - {{id: M{n}, clause: 二（{1 if n < 9 else 2}）{n}, number: '{n}', group: G{1 if n < 9 else 2},"
        f" title: {{zh: 整治河段{n}, en: Restore reach {n}}}, charges: [{{department: D{n}, role: shared}}]}}"
        for n in range(1, 15)
    )
    departments = "\n".join(
        f"  - {{id: D{n}, clause: 二, name: {{zh: 第{n}河长办, en: River office {n}}}}}" for n in range(1, 15)
    )
    return loads(
        "id: river-2025\ntitle: {zh: 河湾县标准化意见, en: River County Opinions}\n"
        "region: {zh: 河湾县, en: River County}\n"
        f"groups:\n{groups}\nmeasures:\n{measures}\ndepartments:\n{departments}\n",
        name="river.yaml",
    )


RIVER = _river()
POLICIES = (HILL, RIVER)
