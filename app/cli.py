"""The command line: what can be said to `zhunshi`, and how bad input and interruptions end.

Each command imports what it needs when it runs, so that a question does not wait for Telegram's client.
"""

import argparse
import asyncio
import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from domain.errors import BadInput
from domain.languages import Language

INTERRUPTED, BROKEN_PIPE = 130, 141  # what a shell reports for SIGINT and SIGPIPE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0 done, 1 something is wrong, 2 what came in is wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        options = parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except BadInput as error:
        sys.stderr.write(f"zhunshi: {error}\n")
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes stdout once more on its way out, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return code


def _ask(options: argparse.Namespace) -> int:
    from app.asking import ask  # noqa: PLC0415 - see the module's docstring

    stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()  # it may be closed
    for line in asyncio.run(ask(options, stdin)):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


def _run(_: argparse.Namespace) -> int:
    from app.service import serve  # noqa: PLC0415 - see the module's docstring

    return asyncio.run(serve())


def _export(options: argparse.Namespace) -> int:
    from app.exporting import export_yaml  # noqa: PLC0415 - see the module's docstring

    sys.stdout.write(asyncio.run(export_yaml(options.to)))
    return 0


def _export_ics(options: argparse.Namespace) -> int:
    from app.reminders import export_ics  # noqa: PLC0415 - see the module's docstring

    sys.stdout.write(asyncio.run(export_ics(options.to, options.lang)))
    return 0


def _reminders(options: argparse.Namespace) -> int:
    from app.reminders import list_reminders  # noqa: PLC0415 - see the module's docstring

    sys.stdout.write(asyncio.run(list_reminders(options.first, options.last, as_json=options.json)))
    return 0


def _read(options: argparse.Namespace) -> int:
    from app.reading import read_files  # noqa: PLC0415 - see the module's docstring

    for text in read_files(options.files, as_json=options.json, lang=options.lang):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    return 0


def _import(options: argparse.Namespace) -> int:
    from app.reading import import_files  # noqa: PLC0415 - see the module's docstring

    for line in asyncio.run(import_files(options.files)):
        sys.stdout.write(line + "\n")
    return 0


def _doctor(_: argparse.Namespace) -> int:
    from app.doctor import examine  # noqa: PLC0415 - see the module's docstring

    return asyncio.run(examine(sys.stdout))


def _bench(options: argparse.Namespace) -> int:
    result, told = asyncio.run(_measured(options))
    sys.stdout.write((json.dumps(result) if options.json else told) + "\n")
    return 0


async def _measured(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """The result of a measure, as a map and as words."""
    from app.bench import answers, broadcast, reading, reminders  # noqa: PLC0415 - see the module's docstring
    from app.settings import load_settings  # noqa: PLC0415 - see the module's docstring

    if options.name == "answers":
        result = await answers.measure_answers(load_settings())
        return result, answers.told(result)
    if options.name == "reminders":
        result = await reminders.measure_reminders()
        return result, reminders.told(result)
    if options.name == "reading":
        result = await reading.measure_reading(options.folder)
        return result, reading.told(result)
    result = await broadcast.measure_broadcast(sustained=options.sustained, limits=options.limits)
    return result, broadcast.told(result)


def _version(_: argparse.Namespace) -> int:
    sys.stdout.write(f"zhunshi {version('zhunshi')}\n")
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with one line instead of the whole usage."""
        self.exit(2, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = _Parser(prog="zhunshi", description="Answers from standardisation policies, with the source.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    ask = commands.add_parser("ask", help="answer a question, or a batch of them")
    ask.add_argument("question", nargs="?", metavar="QUESTION", type=_words, help="in Chinese or English")
    ask.add_argument("--lang", type=_language, metavar="LANG", help=_LANGUAGES)
    ask.add_argument("--today", type=_day, metavar="DATE", help='count "days left" from this day')
    ask.add_argument("--json", action="store_true", help="print one JSON object instead of the text")
    ask.add_argument("--batch", action="store_true", help="answer JSON Lines from standard input")
    ask.set_defaults(run=_checked(ask))

    run = commands.add_parser("run", help="start the service; with no bot token, its sandbox too")
    run.set_defaults(run=_run)

    export = commands.add_parser("export", help="write the policies held")
    formats = export.add_subparsers(metavar="FORMAT", required=True)
    to_yaml = formats.add_parser("yaml", help="as catalogue files, which the loader reads")
    to_yaml.add_argument("--to", type=Path, metavar="FOLDER", help="one file a policy, not standard output")
    to_yaml.set_defaults(run=_export)

    to_ics = formats.add_parser("ics", help="all dates as a calendar, for any calendar program")
    to_ics.add_argument("--to", type=Path, metavar="FILE", help="write there, not to standard output")
    to_ics.add_argument("--lang", type=_language, metavar="LANG", help=_LANGUAGES)
    to_ics.set_defaults(run=_export_ics)

    reminders = commands.add_parser("reminders", help="tell what would be sent when, and to whom")
    reminders.add_argument("--from", dest="first", type=_day, metavar="DATE", help="by default today")
    reminders.add_argument("--to", dest="last", type=_day, metavar="DATE", help="by default 90 days later")
    reminders.add_argument("--json", action="store_true", help="print one JSON object")
    reminders.set_defaults(run=_reminders)

    read = commands.add_parser("read", help="show what policy texts demand; nothing is stored")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE", help="txt, md, html, docx or pdf")
    read.add_argument("--lang", type=_language, metavar="LANG", help=_LANGUAGES)
    read.add_argument("--json", action="store_true", help="print one JSON object a file, a line each")
    read.set_defaults(run=_read)

    take = commands.add_parser("import", help="read policy texts and store them")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE", help="txt, md, html, docx or pdf")
    take.add_argument("--publish", action="store_true", required=True, help="without review, for scripts")
    take.set_defaults(run=_import)

    doctor = commands.add_parser("doctor", help="look whether all is in place, and say what to do")
    doctor.set_defaults(run=_doctor)

    bench = commands.add_parser("bench", help="measure")
    measures = bench.add_subparsers(dest="name", metavar="NAME", required=True)
    of_answers = measures.add_parser("answers", help="questions answered, beside a bare bot")
    of_broadcast = measures.add_parser("broadcast", help="messages delivered, beside ways without records")
    of_broadcast.add_argument("--sustained", action="store_true", help="a minute; and a million recipients")
    of_broadcast.add_argument("--limits", action="store_true", help="at the limits that the sandbox imposes")
    of_reminders = measures.add_parser("reminders", help="a million planned, beside a bare INSERT … SELECT")
    of_reading = measures.add_parser("reading", help="readings beside what a person read, and their speed")
    of_reading.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="by default our own texts")
    for measure in (of_answers, of_broadcast, of_reminders, of_reading):
        measure.add_argument("--json", action="store_true", help="print one JSON object")
        measure.set_defaults(run=_bench)

    about = commands.add_parser("version", help="print the version")
    about.set_defaults(run=_version)
    return top


_LANGUAGES = f"answer in this language: {', '.join(Language)}"


def _checked(ask: argparse.ArgumentParser) -> object:
    def run(options: argparse.Namespace) -> int:
        if options.batch == (options.question is not None):
            ask.error("give either a QUESTION or --batch")
        return _ask(options)

    return run


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a date like 2025-06-30: {text!r}") from None


def _language(text: str) -> Language:
    try:
        return Language(text.replace("_", "-"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"not one of {', '.join(Language)}: {text!r}") from None


def _words(text: str) -> str:
    # Bytes of the command line that are no UTF-8 arrive as lone surrogates.
    return text.encode(errors="surrogateescape").decode(errors="replace")
