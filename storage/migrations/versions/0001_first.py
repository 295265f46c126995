"""The first tables: policies and what they state, chats, conversations, handled updates."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _policies()
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_chats"),
    )
    op.create_table(
        "conversations",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("state", sa.Text),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversations"),
    )
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])
    op.create_table(
        "handled_updates",
        sa.Column("update_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("handled_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_handled_updates"),
    )
    op.create_index("ix_handled_updates_handled_at", "handled_updates", ["handled_at"])


def downgrade() -> None:
    """Remove them with all they hold."""
    for table in ("handled_updates", "conversations", "chats", "facts", "policy_revisions"):
        op.drop_table(table)


def _policies() -> None:
    op.create_table(
        "policy_revisions",
        sa.Column("policy_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("saved_at", _INSTANT, nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("policy_id", "revision", name="pk_policy_revisions"),
    )
    op.create_index(
        "uq_policy_revisions_current",
        "policy_revisions",
        ["policy_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "facts",
        sa.Column("policy_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("fact_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("clause", sa.Text, nullable=False),
        sa.Column("due_day", sa.Date),
        sa.Column("due_precision", sa.String(8)),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("policy_id", "revision", "fact_id", name="pk_facts"),
        sa.ForeignKeyConstraint(
            ["policy_id", "revision"],
            ["policy_revisions.policy_id", "policy_revisions.revision"],
            name="fk_facts_policy_revisions",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_facts_due_day", "facts", ["due_day"])
