"""A text beside the one held: as a later version its difference, as another text what it adds and denies."""

from collections.abc import Iterator

from bot.buttons import Button, Look, Rows
from bot.reviewing.beside import Beside
from bot.reviewing.parts import PAGE, TITLE, back, page_of, quoted, to, view
from bot.texts import Translator, shorten, titled
from bot.views import SYMBOLS, View
from bot.words.marks import bold
from bot.words.names import joined, name
from bot.words.readings import entry_line, period_line
from domain.corroboration import Contradiction, Corroboration, Relation
from domain.policy import AnyFact, FactKind, Policy, Stage
from domain.revisions import Changes
from storage.readings import Draft

_Thing = Contradiction | tuple[FactKind, AnyFact]

_LISTED = 25  # of each part of a difference


def compared(draft: Draft, found: Beside | None, t: Translator) -> list[str]:
    """What a text is to the one held, in a line or three."""
    if found is None:
        return []
    if found.texts is None:
        return ["", _version(found.changes, t)]
    words = _counts(found.texts, t)
    if found.relation is Relation.UNSURE:
        asked = t.say("Is this a new version of the policy that is held, or another text of the same?")
        return ["", f"❓ {bold(asked)}", words]
    if found.keeps_held:
        said = t.say("A shorter text of a policy that is held. What is held stays.")
    else:
        said = t.say("A fuller text of a policy that is held; it takes the place of that one.")
    taken = t.say("Taken over: {n}", n=len(draft.taken)) if draft.taken else ""
    return ["", f"🧾 {said}", words, *([f"☑ {taken}"] if taken else [])]


def comparisons(draft: Draft, found: Beside | None, t: Translator) -> Rows:
    """The ways from the card to a comparison; where it is open which one, the question's two answers."""
    if found is None:
        return ()
    if found.relation is Relation.UNSURE:
        ways = (_taking(draft, Relation.VERSION, t), _taking(draft, Relation.TEXT, t))
        return tuple((way,) for way in ways)
    if found.texts is not None:
        label = "🧾 " + t.say("Compare the two texts")
        return ((Button(label=label, press=to(draft, Look.CHANGES, "0")),),)
    if not found.changes:
        return ()
    return ((Button(label="🔁 " + t.say("Show the difference"), press=to(draft, Look.CHANGES)),),)


def comparing(draft: Draft, found: Beside, page: int, t: Translator) -> View:
    """The comparison that goes with what the text is."""
    if found.texts is not None:
        return _texts(draft, found, found.texts, page, t)
    return _difference(draft, found.held, found.changes or Changes(), t)


def _texts(draft: Draft, found: Beside, texts: Corroboration, page: int, t: Translator) -> View:
    """What contradicts, side by side; then what only the shorter text says: each to be ticked."""
    things: tuple[_Thing, ...] = (*texts.contradictions, *texts.additions)
    shown, page, turn = page_of(things, page, draft, Look.CHANGES)
    lines = [
        t.say("Compared with what is held: {title}", title=shorten(titled(found.held, t), TITLE)),
        _counts(texts, t),
    ]
    if things:
        lines.append(t.say("Tick what shall be taken over from the shorter text; else the fuller one holds."))
    ticks: list[Button] = []
    for at, one in enumerate(shown, page * PAGE + 1):
        own = one.id if isinstance(one, Contradiction) else one[1].id
        mark = "☑" if own in draft.taken else "☐"
        lines += ["", *_thing(f"{bold(f'{at}.')} {mark}", one, found, t)]
        ticks.append(Button(label=f"{mark} {at}", press=to(draft, Look.TAKE, f"{own}_{page}")))
    version = (_taking(draft, Relation.VERSION, t),)
    return view(lines, (*((tuple(ticks),) if ticks else ()), *turn, version, (back(draft, t),)))


def _thing(head: str, one: _Thing, found: Beside, t: Translator) -> Iterator[str]:
    if not isinstance(one, Contradiction):
        kind, fact = one
        only = t.say("Only in the shorter text:")
        yield f"{head} {SYMBOLS[kind]} {only}"
        yield _entry(fact, found.shorter, t)
        return
    fuller, shorter = _side(one.fuller, found.fuller, t), _side(one.shorter, found.shorter, t)
    if found.fuller is found.held:
        sides = t.say("Held, fuller: {words}", words=fuller), t.say("Sent, shorter: {words}", words=shorter)
    else:
        sides = t.say("Sent, fuller: {words}", words=fuller), t.say("Held, shorter: {words}", words=shorter)
    against = t.say("The two contradict each other:")
    yield f"{head} ⚠️ {against}"
    yield from (f"▪ {side}" for side in sides)


def _side(fact: AnyFact | Policy, policy: Policy, t: Translator) -> str:
    """What one of two texts says, with its words."""
    if isinstance(fact, Policy):
        return period_line(fact, t)
    return _entry(fact, policy, t)


def _entry(fact: AnyFact, policy: Policy, t: Translator) -> str:
    """An entry above its words in the text, where it was read from one."""
    between = "\n" if fact.passage.quote else " "
    return f"{_told(fact, policy, t)}{between}{quoted(fact)}"


def _difference(draft: Draft, held: Policy, difference: Changes, t: Translator) -> View:
    """What the new version says otherwise than the one that is held."""
    parts = [
        (t.say("New"), [f"➕ {entry_line(fact, draft.policy, t)}" for _, fact in difference.new]),
        (
            t.say("Changed"),
            [
                f"✏️ {_told(one.old, held, t)}\n→ {_told(one.new, draft.policy, t)}"
                for one in difference.changed
            ],
        ),
        (t.say("Gone"), [f"➖ {entry_line(fact, held, t)}" for _, fact in difference.gone]),
    ]
    lines = [t.say("Compared with what is held: {title}", title=shorten(titled(held, t), TITLE))]
    for heading, words in parts:
        if words:
            lines += ["", bold(f"{heading} ({len(words)})"), *words[:_LISTED]]
        if len(words) > _LISTED:
            lines.append(t.say("and {n} more", n=len(words) - _LISTED))
    return view(lines, ((_taking(draft, Relation.TEXT, t),), (back(draft, t),)))


def _told(fact: AnyFact, policy: Policy, t: Translator) -> str:
    """An entry with all that may differ: of a stage what happens in it, too."""
    line = entry_line(fact, policy, t)
    if not isinstance(fact, Stage):
        return line
    points = [
        *(name(one, t) for one in fact.points),
        *(f"{name(one.name, t)} ({one.due})" for one in fact.milestones),
    ]
    return (
        t.say("{subject}: {words}", subject=line, words=shorten(joined(points, t), TITLE)) if points else line
    )


def _version(difference: Changes | None, t: Translator) -> str:
    if not difference:
        return "🔁 " + t.say("This policy is held already, and its entries say the same.")
    new, changed, gone = len(difference.new), len(difference.changed), len(difference.gone)
    words = t.say("{new} new, {changed} changed, {gone} gone", new=new, changed=changed, gone=gone)
    return "🔁 " + t.say("A later version of a policy that is held: {words}", words=words)


def _counts(texts: Corroboration, t: Translator) -> str:
    against, only = len(texts.contradictions), len(texts.additions)
    words = t.say(
        "{agreed} statements agree, {against} contradict each other, {only} stand only in the shorter text",
        agreed=texts.agreed,
        against=against,
        only=only,
    )
    return f"⚠️ {words}" if against else words


def _taking(draft: Draft, relation: Relation, t: Translator) -> Button:
    """Say what the text is to the one held."""
    press = to(draft, Look.RELATION, relation)
    if relation is Relation.VERSION:
        return Button(label="🔁 " + t.say("Take it as a new version"), press=press)
    return Button(label="🧾 " + t.say("Take it as another text of the same policy"), press=press)
