"""Who is in charge of a measure, each role in its own words."""

from bot.words.marks import bold
from bot.words.names import joined, name
from bot.words.translations import N_, Translator
from domain.policy import Department, Measure, Policy, Role

_PARTS = {
    Role.SOLE: N_("In charge: {names}"),  # （某局负责）
    Role.LEAD: N_("In the lead: {names}"),  # 牵头单位
    Role.COOPERATING: N_("Co-operating: {names}"),  # 配合单位
    Role.SHARED: N_("Each in charge of its part: {names}"),  # 按职责分工负责
    Role.COLLECTIVE: N_("All in charge, none named singly: {names}"),  # 各部门按职责分工负责
    Role.IMPLEMENTING: N_("Carried out by: {names}"),  # 各镇街落实
}
ROLES = {
    Role.SOLE: N_("alone in charge"),
    Role.LEAD: N_("in the lead"),
    Role.COOPERATING: N_("co-operating"),
    Role.SHARED: N_("in charge of its part"),
    Role.COLLECTIVE: N_("in charge with all others"),
    Role.IMPLEMENTING: N_("carries it out"),
}


def who(
    measure: Measure,
    policy: Policy,
    t: Translator,
    *,
    asked: Department | None = None,
    emphasis: bool = False,
) -> list[str]:
    """A line a role, with all its departments; `asked` is answered with yes or no before them."""
    departments = {department.id: department for department in policy.departments}
    named: dict[Role, list[str]] = {}
    for charge in measure.charges:
        department = departments.get(charge.department)
        named.setdefault(charge.role, []).append(
            name(department.name, t) if department else charge.department
        )
    lines = _yes_or_no(measure, asked, t) if asked else []
    last = next(reversed(named), None)
    for role, names in named.items():
        words = joined(names, t)
        if measure.open_ended and role is last:
            words = t.say("{names} and others", names=words)
        lines.append(t.say(_PARTS[role], names=bold(words) if emphasis and not asked else words))
    return lines


def _yes_or_no(measure: Measure, asked: Department, t: Translator) -> list[str]:
    role = next((charge.role for charge in measure.charges if charge.department == asked.id), None)
    department = name(asked.name, t)
    if role is not None:
        return [bold(t.say("Yes, {department}: {role}", department=department, role=t.say(ROLES[role])))]
    lines = [bold(t.say("Not named for this measure: {department}", department=department))]
    if measure.open_ended:
        lines.append(t.say("The text leaves its list open, so others may take part."))
    return lines
