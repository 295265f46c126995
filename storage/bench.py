"""What the bench of reminders needs of the store: many subscriptions, many rows, and a bare copy of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, text, update

from domain.policy import FactKind
from domain.reminders import ReminderSettings
from storage.database import Database
from storage.schema import reminders, subscriptions
from storage.subscriptions import profile_id

_FIRST_CHAT = 1_000


class Crowd:
    """Many who follow everything, in an SQLite store of the bench's own."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def subscribe(self, number: int, settings: Sequence[ReminderSettings], now: datetime) -> None:
        """So many chats, whose settings take turns."""
        async with self._db.write() as connection:
            ids = [await profile_id(connection, one) for one in settings]
            rows = [
                {
                    "chat_id": _FIRST_CHAT + one,
                    "thread_id": 0,
                    "policy_id": "",
                    "kind": FactKind.POLICY.value,
                    "fact_id": "",
                    "created_by": 0,
                    "created_at": now,
                    "profile_id": ids[one % len(ids)],
                }
                for one in range(number)
            ]
            await connection.execute(insert(subscriptions), rows)

    async def count(self) -> int:
        """How many reminders there are."""
        async with self._db.read() as connection:
            return await connection.scalar(select(func.count()).select_from(reminders)) or 0

    async def copy(self) -> None:
        """All reminders by one `INSERT … SELECT` into an empty table with the same columns and indexes."""
        async with self._db.write() as connection:
            made = text("SELECT sql FROM sqlite_master WHERE tbl_name = 'reminders' AND sql IS NOT NULL")
            for sql in (await connection.scalars(made)).all():
                bare = sql.replace("reminders", "bare")
                await connection.exec_driver_sql(bare)
            names = ", ".join(column.name for column in reminders.columns if column.name != "id")
            await connection.exec_driver_sql(f"INSERT INTO bare ({names}) SELECT {names} FROM reminders")  # noqa: S608 - our own names

    async def forget_the_plan(self) -> None:
        """Let every subscription be planned again."""
        async with self._db.write() as connection:
            await connection.execute(update(subscriptions).values(planned=None))

    async def multiply(self, times: int) -> None:
        """Make so many times as many reminders, of subscriptions that have no chat."""
        names = [column.name for column in reminders.columns if column.name not in {"id", "subscription_id"}]
        rest = ", ".join(names)
        for number in range(1, times):
            async with self._db.write() as connection:
                await connection.exec_driver_sql(
                    f"INSERT INTO reminders (subscription_id, {rest})"  # noqa: S608 - our own names
                    f" SELECT subscription_id + {number * 10_000_000}, {rest} FROM reminders"
                    " WHERE subscription_id < 10000000"
                )

    async def make_due(self, number: int, at: datetime) -> None:
        """Let one reminder each of so many subscriptions be due then, and none besides."""
        some = select(func.min(reminders.c.id)).group_by(reminders.c.subscription_id)
        some = some.order_by(reminders.c.subscription_id).limit(number)
        this = update(reminders).where(reminders.c.id.in_(some)).values(planned_for=at, due_at=at)
        async with self._db.write() as connection:
            await connection.execute(this)
