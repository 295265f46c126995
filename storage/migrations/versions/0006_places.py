"""Places: who answered a reminder, what is silenced, invitations, calendar addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables and columns."""
    op.add_column("standings", sa.Column("acknowledged_name", sa.Text))
    op.add_column("standings", sa.Column("done_name", sa.Text))
    op.create_table(
        "silenced",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("event_key", sa.String(96), nullable=False),
        sa.Column("silenced_by", sa.BigInteger, nullable=False),
        sa.Column("silenced_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", "event_key", name="pk_silenced"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("policy_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("fact_id", sa.String(16), nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("used_at", _INSTANT),
        sa.Column("used_by", sa.BigInteger),
        sa.Column("used_chat_id", sa.BigInteger),
        sa.Column("used_thread_id", sa.BigInteger),
        sa.Column("revoked_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("digest", name="uq_invitations_digest"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("chat_id", "thread_id", name="uq_feeds_place"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Remove them with all they hold."""
    for table in ("feeds", "invitations", "silenced"):
        op.drop_table(table)
    for column in ("done_name", "acknowledged_name"):
        op.drop_column("standings", column)
