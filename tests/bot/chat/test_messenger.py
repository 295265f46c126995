"""The messenger: a notice becomes the right call, in the chat's language, and errors say what is known."""

from dataclasses import replace

import pytest

from bot.buttons import Act, Room
from bot.buttons import Button as ScreenButton
from bot.client import build_bot
from bot.messenger import Messenger
from bot.views import View
from domain.channels import FIRST_ADDRESS
from domain.delivery import Button, Delivery, DeliveryState, Notice, NoticeKind, Priority
from domain.errors import Migrated, Rejected, Retryable, Unreachable
from domain.languages import Language
from scheduler.plain_words import Remarks, plain_words
from tests.bot.chat.cast import ALEX, CHEN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import DROPPED

NOTICE = Notice(
    id="n1",
    text={Language.SIMPLIFIED: "<b>通知</b>", Language.ENGLISH: "<b>Notice</b>"},
    buttons=(
        (
            Button(label={Language.SIMPLIFIED: "看", Language.ENGLISH: "Look"}, url="https://example.org/"),
            Button(label={Language.SIMPLIFIED: "好"}, data="ok"),
        ),
    ),
)


def delivery(stage: Stage, chat_id: int = 101, **changes: object) -> Delivery:
    one = Delivery(
        id=1,
        key="n1:101",
        notice_id="n1",
        chat_id=chat_id,
        thread_id=None,
        edits=None,
        priority=Priority.BROADCAST,
        state=DeliveryState.SENDING,
        attempts=0,
        doubts=0,
        due_at=stage.now,
        lease_until=stage.now,
        worker="w",
        error=None,
        message_id=None,
    )
    return replace(one, **changes)  # type: ignore[arg-type] # the tests name fields


@pytest.fixture
async def messenger(stage: Stage) -> Messenger:
    """With two people it knows: Chen reads Simplified, Alex English."""
    await stage.says(CHEN, "/start")
    await stage.says(ALEX, "/start")
    stage.telegram.calls.clear()
    return Messenger(stage.bot, stage.chats, default=Language.SIMPLIFIED)


async def test_each_chat_reads_its_own_language(stage: Stage, messenger: Messenger) -> None:
    for chat_id in (101, 103, 999):
        assert await messenger.send(delivery(stage, chat_id), NOTICE) == stage.last_id
    assert [(call["chat_id"], call["text"]) for call in stage.telegram.calls] == [
        (101, "<b>通知</b>"),
        (103, "<b>Notice</b>"),
        (999, "<b>通知</b>"),
    ]
    (row,) = stage.telegram.calls[1]["reply_markup"]["inline_keyboard"]
    assert row == [
        {"text": "Look", "url": "https://example.org/"},
        {"text": "好", "callback_data": "ok"},
    ]


async def test_a_topic_and_silence_are_kept(stage: Stage, messenger: Messenger) -> None:
    await messenger.send(delivery(stage, thread_id=5), replace(NOTICE, id="n2", silent=True))
    (call,) = stage.telegram.calls
    assert (call["message_thread_id"], call["disable_notification"]) == (5, True)


@pytest.mark.parametrize(
    ("kind", "method", "field"),
    [(NoticeKind.PHOTO, "sendPhoto", "photo"), (NoticeKind.DOCUMENT, "sendDocument", "document")],
)
async def test_pictures_and_files_carry_the_text_as_their_caption(
    stage: Stage, messenger: Messenger, kind: NoticeKind, method: str, field: str
) -> None:
    await messenger.send(delivery(stage), replace(NOTICE, kind=kind, media="file-1"))
    (call,) = stage.telegram.calls
    assert (call["method"], call[field], call["caption"]) == (method, "file-1", "<b>通知</b>")


async def test_an_earlier_message_is_changed_or_deleted(stage: Stage, messenger: Messenger) -> None:
    assert await messenger.send(delivery(stage, edits=70), NOTICE) == 70
    photo = replace(NOTICE, id="n2", kind=NoticeKind.PHOTO, media="file-1")
    assert await messenger.send(delivery(stage, edits=71), photo) == 71
    recall = Notice(id="n3", kind=NoticeKind.RECALL)
    assert await messenger.send(delivery(stage, edits=72), recall) == 72
    text, caption, deletion = stage.telegram.calls
    assert (text["method"], text["message_id"]) == ("editMessageText", 70)
    assert (caption["method"], caption["message_id"]) == ("editMessageCaption", 71)
    assert "photo" not in caption
    assert deletion == {"method": "deleteMessage", "chat_id": 101, "message_id": 72}


async def test_what_is_so_already_counts_as_done(stage: Stage, messenger: Messenger) -> None:
    stage.telegram.fail("editMessageText", 400, {"description": "Bad Request: message is not modified"})
    assert await messenger.send(delivery(stage, edits=70), NOTICE) == 70
    stage.telegram.fail("deleteMessage", 400, {"description": "Bad Request: message to delete not found"})
    assert await messenger.send(delivery(stage, edits=70), Notice(id="r", kind=NoticeKind.RECALL)) == 70


async def test_each_refusal_says_what_can_be_done(stage: Stage, messenger: Messenger) -> None:
    stage.telegram.fail("sendMessage", 403, {"description": "Forbidden: bot was blocked by the user"})
    with pytest.raises(Unreachable):
        await messenger.send(delivery(stage), NOTICE)
    moved = {"description": "Bad Request: upgraded", "parameters": {"migrate_to_chat_id": -100}}
    stage.telegram.fail("sendMessage", 400, moved)
    with pytest.raises(Migrated):
        await messenger.send(delivery(stage), NOTICE)
    stage.telegram.fail("sendMessage", 400, {"description": "Bad Request: can't parse entities"})
    with pytest.raises(Rejected):
        await messenger.send(delivery(stage), NOTICE)


async def test_silence_leaves_a_doubt_and_an_answer_none(stage: Stage, messenger: Messenger) -> None:
    stage.telegram.fail("sendMessage", *DROPPED)
    with pytest.raises(Retryable) as silence:
        await messenger.send(delivery(stage), NOTICE)
    assert silence.value.doubtful
    stage.telegram.fail("sendMessage", 502, "<html>Bad Gateway</html>")
    with pytest.raises(Retryable) as answer:
        await messenger.send(delivery(stage), NOTICE)
    assert not answer.value.doubtful


async def test_nobody_listening_leaves_no_doubt(stage: Stage) -> None:
    bot = build_bot("42:TEST", server="http://127.0.0.1:9")
    with pytest.raises(Retryable) as caught:
        await Messenger(bot, stage.chats, default=Language.ENGLISH).send(delivery(stage), NOTICE)
    await bot.session.close()
    assert not caught.value.doubtful


async def test_an_address_without_its_channel_is_refused(stage: Stage, messenger: Messenger) -> None:
    with pytest.raises(Rejected):
        await messenger.send(delivery(stage, FIRST_ADDRESS + 1), NOTICE)
    assert not stage.telegram.calls


class Speaker:
    """Has words that differ from day to day."""

    def __init__(self) -> None:
        self.days = iter((7, 6))

    async def view(self, delivery: Delivery, notice: Notice, language: Language) -> View:
        """Tell whom it is for."""
        text = f"{language}: {notice.facts['what']}, {next(self.days)} ({delivery.chat_id})"
        press = Act(room=Room.REMINDER, verb="seen", value="1")
        look = ScreenButton(label="Look", press="https://example.org/")
        return View(parts=[text], rows=((ScreenButton(label="OK", press=press), look),))


async def test_a_reminder_is_put_into_the_words_of_its_reader_and_of_the_moment(stage: Stage) -> None:
    await stage.says(ALEX, "/start")
    stage.telegram.calls.clear()
    speaking = Messenger(stage.bot, stage.chats, default=Language.SIMPLIFIED, telling=Speaker())
    reminder = Notice(id="r", kind=NoticeKind.REMINDER, facts={"what": "T1"})
    await speaking.send(delivery(stage, 103), reminder)
    await speaking.send(delivery(stage, 999), reminder)
    first, second = stage.telegram.calls
    assert [first["text"], second["text"]] == ["en: T1, 7 (103)", "zh-Hans: T1, 6 (999)"]
    assert first["reply_markup"]["inline_keyboard"] == [
        [{"text": "OK", "callback_data": "nseen.1"}, {"text": "Look", "url": "https://example.org/"}]
    ]


class Elsewhere:
    """Another channel, which keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[tuple[Notice, Language]] = []

    async def send(self, delivery: Delivery, notice: Notice, language: Language) -> int:
        """Keep it."""
        self.sent.append((notice, language))
        return delivery.id


async def test_other_channels_get_a_reminder_in_words(stage: Stage) -> None:
    others = Elsewhere()
    messenger = Messenger(stage.bot, stage.chats, default=Language.ENGLISH, others=others, telling=Speaker())
    reminder = Notice(id="r", kind=NoticeKind.REMINDER, facts={"what": "T1"})
    to = FIRST_ADDRESS + 1
    assert await messenger.send(delivery(stage, to), reminder) == 1
    ((notice, language),) = others.sent
    remarks = Remarks(picture="", file="", correction="")
    assert plain_words(notice, language, remarks) == f"en: T1, 7 ({to})\n\nLook: https://example.org/"
    assert not stage.telegram.calls


async def test_a_reminder_without_words_is_refused(stage: Stage, messenger: Messenger) -> None:
    with pytest.raises(Rejected):
        await messenger.send(delivery(stage), Notice(id="r", kind=NoticeKind.REMINDER, facts={"what": "T1"}))
