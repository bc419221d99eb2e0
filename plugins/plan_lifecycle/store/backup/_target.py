"""The database that rows are put into: empty, or emptied on demand, and at the version that the rows were written for.

All of it is one transaction: a restoring that breaks off has done nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from sqlalchemy import Connection, Engine, Table, select, text

from plan_lifecycle.store import audit
from plan_lifecycle.store.backup._manifest import Counted
from plan_lifecycle.store.backup._rows import VERSION_TABLE, fill, tables_of
from plan_lifecycle.store.database import StoreError, in_our_words
from plan_lifecycle.store.migrations import HEAD, current, rebuilding, upgrade_to

Lines = Callable[[Table], Iterable[bytes]]


Finish = Callable[[Connection], None]


def put_in(
    engine: Engine,
    version: str,
    expected: Mapping[str, Counted],
    given: Lines,
    *,
    replace: bool,
    finish: Finish = lambda _: None,
) -> None:
    """Fill the database with the ``given`` lines, read all of them back, and bring it to this release's version.

    ``replace`` drops what was there; ``finish`` is done in the same transaction, at its end. Raises StoreError where
    rows are there already, where those that came are not those that were ``expected`` (what is more is not read), and
    where the trail is broken: the database is then as it was.
    """
    _refuse_what_is_newer(version)
    with in_our_words(), rebuilding(engine) as connection:
        _make_room(connection, engine, version, replace=replace)
        tables = {table.name: table for table in tables_of(connection)}
        if set(tables) != set(expected):
            raise _not_the_same(f"tables {sorted(set(tables) ^ set(expected))}")
        for name, table in tables.items():
            try:
                tally = fill(connection, table, islice(given(table), expected[name].number + 1))
            except ValueError as error:
                raise _not_the_same(f"{name}: {error}") from error
            if Counted(tally.rows, tally.digest) != expected[name]:
                raise _not_the_same(f"{name}: {tally.rows} rows for {expected[name].number}")
        upgrade_to(connection, HEAD)
        _verify_trail(connection)
        finish(connection)


def _refuse_what_is_newer(version: str) -> None:
    if version > HEAD:
        raise StoreError(
            f"found a back-up of version {version}, this release knows {HEAD}, expected that or an older one",
            vi=f"Bản sao lưu ở phiên bản {version}, mới hơn phiên bản {HEAD} của phần mềm này; đề nghị dùng bản phần "
            "mềm mới hơn.",
        )


def _make_room(connection: Connection, engine: Engine, version: str, *, replace: bool) -> None:
    there = current(engine)
    tables = tables_of(connection) if there else []
    filled = [table.name for table in tables if connection.execute(select(table).limit(1)).first()]
    if filled and not replace:
        raise StoreError(
            f"found rows in {len(filled)} tables of the store ({', '.join(filled[:3])} …), expected an empty one; "
            "--replace drops them",
            vi="Cơ sở dữ liệu đang có số liệu; chỉ khôi phục đè lên khi người quản trị chọn rõ (--replace).",
        )
    if there and (filled or there != version):
        for table in reversed(tables):
            table.drop(connection)
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
        there = None
    if there is None:
        upgrade_to(connection, version)


def _not_the_same(what: str) -> StoreError:
    return StoreError(
        f"found other rows than were given: {what}; nothing was changed",
        vi="Số liệu đọc lại không khớp với bản gốc; cơ sở dữ liệu được giữ nguyên như trước.",
    )


def _verify_trail(connection: Connection) -> None:
    if broken := audit.verify(connection).broken:
        raise StoreError(
            f"the trail is broken at row {broken.number}: {broken.problem}; nothing was changed",
            vi=f"Nhật ký trong bản sao lưu không còn nguyên vẹn từ dòng {broken.number}; cơ sở dữ liệu được giữ nguyên "
            "như trước.",
        )
