"""What is not filed though a person places it: other papers, marks of secrecy, what the gate refuses."""

from __future__ import annotations

import io

import pytest
from docx import Document
from tests.documents.hostile import billion_laughs
from tests.documents.signing import scan
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    arrival,
    day,
    invitation,
    obligation_of,
    plan_file,
    report_file,
    set_state,
)
from tests.fakes import FakeChannel
from tests.lifecycle.review.placing import AN, BINH, letters, place, sent_for, state_of, trail, waits

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId
from plan_lifecycle.store.tables import arrival as arrival_table


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
