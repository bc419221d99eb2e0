"""Hostile files laid into the inbox among honest ones: each is kept once and met nothing, and all others are filed.

They are read as in an office: in processes with bounds of time and memory, which may be lost.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from plan_lifecycle.channels import FolderChannel
from plan_lifecycle.documents.reader_pool import ReaderPool
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.store.tables import arrival, obligation, submission
from tests.documents import hostile
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.world import NOW, World, by_rule, world

HELD = "the hostile file is kept once and meets nothing; every other paper is filed, receipted and decided"
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a flat bomb": ("kh.docx", hostile.flat_bomb),
    "a bomb that lies about its size": ("kh.docx", hostile.lying_bomb),
    "a bomb of many parts": ("kh.docx", hostile.many_parts_bomb),
    "overlapping entries": ("kh.docx", hostile.overlapping_bomb),
    "a nested bomb": ("kh.docx", hostile.nested_bomb),
    "a directory of sixty thousand entries": ("kh.docx", hostile.full_directory),
    "a billion laughs": ("kh.docx", hostile.billion_laughs),
    "a file of the machine as an entity": (
        "kh.docx", lambda: hostile.with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")),
    "a table of ten thousand columns": ("kh.docx", hostile.wide_table),
    "a hundred thousand levels": ("kh.docx", hostile.deep),
    "a picture of giants": ("kh.png", lambda: hostile.picture(60_000, 60_000)),
    "a PDF of nothing": ("kh.pdf", lambda: hostile.pdf(b"<</Type /Catalog>>")),
    "a program by another name": ("kh.docx", lambda: b"MZ" + bytes(4096)),
    "noise": ("kh.xlsx", lambda: bytes(range(256)) * 300),
}  # fmt: skip
NAMES = ("..", "a\nb.docx", "-rf.docx", "$(id).docx", "ke\u0302 hoach\u0323.docx", "x" * 200 + ".docx")


def parts() -> dict[str, Produce]:
    """Every hostile file, and hostile names."""
    return {"files": _files}


def _files() -> Iterator[Fault]:
    pool = ReaderPool()
    try:
        for fault in _all(pool):
            yield at(Kind.HOSTILE, "collecting: folder", fault)
    finally:
        pool.close()


def _all(pool: ReaderPool) -> Iterator[Fault]:
    for what, (name, data) in FILES.items():
        yield laid_in(what, name, data(), pool)
    yield hostile_names(pool)


def laid_in(what: str, name: str, data: bytes, pool: ReaderPool) -> Fault:
    """One commune lays a hostile file into the inbox, the others their plans."""
    with world("sqlite", 3) as made:
        folder = _folder(made, 0)
        (folder / name).write_bytes(data)
        os.utime(folder / name, (0, 0))
        _honest(made, from_=1)
        faults = _collect(made, pool)
        return _count(f"{what} among honest files", made, hostile_kept=1, from_=1, note=f"{len(faults)} told")


def hostile_names(pool: ReaderPool) -> Fault:
    """Links that lead out, folders too deep, names that are commands."""
    with world("sqlite", 3) as made:
        folder = _folder(made, 0)
        (folder / "link.docx").symlink_to("/etc/passwd")
        (made.folder / "inbox" / "ra-ngoai").symlink_to("/etc")
        deep = folder / "a" / "b" / "c"
        deep.mkdir(parents=True)
        (deep / "kh.docx").write_bytes(b"PK")
        for name in NAMES[1:]:
            (folder / name).write_bytes(b"khong phai van ban")
        _honest(made, from_=1)
        faults = _collect(made, pool)
        return _count("hostile names among honest files", made, hostile_kept=len(NAMES) - 1, from_=1,
                      note=f"{len(faults)} told")  # fmt: skip


def _folder(made: World, number: int) -> Path:
    owed = made.papers[number].owed
    folder = made.folder / "inbox" / owed.unit_id / f"{owed.item}-{owed.period}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _honest(made: World, from_: int) -> None:
    for number, paper in list(enumerate(made.papers))[from_:]:
        (_folder(made, number) / paper.name).write_bytes(paper.data)


def _collect(made: World, pool: ReaderPool) -> list[str]:
    """Two runs: the second finds nothing left to do."""
    office = replace(by_rule(made.store), bounded=pool)
    faults = [*collect(office, [FolderChannel(made.folder / "inbox")], NOW).faults]
    collect(office, [FolderChannel(made.folder / "inbox")], NOW)
    return faults


def _count(name: str, made: World, *, hostile_kept: int, from_: int, note: str) -> Fault:
    honest = made.papers[from_:]
    with made.store.read() as connection:
        came = Counter(connection.execute(select(arrival.c.key)).scalars())
        filed = Counter(connection.execute(select(submission.c.blob, submission.c.obligation_id)))
        met = set(
            connection.execute(select(obligation.c.id).where(obligation.c.state == ObligationState.MET)).scalars()
        )
    right = sum(filed[paper.blob, paper.owed.id] == 1 for paper in honest)
    kept = len(came) - len(honest)
    lost = len(honest) - right + max(hostile_kept - kept, 0)
    twice = sum(came.values()) - len(came) + max(kept - hostile_kept, 0)
    misfiled = len(met - {paper.owed.id for paper in honest})
    return Fault(name, len(honest) + hostile_kept, right + min(kept, hostile_kept), lost, twice, misfiled, False, note)
