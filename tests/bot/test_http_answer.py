"""Answers are read however they are framed and cut, and what is no answer is told as that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.http_answer import Answer, read_answer

BODY = '{"ok":true,"result":{"text":"标准"}}'.encode()


def framed(body: bytes) -> dict[str, bytes]:
    """The same answer in each of the ways that say where it ends."""
    half = len(body) // 2
    chunks = b"".join(b"%X;x=y\r\n%b\r\n" % (len(part), part) for part in (body[:half], body[half:]) if part)
    return {
        "length": b"HTTP/1.1 200 OK\r\ncontent-LENGTH:  %d \r\nX: y\r\n\r\n%b" % (len(body), body),
        "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%b0\r\n\r\n" % chunks,
        "trailer": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%b0\r\nX: y\r\n\r\n" % chunks,
        "go on": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b"
        % (len(body), body),
    }


@pytest.mark.parametrize("framing", framed(b""))
@given(body=st.binary(max_size=200), cut=st.integers(0, 10_000))
def test_it_is_whole_with_its_last_byte_and_not_before(framing: str, body: bytes, cut: int) -> None:
    received = framed(body)[framing]
    assert read_answer(received) == Answer(200, body, last=False)
    assert read_answer(received[: cut % len(received)]) is None


@pytest.mark.parametrize("framing", framed(b""))
def test_what_follows_unasked_ends_the_connection(framing: str) -> None:
    answer = read_answer(framed(BODY)[framing] + b"HTTP/1.1 200 OK\r\n")
    assert answer == Answer(200, BODY, last=True)


@pytest.mark.parametrize("framing", framed(b""))
def test_cut_off_for_good_it_is_none(framing: str) -> None:
    assert read_answer(framed(BODY)[framing][:-1], ended=True) is None


def test_without_a_length_the_end_of_the_connection_is_the_end() -> None:
    received = b"HTTP/1.0 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>"
    assert read_answer(received) is None
    assert read_answer(received, ended=True) == Answer(502, b"<html>", last=True)


@pytest.mark.parametrize("status", [204, 304])
def test_some_have_no_body(status: int) -> None:
    assert read_answer(b"HTTP/1.1 %d x\r\n\r\n" % status) == Answer(status, b"", last=False)


@pytest.mark.parametrize("line", [b"HTTP/1.1 200 OK\r\nConnection: Close", b"HTTP/1.0 200 OK"])
def test_the_server_says_when_it_was_the_last(line: bytes) -> None:
    assert read_answer(line + b"\r\nContent-Length: 1\r\n\r\nx") == Answer(200, b"x", last=True)


@pytest.mark.parametrize(
    "received",
    [
        b"SSH-2.0-OpenSSH",
        b"HTTP/2 200",
        b"HTTP/1.1 what\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x" * 5_000_000,
    ],
)
def test_what_is_no_answer_is_told(received: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_answer(received)
