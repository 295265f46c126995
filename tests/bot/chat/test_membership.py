"""Chats that come and go."""

import pytest

from tests.bot.chat.cast import ALEX, CHEN, GROUP, private
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import ME, Call


def change(chat: Call, old: str, new: str) -> Call:
    """Our own membership in a chat changes."""

    def member(status: str) -> Call:
        return {"status": status, "user": ME} | ({"until_date": 0} if status == "kicked" else {})

    event = {"chat": chat, "from": CHEN, "date": 1}
    return {"my_chat_member": event | {"old_chat_member": member(old), "new_chat_member": member(new)}}


async def test_a_group_that_takes_us_in_gets_one_hello(stage: Stage) -> None:
    (hello,) = await stage.update(change(GROUP, "left", "member"))
    assert hello["chat_id"] == GROUP["id"]
    assert "@zhunshi_bot" in hello["text"]
    assert not await stage.update(change(GROUP, "member", "left"))


async def test_who_blocks_and_unblocks_us_is_noted_without_a_word(stage: Stage) -> None:
    await stage.says(CHEN, "/start")
    for old, new, active in (("member", "kicked", False), ("kicked", "member", True)):
        assert not await stage.update(change(private(CHEN), old, new))
        chat = stage.chats.get(CHEN["id"])
        assert chat is not None
        assert chat.active is active


@pytest.mark.parametrize(
    ("fields", "here"),
    [({"migrate_to_chat_id": -1007}, GROUP), ({"migrate_from_chat_id": GROUP["id"]}, GROUP | {"id": -1007})],
)
async def test_a_group_that_becomes_a_supergroup_keeps_its_language(
    stage: Stage, fields: Call, here: Call
) -> None:
    await stage.presses(ALEX, "len", chat=GROUP)
    assert not await stage.says(CHEN, None, chat=here, **fields)
    assert stage.chats.language(-1007) == "en"
