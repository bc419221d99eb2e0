"""Letters stop on the days that were agreed, for whom it was agreed, and the people who are there get them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.pausing import Absence, Suspension, present, suspended
from plan_lifecycle.domain.unit import Contact, ContactRole

OWED = Obligation(1, "bb-binh-an", "bb", Item.REPORT, "2023", "…", "…", Basis.RECEIPT, date(2023, 12, 18))
FLOOD = Suspension(date(2023, 3, 1), date(2023, 3, 10), "Trần Thị B", "lũ lụt", unit_id="bb-binh-an")
OFFICER = Contact("bb-binh-an", ContactRole.OFFICER, "Nguyễn Văn An", "an@example.vn")
HEAD = Contact("bb-binh-an", ContactRole.HEAD, "Lê Văn Cường", "cuong@example.vn")


def march(day: int) -> date:
    return date(2023, 3, day)


def away(email: str, substitute: str | None = None, from_on: int = 1, until_on: int = 14) -> Absence:
    return Absence(email, march(from_on), march(until_on), substitute, "Trần Thị B", "nghỉ phép")


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2023, 2, 28), False), (march(1), True), (march(10), True), (march(11), False)]
)
def test_a_pause_holds_on_its_first_and_last_day(day: date, holds: bool) -> None:
    assert FLOOD.in_force(day) is holds


@pytest.mark.parametrize(("day", "holds"), [(march(4), True), (march(5), False), (march(6), False)])
def test_the_day_it_is_lifted_has_letters_again(day: date, holds: bool) -> None:
    assert replace(FLOOD, lifted_on=march(5)).in_force(day) is holds


def test_without_an_end_it_holds_until_it_is_lifted() -> None:
    endless = replace(FLOOD, until_on=None)
    assert endless.in_force(date(2030, 1, 1))
    assert not endless.in_force(date(2023, 2, 28))
    assert not replace(endless, lifted_on=march(5)).in_force(march(5))


@pytest.mark.parametrize(
    ("plan_id", "unit_id", "covered"),
    [
        (None, None, True),
        (1, None, True),
        (2, None, False),
        (None, "bb-binh-an", True),
        (None, "bb-hoa-thang", False),
        (1, "bb-binh-an", True),
        (1, "bb-hoa-thang", False),
        (2, "bb-binh-an", False),
    ],
)
def test_it_covers_its_plan_and_its_unit_only(plan_id: int | None, unit_id: str | None, covered: bool) -> None:
    pause = replace(FLOOD, plan_id=plan_id, unit_id=unit_id)
    assert pause.covers(OWED, march(5)) is covered
    assert (suspended([pause], OWED, march(5)) is pause) is covered


def test_outside_its_days_it_keeps_nothing_back() -> None:
    assert suspended([FLOOD], OWED, march(11)) is None


def test_it_says_why_and_until_when_there_are_no_letters() -> None:
    assert FLOOD.in_words == "tạm dừng gửi thư đến hết ngày 10/3/2023: lũ lụt"
    assert replace(FLOOD, until_on=None).in_words == "tạm dừng gửi thư: lũ lụt"


@pytest.mark.parametrize(("day", "gone"), [(2, False), (3, True), (5, True), (6, False)])
def test_who_is_away_is_so_on_both_days(day: int, gone: bool) -> None:
    absence = away(OFFICER.email, from_on=3, until_on=5)
    assert absence.covers(march(day)) is gone
    assert (present([OFFICER], [absence], march(day)) == []) is gone


def test_the_substitute_of_these_days_comes_before_the_contacts_own() -> None:
    own = replace(OFFICER, substitute="dung@example.vn")
    assert [one.email for one in present([own], [away(own.email)], march(5))] == ["dung@example.vn"]
    assert [one.email for one in present([own], [away(own.email, "em@example.vn")], march(5))] == ["em@example.vn"]


def test_a_substitute_is_called_by_name_where_it_is_a_contact_itself() -> None:
    head, officer = replace(HEAD, phone="0912345678"), replace(OFFICER, phone="0987654321")
    (known, _) = present([officer, head], [away(OFFICER.email, HEAD.email)], march(5))
    assert (known.name, known.role, known.phone) == (HEAD.name, ContactRole.OFFICER, "0912345678")
    (stranger,) = present([OFFICER], [away(OFFICER.email, "em@example.vn")], march(5))
    assert stranger.name == ""


def test_a_substitute_who_is_away_too_gets_nothing_and_the_others_remain() -> None:
    absences = [away(OFFICER.email, "em@example.vn"), away("em@example.vn")]
    assert present([OFFICER, HEAD], absences, march(5)) == [HEAD]


def test_nobody_is_written_to_twice_in_one_role() -> None:
    deputy = replace(OFFICER, name="Phạm Thị Em", email="em@example.vn")
    found = present([OFFICER, deputy], [away(OFFICER.email, deputy.email)], march(5))
    assert [one.email for one in found] == [deputy.email]
