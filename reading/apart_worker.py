"""The process apart: reads one file from standard input, answers on standard output, and ends."""

import json
import resource
import sys
from typing import Any

from domain.errors import Unreadable, UnreadableDocument
from reading.formats.kinds import Kind
from reading.formats.limits import Limits
from reading.paragraphs import Document, Paragraph


def main() -> None:
    """Answer the one request: a line that says what it is, then the bytes of the file."""
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    _restrict(limits)
    try:
        answer = _packed(_read(Kind(request["kind"]), sys.stdin.buffer.read(), limits))
    except UnreadableDocument as error:
        answer = _refusal(error.reason, str(error))
    except MemoryError:
        answer = _refusal(
            Unreadable.TOO_HEAVY, f"it takes more than {limits.memory_bytes >> 20} MB of memory to read"
        )
    except Exception as error:  # noqa: BLE001 - whatever a damaged file drives a library to
        answer = _refusal(Unreadable.BROKEN, f"the file is damaged ({type(error).__name__})")
    sys.stdout.buffer.write(answer)


def _restrict(limits: Limits) -> None:
    """Take from this process what it does not need; the kernel ends it when it goes beyond."""
    seconds = int(limits.seconds) + 1
    for kind, limit in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # it writes no files
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, most = resource.getrlimit(kind)
        limit = limit if most == resource.RLIM_INFINITY else min(limit, most)  # noqa: PLW2901 - the same limit
        resource.setrlimit(kind, (limit, limit))


def _read(kind: Kind, data: bytes, limits: Limits) -> Document:
    # Each imports what it needs when it runs: a docx does not wait for what reads pdf.
    if kind is Kind.PDF:
        from reading.formats.pdf_file import read_pdf  # noqa: PLC0415 - see above

        return read_pdf(data, "", limits)
    if kind is Kind.DOCX:
        from reading.formats.word_file import read_docx  # noqa: PLC0415 - see above

        return read_docx(data, "", limits)
    from reading.formats.web_page import read_html  # noqa: PLC0415 - see above

    return read_html(data.decode(), "", limits)


def _packed(document: Document) -> bytes:
    paragraphs = [_numbers(paragraph) for paragraph in document.paragraphs]
    return _json({"text": document.text, "paragraphs": paragraphs})


def _numbers(paragraph: Paragraph) -> tuple[int, ...]:
    return paragraph.start, paragraph.end, *(paragraph.cell or ())


def _refusal(reason: Unreadable, message: str) -> bytes:
    return _json({"reason": reason, "message": message})


def _json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
