"""The store as files: a back-up that is taken while work goes on, restored into either kind of database.

A back-up is a folder: ``tables/NAME.jsonl.gz`` with a row a line, the kept bytes in ``blobs``, and ``manifest.json``,
written last, with the number of all rows and files and their digests. The rows are those of one moment; the files are
copied after them, and are never changed. The same lines carry a store from SQLite to PostgreSQL.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Table

from plan_lifecycle.domain.errors import InputError, unwritable
from plan_lifecycle.store import audit
from plan_lifecycle.store.backup import _plain
from plan_lifecycle.store.backup._files import QUARANTINE, copy_files
from plan_lifecycle.store.backup._manifest import NAME, NO_BACKUP, Counted, Manifest, read_manifest
from plan_lifecycle.store.backup._plain import new_file, plain_file
from plan_lifecycle.store.backup._rows import Tally, lines, named_files, tables_of
from plan_lifecycle.store.backup._target import Finish, put_in
from plan_lifecycle.store.blobs import OWNER_ONLY, Blobs
from plan_lifecycle.store.database import Connection, StoreError
from plan_lifecycle.store.engine import Store, make_engine
from plan_lifecycle.store.migrations import HEAD
from plan_lifecycle.store.roles import upgrade
from plan_lifecycle.store.seal import SealKeys

__all__ = ["BackedUp", "Copied", "Restored", "back_up", "copy_rows", "read_manifest", "restore"]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What is in the back-up, and what should be and is not: kept bytes that are damaged or gone, by name."""

    folder: Path
    version: str
    rows: int
    files: int
    head: str | None
    damaged: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every file that a row names is in it."""
        return not self.damaged and not self.missing


@dataclass(frozen=True, slots=True)
class Restored:
    """What the store holds now; ``version`` is the back-up's, before the store was brought to this release's."""

    made_at: datetime
    version: str
    rows: int
    files: int
    head: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied from one database into another and read back there."""

    rows: int
    tables: int
    head: str | None


def back_up(store: Store, folder: Path, made_at: datetime) -> BackedUp:
    """Copy the store into a new folder while others work in it.

    Raises InputError where the folder holds something, StoreError where it cannot be written to (a disk that is full).
    """
    try:
        return _back_up(store, folder, made_at)
    except OSError as error:
        vi = f"Không ghi được bản sao lưu vào {folder}: {error.strerror or error}. Bản này không dùng được."
        raise StoreError(f"cannot write the back-up in {folder}: {error.strerror or error}", vi=vi) from error


def _back_up(store: Store, folder: Path, made_at: datetime) -> BackedUp:
    _new_folder(folder)
    with store.read() as connection:
        tables = tables_of(connection)
        counted = {table.name: _keep(connection, table, folder) for table in tables}
        head = audit.head(connection)
        kept = Blobs(folder / "blobs")
        files, damaged = copy_files(store.blobs, kept)
        missing = tuple(_missing(connection, tables, kept))
    manifest = Manifest(HEAD, made_at, counted, files, head)
    manifest.write(folder)
    return BackedUp(folder, HEAD, manifest.rows, files.number, head, tuple(damaged), missing)


def restore(
    folder: Path,
    owner_url: str,
    work_url: str,
    blobs: Blobs,
    *,
    portal: str = "",
    replace: bool = False,
    seal: SealKeys | None = None,
    finish: Finish = lambda _: None,
) -> Restored:
    """Put a back-up into an empty store, verified row by row, then bring it to this release's version.

    Works as the owner of ``owner_url`` and gives the roles of ``work_url`` and ``portal`` theirs. ``replace`` drops a
    store that holds rows. ``finish`` is done in the same transaction, once the rows are there.

    Raises InputError where the folder is no finished back-up, StoreError where the store is not empty, or what came in
    is not what was kept: rows are then as they were; files that are more than before do no harm.
    """
    manifest = read_manifest(folder)
    files, damaged = copy_files(Blobs(folder / "blobs"), blobs)
    if damaged or files != manifest.files:
        raise InputError(
            f"{manifest.files.number} sound files", found="; ".join(damaged) or files.number, file=folder / "blobs"
        )
    engine = make_engine(owner_url, seal=seal)
    try:
        lines_of = partial(_kept_lines, folder)
        put_in(engine, manifest.version, manifest.tables, lines_of, replace=replace, finish=finish)
    finally:
        engine.dispose()
    role = upgrade(owner_url, work_url, portal).role
    return Restored(manifest.made_at, manifest.version, manifest.rows, files.number, manifest.head, role)


def copy_rows(source: Store, target_url: str, *, seal: SealKeys | None = None) -> Copied:
    """Copy all rows into the empty database of another URL, read back and compared row by row.

    The kept bytes stay where they are. Raises StoreError: the target is then as it was.
    """
    engine = make_engine(target_url, seal=seal)
    try:
        with source.read() as connection:
            tables = {table.name: table for table in tables_of(connection)}
            counted = {name: _count(connection, table) for name, table in tables.items()}
            put_in(engine, HEAD, counted, lambda table: lines(connection, tables[table.name], Tally()), replace=False)
            head = audit.head(connection)
    finally:
        engine.dispose()
    return Copied(sum(each.number for each in counted.values()), len(counted), head)


def _count(connection: Connection, table: Table) -> Counted:
    tally = Tally()
    for _ in lines(connection, table, tally):
        pass
    return Counted(tally.rows, tally.digest)


def _keep(connection: Connection, table: Table, folder: Path) -> Counted:
    """Write a table's file."""
    tally = Tally()
    with new_file(_file_of(folder, table)) as kept, gzip.open(kept, "wb", compresslevel=6) as file:
        for line in lines(connection, table, tally):
            file.write(line + b"\n")
    return Counted(tally.rows, tally.digest)


def _file_of(folder: Path, table: Table) -> Path:
    return folder / "tables" / f"{table.name}.jsonl.gz"


def _kept_lines(folder: Path, table: Table) -> Iterator[bytes]:
    """The lines of a table's file. Raises StoreError where it is damaged."""
    path = _file_of(folder, table)
    try:
        with plain_file(path) as kept, gzip.open(kept, "rb") as file:
            while line := file.readline(_plain.LARGEST_FILE + 1):
                if len(line) > _plain.LARGEST_FILE:
                    raise ValueError("found a row without end")
                yield line
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise StoreError(f"cannot read {path}: {error}; nothing was changed", vi=NO_BACKUP) from error


def _new_folder(folder: Path) -> None:
    """Make the folder and that of its tables, for their owner alone. Raises InputError."""
    try:
        folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InputError(
                "an empty or a new folder",
                file=folder,
                found="a back-up" if (folder / NAME).exists() else "something in it",
                vi="Thư mục sao lưu phải trống hoặc chưa có.",
            )
        (folder / "tables").mkdir(mode=OWNER_ONLY)
    except OSError as error:
        raise unwritable(folder, error, folder=True) from error


def _missing(connection: Connection, tables: Sequence[Table], kept: Blobs) -> Iterator[str]:
    """Files that rows name and the back-up does not have."""
    places = (kept, kept.beside(QUARANTINE))
    for table in tables:
        for digest in named_files(connection, table):
            if not any(place.path(digest).exists() for place in places):
                yield f"{table.name}: {digest}"
