"""Questions in a private chat: answered with the source, in the language they are written in."""

import re
from typing import Any

import pytest

from answering.answer import Answer, Status
from answering.library import Library
from bot.caller import guess
from domain.languages import Language
from tests.bot.chat.cast import ALEX, CHEN, LIN, OTHER_BOT, POLICIES, RIVER, private
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

FIGURE = {
    "CHEN": (CHEN, "山城市到2025年国际标准要多少项？", "30 项以上", "📎 山城市标准化行动方案 · 一（二）"),
    "LIN": (LIN, "山城市到2025年國際標準要多少項？", "30 項以上", "📎 山城市標準化行動方案 · 一（二）"),
    "ALEX": (
        ALEX,
        "How many international standards in Hill City?",
        "at least 30",
        "📎 Hill City Standardisation Plan · 一（二）",
    ),
}


@pytest.mark.parametrize("who", FIGURE)
async def test_a_question_is_answered_with_figure_and_source(stage: Stage, who: str) -> None:
    person, question, figure, source = FIGURE[who]
    (reply,) = await stage.says(person, question)
    assert reply["method"] == "sendMessage"
    assert reply["chat_id"] == person["id"]
    assert figure in reply["text"]
    assert reply["text"].splitlines()[-1] == source
    assert reply["parse_mode"] == "HTML"
    assert reply["link_preview_options"] == {"is_disabled": True}
    assert "reply_parameters" not in reply


async def test_the_way_on_leads_to_the_policy(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, "山城市国际标准多少项？")
    ((button,),) = reply["reply_markup"]["inline_keyboard"]
    (opened, settled) = await stage.presses(CHEN, button["callback_data"])
    assert opened["method"] == "sendMessage"
    assert "山城市标准化行动方案" in opened["text"]
    assert settled["method"] == "answerCallbackQuery"


async def test_a_follow_up_knows_what_it_is_about(stage: Stage) -> None:
    await stage.says(CHEN, "山城市国际标准多少项？")
    (reply,) = await stage.says(CHEN, "那制定周期呢？")
    assert "15 个月以内" in reply["text"]


async def test_a_follow_up_after_a_restart_knows_it_too(stage: Stage) -> None:
    await stage.says(CHEN, "山城市国际标准多少项？")
    await stage.restart()
    (reply,) = await stage.says(CHEN, "那制定周期呢？")
    assert "15 个月以内" in reply["text"]


async def test_people_do_not_share_a_thread(stage: Stage) -> None:
    await stage.says(CHEN, "山城市国际标准多少项？")
    (reply,) = await stage.says(LIN, "那制定週期呢？")
    assert "15" not in reply["text"] or "山城市" in reply["text"]
    assert stage.conversations.peek(f"ask:{CHEN['id']}:0:{CHEN['id']}") != stage.conversations.peek(
        f"ask:{LIN['id']}:0:{LIN['id']}"
    )


async def test_a_new_library_answers_the_next_question(stage: Stage) -> None:
    stage.shelf.library = Library((RIVER,))
    (reply,) = await stage.says(CHEN, "山城市国际标准多少项？")
    assert "30" not in reply["text"]


async def test_a_clarification_asks_back_with_buttons_that_answer(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, "河湾县整治河段")
    choices = [button for (button,) in reply["reply_markup"]["inline_keyboard"]]
    assert 1 <= len(choices) <= 3
    answered, settled = await stage.presses(CHEN, choices[0]["callback_data"])
    assert answered["method"] == "sendMessage"
    assert "📎" in answered["text"]
    assert settled["method"] == "answerCallbackQuery"


class Wordy(Library):
    """Answers everything with the list of its measures, many times over."""

    def ask(self, text: str, **rest: Any) -> Answer:  # noqa: D102 - as the library
        answer = super().ask(text, **rest)
        item = super().ask("河湾县有哪些举措", today=answer.today).items
        return Answer(status=Status.ANSWERED, language=answer.language, items=item * 40, today=answer.today)


async def test_a_long_answer_comes_in_parts_with_the_buttons_under_the_last(stage: Stage) -> None:
    stage.shelf.library = Wordy(POLICIES)
    parts = await stage.says(CHEN, "河湾县有哪些举措")
    assert len(parts) > 1
    assert all(len(re.sub(r"<[^>]+>", "", part["text"])) <= 4096 for part in parts)
    assert ["reply_markup" in part for part in parts] == [False] * (len(parts) - 1) + [True]


async def test_an_edited_question_changes_the_reply(stage: Stage) -> None:
    question = stage.message(CHEN, "山城市国际标准多少项？")
    await stage.update({"message": question})
    replied = stage.last_id
    (change,) = await stage.update(
        {"edited_message": question | {"text": "山城市培养专家多少名？", "edit_date": 2}}
    )
    assert change["method"] == "editMessageText"
    assert change["message_id"] == replied
    assert "4000 名" in change["text"]


async def test_an_edit_of_a_question_from_before_the_restart_is_answered_anew(stage: Stage) -> None:
    question = stage.message(CHEN, "山城市国际标准多少项？")
    await stage.update({"message": question})
    await stage.restart()
    (reply,) = await stage.update(
        {"edited_message": question | {"text": "山城市培养专家多少名？", "edit_date": 2}}
    )
    assert reply["method"] == "sendMessage"
    assert "4000 名" in reply["text"]


async def test_a_reply_that_can_not_be_edited_is_replaced_by_a_new_one(stage: Stage) -> None:
    question = stage.message(CHEN, "山城市国际标准多少项？")
    await stage.update({"message": question})
    stage.telegram.fail("editMessageText", 400, {"description": "Bad Request: message can't be edited"})
    calls = await stage.update({"edited_message": question | {"text": "山城市培养专家多少名？"}})
    assert [call["method"] for call in calls] == ["editMessageText", "sendMessage", "deleteMessage"]


async def test_an_edit_that_changes_nothing_is_silent(stage: Stage) -> None:
    question = stage.message(CHEN, "山城市国际标准多少项？")
    await stage.update({"message": question})
    stage.telegram.fail("editMessageText", 400, {"description": "Bad Request: message is not modified: ..."})
    calls = await stage.update({"edited_message": question})
    assert [call["method"] for call in calls] == ["editMessageText"]


async def test_a_shorter_new_answer_takes_the_parts_left_over_away(stage: Stage) -> None:
    stage.shelf.library = Wordy(POLICIES)
    question = stage.message(CHEN, "河湾县有哪些举措")
    parts = await stage.update({"message": question})
    stage.shelf.library = Library(POLICIES)
    calls = await stage.update({"edited_message": question | {"text": "山城市国际标准多少项？"}})
    methods = [call["method"] for call in calls]
    assert methods == ["editMessageText"] + ["deleteMessage"] * (len(parts) - 1)


ODD = {
    "ten thousand characters": "标" * 10_000,
    "emoji": "🤷" * 300,
    "markup": "<b>山城市</b> *x* [a](b) <script>alert(1)</script> & </blockquote>",
    "SQL": "'; DROP TABLE policies; --",
    "control characters": "山城\x00市\x1b[31m\u202e国际\u200b标准",
    "half an emoji": "国际\ud83d标准",
    "spaces": " \t ",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
async def test_odd_texts_get_a_polite_answer_escaped(stage: Stage, text: str) -> None:
    calls = await stage.says(CHEN, text)
    assert calls
    for call in calls:
        assert call["method"] == "sendMessage"
        assert 0 < len(call["text"]) <= 4096
        call["text"].encode()  # can be sent
        assert "<script" not in call["text"]
        assert "\x00" not in call["text"]
        assert "抱歉" not in call["text"]  # nothing failed


MEDIA: dict[str, Call] = {
    "sticker": {
        "sticker": {
            "file_id": "x",
            "file_unique_id": "x",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    "photo": {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]},
    "voice": {"voice": {"file_id": "x", "file_unique_id": "x", "duration": 1}},
    "location": {"location": {"latitude": 1.0, "longitude": 1.0}},
}


@pytest.mark.parametrize("media", MEDIA.values(), ids=MEDIA)
async def test_what_has_no_words_is_answered_politely(stage: Stage, media: Call) -> None:
    (reply,) = await stage.says(CHEN, None, **media)
    assert reply["text"] == "我只看得懂文字，请用文字提问。"


async def test_a_photo_with_a_caption_is_a_question(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, None, **MEDIA["photo"], caption="山城市国际标准多少项？")
    assert "30 项以上" in reply["text"]


async def test_a_forwarded_question_is_a_question(stage: Stage) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "某人", "date": 1}
    (reply,) = await stage.says(CHEN, "山城市国际标准多少项？", forward_origin=origin, forward_date=1)
    assert "30 项以上" in reply["text"]


IGNORED: dict[str, Call] = {
    "of a bot": {"from": OTHER_BOT},
    "sent by inline mode": {"via_bot": OTHER_BOT},
    "a notice": {"words": None, "pinned_message": {"message_id": 1, "date": 0, "chat": private(CHEN)}},
    "a notice of members": {"words": None, "new_chat_members": [CHEN]},
}


@pytest.mark.parametrize("fields", IGNORED.values(), ids=IGNORED)
async def test_what_no_person_asked_is_ignored(stage: Stage, fields: Call) -> None:
    words = fields.get("words", "山城市国际标准多少项？")
    message = stage.message(CHEN, **({"text": words} | fields | {"words": None}))
    assert not await stage.update({"message": message})


async def test_channel_posts_are_ignored(stage: Stage) -> None:
    post = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": -1, "type": "channel", "title": "频道"},
        "text": "国际标准",
    }
    assert not await stage.update({"channel_post": post})


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (None, Language.SIMPLIFIED), ("zh", Language.SIMPLIFIED), ("zh-hans", Language.SIMPLIFIED),
        ("zh-CN", Language.SIMPLIFIED), ("zh-hant", Language.TRADITIONAL), ("zh-TW", Language.TRADITIONAL),
        ("zh-HK", Language.TRADITIONAL), ("en", Language.ENGLISH), ("de", Language.ENGLISH),
    ],
)  # fmt: skip
def test_the_language_is_guessed_from_telegrams(code: str | None, language: Language) -> None:
    assert guess(code) is language
