"""What units wrote: the paragraphs of their accepted reports, each file read once for a kind of report.

A unit that hands in its signed report and the form beside it wrote the same paragraph once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.package import open_package
from plan_lifecycle.documents.read import NotAPlan, read_passages
from plan_lifecycle.documents.report_form import read_form_texts
from plan_lifecycle.documents.version import readers_version
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.passage import OTHER, Passage
from plan_lifecycle.domain.placing import Written
from plan_lifecycle.domain.profile import Profile, Section, walk
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import looks as look_rows
from plan_lifecycle.store import report_texts as text_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.database import Connection


class Texts(NamedTuple):
    """What units wrote, in the order of their contributions, and what was read of files for the first time."""

    written: tuple[Written, ...]
    read: Mapping[str, tuple[Passage, ...]]


def texts_of(office: Office, connection: Connection, contributions: Sequence[Contribution], profile: Profile) -> Texts:
    """The paragraphs of the accepted reports. What cannot be read as text has none: figures, a signed PDF."""
    ids = [contribution.submission_id for contribution in contributions if contribution.submission_id is not None]
    files = readable_files(connection, ids)
    blobs = {blob for of_one in files.values() for blob in of_one}
    found, read = passages_of(office, connection, blobs, profile)
    written = [
        Written(contribution, passage)
        for contribution in contributions
        if contribution.submission_id is not None
        for passage in _once(found[blob] for blob in files[contribution.submission_id])
    ]
    return Texts(tuple(written), read)


def readable_files(connection: Connection, submission_ids: Sequence[int]) -> dict[int, list[str]]:
    """The files of each submission that may hold text; of what was converted, the copy."""
    sent = file_rows.readable(connection, submission_ids)
    copies = look_rows.copies(connection, {blob for of_one in sent.values() for blob in of_one})
    return {of_one: [copies.get(blob, blob) for blob in blobs] for of_one, blobs in sent.items()}


def passages_of(
    office: Office, connection: Connection, blobs: Collection[str], profile: Profile
) -> tuple[dict[str, tuple[Passage, ...]], dict[str, tuple[Passage, ...]]]:
    """What files say, by blob: what is kept of them or read now; and what was read now alone."""
    known = text_rows.known(connection, blobs, profile.reading, readers_version())
    read = {blob: passages_in(office, blob, profile) for blob in sorted(set(blobs) - known.keys())}
    return known | read, read


def passages_in(office: Office, blob: str, profile: Profile) -> tuple[Passage, ...]:
    """Read one file: a report in Word, or the sheet of words of a form."""
    try:
        return office.bounded(read_written, office.store.blobs.get(blob), profile.sections)
    except (BlobError, NotAPlan, BadDocument):
        return ()


def read_written(data: bytes, sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Read what a file says, Word or a workbook's sheet of words. Raises NotAPlan, BadDocument."""
    if not open_package(data).main.startswith("xl/"):
        return read_passages(data, sections)
    known = {section.code for section in walk(sections)}
    return tuple(one if one.section in known else replace(one, section=OTHER) for one in read_form_texts(data))


def keep_texts(connection: Connection, texts: Texts, profile: Profile) -> None:
    """Keep what was read, so that no later report reads it again."""
    text_rows.keep(connection, texts.read, profile.reading, readers_version())


def _once(files: Iterator[Collection[Passage]]) -> Iterator[Passage]:
    """The passages of a unit's files, the same one under one heading once."""
    seen: set[tuple[str, str]] = set()
    for passages in files:
        for passage in passages:
            key = (passage.section, normalise(passage.text))
            if key not in seen:
                seen.add(key)
                yield passage
