"""What administrators read of reminders: what nobody answered, what is overdue, what could not be told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.words.dates import day
from bot.words.marks import Markup, bold, finish, italic, shorten
from bot.words.moments import SHANGHAI, moment
from bot.words.names import capital, cut, policy_name
from bot.words.reminders import MOST, Item, Reader, called, fitting, when_words
from bot.words.translations import N_, Translator
from domain.reminders import Reason
from storage.reminders import LateReminder, MissedReminder

_REASONS = {
    Reason.OVER: N_("it was over before it could be sent"),
    Reason.UNREACHABLE: N_("the chat can't be written to"),
}


def unanswered_text(told: Sequence[Mapping[str, Any]], reader: Reader) -> str:
    """Who was told, and told again, and has not answered; place by place, in HTML."""
    return fitting(lambda one: _unanswered(told, one), reader)


def notice_of_missed(t: Translator) -> str:
    """That something could not be told; in HTML."""
    lines = [
        bold("🔔 " + t.say("Some reminders could not be sent")),
        t.say("The list says which, to whom and why. You are told this once a day at most."),
    ]
    return finish("\n".join(lines), Markup.HTML)


def late_text(total: int, shown: Sequence[LateReminder], reader: Reader) -> str:
    """What is overdue by its date, each with those who have not reported it; in HTML.

    Args:
        total: how many there are in all.
        shown: some of them.
        reader: whom it is for.
    """
    t = reader.t
    if not total:
        return finish(
            t.say("Nothing is overdue: all that was told is reported, or not due yet."), Markup.HTML
        )
    last = t.say("Of the last 90 days, by date; for those told as departments in charge.")
    lines = [(one.facts, _waiting(one, t)) for one in shown]
    return fitting(lambda one: _listed(t.say("Overdue, and not reported as done"), lines, last, one), reader)


def missed_text(total: int, shown: Sequence[tuple[MissedReminder, str]], reader: Reader) -> str:
    """What could not be told, each with the places and why; `shown` are some, each with its chat's title."""
    t = reader.t
    if not total:
        return finish(t.say("Every reminder of the last 90 days was sent."), Markup.HTML)
    last = t.say("Of the last 90 days, the latest first.")
    lines = [(one.facts, _missed(one, title, t)) for one, title in shown]
    return fitting(lambda one: _listed(t.say("Could not be sent"), lines, last, one), reader)


def _listed(first: str, lines: Sequence[tuple[Item, str]], last: str, reader: Reader) -> str:
    return finish("\n\n".join([bold(first), *_by_event(lines, reader), italic(last)]), Markup.HTML)


def _unanswered(told: Sequence[Mapping[str, Any]], reader: Reader) -> str:
    t = reader.t
    ordered = sorted(told, key=lambda one: (one["title"], one["chat_id"], one["thread_id"] or 0, one["day"]))
    blocks = [
        bold("🔔 " + t.say_n("{n} reminder not answered", "{n} reminders not answered", len(told))),
        t.say("Reminded several times, and nobody there has acknowledged it. You are told this once."),
    ]
    for where, some in groupby(ordered[:MOST], key=lambda one: _place(one, t)):
        blocks.append("\n".join([bold(where), *(_told_when(one, reader) for one in some)]))
    if (left := len(told) - MOST) > 0:
        blocks.append(t.say_n("… and {n} more", "… and {n} more", left))
    return finish("\n\n".join(blocks), Markup.HTML)


def _told_when(one: Mapping[str, Any], reader: Reader) -> str:
    t = reader.t
    line = f"• {called(one, reader)} · {when_words(one, reader)}"
    if one["told_at"] is None:
        return line
    told_on = datetime.fromisoformat(one["told_at"]).astimezone(SHANGHAI).date()
    return f"{line} · " + t.say("last reminded on {day}", day=day(told_on, t))


def _by_event(lines: Sequence[tuple[Item, str]], reader: Reader) -> Iterator[str]:
    """A line for each place under the event that it is about; dates and policies once for all of theirs."""
    above: list[str] = []
    for _, some in groupby(lines, key=lambda one: (one[0]["event"], one[0]["occurrence"])):
        these = list(some)
        facts = these[0][0]
        policy = reader.library.policy(facts["policy"])
        heading = [bold(capital(when_words(facts, reader)))]
        if policy:
            heading.append(f"📎 {cut(policy_name(policy, reader.t), reader.columns)}")
        if heading != above:
            yield "\n".join(heading)
            above = heading
        yield "\n".join([called(facts, reader), *(line for _, line in these)])


def _waiting(one: LateReminder, t: Translator) -> str:
    where = _title(one.title, one.chat_id, one.thread_id, t)
    if one.acknowledged_at is None:
        return "• " + t.say("{place}: not acknowledged", place=where)
    return "• " + t.say("{place}: acknowledged, {when}", place=where, when=moment(one.acknowledged_at, t))


def _missed(one: MissedReminder, title: str, t: Translator) -> str:
    where, reason = _title(title, one.chat_id, one.thread_id, t), _REASONS.get(one.reason)
    return "• " + t.say(
        "{place}: due {when}; {reason}",
        place=where,
        when=moment(one.planned_for, t),
        reason=t.say(reason) if reason else one.reason.value,
    )


def _place(one: Mapping[str, Any], t: Translator) -> str:
    return _title(one["title"], one["chat_id"], one["thread_id"], t)


def _title(title: str, chat_id: int, topic: int | None, t: Translator) -> str:
    called_ = shorten(title, 60) or t.say("chat {number}", number=chat_id)
    return t.say("{chat}, topic {number}", chat=called_, number=topic) if topic else called_
