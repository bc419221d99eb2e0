"""Bytes go only where no row names them any more, and what was read of them goes with them."""

from __future__ import annotations

from tests.factories import ROOT, day, fill

from plan_lifecycle.store import list_uploads, looks, retention
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.list_uploads import ListKind
from plan_lifecycle.store.looks import StoredLook


def keep(store: Store, on: str, data: bytes, as_of: str = "2023-01-01") -> str:
    """A list of people that was uploaded on a day."""
    values = {
        "kind": ListKind.PEOPLE, "province": ROOT.name, "as_of": day(as_of).date(), "file_name": "a.csv",
        "blob": store.blobs.put(data), "uploaded_by": "Hoa", "uploaded_at": day(on),
    }  # fmt: skip
    with store.write() as connection:
        list_uploads.keep(connection, values)
    return str(values["blob"])


def test_bytes_that_another_row_names_stay_and_a_look_at_them_holds_nothing(store: Store) -> None:
    fill(store)
    shared = keep(store, "2022-01-05", b"a")
    assert keep(store, "2023-01-05", b"a", as_of="2023-01-02") == shared
    alone = keep(store, "2022-01-06", b"b")
    newest = keep(store, "2023-01-07", b"c")
    with store.write() as connection:
        looks.keep(connection, alone, StoredLook("1", {"kind": "csv"}))
        found = retention.lists_before(connection, day("2023-02-01"), 10)
        assert [one.blob for one in found] == [shared, shared, alone]
        retention.remove_lists(connection, [found[0], found[2]])
        assert retention.named_by_none(connection, [shared, alone, newest, ""]) == {alone}
        assert looks.find(connection, alone, "1") is None
