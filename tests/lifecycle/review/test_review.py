"""A named person decides, once, on record; what was decided can be opened again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, HOA_THANG, arrival, day, fill, make_office, obligation_of, owe, plan_file, plan_row
from tests.fakes import FakeChannel

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import (
    Decided,
    Subject,
    SubjectId,
    accept_these,
    clean_submissions,
    lay_aside,
    read_id,
    reopen,
    return_these,
    waiting,
)
from plan_lifecycle.lifecycle.review._taken import DECIDED
from plan_lifecycle.store import arrivals, audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter

AN = "Nguyễn Văn An"
NOW = day("2023-02-21")


@pytest.fixture
def office(store: Store) -> Office:
    """Two communes owe a plan; xã Bình An's is clean, xã Hòa Thắng's has no number; nothing is left to rules."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    made = make_office(store, accept_clean=False, return_with_findings=False)
    files = [
        arrival(plan_file(), key="1"),
        arrival(plan_file(HOA_THANG, number=None), HOA_THANG, key="2"),
        arrival(plan_file(number="99"), "bb-khong-co", key="3", file_name="la.docx"),
    ]
    collect(made, [FakeChannel(list(files))], day("2023-02-20"))
    return made


def ids(office: Office) -> dict[str, SubjectId]:
    return {f"{each.kind} {each.unit_id}": read_id(each.id, Subject.SUBMISSION) for each in waiting(office, NOW)}


def trail(office: Office) -> list[tuple[str, str, str]]:
    with office.store.read() as connection:
        assert audit.verify(connection).broken is None
        rows = connection.execute(select(audit.audit.c.by, audit.audit.c.act, audit.audit.c.subject))
        return [(row.by, row.act, row.subject) for row in rows]


def kinds(office: Office) -> list[str]:
    with office.store.read() as connection:
        return list(connection.execute(select(letter.c.kind).order_by(letter.c.id)).scalars())


def outcome(found: object) -> list[Decided]:
    return cast("list[Decided]", list(found))  # type: ignore[call-overload]


def test_the_list_shows_what_waits_and_why(office: Office) -> None:
    found = {each.unit_id: each for each in waiting(office, NOW)}
    assert (found[BINH_AN.id].clean, found[BINH_AN.id].why) == (True, ())
    assert found[HOA_THANG.id].why == ("Kế hoạch chưa có số, ký hiệu.",)
    assert found["bb-khong-co"].kind == "arrival"
    assert "chưa rõ đơn vị gửi" in found["bb-khong-co"].why[0]


def test_a_paper_that_was_left_without_a_reason_is_listed_with_none(office: Office) -> None:
    with office.store.write() as connection:
        arrivals.record(connection, arrival(b"", None, key="left"), None)
        left = next(each.id for each in arrivals.waiting(connection) if each.key == "left")
        arrivals.settle(connection, left, ArrivalState.UNMATCHED)
    (found,) = [each for each in waiting(office, NOW) if each.id == f"A{left}"]
    assert found.why == ()


def test_it_lists_obligations_without_a_day(office: Office) -> None:
    owe(office.store, period="2024", due=None, plan_id=plan_row(office.store, number="16"))
    (found,) = [each for each in waiting(office, NOW) if each.kind == "obligation"]
    assert found.why == ("Thời hạn chưa xác định được: “trước ngày 01/3/2023”",)


def test_everything_clean_is_accepted_in_one_go(office: Office) -> None:
    wanted = clean_submissions(office)
    (done,) = outcome(accept_these(office, wanted, Decider(AN), NOW))
    assert (done.done, done.unit) == (True, "UBND xã Bình An")
    assert obligation_of(office.store).state is ObligationState.MET
    assert obligation_of(office.store, HOA_THANG).state is ObligationState.RECEIVED
    assert trail(office) == [(AN, "accept", "submission")]
    assert clean_submissions(office) == []


def test_a_returned_one_gets_a_letter_with_the_reason_and_a_fresh_day(office: Office) -> None:
    which = ids(office)[f"submission {HOA_THANG.id}"]
    (done,) = outcome(return_these(office, [which], Decider(AN, "Đề nghị ghi số văn bản."), NOW))
    owed = obligation_of(office.store, HOA_THANG)
    assert (done.done, owed.state, str(owed.resend_by)) == (True, ObligationState.RETURNED, "2023-02-23")
    assert kinds(office)[-1] == "return"


def test_what_was_decided_is_not_decided_again(office: Office) -> None:
    which = ids(office)[f"submission {BINH_AN.id}"]
    outcome(accept_these(office, [which], Decider(AN), NOW))
    (again,) = outcome(return_these(office, [which], Decider("Trần Thị Bình", "khác"), NOW))
    assert (again.done, again.why) == (
        False, f"{DECIDED}: đ/c {AN}, tiếp nhận, 08 giờ 00 phút ngày {NOW.day}/{NOW.month:02}/{NOW.year}",
    )  # fmt: skip
    assert len(trail(office)) == 1


def test_two_coordinators_at_once_decide_once(office: Office) -> None:
    which = ids(office)[f"submission {BINH_AN.id}"]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: outcome(accept_these(office, [which], Decider(f"Cán bộ {n}"), NOW)), range(4)))
    assert sum(done.done for (done,) in found) == 1
    assert len(trail(office)) == 1
    assert kinds(office).count("accepted") == 1


def test_an_obligation_means_what_waits_for_it(office: Office) -> None:
    owed = SubjectId(Subject.OBLIGATION, obligation_of(office.store).id)
    (first,) = outcome(accept_these(office, [owed], Decider(AN), NOW))
    (second,) = outcome(accept_these(office, [owed], Decider(AN), NOW))
    assert (first.done, second.done, second.why) == (True, False, "chưa có văn bản nào chờ xử lý")


def test_an_id_that_is_not_known_does_not_stop_the_others(office: Office) -> None:
    known, unknown = ids(office)[f"submission {BINH_AN.id}"], SubjectId(Subject.SUBMISSION, 999)
    found = list(accept_these(office, [unknown, known], Decider(AN), NOW))
    assert isinstance(found[0], InputError)
    assert isinstance(found[1], Decided)
    assert found[1].done


def test_what_was_reopened_waits_for_a_person_and_no_rule(office: Office) -> None:
    which = ids(office)[f"submission {BINH_AN.id}"]
    outcome(accept_these(office, [which], Decider(AN), NOW))
    assert reopen(office, which, Decider(AN, "Đã xử lý nhầm."), NOW).done
    assert obligation_of(office.store).state is ObligationState.RECEIVED
    assert obligation_of(office.store).met_at is None
    assert clean_submissions(office) == []
    collect(make_office(office.store), [FakeChannel([])], NOW)
    assert obligation_of(office.store).state is ObligationState.RECEIVED
    assert not reopen(office, which, Decider(AN, "nữa"), NOW).done
    assert [each[1] for each in trail(office)][:2] == ["accept", "reopen"]


def test_an_older_version_is_not_reopened(office: Office) -> None:
    which = ids(office)[f"submission {BINH_AN.id}"]
    outcome(return_these(office, [which], Decider(AN, "thiếu"), NOW))
    collect(office, [FakeChannel([arrival(plan_file(number="08"), key="9")])], NOW)
    assert not reopen(office, which, Decider(AN, "nhầm"), NOW).done


def test_an_arrival_that_belongs_nowhere_is_laid_aside_and_may_be_taken_up_again(office: Office) -> None:
    which = ids(office)["arrival bb-khong-co"]
    assert lay_aside(office, which, Decider(AN, "Thư quảng cáo."), NOW).done
    assert not lay_aside(office, which, Decider(AN, "Thư quảng cáo."), NOW).done
    assert "arrival bb-khong-co" not in ids(office)
    assert reopen(office, which, Decider(AN, "nhầm"), NOW).done
    assert "arrival bb-khong-co" in ids(office)


def test_what_the_rules_decide_is_in_the_trail_too(office: Office) -> None:
    collect(make_office(office.store), [FakeChannel([])], NOW)
    assert sorted(trail(office)) == [
        ("quy tắc tự động", "accept", "submission"),
        ("quy tắc tự động", "return", "submission"),
    ]


@pytest.mark.parametrize("text", ["", "x", "S", "S-1", "12x", "T5", "S1234567890"])
def test_what_is_no_id_is_told(text: str) -> None:
    with pytest.raises(InputError):
        read_id(text, Subject.SUBMISSION)


def test_ids_are_read_as_people_type_them() -> None:
    assert str(read_id(" s12 ", Subject.OBLIGATION)) == "S12"
    assert str(read_id("12", Subject.OBLIGATION)) == "O12"
