"""Write the next migration from the difference between the tables and an empty database brought to HEAD.

python scripts/make_migration.py 0014 "Record bounces beside contacts"
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from plan_lifecycle.store.engine import make_engine
from plan_lifecycle.store.migrations import FOLDER, HEAD, migrate
from plan_lifecycle.store.tables import metadata

TEMPLATE = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

import plan_lifecycle.store.tables

revision = "{revision}"
down_revision = "{down}"


def upgrade() -> None:
{body}
'''


def main(revision: str, title: str) -> None:
    """Write versions/<revision>.py; HEAD in the package is then set by hand."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'store.db'}")
        migrate(engine)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"render_as_batch": True})
            script = produce_migrations(context, metadata)
    body = render_python_code(script.upgrade_ops, render_as_batch=True)
    body = "\n".join(line for line in ("    " + body).splitlines() if "###" not in line)
    path = FOLDER / "versions" / f"{revision}.py"
    path.write_text(TEMPLATE.format(title=title, revision=revision, down=HEAD, body=body))
    print(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
