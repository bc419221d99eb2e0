"""What a store holds, seen from outside: every row without what tells two equal runs apart, each file it names.

Two stores in which the same was done hold the same picture, whatever died meanwhile and in whatever order it was done.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Table, select

from plan_lifecycle.store import audit
from plan_lifecycle.store.backup._rows import named_files
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import metadata

LEFT_OUT: Mapping[str, frozenset[str]] = {
    "audit": frozenset({"number", "subject_id", "details", "previous", "seal"}),
    "letter": frozenset({"key", "message_id", "blob", "claimed_at", "claimed_by", "attempts", "retry_at", "reason"}),
    "letter_before": frozenset({"message_id", "blob"}),
    "report": frozenset({"word_blob", "excel_blob", "trace_blob", "fingerprint"}),
}
"""Columns that hold counted numbers, or words made of them; who claimed a letter, and how often it was tried."""
_NUMBER = re.compile(r"\d+")


class Difference(NamedTuple):
    """Rows that are gone, that are too many, and that stand where they should not."""

    lost: int
    twice: int
    misfiled: int


Picture = Counter[tuple[str, str]]


def picture(store: Store) -> Picture:
    """Each row as its table and what it says, how often."""
    found: Picture = Counter()
    with store.read() as connection:
        names: dict[str, dict[Any, str]] = {}
        for table in metadata.sorted_tables:
            names[table.name] = said = {}
            for key, row in _rows(connection, table):
                text = _said(table, row, names)
                said[key] = hashlib.sha256(text.encode()).hexdigest()[:16]
                found[table.name, text] += 1
    return found


def unsound(store: Store) -> int:
    """Files that rows name and that are damaged or gone, and one for a trail that is broken."""
    wrong = 0
    with store.read() as connection:
        wrong += audit.verify(connection).broken is not None
        for table in metadata.sorted_tables:
            for digest in set(named_files(connection, table)):
                wrong += not any(_whole(kept, digest) for kept in (store.blobs, store.quarantine))
    return wrong


def difference(expected: Picture, found: Picture, noted_each_time: Collection[str] = ()) -> Difference:
    """What is gone and too many. A row that is gone while another of its table is too many stands elsewhere.

    In tables in which each doing is noted, a row more is none too many.
    """
    gone: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for (table, _), number in (expected - found).items():
        gone[table] += number
    for (table, _), number in (found - expected).items():
        more[table] += number * (table not in noted_each_time)
    elsewhere = gone & more
    return Difference((gone - elsewhere).total(), (more - elsewhere).total(), elsewhere.total())


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    keys = list(table.primary_key.columns)
    for row in connection.execute(select(table).order_by(*keys)):
        values = dict(row._mapping)
        yield values[keys[0].name], values


def _said(table: Table, row: Mapping[str, Any], names: Mapping[str, Mapping[Any, str]]) -> str:
    left_out = LEFT_OUT.get(table.name, frozenset())
    told = {
        column.name: _value(column, row[column.name], names)
        for column in table.columns
        if column.name not in left_out and not _counted(column)
    }
    return repr(sorted(told.items()))


def _counted(column: Column[Any]) -> bool:
    """Whether it only counts: the rows of a table one after the other."""
    return column.primary_key and column.type.python_type is int and not column.foreign_keys


def _value(column: Column[Any], value: Any, names: Mapping[str, Mapping[Any, str]]) -> object:
    for key in column.foreign_keys:
        return names[key.column.table.name].get(value, value)
    if isinstance(value, str) and "/" not in value and ":" in value:
        return _NUMBER.sub("#", value)
    return value


def _whole(kept: Any, digest: str) -> bool:
    try:
        return bool(hashlib.sha256(kept.get(digest)).hexdigest() == digest)
    except BlobError:
        return False
