"""The lists for administrators: the last broadcasts, and who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answering.library import Library
from bot.broadcasts.audiences import in_words
from bot.broadcasts.card import STATES
from bot.broadcasts.screens import TITLES, excerpt
from bot.buttons import Button, Deed, Older, Pages, Rows, Steer
from bot.texts import N_, Markup, Translator, clean, cut, number
from bot.views import View
from bot.words.marks import bold, finish
from bot.words.moments import moment
from domain.broadcasts import Broadcast, BroadcastKind
from domain.delivery import Notice
from storage.audit import AuditEntry

PAGE = 8
_COLUMNS = 40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST = datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH

_ACTIONS = {
    "broadcast.confirmed": N_("confirmed a broadcast"),
    "broadcast.paused": N_("paused a broadcast"),
    "broadcast.resumed": N_("let a broadcast go on"),
    "broadcast.cancelled": N_("cancelled a broadcast"),
    "broadcast.resent": N_("sent a broadcast again to those it missed"),
    "policy.published": N_("published a policy"),
    "policy.corroborated": N_("checked a text against a policy"),
    "address.added": N_("registered an address"),
    "address.removed": N_("removed an address"),
    "address.again": N_("set an address working again"),
    "address.tested": N_("sent a test to an address"),
    "invitation.made": N_("made an invitation"),
    "invitation.redeemed": N_("accepted an invitation"),
    "invitation.revoked": N_("withdrew an invitation"),
    "date.added": N_("added a date"),
    "date.changed": N_("changed a date"),
    "date.removed": N_("removed a date"),
    "feed.made": N_("took a calendar address"),
    "feed.renewed": N_("took a new calendar address"),
}


def broadcasts(held: Sequence[tuple[Broadcast, Notice | None]], t: Translator) -> View:
    """One more than `PAGE` at most, newest first; the one too many says that there are older ones."""
    if not held:
        return _view(t.say("There is no broadcast yet. /broadcast begins one."))
    lines, rows = [bold(t.say("Broadcasts"))], list[tuple[Button, ...]]()
    for n, (one, notice) in enumerate(held[:PAGE], 1):
        said = excerpt(notice.text, t.language) if notice else ""
        kind = t.say(TITLES[one.kind])
        title = kind if not said else said if one.kind is BroadcastKind.SEND else f"{kind} · {said}"
        reached = number(one.recipients or one.expected, t)
        when = moment(one.start_at, t)
        lines.append(f"{n}. {when} · {t.say(STATES[one.state])} · {reached}")
        press = Steer(id=one.id, deed=Deed.SHOW)
        rows.append((Button(label=cut(f"{n}. {title}", _COLUMNS), press=press),))
    if len(held) > PAGE:
        rows.append((_older(Pages.BROADCASTS, micros(held[PAGE - 1][0].created_at), t),))
    return _view("\n".join(lines), tuple(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """An entry of the audit log, with the names of who did it and of what it was done to."""

    entry: AuditEntry
    who: str
    what: str


def about(broadcast: Broadcast, notice: Notice | None, library: Library, t: Translator) -> str:
    """What was said to whom, as text from outside."""
    said = excerpt(notice.text, t.language) if notice else ""
    whom = in_words(broadcast.audience, library, t)
    words = t.say("“{text}” to: {audience}", text=said, audience=whom) if said else whom
    if broadcast.kind is BroadcastKind.SEND:
        return words
    return t.say("{subject}: {words}", subject=t.say(TITLES[broadcast.kind]), words=words)


def audit(done: Sequence[Deeds], t: Translator) -> View:
    """The same for the audit log."""
    if not done:
        return _view(t.say("Nothing was done yet."))
    lines = [bold(t.say("Who did what"))]
    for one in done[:PAGE]:
        entry = one.entry
        action = t.say(_ACTIONS[entry.action]) if entry.action in _ACTIONS else entry.action
        who = f"{clean(one.who)} ({entry.actor_id})" if one.who else f"{entry.actor_id}"
        deed = t.say("{subject}: {words}", subject=action, words=one.what or clean(entry.subject))
        lines += ["", f"{moment(entry.at, t)} · {who}", deed]
    older = done[PAGE - 1].entry.id if len(done) > PAGE else None
    return _view("\n".join(lines), ((_older(Pages.AUDIT, older, t),),) if older else ())


def micros(at: datetime) -> int:
    """An instant as a button carries it."""
    return (at - _EPOCH) // _MICROSECOND


def instant(given: int) -> datetime:
    """The instant of a button; the last there is where no calendar has it."""
    return _EPOCH + min(timedelta(microseconds=given), _LAST)


def _older(pages: Pages, before: int, t: Translator) -> Button:
    return Button(label="▶ " + t.say("Older"), press=Older(pages=pages, before=before))


def _view(text: str, rows: Rows = ()) -> View:
    return View(parts=[finish(text, Markup.HTML)], rows=rows)
