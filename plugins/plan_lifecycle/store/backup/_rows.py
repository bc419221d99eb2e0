"""Rows as lines of text that both kinds of database give alike, and a digest that knows no order.

Tables are read as the database describes them, not as this release does: a back-up may come from an older one.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Column, Connection, LargeBinary, MetaData, Table, Text, cast, func, select, text
from sqlalchemy.types import TypeEngine, UserDefinedType

VERSION_TABLE = "alembic_version"
AT_ONCE = 2_000
"""Rows that are in memory at a time."""


@dataclass
class Tally:
    """How many rows there were, and their digests added up: the same rows in another order give the same."""

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """Count a row."""
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % (1 << 256)

    @property
    def digest(self) -> str:
        """64 hexadecimal digits."""
        return f"{self.total:064x}"


class _AsWritten(UserDefinedType[str]):
    """A JSON column of PostgreSQL as the text that was written into it: what is read anew may be spelt otherwise."""

    cache_ok = True

    def column_expression(self, column: Any) -> Any:
        """Read it as text."""
        return cast(column, Text)

    def bind_expression(self, bindvalue: Any) -> Any:
        """Write it as JSON."""
        return cast(bindvalue, JSON)


def tables_of(connection: Connection) -> list[Table]:
    """The store's tables as they stand in the database, each after those that it refers to."""
    metadata = MetaData()
    metadata.reflect(connection)
    raw: TypeEngine[Any] = _AsWritten() if connection.dialect.name == "postgresql" else Text()
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = raw
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def lines(connection: Connection, table: Table, tally: Tally) -> Iterator[bytes]:
    """Every row as a line of JSON without its line feed, a parent before its children; ``tally`` counts along."""
    names = [column.name for column in table.columns]
    for row in _parents_first(table, _rows(connection, table)):
        line = _line(dict(zip(names, row, strict=True)))
        tally.add(line)
        yield line


def fill(connection: Connection, table: Table, given: Iterable[bytes]) -> Tally:
    """Put the rows of these lines into an empty table; return what was put in, as the database gives it back.

    Raises ValueError where a line is none of this table's.
    """
    readers = {column.name: _reader(column) for column in table.columns}
    rows = (_row(line, readers) for line in given)
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(table.insert(), some)
    _count_on(connection, table)
    tally = Tally()
    for _ in lines(connection, table, tally):
        pass
    return tally


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    return (tuple(row) for row in connection.execute(asked))


def _parents_first(table: Table, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows that refer to rows of their own table wait for these: units and plans, which fit into memory."""
    names = [column.name for column in table.columns]
    up = [names.index(column.name) for column in table.columns if column.references(_key(table))]
    if not up:
        yield from rows
        return
    key = names.index(_key(table).name)
    waiting, there = list(rows), set[Any]()
    while waiting:
        ready = [row for row in waiting if all(row[at] is None or row[at] in there for at in up)]
        if not ready:
            raise ValueError(f"rows of {table.name} refer to one another in a circle, or to none")
        waiting = [row for row in waiting if not all(row[at] is None or row[at] in there for at in up)]
        there |= {row[key] for row in ready}
        yield from ready


def _key(table: Table) -> Column[Any]:
    return next(iter(table.primary_key.columns))


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_written).encode()


def _written(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"found a value of kind {type(value).__name__} in a row")


def _row(line: bytes, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    cells = json.loads(line)
    if not isinstance(cells, dict) or set(cells) != set(readers):
        raise ValueError("found a line of other columns")
    return {name: None if value is None else readers[name](value) for name, value in cells.items()}


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, _AsWritten | Text):
        return str
    if isinstance(column.type, LargeBinary):
        return base64.b64decode
    kinds: dict[type, Callable[[Any], Any]] = {kind: kind.fromisoformat for kind in (datetime, date, time)}
    return kinds.get(column.type.python_type, lambda value: value)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the newest; SQLite does so by itself."""
    key = table.autoincrement_column
    if connection.dialect.name != "postgresql" or key is None:
        return
    if (last := connection.execute(select(func.max(key))).scalar_one()) is not None:
        name = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :key)"), {"table": f'"{table.name}"', "key": key.name}
        ).scalar_one_or_none()
        if name is not None:
            connection.execute(text("SELECT setval(CAST(:name AS regclass), :last)"), {"name": name, "last": last})


def named_files(connection: Connection, table: Table) -> Iterator[str]:
    """The names of the kept bytes that the table's rows name, each once a column."""
    for column in table.columns:
        if column.name == "blob" or column.name.endswith("_blob"):
            asked = select(column).where(column.is_not(None)).distinct().execution_options(yield_per=AT_ONCE)
            yield from connection.execute(asked).scalars()
