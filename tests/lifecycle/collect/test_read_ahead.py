"""What is read while the paper before it is being filed comes to the same as what is read in its turn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.documents.test_read_ahead import Reads
from tests.factories import BINH_AN, HOA_THANG, arrival, fill, make_office, owe, plan_file, plan_row, report_file
from tests.lifecycle.collect.test_collect import REPORT, answers, arrivals, came

from plan_lifecycle.documents.bounded import Bounded, unbounded
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.collect import Collected
from plan_lifecycle.store.engine import Store


@pytest.mark.parametrize("reads", [unbounded, Reads()], ids=["in its turn", "ahead"])
def test_every_paper_is_filed_and_answered_alike_and_nothing_is_read_twice(store: Store, reads: Bounded) -> None:
    """A workbook, a plan, a plan in place of a report, a file that no reader knows, one that nobody owes."""
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    office = replace(make_office(store), bounded=reads)
    report = report_file(values={"news_items": 12, "budget_spent": 1.5})
    done = came(
        office,
        arrival(report, key="1", **REPORT),
        arrival(plan_file(), key="2"),
        arrival(plan_file(HOA_THANG), HOA_THANG, "report", "2023-H1", key="3", file_name="a.docx"),
        arrival(b"%PNG", HOA_THANG, key="4"),
        arrival(plan_file(), BINH_AN, "report", "2021", key="5", file_name="b.docx"),
    )
    assert done == Collected(arrived=5, filed=3, refused=1, unmatched=1, accepted=2, returned=1)
    assert [state for state, _ in arrivals(office)] == ["filed", "filed", "filed", "refused", "unmatched"]
    assert set(answers(office)) == {"receipt", "accepted", "return"}
    if isinstance(reads, Reads):
        assert reads.in_turn == []
