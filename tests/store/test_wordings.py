"""A file's wording is kept once, and only what was asked for comes back."""

from __future__ import annotations

from tests.factories import BINH_AN, CHO_LAU, fill, plan_row

from plan_lifecycle.store import wordings
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.plans import save_drafts
from plan_lifecycle.store.wordings import OfDraft

ONE, TWO, THREE = "a" * 64, "b" * 64, "c" * 64


def test_only_the_files_asked_for_come_back(store: Store) -> None:
    with store.write() as connection:
        wordings.keep(connection, {ONE: b"1111", TWO: b"2222"})
        assert wordings.known(connection, [ONE, THREE]) == {ONE: b"1111"}
        assert wordings.known(connection, []) == {}


def test_what_is_known_stays(store: Store) -> None:
    with store.write() as connection:
        wordings.keep(connection, {ONE: b"1111"})
        wordings.keep(connection, {ONE: b"9999", TWO: b""})
        assert wordings.known(connection, [ONE, TWO]) == {ONE: b"1111", TWO: b""}


def test_a_units_draft_comes_with_the_wording_that_is_kept_of_it(store: Store) -> None:
    fill(store)
    plan_id = plan_row(store)
    rows = [{"plan_id": plan_id, "unit_id": unit.id, "file_name": "x"} for unit in (BINH_AN, CHO_LAU)]
    with store.write() as connection:
        save_drafts(connection, [row | {"blob": blob} for row, blob in zip(rows, (ONE, TWO), strict=True)])
        wordings.keep(connection, {ONE: b"1111"})
        assert wordings.of_draft(connection, plan_id, BINH_AN.id) == OfDraft(ONE, b"1111")
        assert wordings.of_draft(connection, plan_id, CHO_LAU.id) == OfDraft(TWO, None)
        assert wordings.of_draft(connection, plan_id + 1, BINH_AN.id) is None
