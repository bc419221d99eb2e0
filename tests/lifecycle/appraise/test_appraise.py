"""What the ledger proposes, what stays open for a person, and the trail of all of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories import BINH_AN, DISTRICT, HOA_THANG, arrival, day, fill, make_office, owe, set_state

from plan_lifecycle.config.scoring import read_score_rules
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.submission import Submission, SubmissionState
from plan_lifecycle.lifecycle.appraise import (
    Ruling,
    appraise,
    appraise_rest,
    ask,
    open_round,
    publish_ranking,
    published,
    ranking_of,
    sheets_of,
)
from plan_lifecycle.settings import ROOT
from plan_lifecycle.store import arrivals, audit, submissions
from plan_lifecycle.store.engine import Store

NOW = day("2023-12-20")
BINH = Decider("Trần Thị Bình")
RULES = read_score_rules(ROOT / "config/scoring.yaml")


def accept(store: Store, owed: Obligation, days_late: int) -> None:
    """Accept what meets an obligation."""
    with store.write() as connection:
        arrivals.record(connection, arrival(b"", key=f"m{owed.id}"), None)
        came = arrivals.id_of(connection, "fake", f"m{owed.id}")
        row = Submission(owed.id, came, 1, NOW, "a" * 64, days_late, state=SubmissionState.ACCEPTED)
        submissions.add(connection, row)
    set_state(store, owed, ObligationState.MET)


def test_the_ledger_proposes_by_what_was_due_and_came_in_time(store: Store) -> None:
    fill(store)
    office, half = make_office(store), {"item": Item.REPORT, "due": "2023-06-15"}
    accept(store, owe(store), 0)
    accept(store, owe(store, period="2023-Q1", **half), 0)  # type: ignore[arg-type]
    accept(store, owe(store, period="2023-H1", **half), 3)  # type: ignore[arg-type]
    set_state(store, owe(store, period="2023-Q3", **half), ObligationState.WAIVED)  # type: ignore[arg-type]
    set_state(store, owe(store, period="2023-M05", **half), ObligationState.RECEIVED)  # type: ignore[arg-type]
    owe(store, period="2023", item=Item.REPORT, due="2023-12-31")
    owe(store, HOA_THANG)
    of = open_round(office, RULES, "communes", 2023, DISTRICT.id, NOW)
    sheets = sheets_of(office, of)
    assert {code: one.points for code, one in sheets[BINH_AN.id].proposals.items()} == {"plan": 4, "reports": 2}
    assert sheets[BINH_AN.id].proposals["reports"].why.startswith("Theo sổ theo dõi: 01/02 báo cáo đúng hạn; ")
    assert {code: one.points for code, one in sheets[HOA_THANG.id].proposals.items()} == {"plan": 0}


def test_all_the_rest_leaves_open_what_nobody_knows_and_everything_is_in_the_trail(store: Store) -> None:
    fill(store)
    office = make_office(store)
    owe(store)
    of = open_round(office, RULES, "communes", 2023, DISTRICT.id, NOW)
    assert ask(office, of, "xã Bình An", "plan", "Vì sao chậm?", BINH, NOW)
    assert appraise_rest(office, of, of.units, BINH, NOW) == 0
    later = NOW + timedelta(minutes=1)
    ruling = Ruling("xã Bình An", "Ban hành kế hoạch cải cách hành chính năm đúng thời hạn", Decimal(1))
    assert [appraise(office, of, ruling, BINH, later) for _ in range(2)] == [True, False]
    sheet = sheets_of(office, of)[BINH_AN.id]
    assert (sheet.unanswered(), [one.code for one in sheet.unappraised()][:1]) == ([], ["reports"])
    with pytest.raises(InputError, match="expected points from 0 to 4"):
        appraise(office, of, Ruling("xã Bình An", "plan", Decimal(5)), BINH, NOW)
    assert ranking_of(office, of).missing == tuple(unit.agency for unit in of.units)
    with pytest.raises(InputError):
        publish_ranking(office, of, BINH, NOW)
    reasoned = Decider(BINH.by, "Công bố tạm thời")
    assert [publish_ranking(office, of, reasoned, NOW).version for _ in range(2)] == [1, 1]
    assert [table.note for table in published(office, of)] == ["Công bố tạm thời"]
    with store.read() as connection:
        acts = [act.act for act in audit.newest(connection, 10)]
    assert sorted(acts) == [ActKind.APPRAISE, ActKind.ASK_SCORE, ActKind.PUBLISH_SCORES]


def test_a_unit_or_a_receiver_that_is_not_scored_is_named(store: Store) -> None:
    fill(store)
    office = make_office(store)
    with pytest.raises(InputError, match="no-such"):
        open_round(office, RULES, "no-such", 2023, DISTRICT.id, NOW)
    with pytest.raises(InputError, match="units of the scheme below it"):
        open_round(office, RULES, "departments", 2023, BINH_AN.id, NOW)
    of = open_round(office, RULES, "communes", 2023, DISTRICT.id, NOW)
    with pytest.raises(InputError, match="a unit that the scheme is for"):
        of.unit("Phòng Nội vụ")
