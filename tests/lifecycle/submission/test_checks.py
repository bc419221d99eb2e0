"""A sub-plan that comes in is held against its superior plan, the draft that was given and the neighbours' plans."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    plan_file,
    task,
)
from tests.fakes import FakeChannel
from tests.growth import asked

from plan_lifecycle.domain.submission import Finding, SubmissionState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.submission import Superiors
from plan_lifecycle.simulation.papers import signed_paper
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import in_state
from plan_lifecycle.store.tables import draft
from plan_lifecycle.store.units import load_tree

NOW = day("2023-02-12")
POSTING = task("1", "Đăng ít nhất 05 tin, bài trên trang thông tin điện tử", "UBND xã Bình An", "Hằng tháng")
FEWER = task("1", "Đăng ít nhất 02 tin, bài trên trang thông tin điện tử", "UBND xã Bình An", "Hằng tháng")
OWN = ("buổi chiếu phim lưu động", "hội thi kể chuyện", "gian hàng tư vấn", "ngày hội đọc sách")
PLACE = "tại hội trường thôn cho bà con nông dân, đồng bào dân tộc và chức sắc tôn giáo"
SPREADING = task("2", "Phổ biến, quán triệt kế hoạch", "UBND xã Bình An", "Hoàn thành trong quý I/2023")


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    cascade_plan(office, register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=NOW), NOW)
    return office


def found(office: Office, data: bytes, unit: object = BINH_AN, key: str = "1") -> tuple[Finding, ...]:
    collect(office, [FakeChannel([arrival(data, unit, key=key)])], NOW)  # type: ignore[arg-type]
    with office.store.read() as connection:
        return max(in_state(connection, SubmissionState.RECEIVED), key=lambda each: each.id).findings


def given(office: Office, unit_id: str) -> bytes:
    with office.store.read() as connection:
        row = connection.execute(select(draft.c.blob).where(draft.c.unit_id == unit_id)).scalar_one()
    return office.store.blobs.get(row)


@pytest.mark.parametrize("unit", [BINH_AN, CHO_LAU])
def test_the_draft_signed_and_numbered_has_no_finding(office: Office, unit: object) -> None:
    signed = signed_paper(given(office, unit.id), unit.id, date(2023, 2, 12))  # type: ignore[attr-defined]
    assert found(office, signed, unit) == ()


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ((POSTING,), "plan.missing"),
        ((POSTING, task("2", "Phổ biến, quán triệt kế hoạch", "UBND xã", "Trong tháng 8/2023")), "plan.later"),
        ((FEWER, SPREADING), "plan.lower"),
        ((POSTING, task("2", "Phổ biến, quán triệt kế hoạch", "", "Hoàn thành trong quý I/2023")), "plan.lead"),
    ],
)  # fmt: skip
def test_what_is_wanting_is_told_in_vietnamese_and_blocks(office: Office, rows: tuple[object, ...], rule: str) -> None:
    findings = {each.rule: each for each in found(office, plan_file(BINH_AN, activities=rows))}  # type: ignore[arg-type]
    assert rule in findings
    assert findings[rule].blocks


def test_a_task_of_other_units_is_not_asked_for(office: Office) -> None:
    assert found(office, plan_file(BINH_AN, activities=(POSTING, SPREADING))) == ()


def test_a_task_that_the_unit_only_supports_is_not_asked_for(store: Store) -> None:
    fill(store)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    training = task("1", "Tập huấn nghiệp vụ", "Phòng Nội vụ", "Trong tháng 5/2023", "UBND các xã, thị trấn")
    posting = task("2", "Đăng ít nhất 05 tin, bài trên trang thông tin điện tử", "UBND các xã, thị trấn", "Hằng tháng")
    data = district_plan(activities=(training, posting))
    cascade_plan(office, register_plan(office, data, issuer_id=DISTRICT.id, now=NOW), NOW)
    assert found(office, plan_file(BINH_AN, activities=(POSTING,))) == ()
    missing = found(office, plan_file(BINH_AN, activities=(SPREADING,)), key="2")
    assert [finding.rule for finding in missing] == ["plan.missing"]
    assert "Đăng ít nhất 05 tin" in missing[0].text


def test_a_wrong_number_of_the_superior_plan_is_told(office: Office) -> None:
    findings = found(office, plan_file(BINH_AN, activities=(POSTING, SPREADING), parent="16/KH-UBND"))
    assert [each.rule for each in findings] == ["plan.citation.number"]


def test_wording_of_a_neighbour_is_told_without_its_name_and_does_not_block(office: Office) -> None:
    own = (task(str(at), f"Tổ chức {what} {PLACE}", "UBND xã", "Quý III/2023") for at, what in enumerate(OWN, 3))
    rows = (POSTING, SPREADING, *own)
    assert found(office, plan_file(HOA_THANG, activities=rows, place="Hòa Thắng"), HOA_THANG) == ()
    findings = found(office, plan_file(BINH_AN, activities=rows), key="2")
    assert [(each.rule, each.blocks) for each in findings] == [("plan.copied", False)]
    assert "một đơn vị khác" in findings[0].text
    assert "Hòa Thắng" not in findings[0].text


def test_no_file_is_read_again_to_be_compared(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    own = (task(str(at), f"Tổ chức {what} {PLACE}", "UBND xã", "Quý III/2023") for at, what in enumerate(OWN, 3))
    rows = (POSTING, SPREADING, *own)
    found(office, plan_file(HOA_THANG, activities=rows, place="Hòa Thắng"), HOA_THANG)
    found(office, plan_file(BINH_AN, activities=(POSTING, SPREADING)), key="2")
    monkeypatch.setattr(
        "plan_lifecycle.lifecycle.submission._standard.read_plan", lambda data: pytest.fail("read again")
    )
    findings = found(office, plan_file(BINH_AN, activities=rows), key="3")
    assert [each.rule for each in findings] == ["plan.copied"]


def test_a_neighbours_wording_is_fetched_once_for_all_that_is_compared_with_it(office: Office) -> None:
    found(office, plan_file(HOA_THANG, activities=(POSTING, SPREADING), place="Hòa Thắng"), HOA_THANG)
    with office.store.read() as connection:
        superiors = Superiors(office, load_tree(connection, NOW.date()))

    def compared(unit: Unit) -> tuple[int, int]:
        with asked(office.store) as sent:
            standard = superiors.of(obligation_of(office.store, unit))
            assert standard is not None
            neighbours = list(standard.neighbours)
        return len(neighbours), sum("wording.blob IN" in statement for statement in sent)

    assert compared(BINH_AN) == (1, 1)
    assert compared(CHO_LAU) == (1, 0)
    assert compared(HOA_THANG) == (0, 0)
    found(office, plan_file(BINH_AN, activities=(POSTING, SPREADING)), key="2")
    assert compared(CHO_LAU) == (2, 1)
    assert compared(CHO_LAU) == (2, 0)


def test_what_the_superior_plan_gave_is_left_out_of_what_neighbours_are_compared_by(office: Office) -> None:
    found(office, signed_paper(given(office, HOA_THANG.id), HOA_THANG.id, date(2023, 2, 12)), HOA_THANG)
    with office.store.read() as connection:
        superiors = Superiors(office, load_tree(connection, NOW.date()))
    standard = superiors.of(obligation_of(office.store, BINH_AN))
    assert standard is not None
    ((_, words),) = standard.neighbours
    assert words.runs
    assert set(words.runs).isdisjoint(standard.whole.runs)
