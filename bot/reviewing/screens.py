"""What an administrator sees of a text that was read: a card, entries and their quotations, a difference."""

from collections.abc import Sequence
from typing import TypeVar

from answering.answer import Aspect, Reference
from bot.buttons import Button, Inspect, Look, Open, Rows
from bot.originals import marked
from bot.reviewing.edits import FRAME, REVIEWED, Field, entry, fields_of, of_kind
from bot.texts import Markup, Translator, clean, counted, cut, policy_label, shorten, split, titled
from bot.views import SYMBOLS, View
from bot.words.marks import bold, finish, italic
from bot.words.names import KINDS, joined, name
from bot.words.readings import doubt_lines, entry_line, frame_lines, unread_lines
from bot.words.translations import N_
from domain.policy import AnyFact, FactKind, Policy, Stage
from domain.revisions import Changes
from reading.as_policy import NO_REGION, UNTITLED
from storage.readings import Draft

Thing = TypeVar("Thing")

PAGE = 5
UNREAD = "unread"
"""Stands for a kind where what could not be read is listed."""

WARNING = N_("Do not upload classified or internal documents: only what may be published.")

_COLUMNS = 36
_QUOTE = 180
_TITLE = 200
_LISTED = 25  # of each part of a difference

LABELS = {
    Field.NAME: N_("name"),
    Field.FIGURE: N_("figure"),
    Field.DUE: N_("date"),
    Field.WHO: N_("departments"),
    Field.REGION: N_("region"),
    Field.ISSUER: N_("issuer"),
}
_ASKED = {
    Field.NAME: N_("Send the name as it should be."),
    Field.FIGURE: N_("Send the figure with its bound and unit, for example 不少于30项, 95%以上, 每年40项."),
    Field.DUE: N_("Send the date, for example 2025-12, 2025 or 2025年6月底前; “none” for no date."),
    Field.WHO: N_(
        "Send the departments, for example 市民政局、市财政局 or 甲局牵头，乙局配合; “none” for none."
    ),
    Field.REGION: N_("Send the region."),
    Field.ISSUER: N_("Send who issued it."),
}


def ask_text(drafts: Sequence[Draft], t: Translator) -> View:
    """The first question, with the way back to what was not confirmed yet."""
    lines = [
        t.say("Send the policy as a file (docx, pdf, HTML, text) or as text."),
        bold(t.say(WARNING)),
        t.say("I read what it demands and show it to you. Nobody else sees anything before you confirm."),
        t.say("/cancel leaves."),
    ]
    rows = tuple(
        (Button(label=cut(f"📄 {one.policy.title.zh}", _COLUMNS), press=_to(one, Look.CARD)),)
        for one in drafts
    )
    return _view(lines, rows)


def ask_rest(reading_id: str, n: int, t: Translator) -> View:
    """A text that fills its message may go on in the next."""
    words = t.say("Got {n} characters. Send the rest, or let me read what there is.", n=n)
    lines = [words, t.say("Longer texts go better as a file.")]
    press = Inspect(id=reading_id, look=Look.READ)
    return _view(lines, ((Button(label="📖 " + t.say("Read it"), press=press),),))


def card(draft: Draft, held: Policy | None, difference: Changes | None, t: Translator) -> View:
    """All at a glance, what is doubtful first."""
    policy = draft.policy
    placed, named = policy.region.zh != NO_REGION, policy.title.zh != UNTITLED
    doubts = doubt_lines(policy, draft.unread, t, titled=named, placed=placed)
    kinds = [kind for kind in REVIEWED if of_kind(policy, kind)]
    counts = [f"{SYMBOLS[kind]} {counted(kind, len(of_kind(policy, kind)), t)}" for kind in kinds]
    if policy.departments:
        counts.append(
            f"{SYMBOLS[FactKind.DEPARTMENT]} {counted(FactKind.DEPARTMENT, len(policy.departments), t)}"
        )
    lines = [
        bold(shorten(name(policy.title, t), _TITLE)),
        italic(t.say("Draft {version}: only you see it.", version=draft.version + 1)),
        *([""] if doubts else []),
        *doubts,
        "",
        *frame_lines(policy, t),
        "",
        *counts,
        *_compared(held, difference, t),
    ]
    return _view(lines, (*_doors(draft, kinds, t), *_deeds(draft, difference, t)))


def entries(draft: Draft, kind: str, page: int, t: Translator) -> View:
    """A page of entries of a kind, each with its quotation; or of what could not be read."""
    if kind == UNREAD:
        shown, page, turn = _page(draft.unread, draft, kind, page)
        return _view(unread_lines(shown, t), (*turn, (_back(draft, t),)))
    facts, page, turn = _page(of_kind(draft.policy, FactKind(kind)), draft, kind, page)
    lines = [bold(counted(FactKind(kind), len(of_kind(draft.policy, FactKind(kind))), t))]
    row = []
    for at, fact in enumerate(facts, page * PAGE + 1):
        lines += ["", f"{bold(f'{at}.')} {entry_line(fact, draft.policy, t)}", _quoted(fact)]
        row.append(Button(label=f"{at}", press=_to(draft, Look.ENTRY, fact.id)))
    return _view(lines, (tuple(row), *turn, (_back(draft, t),)) if row else ((_back(draft, t),),))


def one(draft: Draft, kind: FactKind, fact: AnyFact, t: Translator) -> View:
    """An entry beside its quotation in the text, with all that can be done about it."""
    lines = [
        bold(entry_line(fact, draft.policy, t)),
        "",
        f"📜 {clean(fact.passage.clause)}",
        marked(fact.passage, draft.original.text),
    ]
    edits = tuple(_edit(draft, fact.id, field, t) for field in fields_of(fact))
    page = [one.id for one in of_kind(draft.policy, kind)].index(fact.id) // PAGE
    drop = Button(label="🗑 " + t.say("Drop this entry"), press=_to(draft, Look.DROP, fact.id))
    back = Button(label="↩ " + t.say("Back"), press=_to(draft, Look.LIST, f"{kind}_{page}"))
    return _view(lines, (edits, (drop, back)))


def ask_words(draft: Draft, fact_id: str, field: Field, t: Translator) -> View:
    """What a field shall say."""
    now = _now(draft, fact_id, field, t)
    where = _to(draft, Look.CARD) if fact_id == FRAME else _to(draft, Look.ENTRY, fact_id)
    lines = [t.say(_ASKED[field]), t.say("So far: {words}", words=now)]
    return _view(lines, ((Button(label="↩ " + t.say("Leave it"), press=where),),))


def differing(draft: Draft, held: Policy, difference: Changes, t: Translator) -> View:
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
    lines = [t.say("Compared with what is held: {title}", title=shorten(titled(held, t), _TITLE))]
    for heading, words in parts:
        if words:
            lines += ["", bold(f"{heading} ({len(words)})"), *words[:_LISTED]]
        if len(words) > _LISTED:
            lines.append(t.say("and {n} more", n=len(words) - _LISTED))
    return _view(lines, ((_back(draft, t),),))


def ask_discard(draft: Draft, t: Translator) -> View:
    """Whether to forget it."""
    yes = Button(label="🗑 " + t.say("Discard"), press=_to(draft, Look.DISCARDED))
    return _view(
        [t.say("Discard this draft? What was read and corrected is lost.")], ((yes, _back(draft, t)),)
    )


def published(policy: Policy, revision: int, t: Translator) -> View:
    """It is there for all now."""
    at = Reference(policy=policy.id, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    lines = [
        "✅ " + bold(t.say("Published: {title}", title=shorten(titled(policy, t), _TITLE))),
        t.say("Revision {n}. Everybody can ask about it now.", n=revision),
    ]
    return _view(lines, ((Button(label=f"📖 {policy_label(policy, t)}", press=Open(reference=at)),),))


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
        t.say("{subject}: {words}", subject=line, words=shorten(joined(points, t), _TITLE))
        if points
        else line
    )


def _compared(held: Policy | None, difference: Changes | None, t: Translator) -> list[str]:
    if held is None or difference is None:
        return []
    if not difference:
        return ["", "🔁 " + t.say("This policy is held already, and its entries say the same.")]
    new, changed, gone = len(difference.new), len(difference.changed), len(difference.gone)
    words = t.say("{new} new, {changed} changed, {gone} gone", new=new, changed=changed, gone=gone)
    return ["", "🔁 " + t.say("A later version of a policy that is held: {words}", words=words)]


def _doors(draft: Draft, kinds: Sequence[FactKind], t: Translator) -> Rows:
    doors = [
        Button(label=f"{SYMBOLS[kind]} {t.say(KINDS[kind])}", press=_to(draft, Look.LIST, f"{kind}_0"))
        for kind in kinds
    ]
    if draft.unread:
        doors.insert(0, Button(label="⚠️ " + t.say("Not read"), press=_to(draft, Look.LIST, f"{UNREAD}_0")))
    return tuple(tuple(doors[at : at + 2]) for at in range(0, len(doors), 2))


def _deeds(draft: Draft, difference: Changes | None, t: Translator) -> Rows:
    compare = (Button(label="🔁 " + t.say("Show the difference"), press=_to(draft, Look.CHANGES)),)
    publish = Button(label="✅ " + t.say("Publish"), press=_to(draft, Look.PUBLISH, f"{draft.version}"))
    discard = Button(label="🗑 " + t.say("Discard"), press=_to(draft, Look.DISCARD))
    frame = tuple(_edit(draft, FRAME, field, t) for field in (Field.NAME, Field.REGION, Field.ISSUER))
    return (*((compare,) if difference else ()), frame, (publish, discard))


def _now(draft: Draft, fact_id: str, field: Field, t: Translator) -> str:
    policy = draft.policy
    if fact_id != FRAME:
        found = entry(policy, fact_id)
        return entry_line(found[1], policy, t) if found else ""
    issuer = policy.issuer.name if policy.issuer else None
    said = {Field.REGION: policy.region, Field.ISSUER: issuer}.get(field, policy.title)
    return shorten(name(said, t), _TITLE) if said else t.say("not stated in the text")


def _quoted(fact: AnyFact) -> str:
    return f"“{shorten(fact.passage.quote or '', _QUOTE)}” ({clean(fact.passage.clause)})"


def _edit(draft: Draft, fact_id: str, field: Field, t: Translator) -> Button:
    label = t.say("title") if fact_id == FRAME and field is Field.NAME else t.say(LABELS[field])
    return Button(label=f"✏️ {label}", press=_to(draft, Look.EDIT, f"{fact_id}_{field}"))


def _page(things: Sequence[Thing], draft: Draft, kind: str, page: int) -> tuple[Sequence[Thing], int, Rows]:
    """What stands on a page, or on the last one; which one that is; and the row that turns."""
    pages = max(1, -(-len(things) // PAGE))
    page = min(page, pages - 1)
    shown = things[page * PAGE : (page + 1) * PAGE]
    if pages == 1:
        return shown, page, ()
    back = Button(label="◀", press=_to(draft, Look.LIST, f"{kind}_{(page - 1) % pages}"))
    on = Button(label=f"{page + 1}/{pages} ▶", press=_to(draft, Look.LIST, f"{kind}_{(page + 1) % pages}"))
    return shown, page, ((back, on),)


def _back(draft: Draft, t: Translator) -> Button:
    return Button(label="↩ " + t.say("To the draft"), press=_to(draft, Look.CARD))


def _to(draft: Draft, look: Look, value: str = "") -> Inspect:
    return Inspect(id=draft.id, look=look, value=value)


def _view(lines: Sequence[str], rows: Rows = ()) -> View:
    return View(parts=split(finish("\n".join(lines), Markup.HTML)), rows=rows)
