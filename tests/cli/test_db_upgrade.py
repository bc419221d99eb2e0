"""``plan-lifecycle db upgrade``: the owner migrates, and every verb then runs as the role that works."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url
from tests.cli.running import Run, answers
from tests.databases import PORTAL, WORKING, new_postgres, working_role
from tests.factories import fill, owe

from plan_lifecycle.settings import Settings
from plan_lifecycle.store.database import StoreRefusedError
from plan_lifecycle.store.migrations import HEAD
from plan_lifecycle.store_wiring import store_of

pytestmark = pytest.mark.enable_socket


def test_a_verb_runs_through_as_the_role_that_works_once_the_owner_has_upgraded(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = new_postgres()
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_URL", working_role(owner))
    refused = run("remind")
    assert (refused.code, "plan-lifecycle db upgrade" in refused.err) == (1, True)
    assert "Đề nghị người quản trị chạy “plan-lifecycle db upgrade”" in refused.err
    monkeypatch.setenv("PLAN_LIFECYCLE_MIGRATION_URL", owner)
    monkeypatch.setenv("PLAN_LIFECYCLE_PORTAL_ROLE", PORTAL)
    (done,) = answers(run("db", "upgrade", "--json"), "db-upgrade")
    assert done == {"before": None, "after": HEAD, "role": WORKING, "portal": PORTAL}
    monkeypatch.delenv("PLAN_LIFECYCLE_MIGRATION_URL")
    store = store_of(Settings())
    fill(store)
    owe(store)
    assert answers(run("remind", "--as-of", "2023-02-21", "--json"), "remind")[0]["letters"] == 1
    waived = run("review", "waive", "O1", "--by", "Trần Thị Bình", "--reason", "Do thiên tai.", "--as-of", "2023-02-21")
    assert waived.code == 0
    assert answers(run("audit", "verify", "--json"), "audit-verify")[0]["rows"] == 3
    with pytest.raises(StoreRefusedError, match="permission denied"), store.write() as connection:
        connection.exec_driver_sql("DELETE FROM audit WHERE number = 3")
    store.close()


def test_an_owner_that_cannot_be_reached_is_told_without_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = make_url(new_postgres()).set(password="geheim", query={"host": str(tmp_path)})
    monkeypatch.setenv("PLAN_LIFECYCLE_MIGRATION_URL", url.render_as_string(hide_password=False))
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_URL", working_role(url.render_as_string(hide_password=False)))
    told = run("db", "upgrade")
    assert (told.code, "geheim" in told.err) == (1, False)


def test_on_sqlite_it_only_upgrades(run: Run) -> None:
    told = run("db", "upgrade")
    assert (told.code, told.out) == (0, f"Cơ sở dữ liệu ở phiên bản {HEAD}.\n")
