"""A reminder from end to end: a chat follows a policy, its date comes near, and the message arrives, once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import app.delivering
from answering.library import Library
from app.clock import SHANGHAI
from app.delivering import Post, build_post, delivering
from app.settings import Settings
from bot.client import build_bot
from bot.shelf import Shelf
from domain.policy import FactKind
from sandbox.server import running
from sandbox.world import TOKEN, World
from scheduler.holidays import workdays
from scheduler.reminding import Reminding
from storage.catalogue import loads
from storage.chats import Chats
from storage.database import Database
from storage.policies import save_policies
from storage.reminders import Reminders
from storage.subscriptions import Subscription
from tests.app.processes import until
from tests.stores import new_store

MORNING = datetime(2026, 11, 9, 9, tzinfo=SHANGHAI).astimezone(
    UTC
)  # a week before; past, as the courier has the real clock
POLICY = loads(
    "id: brook-2026\ntitle: {zh: 溪口镇标准化方案, en: Brook Town Plan}\n"
    "region: {zh: 溪口镇, en: Brook Town}\n"
    "targets:\n  - {id: T1, clause: 一, metric: {zh: 团体标准, en: association standards}, comparator: '>=',"
    " value: 12, unit: {zh: 项, en: items}, due: 2026-11-16}\n",
    name="brook.yaml",
)


class Town:
    """The service's delivering, with a clock that the test sets."""

    def __init__(self, world: World, db: Database, post: Post) -> None:
        self.world = world
        self.db = db
        self.post = post
        self.now = MORNING - timedelta(days=1)
        self.core = Reminding(
            db, Reminders(db, post.outbox), workdays(), now=lambda: self.now, wake=post.wake
        )

    def texts(self, chat_id: int) -> list[str]:
        """What the bot wrote to a chat."""
        return [one.get("text", "") for one in self.world.chats[chat_id].messages.values()]


@asynccontextmanager
async def town(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Town, int]]:
    world = World(rates_on=False, cast=False)
    chen = world.add_person("陈晓", started=True).id
    async with (
        new_store(folder) as db,
        running(world) as telegram,
    ):
        await save_policies(db, [POLICY], now=MORNING, saved_by="test")
        chats = await Chats.load(db)
        await chats.remember(chen, "private", "陈晓", language="zh-Hans", now=MORNING)
        monkeypatch.setattr(app.delivering, "today", lambda: MORNING.astimezone(SHANGHAI).date())
        bot = build_bot(TOKEN, server=telegram.url)
        shelf = Shelf(Library((POLICY,)))
        post = build_post(Settings(), db, bot, chats, shelf, worker="town")
        try:
            async with delivering(post):
                yield Town(world, db, post), chen
        finally:
            await bot.session.close()


async def test_who_follows_a_policy_is_told_a_week_before_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town(tmp_path, monkeypatch) as (here, chen):
        following = Subscription(chat_id=chen, policy_id=POLICY.id, kind=FactKind.POLICY, created_by=chen)
        await here.post.subscriptions.follow(following, here.now)
        await here.core.plan()
        before = len(here.texts(chen))
        here.now = MORNING + timedelta(minutes=1)
        await here.core.fire()
        await until(lambda: any("团体标准" in text and "还有 7 天" in text for text in here.texts(chen)))
        (told,) = here.texts(chen)[-1:]
        assert "12 项以上" in told
        assert "溪口镇标准化方案" in told
        count = len(here.texts(chen))
        await here.core.plan()
        assert await here.core.fire() == 0
        assert len(here.texts(chen)) == count > before


async def test_who_follows_nothing_is_told_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with town(tmp_path, monkeypatch) as (here, chen):
        before = len(here.texts(chen))
        await here.core.plan()
        here.now = MORNING + timedelta(minutes=1)
        assert await here.core.fire() == 0
        assert len(here.texts(chen)) == before
