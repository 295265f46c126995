"""Buttons from lines, lists of chats, reasons, and the card's figures."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.library import Library
from bot.broadcasts.audiences import in_words, listed, toggled
from bot.broadcasts.card import Progress, card
from bot.broadcasts.content import links_of
from bot.broadcasts.draft import Draft, Link
from bot.broadcasts.reasons import Reasons, reason_of
from bot.broadcasts.reasons import in_words as reason_in_words
from bot.refusal import Refusal
from bot.texts import gettext
from domain.broadcasts import Audience, AudienceKind, Broadcast, BroadcastKind, BroadcastState
from domain.delivery import Counts, DeliveryState, Notice, NoticeKind
from domain.languages import Language
from tests.bot.chat.cast import POLICIES

LIBRARY = Library(POLICIES)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HANS = gettext(Language.SIMPLIFIED)
BROADCAST = Broadcast(
    id="0123456789abcdef",
    state=BroadcastState.FINISHED,
    audience=Audience(kind=AudienceKind.EVERYONE),
    author_id=101,
    author="陈晓",
    created_at=NOW,
    start_at=NOW,
    spread=True,
    expected=12_000,
)


@pytest.mark.parametrize(
    ("line", "label", "url"),
    [
        ("官网 – https://example.org/a", "官网", "https://example.org/a"),
        ("官网 https://example.org", "官网", "https://example.org"),
        ("全文：https://标准.中国/x?y=1#z", "全文", "https://标准.中国/x?y=1#z"),
        ("内网 | http://10.0.0.1:8080/x", "内网", "http://10.0.0.1:8080/x"),
        ("A - B — HTTPS://Example.ORG", "A - B", "HTTPS://Example.ORG"),
    ],
)
def test_a_line_becomes_a_button(line: str, label: str, url: str) -> None:
    assert links_of(line) == (Link(label=label, url=url),)


@pytest.mark.parametrize(
    "line",
    [
        "官网 – http://localhost/",
        "官网 – https://999.1.1.1",
        "官网 – https://1.2.3.4.5",
        "官网 – https://x.org:99999",
        "官网 – https://[::1",
        "官网 – https://a@x.org",
        "官网 – ftp://x.org",
        "官网 – https://x.org/" + "a" * 1024,
        "官" * 65 + " – https://x.org",
    ],
)
def test_an_address_that_leads_nowhere_is_refused(line: str) -> None:
    with pytest.raises(Refusal):
        links_of(line)


def test_more_buttons_than_fit_are_refused() -> None:
    with pytest.raises(Refusal, match="10 buttons"):
        links_of("\n".join(f"{n} https://x.org" for n in range(11)))


@given(st.text(max_size=200))
def test_whatever_is_written_as_buttons_is_read_or_refused(text: str) -> None:
    try:
        links = links_of(text)
    except Refusal:
        return
    assert all(link.label.strip() and link.url.lower().startswith("http") for link in links)


@given(st.lists(st.integers(-(2**62), 2**62).filter(bool), min_size=1, max_size=50))
def test_a_list_of_chats_is_read_whole_and_each_once(ids: list[int]) -> None:
    for apart in ("\n", ", ", "，", "\t"):
        assert [int(one) for one in listed(apart.join(map(str, ids))).values] == list(dict.fromkeys(ids))


@given(st.text(max_size=60))
def test_whatever_is_pasted_as_a_list_is_numbers_or_refused(text: str) -> None:
    try:
        audience = listed(text)
    except Refusal:
        return
    assert all(-(2**63) < int(one) < 2**63 for one in audience.values)


def test_choosing_a_thing_twice_takes_it_away() -> None:
    regions = Audience(kind=AudienceKind.REGION)
    chosen = toggled(regions, "河湾县", LIBRARY)
    assert (chosen.values, chosen.policies) == (("河湾县",), ("river-2025",))
    assert toggled(chosen, "河湾县", LIBRARY) == regions


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (AudienceKind.POLICY, ("river-2025", "gone"), "关注《河湾县标准化意见》、gone的聊天"),
        (AudienceKind.DEPARTMENT, ("river-2025/D2", "gone/D1"), "关注第2河长办、gone/D1的聊天"),
        (AudienceKind.REGION, ("河湾县", "别处"), "关注河湾县、别处政策的聊天"),
        (AudienceKind.CHATS, tuple("12345"), "名单上的 5 个聊天"),
        (AudienceKind.LANGUAGE, ("en", "zh-Hans", "zh-Hant"), "English、简体中文、繁體中文 读者"),
        (AudienceKind.DEPARTMENT, tuple(f"river-2025/D{n}" for n in range(1, 6)), "另有 2 项"),
        (AudienceKind.POLICY, (), "（尚未选择）"),
    ],
)
def test_an_audience_is_told_by_names(kind: AudienceKind, values: tuple[str, ...], words: str) -> None:
    assert words in in_words(Audience(kind=kind, values=values), LIBRARY, HANS)


def test_a_draft_comes_back_from_plain_values() -> None:
    draft = Draft(
        id="0123456789abcdef",
        kind=BroadcastKind.CORRECTION,
        original="f" * 16,
        form=NoticeKind.PHOTO,
        media="p1",
        text={Language.ENGLISH: "<b>x</b>"},
        links=(Link(label="a", url="https://x.org"),),
        audience=Audience(kind=AudienceKind.RECEIVED, values=("f" * 16,)),
        start_at=NOW,
        version=3,
    )
    assert Draft.from_json(draft.to_json()) == draft
    assert Draft.from_json(Draft(id="0" * 16).to_json()) == Draft(id="0" * 16)


@pytest.mark.parametrize(
    ("state", "error", "words"),
    [
        (DeliveryState.UNREACHABLE, "Forbidden: bot was blocked by the user", "屏蔽了本机器人"),
        (DeliveryState.FAILED, "Bad Request: message can't be deleted for everyone", "原消息已不能删除"),
        (DeliveryState.CANCELLED, None, "发出前已取消"),
        (DeliveryState.UNCERTAIN, None, "Telegram 没有答复"),
        (DeliveryState.FAILED, "something\nnew", "something new"),
    ],
)
def test_a_reason_is_told_as_a_person_would(state: DeliveryState, error: str | None, words: str) -> None:
    assert reason_in_words(reason_of(state, error), HANS) == words


counts = st.builds(
    lambda numbers: Counts(by_state=dict(zip(DeliveryState, numbers, strict=True))),
    st.lists(st.integers(0, 10**7), min_size=len(DeliveryState), max_size=len(DeliveryState)),
)


@given(counts, st.sampled_from(BroadcastState), st.sampled_from(Language), st.none() | st.floats(0.001, 1e6))
def test_a_card_is_a_short_text_whatever_the_figures(
    counted: Counts, state: BroadcastState, language: Language, rate: float | None
) -> None:
    broadcast = replace(BROADCAST, state=state, spread=False)
    notice = Notice(id=broadcast.id, text={Language.ENGLISH: "<b>a &lt; b</b>" * 50})
    view = card(
        Progress(broadcast=broadcast, notice=notice, counts=counted, rate=rate), LIBRARY, gettext(language)
    )
    assert len(view.parts) == 1
    assert len(view.parts[0]) < 1500
    assert view.parts[0].count("<b>") == view.parts[0].count("</b>")


def test_a_report_adds_up_in_each_language() -> None:
    numbers = {
        DeliveryState.SENT: 11_000,
        DeliveryState.FAILED: 1,
        DeliveryState.UNREACHABLE: 900,
        DeliveryState.UNCERTAIN: 90,
        DeliveryState.CANCELLED: 9,
    }
    counted = Counts(by_state={state: numbers.get(state, 0) for state in DeliveryState}, doubtful=91)
    why = Reasons(counted=(("blocked us", 900), ("<x>", 1), *((f"r{n}", 1) for n in range(5))), whole=False)
    progress = Progress(broadcast=BROADCAST, notice=None, counts=counted, reasons=why)
    for language, wanted in {
        Language.SIMPLIFIED: ("应收 12,000 个", "已发送：11,000", "屏蔽了本机器人：900", "可能收到两次：91"),
        Language.TRADITIONAL: ("應收 12,000 個", "已發送：11,000", "封鎖了本機器人：900", "可能收到兩次：91"),
        Language.ENGLISH: ("Recipients: 12,000", "sent: 11,000", "blocked us: 900", "twice: 91"),
    }.items():
        text = card(progress, LIBRARY, gettext(language)).parts[0]
        assert all(one in text for one in wanted), text
        assert "&lt;x&gt;" in text
        assert "100,000" in text
    assert sum(numbers.values()) == counted.total == 12_000


def test_the_buttons_of_a_report_offer_only_what_is_left_to_do() -> None:
    all_sent = Counts(by_state=dict.fromkeys(DeliveryState, 0) | {DeliveryState.SENT: 5})
    view = card(Progress(broadcast=BROADCAST, notice=None, counts=all_sent), LIBRARY, HANS)
    assert [one.label for row in view.rows for one in row] == ["✏️ 更正", "🗑 全部删除"]
    recall = replace(BROADCAST, kind=BroadcastKind.RECALL)
    assert not card(Progress(broadcast=recall, notice=None, counts=all_sent), LIBRARY, HANS).rows
