"""In groups: a mention or a reply is a question, chatter is not; forum topics are kept apart."""

import pytest

from tests.bot.chat.cast import ALEX, CHEN, FORUM, GROUP, LIN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import ME

QUESTION = "山城市国际标准多少项？"
OURS = {"message_id": 5, "date": 1, "chat": GROUP, "from": ME, "text": "…"}
THEIRS = {"message_id": 6, "date": 1, "chat": GROUP, "from": LIN, "text": QUESTION}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.mark.parametrize(
    "text", [f"@zhunshi_bot {QUESTION}", f"{QUESTION} @Zhunshi_Bot", f"🙂 @zhunshi_bot {QUESTION}"]
)
async def test_a_mention_is_a_question_answered_below_it(stage: Stage, text: str) -> None:
    (reply,) = await stage.says(CHEN, text, chat=GROUP)
    assert "30 项以上" in reply["text"]
    assert reply["chat_id"] == GROUP["id"]
    assert reply["reply_parameters"] == {
        "message_id": stage.last_message,
        "allow_sending_without_reply": True,
    }


async def test_a_mention_by_name_counts_too(stage: Stage) -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 2, "user": ME}
    (reply,) = await stage.says(CHEN, f"准时 {QUESTION}", chat=GROUP, entities=[mention])
    assert "30 项以上" in reply["text"]


async def test_a_reply_to_us_is_a_question(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, QUESTION, chat=GROUP, reply_to_message=OURS)
    assert "30 项以上" in reply["text"]


async def test_our_name_alone_under_a_question_asks_that_question(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, "@zhunshi_bot", chat=GROUP, reply_to_message=THEIRS)
    assert "30 项以上" in reply["text"]


async def test_our_name_alone_gets_a_word(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, "@zhunshi_bot", chat=GROUP)
    assert reply["text"]


@pytest.mark.parametrize(
    "fields",
    [{}, {"reply_to_message": THEIRS}, {"text": f"@other_bot {QUESTION}"}, {"text": "/targets@other_bot"}],
    ids=["chatter", "a reply to somebody", "another bot", "another bot's command"],
)
async def test_what_is_not_for_us_is_ignored(stage: Stage, fields: dict[str, object]) -> None:
    text = str(fields.pop("text", QUESTION))
    assert not await stage.says(CHEN, text, chat=GROUP, **fields)


async def test_chatter_does_not_count_as_haste(stage: Stage) -> None:
    messages = [stage.message(CHEN, "聊天", chat=GROUP) for _ in range(20)]
    for message in messages:
        assert not await stage.update({"message": message})
    now = stage.now
    (reply,) = await stage.says(CHEN, f"@zhunshi_bot {QUESTION}", chat=GROUP)
    stage.now = now
    assert "30 项以上" in reply["text"]


@pytest.mark.parametrize("command", ["/targets", "/targets@zhunshi_bot", "/targets@Zhunshi_Bot"])
async def test_commands_work_in_groups(stage: Stage, command: str) -> None:
    (reply,) = await stage.says(CHEN, command, chat=GROUP)
    assert "山城市" in reply["text"]


async def test_unknown_commands_and_stickers_in_groups_are_ignored(stage: Stage) -> None:
    assert not await stage.says(CHEN, "/dance", chat=GROUP)
    assert not await stage.says(CHEN, None, chat=GROUP, dice={"emoji": "🎲", "value": 1})


async def test_the_way_on_from_a_group_leads_into_a_private_chat(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, f"@zhunshi_bot {QUESTION}", chat=GROUP)
    ((button,),) = reply["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/zhunshi_bot?start=ophill-2024_"


async def test_a_topic_is_answered_in_the_topic_with_its_own_thread(stage: Stage) -> None:
    opening = {
        "message_id": 77,
        "date": 1,
        "chat": FORUM,
        "from": ME,
        "forum_topic_created": {"name": "x", "icon_color": 1},
    }
    topic = {"chat": FORUM, "message_thread_id": 77, "is_topic_message": True, "reply_to_message": opening}
    (reply,) = await stage.says(CHEN, f"@zhunshi_bot {QUESTION}", **topic)
    assert reply["message_thread_id"] == 77
    assert not await stage.says(CHEN, "大家好", **topic)  # under a topic of ours, and yet no reply to us
    other = topic | {"message_thread_id": 78}
    (reply,) = await stage.says(CHEN, "@zhunshi_bot 那制定周期呢？", **topic)
    assert "15 个月以内" in reply["text"]
    assert stage.conversations.peek(f"ask:{FORUM['id']}:77:{CHEN['id']}")
    await stage.says(CHEN, "@zhunshi_bot 你好", **other)
    held = stage.conversations.peek(f"ask:{FORUM['id']}:78:{CHEN['id']}")
    assert held is None or not held.data


async def test_a_thread_of_replies_is_no_topic(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, QUESTION, chat=GROUP, reply_to_message=OURS, message_thread_id=5)
    assert "message_thread_id" not in reply


async def test_an_anonymous_administrator_is_answered(stage: Stage) -> None:
    (reply,) = await stage.says(ANONYMOUS, f"@zhunshi_bot {QUESTION}", chat=GROUP, sender_chat=GROUP)
    assert "30 项以上" in reply["text"]


async def test_a_post_copied_from_a_channel_is_ignored(stage: Stage) -> None:
    channel = {"id": -1009, "type": "channel", "title": "频道"}
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    fields = {"chat": GROUP, "sender_chat": channel, "is_automatic_forward": True}
    assert not await stage.says(telegram, f"@zhunshi_bot {QUESTION}", **fields)


async def test_a_group_speaks_the_language_chosen_for_it(stage: Stage) -> None:
    await stage.presses(ALEX, "lzh-Hant", chat=GROUP)
    (reply,) = await stage.says(ALEX, "/policies", chat=GROUP)
    assert "哪份政策？" in reply["text"]
    (reply,) = await stage.says(ALEX, "/language", chat=GROUP)
    assert reply["text"] == "在這裡用哪種語言？"


async def test_people_in_a_group_follow_up_on_their_own_questions(stage: Stage) -> None:
    await stage.says(CHEN, f"@zhunshi_bot {QUESTION}", chat=GROUP)
    await stage.says(LIN, "@zhunshi_bot 河灣縣有哪些舉措", chat=GROUP)
    (reply,) = await stage.says(CHEN, "@zhunshi_bot 那制定周期呢？", chat=GROUP)
    assert "15 个月以内" in reply["text"]
