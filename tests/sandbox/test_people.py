"""People write, send files, edit, press, ask inline and open topics through the control interface."""

import json
from typing import Any

import pytest
from aiohttp import FormData

from tests.sandbox.conftest import ALEX, CHEN, GROUP, LIN, Api

KEYS = {
    "inline_keyboard": [[{"text": "按", "callback_data": "a"}, {"text": "看", "url": "https://example.org"}]]
}


async def _refused(api: Api, path: str, **fields: Any) -> str:
    async with api.session.post(f"{api.url}/sandbox/{path}", json=fields) as response:
        assert response.status == 400
        return str((await response.json())["error"])


async def test_a_newcomer_starts_with_one_person_for_each_language_and_their_group(api: Api) -> None:
    state = await api.look("state")
    people = [(person["first_name"], person["language_code"]) for person in state["people"]]
    assert people == [("陈晓", "zh-hans"), ("林怡", "zh-hant"), ("Alex", "en")]
    group = state["chats"][3]
    assert (group["title"], [member["id"] for member in group["members"]]) == (
        "标准化工作群",
        [CHEN, LIN, ALEX],
    )


async def test_a_long_text_becomes_several_messages(api: Api) -> None:
    sent = await api.act("say", person=CHEN, chat=CHEN, text="甲" * 10_000)
    assert [len(message["text"]) for message in sent] == [4096, 4096, 1808]
    assert len(await api.updates()) == 3


async def test_control_characters_become_spaces(api: Api) -> None:
    [sent] = await api.act("say", person=CHEN, chat=CHEN, text="a\x00b\r\nc")
    assert sent["text"] == "a b\nc"


async def test_a_deep_link_starts_the_bot_with_its_parameter(api: Api) -> None:
    [sent] = await api.act("start", person=ALEX, parameter="target_3-x")
    assert sent["text"] == "/start target_3-x"
    await api.call("sendMessage", chat_id=ALEX, text="welcome")
    assert "start parameter" in await _refused(api, "start", person=ALEX, parameter="标准")
    assert "start parameter" in await _refused(api, "start", person=ALEX, parameter="x" * 65)


async def test_a_file_reaches_the_bot_and_comes_back_by_its_path(api: Api) -> None:
    form = FormData({"person": str(CHEN), "chat": str(CHEN), "caption": "政策"}, quote_fields=False)
    form.add_field("file", "内容".encode(), filename="政策.txt", content_type="text/plain")
    async with api.session.post(f"{api.url}/sandbox/file", data=form) as response:
        assert response.status == 200
    [update] = await api.updates()
    document = update["message"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "政策.txt",
        "text/plain",
        6,
    )
    path = (await api.call("getFile", file_id=document["file_id"]))["file_path"]
    async with api.session.get(f"{api.url}/file/bot{api.world.token}/{path}") as response:
        assert (await response.read()).decode() == "内容"
    async with api.session.get(f"{api.url}/file/bot{api.world.token}/documents/none") as response:
        assert response.status == 404
    async with api.session.get(f"{api.url}/sandbox/files/{document['file_id']}") as response:
        assert response.headers["Content-Disposition"] == "attachment"


async def test_what_is_no_image_cannot_go_as_a_photo(api: Api) -> None:
    form = FormData({"person": str(CHEN), "chat": str(CHEN), "photo": "true"})
    form.add_field("file", b"text", filename="x.png")
    async with api.session.post(f"{api.url}/sandbox/file", data=form) as response:
        assert (response.status, (await response.json())["error"]) == (
            400,
            "Bad Request: IMAGE_PROCESS_FAILED",
        )


async def test_an_edit_reaches_the_bot_and_only_ones_own_message_can_be_edited(api: Api) -> None:
    [said] = await api.act("say", person=CHEN, chat=CHEN, text="广东")
    await api.taken()
    await api.act("edit", person=CHEN, chat=CHEN, message=said["message_id"], text="浙江 /help")
    [update] = await api.updates()
    assert update["edited_message"]["text"] == "浙江 /help"
    assert update["edited_message"]["entities"][0]["type"] == "bot_command"
    sent = await api.call("sendMessage", chat_id=CHEN, text="x")
    assert "own messages" in await _refused(
        api, "edit", person=CHEN, chat=CHEN, message=sent["message_id"], text="y"
    )


async def test_a_press_carries_the_buttons_data_and_a_link_button_none(api: Api) -> None:
    sent = await api.call("sendMessage", chat_id=CHEN, text="x", reply_markup=KEYS)
    press = {"person": CHEN, "chat": CHEN, "message": sent["message_id"], "row": 0}
    query = (await api.act("press", column=0, **press))["query"]
    [update] = await api.updates()
    assert update["callback_query"]["id"] == query
    assert update["callback_query"]["message"]["message_id"] == sent["message_id"]
    assert await api.act("press", column=1, **press) == {"query": None}
    assert "has no button 0, 2" in await _refused(api, "press", column=2, **press)
    assert await api.look("answer", query=query) == {"answered": False}


async def test_inline_results_are_shown_and_one_is_sent_via_the_bot(api: Api) -> None:
    query = (await api.act("inline", person=ALEX, chat=GROUP, text="标准"))["query"]
    [update] = await api.taken()
    assert update["inline_query"]["query"] == "标准"
    result = {"type": "article", "id": "1", "title": "一"}
    content = {"input_message_content": {"message_text": "<b>30</b>", "parse_mode": "HTML"}}
    many = [result | content | {"id": str(n)} for n in range(51)]
    assert "RESULTS_TOO_MUCH" in await api.refused("answerInlineQuery", inline_query_id=query, results=many)
    twice = [result | content, result | content]
    assert "RESULT_ID_DUPLICATE" in await api.refused(
        "answerInlineQuery", inline_query_id=query, results=twice
    )
    await api.call("answerInlineQuery", inline_query_id=query, results=many[:50])
    assert "query is too old" in await api.refused("answerInlineQuery", inline_query_id=query, results=[])
    assert len((await api.look("answer", query=query))["results"]) == 50
    message = await api.act("choose", query=query, result="7", chat=GROUP)
    assert (message["text"], message["via_bot"]["username"]) == ("30", "zhunshi_bot")
    assert "message" in (await api.taken())[0]


async def test_topics_of_a_forum_keep_messages_apart(api: Api) -> None:
    forum = (await api.act("groups", title="话题群", members=[CHEN, LIN], forum=True))["id"]
    thread = (await api.act("topics", person=CHEN, chat=forum, name="浙江"))["thread"]
    [said] = await api.act("say", person=CHEN, chat=forum, text="/help", thread=thread)
    assert (said["message_thread_id"], said["is_topic_message"]) == (thread, True)
    sent = await api.call("sendMessage", chat_id=forum, text="x", message_thread_id=thread)
    assert sent["message_thread_id"] == thread
    assert "message thread not found" in await api.refused(
        "sendMessage", chat_id=forum, text="x", message_thread_id=99
    )


async def test_a_thousand_people_are_made_at_once_and_have_started(api: Api) -> None:
    people = await api.act("people", name="员工", count=1000, started=True)
    assert len({person["id"] for person in people}) == 1000
    await api.call("sendMessage", chat_id=people[-1]["id"], text="x")


@pytest.mark.parametrize(
    ("path", "fields", "reason"),
    [
        ("say", {"chat": CHEN, "text": "x"}, "person is missing"),
        ("say", {"person": "x", "chat": CHEN, "text": "x"}, "person must be a whole number"),
        ("say", {"person": 5, "chat": CHEN, "text": "x"}, "no person 5"),
        ("say", {"person": CHEN, "chat": 5, "text": "x"}, "no chat 5"),
        ("say", {"person": LIN, "chat": CHEN, "text": "x"}, "person 1002 is not in chat 1001"),
        ("say", {"person": CHEN, "chat": CHEN, "text": " "}, "the text is empty"),
        ("say", {"person": CHEN, "chat": CHEN, "text": ["x"]}, "text must be a text"),
        ("say", {"person": CHEN, "chat": CHEN, "text": "x", "reply_to": 99}, "no message 99 in chat 1001"),
        ("say", {"person": CHEN, "chat": CHEN, "text": "x", "thread": 9}, "no topic 9 in chat 1001"),
        ("people", {"count": 0}, "count must be 1 to 200000"),
        ("groups", {"title": ""}, "title must have 1 to 128 characters"),
        ("groups", {"title": "x", "members": [5]}, "no person 5"),
        ("presence", {"person": CHEN, "chat": GROUP, "presence": "owner"}, "presence must be one of member"),
        ("topics", {"person": CHEN, "chat": GROUP}, "the chat is not a forum"),
        ("migrate", {"chat": CHEN}, "only a group can become a supergroup"),
        ("block", {"person": ALEX}, "this person has not started the bot"),
        ("repeat", {"update_id": 3}, "no such update"),
        ("rates", {"chat": 0}, "chat must be a number above 0"),
        ("choose", {"query": "x", "result": "1", "chat": CHEN}, "no such inline result"),
    ],
)
async def test_an_impossible_act_is_refused_with_words(
    api: Api, path: str, fields: dict[str, Any], reason: str
) -> None:
    assert (await _refused(api, path, **fields)).startswith(reason)


async def test_everything_that_happens_is_told_to_an_open_page(api: Api) -> None:
    async with api.session.get(f"{api.url}/sandbox/events") as events:
        assert await events.content.readline() == b": hello\n"
        await api.act("say", person=CHEN, chat=CHEN, text="你好")
        await api.call("sendMessage", chat_id=CHEN, text="在")
        heard: list[dict[str, Any]] = []
        while len(heard) < 3:
            line = await events.content.readline()
            if line.startswith(b"data: "):
                heard.append(json.loads(line.removeprefix(b"data: ")))
    assert [event["kind"] for event in heard] == ["message", "message", "call"]
    assert heard[2]["data"]["params"] == {"chat_id": str(CHEN), "text": "在"}


async def test_a_reset_brings_the_first_people_back(api: Api) -> None:
    await api.act("people", name="新人")
    await api.act("faults", kind="forbidden")
    await api.act("say", person=CHEN, chat=CHEN, text="一")
    await api.act("reset")
    assert await _refused(api, "repeat") == "no such update"
    state = await api.look("state")
    assert (len(state["people"]), state["faults"], state["pending"]) == (3, [], 0)
    assert await api.look("messages", chat=CHEN) == []
