"""Alembic's entry point: runs the migrations on the connection that ``migrate`` hands over."""

from alembic import context

from plan_lifecycle.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
