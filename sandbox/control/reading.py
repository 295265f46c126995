"""What the control interface shows: the state, messages, calls, updates, answers."""

import json

from sandbox.acts import RefusedError
from sandbox.control.fields import Body, Control, known_chat
from sandbox.errors import Json
from sandbox.faults import Kind
from sandbox.people import Chat
from sandbox.trips import clock_state
from sandbox.world import World

SHOWN_CHATS = 200
"""People, private chats and groups shown at once: a load test makes more than a page can list."""


def _state(world: World, _: Body) -> Json:
    private = [chat for chat in world.chats.values() if chat.is_private][:SHOWN_CHATS]
    groups = [chat for chat in world.chats.values() if not chat.is_private][-SHOWN_CHATS:]
    return {
        "bot": world.bot() | {"descriptions": world.profile.descriptions()},
        "people": [person.user() for person in list(world.people.values())[:SHOWN_CHATS]],
        "chats": [chat_state(chat) for chat in private + groups],
        "rates": world.rates.state(),
        "faults": fault_states(world),
        "privacy": world.privacy,
        "inline_feedback": world.inline_feedback,
        "webhook": world.hook.url,
        "clock": clock_state(world),
        "pending": len(world.updates.pending) + world.updates.in_delivery,
        "calls": {"total": world.calls.total, "accepted": world.calls.accepted},
    }


def chat_state(chat: Chat) -> Json:
    """A chat with its members, topics and latest message."""
    latest = next(reversed(chat.messages.values()), None)
    return chat.chat() | {
        "title": chat.title,
        "members": [{"id": person, "role": role} for person, role in chat.members.items()],
        "presence": chat.presence.value,
        "topics": [{"id": thread, "name": name} for thread, name in chat.topics.items()],
        "pinned": chat.messages.get(chat.pinned or 0),
        "keyboard": chat.keyboard,
        "migrated_to": chat.migrated_to,
        "latest": latest,
    }


def _messages(world: World, body: Body) -> list[Json]:
    chat = known_chat(world, body.number("chat"))
    after = body.optional("after") or 0
    limit = body.optional("limit") or 500
    return [message for message in chat.messages.values() if message["message_id"] > after][-limit:]


def _calls(world: World, body: Body) -> list[Json]:
    after, method = body.optional("after") or 0, body.text("method")
    entries = [entry for entry in world.calls.latest if entry.n > after]
    return [entry.state() for entry in entries if not method or entry.call.method == method]


def _ledger(world: World, _: Body) -> list[Json]:
    if world.ledger is None:
        raise RefusedError("the sandbox was started without a ledger file")
    return [json.loads(line) for line in world.ledger.path.read_text().splitlines()]


def _commands(world: World, body: Body) -> list[Json]:
    chat = known_chat(world, body.number("chat"))
    person = world.people.get(body.number("person"))
    language = person.language_code if person else ""
    return world.profile.menu_for(chat.id, private=chat.is_private, language=language)


def fault_states(world: World) -> list[Json]:
    """All active faults."""
    return [fault.state() for fault in world.faults.active.values()]


def _updates(world: World, _: Body) -> list[Json]:
    return [item.update for item in world.updates.history]


def _answer(world: World, body: Body) -> Json:
    """What the bot said to a button press or an inline query; `answered` is false while it says nothing."""
    query_id = body.text("query")
    if press := world.waiting.presses.get(query_id):
        return {"answered": press.answer is not None} | (press.answer or {})
    if ask := world.waiting.asks.get(query_id):
        return {"answered": ask.results is not None, "results": ask.results or [], "button": ask.button}
    raise RefusedError("no such query")


READS: dict[str, Control] = {
    "state": _state,
    "messages": _messages,
    "calls": _calls,
    "ledger": _ledger,
    "commands": _commands,
    "faults": lambda world, _: {"active": fault_states(world), "kinds": list(Kind)},
    "updates": _updates,
    "answer": _answer,
    "clock": lambda world, _: clock_state(world),
}
