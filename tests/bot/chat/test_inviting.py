"""Invitations: an administrator passes a link on, and whoever opens it is told of the dates from then on."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.answer import Aspect, Reference
from bot import codes
from bot.buttons import Act, Room, decode, encode
from bot.inviting.links import code_of, for_group, for_person
from bot.inviting.verbs import Errand, Verb, invite
from domain.policy import FactKind
from storage.audit import AuditLog
from storage.catalogue import loads
from storage.invitations import VALID, Invitations
from storage.policies import save_policies
from storage.subscriptions import Subscriptions
from tests.bot.chat.cast import ALEX, CHEN, FORUM, GROUP, LIN, POLICIES
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

WHOLE = Reference(policy="river-2025", kind=FactKind.POLICY)
OFFICE = Reference(policy="river-2025", kind=FactKind.DEPARTMENT, id="D3")
TOPIC = {"chat": FORUM, "message_thread_id": 77, "is_topic_message": True}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
LINK = re.compile(r"https://t\.me/zhunshi_bot\?(start|startgroup)=(i[0-9a-f]{32})\b")


class Host:
    """Alex administers and invites; what is shown is read off our calls."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.calls: list[Call] = []

    async def says(self, text: str, **fields: Any) -> str:
        """Alex writes; all that is said upon it."""
        self.calls = await self.stage.says(ALEX, text, **fields)
        return said(self.calls)

    async def presses(self, words: str) -> str:
        """Alex presses the button of the last message that holds these words."""
        (data,) = [one["callback_data"] for one in self.buttons if words in one["text"]]
        self.calls = await self.stage.presses(ALEX, data)
        return said(self.calls)

    async def invites(self, to: Reference = OFFICE) -> str:
        """The payload of the links of a new invitation."""
        self.calls = await self.stage.presses(ALEX, encode(invite(to)))
        (person, group) = LINK.findall(said(self.calls))
        assert (person[0], group[0]) == ("start", "startgroup")
        assert person[1] == group[1]
        return str(person[1])

    @property
    def buttons(self) -> list[Call]:
        """Of the message shown last."""
        shown = [call for call in self.calls if "reply_markup" in call][-1]
        return [one for row in shown["reply_markup"]["inline_keyboard"] for one in row]


def said(calls: list[Call]) -> str:
    """All that was said."""
    return "\n".join(call["text"] for call in calls if "text" in call)


@pytest.fixture
async def host(stage: Stage) -> Host:
    """An administrator whom we know, and policies in the store."""
    await save_policies(stage.db, POLICIES, now=stage.now, saved_by="test")
    stage.admins = (ALEX["id"],)
    await stage.restart()
    one = Host(stage)
    await one.says("/start")
    return one


async def followed(stage: Stage, chat: int, topic: int | None = None) -> list[tuple[str, str, str]]:
    held = await Subscriptions(stage.db).of(chat, topic)
    return [(one.policy_id, one.kind, one.fact_id) for one in held]


async def test_an_administrator_chooses_a_department_and_passes_the_links_on(host: Host) -> None:
    assert "What is the invitation for?" in await host.says("/invite")
    assert "River County Opinions" in await host.presses("River County")
    await host.presses("▶")
    shown = await host.presses("River office 9")
    assert "Invitation: “River County Opinions”: River office 9" in shown
    assert "29 November 2026" in shown
    (person, group) = LINK.findall(shown)
    assert person[1] == group[1]
    sent = [parse_qs(urlsplit(one["url"]).query)["url"][0] for one in host.buttons if "url" in one]
    assert [LINK.fullmatch(one).groups() for one in sent] == [person, group]  # type: ignore[union-attr] # else None
    assert [call["method"] for call in host.calls] == ["sendMessage", "answerCallbackQuery"]


async def test_a_person_who_opens_the_link_is_bound_and_told_what_comes(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    await stage.says(CHEN, "/language")  # whom we met, and who speaks Chinese
    first, told = await stage.says(CHEN, f"/start {payload}")
    assert first["chat_id"] == CHEN["id"]
    assert "第3河长办" in first["text"]
    assert "/mine" in first["text"]
    assert decode(first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]).reference == OFFICE  # type: ignore[union-attr] # else it fails
    assert (told["chat_id"], told["text"]) == (
        ALEX["id"],
        "✅ Your invitation was accepted by 晓 陈: “River County Opinions”: River office 3",
    )
    assert await followed(stage, CHEN["id"]) == [("river-2025", "department", "D3")]


async def test_the_next_reminder_is_named(host: Host, stage: Stage) -> None:
    text = (
        "id: dated\ntitle: {zh: 测试意见, en: Test Opinions}\nregion: {zh: 河湾县}\nmeasures:\n"
        "  - {id: M1, clause: 一, number: '1', title: {zh: 建成实验室, en: Build the lab}, due: 2027-01-08}\n"
    )
    await save_policies(stage.db, [loads(text, name="dated.yaml")], now=stage.now, saved_by="test")
    await stage._restock()
    payload = await host.invites(Reference(policy="dated", kind=FactKind.POLICY))
    shown = said(await host.stage.says(ALEX, f"/start {payload}"))
    assert "Build the lab" in shown
    assert "9 December 2026" in shown  # thirty days before
    assert stage.woken == 0


async def test_who_invited_is_not_told_of_what_they_did_themselves(host: Host) -> None:
    payload = await host.invites()
    await host.says(f"/start {payload}")
    assert len(host.calls) == 1


async def test_a_group_is_bound_by_its_administrator(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    stage.telegram.roles[LIN["id"]] = "administrator"
    calls = await stage.says(LIN, f"/start@zhunshi_bot {payload}", chat=GROUP)
    shown = [call for call in calls if call["method"] == "sendMessage"]
    assert [call["chat_id"] for call in shown] == [GROUP["id"], ALEX["id"]]
    assert "accepted by 怡 林 for “标准化工作群”" in shown[1]["text"]
    assert await followed(stage, GROUP["id"]) == [("river-2025", "department", "D3")]
    assert await followed(stage, LIN["id"]) == []


async def test_a_topic_is_bound_for_itself(host: Host, stage: Stage) -> None:
    payload = await host.invites(WHOLE)
    stage.telegram.roles[ALEX["id"]] = "creator"
    assert "This topic follows it" in await host.says(f"/start@zhunshi_bot {payload}", **TOPIC)
    assert await followed(stage, FORUM["id"], 77) == [("river-2025", "policy", "")]
    assert await followed(stage, FORUM["id"]) == []


async def test_an_administrator_who_hides_binds_the_group_too(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    await stage.says(ANONYMOUS, f"/start@zhunshi_bot {payload}", chat=GROUP, sender_chat=GROUP)
    assert await followed(stage, GROUP["id"])
    told = stage.telegram.calls[-1]
    assert (told["chat_id"], "“标准化工作群”" in told["text"]) == (ALEX["id"], True)


async def test_a_member_does_not_bind_the_group_and_uses_nothing_up(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    calls = await stage.says(ALEX, f"/start@zhunshi_bot {payload}", chat=GROUP)
    assert "only its administrators" in said(calls)
    assert await followed(stage, GROUP["id"]) == []
    assert await host.says(f"/start {payload}")
    assert await followed(stage, ALEX["id"])


async def test_a_link_for_another_bot_is_none_of_ours(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    assert await stage.says(ALEX, f"/start@other_bot {payload}", chat=GROUP) == []


async def test_who_opens_it_twice_is_told_kindly(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    await host.says(f"/start {payload}")
    assert "followed here already" in await host.says(f"/start {payload}")
    assert "was used already" in said(await stage.says(LIN | {"language_code": "en"}, f"/start {payload}"))
    assert await followed(stage, LIN["id"]) == []


async def test_a_late_one_is_told_until_when_it_was_good(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    stage.now += VALID
    shown = await host.says(f"/start {payload}")
    assert re.search(r"good until 29 November 2026 \d\d:\d\d\.", shown)
    assert "Ask whoever sent it" in shown
    assert await followed(stage, ALEX["id"]) == []


async def test_one_to_what_is_gone_says_so(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    bare = loads("id: river-2025\ntitle: {zh: 意见}\nregion: {zh: 河湾县}\n", name="river.yaml")
    await save_policies(stage.db, [bare], now=stage.now, saved_by="test")
    assert "no longer there" in await host.says(f"/start {payload}")
    assert await followed(stage, ALEX["id"]) == []


@pytest.mark.parametrize("payload", ["i123", f"i{'0' * 31}", f"i{'0' * 32}", f"i{'0' * 63}"])
async def test_a_code_that_was_never_given_is_not_known(host: Host, payload: str) -> None:
    assert "I do not know this invitation" in await host.says(f"/start {payload}")


async def test_other_links_open_what_they_did(host: Host) -> None:
    issuer = Reference(policy="river-2025", kind=FactKind.POLICY, aspect=Aspect.ISSUER)
    assert codes.encode(issuer).startswith("i")
    assert "River County Opinions" in await host.says(f"/start {codes.encode(issuer)}")
    assert "Zhunshi: what" in await host.says("/start")
    for payload in ("inline", "i", "hello", f"i{'g' * 32}"):
        assert "Zhunshi: what" in await host.says(f"/start {payload}")


async def test_open_ones_are_listed_and_withdrawn(host: Host, stage: Stage) -> None:
    payload, other = await host.invites(), await host.invites(WHOLE)
    shown = await host.says("/invitations")
    assert "#1 “River County Opinions”: River office 3\nAlex · until 29 November 2026" in shown
    assert "#2 “River County Opinions”\n" in shown
    assert payload[1:] not in shown
    shown = await host.presses("#1")
    assert "Withdrawn." in shown
    assert "#1" not in shown
    assert "was withdrawn" in await host.says(f"/start {payload}")
    await host.says(f"/start {other}")
    assert "There is none." in await host.says("/invitations")
    assert await followed(stage, ALEX["id"]) == [("river-2025", "policy", "")]


async def test_a_second_tap_on_withdraw_says_that_it_is_open_no_more(host: Host, stage: Stage) -> None:
    await host.invites()
    data = encode(Errand(verb=Verb.REVOKE, number=1).act())
    for hint in ("Withdrawn.", "That invitation is open no more."):
        calls = await stage.presses(ALEX, data)
        assert calls[-1]["text"] == hint


async def test_a_long_list_has_pages(host: Host) -> None:
    for _ in range(9):
        await host.invites()
    shown = await host.says("/invitations")
    assert "#9" in shown
    assert "#1 " not in shown
    assert "#1 " in await host.presses("▶")


async def test_nobody_else_invites(host: Host, stage: Stage) -> None:
    stranger = CHEN | {"language_code": "en"}
    for text in ("/invite", "/invitations"):
        assert said(await stage.says(stranger, text)) == "Only administrators can do that."
    press = encode(invite(OFFICE))
    assert said(await stage.presses(stranger, press)) == "Only administrators can do that."
    assert await Invitations(stage.db).open(stage.now) == []
    for text in ("/invite", "/invitations"):
        assert "in a private chat" in await host.says(text, chat=GROUP)
    assert "in a private chat" in said(await stage.presses(ALEX, press, chat=GROUP))


OLD = [
    Act(room=Room.INVITATIONS, verb="dance"),
    Act(room=Room.INVITATIONS, verb="make"),
    Act(room=Room.INVITATIONS, verb="make", value="0"),
    Act(room=Room.INVITATIONS, verb="make", value="0.nothing"),
    Act(room=Room.INVITATIONS, verb="revoke", value="x"),
    Act(room=Room.INVITATIONS, verb="revoke", value="1" * 20),
    Act(room=Room.INVITATIONS, verb="list", value="0.dpriver-2025_"),
]


@pytest.mark.parametrize("act", OLD, ids=lambda act: f"{act.verb} {act.value}")
async def test_a_button_of_another_version_is_answered(host: Host, act: Act) -> None:
    (settled,) = await host.stage.presses(ALEX, encode(act))
    assert "older version" in settled["text"]


@pytest.mark.parametrize(
    "to",
    [
        Reference(policy="gone", kind=FactKind.POLICY),
        Reference(policy="river-2025", kind=FactKind.DEPARTMENT, id="D99"),
        Reference(policy="river-2025", kind=FactKind.MEASURE, id="M1"),
        Reference(policy="river-2025", kind=FactKind.DEPARTMENT),
        Reference(policy="", kind=FactKind.POLICY),
    ],
)
async def test_to_what_can_not_be_followed_nobody_is_invited(host: Host, to: Reference) -> None:
    stage = host.stage
    for verb in (Verb.MAKE, Verb.POLICY):
        await stage.presses(ALEX, encode(Errand(verb=verb, reference=to).act()))
    assert await Invitations(stage.db).open(stage.now) == []


async def test_a_code_stands_in_no_log(host: Host, stage: Stage) -> None:
    payload = await host.invites()
    await host.says(f"/start {payload}")
    noted = await AuditLog(stage.db).recent(9)
    assert [one.action for one in noted] == ["invitation.redeemed", "invitation.made"]
    assert payload[1:] not in repr((noted, stage.logs))


@given(st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_code_comes_back_from_its_links_and_is_never_a_reference(code: str) -> None:
    for link, field in ((for_person(code, "a_bot"), "start"), (for_group(code, "a_bot"), "startgroup")):
        (payload,) = parse_qs(urlsplit(link).query)[field]
        assert code_of(payload) == code
        assert codes.decode(payload) is None
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)


@pytest.mark.parametrize("kind", FactKind)
@pytest.mark.parametrize("aspect", Aspect)
def test_no_reference_is_taken_for_a_code(kind: FactKind, aspect: Aspect) -> None:
    at = Reference(policy="0123456789abcdef" * 2, kind=kind, id="D1", aspect=aspect)
    assert code_of(codes.encode(at)) is None


@pytest.mark.parametrize("verb", Verb)
def test_every_press_fits_a_button_and_comes_back(verb: Verb) -> None:
    longest = Reference(policy="p" * 32, kind=FactKind.DEPARTMENT, id="D" * 16)
    to = longest if verb is Verb.MAKE else Reference(policy="p" * 32, kind=FactKind.POLICY)
    errand = Errand(verb=verb, number=7, reference=to if verb in {Verb.MAKE, Verb.POLICY} else None)
    data = encode(errand.act())
    assert len(data) <= 64
    act = decode(data)
    assert isinstance(act, Act)
    assert Errand.of(act) == errand


async def test_the_names_of_policies_and_people_are_escaped(host: Host, stage: Stage) -> None:
    text = "id: odd\ntitle: {zh: 意见, en: A <b> & B}\nregion: {zh: 河湾县}\n"
    await save_policies(stage.db, [loads(text, name="odd.yaml")], now=stage.now, saved_by="test")
    await stage._restock()
    payload = await host.invites(Reference(policy="odd", kind=FactKind.POLICY))
    assert "A &lt;b&gt; &amp; B" in said(host.calls)
    *_, told = await stage.says(CHEN | {"first_name": "<i>"}, f"/start {payload}")
    assert "&lt;i&gt; 陈" in told["text"]
    assert "A &lt;b&gt; &amp; B" in told["text"]
