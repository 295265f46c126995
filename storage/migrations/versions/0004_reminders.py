"""Reminders: settings of subscriptions, added dates, what is planned, what is told, what chats said to it."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables and columns, and the three dates of every year."""
    for column in (
        sa.Column("profile_id", sa.Integer, nullable=False, server_default="0"),
        sa.Column("muted_until", _INSTANT),
        sa.Column("planned", sa.String(16)),
    ):
        op.add_column("subscriptions", column)
    op.create_table(
        "reminder_profiles",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_profiles"),
        sa.UniqueConstraint("settings", name="uq_reminder_profiles_settings"),
    )
    _dates()
    op.create_table(
        "occurrences",
        sa.Column("id", _id(), nullable=False),
        sa.Column("event_key", sa.String(96), nullable=False),
        sa.Column("occurrence", sa.String(16), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_occurrences"),
        sa.UniqueConstraint("event_key", "occurrence", name="uq_occurrences_what"),
        sqlite_autoincrement=True,
    )
    _plan()
    _reminders()
    op.create_table(
        "standings",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("occurrence_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("told_day", sa.Date),
        sa.Column("told_lead", sa.SmallInteger),
        sa.Column("told_at", _INSTANT),
        sa.Column("acknowledged_at", _INSTANT),
        sa.Column("acknowledged_by", sa.BigInteger),
        sa.Column("done_at", _INSTANT),
        sa.Column("done_by", sa.BigInteger),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", "occurrence_id", name="pk_standings"),
    )


def downgrade() -> None:
    """Remove them with all they hold."""
    for table in (
        "standings",
        "reminders",
        "plan_state",
        "plan_subjects",
        "plan_moments",
        "occurrences",
        "dates",
        "reminder_profiles",
    ):
        op.drop_table(table)
    for column in ("planned", "muted_until", "profile_id"):
        op.drop_column("subscriptions", column)


def _dates() -> None:
    dates = op.create_table(
        "dates",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text),
        sa.Column("policy_id", sa.String(32), nullable=False),
        sa.Column("department_id", sa.String(16), nullable=False),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("days", sa.SmallInteger, nullable=False),
        sa.Column("rule", sa.Text),
        sa.Column("lunar", sa.String(5)),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dates"),
        sqlite_autoincrement=True,
    )
    made = datetime(2026, 1, 1, tzinfo=UTC)
    op.bulk_insert(
        dates,
        [
            {
                "kind": "date",
                "name": name,
                "name_en": english,
                "policy_id": "",
                "department_id": "",
                "first": first,
                "days": days,
                "rule": "FREQ=YEARLY",
                "created_by": 0,
                "created_at": made,
                "updated_at": made,
            }
            for name, english, first, days in (
                ("消费者权益日", "Consumer Rights Day", date(2015, 3, 15), 1),
                ("质量月", "Quality Month", date(2015, 9, 1), 30),
                # The day opens its publicity week.
                ("世界标准日", "World Standards Day", date(2015, 10, 14), 7),
            )
        ],
    )


def _plan() -> None:
    op.create_table(
        "plan_moments",
        sa.Column("profile_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("occurrence_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("lead", sa.SmallInteger, autoincrement=False, nullable=False),
        sa.Column("planned_for", _INSTANT, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("profile_id", "occurrence_id", "lead", name="pk_plan_moments"),
    )
    op.create_table(
        "plan_subjects",
        sa.Column("policy_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("fact_id", sa.String(16), nullable=False),
        sa.Column("occurrence_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("policy_id", "kind", "fact_id", "occurrence_id", name="pk_plan_subjects"),
    )
    op.create_table(
        "plan_state",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_state"),
    )


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", _id(), nullable=False),
        sa.Column("subscription_id", sa.BigInteger, nullable=False),
        sa.Column("occurrence_id", sa.BigInteger, nullable=False),
        sa.Column("lead", sa.SmallInteger, nullable=False),
        sa.Column("repetition", sa.SmallInteger, nullable=False),
        sa.Column("planned_for", _INSTANT, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("planned_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(12)),
        sa.Column("ended_at", _INSTANT),
        sa.Column("notice_id", sa.String(128)),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint(
            "subscription_id", "occurrence_id", "lead", "repetition", name="uq_reminders_what_for_whom"
        ),
        sqlite_autoincrement=True,
    )
    planned, missed = sa.text("state = 'planned'"), sa.text("state = 'missed'")
    op.create_index(
        "ix_reminders_due",
        "reminders",
        ["due_at", "subscription_id"],
        sqlite_where=planned,
        postgresql_where=planned,
    )
    op.create_index(
        "ix_reminders_missed", "reminders", ["ended_at"], sqlite_where=missed, postgresql_where=missed
    )


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")
