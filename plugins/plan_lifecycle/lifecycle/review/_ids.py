"""The ids by which people name what they decide about, and which of them somebody may see.

S12 is a submission, O5 an obligation, A7 an arrival. What may not be seen is as if it were not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from typing import NamedTuple

from plan_lifecycle.domain.act import ActSubject
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import sight as seen_rows
from plan_lifecycle.store.database import Connection

_ID = re.compile(r"([SOA]?)(\d{1,9})")


class Subject(StrEnum):
    """What an id is of: a submission, an obligation, an arrival."""

    SUBMISSION = "S"
    OBLIGATION = "O"
    ARRIVAL = "A"

    @property
    def of_act(self) -> ActSubject:
        """What the trail calls it."""
        return ActSubject[self.name]


class SubjectId(NamedTuple):
    """An id as people type it, "S12"."""

    subject: Subject
    number: int

    def __str__(self) -> str:
        return f"{self.subject}{self.number}"


def read_id(text: str, otherwise: Subject) -> SubjectId:
    """Read "S12", "s12" or a bare "12" (then of kind ``otherwise``). Raises InputError."""
    match = _ID.fullmatch(text.strip().upper())
    if match is None:
        expected = "an id such as S12 (submission), O5 (obligation), A7 (arrival)"
        vi = f"Mã “{text[:40]}” chưa đúng; ví dụ S12 (văn bản đã gửi), O5 (nội dung phải gửi), A7 (tài liệu tiếp nhận)."
        raise InputError(expected, field="ID", found=text, vi=vi)
    return SubjectId(Subject(match[1]) if match[1] else otherwise, int(match[2]))


_SEEN: dict[Subject, Callable[[Connection, Collection[int], Sight], set[int]]] = {
    Subject.SUBMISSION: seen_rows.seen_submissions,
    Subject.OBLIGATION: seen_rows.seen_obligations,
    Subject.ARRIVAL: seen_rows.seen_arrivals,
}


def seen(office: Office, ids: Collection[SubjectId]) -> set[SubjectId]:
    """Those of the ids that may be seen; all of them for whoever sees everything, also those of nothing."""
    if office.sight.whole:
        return set(ids)
    with office.store.read() as connection:
        return {
            SubjectId(subject, number)
            for subject, find in _SEEN.items()
            for number in find(connection, [one.number for one in ids if one.subject is subject], office.sight)
        }


def require_seen(office: Office, ids: Sequence[SubjectId]) -> None:
    """Raise InputError where an id is of something that may not be seen, as for one that is of nothing."""
    known = seen(office, ids)
    for which in ids:
        if which not in known:
            raise unknown(which)


def unknown(which: SubjectId) -> InputError:
    """What to raise for an id that is of nothing."""
    expected = f"the id of an existing {which.subject.name.lower()}"
    return InputError(expected, field="ID", found=str(which), vi=f"Không có mục “{which}” để xử lý.")
