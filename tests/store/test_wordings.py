"""A file's wording is kept once, and only what was asked for comes back."""

from __future__ import annotations

from plan_lifecycle.store import wordings
from plan_lifecycle.store.engine import Store

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
