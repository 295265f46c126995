"""Inline mode: answers as articles, each with its source."""

from tests.bot.chat.cast import ALEX, CHEN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call


async def query(stage: Stage, person: Call, text: str) -> list[Call]:
    return await stage.update({"inline_query": {"id": "1", "from": person, "query": text, "offset": ""}})


async def test_an_answer_is_an_article_with_its_source(stage: Stage) -> None:
    (offer,) = await query(stage, CHEN, "山城市国际标准多少项？")
    (article,) = offer["results"]
    assert article["type"] == "article"
    assert article["title"] == "30 项以上"
    sent = article["input_message_content"]
    assert sent["message_text"].endswith("📎 山城市标准化行动方案 · 一（二）")
    assert sent["parse_mode"] == "HTML"
    assert sent["link_preview_options"]["is_disabled"] is True
    assert offer["is_personal"] is True
    assert 0 < offer["cache_time"] <= 60


async def test_what_may_be_meant_is_an_article_each(stage: Stage) -> None:
    (offer,) = await query(stage, CHEN, "河湾县整治河段")
    assert 1 < len(offer["results"]) <= 3
    assert len({article["id"] for article in offer["results"]}) == len(offer["results"])
    assert all("📎" in article["input_message_content"]["message_text"] for article in offer["results"])


async def test_nothing_asked_offers_a_private_chat(stage: Stage) -> None:
    (offer,) = await query(stage, ALEX, " ")
    assert offer["results"] == []
    assert offer["button"]["text"] == "Ask in a private chat"


async def test_what_has_no_answer_offers_none(stage: Stage) -> None:
    (offer,) = await query(stage, CHEN, "今天天气怎么样")
    assert all("📎" in article["input_message_content"]["message_text"] for article in offer["results"])


async def test_a_query_answered_too_late_is_no_failure(stage: Stage) -> None:
    stage.telegram.fail("answerInlineQuery", 400, {"description": "Bad Request: query is too old"})
    calls = await query(stage, CHEN, "山城市国际标准多少项？")
    assert [call["method"] for call in calls] == ["answerInlineQuery"]


async def test_typing_fast_is_not_told_off(stage: Stage) -> None:
    for _ in range(40):
        assert all(call["method"] == "answerInlineQuery" for call in await query(stage, CHEN, "国际标准"))
