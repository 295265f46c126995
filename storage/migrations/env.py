"""What Alembic runs: the steps go through the connection and transaction that `Database.migrate` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
