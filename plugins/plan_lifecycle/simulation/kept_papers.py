"""The papers of a played case, kept in a folder under names that people read.

Drafts, letters as they were sent, consolidated reports in Word with their workbooks; no id and no code in any name.
"""

from __future__ import annotations

import email
from collections.abc import Iterable
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from pathlib import Path

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.writing import file_name
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import report_file
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import versions

DRAFTS, LETTERS, REPORTS, SCORES = "Du thao", "Thu", "Bao cao", "Xep hang"


def keep_papers(
    office: Office,
    tree: UnitTree,
    letters: Iterable[bytes],
    folder: Path,
    scores: Iterable[tuple[str, bytes]] = (),
) -> None:
    """Write drafts, ``letters``, consolidated reports, and ``scores`` by their names below ``folder``, which is made
    where it is missing."""
    keep_drafts(office, folder / DRAFTS)
    keep_letters(letters, folder / LETTERS)
    keep_reports(office, tree, folder / REPORTS)
    for name, data in scores:
        _write(folder / SCORES, name, data)


def keep_drafts(office: Office, folder: Path) -> None:
    """The drafts under the names that the letters carried."""
    with office.store.read() as connection:
        kept = versions.drafts_in_force(connection)
    for drafts in kept.values():
        for draft in drafts:
            _write(folder, draft.file_name, office.store.blobs.get(draft.blob))


def keep_letters(letters: Iterable[bytes], folder: Path) -> None:
    """Each letter by its day, its subject and whom it went to."""
    for data in letters:
        message = email.message_from_bytes(data)
        day = parsedate_to_datetime(str(message["Date"])).astimezone(LOCAL).date()
        subject, to = (str(make_header(decode_header(str(message[name] or "")))) for name in ("Subject", "To"))
        named = to.partition("<")[0].strip().strip('"')
        _write(folder, file_name(f"{day.isoformat()} {subject} - {named}", "eml"), data)


def keep_reports(office: Office, tree: UnitTree, folder: Path) -> None:
    """Each version of each report, as Word file and workbook."""
    with office.store.read() as connection:
        kept = report_rows.every(connection)
    for report in kept:
        for blob, ending in report.files():
            _write(folder, report_file(tree[report.unit_id], report, ending), office.store.blobs.get(blob))


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a file; one of the same name and other content gets a number behind it."""
    folder.mkdir(parents=True, exist_ok=True)
    stem, _, ending = name.rpartition(".")
    path, number = folder / name, 1
    while path.exists() and path.read_bytes() != data:
        number += 1
        path = folder / f"{stem} ({number}).{ending}"
    path.write_bytes(data)
