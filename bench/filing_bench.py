"""Filing one commune's plan: held against the province's plan and those of a hundred neighbours, receipted, accepted.

The peer passes the same files through the same gate and reads them, which nobody can do without. Both take their turn
file by file, in one process, on a store that waits for the disk; neither has a file that the other has read.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import Figure
from bench.country import COMMUNES, NOW, PROVINCES, Country, country
from bench.papers import Paper
from plan_lifecycle.channels.upload import UploadedFile
from plan_lifecycle.documents.gate import Purpose, inspect
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.portal import keep_upload, settle
from plan_lifecycle.lifecycle.submission import Superiors
from plan_lifecycle.store.units import load_tree

TIMED = 12
GOAL = 0.5
"""At most twice what gate and readers take alone."""


def measure() -> list[Figure]:
    """The last communes of a province, when all others have handed in."""
    with tempfile.TemporaryDirectory() as name, country(Path(name), provinces=1) as land:
        papers = [each for each in land.papers(2 * (COMMUNES // PROVINCES)) if each.owed.item is Item.SUB_PLAN]
        with land.office.store.read() as connection:
            superiors = Superiors(land.office, load_tree(connection, NOW.date()))
        for each in papers[: -2 * TIMED]:
            _file(land, each, superiors)
        taken = [
            (_cost(lambda mine=mine: _file(land, mine, superiors)), _cost(lambda theirs=theirs: _read(theirs)))
            for mine, theirs in zip(papers[-2 * TIMED :: 2], papers[-2 * TIMED + 1 :: 2], strict=True)
        ]
        land.assert_filed(len(papers) - TIMED)
    neighbours = len(papers) - 2 * TIMED
    return [
        _figure("filing.sub_plan", "", [(ours.clock, bare.clock) for ours, bare in taken], neighbours),
        _figure(
            "filing.sub_plan_processor", " of the processor", [(a.processor, b.processor) for a, b in taken], neighbours
        ),
    ]


def _figure(name: str, of_what: str, taken: Sequence[tuple[float, float]], neighbours: int) -> Figure:
    ours, bare = (1000 * statistics.median(one) for one in zip(*taken, strict=True))
    ratio = statistics.median(theirs / mine for mine, theirs in taken)
    note = f"ms{of_what} a plan, {neighbours} neighbours; peer: gate and reader alone; goal at most twice that"
    return Figure(name, ours, bare, ratio, GOAL, len(taken), note)


class _Cost(NamedTuple):
    """Seconds of the clock, with waiting for the disk and for others, and of our processor."""

    clock: float
    processor: float


def _cost(call: Callable[[], object]) -> _Cost:
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return _Cost(time.perf_counter() - clock, time.process_time() - processor)


def _file(land: Country, paper: Paper, superiors: Superiors) -> None:
    files, owed = [UploadedFile(paper.name, lambda: paper.data)], paper.owed
    kept = keep_upload(land.office, owed, files, name="Trần Thị Bình", post="Văn phòng", batch=str(owed.id), now=NOW)
    settle(land.office, kept, owed.unit_id, NOW, superiors)


def _read(paper: Paper) -> None:
    assert inspect(paper.data, name=paper.name, purpose=Purpose.PLAN).accepted
    read_plan(paper.data)


if __name__ == "__main__":
    for figure in measure():
        print(figure)
