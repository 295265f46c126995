"""The card of a broadcast: how far it has come, and at the end the report, with the buttons of each state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from answering.library import Library
from bot.broadcasts.audiences import in_words
from bot.broadcasts.reasons import Reasons
from bot.broadcasts.reasons import in_words as reason_in_words
from bot.broadcasts.screens import TITLES, excerpt
from bot.buttons import Button, Deed, Rows, Steer
from bot.texts import N_, Markup, Translator, number
from bot.views import View
from bot.words.marks import bold, finish
from bot.words.moments import lasting, moment
from domain.broadcasts import Broadcast, BroadcastKind, BroadcastState
from domain.delivery import Counts, DeliveryState, Notice
from storage.broadcasts import Broadcasts

_BAR = 12
_REASONS = 5

STATES = {
    BroadcastState.SCHEDULED: N_("scheduled"),
    BroadcastState.RUNNING: N_("running"),
    BroadcastState.PAUSED: N_("paused"),
    BroadcastState.FINISHED: N_("finished"),
    BroadcastState.CANCELLED: N_("cancelled"),
}
# In the order of a report; the symbols say it where the eye is faster.
ENDS = {
    DeliveryState.SENT: ("✅", N_("sent")),
    DeliveryState.FAILED: ("❌", N_("failed")),
    DeliveryState.UNREACHABLE: ("🚫", N_("unreachable")),
    DeliveryState.UNCERTAIN: ("❔", N_("uncertain")),
    DeliveryState.CANCELLED: ("⏹", N_("cancelled")),
}
_DONE = {
    BroadcastKind.CORRECTION: N_("corrected"),
    BroadcastKind.RECALL: N_("deleted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What there is to know of a broadcast; `rate` in messages a second, `reasons` at the end only."""

    broadcast: Broadcast
    notice: Notice | None
    counts: Counts
    rate: float | None = None
    reasons: Reasons | None = None

    @property
    def total(self) -> int:
        """How many there will be: as many as were meant, until all are written."""
        written = self.counts.total
        if self.broadcast.spread or self.broadcast.state.ended:
            return written
        return max(written, self.broadcast.expected)

    @property
    def done(self) -> int:
        """How many need nothing more."""
        return self.counts.total - self.counts.open

    @property
    def left(self) -> timedelta | None:
        """How long it will take still, as far as that can be told."""
        remaining = self.total - self.done
        return timedelta(seconds=remaining / self.rate) if self.rate and remaining else None


async def told(broadcasts: Broadcasts, broadcast: Broadcast) -> Notice | None:
    """What a broadcast is about: its notice, or the one whose messages it deletes."""
    if broadcast.kind is BroadcastKind.RECALL and broadcast.original:
        return await broadcasts.notice(broadcast.original)
    return await broadcasts.notice(broadcast.id)


def card(progress: Progress, library: Library, t: Translator) -> View:
    """The message as it stands now."""
    broadcast = progress.broadcast
    if broadcast.state.ended and not progress.counts.open:
        body = _report(progress, t)
    elif broadcast.state is BroadcastState.SCHEDULED:
        body = [_start(broadcast, t)]
        body.append(t.say("Recipients as of now: {n}", n=number(broadcast.expected, t)))
    else:
        body = _progress(progress, t)
    text = "\n".join([*_head(progress, library, t), "", *body])
    return View(parts=[finish(text, Markup.HTML)], rows=_rows(progress, t))


def ended_words(progress: Progress, t: Translator) -> View:
    """The message that tells the author that it is over."""
    sent = progress.counts.by_state[DeliveryState.SENT]
    title, missed = t.say(TITLES[progress.broadcast.kind]), progress.total - sent
    done = t.say(
        "{title} finished: {n} of {total}.", title=title, n=number(sent, t), total=number(progress.total, t)
    )
    words = done + "\n" + t.say("Not done: {n}", n=number(missed, t)) if missed else done
    show = Button(label="📊 " + t.say("Report"), press=_deed(progress.broadcast, Deed.SHOW))
    return View(parts=[finish(words, Markup.HTML)], rows=((show,),))


def ask(broadcast: Broadcast, deed: Deed, value: str, t: Translator) -> View:
    """The question before something that can't be undone."""
    if deed is Deed.CANCELLED:
        words, yes = t.say("Cancel it? What has not left yet never will."), t.say("Yes, cancel it")
    else:
        words = t.say("Delete it from all chats that got it? Telegram deletes what is at most two days old.")
        yes = t.say("Yes, delete everywhere")
    press = Steer(id=broadcast.id, deed=deed, value=value)
    no = Button(label=t.say("No"), press=_deed(broadcast, Deed.LEAVE))
    return View(parts=[words], rows=((Button(label="⚠️ " + yes, press=press),), (no,)))


def _start(broadcast: Broadcast, t: Translator) -> str:
    if broadcast.start_at <= broadcast.created_at:
        return t.say("Starts at once.")
    return t.say("Starts on {when} (Beijing time).", when=moment(broadcast.start_at, t, weekday=True))


def _head(progress: Progress, library: Library, t: Translator) -> list[str]:
    broadcast = progress.broadcast
    lines = [bold(f"📣 {t.say(TITLES[broadcast.kind])} · {t.say(STATES[broadcast.state])}")]
    lines.append(t.say("To: {audience}", audience=in_words(broadcast.audience, library, t)))
    if progress.notice and (said := excerpt(progress.notice.text, t.language)):
        lines.append(t.say("“{text}”", text=said))
    return lines


def _progress(progress: Progress, t: Translator) -> list[str]:
    share = min(1.0, progress.done / progress.total) if progress.total else 0.0
    full = round(share * _BAR)
    lines = [f"{'▓' * full}{'░' * (_BAR - full)} {int(share * 100)}%"]
    lines.append(t.say("{done} of {total}", done=number(progress.done, t), total=number(progress.total, t)))
    states = progress.counts.by_state
    lines += [_line(state, states, progress, t) for state in ENDS if states[state] or state in _ALWAYS]
    lines.append(t.say("⏳ open: {n}", n=number(progress.total - progress.done, t)))
    if progress.broadcast.state is BroadcastState.RUNNING and progress.rate:
        rate = t.say("less than 1 a second")
        if progress.rate >= 1:
            rate = t.say("{n} a second", n=number(round(progress.rate), t))
        if left := progress.left:
            rate += " · " + t.say("{time} left", time=lasting(left, t))
        lines.append(rate)
    return lines


def _report(progress: Progress, t: Translator) -> list[str]:
    broadcast, counts = progress.broadcast, progress.counts
    lines = [t.say("Recipients: {n}, of them", n=number(counts.total, t))]
    lines += [_line(state, counts.by_state, progress, t) for state in ENDS]
    if counts.doubtful:
        lines.append(t.say("May have got it twice: {n}", n=number(counts.doubtful, t)))
    if broadcast.started_at and broadcast.ended_at:
        took = lasting(broadcast.ended_at - broadcast.started_at, t)
        lines.append(t.say("Took {time}, until {when}", time=took, when=moment(broadcast.ended_at, t)))
    if progress.reasons and progress.reasons.counted:
        send = broadcast.kind is BroadcastKind.SEND
        lines += ["", bold(t.say("Who did not get it") if send else t.say("Where it was not done"))]
        shown = progress.reasons.counted[:_REASONS]
        lines += [
            "• " + t.say("{subject}: {words}", subject=reason_in_words(reason, t), words=number(n, t))
            for reason, n in shown
        ]
        others = sum(n for _, n in progress.reasons.counted[_REASONS:])
        if others:
            lines.append(t.say("• other reasons: {n}", n=number(others, t)))
        if not progress.reasons.whole:
            lines.append(t.say("(of the first 100,000; the export has more)"))
    return lines


def _line(
    state: DeliveryState, states: Mapping[DeliveryState, int], progress: Progress, t: Translator
) -> str:
    symbol, words = ENDS[state]
    if state is DeliveryState.SENT:
        words = _DONE.get(progress.broadcast.kind, words)
    return symbol + " " + t.say("{subject}: {words}", subject=t.say(words), words=number(states[state], t))


def _rows(progress: Progress, t: Translator) -> Rows:
    broadcast, states = progress.broadcast, progress.counts.by_state

    def button(deed: Deed, label: str) -> Button:
        return Button(label=label, press=_deed(broadcast, deed))

    cancel = button(Deed.CANCEL, "⏹ " + t.say("Cancel"))
    match broadcast.state:
        case BroadcastState.SCHEDULED:
            return ((cancel,),)
        case BroadcastState.RUNNING:
            return ((button(Deed.PAUSE, "⏸ " + t.say("Pause")), cancel),)
        case BroadcastState.PAUSED:
            return ((button(Deed.RESUME, "▶ " + t.say("Go on")), cancel),)
    rows: list[tuple[Button, ...]] = []
    dead = sum(states[state] for state in _DEAD)
    if dead and broadcast.state is BroadcastState.FINISHED:
        again = t.say("Send again to those {n}", n=number(dead, t))
        rows.append((button(Deed.RESEND, f"🔁 {again}"),))
    if progress.counts.total - states[DeliveryState.SENT]:
        rows.append((button(Deed.EXPORT, "📄 " + t.say("Who did not get it, as a table")),))
    if states[DeliveryState.SENT] and broadcast.kind is BroadcastKind.SEND:
        correct = button(Deed.CORRECT, "✏️ " + t.say("Correct"))
        rows.append((correct, button(Deed.RECALL, "🗑 " + t.say("Delete everywhere"))))
    return tuple(rows)


def _deed(broadcast: Broadcast, deed: Deed) -> Steer:
    return Steer(id=broadcast.id, deed=deed)


_ALWAYS = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNREACHABLE})
_DEAD = (DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN)
