"""The outbox: notices, their deliveries, and those settled long ago."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_INSTANT = sa.DateTime(timezone=True)
_INDEXES = (
    ("due", ("priority", "due_at", "id"), "state = 'pending'"),
    ("leases", ("lease_until",), "state = 'sending'"),
    ("dead", ("id",), "state IN ('failed', 'unreachable', 'uncertain')"),
    ("groups", ("chat_id",), "state = 'pending' AND chat_id < 0"),
    ("settled", ("settled_at",), "settled_at IS NOT NULL"),
    ("doubtful", ("notice_id",), "doubts > 0"),
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "notices",
        sa.Column("id", sa.String(128), nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        *_what(),
        sa.Column("lease_until", _INSTANT),
        sa.Column("worker", sa.String(64)),
        sa.Column("handed_at", _INSTANT),
        sa.Column("error", sa.Text),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("settled_at", _INSTANT),
        *_constraints("deliveries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_notice_id_state", "deliveries", ["notice_id", "state"])
    for name, columns, condition in _INDEXES:
        where = sa.text(condition)
        op.create_index(
            f"ix_deliveries_{name}", "deliveries", columns, sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "archived_deliveries",
        sa.Column("id", sa.BigInteger, autoincrement=False, nullable=False),
        *_what(),
        sa.Column("error", sa.Text),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("settled_at", _INSTANT, nullable=False),
        *_constraints("archived_deliveries"),
    )
    op.create_index("ix_archived_deliveries_notice_id_state", "archived_deliveries", ["notice_id", "state"])


def downgrade() -> None:
    """Remove them with all they hold."""
    for table in ("archived_deliveries", "deliveries", "notices"):
        op.drop_table(table)


def _what() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("notice_id", sa.String(128), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("priority", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
    )


def _constraints(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("key", name=f"uq_{table}_key"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=f"fk_{table}_notices"),
    )
