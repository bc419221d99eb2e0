"""Write down the schema of HEAD as each database has it, for the test that brings a store of that day up to date.

python scripts/freeze_schema.py

Migrations may later be put together into one; what a store of today looks like must not be forgotten with them.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from sqlalchemy import event  # noqa: E402
from tests.databases import migrated_sqlite, new_postgres  # noqa: E402

from plan_lifecycle.store.engine import make_engine  # noqa: E402
from plan_lifecycle.store.migrations import HEAD, migrate  # noqa: E402

FOLDER = ROOT / "tests" / "store" / "heads"
_STAMP = f"INSERT INTO alembic_version (version_num) VALUES ('{HEAD}');"  # noqa: S608


def main() -> None:
    """Write tests/store/heads/<HEAD>.sqlite.sql and <HEAD>.postgresql.sql."""
    FOLDER.mkdir(exist_ok=True)
    for dialect, statements in (("sqlite", _of_sqlite()), ("postgresql", _of_postgres())):
        path = FOLDER / f"{HEAD}.{dialect}.sql"
        path.write_text("\n\n".join([*statements, _STAMP]) + "\n")
        print(path)


def _of_sqlite() -> list[str]:
    """What SQLite itself keeps of each statement."""
    engine = make_engine(f"sqlite:///{migrated_sqlite()}")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        statements = ["\n".join(map(str.rstrip, row.sql.strip().splitlines())) + ";" for row in rows]
    engine.dispose()
    return statements


def _of_postgres() -> list[str]:
    """What the migrations say to an empty database."""
    engine = make_engine(new_postgres())
    said: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        lines = [line.rstrip() for line in statement.strip().splitlines() if line.strip()]
        said.append("\n".join(lines) + ";")

    migrate(engine)
    engine.dispose()
    return [each for each in said if each.startswith(("CREATE", "ALTER"))]


if __name__ == "__main__":
    main()
