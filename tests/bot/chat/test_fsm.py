"""Dialog states in the conversations."""

from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey

from bot.fsm import ConversationStorage
from tests.bot.chat.conftest import Stage

KEY = StorageKey(bot_id=42, chat_id=101, user_id=101)


class Broadcast(StatesGroup):
    """Some dialog."""

    text = State()


def storage(stage: Stage) -> ConversationStorage:
    return ConversationStorage(stage.conversations, lambda: stage.now)


async def test_state_and_data_survive_a_restart(stage: Stage) -> None:
    before = storage(stage)
    await before.set_state(KEY, Broadcast.text)
    await before.update_data(KEY, {"draft": "各位"})
    await stage.restart()
    after = storage(stage)
    assert await after.get_state(KEY) == "Broadcast:text"
    assert await after.get_data(KEY) == {"draft": "各位"}


async def test_leaving_a_dialog_keeps_what_was_said_until_it_is_cleared(stage: Stage) -> None:
    dialog = storage(stage)
    await dialog.set_state(KEY, "Broadcast:text")
    await dialog.set_data(KEY, {"draft": "各位"})
    await dialog.set_state(KEY, None)
    assert await dialog.get_data(KEY) == {"draft": "各位"}
    await dialog.set_data(KEY, {})
    await stage.restart()
    assert await storage(stage).get_state(KEY) is None
    assert await storage(stage).get_data(KEY) == {}


async def test_chats_topics_and_people_are_kept_apart(stage: Stage) -> None:
    dialog = storage(stage)
    keys = [KEY] + [
        StorageKey(bot_id=42, chat_id=-1001, user_id=user, thread_id=topic)
        for user in (101, 102)
        for topic in (None, 7)
    ]
    for n, key in enumerate(keys):
        await dialog.set_data(key, {"n": n})
    assert [(await dialog.get_data(key))["n"] for key in keys] == list(range(len(keys)))


async def test_changing_what_was_read_changes_nothing_kept(stage: Stage) -> None:
    dialog = storage(stage)
    await dialog.set_data(KEY, {"draft": "各位"})
    (await dialog.get_data(KEY))["draft"] = "别的"
    assert await dialog.get_data(KEY) == {"draft": "各位"}
