"""A file in the shared folder is taken in when it is complete, and cleared away once it is safe."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.databases import store, url
from tests.documents.hostile import flat_bomb
from tests.factories import day, fill, make_office, obligation_of, owe, plan_file

from plan_lifecycle.channels import FolderChannel
from plan_lifecycle.channels.folder import NOTE, SETTLED_AFTER
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.lifecycle.collect import Collected, collect
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import arrival

__all__ = ["store", "url"]

PLACE = "bb-binh-an/sub_plan-2023"


@pytest.fixture
def inbox(store: Store, tmp_path: Path) -> Path:
    """Xã Bình An owes its plan."""
    fill(store)
    owe(store)
    folder = tmp_path / "inbox"
    (folder / PLACE).mkdir(parents=True)
    return folder


def laid(inbox: Path, data: bytes, name: str = "ke-hoach.docx", *, age: float = 0) -> Path:
    path = inbox / PLACE / name
    path.write_bytes(data)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def run(store: Store, inbox: Path, at: str = "2023-02-20") -> Collected:
    return collect(make_office(store), [FolderChannel(inbox)], day(at))


def files(inbox: Path) -> list[str]:
    return sorted(str(path.relative_to(inbox)) for path in inbox.rglob("*") if path.is_file())


def test_a_file_that_is_safe_is_moved_with_a_note(store: Store, inbox: Path) -> None:
    laid(inbox, plan_file())
    assert run(store, inbox).arrived == 1
    assert files(inbox) == [f"done/{PLACE}/ke-hoach.docx", f"done/{PLACE}/ke-hoach.docx{NOTE}"]
    assert "Đã tiếp nhận" in (inbox / f"done/{PLACE}/ke-hoach.docx{NOTE}").read_text(encoding="utf-8")
    assert run(store, inbox).arrived == 0
    assert obligation_of(store).state is ObligationState.MET


def test_what_the_gate_refuses_goes_to_refused_and_its_bytes_to_quarantine(store: Store, inbox: Path) -> None:
    data = flat_bomb(200)
    laid(inbox, data)
    done = run(store, inbox)
    assert (done.arrived, done.refused) == (1, 1)
    assert files(inbox)[0] == f"refused/{PLACE}/ke-hoach.docx"
    with store.read() as connection:
        row = connection.execute(select(arrival)).one()
    assert (row.state, row.quarantined) == ("refused", True)
    assert store.quarantine.get(row.blob) == data
    assert not store.blobs.path(row.blob).exists()


def test_the_same_name_again_does_not_overwrite(store: Store, inbox: Path) -> None:
    for number in ("07", "08"):
        laid(inbox, plan_file(number=number))
        run(store, inbox)
    assert [name for name in files(inbox) if not name.endswith(NOTE)] == [
        f"done/{PLACE}/ke-hoach (2).docx",
        f"done/{PLACE}/ke-hoach.docx",
    ]


def test_what_was_received_before_is_moved_too(store: Store, inbox: Path) -> None:
    for _ in range(2):
        laid(inbox, plan_file())
        run(store, inbox)
    notes = [inbox.joinpath(name).read_text(encoding="utf-8") for name in files(inbox) if name.endswith(NOTE)]
    assert "Tệp này đã được nhận trước đó.\n" in notes


@pytest.mark.parametrize("data", [b"", plan_file()[:2000], b"%PDF-1.7\n1 0 obj", b"\xff\xd8\xff\xe0 half"])
def test_a_file_that_is_still_being_copied_waits(store: Store, inbox: Path, data: bytes) -> None:
    laid(inbox, data)
    assert run(store, inbox).arrived == 0
    assert files(inbox) == [f"{PLACE}/ke-hoach.docx"]


def test_one_that_stays_cut_off_is_damaged_and_taken_in(store: Store, inbox: Path) -> None:
    laid(inbox, plan_file()[:2000], age=SETTLED_AFTER + 60)
    assert run(store, inbox).refused == 1


def test_an_old_kind_is_done_and_counts_in_time(store: Store, inbox: Path) -> None:
    laid(inbox, b"Rar!\x1a\x07\x01\x00" + b"\0" * 100, "ke-hoach.rar")
    assert run(store, inbox).arrived == 1
    assert files(inbox)[0] == f"done/{PLACE}/ke-hoach.rar"


def test_a_full_disk_leaves_the_file_where_it_is(store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    laid(inbox, plan_file())
    with monkeypatch.context() as patched:
        patched.setattr("plan_lifecycle.store.blobs.Blobs._write", full)
        done = run(store, inbox)
    assert done.arrived == 0
    assert "No space left" in done.faults[0]
    assert files(inbox) == [f"{PLACE}/ke-hoach.docx"]
    assert run(store, inbox).arrived == 1


def test_a_file_that_cannot_be_moved_is_told_and_not_taken_twice(
    store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    laid(inbox, plan_file())
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refused)
        done = run(store, inbox)
    assert done.arrived == 1
    assert "Permission denied" in done.faults[0]
    assert run(store, inbox).arrived == 0
    assert f"done/{PLACE}/ke-hoach.docx" in files(inbox)
