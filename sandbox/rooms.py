"""What happens to chats: the bot is blocked, added or removed, groups grow into supergroups, topics open."""

from itertools import count

from sandbox.acts import RefusedError, present
from sandbox.errors import Json
from sandbox.people import Chat, Presence, member
from sandbox.world import World


def block(world: World, person_id: int) -> None:
    """A person blocks the bot."""
    _person_changes(world, person_id, Presence.KICKED)


def unblock(world: World, person_id: int) -> None:
    """A person lets the bot write again."""
    _person_changes(world, person_id, Presence.MEMBER)


def set_presence(world: World, person_id: int, chat_id: int, presence: Presence) -> None:
    """A person adds the bot to a group, makes it administrator, or removes it."""
    person, chat = present(world, person_id, chat_id)
    if chat.is_private:
        raise RefusedError("a private chat has no members to change")
    was_in = chat.presence in {Presence.MEMBER, Presence.ADMINISTRATOR}
    is_in = presence in {Presence.MEMBER, Presence.ADMINISTRATOR}
    _changed(world, chat, person.user(), presence)
    if is_in and not was_in:
        message = world.post(chat, person.user(), {"new_chat_members": [world.bot()]})
        world.updates.add("message", message, chat.id)
    elif was_in and not is_in:
        message = world.post(chat, person.user(), {"left_chat_member": world.bot()})
        world.updates.add("message", message, chat.id)


def bot_leaves(world: World, chat: Chat) -> None:
    """The bot leaves by itself."""
    _changed(world, chat, world.bot(), Presence.LEFT)
    world.post(chat, world.bot(), {"left_chat_member": world.bot()})


def open_topic(world: World, person_id: int, chat_id: int, name: str) -> int:
    """Open a topic in a forum; returns its message_thread_id."""
    person, chat = present(world, person_id, chat_id)
    if not chat.is_forum:
        raise RefusedError("the chat is not a forum")
    created = {"name": name, "icon_color": 0x6FB9F0}
    message = world.post(chat, person.user(), {"forum_topic_created": created, "is_topic_message": True})
    thread = int(message["message_id"])
    message["message_thread_id"] = thread
    chat.topics[thread] = name
    if chat.presence in {Presence.MEMBER, Presence.ADMINISTRATOR}:
        world.updates.add("message", message, chat.id)
    world.live.tell("state", None)
    return thread


def migrate(world: World, chat: Chat) -> Chat:
    """Turn a group into a supergroup with a new id; both tell it by a service message."""
    if chat.kind != "group" or chat.migrated_to is not None:
        raise RefusedError("only a group can become a supergroup")
    large = Chat(
        id=-1_000_000_000_000 + chat.id,
        kind="supergroup",
        title=chat.title,
        members=dict(chat.members),
        presence=chat.presence,
        ids=count(1),
    )
    world.chats[large.id] = large
    owner = world.user(next(iter(chat.members), world.bot_id))
    farewell = world.post(chat, owner, {"migrate_to_chat_id": large.id})
    welcome = world.post(large, owner, {"migrate_from_chat_id": chat.id})
    chat.migrated_to = large.id
    if large.presence in {Presence.MEMBER, Presence.ADMINISTRATOR}:
        world.updates.add("message", farewell, chat.id)
        world.updates.add("message", welcome, large.id)
    world.live.tell("state", None)
    return large


def _person_changes(world: World, person_id: int, presence: Presence) -> None:
    person, chat = present(world, person_id, person_id)
    if not person.started:
        raise RefusedError("this person has not started the bot")
    if chat.presence is not presence:
        _changed(world, chat, person.user(), presence)


def _changed(world: World, chat: Chat, by: Json, presence: Presence) -> None:
    before, chat.presence = chat.presence, presence
    if before is presence:
        return
    change = {
        "chat": chat.chat(),
        "from": by,
        "date": int(world.clock()),
        "old_chat_member": member(world.bot(), before),
        "new_chat_member": member(world.bot(), presence),
    }
    world.updates.add("my_chat_member", change, chat.id)
    world.live.tell("state", None)
