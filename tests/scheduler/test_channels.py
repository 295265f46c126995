"""Notices to other channels: over real connections to a robot and a relay on this machine."""

import asyncio
import base64
import hashlib
import hmac
import logging
import re
import ssl
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography.fernet import Fernet

from domain.channels import Channel
from domain.delivery import Button, Delivery, DeliveryState, Notice, NoticeKind, Priority
from domain.errors import BadSetting, DeliveryError, Rejected, Retryable, Unreachable
from domain.languages import Language
from scheduler import webhooks
from scheduler.channels import Channels
from scheduler.plain_words import Remarks
from scheduler.relay import Encryption, Relay, parse_relay
from storage.addresses import Addresses
from storage.audit import AuditLog
from storage.chats import Chats
from storage.outbox import Outbox
from storage.sealing import Seal
from tests.scheduler.channels_cast import Certificate, MailServer, Robots
from tests.stores import new_store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET = "SEC0123456789abcdef"  # noqa: S105 - opens nothing
TOKEN = "693a91f600004bc497a0"  # noqa: S105 - the same
TARGETS = {
    Channel.WECOM: f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={TOKEN}",
    Channel.DINGTALK: f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN} {SECRET}",
    Channel.FEISHU: f"https://open.feishu.cn/open-apis/bot/v2/hook/{TOKEN}",
    Channel.EMAIL: "biaozhun@shancheng.gov.cn",
}
REMARKS = Remarks(picture="[图]", file="[文件]", correction="更正：")
NOTICE = Notice(id="n", text={Language.SIMPLIFIED: "<b>月底前</b>报送进展。"})


@dataclass
class Office:
    """Addresses registered, channels open, and who listens at the other end."""

    addresses: Addresses
    robots: Robots
    mail: MailServer
    relay: Relay
    chats: dict[Channel, int] = field(default_factory=dict)
    channels: Channels = field(init=False)

    def open(self, **options: Any) -> Channels:
        """Channels on these addresses."""
        given = {"relay": self.relay, **options}
        self.channels = Channels(self.addresses, lambda _: REMARKS, **given)
        return self.channels

    async def send(self, channel: Channel, notice: Notice = NOTICE, **changes: Any) -> int:
        """Send to the address of a channel."""
        delivery = a_delivery(self.chats[channel], **changes)
        return await self.channels.send(delivery, notice, Language.SIMPLIFIED)

    @property
    def texts(self) -> list[str]:
        """What WeCom's or DingTalk's robot was told."""
        return [body["text"]["content"] for _, body in self.robots.posts]


def a_delivery(chat_id: int, **changes: Any) -> Delivery:
    fields: dict[str, Any] = {
        "id": 41, "key": "n:1", "notice_id": "n", "chat_id": chat_id, "thread_id": None, "edits": None,
        "priority": Priority.URGENT, "state": DeliveryState.SENDING, "attempts": 0, "doubts": 0,
        "due_at": NOW, "lease_until": None, "worker": None, "error": None, "message_id": None,
    }  # fmt: skip
    return Delivery(**fields | changes)


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """An office with an address of each channel."""
    robots, mail = Robots(), MailServer()
    async with (
        new_store(tmp_path) as db,
        robots.running() as url,
        mail.running() as port,
    ):
        for robot, place in (
            (webhooks.WeCom, "/wecom?key={key}"),
            (webhooks.DingTalk, "/dingtalk?access_token={token}"),
            (webhooks.Feishu, "/feishu/{token}/"),
        ):
            monkeypatch.setattr(robot, "notify_url", url + place)
        key = Fernet.generate_key().decode()
        chats, outbox = await Chats.load(db), Outbox(db)
        addresses = Addresses(db, chats, AuditLog(db), outbox, keys=key, environment={})
        relay = parse_relay(f"smtp://127.0.0.1:{port}", "zhunshi@shancheng.gov.cn")
        one = Office(addresses, robots, mail, relay)
        for text in TARGETS.values():
            channel, kept = addresses.take(text)
            one.chats[channel] = await addresses.add(
                channel, kept, title="市场监管局", language=None, created_by=1, now=NOW
            )
        with closing(one.open()):
            yield one


async def test_wecom_is_told_in_plain_words(office: Office) -> None:
    assert await office.send(Channel.WECOM) == 41
    ((url, body),) = office.robots.posts
    assert (url.path, url.query["key"]) == ("/wecom", TOKEN)
    assert body == {"msgtype": "text", "text": {"content": "月底前报送进展。"}}


async def test_dingtalk_is_told_with_a_signature_that_it_can_check(office: Office) -> None:
    await office.send(Channel.DINGTALK)
    ((url, body),) = office.robots.posts
    assert body["text"] == {"content": "月底前报送进展。"}
    assert url.query["access_token"] == TOKEN
    signed = f"{url.query['timestamp']}\n{SECRET}".encode()
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    assert url.query["sign"] == base64.b64encode(digest).decode()


async def test_feishu_is_told(office: Office) -> None:
    office.robots.answers = [web.json_response({"StatusCode": 0, "StatusMessage": "success"})]
    await office.send(Channel.FEISHU)
    ((url, body),) = office.robots.posts
    assert url.path == f"/feishu/{TOKEN}"
    assert body == {"msg_type": "text", "content": {"text": "月底前报送进展。"}}


async def test_mail_is_a_letter_with_a_subject(office: Office) -> None:
    assert await office.send(Channel.EMAIL) == 41
    (letter,) = office.mail.letters
    assert letter["Subject"] == "月底前报送进展。"
    assert letter["To"] == TARGETS[Channel.EMAIL]
    assert "zhunshi@shancheng.gov.cn" in letter["From"]
    assert letter["Message-ID"]
    assert letter["Date"]
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().strip() == "月底前报送进展。"


def said(channel: Channel, code: int, words: str = "…") -> Callable[[], web.Response]:
    names = ("code", "msg") if channel is Channel.FEISHU else ("errcode", "errmsg")
    return lambda: web.json_response(dict(zip(names, (code, words), strict=True)))


REFUSALS = [
    (Channel.WECOM, 93000, "invalid webhook url", Unreachable),
    (Channel.WECOM, 93004, "robot disabled", Unreachable),
    (Channel.WECOM, 93008, "not in group", Unreachable),
    (Channel.WECOM, 40058, "text.content exceed max length", Rejected),
    (Channel.DINGTALK, 300001, "token is not exist", Unreachable),
    (Channel.DINGTALK, 310000, "sign not match", Unreachable),
    (Channel.DINGTALK, 310000, "keywords not in content", Rejected),
    (Channel.DINGTALK, 400102, "robot disabled", Unreachable),
    (Channel.DINGTALK, 430102, "unsafe text", Rejected),
    (Channel.FEISHU, 19001, "param invalid: incoming webhook access token invalid", Unreachable),
    (Channel.FEISHU, 19021, "sign match fail", Unreachable),
    (Channel.FEISHU, 19024, "Key Words Not Found", Rejected),
    (Channel.FEISHU, 9499, "Bad Request", Rejected),
]


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: f"{case[0]} {case[1]} {case[2]}")
async def test_a_refusal_inside_a_200_is_no_success(
    office: Office, case: tuple[Channel, int, str, type[DeliveryError]]
) -> None:
    channel, code, words, error = case
    office.robots.answers = [said(channel, code, words)()]
    with pytest.raises(error, match=f"{channel}: {code} {re.escape(words)}"):
        await office.send(channel)


PAUSES = {
    (Channel.WECOM, 45009): 60,  # too many a minute
    (Channel.WECOM, -1): None,  # busy
    (Channel.DINGTALK, 130101): 60,
    (Channel.FEISHU, 11232): 60,
}


@pytest.mark.parametrize(("channel", "code"), PAUSES)
async def test_too_many_a_minute_is_a_pause(office: Office, channel: Channel, code: int) -> None:
    office.robots.answers = [said(channel, code)()]
    with pytest.raises(Retryable) as caught:
        await office.send(channel)
    assert (caught.value.after, caught.value.doubtful) == (PAUSES[channel, code], False)


ODD: dict[str, tuple[Callable[[], web.StreamResponse | None], float | None, bool]] = {
    "a gateway's page": (lambda: web.Response(status=502, text="<html>"), None, False),
    "a page instead of an answer": (lambda: web.Response(text="<html>"), None, False),
    "a list": (lambda: web.json_response([1]), None, False),
    "no code": (lambda: web.json_response({"ok": True}), None, False),
    "no number": (lambda: web.json_response({"errcode": None}), None, False),
    "to another host": (lambda: web.Response(status=307, headers={"Location": "/inside"}), None, False),
    "too many, for a while": (lambda: web.Response(status=429, headers={"Retry-After": "7"}), 7, False),
    "too many": (lambda: web.Response(status=429, headers={"Retry-After": "Sun, 22 Nov"}), 60, False),
    "a number without end": (lambda: web.Response(text='{"errcode": Infinity}'), None, False),
    "too many, for ever": (lambda: web.Response(status=429, headers={"Retry-After": "9" * 40}), 3600, False),
    "hung up": (lambda: None, None, True),
}


@pytest.mark.parametrize("case", ODD)
async def test_what_is_no_answer_is_tried_again(office: Office, case: str) -> None:
    answer, after, doubtful = ODD[case]
    office.robots.answers = [answer()]
    with pytest.raises(Retryable) as caught:
        await office.send(Channel.WECOM)
    assert (caught.value.after, caught.value.doubtful) == (after, doubtful)
    assert len(office.robots.posts) == 1


async def test_where_nobody_listens_nothing_was_sent(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks.WeCom, "notify_url", "http://127.0.0.1:9/?key={key}")
    with pytest.raises(Retryable, match="wecom: no connection") as caught:
        await office.send(Channel.WECOM)
    assert not caught.value.doubtful


MAIL: dict[str, tuple[dict[str, str | None], type[DeliveryError], bool]] = {
    "no such person": ({"RCPT": "550 5.1.1 no such user"}, Unreachable, False),
    "no such person, in old words": ({"RCPT": "550 no such user"}, Unreachable, False),
    "come back later": ({"RCPT": "451 4.7.1 greylisted"}, Retryable, False),
    "we may not": ({"RCPT": "550 5.7.1 relaying denied"}, Rejected, False),
    "not from us": ({"MAIL": "553 sender rejected"}, Rejected, False),
    "no room": ({"MAIL": "452 insufficient storage"}, Retryable, False),
    "taken for spam": ({".": "554 5.7.1 spam"}, Rejected, False),
    "not now": ({".": "451 try again"}, Retryable, False),
    "no letters": ({"DATA": "451 not now"}, Retryable, False),
    "never letters": ({"DATA": "554 no valid recipients"}, Rejected, False),
    "a goodbye nobody understands": ({".": "451 try again", "QUIT": None}, Retryable, False),
    "hung up before": ({"RCPT": None}, Retryable, False),
    "hung up after": ({".": None}, Retryable, True),
    "unwell altogether": ({"": "554 go away"}, Retryable, False),
    "unwell": ({"EHLO": "421 shutting down", "HELO": "421 shutting down"}, Retryable, False),
}


@pytest.mark.parametrize("case", MAIL)
async def test_what_a_relay_says_decides_what_follows(office: Office, case: str) -> None:
    office.mail.answers, error, doubtful = MAIL[case]
    with pytest.raises(error) as caught:
        await office.send(Channel.EMAIL)
    if isinstance(caught.value, Retryable):
        assert caught.value.doubtful is doubtful


async def test_without_a_relay_mail_waits_for_the_operator(office: Office) -> None:
    with closing(office.open(relay=None)), pytest.raises(Retryable, match="ZHUNSHI_SMTP_URL") as caught:
        await office.send(Channel.EMAIL)
    assert not caught.value.doubtful


async def test_a_relay_that_is_not_there_got_nothing(office: Office) -> None:
    nobody = parse_relay("smtp://127.0.0.1:9", "zhunshi@shancheng.gov.cn")
    with closing(office.open(relay=nobody)), pytest.raises(Retryable, match="refused") as caught:
        await office.send(Channel.EMAIL)
    assert not caught.value.doubtful


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_password_is_said_under_encryption_only_and_to_whom_is_trusted(
    office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_once: bool,  # noqa: FBT001 - the case
) -> None:
    known = Certificate(tmp_path)
    relay = MailServer(certificate=known, at_once=at_once)
    async with relay.running() as port:
        setting = f"{'smtps' if at_once else 'smtp'}://clerk:pass@localhost:{port}"
        there = parse_relay(setting, "zhunshi@shancheng.gov.cn")
        with closing(office.open(relay=there)):
            with pytest.raises(Retryable, match="the relay can't be used"):
                await office.send(Channel.EMAIL)
            assert not [line for line in relay.commands if line.startswith("AUTH")]
            trusting = known.trusting()
            monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
            await office.send(Channel.EMAIL)
    assert len(relay.letters) == 1
    (said,) = [line for line in relay.commands if line.startswith("AUTH")]
    assert base64.b64decode(said.rpartition(" ")[2]) == b"\0clerk\0pass"


async def test_a_relay_that_does_not_encrypt_is_not_told_the_password(office: Office) -> None:
    office.mail.answers = {"EHLO": "250 relay"}
    there = replace(office.relay, encryption=Encryption.ONCE_CONNECTED, user="clerk", password="pass")  # noqa: S106 - opens nothing
    with closing(office.open(relay=there)), pytest.raises(Retryable):
        await office.send(Channel.EMAIL)
    assert not [line for line in office.mail.commands if line.startswith("AUTH")]


async def test_nobody_waits_for_ever_and_the_message_may_have_arrived(office: Office) -> None:
    office.robots.hold.clear()
    with (
        closing(office.open(seconds=0.2)),
        pytest.raises(Retryable, match="nobody answered in time") as caught,
    ):
        await office.send(Channel.WECOM)
    assert caught.value.doubtful
    office.robots.hold.set()


async def test_no_more_threads_than_allowed_and_a_slow_one_keeps_its_place(office: Office) -> None:
    office.robots.hold.clear()
    with closing(office.open(wait_seconds=0.3, seconds=0.5, threads=2)):
        sends = (office.send(Channel.WECOM, id=number) for number in range(5))
        errors = await asyncio.gather(*sends, return_exceptions=True)
        doubtful = [error.doubtful for error in errors if isinstance(error, Retryable)]
        assert sorted(doubtful) == [False, False, False, True, True]  # three were never handed over
        assert office.robots.most_waiting == 2
        office.robots.hold.set()
        assert await office.send(Channel.WECOM, id=9) == 9  # as soon as one of them ends
    assert office.robots.most_waiting == 2


LONG = Notice(id="long", text={Language.SIMPLIFIED: "\n\n".join(f"{n}、" + "标准" * 300 for n in range(3))})


async def test_a_long_notice_comes_in_numbered_parts(office: Office) -> None:
    await office.send(Channel.WECOM, LONG)
    assert [text[:8] for text in office.texts] == ["(1/3)\n0、", "(2/3)\n1、", "(3/3)\n2、"]
    assert all(len(text.encode()) <= 2048 for text in office.texts)
    await office.send(Channel.DINGTALK, LONG)
    assert len(office.texts) == 4


async def test_a_second_try_goes_on_where_the_first_ended(office: Office) -> None:
    yes, later = said(Channel.WECOM, 0), said(Channel.WECOM, 45009)
    office.robots.answers = [yes(), later()]
    with pytest.raises(Retryable):
        await office.send(Channel.WECOM, LONG)
    await office.send(Channel.WECOM, LONG)
    assert [text[:5] for text in office.texts] == ["(1/3)", "(2/3)", "(2/3)", "(3/3)"]
    assert office.channels._told == {}


async def test_buttons_become_lines_and_pictures_a_remark(office: Office) -> None:
    notice = Notice(
        id="p",
        kind=NoticeKind.PHOTO,
        media="file-id",
        text={Language.SIMPLIFIED: "见图。"},
        buttons=(
            (
                Button(label={Language.SIMPLIFIED: "原文"}, url="https://example.org/a"),
                Button(label={Language.SIMPLIFIED: "签收"}, data="ack"),
            ),
        ),
    )
    await office.send(Channel.WECOM, notice)
    assert office.texts == ["见图。\n\n[图]\n\n原文: https://example.org/a"]


async def test_a_correction_is_a_new_message_that_says_so(office: Office) -> None:
    assert await office.send(Channel.WECOM, edits=40) == 41
    assert office.texts == ["更正：\n\n月底前报送进展。"]


async def test_a_recall_is_refused_rather_than_said_to_be_done(office: Office) -> None:
    with pytest.raises(Rejected, match="can't be taken back"):
        await office.send(Channel.WECOM, Notice(id="r", kind=NoticeKind.RECALL), edits=40)
    assert office.robots.posts == []


async def test_a_removed_address_is_unreachable(office: Office) -> None:
    await office.addresses.remove(office.chats[Channel.WECOM], actor_id=1, now=NOW)
    with pytest.raises(Unreachable, match="removed"):
        await office.send(Channel.WECOM)


async def test_a_lost_key_is_the_operators_to_mend(office: Office) -> None:
    office.addresses._seal = Seal(None)
    with closing(office.open()), pytest.raises(Retryable, match="ZHUNSHI_SECRET_KEY") as caught:
        await office.send(Channel.WECOM)
    assert not caught.value.doubtful


async def test_what_is_secret_is_in_no_log_and_no_error(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    told = ""
    for channel in (Channel.WECOM, Channel.DINGTALK, Channel.FEISHU):
        words = f"no {TOKEN} or {SECRET if channel is Channel.DINGTALK else ''}"
        for answer in (said(channel, 0)(), said(channel, 93000, words)(), None):
            office.robots.answers = [answer]
            told += await _error_of(office.send(channel))
    monkeypatch.setattr(webhooks.DingTalk, "notify_url", "http://127.0.0.1:9/?access_token={token}")
    told += await _error_of(office.send(Channel.DINGTALK))
    await office.send(Channel.EMAIL)
    assert "no *** or ***" in told
    assert "dingtalk: no connection" in told
    assert "dingtalk: nobody answered" in told
    for secret in (TOKEN, SECRET):
        assert secret not in told
        assert not any(secret in one.getMessage() for one in caplog.records if one.name != "aiohttp.access")


async def _error_of(sending: Awaitable[int]) -> str:
    """As a log shows it, with what caused it."""
    try:
        await sending
    except DeliveryError as error:
        return "".join(traceback.format_exception(error))
    return ""


RELAYS = {
    "smtps://clerk:p%40ss@mail.example.org": ("mail.example.org", 465, "at_once", "clerk", "p@ss"),
    "smtps://clerk:pass@mail.example.org:994": ("mail.example.org", 994, "at_once", "clerk", "pass"),
    "smtp://clerk:pass@mail.example.org": ("mail.example.org", 587, "once_connected", "clerk", "pass"),
    "smtp://10.0.0.7": ("10.0.0.7", 25, "never", "", ""),
}


@pytest.mark.parametrize("url", RELAYS)
def test_a_relay_is_read_off_its_setting(url: str) -> None:
    relay = parse_relay(url, "zhunshi@example.org")
    assert (relay.host, relay.port, relay.encryption, relay.user, relay.password) == RELAYS[url]
    assert relay.password == "" or relay.password not in repr(relay)


@pytest.mark.parametrize(
    ("url", "sender", "name"),
    [
        ("https://u:hidden@h", "a@example.org", "URL"), ("smtps://u:hidden@h:x", "a@example.org", "URL"),
        ("smtps://u:hidden@", "a@example.org", "URL"), ("hidden", "a@example.org", "URL"),
        ("smtps://u:hidden@[", "a@example.org", "URL"), ("smtps://u:hidden@h", "nobody", "FROM"),
        ("smtps://u:hidden@h", TARGETS[Channel.WECOM], "FROM"),
    ],
)  # fmt: skip
def test_a_relay_that_can_not_be_is_refused_without_showing_it(url: str, sender: str, name: str) -> None:
    with pytest.raises(BadSetting, match=f"ZHUNSHI_SMTP_{name}") as caught:
        parse_relay(url, sender)
    assert "hidden" not in str(caught.value)
