"""The portal's role at PostgreSQL: what it takes in it may write, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import ADMIN, PORTAL, WORKING, as_role, new_postgres, upgraded_postgres, working_role
from tests.store.test_roles import _psql

from plan_lifecycle.store.database import StoreError, StoreRefusedError
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.portal_role import UNREAD, WRITES, portal_rights
from plan_lifecycle.store.roles import upgrade
from plan_lifecycle.store.tables import metadata

NOT_THE_PORTALS = (
    "UPDATE unit SET name = 'x'",
    "UPDATE contact SET email = 'x@example.vn'",
    "DELETE FROM contact",
    "INSERT INTO plan DEFAULT VALUES",
    "UPDATE plan SET number = '1'",
    "DELETE FROM obligation",
    "INSERT INTO obligation DEFAULT VALUES",
    "DELETE FROM submission",
    "DELETE FROM letter",
    "DELETE FROM figure",
    "INSERT INTO setting_change DEFAULT VALUES",
    "INSERT INTO suspension DEFAULT VALUES",
    "UPDATE report SET version = 9",
    "UPDATE link_generation SET generation = 0",
    "SELECT * FROM message",
    "SELECT * FROM list_upload",
    "SELECT * FROM score",
    "UPDATE audit SET by = 'x'",
    "DELETE FROM audit",
    "CREATE TABLE other (number integer)",
    f"SET ROLE {WORKING}",
)


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A migrated store, opened by the portal's role."""
    store = open_store(as_role(upgraded_postgres(), PORTAL), tmp_path_factory.mktemp("blobs"), durable=False)
    yield store
    store.close()


@pytest.mark.parametrize("statement", NOT_THE_PORTALS)
def test_what_is_not_the_portals_it_can_neither_read_nor_change(portals: Store, statement: str) -> None:
    with pytest.raises(StoreRefusedError, match="permission denied"), portals.write() as connection:
        connection.exec_driver_sql(statement)


def test_its_rights_are_of_tables_that_there_are() -> None:
    """A table that a migration adds is read and not written until somebody says otherwise."""
    names = {table.name for table in metadata.sorted_tables}
    assert names >= UNREAD | set(WRITES)
    assert not UNREAD & set(WRITES)
    assert set(portal_rights()) == names - UNREAD | {"alembic_version"}


def test_a_member_of_the_role_that_works_is_refused_and_the_guide_says_how_to_take_it_out(tmp_path: Path) -> None:
    """As installations were made before."""
    owner = new_postgres()
    admin = as_role(owner, ADMIN)
    _psql(admin, f"CREATE ROLE old_portal LOGIN IN ROLE {WORKING}")
    with pytest.raises(StoreError, match=r"docs/operations\.md") as told:
        upgrade(owner, working_role(owner), "old_portal")
    assert "đang thuộc vai trò" in told.value.for_user
    _psql(admin, f"REVOKE {WORKING} FROM old_portal")
    assert upgrade(owner, working_role(owner), "old_portal").portal == "old_portal"
    open_store(as_role(owner, "old_portal"), tmp_path, durable=False).close()
