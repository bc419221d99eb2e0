"""A person says what an arrival is for: it is filed as any other, once, on record; what cannot be is told why."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import pytest
from docx import Document
from sqlalchemy import select
from tests.documents.hostile import billion_laughs
from tests.documents.signing import scan
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    address,
    arrival,
    day,
    fill,
    invitation,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
    set_state,
)
from tests.fakes import FakeChannel

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Placed, Subject, SubjectId, accept_these, lay_aside, place_these, reopen
from plan_lifecycle.lifecycle.review._acts import PLACE_FIRST
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import save_contacts

AN, BINH = "Nguyễn Văn An", "Trần Thị Bình"
LATER = day("2023-03-06")
_KEYS = iter(range(10_000))


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An owes its plan and two reports; nothing is left to rules."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023", due="2023-12-18", plan_id=plan_id)
    return make_office(store, accept_clean=False, return_with_findings=False)


def waits(office: Office, data: bytes, name: str = "ke-hoach.docx", at: str = "2023-02-20", **claim: str) -> SubjectId:
    """Something that came and that nobody could match."""
    claimed = {"unit": "bb-khong-co", "item": "", "period": ""} | claim
    came = arrival(data, key=f"k{next(_KEYS)}", file_name=name, at=at, **claimed)  # type: ignore[arg-type]
    collect(office, [FakeChannel([came])], day(at))
    with office.store.read() as connection:
        row = connection.execute(select(arrival_table).order_by(arrival_table.c.id.desc())).first()
    assert row is not None
    assert row.state == "unmatched"
    return SubjectId(Subject.ARRIVAL, row.id)


def place(office: Office, which: SubjectId, *owed: Obligation, by: str = AN, sure: bool = False) -> Placed:
    to = [SubjectId(Subject.OBLIGATION, each.id) for each in owed]
    (done,) = place_these(office, [which], to, Decider(by, "Đã xác minh."), LATER, sure=sure)
    return cast("Placed", done)


def sent_for(office: Office, owed: Obligation) -> list[Submission]:
    with office.store.read() as connection:
        return versions(connection, owed.id)


def state_of(office: Office, which: SubjectId) -> tuple[str, str | None]:
    with office.store.read() as connection:
        row = connection.execute(select(arrival_table).where(arrival_table.c.id == which.number)).one()
    return row.state, row.unit_id


def trail(office: Office) -> list[audit.Act]:
    with office.store.read() as connection:
        assert audit.verify(connection).broken is None
        rows = connection.execute(select(audit.audit).order_by(audit.audit.c.number)).all()
    return [audit.Act(row.at, row.by, row.act, row.subject, row.subject_id, row.reason, row.details) for row in rows]


def letters(office: Office) -> list[tuple[str, str]]:
    with office.store.read() as connection:
        return [(row.kind, row.recipient) for row in connection.execute(select(letter).order_by(letter.c.id))]


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


@pytest.mark.parametrize(
    ("data", "name", "item", "period", "told"),
    [
        (report_file(period="2023"), "bc.xlsx", Item.REPORT, "2023-H1", "chưa phải kỳ 6 tháng đầu năm 2023"),
        (
            report_file(HOA_THANG),
            "bc.xlsx",
            Item.REPORT,
            "2023-H1",
            "được lập cho UBND xã Hòa Thắng, không phải UBND xã Bình An",
        ),
        (report_file(), "bc.xlsx", Item.SUB_PLAN, "2023", "tệp không phải loại của Kế hoạch"),
        (
            plan_file(),
            "kh.docx",
            Item.REPORT,
            "2023-H1",
            "Văn bản là Kế hoạch, nội dung đang chờ là Báo cáo thông tin, tuyên truyền CCHC 6 tháng",
        ),
        (plan_file(year=2022, issued="2022-02-20"), "kh.docx", Item.SUB_PLAN, "2023", "Kế hoạch của năm 2022"),
        (invitation(), "kh.docx", Item.SUB_PLAN, "2023", "Văn bản là Giấy mời"),
    ],
)
def test_what_says_that_it_is_something_else_is_not_filed(
    office: Office, data: bytes, name: str, item: Item, period: str, told: str
) -> None:
    which, owed = waits(office, data, name), obligation_of(office.store, item=item, period=period)
    done = place(office, which, owed)
    assert (done.done, told in (done.why or "")) == (False, True), done.why
    assert state_of(office, which)[0] == "unmatched"
    assert (sent_for(office, owed), letters(office), trail(office)) == ([], [], [])


def test_what_was_sent_for_something_else_is_not_filed_unless_one_is_sure(office: Office) -> None:
    which = waits(office, scan(), "quet.pdf", item="report", period="2023-H1")
    owed = obligation_of(office.store)
    done = place(office, which, owed)
    assert not done.done
    assert "được gửi cho “Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023”" in (done.why or "")
    assert place(office, which, owed, sure=True).done


def test_a_claim_that_names_nothing_owed_does_not_stand_in_the_way(office: Office) -> None:
    which = waits(office, plan_file(), unit=BINH_AN.id, item="sub_plan", period="2024")
    assert place(office, which, obligation_of(office.store)).done


@pytest.mark.parametrize("state", [ObligationState.WAIVED, ObligationState.CLOSED])
def test_nothing_is_filed_for_what_is_no_longer_owed(office: Office, state: ObligationState) -> None:
    which, owed = waits(office, plan_file()), obligation_of(office.store)
    set_state(office.store, owed, state)
    done = place(office, which, owed)
    assert not done.done
    assert "“Kế hoạch thông tin, tuyên truyền CCHC năm 2023” " in (done.why or "")
    assert state_of(office, which)[0] == "unmatched"


def test_what_bears_a_mark_of_secrecy_is_not_filed(office: Office) -> None:
    document, stream = Document(), io.BytesIO()
    for line in ("UBND XÃ BÌNH AN", "MẬT", "KẾ HOẠCH"):
        document.add_paragraph(line)
    document.save(stream)
    came = arrival(stream.getvalue(), "bb-khong-co", key="mat")
    collect(office, [FakeChannel([came])], day("2023-02-20"))
    with office.store.write() as connection:
        connection.execute(arrival_table.update().values(state="unmatched", reason="chưa rõ đơn vị gửi"))
    done = place(office, SubjectId(Subject.ARRIVAL, 1), obligation_of(office.store))
    assert (done.done, "dấu chỉ độ mật" in (done.why or "")) == (False, True)


def test_what_the_gate_does_not_let_in_is_refused_and_stays_so(office: Office) -> None:
    which, owed = waits(office, billion_laughs(), "ke-hoach.docx"), obligation_of(office.store)
    done = place(office, which, owed)
    assert (done.done, state_of(office, which)[0]) == (False, "refused")
    assert (done.why or "").startswith("không tiếp nhận được: ")
    assert place(office, which, owed) == done
    assert (
        place(office, which, owed, by=BINH).why
        == f"đã được {AN} xếp vào “Kế hoạch thông tin, tuyên truyền CCHC năm 2023” trước đó"
    )
    assert [kind for kind, _ in letters(office)] == ["return"]


def test_what_the_gate_refused_on_arrival_is_not_placed(office: Office) -> None:
    collect(office, [FakeChannel([arrival(billion_laughs())])], day("2023-02-20"))
    done = place(office, SubjectId(Subject.ARRIVAL, 1), obligation_of(office.store))
    assert (done.done, (done.why or "").startswith("không tiếp nhận được: ")) == (False, True)


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
