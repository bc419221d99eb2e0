"""Lists that coordinators brought, as the store keeps them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.factories import day

from plan_lifecycle.store import list_uploads
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.list_uploads import ListKind

NOW = day("2023-02-13")


def values(**changed: object) -> dict[str, Any]:
    return {
        "kind": ListKind.PEOPLE,
        "province": "tỉnh Bình Thuận",
        "as_of": date(2023, 2, 13),
        "file_name": "nguoi.xlsx",
        "blob": "a" * 64,
        "uploaded_by": "Trần Thị Hoa",
        "uploaded_at": NOW,
        **changed,
    }


def test_the_same_list_is_kept_once_and_another_day_or_kind_is_another_list(store: Store) -> None:
    with store.write() as connection:
        first = list_uploads.keep(connection, values())
        assert list_uploads.keep(connection, values(file_name="khac.xlsx", uploaded_by="An")) == first
        other = list_uploads.keep(connection, values(as_of=date(2023, 2, 14)))
        units = list_uploads.keep(connection, values(kind=ListKind.UNITS, file_name="", blob=""))
        assert list_uploads.keep(connection, values(kind=ListKind.UNITS, file_name="", blob="")) == units
        assert [one.id for one in list_uploads.newest(connection, 2)] == [units, other]
        kept = list_uploads.get(connection, first)
        assert list_uploads.get(connection, 99) is None
    assert kept is not None
    assert (kept.kind, kept.file_name, kept.uploaded_by, kept.imported_at) == (
        ListKind.PEOPLE, "nguoi.xlsx", "Trần Thị Hoa", None,
    )  # fmt: skip


def test_a_list_that_was_taken_in_says_by_whom_and_how_many_lines_were_left_out(store: Store) -> None:
    with store.write() as connection:
        number = list_uploads.keep(connection, values())
        list_uploads.note_imported(connection, number, by="Lê An", at=NOW, left_out=2)
        kept = list_uploads.get(connection, number)
    assert kept is not None
    assert (kept.imported_by, kept.imported_at, kept.left_out) == ("Lê An", NOW, 2)
