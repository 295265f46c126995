"""What an administrator sees of addresses: the list, one of them, what it follows, and the questions."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from answering.answer import Reference
from answering.library import Library
from bot.buttons import Button, Errand, Manage, Rows
from bot.greeting import LANGUAGE_NAMES
from bot.mine.follows import subject_of
from bot.mine.subjects import subject_name
from bot.mine.verbs import manner_of
from bot.texts import Markup, Translator, clean, cut, fact_name, policy_label
from bot.views import View
from bot.words import addresses as words
from bot.words.marks import bold, finish
from domain.channels import FIRST_ADDRESS
from domain.delivery import Delivery
from domain.policy import FactKind, Policy
from storage.addresses import Address
from storage.subscriptions import Subscription

PAGE = 8
_COLUMNS = 36
Thing = TypeVar("Thing")
Followed = Collection[tuple[str, FactKind, str]]


def number_of(chat_id: int) -> int:
    """An address as a button carries it: counted from 0."""
    return chat_id - FIRST_ADDRESS


def listed(held: Sequence[Address], page: int, t: Translator) -> View:
    """All addresses, page by page."""
    shown, page, turn = _page(held, page, lambda to: Manage(errand=Errand.LIST, page=to))
    lines = [bold(t.say("Addresses of other channels")), ""]
    lines += [words.line(one, t) for one in shown] or [t.say("There is none yet.")]
    rows = [(Button(label=cut(one.title, _COLUMNS), press=_to(Errand.SHOW, one.chat_id)),) for one in shown]
    new = Button(label="➕ " + t.say("Register an address"), press=Manage(errand=Errand.NEW))
    return _view(lines, (*rows, *turn, (new,)))


def ask_address(t: Translator) -> View:
    """The first question."""
    lines = [
        t.say(
            "Send the address: what WeCom, DingTalk or Feishu show for a group robot, or an e-mail address."
        ),
        t.say("Where a DingTalk robot signs, send its secret after a space."),
        t.say("I delete your message at once and keep the address encrypted. /cancel leaves."),
    ]
    return _view(lines)


def ask_name(channel: str, t: Translator) -> View:
    """The second question."""
    return _view(
        [
            t.say(
                "{channel}: understood. What is it called? For example: Market Supervision Bureau",
                channel=channel,
            )
        ]
    )


def one(
    address: Address, follows: Sequence[Subscription], test: Delivery | None, library: Library, t: Translator
) -> View:
    """An address with all that can be done with it."""
    at = address.chat_id
    subjects = [subject_of(subscription) for subscription in follows]
    names = [name for subject in subjects if (name := subject_name(subject, library, {}, t))]
    languages = tuple(
        Button(
            label=f"{'✓ ' if address.language == language else ''}{label}",
            press=_to(Errand.SPEAK, at, number),
        )
        for number, (language, label) in enumerate(LANGUAGE_NAMES.items())
    )
    again = (Button(label="♻️ " + t.say("Send there again"), press=_to(Errand.AGAIN, at)),)
    rows: Rows = (
        *((again,) if not address.active else ()),
        (
            Button(label="🔔 " + t.say("What it follows"), press=_to(Errand.POLICIES, at)),
            Button(label="⚙️ " + t.say("How reminders come"), press=manner_of(number_of(at))),
        ),
        languages,
        (
            Button(label="📨 " + t.say("Send a test"), press=_to(Errand.TEST, at)),
            Button(label="🔄 " + t.say("Look again"), press=_to(Errand.SHOW, at)),
        ),
        (
            Button(label="🗑 " + t.say("Remove"), press=_to(Errand.REMOVE, at)),
            Button(label="↩ " + t.say("All addresses"), press=Manage(errand=Errand.LIST)),
        ),
    )
    return _view(words.standing(address, names, test, t), rows)


def ask_removal(address: Address, t: Translator) -> View:
    """Whether to forget it."""
    asked = t.say(
        "Remove {title}? It gets nothing any more, and its secret is forgotten.", title=clean(address.title)
    )
    yes = Button(label="🗑 " + t.say("Remove"), press=_to(Errand.REMOVED, address.chat_id))
    no = Button(label="↩ " + t.say("Keep it"), press=_to(Errand.SHOW, address.chat_id))
    return _view([asked], ((yes, no),))


def policies(address: Address, followed: Followed, library: Library, page: int, t: Translator) -> View:
    """The policies it may follow."""
    at = address.chat_id
    shown, page, turn = _page(library.policies, page, lambda to: _to(Errand.POLICIES, at, to))
    some = {policy for policy, _, _ in followed}
    rows = [
        (Button(label=_ticked(policy_label(policy, t), policy.id in some), press=_open(at, policy)),)
        for policy in shown
    ]
    lines = [bold(clean(address.title)), t.say("Which policy shall it be told about?")]
    return _view(lines, (*rows, *turn, (_back(address, t),)))


def departments(address: Address, policy: Policy, followed: Followed, page: int, t: Translator) -> View:
    """The whole of a policy, or departments that it names."""
    at = address.chat_id
    shown, page, turn = _page(policy.departments, page, lambda to: _open(at, policy, to))
    whole = Reference(policy=policy.id, kind=FactKind.POLICY)
    rows = [_switch(at, whole, t.say("The whole policy"), followed, page)]
    for department in shown:
        reference = Reference(policy=policy.id, kind=FactKind.DEPARTMENT, id=department.id)
        rows.append(_switch(at, reference, fact_name(department, t), followed, page))
    lines = [bold(clean(address.title)), clean(policy_label(policy, t))]
    back = Button(label="↩ " + t.say("Other policies"), press=_to(Errand.POLICIES, at))
    return _view(lines, (*rows, *turn, (back, _back(address, t))))


def _switch(at: int, reference: Reference, label: str, followed: Followed, page: int) -> tuple[Button]:
    on = (reference.policy, reference.kind, reference.id) in followed
    errand = Errand.UNFOLLOW if on else Errand.FOLLOW
    press = Manage(errand=errand, address=number_of(at), page=page, reference=reference)
    return (Button(label=_ticked(label, on), press=press),)


def _page(
    things: Sequence[Thing], page: int, turn: Callable[[int], Manage]
) -> tuple[Sequence[Thing], int, Rows]:
    """What stands on a page, or on the last one; which one that is; and the row that turns."""
    pages = max(1, -(-len(things) // PAGE))
    page = min(page, pages - 1)
    shown = things[page * PAGE : (page + 1) * PAGE]
    if pages == 1:
        return shown, page, ()
    back = Button(label="◀", press=turn((page - 1) % pages))
    on = Button(label=f"{page + 1}/{pages} ▶", press=turn((page + 1) % pages))
    return shown, page, ((back, on),)


def _to(errand: Errand, chat_id: int, page: int = 0) -> Manage:
    return Manage(errand=errand, address=number_of(chat_id), page=page)


def _open(chat_id: int, policy: Policy, page: int = 0) -> Manage:
    at = Reference(policy=policy.id, kind=FactKind.POLICY)
    return Manage(errand=Errand.OPEN, address=number_of(chat_id), page=page, reference=at)


def _back(address: Address, t: Translator) -> Button:
    return Button(label="↩ " + t.say("To the address"), press=_to(Errand.SHOW, address.chat_id))


def _ticked(label: str, on: bool) -> str:  # noqa: FBT001 - the tick
    return cut(f"✓ {label}" if on else label, _COLUMNS)


def _view(lines: Sequence[str], rows: Rows = ()) -> View:
    return View(parts=[finish("\n".join(lines), Markup.HTML)], rows=rows)
