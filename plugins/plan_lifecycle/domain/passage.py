"""A passage: a paragraph that a unit wrote in its report, under a heading of the profile, with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

OTHER = ""
"""The section of what stands under no heading of the profile (*nội dung khác*): shown, never dropped."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as written. ``section`` is the code of a section of the profile, or ``OTHER``.

    ``heading`` is the heading above it as the unit wrote it ("Mục II.1.a Kết quả rà soát"), ``place`` the number of the
    paragraph in the file, from 1.
    """

    section: str
    text: str
    heading: str
    place: int


@dataclass(frozen=True, slots=True)
class Words:
    """What was read of one file's words for one kind of report: every passage, and the ``runs`` of words by which
    another unit's copy of it is found, each with the place of its passage."""

    profile: str
    passages: tuple[Passage, ...]
    runs: tuple[tuple[int, int], ...] = ()
