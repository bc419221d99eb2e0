"""Back-ups: taken while work goes on, restored into either kind of database, and never half."""

from __future__ import annotations

import gzip
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.databases import as_owner, migrated_copy, new_postgres, working_role
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, arrival, day, fill, make_office, owe, plan_file, plan_row
from tests.fakes import FakeChannel
from tests.store.damages import DAMAGES, HOSTILE

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store import audit, backup, units
from plan_lifecycle.store.backup import _plain, back_up, copy_rows, restore
from plan_lifecycle.store.blobs import Blobs
from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.engine import Store, make_engine, open_store
from plan_lifecycle.store.migrations import HEAD, rebuilding, upgrade_to
from plan_lifecycle.store.tables import letter, metadata, unit

pytestmark = pytest.mark.enable_socket
NOW = day("2023-02-21")


@pytest.fixture
def worked(store: Store) -> Store:
    """A store with a bit of everything: units, a plan, papers, letters, acts."""
    fill(store)
    plan_id = plan_row(store, blob=store.blobs.put(plan_file()))
    for commune in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, commune, plan_id=plan_id)
    office = make_office(store, accept_clean=True)
    collect(office, [FakeChannel([arrival(plan_file(), BINH_AN, key="1"), arrival(b"?", key="2")])], NOW)
    remind(office, NOW)
    return store


@pytest.fixture
def kept(worked: Store, tmp_path: Path) -> Path:
    done = back_up(worked, tmp_path / "kept", NOW)
    assert done.whole
    return tmp_path / "kept"


def counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        asked = {table.name: select(func.count()).select_from(table) for table in metadata.sorted_tables}
        return {name: connection.execute(query).scalar_one() for name, query in asked.items()}


def put_back(kept: Path, url: str, folder: Path, *, replace: bool = False) -> Store:
    """The store that the back-up was restored into."""
    restore(kept, url, url, Blobs(folder, durable=False), replace=replace)
    return open_store(url, folder, durable=False)


def test_a_restored_store_holds_the_same_rows_and_files_in_either_kind_of_database(
    worked: Store, kept: Path, tmp_path: Path, empty_url: str
) -> None:
    restored = put_back(kept, empty_url, tmp_path / "other")
    assert counts(restored) == counts(worked)
    assert sum(counts(restored).values()) > 30
    again = back_up(restored, tmp_path / "again", NOW)
    first = json.loads((kept / "manifest.json").read_text())
    assert json.loads((tmp_path / "again" / "manifest.json").read_text()) == first
    assert again.head == first["head"] is not None
    with restored.read() as connection:
        assert audit.verify(connection).broken is None
    restored.close()


def test_work_goes_on_in_a_restored_store(kept: Path, tmp_path: Path, empty_url: str) -> None:
    """New rows are numbered after those that came, and what was done before is not done twice."""
    restored = put_back(kept, empty_url, tmp_path / "other")
    office, before = make_office(restored, accept_clean=True), counts(restored)
    collect(office, [FakeChannel([arrival(plan_file(), BINH_AN, key="1")])], NOW)
    remind(office, NOW)
    assert counts(restored) == before
    collect(office, [FakeChannel([arrival(plan_file(), HOA_THANG, key="3")])], NOW)
    assert counts(restored)["arrival"] == before["arrival"] + 1
    restored.close()


def test_a_back_up_is_of_one_moment_though_others_write_meanwhile(
    worked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, opened = counts(worked), gzip.open

    def while_writing(*arguments: object, **options: object) -> object:
        number = counts(worked)["unit"]
        with worked.write() as connection:
            units.save_units(connection, [Unit(f"xa-{number}", f"xã Mới {number}", UnitKind.COMMUNE, 3)])
        return opened(*arguments, **options)  # type: ignore[arg-type, call-overload]

    monkeypatch.setattr(backup.gzip, "open", while_writing)
    done = back_up(worked, tmp_path / "kept", NOW)
    monkeypatch.undo()
    assert counts(worked)["unit"] > before["unit"] + 20
    assert done.rows == sum(before.values())


def test_a_store_that_holds_rows_is_replaced_only_on_demand(worked: Store, kept: Path, tmp_path: Path) -> None:
    url = migrated_copy(tmp_path / "full.db")
    other = open_store(url, tmp_path / "other", durable=False)
    with other.write() as connection:
        units.save_units(connection, [Unit("xa", "xã Khác", UnitKind.COMMUNE, 3)])
    with pytest.raises(StoreError, match="--replace"):
        put_back(kept, url, tmp_path / "other")
    assert counts(other)["unit"] == 1
    other.close()
    restored = put_back(kept, url, tmp_path / "other", replace=True)
    assert counts(restored) == counts(worked)
    restored.close()


def test_on_postgresql_the_owner_replaces_and_the_role_that_works_gets_its_rights_back(
    kept: Path, tmp_path: Path
) -> None:
    owner = new_postgres()
    for replace in (False, True):
        done = restore(kept, owner, working_role(owner), Blobs(tmp_path / "b"), replace=replace)
        assert done.role == "office"
    working = open_store(working_role(owner), tmp_path / "b", durable=False)
    remind(make_office(working), day("2023-02-27"))
    working.close()


def test_an_older_back_up_is_brought_to_this_release(
    tmp_path: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.db'}")
    row = "INSERT INTO unit (id, name, kind, level, standing) VALUES ('xa', 'xã Cũ', 'commune', 3, 'ordered')"
    with rebuilding(engine) as connection:
        upgrade_to(connection, "0009")
        connection.exec_driver_sql(row)
    old = Store(engine, Blobs(tmp_path / "old-blobs"))
    monkeypatch.setattr(backup, "HEAD", "0009")
    monkeypatch.setattr(backup.audit, "head", lambda connection: None)  # the trail had no keys then
    back_up(old, tmp_path / "kept", NOW)
    monkeypatch.undo()
    old.close()
    restored = put_back(tmp_path / "kept", empty_url, tmp_path / "other")
    with restored.read() as connection:
        assert connection.execute(select(unit.c.name)).scalars().all() == ["xã Cũ"]
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == HEAD
    restored.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_damaged_back_up_is_refused_and_the_store_stays_as_it_was(worked: Store, kept: Path, tmp_path: Path) -> None:
    """The store that it would replace is the one that it was taken of."""
    before, url = counts(worked), str(worked.engine.url)
    for damage in DAMAGES:
        damaged = tmp_path / damage.__name__
        shutil.copytree(kept, damaged)
        damage(damaged)
        with pytest.raises((StoreError, InputError)):
            put_back(damaged, url, tmp_path / "other", replace=True)
        assert counts(worked) == before, damage.__name__


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_hostile_back_up_ends_in_a_refusal_and_nothing_of_it_counts(
    worked: Store, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links, pipes, devices, sparse files, what unfolds without end: each is refused before it costs anything."""
    monkeypatch.setattr(_plain, "LARGEST_FILE", 60_000)
    before, url = counts(worked), str(worked.engine.url)
    for name, make in HOSTILE.items():
        folder = tmp_path / name
        shutil.copytree(kept, folder)
        make(folder)
        with pytest.raises((StoreError, InputError)):
            put_back(folder, url, tmp_path / "other", replace=True)
        assert counts(worked) == before, name


def test_nobody_but_the_owner_may_read_a_back_up_whatever_folder_it_was_put_into(worked: Store, tmp_path: Path) -> None:
    """A folder that was there before may be open to others."""
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    back_up(worked, folder, NOW)
    open_to_others = [path for path in folder.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_a_kept_file_that_is_damaged_or_gone_is_told_and_the_rest_is_kept(worked: Store, tmp_path: Path) -> None:
    with worked.read() as connection:
        first, second, *_ = connection.execute(select(letter.c.blob).order_by(letter.c.id)).scalars()
    for digest in (first, second):
        worked.blobs.path(digest).chmod(0o600)
    worked.blobs.path(first).unlink()
    worked.blobs.path(second).write_bytes(b"")
    done = back_up(worked, tmp_path / "kept", NOW)
    assert {name.partition(": ")[2] for name in done.missing} == {first, second}
    assert len(done.damaged) == 1
    assert not done.whole
    restored = put_back(tmp_path / "kept", migrated_copy(tmp_path / "new.db"), tmp_path / "other")
    assert counts(restored) == counts(worked)
    restored.close()


def test_a_folder_that_holds_something_is_not_written_into(worked: Store, kept: Path) -> None:
    with pytest.raises(InputError, match="found 'a back-up', expected an empty or a new folder"):
        back_up(worked, kept, NOW)


def test_a_store_is_copied_into_an_empty_database_of_the_other_kind(worked: Store, tmp_path: Path) -> None:
    kind = worked.engine.dialect.name
    target = new_postgres() if kind == "sqlite" else f"sqlite:///{tmp_path / 'copy.db'}"
    done = copy_rows(worked, target)
    assert done.rows == sum(counts(worked).values())
    copied = open_store(target, worked.blobs.root, durable=False)
    assert counts(copied) == counts(worked)
    with as_owner(copied.engine) as connection:
        assert connection.execute(select(unit.c.valid_from).where(unit.c.id == BINH_AN.id)).scalar_one() in (
            None, date(1, 1, 1), BINH_AN.valid_from
        )  # fmt: skip
    with pytest.raises(StoreError, match="expected an empty one"):
        copy_rows(worked, target)
    copied.close()
