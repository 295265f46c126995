"""`zhunshi read` and `zhunshi import`: what a policy's text demands, shown, or stored as a revision."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from answering.answer import Aspect, Reference
from answering.library import Library
from app.clock import now, today
from app.settings import load_settings, read_limits
from app.store import open_store
from bot.texts import Markup, gettext, render
from bot.words.marks import finish
from bot.words.readings import unread_lines
from domain.errors import BadInput
from domain.languages import Language
from domain.policy import FactKind, Policy
from domain.revisions import identified
from reading.as_json import to_json
from reading.as_policy import to_policy
from reading.document import read_document
from reading.paragraphs import Document
from reading.policy import read_policy
from reading.result import Reading
from storage.policies import load_policies
from storage.readings import Original, save_with_originals

_LISTED = (FactKind.TARGET, FactKind.MEASURE, FactKind.STAGE, FactKind.DEPARTMENT)


def read_files(files: Sequence[Path], *, as_json: bool, lang: Language | None) -> Iterator[str]:
    """For each file what to print: one line of JSON, or words in a language.

    Raises:
        BadInput: a file can't be read; what stands before it was given already.
    """
    for file in files:
        reading = read_policy(_document(file))
        if as_json:
            yield json.dumps({"file": file.name, **to_json(reading)}, ensure_ascii=False)
        else:
            yield _in_words(reading, lang or load_settings().default_language)


async def import_files(files: Sequence[Path]) -> Iterator[str]:
    """Read policies and save all of them, or on any error none; a line for each, and what it became.

    One with the title of a policy that is held becomes its next revision.

    Raises:
        BadInput: a file can't be read or states nothing, or the store can't be used.
    """
    texts = [(file, _document(file)) for file in files]
    readings = [_stating(file, read_policy(document)) for file, document in texts]
    async with open_store(load_settings()) as database:
        held = await load_policies(database)
        policies = [identified(to_policy(reading, "read"), held) for reading in readings]
        _once_each(list(zip(files, policies, strict=True)))
        originals = [Original(name=file.name, text=document.text) for file, document in texts]
        both = list(zip(policies, originals, strict=True))
        saved = dict(await save_with_originals(database, both, now=now(), saved_by="import"))
    return iter(
        [_told(file, policy, saved.get(policy.id)) for file, policy in zip(files, policies, strict=True)]
    )


def _document(file: Path) -> Document:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from error
    return read_document(data, file.name, read_limits(load_settings()))


def _stating(file: Path, reading: Reading) -> Reading:
    if not (reading.targets or reading.measures or reading.stages):
        raise BadInput(f"{file}: states no targets, measures or stages, so nothing was stored")
    return reading


def _once_each(policies: Sequence[tuple[Path, Policy]]) -> None:
    first: dict[str, Path] = {}
    for file, policy in policies:
        other = first.setdefault(policy.id, file)
        if other is not file:
            raise BadInput(f"{other} and {file}: the same policy ({policy.title.zh}); give one of them")


def _told(file: Path, policy: Policy, revision: int | None) -> str:
    holds = f"{len(policy.targets)} targets, {len(policy.measures)} measures, {len(policy.stages)} stages"
    became = f"revision {revision}" if revision else "unchanged"
    return f"{file.name}: {policy.title.zh} ({holds}): {policy.id}, {became}"


def _in_words(reading: Reading, language: Language) -> str:
    """The policy as the chat would show it, and what could not be read."""
    policy = to_policy(reading, "read")
    library, t = Library((policy,)), gettext(language)
    places = [Reference(policy="read", kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)]
    places += [Reference(policy="read", kind=kind, aspect=Aspect.LIST) for kind in _LISTED]
    given = {kind for kind, _ in policy.facts()}
    parts = [
        render(library.tell(at, today=today(), language=language), library, markup=Markup.PLAIN)
        for at in places
        if at.kind is FactKind.POLICY or at.kind in given
    ]
    if unread := unread_lines([(one.quotation.text, one.reason) for one in reading.unread], t):
        parts.append(finish("\n".join(unread), Markup.PLAIN))
    return "\n\n".join(parts) + "\n"
