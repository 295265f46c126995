"""Two texts of one policy: what a person decided about a text that was read beside the one held."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the columns."""
    op.add_column("readings", sa.Column("relation", sa.String(16)))
    op.add_column("readings", sa.Column("taken", sa.JSON))


def downgrade() -> None:
    """Remove them with all they hold."""
    op.drop_column("readings", "taken")
    op.drop_column("readings", "relation")
