"""A disk that is truly full, and a database that somebody else holds: what could not be kept stays where it was.

The full disk is a small file system of its own, so the kernel says no (ENOSPC) in the middle of a file or of a commit.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import create_engine, text

from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.store.database import StoreBusyError
from tests.databases import new_postgres
from tests.factories import arrival
from tests.fakes import FakeChannel
from tests.patience import PATIENCE
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.world import DATABASES, NOW, World, by_rule, count, world

HELD = "each paper once under its own obligation, receipted and decided once; the trail whole"
HELD_BY_OTHERS = (
    ("LOCK TABLE arrival IN ACCESS EXCLUSIVE MODE", "the arrivals"),
    ("SELECT id FROM obligation FOR UPDATE", "every obligation"),
)
SMALL = 4 * 1024 * 1024
PATIENCE_MS = 300
"""How long a run waits for a held database here, instead of half a minute."""


def parts() -> dict[str, Produce]:
    """Every fault on SQLite and on PostgreSQL; the full disk needs the right to mount one."""
    return {kind: partial(_on, kind) for kind in DATABASES}


def _on(kind: str) -> Iterator[Fault]:
    if may_mount():
        yield at(Kind.FULL, "collecting: files", disk_full_for_files(kind))
    if kind == "sqlite":
        if may_mount():
            yield at(Kind.FULL, "collecting: database", disk_full_for_database())
        yield at(Kind.FAILS, "collecting: database", sqlite_held())
        yield at(Kind.SLOW, "collecting: database", sqlite_held_for_a_moment())
    else:
        for statement, what in HELD_BY_OTHERS:
            yield at(Kind.FAILS, "collecting: database", postgresql_held(statement, what))


def may_mount() -> bool:
    """Whether this process may make a file system."""
    return os.geteuid() == 0 and Path("/proc/filesystems").read_text().find("tmpfs") >= 0


def disk_full_for_files(kind: str) -> Fault:
    """The disk of the blobs takes some files, then no more; when there is room again the rest comes in."""
    with small_disk() as disk, world(kind, blobs=disk / "blobs") as made:
        with ballast(disk, leaving=60_000):
            told = _run(made)
        return _after(made, f"{kind}: disk of the files full, then free", told)


def disk_full_for_database() -> Fault:
    """The disk of the database takes some commits, then no more."""
    with small_disk() as disk, world("sqlite", url=f"sqlite:///{disk / 'store.db'}") as made:
        with ballast(disk, leaving=60_000):
            told = _run(made)
        return _after(made, "sqlite: disk of the database full, then free", told)


def sqlite_held() -> Fault:
    """Another program holds the database for longer than a run waits."""
    with patch("plan_lifecycle.store.engine.BUSY_TIMEOUT_MS", PATIENCE_MS), world("sqlite") as made:
        other = sqlite3.connect(made.folder / "store.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        told = _run(made)
        other.execute("ROLLBACK")
        other.close()
        return _after(made, "sqlite: database held throughout a run", told)


def sqlite_held_for_a_moment() -> Fault:
    """Another program holds the database for a second; the run waits for it."""
    with world("sqlite") as made:
        held = threading.Event()

        def hold() -> None:
            other = sqlite3.connect(made.folder / "store.db", isolation_level=None)
            other.execute("BEGIN EXCLUSIVE")
            held.set()
            time.sleep(1.0)
            other.execute("ROLLBACK")
            other.close()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(PATIENCE)
        told = _run(made)
        holder.join()
        return _after(made, "sqlite: database held for a second", told)


def postgresql_held(statement: str, what: str) -> Fault:
    """Another session holds tables or rows for longer than the server lets us wait (``lock_timeout``)."""
    plain = new_postgres()
    with world("postgresql", url=f"{plain}&options=-c%20lock_timeout%3D{PATIENCE_MS}ms") as made:
        engine = create_engine(plain)
        with engine.connect() as other, other.begin():
            other.execute(text(statement))
            told = _run(made)
        engine.dispose()
        return _after(made, f"postgresql: {what} held throughout a run", told)


def _run(made: World) -> str:
    """One run over everything; what it said of what it could not do."""
    try:
        faults = collect(by_rule(made.store), [_channel(made)], NOW).faults
    except StoreBusyError as error:
        return f"the run ended: {error}"
    return f"{len(faults)} told: {faults[0].rpartition(': ')[2]}" if faults else "nothing to tell"


def _after(made: World, name: str, told: str) -> Fault:
    collect(by_rule(made.store), [_channel(made)], NOW)
    return count(name, made, told)


def _channel(made: World) -> FakeChannel:
    return FakeChannel([arrival(each.data, each.unit, key=each.unit.id, file_name=each.name) for each in made.papers])


@contextmanager
def small_disk(size: int = SMALL) -> Iterator[Path]:
    """A file system of so many bytes."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", name], check=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=True)


@contextmanager
def ballast(disk: Path, *, leaving: int) -> Iterator[None]:
    """Fill a disk up to so many bytes, until the end of the block."""
    file, free = disk / "ballast", os.statvfs(disk)
    with file.open("wb") as heavy, suppress(OSError):
        heavy.write(bytes(max(free.f_bavail * free.f_frsize - leaving, 0)))
    yield
    file.unlink()
