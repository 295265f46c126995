"""A calendar in words: what it is called in a calendar program, and what stands under each of its dates."""

from answering.library import Library
from bot.words.dates import when
from bot.words.figures import figure
from bot.words.marks import Markup, clean, finish
from bot.words.names import policy_name
from bot.words.sources import clause_words
from bot.words.translations import Translator
from domain.events import Occurrence
from domain.policy import Target
from domain.timeline import Deadline, Precision


def calendar_name(title: str, t: Translator) -> str:
    """`准时 · 标准化工作群`; the name alone where the chat has no title."""
    title = clean(title).strip()
    return t.say("Zhunshi · {title}", title=title) if title else t.say("Zhunshi")


def calendar_about(occurrence: Occurrence, library: Library, t: Translator) -> str:
    """A target's figure, a date as exactly as it was stated, and the source; plain lines, maybe none."""
    event, lines = occurrence.event, list[str]()
    found = library.find(event.policy, event.kind.topic, event.fact) if event.fact else None
    if found and isinstance(found.fact, Target):
        lines.append(figure(found.fact, t))
    if isinstance(event.when, Deadline) and occurrence.precision is not Precision.DAY:
        lines.append(when(event.when, t))
    policy = found.policy if found else library.policy(event.policy)
    if policy:
        clause = f" · {clause_words(found.fact.passage.clause, t)}" if found else ""
        lines.append(f"📎 {policy_name(policy, t)}{clause}")
    return finish("\n".join(lines), Markup.PLAIN)
