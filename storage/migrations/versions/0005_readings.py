"""Readings: texts that were read and wait for a person to confirm them, and the originals of revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "readings",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("person_id", sa.BigInteger, nullable=False),
        sa.Column("policy", sa.JSON, nullable=False),
        sa.Column("unread", sa.JSON, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
    )
    op.create_index("ix_readings_person_id", "readings", ["person_id"])
    op.create_index("ix_readings_created_at", "readings", ["created_at"])
    op.create_table(
        "documents",
        sa.Column("policy_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("policy_id", "revision", name="pk_documents"),
        sa.ForeignKeyConstraint(
            ["policy_id", "revision"],
            ["policy_revisions.policy_id", "policy_revisions.revision"],
            name="fk_documents_policy_revisions",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Remove them with all they hold."""
    op.drop_table("documents")
    op.drop_table("readings")
