"""The calendar address: shown to those who may decide, tapped to copy, and given anew when it leaked."""

import re

import pytest

from bot.buttons import Act, Room, encode
from domain.policy import FactKind
from storage.feeds import Feeds
from storage.subscriptions import Subscription, Subscriptions
from tests.bot.chat.cast import ALEX, CHEN, FORUM, GROUP
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

ADDRESS = re.compile(r"<code>(https://example\.org/calendar/(\d+)-([0-9a-f]{64})\.ics)</code>")
TOPIC = {"chat": FORUM, "message_thread_id": 77, "is_topic_message": True}


def press(verb: str) -> str:
    return encode(Act(room=Room.FEED, verb=verb))


def address(call: Call) -> tuple[int, str]:
    """The number and the signature that were shown."""
    found = ADDRESS.search(call["text"])
    assert found, call["text"]
    return int(found[2]), found[3]


def button(call: Call, words: str) -> str:
    """What the button with these words sends."""
    rows = call["reply_markup"]["inline_keyboard"]
    (data,) = [one["callback_data"] for row in rows for one in row if words in one["text"]]
    return str(data)


async def test_a_person_gets_an_address_that_stays(stage: Stage) -> None:
    (shown,) = await stage.says(ALEX, "/calendar_link")
    feed = await Feeds(stage.db).find(*address(shown))
    assert feed is not None
    assert (feed.chat_id, feed.thread_id) == (ALEX["id"], None)
    for words in (
        "Outlook",
        "Apple",
        "Google",
        "WPS",
        "Whoever has the address",
        "Nothing is followed here yet",
    ):
        assert words in shown["text"]
    (again,) = await stage.says(ALEX, "/calendar_link")
    assert again["text"] == shown["text"]


async def test_where_something_is_followed_it_is_not_called_empty(stage: Stage) -> None:
    one = Subscription(chat_id=ALEX["id"], policy_id="", kind=FactKind.POLICY, created_by=ALEX["id"])
    await Subscriptions(stage.db).follow(one, stage.now)
    (shown,) = await stage.says(ALEX, "/calendar_link")
    assert "Nothing is followed" not in shown["text"]


async def test_a_new_address_is_asked_for_twice_and_ends_the_old_one(stage: Stage) -> None:
    feeds = Feeds(stage.db)
    (shown,) = await stage.says(ALEX, "/calendar_link")
    old = address(shown)
    asked, _ = await stage.presses(ALEX, button(shown, "New address"))
    assert asked["method"] == "editMessageText"
    kept, _ = await stage.presses(ALEX, button(asked, "Keep it"))
    assert address(kept) == old
    turned, settled = await stage.presses(ALEX, button(asked, "New address"))
    assert await feeds.find(*old) is None
    assert await feeds.find(*address(turned)) is not None
    assert "the old one shows nothing" in settled["text"]


async def test_from_the_address_a_button_leads_to_what_is_followed(stage: Stage) -> None:
    (shown,) = await stage.says(ALEX, "/calendar_link")
    turned, _ = await stage.presses(ALEX, button(shown, "What is followed here"))
    assert turned["method"] == "editMessageText"
    assert "What you follow" in turned["text"]


@pytest.mark.parametrize("role", ["administrator", "member"])
async def test_in_a_group_its_administrators_get_it(stage: Stage, role: str) -> None:
    stage.telegram.roles[ALEX["id"]] = role
    calls = await stage.says(ALEX, "/calendar_link", chat=GROUP)
    pressed = [
        (await stage.presses(ALEX, press(one), chat=GROUP))[-1] for one in ("show", "renew", "renewed")
    ]
    if role == "administrator":
        feed = await Feeds(stage.db).of(GROUP["id"], None, 1, stage.now)
        assert address(calls[-1])[0] == feed.id
    else:
        assert "only its administrators" in calls[-1]["text"]
        assert all("only its administrators" in one["text"] for one in pressed)
        assert await Feeds(stage.db).find(1, "") is None
        assert not any(ADDRESS.search(call.get("text", "")) for call in stage.telegram.calls)


async def test_a_topic_has_an_address_of_its_own(stage: Stage) -> None:
    stage.telegram.roles[ALEX["id"]] = "creator"
    *_, general = await stage.says(ALEX, "/calendar_link", chat=FORUM)
    *_, topic = await stage.says(ALEX, "/calendar_link", **TOPIC)
    assert topic["message_thread_id"] == 77
    assert address(topic) != address(general)
    feed = await Feeds(stage.db).find(*address(topic))
    assert feed is not None
    assert (feed.chat_id, feed.thread_id) == (FORUM["id"], 77)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/calendar", True),
        ("http://localhost/calendar", True),
        ("http://[::1]:8080/calendar", True),
        ("http://10.1.2.3:8080/calendar", False),
        ("https://example.org/calendar", False),
    ],
)
async def test_who_can_open_it_here_only_is_told_so(stage: Stage, url: str, local: bool) -> None:  # noqa: FBT001 - a case
    stage.dispatcher["feed_url"] = url
    (shown,) = await stage.says(ALEX, "/calendar_link")
    assert f"<code>{url}/" in shown["text"]
    assert ("ZHUNSHI_PUBLIC_URL" in shown["text"]) is local


async def test_a_button_of_another_version_is_answered(stage: Stage) -> None:
    (settled,) = await stage.presses(ALEX, press("dance"))
    assert "older version" in settled["text"]


async def test_the_address_stands_in_no_log(stage: Stage) -> None:
    (shown,) = await stage.says(CHEN, "/calendar_link")
    assert address(shown)[1] not in repr(stage.logs)
