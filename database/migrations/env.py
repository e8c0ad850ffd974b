"""How Alembic runs our migrations: on the open connection that database.schema hands over, inside its transaction."""

from alembic import context

from database.models import Model

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    target_metadata=Model.metadata,
    # SQLite cannot alter most things in place; batches copy the table instead and do nothing special on PostgreSQL.
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
