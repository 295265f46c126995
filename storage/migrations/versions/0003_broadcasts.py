"""Broadcasts and what they need: who follows what, other channels' addresses, opting out, the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_INSTANT = sa.DateTime(timezone=True)
_GROUPS = {
    "0002": "state = 'pending' AND chat_id < 0",
    "0003": "state IN ('pending', 'held') AND chat_id < 0",
}


def upgrade() -> None:
    """Make the tables and columns."""
    op.add_column("chats", sa.Column("broadcasts", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("chats", sa.Column("former_id", sa.BigInteger))
    op.create_index("ix_chats_former_id", "chats", ["former_id"])
    op.create_index("ix_chats_updated_at", "chats", ["updated_at"])
    op.add_column("deliveries", sa.Column("edits", sa.BigInteger))
    _index_groups("0003")
    for table in ("deliveries", "archived_deliveries"):  # by id too: PostgreSQL reads a notice's in pages
        op.create_index(f"ix_{table}_notice_id_state_id", table, ["notice_id", "state", "id"])
        op.drop_index(f"ix_{table}_notice_id_state", table)
    op.create_table(
        "subscriptions",
        sa.Column("id", _id(), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("policy_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("fact_id", sa.String(16), nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint(
            "chat_id", "thread_id", "policy_id", "kind", "fact_id", name="uq_subscriptions_what_for_whom"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_what", "subscriptions", ["policy_id", "kind", "fact_id", "chat_id"])
    op.create_table(
        "addresses",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_addresses"),
    )
    _broadcasts()
    op.create_table(
        "audit_log",
        sa.Column("id", _id(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("actor_id", sa.BigInteger, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_log_subject", "audit_log", ["subject", "id"])


def downgrade() -> None:
    """Remove them with all they hold."""
    for table in ("audit_log", "broadcasts", "addresses", "subscriptions"):
        op.drop_table(table)
    for table in ("deliveries", "archived_deliveries"):
        op.create_index(f"ix_{table}_notice_id_state", table, ["notice_id", "state"])
        op.drop_index(f"ix_{table}_notice_id_state_id", table)
    _index_groups("0002")
    op.drop_column("deliveries", "edits")
    op.drop_index("ix_chats_updated_at", "chats")
    op.drop_index("ix_chats_former_id", "chats")
    op.drop_column("chats", "former_id")
    op.drop_column("chats", "broadcasts")


def _index_groups(revision: str) -> None:
    where = sa.text(_GROUPS[revision])
    op.drop_index("ix_deliveries_groups", "deliveries")
    op.create_index(
        "ix_deliveries_groups", "deliveries", ["chat_id"], sqlite_where=where, postgresql_where=where
    )


def _broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("original", sa.String(16)),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("audience", sa.JSON, nullable=False),
        sa.Column("author_id", sa.BigInteger, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("start_at", _INSTANT, nullable=False),
        sa.Column("started_at", _INSTANT),
        sa.Column("ended_at", _INSTANT),
        sa.Column("checkpoint", sa.BigInteger),
        sa.Column("spread", sa.Boolean, nullable=False),
        sa.Column("recipients", sa.Integer, nullable=False),
        sa.Column("expected", sa.Integer, nullable=False),
        sa.Column("card_chat_id", sa.BigInteger),
        sa.Column("card_message_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.ForeignKeyConstraint(["id"], ["notices.id"], name="fk_broadcasts_notices"),
        sa.ForeignKeyConstraint(["original"], ["broadcasts.id"], name="fk_broadcasts_broadcasts"),
    )
    op.create_index("ix_broadcasts_created_at", "broadcasts", ["created_at"])
    active = sa.text("state IN ('scheduled', 'running', 'paused')")
    op.create_index(
        "ix_broadcasts_active",
        "broadcasts",
        ["start_at"],
        sqlite_where=active,
        postgresql_where=active,
    )


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")
