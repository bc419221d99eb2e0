"""Every verb: killed at each durable step, done by three at once, cut off from its database, on a disk that is full.

Each fault is really produced, in a process of its own, on a copy of one prepared store; afterwards the verb is done
once more, and the store must hold row by row and file by file what it holds where nothing failed.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from plan_lifecycle.store.engine import Store, open_store
from tests.databases import copied_postgres, cut_off, upgraded_postgres
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.disk_faults import ballast, may_mount, small_disk
from tests.reliability.forked import Ended, at_once, done, steps_of
from tests.reliability.picture import Difference, Picture, difference, picture, unsound
from tests.reliability.verbs import VERBS, Verb
from tests.reliability.world import DATABASES, new_database

HELD = "the same rows and files as where nothing failed, each once and where it belongs; the trail whole"
TOGETHER = 3
ROOM = 6_000
"""Bytes that are left on the full disk: less than one page of the database and one of its log."""


def parts() -> dict[str, Produce]:
    """Every fault of every verb on SQLite and on PostgreSQL."""
    return {f"{kind}: {verb.name}": partial(_on, kind, verb) for kind in DATABASES for verb in VERBS}


def _on(kind: str, verb: Verb) -> Iterator[Fault]:
    with prepared(kind, verb) as ground:
        yield at(Kind.KILLED, verb.where, killed_at_each_step(ground))
        yield at(Kind.AT_ONCE, verb.where, several_at_once(ground))
        if kind == "postgresql":
            yield at(Kind.FAILS, verb.where, cut_off_at_each_step(ground))
        elif may_mount():
            yield at(Kind.FULL, verb.where, disk_full(ground))


@dataclass(frozen=True)
class Ground:
    """A prepared store that is never touched, and what one holds in which the verb was done without a fault."""

    kind: str
    verb: Verb
    url: str
    folder: Path
    expected: Picture
    unsound: int
    steps: int

    @property
    def name(self) -> str:
        """What the rows of the table begin with."""
        return f"{self.kind}: {self.verb.name}"

    @contextmanager
    def copy(self, folder: Path | None = None) -> Iterator[Place]:
        """A store like it, in a folder of its own."""
        with tempfile.TemporaryDirectory() as made:
            here = folder or Path(made)
            shutil.copytree(self.folder, here, dirs_exist_ok=True)
            url = copied_postgres(self.url) if self.kind == "postgresql" else f"sqlite:///{here / 'store.db'}"
            yield Place(url, here / "blobs", self.verb)

    def fault(self, name: str, found: Sequence[tuple[Difference, int]], note: str) -> Fault:
        """Count what is amiss in the stores in which a fault happened."""
        lost = sum(one.lost + max(files - self.unsound, 0) for one, files in found)
        twice, misfiled = (sum(getattr(one, what) for one, _ in found) for what in ("twice", "misfiled"))
        well = sum(one == Difference(0, 0, 0) for one, _ in found)
        return Fault(f"{self.name} {name}", len(found), well, lost, twice, misfiled, window=False, note=note)

    def look(self, place: Place) -> tuple[Difference, int]:
        """How a store differs from the one in which nothing failed, and how many of its files are amiss."""
        store = place.opened()
        try:
            return difference(self.expected, picture(store), self.verb.noted_each_time), unsound(store)
        finally:
            store.close()


@dataclass(frozen=True)
class Place:
    """Where a store lies, and what is done there."""

    url: str
    blobs: Path
    verb: Verb

    def opened(self) -> Store:
        """The store."""
        return open_store(self.url, self.blobs, durable=False)

    def act(self) -> None:
        """Do the verb, as a process does that has just begun."""
        store = self.opened()
        self.verb.act(store)
        store.close()

    def act_by_itself(self) -> None:
        """Do it without a fault, in a process of its own; what is done already may be refused."""
        ended = done(self.act)
        assert ended in (Ended.DONE, Ended.REFUSED), ended


@contextmanager
def prepared(kind: str, verb: Verb) -> Iterator[Ground]:
    """The ground that a verb works on; the verb is done once on a copy of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "store"
        folder.mkdir()
        url = upgraded_postgres() if kind == "postgresql" else new_database(kind, folder)
        store = open_store(url, folder / "blobs", durable=False)
        verb.prepare(store)
        store.close()
        (folder / "blobs").mkdir(exist_ok=True)
        ground = Ground(kind, verb, url, folder, Picture(), 0, 0)
        with ground.copy() as place:
            steps = steps_of(place.act)
            store = place.opened()
            expected, files = picture(store), unsound(store)
            store.close()
        yield replace(ground, expected=expected, unsound=files, steps=steps)


def killed_at_each_step(ground: Ground, steps: Sequence[int] = ()) -> Fault:
    """It dies at each of its durable steps, each time on a copy of the ground, and is done once more."""
    found = []
    for step in steps or range(1, ground.steps + 1):
        with ground.copy() as place:
            ended = done(place.act, at=step)
            assert ended is Ended.KILLED, (ground.name, step, ended)
            place.act_by_itself()
            found.append(ground.look(place))
    return ground.fault(f"killed at each of its {len(found)} durable steps", found, "done once more")


def several_at_once(ground: Ground, processes: int = TOGETHER) -> Fault:
    """Several processes do it from the same moment on."""
    with ground.copy() as place:
        ended = at_once([place.act] * processes)
        assert Ended.UNFORESEEN not in ended, ended
        assert Ended.DONE in ended, ended
        refused = ended.count(Ended.REFUSED)
        return ground.fault(f"done by {processes} at once", [ground.look(place)], f"{refused} refused in words")


def cut_off_at_each_step(ground: Ground, steps: Sequence[int] = ()) -> Fault:
    """The database ends its session at each durable step: it says so in words, or goes on, and is done once more."""
    found, told = [], 0
    for step in steps or range(1, ground.steps + 1):
        with ground.copy() as place:
            ended = done(place.act, at=step, then=partial(cut_off, place.url))
            assert ended in (Ended.DONE, Ended.REFUSED), (ground.name, step, ended)
            told += ended is Ended.REFUSED
            place.act_by_itself()
            found.append(ground.look(place))
    name = f"cut off from its database at each of its {len(found)} durable steps"
    return ground.fault(name, found, f"{told} times told in words, done once more")


def disk_full(ground: Ground) -> Fault:
    """Its disk takes next to nothing; when there is room again it is done once more."""
    size = sum(file.stat().st_size for file in ground.folder.rglob("*") if file.is_file()) * 2 + 8 * 1024 * 1024
    with small_disk(size) as disk, ground.copy(disk) as place:
        with ballast(disk, leaving=ROOM):
            ended = done(place.act)
        assert ended in (Ended.DONE, Ended.REFUSED), (ground.name, ended)
        place.act_by_itself()
        return ground.fault(
            "on a full disk, then there is room", [ground.look(place)], f"the first time {ended.name.lower()}"
        )
