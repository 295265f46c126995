"""`zhunshi read` and `zhunshi import`: what a policy's text demands, shown, or stored as a revision."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from answering.answer import Aspect, Reference
from answering.library import Library
from app.clock import now, today
from app.settings import load_settings, read_limits
from app.store import open_store
from bot.texts import Markup, gettext, render
from bot.words.marks import finish
from bot.words.readings import entry_line, period_line, unread_lines
from domain.corroboration import Relation, by_fullness, corroboration, relation
from domain.errors import BadInput
from domain.languages import Language
from domain.policy import AnyFact, FactKind, Policy
from domain.revisions import held_as, identified, same_title
from domain.uniting import united
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

    One with the title of a policy that is held becomes its next revision, unless it is much shorter: then the
    fuller text holds, and a line each tells where the two contradict each other.

    Raises:
        BadInput: a file can't be read or states nothing, or the store can't be used.
    """
    texts = [_text(file) for file in files]
    async with open_store(load_settings()) as database:
        held = await load_policies(database)
        imports = [_import(same, held) for same in _by_title(texts)]
        saving = [(one.policy, one.source.original) for one in imports if one.source]
        saved = dict(await save_with_originals(database, saving, now=now(), saved_by="import"))
    return iter([line for one in imports for line in one.told(saved.get(one.policy.id))])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A file's text, and what was read out of it."""

    file: Path
    policy: Policy
    original: Original


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    """What will be held of a policy: the fullest text, one of the given (`source`) or the one held.

    `known` is a shorter text held so far, which it takes the place of.
    """

    policy: Policy
    source: _Text | None
    shorter: tuple[_Text, ...]
    known: Policy | None

    def told(self, revision: int | None) -> Iterator[str]:
        """The lines to print."""
        if self.source:
            became = f"revision {revision}" if revision else "unchanged"
            yield f"{_head(self.source, self.policy)}, {became}"
        if self.known:
            yield from _compared(self.policy, self.known, "  the text held until now", "that text")
        for text in self.shorter:
            yield from _compared(self.policy, text.policy, _head(text, self.policy), text.file.name)


def _import(texts: Sequence[_Text], held: Sequence[Policy]) -> _Import:
    """Decide which of the texts of one policy is to be held."""
    source = reduce(lambda one, other: other if _fuller(other.policy, one.policy) else one, texts)
    others = tuple(text for text in texts if text is not source)
    for text in others:
        if relation(source.policy, text.policy) is Relation.VERSION:
            title = source.policy.title.zh
            raise BadInput(f"{source.file} and {text.file}: the same policy ({title}); give one of them")
    known = held_as(source.policy.title.zh, held)
    if known is None or relation(known, source.policy) is Relation.VERSION:
        return _Import(policy=identified(source.policy, held), source=source, shorter=others, known=None)
    if _fuller(source.policy, known):
        return _Import(policy=united(known, source.policy), source=source, shorter=others, known=known)
    return _Import(policy=known, source=None, shorter=tuple(texts), known=None)


def _fuller(one: Policy, other: Policy) -> bool:
    return by_fullness(other, one)[0] is one


def _by_title(texts: Sequence[_Text]) -> Iterator[list[_Text]]:
    left = list(texts)
    while left:
        title = left[0].policy.title.zh
        yield [text for text in left if same_title(text.policy.title.zh, title)]
        left = [text for text in left if not same_title(text.policy.title.zh, title)]


def _text(file: Path) -> _Text:
    document = _document(file)
    policy = to_policy(_stating(file, read_policy(document)), "read")
    return _Text(file=file, policy=policy, original=Original(name=file.name, text=document.text))


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


def _head(text: _Text, held: Policy) -> str:
    policy = text.policy
    holds = f"{len(policy.targets)} targets, {len(policy.measures)} measures, {len(policy.stages)} stages"
    return f"{text.file.name}: {held.title.zh} ({holds}): {held.id}"


def _compared(fuller: Policy, shorter: Policy, head: str, name: str) -> Iterator[str]:
    """A shorter text beside the one that is held: how far they agree, and each contradiction."""
    found = corroboration(fuller, shorter)
    against, only = len(found.contradictions), len(found.additions)
    yield (
        f"{head}, a shorter text of it: {found.agreed} statements agree, {against} contradict, "
        f"{only} stand only there; the full text holds"
    )
    for one in found.contradictions:
        held, said = _side(one.fuller, fuller), _side(one.shorter, shorter)
        yield f"  contradiction: {held} in the full text, which holds; {said} in {name}"


def _side(fact: AnyFact | Policy, policy: Policy) -> str:
    t = gettext(Language.ENGLISH)
    words = period_line(fact, t) if isinstance(fact, Policy) else entry_line(fact, policy, t)
    return finish(words, Markup.PLAIN)


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
