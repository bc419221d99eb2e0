"""What keeps the store: back-up, restore and copy, each killed at every step, on a full disk, twice at once.

A back-up that did not end is refused, one that ended gives the same store; a store is the old one or the new one, never
half of either; what was restored sends no letter until a person says so.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.remind import pause_all_mail, remind
from plan_lifecycle.store.backup import back_up, copy_rows, read_manifest, restore
from plan_lifecycle.store.blobs import Blobs
from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.engine import Store, open_store
from tests.databases import new_postgres, working_role
from tests.factories import make_office
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.damages import DAMAGES
from tests.reliability.disk_faults import ballast, may_mount, small_disk
from tests.reliability.forked import Ended, at_once, done, steps_of
from tests.reliability.picture import Picture, difference, picture, unsound
from tests.reliability.sending import send_all
from tests.reliability.verb_faults import Ground, prepared
from tests.reliability.verbs import LATER, VERBS
from tests.reliability.world import DATABASES

HELD = "the old store or the new one, row by row and file by file, never half; what is unfinished is refused"
WORKED = next(verb for verb in VERBS if verb.name == "accept")
HELD_BACK = Decider("Nguyễn Văn Bình", "Khôi phục từ bản sao lưu; cần xem lại các thư")


def parts() -> dict[str, Produce]:
    """Every fault on SQLite and on PostgreSQL."""
    return {kind: partial(_on, kind) for kind in DATABASES}


def _on(kind: str) -> Iterator[Fault]:
    with prepared(kind, WORKED) as ground, _kept(ground) as kept:
        yield at(Kind.KILLED, "back-up", backup_killed(kept))
        yield at(Kind.AT_ONCE, "back-up", backup_while_others_write(kept))
        if may_mount():
            yield at(Kind.FULL, "back-up", backup_on_a_full_disk(kept))
        yield at(Kind.LIES, "restore", damaged_backups(kept))
        yield at(Kind.KILLED, "restore", restore_killed(kept))
        yield at(Kind.AT_ONCE, "restore", restores_at_once(kept))
        yield at(Kind.RESTORED, "restore", restored_over_rows(kept))
        yield at(Kind.RESTORED, "sending", restored_while_letters_wait(kept))
        yield at(Kind.KILLED, "db copy", copy_killed(kept))
        yield at(Kind.AT_ONCE, "db copy", copies_at_once(kept))


@dataclass(frozen=True)
class Kept:
    """A store, a finished back-up of it, and what both hold."""

    ground: Ground
    folder: Path
    expected: Picture
    scratch: Path

    @property
    def kind(self) -> str:
        """The kind of database."""
        return self.ground.kind

    def empty(self, name: str) -> tuple[str, Blobs]:
        """The URL of a new database for its owner, and a folder of files."""
        folder = self.scratch / name
        folder.mkdir()
        url = new_postgres() if self.kind == "postgresql" else f"sqlite:///{folder / 'store.db'}"
        return url, Blobs(folder / "blobs", durable=False)

    def wrong(self, url: str, blobs: Blobs, expected: Picture | None = None) -> tuple[int, int, int]:
        """Lost, twice and misfiled in the store of a URL."""
        store = open_store(url, blobs.root, durable=False)
        found = difference(expected or self.expected, picture(store))
        files = unsound(store)
        store.close()
        return found.lost + max(files - self.ground.unsound, 0), found.twice, found.misfiled

    def fault(self, name: str, due: int, wrong: list[tuple[int, int, int]], note: str = "") -> Fault:
        """One row of the table."""
        lost, twice, misfiled = (sum(each[part] for each in wrong) for part in range(3))
        well = due if not lost + twice + misfiled else due - sum(map(any, wrong))
        return Fault(f"{self.kind}: {name}", due, well, lost, twice, misfiled, window=False, note=note)


@contextmanager
def _kept(ground: Ground) -> Iterator[Kept]:
    with tempfile.TemporaryDirectory() as name, ground.copy() as place:
        store = place.opened()
        back_up(store, Path(name) / "kept", LATER)
        before = picture(store)
        store.close()
        yield Kept(ground, Path(name) / "kept", before, Path(name))


def _put_back(folder: Path, url: str, blobs: Blobs, *, replace: bool = False) -> None:
    work = working_role(url) if url.startswith("postgresql") else url
    restore(folder, url, work, blobs, replace=replace)


def backup_killed(kept: Kept) -> Fault:
    """It dies at each step; what it leaves is refused, and a new one is whole."""
    with kept.ground.copy() as place:

        def keep(folder: Path) -> None:
            back_up(place.opened(), folder, LATER)

        steps, refused = steps_of(partial(keep, kept.scratch / "counted")), 0
        for step in range(1, steps + 1):
            folder = kept.scratch / f"killed-{step}"
            assert done(partial(keep, folder), at=step) is Ended.KILLED
            refused += not _is_finished(folder)
        again = kept.scratch / "again"
        assert done(partial(keep, again)) is Ended.DONE
        url, blobs = kept.empty("from-again")
        _put_back(again, url, blobs)
        wrong = [kept.wrong(url, blobs), (int(refused < steps - 1), 0, 0)]
        return kept.fault(f"back-up killed at each of its {steps} steps", steps, wrong, f"{refused} refused to restore")


def _is_finished(folder: Path) -> bool:
    try:
        read_manifest(folder)
    except InputError:
        return False
    return True


def _is_refused(folder: Path, kept: Kept, name: str) -> bool:
    url, blobs = kept.empty(name)
    try:
        _put_back(folder, url, blobs)
    except (InputError, StoreError):
        return True
    return False


def backup_while_others_write(kept: Kept) -> Fault:
    """It is taken while three others accept and remind: it holds one moment, before or after each transaction."""
    with kept.ground.copy() as place:
        folder = kept.scratch / "under-load"
        ended = at_once([place.act, lambda: back_up(place.opened(), folder, LATER), lambda: _remind(place.opened())])
        assert Ended.UNFORESEEN not in ended, ended
        url, blobs = kept.empty("from-load")
        _put_back(folder, url, blobs)
        store = open_store(url, blobs.root, durable=False)
        amiss = max(unsound(store) - kept.ground.unsound, 0)
        store.close()
        return kept.fault("back-up while others write", 1, [(amiss, 0, 0)], "trail and files of one moment")


def _remind(store: Store) -> None:
    remind(make_office(store), LATER)


def backup_on_a_full_disk(kept: Kept) -> Fault:
    """Its disk is full: said in words, nothing to restore from; elsewhere it is whole."""
    with small_disk() as disk, ballast(disk, leaving=8_000), kept.ground.copy() as place:
        ended = done(lambda: back_up(place.opened(), disk / "kept", LATER))
        half = (disk / "kept" / "manifest.json").exists()
    note = f"ended: {ended.name.lower()}"
    return kept.fault("back-up on a full disk", 1, [(int(half or ended is not Ended.REFUSED), 0, 0)], note)


def damaged_backups(kept: Kept) -> Fault:
    """Whatever is wrong with a back-up, it is refused and the store stays as it was: empty."""
    taken = []
    for number, (name, damage) in enumerate(DAMAGES.items()):
        folder = shutil.copytree(kept.folder, kept.scratch / f"damaged-{number}")
        damage(folder)
        if not _is_refused(folder, kept, f"from-damaged-{number}"):
            taken.append(name)
    wrong = [(1, 0, 0) for _ in taken]
    return kept.fault(
        f"restore from {len(DAMAGES)} damaged back-ups", len(DAMAGES), wrong, ", ".join(taken) or "refused"
    )


def restore_killed(kept: Kept) -> Fault:
    """It dies at each step; done again, with what is there dropped where it had ended, the store is whole."""
    steps = _steps(kept)
    wrong = []
    for step in range(1, steps + 1):
        url, blobs = kept.empty(f"restored-{step}")
        assert done(partial(_put_back, kept.folder, url, blobs), at=step) is Ended.KILLED
        try:
            _put_back(kept.folder, url, blobs)
        except StoreError:
            _put_back(kept.folder, url, blobs, replace=True)
        wrong.append(kept.wrong(url, blobs))
    return kept.fault(f"restore killed at each of its {steps} durable steps", steps, wrong, "done again")


def _steps(kept: Kept) -> int:
    url, blobs = kept.empty("counted-restore")
    return steps_of(partial(_put_back, kept.folder, url, blobs))


def restores_at_once(kept: Kept) -> Fault:
    """Two restore into one empty store: one of them, or the other refused in words."""
    url, blobs = kept.empty("twice")
    ended = at_once([partial(_put_back, kept.folder, url, blobs)] * 2)
    assert Ended.DONE in ended, ended
    assert Ended.UNFORESEEN not in ended, ended
    return kept.fault(
        "two restores at once", 1, [kept.wrong(url, blobs)], ", ".join(each.name.lower() for each in ended)
    )


def restored_over_rows(kept: Kept) -> Fault:
    """A store that holds rows is not restored over, unless somebody says so."""
    url, blobs = kept.empty("filled")
    _put_back(kept.folder, url, blobs)
    refused = False
    try:
        _put_back(kept.folder, url, blobs)
    except StoreError:
        refused = True
    before = kept.wrong(url, blobs)
    _put_back(kept.folder, url, blobs, replace=True)
    wrong = [before, kept.wrong(url, blobs), (int(not refused), 0, 0)]
    return kept.fault("restore over a store that holds rows", 2, wrong, "refused, then replaced when told")


def restored_while_letters_wait(kept: Kept) -> Fault:
    """Letters wait in the back-up: none leaves what was restored, not even where the command died right after it."""
    url, blobs = kept.empty("waiting")

    def work() -> None:
        finish = partial(pause_all_mail, since=LATER.date(), decider=HELD_BACK, now=LATER)
        role = working_role(url) if kept.kind == "postgresql" else url
        restore(kept.folder, url, role, blobs, finish=finish)

    steps = steps_of(work)
    url, blobs = kept.empty("waiting-killed")
    assert done(work, at=steps) is Ended.KILLED
    store = open_store(url, blobs.root, durable=False)
    _remind(store)
    sent = send_all(store, 1)
    store.close()
    waits = sent.queued > 0 and sent.paused is not None
    lost = int(not waits)
    return kept.fault("restored while letters wait", 1, [(lost, sent.sent, 0)], f"{sent.queued} letters held back")


def copy_killed(kept: Kept) -> Fault:
    """Copying into another database dies at each step; done again the copy is whole."""
    with kept.ground.copy() as place:
        url, _ = kept.empty("copied")
        steps, wrong = steps_of(lambda: copy_rows(place.opened(), url)), []
        for step in range(1, steps + 1):
            url, _ = kept.empty(f"copied-{step}")
            assert done(lambda to=url: copy_rows(place.opened(), to), at=step) is Ended.KILLED  # type: ignore[misc]
            with suppress(StoreError):  # it had ended before it died: what is there is whole
                copy_rows(place.opened(), url)
            wrong.append(kept.wrong(url, Blobs(place.blobs)))
        return kept.fault(f"db copy killed at each of its {steps} durable steps", steps, wrong, "done again")


def copies_at_once(kept: Kept) -> Fault:
    """Two copy into one empty database."""
    with kept.ground.copy() as place:
        url, _ = kept.empty("copied-twice")
        ended = at_once([lambda: copy_rows(place.opened(), url)] * 2)
        assert Ended.DONE in ended, ended
        assert Ended.UNFORESEEN not in ended, ended
        return kept.fault("two db copies at once", 1, [kept.wrong(url, Blobs(place.blobs))])
