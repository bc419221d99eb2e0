"""Filing one commune's plan: held against the province's plan and those of a hundred neighbours, receipted, accepted.

The peer passes the same files through the same gate and reads them, which nobody can do without. Both take their turn
file by file, in one process, on a store that waits for the disk.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from bench import Figure, seconds
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
    with tempfile.TemporaryDirectory() as name, country(Path(name)) as land:
        papers = [each for each in land.papers(2 * (COMMUNES // PROVINCES)) if each.owed.item is Item.SUB_PLAN]
        with land.office.store.read() as connection:
            superiors = Superiors(land.office, load_tree(connection, NOW.date()))
        for each in papers[:-TIMED]:
            _file(land, each, superiors)
        ours, bare = [], []
        for each in papers[-TIMED:]:
            ours.append(seconds(lambda each=each: _file(land, each, superiors)))
            bare.append(seconds(lambda each=each: _read(each)))
    mine, theirs = 1000 * statistics.median(ours), 1000 * statistics.median(bare)
    ratio = statistics.median(other / own for own, other in zip(ours, bare, strict=True))
    note = f"ms a plan, {len(papers) - TIMED} neighbours; peer: gate and reader alone; goal at most twice that"
    return [Figure("filing.sub_plan", mine, theirs, ratio, GOAL, TIMED, note)]


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
