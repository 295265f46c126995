"""What the control interface does: people act, chats change, faults and rates are set."""

from sandbox import acts, inline, rooms, trips
from sandbox.acts import RefusedError
from sandbox.control.fields import Body, Control, known_chat
from sandbox.control.reading import SHOWN_CHATS, chat_state, fault_states
from sandbox.errors import Json
from sandbox.people import Presence
from sandbox.world import World


def _add_people(world: World, body: Body) -> list[Json]:
    """One person by name, or `count` of them for a load test."""
    number = body.optional("count")
    number = 1 if number is None else number
    if not 1 <= number <= 200_000:
        raise RefusedError("count must be 1 to 200000")
    name, language = body.text("name", "某人") or "某人", body.text("language", "zh-hans")
    if len(name) > 64:
        raise RefusedError("name has at most 64 characters")
    names = [name] if number == 1 else [f"{name} {i + 1}" for i in range(number)]
    started, username = body.flag("started"), body.text("username") or None
    people = [world.add_person(name, username, language, started=started) for name in names]
    world.live.tell("state", None)
    return [person.user() for person in people]


def _add_group(world: World, body: Body) -> Json:
    members = body.numbers("members") or list(world.people)[:SHOWN_CHATS]
    if unknown := [person for person in members if person not in world.people]:
        raise RefusedError(f"no person {unknown[0]}")
    title = body.text("title")
    if not 1 <= len(title) <= 128:
        raise RefusedError("title must have 1 to 128 characters")
    chat = world.add_group(title, members, supergroup=body.flag("supergroup"), forum=body.flag("forum"))
    chat.presence = Presence.LEFT
    if body.flag("with_bot", default=True):
        rooms.set_presence(world, members[0], chat.id, Presence.MEMBER)
    world.live.tell("state", None)
    return chat_state(chat)


def _say(world: World, body: Body) -> list[Json]:
    return acts.say(
        world,
        body.number("person"),
        body.number("chat"),
        body.text("text"),
        reply_to=body.optional("reply_to"),
        thread=body.optional("thread"),
    )


def _send_file(world: World, body: Body) -> Json:
    return acts.send_file(
        world,
        body.number("person"),
        body.number("chat"),
        body.file("file"),
        as_photo=body.flag("photo"),
        caption=body.text("caption"),
        reply_to=body.optional("reply_to"),
        thread=body.optional("thread"),
    )


def _start(world: World, body: Body) -> list[Json]:
    return acts.start(world, body.number("person"), body.text("parameter"))


def _edit(world: World, body: Body) -> Json:
    return acts.edit(
        world, body.number("person"), body.number("chat"), body.number("message"), body.text("text")
    )


def _press(world: World, body: Body) -> Json:
    place = body.number("row"), body.number("column")
    query = acts.press(world, body.number("person"), body.number("chat"), body.number("message"), place)
    return {"query": query}


def _ask(world: World, body: Body) -> Json:
    return {"query": inline.ask(world, body.number("person"), body.number("chat"), body.text("text"))}


def _choose(world: World, body: Body) -> Json:
    return inline.choose(world, body.text("query"), body.text("result"), body.number("chat"))


def _block(world: World, body: Body) -> Json:
    act = rooms.block if body.flag("on", default=True) else rooms.unblock
    act(world, body.number("person"))
    return chat_state(world.chats[body.number("person")])


def _set_presence(world: World, body: Body) -> Json:
    try:
        presence = Presence(body.text("presence"))
    except ValueError:
        raise RefusedError(f"presence must be one of {', '.join(Presence)}") from None
    rooms.set_presence(world, body.number("person"), body.number("chat"), presence)
    return chat_state(world.chats[body.number("chat")])


def _migrate(world: World, body: Body) -> Json:
    return chat_state(rooms.migrate(world, known_chat(world, body.number("chat"))))


def _open_topic(world: World, body: Body) -> Json:
    name = body.text("name") or "话题"
    return {"thread": rooms.open_topic(world, body.number("person"), body.number("chat"), name)}


def _repeat(world: World, body: Body) -> Json:
    return {"update_id": acts.repeat_update(world, body.optional("update_id"))}


def _add_fault(world: World, body: Body) -> Json:
    fault = world.faults.add(body.values)
    world.live.tell("faults", None)
    return fault.state()


def _remove_fault(world: World, body: Body) -> list[Json]:
    """One by its id, or all."""
    number = body.optional("id")
    if number is None:
        world.faults.active.clear()
    elif world.faults.active.pop(number, None) is None:
        raise RefusedError(f"no fault {number}")
    world.live.tell("faults", None)
    return fault_states(world)


def _set_rates(world: World, body: Body) -> Json:
    world.rates.change(body.values)
    world.live.tell("state", None)
    return world.rates.state()


def _set_options(world: World, body: Body) -> Json:
    world.privacy = body.flag("privacy", default=world.privacy)
    world.inline_feedback = body.flag("inline_feedback", default=world.inline_feedback)
    world.live.tell("state", None)
    return {"privacy": world.privacy, "inline_feedback": world.inline_feedback}


def _reset(world: World, _: Body) -> Json:
    world.reset()
    return {}


async def _travel(world: World, body: Body) -> Json | None:
    return await trips.travel(world, body.text("to"))


ACTS: dict[str, Control] = {
    "people": _add_people,
    "groups": _add_group,
    "say": _say,
    "file": _send_file,
    "start": _start,
    "edit": _edit,
    "press": _press,
    "inline": _ask,
    "choose": _choose,
    "block": _block,
    "presence": _set_presence,
    "migrate": _migrate,
    "topics": _open_topic,
    "repeat": _repeat,
    "faults": _add_fault,
    "faults/remove": _remove_fault,
    "rates": _set_rates,
    "options": _set_options,
    "clock": _travel,
    "reset": _reset,
}
