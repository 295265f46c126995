"""What fits a button and a link, and that it comes back whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.answer import Aspect, Reference
from bot import codes
from bot.buttons import (
    Act,
    AskAbout,
    Browse,
    Compose,
    Deed,
    Follow,
    Inspect,
    Look,
    Older,
    Open,
    Original,
    Pages,
    Press,
    Receive,
    Room,
    SetLanguage,
    Steer,
    Step,
    Tell,
    decode,
    encode,
)
from bot.links import deep, share
from domain.languages import Language
from domain.policy import FactKind

# The bounds that the catalogue's loader keeps.
policy_ids = st.just("") | st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True)
fact_ids = st.just("") | st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,15}", fullmatch=True)
references = st.builds(
    Reference, policy=policy_ids, kind=st.sampled_from(FactKind), id=fact_ids, aspect=st.sampled_from(Aspect)
)
ids = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
values = st.just("") | st.from_regex(r"[A-Za-z0-9_-]{1,32}", fullmatch=True)
presses: st.SearchStrategy[Press] = (
    st.builds(Tell, reference=references)
    | st.builds(Open, reference=references)
    | st.builds(AskAbout, reference=references)
    | st.builds(Browse, reference=references, page=st.integers(0, 9999))
    | st.builds(Follow, reference=references, on=st.booleans(), page=st.integers(0, 9999))
    | st.builds(Receive, on=st.booleans())
    | st.builds(Compose, id=ids, step=st.sampled_from(Step), value=values)
    | st.builds(Steer, id=ids, deed=st.sampled_from(Deed), value=values)
    | st.builds(Older, pages=st.sampled_from(Pages), before=st.integers(0, 10**18 - 1))
    | st.builds(Inspect, id=ids, look=st.sampled_from(Look), value=values)
    | st.builds(Original, reference=references)
    | st.builds(
        Act,
        room=st.sampled_from(Room),
        verb=st.from_regex(r"[a-z]{1,9}", fullmatch=True),
        value=st.just("") | st.from_regex(r"[!-~]{1,53}", fullmatch=True),
    )
    | st.builds(SetLanguage, language=st.sampled_from(Language), greet=st.booleans())
)


@given(presses)
def test_every_press_fits_64_bytes_and_comes_back(press: Press) -> None:
    data = encode(press)
    assert len(data.encode()) <= 64
    assert decode(data) == press


@given(references)
def test_every_reference_fits_a_deep_link(reference: Reference) -> None:
    payload = codes.encode(reference)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert codes.decode(payload) == reference


@given(st.text(max_size=80))
def test_what_we_did_not_write_is_nothing_or_reads_the_same_again(data: str) -> None:
    press = decode(data)
    assert press is None or decode(encode(press)) == press


@pytest.mark.parametrize(
    "data",
    [
        "",
        "d",
        "c0",
        "pb",
        "r",
        "d0123456789abcdef.now." + "x" * 33,
        "f.dtx_T1",
        "a",
        "zz",
        "adt",
        "adtx",
        "axt_T1",
        "b.dtx_T1",
        "b-1.dtx_T1",
        "b١.dtx_T1",
        "len-US",
        "adtX_T1",
    ],
)
def test_garbage_is_no_press(data: str) -> None:
    assert decode(data) is None


def test_an_id_beyond_the_bounds_is_refused_when_written() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        codes.encode(Reference(policy="p" * 33, kind=FactKind.TARGET, id="T1"))


def test_a_shared_link_carries_the_deep_link() -> None:
    reference = Reference(policy="hill-2024", kind=FactKind.TARGET, id="T1")
    assert deep(reference, "zhunshi_bot") == "https://t.me/zhunshi_bot?start=dthill-2024_T1"
    assert share(reference, "zhunshi_bot").endswith(
        "url=https%3A%2F%2Ft.me%2Fzhunshi_bot%3Fstart%3Ddthill-2024_T1"
    )
