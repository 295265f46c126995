"""The translators' tool: `python -m bot.catalogs check`, `update`, `extract` or `merge FILE`.

The catalogues are `locales/<language>/LC_MESSAGES/zhunshi.po`; their source texts stand in the code of `bot`.
"""

import argparse
import json
import string
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.words.translations import DOMAIN, LOCALE_NAMES, LOCALES
from domain.languages import Language

CODE = Path(__file__).resolve().parent
SOURCE_LOCALE = LOCALE_NAMES[Language.ENGLISH]
KEYWORDS = {
    "say": None,
    "say_n": (1, 2),
    "N_": None,
    "NN_": (1, 2),
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}

_VOLATILE = tuple(
    f'"{field}: '
    for field in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
        "Generated-By",
    )
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 1 where `check` finds something, 2 where a file can't be read."""
    parser = argparse.ArgumentParser(prog="python -m bot.catalogs", description=__doc__)
    parser.add_argument("--locales", type=Path, default=LOCALES, help="folder of the catalogues")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="name every entry that is missing, fuzzy, obsolete or wrong")
    commands.add_parser("update", help="take up new texts, drop those gone, keep the translations")
    commands.add_parser("extract", help="print the template")
    merge = commands.add_parser("merge", help="update, and fill in translations from JSON")
    merge.add_argument("file", type=Path, help='{"text": {"zh_Hans": "…", "zh_Hant": "…"}}')
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except (OSError, PoFileError, ValueError) as error:
        sys.stderr.write(f"{parser.prog}: {error}\n")
        return 2


def _run(options: argparse.Namespace) -> int:
    template = extract()
    match options.command:
        case "extract":
            sys.stdout.write(_text(template))
        case "update":
            update(template, options.locales, {})
        case "merge":
            update(template, options.locales, _given(options.file))
        case _:
            problems = check(template, options.locales)
            sys.stdout.writelines(f"{problem}\n" for problem in problems)
            return 1 if problems else 0
    return 0


def extract(code: Path = CODE) -> Catalog:
    """Every source text of the code, in the order of its files."""
    template = Catalog(project=DOMAIN, charset="utf-8")
    found = extract_from_dir(code, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, _line, text, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        template.add(text, locations=[(f"{code.name}/{file}", 0)], auto_comments=comments, context=context)
    return template


def update(template: Catalog, locales: Path, translations: dict[str, dict[str, str]]) -> None:
    """Write every catalogue anew from the template, its old translations and the given ones."""
    for locale in LOCALE_NAMES.values():
        path = _path(locales, locale)
        old = _read(path, locale) if path.exists() else Catalog(locale=locale)
        new = Catalog(
            locale=locale, project=DOMAIN, charset="utf-8", fuzzy=False, header_comment=f"# {DOMAIN}"
        )
        for message in _messages(template):
            kept = old.get(message.id)
            new[message.id] = Message(
                message.id,
                _translation(message, kept, locale, translations),
                locations=dict.fromkeys(message.locations),
                flags=kept.flags if kept and not translations.get(_one(message), {}).get(locale) else (),
                auto_comments=message.auto_comments,
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(new), encoding="utf-8")


def check(template: Catalog, locales: Path) -> list[str]:
    """What is wrong with the catalogues, a line each; empty when they are complete."""
    return [problem for locale in LOCALE_NAMES.values() for problem in _check_one(template, locales, locale)]


def _check_one(template: Catalog, locales: Path, locale: str) -> Iterator[str]:
    path = _path(locales, locale)
    if not path.exists():
        yield f"{locale}: no {path.name}; make it with: python -m bot.catalogs update"
        return
    catalogue = _read(path, locale)
    for message in _messages(template):
        kept = catalogue.get(message.id)
        if kept is None:
            yield f"{locale}: absent: {_shown(message)}"
            continue
        if kept.fuzzy:
            yield f"{locale}: fuzzy: {_shown(message)}"
        elif not all(_forms(kept)):
            yield f"{locale}: missing: {_shown(message)}"
        elif any(_placeholders(form) != _placeholders(_many(message)) for form in _forms(kept)):
            yield f"{locale}: placeholders differ: {_shown(message)}"
    known = {message.id for message in _messages(template)}
    gone = [message for message in _messages(catalogue) if message.id not in known]
    for message in [*gone, *catalogue.obsolete.values()]:
        yield f"{locale}: obsolete: {_shown(message)}"


def _translation(
    message: Message, kept: Message | None, locale: str, translations: dict[str, dict[str, str]]
) -> str | tuple[str, ...]:
    """What is given now, else what was there; in the source language the text itself."""
    counted = not isinstance(message.id, str)
    if locale == SOURCE_LOCALE:
        return tuple(message.id) if counted else str(message.id)
    given = translations.get(_one(message), {}).get(locale)
    if given is None and kept:
        return _forms(kept) if counted else _forms(kept)[0]
    return (given or "",) if counted else given or ""


def _given(file: Path) -> dict[str, dict[str, str]]:
    given = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(given, dict) or not all(isinstance(texts, dict) for texts in given.values()):
        raise ValueError(f'{file.name}: not of the form {{"text": {{"zh_Hans": "…"}}}}')
    return given


def _messages(catalogue: Catalog) -> Iterator[Message]:
    """Without the header, which stands under the empty text."""
    return (message for message in catalogue if message.id)


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _one(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _many(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"unreadable"}


def _shown(message: Message) -> str:
    return " ".join(_many(message).split())


def _path(locales: Path, locale: str) -> Path:
    return locales / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def _read(path: Path, locale: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def _text(catalogue: Catalog) -> str:
    """The file, without the dates and line numbers that would change it for nothing."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_VOLATILE))


if __name__ == "__main__":
    sys.exit(main())
