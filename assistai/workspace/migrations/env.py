"""Run by Alembic: migrate on the connection that the store passes in."""

from alembic import context

from assistai.workspace.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
