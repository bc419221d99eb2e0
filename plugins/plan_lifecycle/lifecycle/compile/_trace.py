"""The way back: from a number or words of a compiled report to the units, papers and places that they come from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.lifecycle.compile._material import gather_material
from plan_lifecycle.lifecycle.compile._trace_file import trace_file
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import named_version, named_way
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.reports import StoredReport


class Found(StrEnum):
    """As what the text stands in the report."""

    TOTAL = "total"
    FIGURE = "figure"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TARGET = "target"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Origin:
    """One unit's part of what was found: its value or paragraph, and the submission with its files and place."""

    unit_id: str
    unit: str
    text: str
    submission_id: int
    version: int
    document: str | None
    received_at: datetime
    files: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a text stands and what it comes from. ``indicator`` and ``section`` are codes, empty where it has none.

    Of a target or task ``name`` is its wording and ``text`` how it stands, with the note of whoever settled it.
    """

    found: Found
    text: str
    indicator: str
    name: str
    section: str
    origins: tuple[Origin, ...]


def trace(
    office: Office, unit_id: str, period: str, version: int | None, text: str = "", *, profile: str | None = None
) -> tuple[Traced, ...]:
    """Find a text in a compiled report: a number as it is written, or words. Without a text: all that stands in it.

    Raises InputError where there is no such report, or none of two kinds is named.
    """
    with office.store.read() as connection:
        way = named_way(office, connection, unit_id, period, profile)
        stored = report_rows.get(connection, named_version(way, version).id)
    if stored is None:
        raise InputError("a report that is kept", field="REPORT", found=f"{unit_id}:{period}")
    return tuple(_Tracing(json.loads(file_of(office, stored))).find(text))


def file_of(office: Office, stored: StoredReport) -> bytes:
    """The trace kept with the report; an older one has none, and what it was compiled from says the same."""
    if stored.trace_blob is not None:
        return office.store.blobs.get(stored.trace_blob)
    material = gather_material(office, stored.key, stored.compiled_at, stored)
    return trace_file(material, stored.version)


class _Tracing:
    """A trace in which a text is looked for."""

    def __init__(self, file: dict[str, Any]) -> None:
        self._file = file
        self._papers = {one["submission_id"]: one for one in file["papers"]}
        self._by_code = {one["indicator"]: one for one in file["totals"]}

    def find(self, text: str) -> Iterator[Traced]:
        """Where it stands: as a total or a figure, in a sentence, in a paragraph, of a target or task of the plan."""
        for total in self._file["totals"]:
            yield from self._in_total(total, text)
        wanted = normalise(text)
        for sentence in self._file["sentences"]:
            if wanted in normalise(sentence["text"]):
                for code in sentence["indicators"]:
                    yield self._traced(Found.SENTENCE, sentence["text"], code, sentence["section"])
        for said in self._file["paragraphs"]:
            if wanted in normalise(said["text"]):
                origin = self._origin(said["submission_id"], said["text"], said["place"])
                yield Traced(Found.PARAGRAPH, said["text"], "", "", said["section"], (origin,))
        yield from self._of_plan(text, wanted)

    def _of_plan(self, text: str, wanted: str) -> Iterator[Traced]:
        """Targets and tasks by their words; a target also by its result as it is written."""
        for target in self._file.get("targets", ()):
            results = [result["text"] for result in target["results"]]
            if wanted in normalise(target["text"]) or text in results:
                said = " | ".join(part for part in (target["verdict"], *results, target["noted"]) if part)
                totals = (self._by_code.get(result["indicator"]) for result in target["results"])
                figures = [figure for total in totals if total for figure in total["figures"]]
                yield Traced(Found.TARGET, said, "", target["text"], "", self._origins(figures))
        for task in self._file.get("tasks", ()):
            if wanted in normalise(task["name"]):
                said = " | ".join(part for part in (task["state"], task["noted"]) if part)
                origins = tuple(self._origin(number, words, "") for number, words in task["said"])
                yield Traced(Found.TASK, said, "", task["name"], "", origins)

    def _in_total(self, total: dict[str, Any], text: str) -> Iterator[Traced]:
        """As what the indicator says, else as what single units say of it."""
        code, same = total["indicator"], [figure for figure in total["figures"] if figure[1] == text]
        if text in ("", total["text"], code, total["name"]):
            yield self._traced(Found.TOTAL, total["text"], code, "")
        elif same:
            yield Traced(Found.FIGURE, text, code, total["name"], "", self._origins(same))

    def _traced(self, found: Found, text: str, code: str, section: str) -> Traced:
        total = self._by_code.get(code, {"name": "", "figures": []})
        return Traced(found, text, code, total["name"], section, self._origins(total["figures"]))

    def _origins(self, figures: Sequence[Sequence[Any]]) -> tuple[Origin, ...]:
        return tuple(self._origin(*figure) for figure in figures)

    def _origin(self, submission_id: int, text: str, place: str) -> Origin:
        paper = self._papers[submission_id]
        return Origin(
            paper["unit_id"],
            paper["unit"],
            text,
            submission_id,
            paper["version"],
            paper["document"],
            datetime.fromisoformat(paper["received_at"]),
            tuple(paper["files"]),
            place,
        )
