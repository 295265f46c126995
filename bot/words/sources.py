"""Sources: the last lines of an answer, each policy with the clauses it speaks from."""

from answering.answer import Answer, Aspect, PoliciesItem, PolicyItem
from bot.words.names import joined, policy_name, term
from bot.words.translations import N_, Translator
from domain.policy import FactKind, Policy

MAX_CLAUSES = 8
MAX_POLICIES = 8

# Places without a number, as the catalogue writes them.
PLACES = {
    "导语": N_("preamble"),
    "标题": N_("title"),
    "基本介绍": N_("frame around the text"),
    "文前报道": N_("news report before the text"),
}


def source_lines(answer: Answer, t: Translator) -> list[str]:
    """`📎 标题 · 一、二（三）2`, a line a policy; none where the policies themselves are the answer."""
    if all(isinstance(item, PoliciesItem) for item in answer.items):
        return []
    about_issuer = any(isinstance(item, PolicyItem) and item.aspect is Aspect.ISSUER for item in answer.items)
    policies: dict[str, Policy] = {}
    clauses: dict[str, dict[str, None]] = {}
    for cited in answer.citations():
        policies[cited.policy.id] = cited.policy
        mine = clauses.setdefault(cited.policy.id, {})
        # The clause of a whole policy is where its issuer stands: of use to that question only.
        if cited.clause and (cited.kind is not FactKind.POLICY or about_issuer):
            mine[cited.clause] = None
    lines = [_line(policy, list(clauses[key]), t) for key, policy in policies.items()]
    if (left := len(lines) - MAX_POLICIES) > 0:
        lines[MAX_POLICIES:] = [t.say_n("… and {n} more", "… and {n} more", left)]
    return lines


def _line(policy: Policy, clauses: list[str], t: Translator) -> str:
    title = policy_name(policy, t)
    if not clauses:
        return f"📎 {title}"
    words = joined([clause_words(clause, t) for clause in clauses[:MAX_CLAUSES]], t)
    if len(clauses) > MAX_CLAUSES:
        words = t.say("{clauses} and others, {n} clauses in all", clauses=words, n=len(clauses))
    return f"📎 {title} · {words}"


def clause_words(clause: str, t: Translator) -> str:
    """A clause as printed, `二（三）2`; a place without a number by its name."""
    return t.say(PLACES[clause]) if clause in PLACES else term(clause, t)
