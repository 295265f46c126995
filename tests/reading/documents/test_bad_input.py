"""Whatever is sent, the answer is a document or a reason, soon and in little memory."""

import asyncio
import io
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from asyncio.subprocess import Process
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from domain.errors import BadInput, Unreadable, UnreadableDocument
from reading import apart
from reading.document import DEFAULT_LIMITS, Limits, read_document, read_document_async
from tests.reading.documents.files import POLICY, docx_file, html_file, pdf_file, pdf_page, said, zip_file

CONTENT_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"
)


def refusal(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, name, limits)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    return caught.value.reason


def _word(document: str, **others: bytes) -> bytes:
    return zip_file({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document.encode(), **others})


def _blown_up_word() -> bytes:
    return _word(BODY.format("标" * 20_000_000))


def _overlapping_word() -> bytes:
    """Thousands of members that are all the same bytes of the file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", os.urandom(50_000) * 40)
        archive.filelist.extend([archive.filelist[0]] * 4_000)
    return file.getvalue()


def _lying_word() -> bytes:
    """A member that says it is smaller than it is."""
    data = bytearray(_word(BODY.format("标准" * 50_000)))
    place = data.rindex(b"word/document.xml") - 46 + 24
    data[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def _locked_word() -> bytes:
    data = bytearray(_word(BODY.format("标准")))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _entities(kind: str) -> bytes:
    more = {
        "bomb": "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)),
        "file": '<!ENTITY e11 SYSTEM "file:///etc/passwd">',
    }[kind]
    document = f'<!DOCTYPE d [<!ENTITY e0 "标准">{more}]>' + BODY.format("&e11;")
    return _word(document)


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(500)


DOCX = docx_file()
NOISE = random.Random(5).randbytes(5_000)  # noqa: S311 - the same at every run


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "空.txt", Unreadable.EMPTY),
        (b" \r\n\t\n", "空.txt", Unreadable.EMPTY),
        ("　　\n\u00a0\n".encode(), "空.txt", Unreadable.EMPTY),
        (b"\xff\xfe", "空.txt", Unreadable.EMPTY),
        (NOISE, "乱.txt", Unreadable.BINARY),
        (NOISE.replace(b"\0", b"a"), "乱.txt", Unreadable.BINARY),
        ("标准\0化".encode(), "乱.txt", Unreadable.BINARY),
        (b"\x89PNG\r\n\x1a\n" + NOISE, "图.png", Unreadable.UNKNOWN_FORMAT),
        (b"\xff\xd8\xff\xe0" + NOISE, "图.docx", Unreadable.UNKNOWN_FORMAT),
        (_ole("WordDocument"), "旧.doc", Unreadable.UNKNOWN_FORMAT),
        (_ole("EncryptedPackage"), "密.docx", Unreadable.ENCRYPTED),
        (zip_file({"xl/workbook.xml": b"<x/>"}), "表.xlsx", Unreadable.UNKNOWN_FORMAT),
        (zip_file({"OFD.xml": b"<x/>"}), "文.ofd", Unreadable.UNKNOWN_FORMAT),
        (zip_file({"a.txt": b"x"}), "包.zip", Unreadable.UNKNOWN_FORMAT),
        (b"{\\rtf1\\ansi ...}", "文.rtf", Unreadable.UNKNOWN_FORMAT),
        (b'<?xml version="1.0"?><feed/>', "文.xml", Unreadable.UNKNOWN_FORMAT),
        (zip_file({"[Content_Types].xml": CONTENT_TYPES}), "缺.docx", Unreadable.BROKEN),
        (_word("<w:document"), "坏.docx", Unreadable.BROKEN),
        (_word(BODY.format(" ")), "白.docx", Unreadable.NO_TEXT),
        (docx_file()[:9_000], "断.docx", Unreadable.BROKEN),
        (b"PK\x03\x04", "断.docx", Unreadable.BROKEN),
        (_lying_word(), "谎.docx", Unreadable.BROKEN),
        (_locked_word(), "密.docx", Unreadable.ENCRYPTED),
        (_blown_up_word, "弹.docx", Unreadable.OVERBLOWN),
        (_overlapping_word, "弹.docx", Unreadable.OVERBLOWN),
        (lambda: zip_file({f"word/{n}.xml": b"" for n in range(5_001)}), "弹.docx", Unreadable.OVERBLOWN),
        (_entities("bomb"), "弹.docx", Unreadable.OVERBLOWN),
        (_entities("file"), "偷.docx", Unreadable.OVERBLOWN),
        (
            _word(BODY.format("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000)),
            "深.docx",
            Unreadable.NO_TEXT,
        ),
        (pdf_file([[], []]), "扫描.pdf", Unreadable.NO_TEXT),
        (pdf_file([pdf_page(["标准"])], encrypted=True), "密.pdf", Unreadable.ENCRYPTED),
        (b"%PDF-1.7\n" + NOISE, "坏.pdf", Unreadable.BROKEN),
        (b"%PDF-", "坏.pdf", Unreadable.BROKEN),
        (b"<html><body><img src='a.png'></body></html>", "图.html", Unreadable.NO_TEXT),
        (b"<div>" * 20_000, "深.html", Unreadable.NO_TEXT),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(
    data: bytes | Callable[[], bytes], name: str, reason: Unreadable
) -> None:
    made = data() if callable(data) else data
    assert refusal(made, name) is reason


def _deep_word() -> bytes:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>标</w:t></w:r></w:p>{}</w:tc><w:tc/></w:tr></w:tbl>"
    document = "{}"
    for _ in range(100):
        document = document.replace("{}", table)
    start, _, _ = BODY.partition("<w:p>")
    return _word(f"{start}{document.replace('{}', '')}</w:body></w:document>")


def test_a_docx_of_tables_in_tables_without_end_is_broken() -> None:
    assert refusal(_deep_word(), "深.docx") is Unreadable.BROKEN


def test_text_at_the_bottom_of_a_megabyte_of_tags_is_still_read() -> None:
    assert said(read_document(b"<div>" * 200_000 + "标准".encode(), "深.html")) == ["标准"]


@pytest.mark.parametrize(
    ("limits", "make", "reason"),
    [
        ({"file_bytes": 1_000}, lambda: "标准".encode() * 1_000, Unreadable.TOO_LARGE),
        ({"characters": 50}, lambda: "\n".join(POLICY).encode(), Unreadable.TOO_LONG),
        ({"characters": 50}, docx_file, Unreadable.TOO_LONG),
        ({"characters": 50}, html_file, Unreadable.TOO_LONG),
        ({"characters": 50}, lambda: pdf_file([pdf_page(POLICY)]), Unreadable.TOO_LONG),
        ({"paragraphs": 5}, lambda: "\n".join(POLICY).encode(), Unreadable.TOO_LONG),
        ({"paragraphs": 5}, docx_file, Unreadable.TOO_LONG),
        ({"pages": 2}, lambda: pdf_file([pdf_page(["标准"])] * 3), Unreadable.TOO_LONG),
        ({"members": 3}, docx_file, Unreadable.OVERBLOWN),
        ({"unpacked_bytes": 1_000}, docx_file, Unreadable.OVERBLOWN),
        ({"memory_bytes": 64 << 20}, lambda: html_file(["标准" * 3_000_000]), Unreadable.TOO_HEAVY),
    ],
)
def test_each_limit_is_kept(limits: dict[str, int], make: Callable[[], bytes], reason: Unreadable) -> None:
    assert refusal(make(), "大", replace(DEFAULT_LIMITS, **limits)) is reason


def test_fifty_megabytes_are_refused() -> None:
    large = bytes(50 << 20)
    assert refusal(large, "大.txt") is Unreadable.TOO_LARGE


def _read_by(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another program in the place of the one that reads files apart."""
    monkeypatch.setattr(
        apart, "_COMMAND", (sys.executable, "-I", "-c", f"import os, signal, time; {program}")
    )


def test_a_file_that_stalls_its_reader_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    _read_by("time.sleep(60)", monkeypatch)
    started = time.monotonic()
    assert refusal(DOCX, "慢.docx", replace(DEFAULT_LIMITS, seconds=0.3)) is Unreadable.TOO_SLOW
    assert time.monotonic() - started < 10


async def test_a_stalling_file_holds_nobody_else_up(monkeypatch: pytest.MonkeyPatch) -> None:
    _read_by("time.sleep(60)", monkeypatch)
    limits = replace(DEFAULT_LIMITS, seconds=0.5)
    reading = asyncio.create_task(read_document_async(DOCX, "慢.docx", limits))
    beats = 0
    while not reading.done():
        await asyncio.sleep(0.01)
        beats += 1
    with pytest.raises(UnreadableDocument) as caught:
        await reading
    assert caught.value.reason is Unreadable.TOO_SLOW
    assert beats > 5


async def test_a_cancelled_reading_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    begin, begun = asyncio.create_subprocess_exec, asyncio.Event()
    processes: list[Process] = []

    async def begin_and_tell(*command: str, **options: Any) -> Process:
        processes.append(await begin(*command, **options))
        begun.set()
        return processes[0]

    _read_by("time.sleep(60)", monkeypatch)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", begin_and_tell)
    reading = asyncio.create_task(read_document_async(DOCX, "慢.docx"))
    await begun.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert processes[0].returncode == -signal.SIGKILL


def test_what_reads_a_file_apart_has_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUNSHI_BOT_TOKEN", "123456789:secret")
    program = "import os, sys; sys.stdout.write(repr((dict(os.environ), os.getcwd())))"
    command = (*apart._COMMAND[:-2], program)
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, **apart._ALONE).stdout
    assert b"secret" not in told
    assert told.endswith(b"'/')")


@pytest.mark.parametrize(
    ("end", "reason"),
    [("SEGV", Unreadable.BROKEN), ("ABRT", Unreadable.BROKEN), ("XCPU", Unreadable.TOO_SLOW)],
)
def test_a_reader_that_crashes_is_a_reason_too(
    end: str, reason: Unreadable, monkeypatch: pytest.MonkeyPatch
) -> None:
    _read_by(f"os.kill(os.getpid(), signal.SIG{end})", monkeypatch)
    assert refusal(DOCX, "崩.docx") is reason


def test_ten_million_characters_are_refused_unless_the_limit_is_raised() -> None:
    text = ("推进标准化工作，到2026年建成试点12个。" * 4 + "\n") * 120_000
    assert len(text) > 10_000_000
    assert (
        refusal(text.encode("gb18030"), "长.txt", replace(DEFAULT_LIMITS, file_bytes=40 << 20))
        is Unreadable.TOO_LONG
    )


def test_ten_million_characters_are_read_in_little_memory_if_they_may_be() -> None:
    # Not by `getrusage`, which starts with what the parent had.
    program = """
from dataclasses import replace
from pathlib import Path
from reading import apart
from reading.document import DEFAULT_LIMITS, read_document
data = (("推进标准化工作，到2026年建成试点12个。" * 8 + "\\n") * 60_000).encode("gb18030")
document = read_document(data, "", replace(DEFAULT_LIMITS, file_bytes=40 << 20, characters=20_000_000))
status = Path("/proc/self/status").read_text().splitlines()
most = next(line.split()[1] for line in status if line.startswith("VmHWM:"))
print(len(document.text), len(document.paragraphs), most)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    characters, paragraphs, kilobytes = map(int, told.split())
    assert characters > 10_000_000
    assert paragraphs == 60_000
    assert kilobytes < 250_000


def test_a_name_that_would_break_the_message_is_shown_on_one_line() -> None:
    with pytest.raises(BadInput, match=r"^a b c: there is nothing in it$"):
        read_document(b"", "a\nb\x1b\u202ec")
