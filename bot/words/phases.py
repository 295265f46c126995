"""Stages and milestones: when they are, what happens in them, and which is under way."""

from datetime import date

from answering.answer import MilestoneItem, NowItem
from bot.words.dates import period, standing, until
from bot.words.figures import number
from bot.words.marks import bold
from bot.words.names import name, place, titled
from bot.words.translations import Translator
from domain.policy import Policy, Stage


def stage_lines(stage: Stage, policy: Policy, today: date, t: Translator) -> list[str]:
    """A stage with its period, what happens in it and its milestones."""
    when = t.say("{subject}: {words}", subject=name(stage.name, t), words=period(stage.start, stage.end, t))
    lines = [bold(when), f"{place(policy, t)} · {stage_standing(stage, today, t)}"]
    lines += [f"• {name(point, t)}" for point in stage.points]
    for milestone in stage.milestones:
        due = until(milestone.due, today, t)
        lines.append("🚩 " + t.say("{subject}: {words}", subject=name(milestone.name, t), words=due))
    return lines


def stage_standing(stage: Stage, today: date, t: Translator) -> str:
    """Whether the stage is over, under way or ahead, with the days to or from it."""
    if today > stage.end.day:
        return t.say("over ({standing})", standing=standing(stage.end, today, t))
    if today < stage.start.first_day:
        return _begins(stage, today, t)
    return t.say("under way ({standing})", standing=standing(stage.end, today, t))


def now_lines(item: NowItem, today: date, t: Translator) -> list[str]:
    """Which stage a policy is in today."""
    if item.current:
        lines = [
            bold(t.say("Now in: {stage}", stage=dated(item.current, t))),
            *stage_lines(item.current, item.policy, today, t)[1:],
        ]
        return [*lines, t.say("Next: {stage}", stage=dated(item.upcoming, t))] if item.upcoming else lines
    if item.upcoming:
        return _between(item.policy, item.upcoming, today, t)
    return _all_over(item.policy, today, t)


def milestone_lines(item: MilestoneItem, today: date, t: Translator) -> list[str]:
    """A milestone and the stage it belongs to."""
    milestone = item.milestone
    due = until(milestone.due, today, t)
    stage = f"{place(item.policy, t)} · {dated(item.stage, t)}"
    return [bold(t.say("{subject}: {words}", subject=name(milestone.name, t), words=due)), stage]


def _between(policy: Policy, upcoming: Stage, today: date, t: Translator) -> list[str]:
    first = min(policy.stages, key=lambda stage: stage.start, default=upcoming)
    if upcoming == first:
        lead = t.say("Not begun: no stage is under way yet.")
    else:
        lead = t.say("Between two stages: none is under way today.")
    return [
        bold(lead),
        place(policy, t),
        t.say("Next: {stage}", stage=f"{dated(upcoming, t)} · {_begins(upcoming, today, t)}"),
    ]


def _all_over(policy: Policy, today: date, t: Translator) -> list[str]:
    if not policy.stages:
        return [t.say("{policy} sets out no stages.", policy=titled(policy, t))]
    last = max(policy.stages, key=lambda stage: stage.end)
    return [
        bold(t.say("All stages are over.")),
        f"{place(policy, t)} · "
        + t.say("the last: {stage}, {standing}", stage=dated(last, t), standing=standing(last.end, today, t)),
    ]


def _begins(stage: Stage, today: date, t: Translator) -> str:
    days = (stage.start.first_day - today).days
    return t.say_n("begins in {n} day", "begins in {n} days", days, n=number(days, t))


def dated(stage: Stage, t: Translator) -> str:
    """A stage with its period: `推进阶段（2025年—2026年）`."""
    return t.say("{name} ({dates})", name=name(stage.name, t), dates=period(stage.start, stage.end, t))
