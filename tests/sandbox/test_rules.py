"""The rules of the Bot API are imposed, in Telegram's words."""

import contextlib
import io
import struct
from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.call import Call
from sandbox.errors import ApiError
from sandbox.methods import METHODS, perform
from sandbox.server import running
from sandbox.world import World
from tests.sandbox.conftest import ALEX, CHEN, GROUP, Api

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 320, 200) + bytes(9)


def _keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def _data(data: str) -> dict[str, Any]:
    return _keyboard([{"text": "按", "callback_data": data}])


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": CHEN}, "message text is empty"),
        ({"chat_id": CHEN, "text": " \n "}, "message text is empty"),
        ({"chat_id": CHEN, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": CHEN, "text": "甲" * 4097}, "message is too long"),
        ({"chat_id": CHEN, "text": "x", "parse_mode": "Html5"}, "unsupported parse_mode"),
        (
            {"chat_id": CHEN, "text": "*x*", "parse_mode": "MarkdownV2"},
            "the sandbox understands parse_mode HTML only",
        ),
        ({"chat_id": CHEN, "text": "x", "reply_markup": _data("")}, "BUTTON_DATA_INVALID"),
        ({"chat_id": CHEN, "text": "x", "reply_markup": _data("标" * 21 + "xx")}, "BUTTON_DATA_INVALID"),
        ({"chat_id": CHEN, "text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"chat_id": CHEN, "text": "x", "reply_markup": [1]}, "object expected as reply markup"),
        (
            {"chat_id": CHEN, "text": "x", "reply_markup": _keyboard([{"text": "x"}])},
            "text buttons are unallowed",
        ),
        (
            {"chat_id": CHEN, "text": "x", "reply_markup": _keyboard([{"text": "x", "url": "ftp://a"}])},
            "inline keyboard",
        ),
        (
            {"chat_id": CHEN, "text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        ({"chat_id": CHEN, "text": "x", "message_thread_id": 9}, "message thread not found"),
        (
            {"chat_id": CHEN, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "can't parse",
        ),
    ],
)
async def test_a_message_against_the_rules_is_refused(api: Api, params: dict[str, Any], reason: str) -> None:
    assert (await api.refused("sendMessage", **params)).startswith(f"400 Bad Request: {reason}")
    assert await api.look("messages", chat=CHEN, after=1) == []


async def test_length_is_counted_after_parsing(api: Api) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    message = await api.call("sendMessage", chat_id=CHEN, text=text, parse_mode="HTML")
    assert message["text"] == "<" * 4096
    assert "too long" in await api.refused("sendMessage", chat_id=CHEN, text=text + "x", parse_mode="HTML")


async def test_64_bytes_100_buttons_and_8_in_a_row_pass_and_one_more_does_not(api: Api) -> None:
    await api.call("sendMessage", chat_id=CHEN, text="x", reply_markup=_data("标" * 21 + "x"))
    row = [{"text": "x", "callback_data": "x"}] * 5
    await api.call("sendMessage", chat_id=CHEN, text="x", reply_markup=_keyboard(*[row] * 20))
    eight = row + row[:3]
    await api.call("sendMessage", chat_id=CHEN, text="x", reply_markup=_keyboard(eight))
    for rows in ([row] * 20 + [row[:1]], [eight + row[:1]]):
        said = await api.refused("sendMessage", chat_id=CHEN, text="x", reply_markup=_keyboard(*rows))
        assert said == "400 Bad Request: reply markup is too long"


async def test_an_edit_that_changes_nothing_is_refused(api: Api) -> None:
    message = await api.call("sendMessage", chat_id=CHEN, text="x", reply_markup=_data("a"))
    place = {"chat_id": CHEN, "message_id": message["message_id"]}
    assert "message is not modified" in await api.refused(
        "editMessageText", text="x", reply_markup=_data("a"), **place
    )
    edited = await api.call(
        "editMessageText", text="<b>x</b>", parse_mode="HTML", reply_markup=_data("a"), **place
    )
    assert edited["entities"][0]["type"] == "bold"
    assert edited["edit_date"] >= message["date"]
    bare = await api.call("editMessageReplyMarkup", **place)
    assert "reply_markup" not in bare
    assert "message is not modified" in await api.refused("editMessageReplyMarkup", **place)


async def test_only_what_exists_and_is_its_own_can_be_edited(api: Api) -> None:
    assert "message to edit not found" in await api.refused(
        "editMessageText", chat_id=CHEN, message_id=77, text="x"
    )
    assert "message can't be edited" in await api.refused(
        "editMessageText", chat_id=CHEN, message_id=1, text="x"
    )
    assert "message to delete not found" in await api.refused("deleteMessage", chat_id=CHEN, message_id=77)
    assert "message to copy not found" in await api.refused(
        "copyMessage", chat_id=CHEN, from_chat_id=CHEN, message_id=77
    )


async def test_in_a_group_it_deletes_others_messages_only_as_administrator(api: Api) -> None:
    [said] = await api.act("say", person=ALEX, chat=GROUP, text="hello")
    place = {"chat_id": GROUP, "message_id": said["message_id"]}
    assert "message can't be deleted" in await api.refused("deleteMessage", **place)
    await api.act("presence", person=CHEN, chat=GROUP, presence="administrator")
    assert await api.call("deleteMessage", **place) is True


async def test_it_cannot_write_first_nor_to_who_blocked_it_nor_where_it_was_removed(api: Api) -> None:
    write = {"text": "x"}
    assert "403 Forbidden: bot can't initiate conversation" in await api.refused(
        "sendMessage", chat_id=ALEX, **write
    )
    await api.act("block", person=CHEN)
    said = await api.refused("sendMessage", chat_id=CHEN, **write)
    assert said == "403 Forbidden: bot was blocked by the user"
    await api.act("presence", person=CHEN, chat=GROUP, presence="kicked")
    said = await api.refused("sendMessage", chat_id=GROUP, **write)
    assert said == "403 Forbidden: bot was kicked from the group chat"


async def test_a_group_that_became_a_supergroup_tells_its_new_id(api: Api) -> None:
    new = (await api.act("migrate", chat=GROUP))["id"]
    status, body = await api.answer("sendMessage", chat_id=GROUP, text="x")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new})
    assert (await api.call("sendMessage", chat_id=new, text="x"))["chat"]["type"] == "supergroup"


async def test_an_unknown_method_a_wrong_token_and_a_wrong_path_are_told_apart(api: Api) -> None:
    said = await api.refused("sendSticker", chat_id=CHEN)
    assert said == "501 Not Implemented: the sandbox does not know method sendSticker"
    async with api.session.post(f"{api.url}/bot1:wrong/getMe") as response:
        assert (response.status, await response.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )
    async with api.session.get(f"{api.url}/bot{api.world.token.replace(':', '%3A')}/GETME") as response:
        assert (await response.json())["result"]["id"] == api.world.bot_id


async def test_json_bodies_and_nested_objects_are_read_too(api: Api) -> None:
    url = f"{api.url}/bot{api.world.token}/sendMessage"
    async with api.session.post(
        url, json={"chat_id": CHEN, "text": "x", "reply_markup": _data("a")}
    ) as response:
        assert (await response.json())["result"]["reply_markup"] == _data("a")
    async with api.session.post(url, data=b"[1]", headers={"Content-Type": "application/json"}) as response:
        assert (response.status, (await response.json())["error_code"]) == (400, 400)


async def test_a_photo_must_be_an_image_and_a_caption_short(api: Api) -> None:
    async def photo(content: bytes, caption: str = "") -> Any:
        form = FormData({"chat_id": str(CHEN), "caption": caption})
        form.add_field("photo", content, filename="图.png")
        async with api.session.post(f"{api.url}/bot{api.world.token}/sendPhoto", data=form) as response:
            return await response.json()

    sent = (await photo(PNG, "甲" * 1024))["result"]
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (320, 200)
    assert "caption is too long" in (await photo(PNG, "甲" * 1025))["description"]
    assert "IMAGE_PROCESS_FAILED" in (await photo(b"no image"))["description"]
    assert "file must be non-empty" in (await photo(b""))["description"]
    said = await api.refused("sendPhoto", chat_id=CHEN, photo="https://example.org/a.png")
    assert "the sandbox reaches out to nobody" in said


async def test_an_upload_over_50_mb_and_a_download_over_20_mb_are_refused(api: Api) -> None:
    async def document(size: int) -> Any:
        form = FormData({"chat_id": str(CHEN), "document": "attach://part"})
        form.add_field("part", io.BytesIO(bytes(size)), filename="大.bin")
        async with api.session.post(f"{api.url}/bot{api.world.token}/sendDocument", data=form) as response:
            return await response.json()

    assert (await document(50 * 1024 * 1024 + 1))["error_code"] == 413
    large = (await document(20 * 1024 * 1024 + 1))["result"]["document"]
    assert await api.refused("getFile", file_id=large["file_id"]) == "400 Bad Request: file is too big"


async def test_a_callback_is_answered_once_and_in_time(api: Api) -> None:
    now = [1_800_000_000.0]
    api.world.seconds = lambda: now[0]
    message = await api.call("sendMessage", chat_id=CHEN, text="x", reply_markup=_data("a"))
    press = {"person": CHEN, "chat": CHEN, "message": message["message_id"], "row": 0, "column": 0}
    first = (await api.act("press", **press))["query"]
    assert "MESSAGE_TOO_LONG" in await api.refused(
        "answerCallbackQuery", callback_query_id=first, text="甲" * 201
    )
    script = "javascript:alert(1)"
    assert "URL_INVALID" in await api.refused("answerCallbackQuery", callback_query_id=first, url=script)
    await api.call("answerCallbackQuery", callback_query_id=first, text="好", show_alert=True)
    assert (await api.look("answer", query=first))["text"] == "好"
    assert "query is too old" in await api.refused("answerCallbackQuery", callback_query_id=first)
    late = (await api.act("press", **press))["query"]
    now[0] += 61
    assert "query is too old" in await api.refused("answerCallbackQuery", callback_query_id=late)


async def test_commands_are_checked_and_found_by_scope_and_language(api: Api) -> None:
    assert "BOT_COMMAND_INVALID" in await api.refused(
        "setMyCommands", commands=[{"command": "Bad-Name", "description": "x"}]
    )
    assert "invalid language code" in await api.refused("setMyCommands", commands=[], language_code="zh-hant")
    one, two = {"command": "help", "description": "帮助"}, {"command": "help", "description": "Help"}
    await api.call("setMyCommands", commands=[one])
    await api.call("setMyCommands", commands=[two], language_code="en", scope={"type": "all_private_chats"})
    assert await api.look("commands", chat=ALEX, person=ALEX) == [two]
    assert await api.look("commands", chat=GROUP, person=ALEX) == [one]
    await api.call("deleteMyCommands")
    assert await api.call("getMyCommands") == []


async def test_rates_let_a_short_burst_pass_and_then_tell_how_long_to_wait() -> None:
    now = [100.0]
    world = World()
    world.rates.clock = lambda: now[0]
    world.add_person("多", started=True)
    async with running(world) as server, ClientSession() as session:
        api = Api(world=world, url=server.url, session=session)
        many = [(await api.answer("sendMessage", chat_id=1004, text="x"))[0] for _ in range(6)]
        assert many == [200] * 5 + [429]
        _, body = await api.answer("sendMessage", chat_id=1004, text="x")
        assert body["description"] == "Too Many Requests: retry after 1"
        assert body["parameters"] == {"retry_after": 1}
        now[0] += 1
        assert (await api.answer("sendMessage", chat_id=1004, text="x"))[0] == 200
        now[0] += 60
        world.rates.chat_burst = 100
        groups = [(await api.answer("sendMessage", chat_id=GROUP, text="x"))[0] for _ in range(21)]
        assert groups == [200] * 20 + [429]
        _, body = await api.answer("sendMessage", chat_id=GROUP, text="x")
        assert body["parameters"] == {"retry_after": 3}


async def test_over_all_chats_thirty_a_second_pass() -> None:
    world = World()
    world.rates.clock = lambda: 100.0
    people = [world.add_person("多", started=True).id for _ in range(31)]
    async with running(world) as server, ClientSession() as session:
        api = Api(world=world, url=server.url, session=session)
        statuses = [(await api.answer("sendMessage", chat_id=person, text="x"))[0] for person in people]
    assert statuses == [200] * 30 + [429]


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5000, 5000),
    st.text(max_size=8),
    st.sampled_from([CHEN, GROUP, "HTML", "[]", "{}", "[[]]", '{"type":"chat"}', "attach://x"]),
    st.lists(
        st.dictionaries(st.sampled_from(["type", "id", "media", "text"]), st.text(max_size=4)), max_size=3
    ),
    st.dictionaries(
        st.sampled_from(["inline_keyboard", "keyboard", "type"]), st.lists(st.integers()), max_size=2
    ),
)
_FIELDS = st.dictionaries(
    st.sampled_from(
        [
            *("chat_id", "text", "parse_mode", "reply_markup", "entities", "media", "photo", "caption"),
            *(
                "message_id",
                "from_chat_id",
                "scope",
                "commands",
                "results",
                "menu_button",
                "limit",
                "user_id",
            ),
            *("reply_parameters", "offset", "file_id", "inline_query_id", "allowed_updates"),
        ]
    ),
    _VALUES,
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.sampled_from(sorted(METHODS)), _FIELDS)
async def test_no_parameters_make_a_method_crash(method: str, params: dict[str, Any]) -> None:
    world = World(rates_on=False)
    world.add_person("多", started=True)
    call = Call(method=method, params={"chat_id": 1004} | params)
    with contextlib.suppress(ApiError):  # any other exception fails the test
        await perform(world, call)
    assert world.calls.total == (method != "getUpdates")
