"""A person says what an arrival is for: it is filed as any other, once, on record; what cannot be is told why."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from tests.documents.signing import scan
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    address,
    arrival,
    day,
    make_office,
    obligation_of,
    owe,
    plan_file,
    report_file,
)
from tests.fakes import FakeChannel
from tests.lifecycle.review.placing import AN, BINH, LATER, letters, place, sent_for, state_of, trail, waits

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId, accept_these, lay_aside, place_these, reopen
from plan_lifecycle.lifecycle.review._acts import PLACE_FIRST
from plan_lifecycle.store.units import save_contacts


def test_it_is_filed_as_if_it_had_been_matched(office: Office) -> None:
    which, owed = waits(office, plan_file()), obligation_of(office.store)
    done = place(office, which, owed)
    (sent,) = sent_for(office, owed)
    assert (done.done, done.unit, done.to, done.submissions) == (True, "UBND xã Bình An", ("O1",), (f"S{sent.id}",))
    assert (sent.reference, sent.received_at, sent.days_late) == ("07/KH-UBND", day("2023-02-20"), 0)
    assert obligation_of(office.store).state is ObligationState.RECEIVED
    assert state_of(office, which) == ("filed", BINH_AN.id)
    assert letters(office) == [("receipt", address(BINH_AN))]


def test_the_day_of_receipt_decides_and_not_that_of_placing(office: Office) -> None:
    in_time = waits(office, scan(), "ke-hoach.pdf", at="2023-02-28")
    assert place(office, in_time, obligation_of(office.store)).days_late == 0
    late = waits(office, report_file(), "bao-cao.xlsx", at="2023-06-20")
    assert place(office, late, obligation_of(office.store, item=Item.REPORT, period="2023-H1")).days_late == 4


def test_findings_are_told_to_who_places(office: Office) -> None:
    done = place(office, waits(office, plan_file(number=None)), obligation_of(office.store))
    assert (done.done, done.findings) == (True, ("Kế hoạch chưa có số, ký hiệu.",))


def test_rules_decide_what_was_placed_as_what_was_matched(office: Office) -> None:
    place(make_office(office.store), waits(office, plan_file()), obligation_of(office.store))
    assert obligation_of(office.store).state is ObligationState.MET


def test_all_contacts_of_the_unit_learn_what_a_stranger_sent_for_it(office: Office) -> None:
    with office.store.write() as connection:
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.HEAD, "Lãnh đạo", "lanh-dao@example.vn")])
    place(office, waits(office, plan_file()), obligation_of(office.store))
    assert {to for _, to in letters(office)} == {address(BINH_AN), "lanh-dao@example.vn"}


def test_doing_it_again_gives_the_same_answer_and_changes_nothing(office: Office) -> None:
    which, owed = waits(office, plan_file()), obligation_of(office.store)
    first = place(office, which, owed)
    assert place(office, which, owed) == first
    assert (len(sent_for(office, owed)), len(trail(office)), len(letters(office))) == (1, 1, 1)


def test_the_trail_says_who_placed_what_where_and_why(office: Office) -> None:
    which = waits(office, plan_file())
    place(office, which, obligation_of(office.store))
    (act,) = trail(office)
    assert (act.by, act.act, act.subject, act.subject_id, act.reason) == (
        AN, "assign", "arrival", which.number, "Đã xác minh.",
    )  # fmt: skip
    assert act.details["obligations"] == [1]
    assert act.details["claimed"] == {"unit": "bb-khong-co", "item": "", "period": ""}
    assert json.dumps(act.details)


def test_of_two_coordinators_at_once_one_places_and_the_other_is_told(office: Office) -> None:
    which = waits(office, scan(), "quet.pdf")
    targets = [obligation_of(office.store), obligation_of(office.store, item=Item.REPORT, period="2023-H1")]
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(place, office, which, targets[n % 2], by=f"Cán bộ {n}") for n in range(4)]
        found = [job.result() for job in jobs]
    assert sum(each.done for each in found) == 1
    assert len({each.why for each in found if not each.done}) == 1
    assert all("xếp vào “" in (each.why or "") for each in found if not each.done)
    assert len([sent for owed in targets for sent in sent_for(office, owed)]) == 1
    assert len(trail(office)) == 1


def test_who_comes_second_learns_who_was_first(office: Office) -> None:
    which, owed = waits(office, plan_file()), obligation_of(office.store)
    place(office, which, owed)
    done = place(office, which, owed, by=BINH)
    assert (done.done, done.why) == (
        False,
        f"đã được {AN} xếp vào “Kế hoạch thông tin, tuyên truyền CCHC năm 2023” trước đó",
    )


def test_one_paper_meets_several_obligations(office: Office) -> None:
    h1, year = (obligation_of(office.store, item=Item.REPORT, period=each) for each in ("2023-H1", "2023"))
    done = place(office, waits(office, scan(), "bao-cao.pdf"), h1, year)
    assert (done.done, done.to, len(done.submissions)) == (True, ("O2", "O3"), 2)
    assert [kind for kind, _ in letters(office)] == ["receipt"]


def test_the_same_content_is_recognised(office: Office) -> None:
    first, again = waits(office, plan_file()), waits(office, plan_file())
    owed = obligation_of(office.store)
    place(office, first, owed)
    done = place(office, again, owed)
    assert (done.done, done.why, done.submissions) == (True, "nội dung trùng với bản đã nhận", ("S1",))
    assert place(office, again, owed) == done
    assert len(sent_for(office, owed)) == 1


def test_a_copy_that_cannot_be_read_counts_and_is_asked_for_again(office: Office) -> None:
    which = waits(office, b"Rar!\x1a\x07\x01\x00" + b"\0" * 100, "ke-hoach.rar")
    done = place(office, which, obligation_of(office.store))
    assert done.done
    assert "đề nghị gửi bản đọc được" in done.findings[0]


def test_what_was_laid_aside_is_placed_once_it_is_reopened(office: Office) -> None:
    which, owed = waits(office, plan_file()), obligation_of(office.store)
    lay_aside(office, which, Decider(BINH, "Không rõ của ai."), LATER)
    done = place(office, which, owed)
    assert (done.done, "đề nghị mở lại trước khi xếp" in (done.why or "")) == (False, True)
    reopen(office, which, Decider(BINH, "Đã rõ."), LATER)
    assert place(office, which, owed).done


def test_what_was_filed_by_itself_is_not_placed_again(office: Office) -> None:
    collect(office, [FakeChannel([arrival(plan_file())])], day("2023-02-20"))
    done = place(office, SubjectId(Subject.ARRIVAL, 1), obligation_of(office.store))
    assert (done.done, done.why) == (False, "đã được ghi nhận tự động trước đó")


def test_a_unit_that_no_longer_exists_gets_no_letter_and_its_paper_is_filed(office: Office) -> None:
    from plan_lifecycle.store.tables import unit

    which, owed = waits(office, plan_file()), obligation_of(office.store)
    with office.store.write() as connection:
        connection.execute(unit.update().where(unit.c.id == BINH_AN.id).values(valid_to=day("2023-03-01").date()))
    assert place(office, which, owed).done
    assert letters(office) == []


@pytest.mark.parametrize("wrong", [["O99"], ["S1"], ["A1"], ["O1", "O2"], ["O1", "O4"]])
def test_targets_are_obligations_of_one_unit_and_one_item(office: Office, wrong: list[str]) -> None:
    owe(office.store, HOA_THANG, plan_id=1)
    which = waits(office, plan_file())
    to = [SubjectId(Subject(each[0]), int(each[1:])) for each in wrong]
    with pytest.raises(InputError, match="--to"):
        list(place_these(office, [which], to, Decider(AN, "x"), LATER))


def test_an_unknown_arrival_does_not_stop_the_others(office: Office) -> None:
    known = waits(office, plan_file())
    ids = [SubjectId(Subject.ARRIVAL, 99), SubjectId(Subject.SUBMISSION, 1), known]
    found = list(place_these(office, ids, [SubjectId(Subject.OBLIGATION, 1)], Decider(AN, "x"), LATER))
    assert [isinstance(each, InputError) for each in found] == [True, True, False]


def test_accepting_an_arrival_says_to_place_it_first(office: Office) -> None:
    which = waits(office, plan_file())
    (told,) = accept_these(office, [which], Decider(AN), LATER)
    assert told == replace(told, done=False, why=PLACE_FIRST.format(which))  # type: ignore[type-var]
