"""What an administrator sees of a text that was read: a card, entries and their quotations, a difference."""

from collections.abc import Sequence

from answering.answer import Aspect, Reference
from bot.buttons import Button, Inspect, Look, Open, Rows
from bot.originals import marked
from bot.reviewing.beside import Beside
from bot.reviewing.comparing import compared, comparisons
from bot.reviewing.edits import FRAME, REVIEWED, Field, entry, fields_of, of_kind
from bot.reviewing.parts import PAGE, TITLE, back, page_of, quoted, to, view
from bot.texts import Translator, clean, counted, cut, policy_label, shorten, titled
from bot.views import SYMBOLS, View
from bot.words.marks import bold, italic
from bot.words.names import KINDS, name
from bot.words.readings import doubt_lines, entry_line, frame_lines, unread_lines
from bot.words.translations import N_
from domain.corroboration import Relation
from domain.policy import AnyFact, FactKind, Policy
from reading.as_policy import NO_REGION, UNTITLED
from storage.readings import Draft

UNREAD = "unread"
"""Stands for a kind where what could not be read is listed."""

WARNING = N_("Do not upload classified or internal documents: only what may be published.")

_COLUMNS = 36

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
        (Button(label=cut(f"📄 {one.policy.title.zh}", _COLUMNS), press=to(one, Look.CARD)),)
        for one in drafts
    )
    return view(lines, rows)


def ask_rest(reading_id: str, n: int, t: Translator) -> View:
    """A text that fills its message may go on in the next."""
    words = t.say("Got {n} characters. Send the rest, or let me read what there is.", n=n)
    lines = [words, t.say("Longer texts go better as a file.")]
    press = Inspect(id=reading_id, look=Look.READ)
    return view(lines, ((Button(label="📖 " + t.say("Read it"), press=press),),))


def card(draft: Draft, found: Beside | None, t: Translator) -> View:
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
        bold(shorten(name(policy.title, t), TITLE)),
        italic(t.say("Draft {version}: only you see it.", version=draft.version + 1)),
        *compared(draft, found, t),
        *([""] if doubts else []),
        *doubts,
        "",
        *frame_lines(policy, t),
        "",
        *counts,
    ]
    return view(lines, (*_doors(draft, kinds, t), *comparisons(draft, found, t), *_deeds(draft, found, t)))


def entries(draft: Draft, kind: str, page: int, t: Translator) -> View:
    """A page of entries of a kind, each with its quotation; or of what could not be read."""
    if kind == UNREAD:
        shown, page, turn = page_of(draft.unread, page, draft, Look.LIST, kind)
        return view(unread_lines(shown, t), (*turn, (back(draft, t),)))
    held = of_kind(draft.policy, FactKind(kind))
    facts, page, turn = page_of(held, page, draft, Look.LIST, kind)
    lines = [bold(counted(FactKind(kind), len(held), t))]
    row = []
    for at, fact in enumerate(facts, page * PAGE + 1):
        lines += ["", f"{bold(f'{at}.')} {entry_line(fact, draft.policy, t)}", quoted(fact)]
        row.append(Button(label=f"{at}", press=to(draft, Look.ENTRY, fact.id)))
    return view(lines, (tuple(row), *turn, (back(draft, t),)) if row else ((back(draft, t),),))


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
    drop = Button(label="🗑 " + t.say("Drop this entry"), press=to(draft, Look.DROP, fact.id))
    back = Button(label="↩ " + t.say("Back"), press=to(draft, Look.LIST, f"{kind}_{page}"))
    return view(lines, (edits, (drop, back)))


def ask_words(draft: Draft, fact_id: str, field: Field, t: Translator) -> View:
    """What a field shall say."""
    now = _now(draft, fact_id, field, t)
    where = to(draft, Look.CARD) if fact_id == FRAME else to(draft, Look.ENTRY, fact_id)
    lines = [t.say(_ASKED[field]), t.say("So far: {words}", words=now)]
    return view(lines, ((Button(label="↩ " + t.say("Leave it"), press=where),),))


def ask_discard(draft: Draft, t: Translator) -> View:
    """Whether to forget it."""
    yes = Button(label="🗑 " + t.say("Discard"), press=to(draft, Look.DISCARDED))
    return view([t.say("Discard this draft? What was read and corrected is lost.")], ((yes, back(draft, t)),))


def published(policy: Policy, revision: int, t: Translator, *, unchanged: bool = False) -> View:
    """It is there for all now; or it was, and another text agreed."""
    at = Reference(policy=policy.id, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    title = shorten(titled(policy, t), TITLE)
    lines = [
        "✅ " + bold(t.say("Published: {title}", title=title)),
        t.say("Revision {n}. Everybody can ask about it now.", n=revision),
    ]
    if unchanged:
        lines = [
            "✅ " + bold(t.say("Checked: {title}", title=title)),
            t.say("Revision {n} stays as it is; /audit tells that this text was checked.", n=revision),
        ]
    return view(lines, ((Button(label=f"📖 {policy_label(policy, t)}", press=Open(reference=at)),),))


def _doors(draft: Draft, kinds: Sequence[FactKind], t: Translator) -> Rows:
    doors = [
        Button(label=f"{SYMBOLS[kind]} {t.say(KINDS[kind])}", press=to(draft, Look.LIST, f"{kind}_0"))
        for kind in kinds
    ]
    if draft.unread:
        doors.insert(0, Button(label="⚠️ " + t.say("Not read"), press=to(draft, Look.LIST, f"{UNREAD}_0")))
    return tuple(tuple(doors[at : at + 2]) for at in range(0, len(doors), 2))


def _deeds(draft: Draft, found: Beside | None, t: Translator) -> Rows:
    frame = tuple(_edit(draft, FRAME, field, t) for field in (Field.NAME, Field.REGION, Field.ISSUER))
    discard = Button(label="🗑 " + t.say("Discard"), press=to(draft, Look.DISCARD))
    if found is not None and found.relation is Relation.UNSURE:
        return frame, (discard,)
    same = found is not None and found.keeps_held and not draft.taken
    words = t.say("Confirm: nothing changes") if same else t.say("Publish")
    publish = Button(label=f"✅ {words}", press=to(draft, Look.PUBLISH, f"{draft.version}"))
    return frame, (publish, discard)


def _now(draft: Draft, fact_id: str, field: Field, t: Translator) -> str:
    policy = draft.policy
    if fact_id != FRAME:
        found = entry(policy, fact_id)
        return entry_line(found[1], policy, t) if found else ""
    issuer = policy.issuer.name if policy.issuer else None
    said = {Field.REGION: policy.region, Field.ISSUER: issuer}.get(field, policy.title)
    return shorten(name(said, t), TITLE) if said else t.say("not stated in the text")


def _edit(draft: Draft, fact_id: str, field: Field, t: Translator) -> Button:
    label = t.say("title") if fact_id == FRAME and field is Field.NAME else t.say(LABELS[field])
    return Button(label=f"✏️ {label}", press=to(draft, Look.EDIT, f"{fact_id}_{field}"))
