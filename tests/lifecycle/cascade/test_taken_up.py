"""Which files are taken up as a plan: of the letterhead, and by acceptance; what is told of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.factories import (
    BINH_AN,
    DISTRICT,
    OTHER_DISTRICT,
    PROVINCE,
    arrival,
    district_plan,
    fill,
    invitation,
    make_office,
    obligation_of,
    plan_file,
    task,
)
from tests.fakes import FakeChannel
from tests.lifecycle.cascade.cascading import NOW, cascaded, count, provinces_plan, registered

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.submission import SubmissionState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.cascade import (
    cascade_plan,
    register_accepted,
    register_file,
    unregistered_plans,
    waiting_plans,
)
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import in_state, review
from plan_lifecycle.store.units import save_units


def test_an_issuer_that_is_no_more_is_told(office: Office) -> None:
    plan_id = registered(office, district_plan())
    with office.store.write() as connection:
        save_units(connection, [replace(DISTRICT, valid_to=date(2023, 2, 9))])
    with pytest.raises(InputError, match="an issuer that exists"):
        cascade_plan(office, plan_id, NOW)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: b"", "empty"),
        (lambda: b"%PDF-1.7 no plan", "pdf"),
        (lambda: invitation(), "an issued plan"),
        (lambda: plan_file(DISTRICT, number=None), "number"),
        (lambda: plan_file(DISTRICT, issued=None), "issued_on"),
    ],
    ids=["empty", "pdf", "invitation", "no number", "no date"],
)
def test_what_is_no_issued_plan_is_told_and_not_kept(office: Office, data: object, told: str) -> None:
    with pytest.raises(InputError, match=told) as refused:
        registered(office, data())  # type: ignore[operator]
    assert refused.value.for_user
    assert count(office)["plan"] == 0


def test_a_plan_without_tasks_still_binds_by_its_duties(office: Office) -> None:
    assert cascaded(office, district_plan(activities=())).drafts == 4


def test_a_plan_that_asks_nothing_of_anyone_stays_waiting(office: Office) -> None:
    done = cascaded(office, plan_file(DISTRICT, place="Bắc Bình", activities=(task("1", "Tuyên truyền", "", ""),)))
    assert (done.drafts, done.letters) == (0, 0)
    assert len(waiting_plans(office, NOW)) == 1


def test_a_file_is_registered_for_the_province_of_its_name(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach-36.docx"
    path.write_bytes(provinces_plan())
    for name in ("Bình Thuận", "tỉnh Bình Thuận", "TỈNH BÌNH THUẬN"):
        assert register_file(office, path, province=name, now=NOW, year=2023) == 1
    assert [each.issuer for each in waiting_plans(office, NOW)] == ["UBND tỉnh Bình Thuận"]


def test_an_unknown_province_a_missing_file_and_another_year_are_told_and_nothing_is_kept(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "ke-hoach-36.docx"
    with pytest.raises(InputError, match="a readable file"):
        register_file(office, path, province="Bình Thuận", now=NOW)
    path.write_bytes(provinces_plan())
    with pytest.raises(InputError, match="tỉnh Bình Thuận"):
        register_file(office, path, province="Bình Dương", now=NOW)
    with pytest.raises(InputError, match=r"ke-hoach-36\.docx.*'year'.*2023.*a plan of 2024"):
        register_file(office, path, province="Bình Thuận", now=NOW, year=2024)
    assert count(office)["plan"] == 0


def test_a_file_of_another_than_the_province_is_refused_by_its_letterhead(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach-15.docx"
    path.write_bytes(district_plan())
    with pytest.raises(InputError) as refused:
        register_file(office, path, province="Bình Thuận", now=NOW)
    assert "mang tên Ủy ban nhân dân huyện Bắc Bình, không phải UBND tỉnh Bình Thuận" in refused.value.for_user
    assert count(office)["plan"] == 0


def accepted_district_plan(office: Office, data: bytes, unit: Unit = DISTRICT, key: str = "1") -> None:
    """The district sends its plan, and a person accepts it whatever it is like."""
    collect(office, [FakeChannel([arrival(data, unit, key=key)])], NOW)
    with office.store.write() as connection:
        for each in in_state(connection, SubmissionState.RECEIVED):
            review(connection, each.id, SubmissionState.ACCEPTED, at=NOW, by="cán bộ", reason=None)


@pytest.fixture
def by_hand(store: Store) -> Office:
    """An office that leaves every review to a person, with the province's plan cascaded."""
    fill(store)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    cascaded(office, provinces_plan(), PROVINCE)
    return office


def test_an_accepted_districts_plan_binds_the_units_below_it(by_hand: Office) -> None:
    accepted_district_plan(by_hand, district_plan())
    assert [unit_id for _, unit_id, _ in unregistered_plans(by_hand, NOW)] == ["bb"]
    assert register_accepted(by_hand, NOW).faults == ()
    assert unregistered_plans(by_hand, NOW) == []
    (waiting,) = waiting_plans(by_hand, NOW)
    assert cascade_plan(by_hand, waiting.plan_id, NOW).drafts == 4
    assert obligation_of(by_hand.store).state is ObligationState.OPEN


def test_an_accepted_scan_does_not_stop_the_other_districts(by_hand: Office) -> None:
    accepted_district_plan(by_hand, plan_file(DISTRICT, number=None))
    accepted_district_plan(by_hand, district_plan(), OTHER_DISTRICT, key="2")
    done = register_accepted(by_hand, NOW)
    assert len(done.plan_ids) == 1
    assert done.faults[0].startswith("UBND huyện Bắc Bình: ")


def test_a_corrected_file_of_the_same_paper_is_no_second_plan(by_hand: Office) -> None:
    accepted_district_plan(by_hand, district_plan())
    register_accepted(by_hand, NOW)
    accepted_district_plan(by_hand, district_plan(activities=()), key="2")
    assert unregistered_plans(by_hand, NOW) == []


def test_a_communes_own_plan_binds_nobody(by_hand: Office) -> None:
    accepted_district_plan(by_hand, district_plan())
    register_accepted(by_hand, NOW)
    cascade_plan(by_hand, 2, NOW)
    accepted_district_plan(by_hand, plan_file(), BINH_AN, key="2")
    assert unregistered_plans(by_hand, NOW) == []
