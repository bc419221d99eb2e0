"""What the gate saw in kept bytes, by version of the gate."""

from __future__ import annotations

from dataclasses import replace

from tests.factories import arrival

from plan_lifecycle.store import arrivals, looks
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.looks import StoredLook

BLOB = "b" * 64


def test_a_look_is_found_by_digest_and_version(store: Store) -> None:
    seen = {"kind": "docx", "warnings": ["Tệp nhúng tệp khác.", "\0", "\ud800"]}
    with store.write() as connection:
        looks.keep(connection, BLOB, StoredLook("1", seen))
    with store.read() as connection:
        assert looks.find(connection, BLOB, "1") == seen
        assert looks.find(connection, BLOB, "2") is None
        assert looks.find(connection, "c" * 64, "1") is None


def test_of_two_processes_that_look_at_once_the_first_is_kept(store: Store) -> None:
    for kind in ("docx", "xlsx"):
        with store.write() as connection:
            looks.keep(connection, BLOB, StoredLook("1", {"kind": kind}))
    with store.write() as connection:
        looks.keep(connection, BLOB, StoredLook("2", {"kind": "pdf"}))
    with store.read() as connection:
        assert [looks.find(connection, BLOB, gate) for gate in ("1", "2")] == [{"kind": "docx"}, {"kind": "pdf"}]


def test_an_arrival_brings_its_look_unless_nothing_was_kept(store: Store) -> None:
    taken = StoredLook("1", {"kind": "docx"})
    with store.write() as connection:
        assert arrivals.record(connection, arrival(b"x"), BLOB, taken=taken)
        assert arrivals.record(connection, arrival(b"y", key="2"), "c" * 64)
        assert arrivals.record(connection, arrival(b"z", key="3"), None, taken=taken)
        assert not arrivals.record(connection, arrival(b"x"), BLOB, taken=taken)
    with store.read() as connection:
        assert looks.find(connection, BLOB, "1") == taken.seen
        looked_at = {"1": taken.seen, "2": None, "3": None}
        assert {came.key: came.look for came in arrivals.waiting(connection, gate="1")} == looked_at
        assert {came.look for came in arrivals.waiting(connection, gate="2")} == {None}
        (first, *_) = arrivals.waiting(connection)
        assert first.look is None
        assert arrivals.get(connection, first.id, gate="1") == replace(first, look=taken.seen)
        assert looks.find(connection, "c" * 64, "1") is None


def test_the_copy_that_a_program_made_is_found_by_its_file(store: Store) -> None:
    original, other = "a" * 64, "b" * 64
    with store.write() as connection:
        looks.keep(connection, original, StoredLook("gate", {"kind": "doc"}))
        looks.keep(connection, original, StoredLook("program", {"copy": "c" * 64, "code": "", "detail": ""}))
        looks.keep(connection, other, StoredLook("program", {"copy": "", "code": "not_converted", "detail": ""}))
        assert looks.copies(connection, {original, other}) == {original: "c" * 64}
