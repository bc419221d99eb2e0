"""Bringing a database to the newest schema, with Alembic; a database that is there already costs one query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.engine import read_only

HEAD = "0035"
BASELINE = "0009"
"""The oldest version that is brought up to date. What came before it was put together into its one migration."""
BEFORE_BASELINE = "commit e1df735"
"""Where the migrations up to ``BASELINE`` still stand one by one."""
FOLDER = Path(__file__).parent


def migrate(engine: Engine) -> None:
    """Upgrade to HEAD. Two processes may call it at once: the second waits and finds the work done.

    Raises StoreError where a newer release has been at the database, or none since ``BASELINE``: it is left as it is.
    """
    version = current(engine)
    if version == HEAD:
        return
    if version is not None:
        _refuse_what_is_out_of_reach(version)
    _refuse_who_may_not(engine, version)
    with rebuilding(engine) as connection:
        upgrade_to(connection, HEAD)


def upgrade_to(connection: Connection, version: str) -> None:
    """Upgrade within a transaction of ``rebuilding``, not beyond ``version``. Raises StoreError."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, version)
    except CommandError as error:
        raise StoreError(
            f"cannot bring the schema to version {version}, expected that or an older one: {error}"
        ) from error


def _refuse_what_is_out_of_reach(version: str) -> None:
    """Say which version was found and what to do. Versions are four digits, so that they sort by age."""
    if version < BASELINE:
        raise StoreError(
            f"found a store of version {version}, expected {BASELINE} or newer; open it once with the software as of "
            f"{BEFORE_BASELINE}, which brings it to {BASELINE}, then with this one",
            vi=f"Cơ sở dữ liệu ở phiên bản {version}, cũ hơn phiên bản {BASELINE} là phiên bản cũ nhất còn nâng cấp "
            f"được. Đề nghị người quản trị sao lưu, mở một lần bằng phần mềm bản {BEFORE_BASELINE} để nâng lên "
            f"{BASELINE}, rồi mở lại bằng bản này.",
        )
    if version > HEAD:
        raise StoreError(
            f"found a store of version {version}, this release knows {HEAD}, expected that or an older one; "
            "use the release that was at it last, or restore the back-up from before it",
            vi=f"Cơ sở dữ liệu ở phiên bản {version}, mới hơn phiên bản {HEAD} của phần mềm này. Đề nghị người quản "
            "trị dùng bản phần mềm mới hơn, hoặc khôi phục bản sao lưu trước khi nâng cấp.",
        )


def _refuse_who_may_not(engine: Engine, version: str | None) -> None:
    """Say what to do where the role works and does not own: another one migrates (``store.roles``)."""
    if engine.dialect.name != "postgresql":
        return
    query = text(
        "SELECT has_schema_privilege(current_schema(), 'CREATE') AND coalesce(pg_has_role(current_user,"
        " (SELECT relowner FROM pg_class WHERE oid = to_regclass('alembic_version')), 'USAGE'), true)"
    )
    with read_only(engine) as connection:
        may = connection.execute(query).scalar_one()
    if not may:
        raise StoreError(
            f"found a store of version {version or 'none'}, this release needs {HEAD}, and the role "
            f"{engine.url.username!r} may not migrate it; run `plan-lifecycle db upgrade` with the owner in "
            "PLAN_LIFECYCLE_MIGRATION_URL",
            vi=f"Cơ sở dữ liệu chưa ở phiên bản {HEAD} và chương trình này không có quyền nâng cấp. Đề nghị người quản "
            "trị chạy “plan-lifecycle db upgrade” với vai trò sở hữu (PLAN_LIFECYCLE_MIGRATION_URL).",
        )


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be rebuilt.

    PostgreSQL lets one process in at a time. SQLite changes a constraint by copying the table, and dropping the old
    one would strike whatever refers to it: foreign keys rest meanwhile, and are checked before the end.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(7162023)"))
                yield connection
            return
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if connection.execute(text("PRAGMA foreign_key_check")).first():
                    raise StoreError("found rows that refer to nothing, expected a sound database")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
            driver.close()


def current(engine: Engine) -> str | None:
    """The version that the database is at; None where it is empty."""
    with read_only(engine) as connection:
        if not inspect(connection).has_table("alembic_version") or not _may_read_version(connection):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _may_read_version(connection: Connection) -> bool:
    """Whether the role was given its rights yet; without them the store is as good as not migrated."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.execute(text("SELECT has_table_privilege('alembic_version', 'SELECT')")).scalar_one())
