"""``plan-lifecycle backup``, ``restore`` and ``db copy``, as an administrator calls them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import Run, answers
from tests.databases import new_postgres, working_role
from tests.factories import BINH_AN, owe, plan_file, plan_row

from plan_lifecycle.store.engine import Store

pytestmark = pytest.mark.enable_socket


def test_a_store_is_backed_up_and_put_back_where_there_is_none(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(store, BINH_AN, plan_id=plan_row(store, blob=store.blobs.put(plan_file())))
    waived = run("review", "waive", "O1", "--by", "Trần Thị Bình", "--reason", "Do thiên tai.", "--as-of", "2023-02-21")
    assert waived.code == 0
    folder = tmp_path / "sao-luu"
    (kept,) = answers(run("backup", str(folder), "--json"), "backup")
    assert (kept["damaged"], kept["missing"]) == ([], [])
    full = run("restore", str(folder), "--by", "Lê Văn An")
    assert (full.code, "chỉ khôi phục đè lên khi người quản trị chọn rõ" in full.err) == (1, True)
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path / "may-moi"))
    (back,) = answers(run("restore", str(folder), "--by", "Lê Văn An", "--json"), "restore")
    assert (back["rows"], back["head"]) == (kept["rows"], kept["head"])
    (sent,) = answers(run("send", "--json"), "send")
    assert "Khôi phục từ bản sao lưu lúc" in sent["paused"]
    (trail,) = answers(run("audit", "verify", "--head", kept["head"], "--json"), "audit-verify")
    assert (trail["intact"], trail["head_found"]) == (True, True)


def test_in_words_it_says_what_was_kept_and_what_was_wrong(run: Run, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "sao-luu"
    told = run("backup", str(folder))
    assert told.out.startswith("Đã sao lưu ")
    again = run("backup", str(folder))
    assert (again.code, "Thư mục sao lưu phải trống hoặc chưa có." in again.err) == (2, True)
    (folder / "manifest.json").unlink()
    half = run("restore", str(folder), "--by", "Lê Văn An")
    assert (half.code, "Thư mục không phải là bản sao lưu hoàn chỉnh" in half.err) == (2, True)


def test_a_database_that_cannot_be_reached_is_told_in_a_line_without_its_password(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sao-luu"
    assert run("backup", str(folder)).code == 0
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_URL", f"postgresql://x:geheim@/x?host={tmp_path}")
    told = run("restore", str(folder), "--by", "Lê Văn An")
    assert (told.code, "geheim" in told.err, told.err.startswith("plan-lifecycle: ")) == (1, False, True)


def test_from_sqlite_to_postgresql(run: Run, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = new_postgres()
    (done,) = answers(run("db", "copy", "--to", owner, "--json"), "db-copy")
    assert done["tables"] > 40
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_URL", working_role(owner))
    monkeypatch.setenv("PLAN_LIFECYCLE_MIGRATION_URL", owner)
    assert run("db", "upgrade").code == 0
    assert answers(run("remind", "--as-of", "2023-02-21", "--json"), "remind")[0]["letters"] == 0
