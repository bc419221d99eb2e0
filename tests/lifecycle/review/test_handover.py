"""Units and a whole province end: what they leave open is listed by name where it belongs now, and handed over once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DEPARTMENT,
    DISTRICT,
    DIVISION,
    FINANCE,
    HOA_THANG,
    OTHER_DISTRICT,
    PHUOC_THE,
    address,
    day,
    letter,
    make_office,
    owe,
    plan_row,
)
from tests.fakes import FakeMailer
from tests.lifecycle.digest.test_digest import digests
from tests.lifecycle.remind.reminded import letters, send
from tests.lifecycle.review.reorganised import (
    BAC_BINH,
    HOA,
    LAM_DONG,
    LAST,
    LD_SNV,
    LD_STC,
    LUONG_SON,
    NOW,
    SHIPPED,
    acts,
    h1,
    of,
    reorganised,
    rows,
)

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.digest import tell_coordinators
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import explain, preview, remind
from plan_lifecycle.lifecycle.review import (
    Decided,
    Subject,
    SubjectId,
    WaitingKind,
    close_these,
    ended_ids,
    hand_over_these,
    reopen,
    waiting,
)
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import queue
from plan_lifecycle.store.tables import letter as letter_table
from plan_lifecycle.store.units import save_units


@pytest.fixture(name="office")
def _office(store: Store) -> Office:
    reorganised(store)
    return make_office(store, reminding=SHIPPED)


def test_the_list_names_who_owed_who_took_over_and_who_receives_it_now(office: Office, store: Store) -> None:
    for unit in (BINH_AN, CHO_LAU, DISTRICT, DIVISION):
        h1(store, unit)
    found = {each.unit: each for each in waiting(office, NOW) if each.kind is WaitingKind.ENDED}
    assert {name: [heir.name for heir in each.heirs] for name, each in found.items()} == {
        "UBND xã Bình An": ["UBND xã Bắc Bình"],
        "UBND thị trấn Chợ Lầu": ["UBND xã Bắc Bình", "UBND xã Lương Sơn"],
        "UBND huyện Bắc Bình": [],
        "Phòng Nội vụ huyện Bắc Bình": [],
    }
    assert found["UBND xã Bình An"].why == (
        "Đơn vị đã kết thúc hoạt động (hết ngày 30/6/2025); đơn vị kế thừa: UBND xã Bắc Bình; "
        "nơi nhận hiện nay: UBND tỉnh Lâm Đồng; chậm nhất hết ngày 20/6/2025",
    )


def test_the_digest_of_the_successors_coordinator_names_them(office: Office, store: Store) -> None:
    for unit in (BINH_AN, CHO_LAU, DISTRICT):
        h1(store, unit)
    owe(store, BINH_AN, Item.REPORT, "2025", "2025-12-15", plan_id=plan_row(store))
    assert tell_coordinators(office, NOW).coordinators == 1
    ((recipient, (text, _)),) = digests(store).items()
    assert recipient == address(LD_SNV)
    assert (
        "Nội dung của đơn vị đã kết thúc hoạt động, chờ bàn giao hoặc kết thúc: 04 (UBND huyện Bắc Bình (01 nội dung); "
        "UBND xã Bình An (02 nội dung); UBND thị trấn Chợ Lầu (01 nội dung))"
    ) in text
    assert "Quá hạn" not in text


def test_an_only_successor_takes_over_and_is_told_once_with_all_that_it_takes(office: Office, store: Store) -> None:
    first, second = h1(store, BINH_AN), h1(store, HOA_THANG, "2025-08-20")
    yearly = owe(store, BINH_AN, Item.REPORT, "2025", "2025-12-15", plan_id=first.plan_id)
    outcomes = hand_over_these(office, of(first, yearly), "", HOA, NOW)
    assert outcomes == [
        Decided(f"O{owed.id}", ActKind.HAND_OVER, True, "UBND xã Bình An", None) for owed in (first, yearly)
    ]
    assert rows(store) == [
        (BINH_AN.id, DISTRICT.id, "closed"),
        (HOA_THANG.id, DISTRICT.id, "open"),
        (BINH_AN.id, DISTRICT.id, "closed"),
        (BAC_BINH.id, LAM_DONG.id, "open"),
        (BAC_BINH.id, LAM_DONG.id, "open"),
    ]
    assert acts(store) == [(ActKind.HAND_OVER, owed.id, HOA.reason) for owed in (first, yearly)]
    ((kind, recipient, text),) = letters(store)
    assert (kind, recipient) == ("handed_over", address(BAC_BINH))
    assert "Sở Nội vụ tỉnh Lâm Đồng thông tin" in text
    assert "1. Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2025 (trước đây của UBND xã Bình An)" in text
    assert "thời hạn này đã qua trước khi bàn giao" in text
    assert "2. Báo cáo thông tin, tuyên truyền CCHC năm 2025" in text
    assert second.state is ObligationState.OPEN


def test_handing_over_again_or_at_once_does_it_once(office: Office, store: Store) -> None:
    owed = h1(store, BINH_AN)
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: hand_over_these(office, of(owed), "", HOA, NOW), range(3)))
    done = [outcome for run in runs for outcome in run if isinstance(outcome, Decided) and outcome.done]
    assert len(done) == 1
    assert len(rows(store)) == 2
    assert len(letters(store)) == len(acts(store)) == 1


def test_two_units_that_became_one_leave_it_one_duty(office: Office, store: Store) -> None:
    first = h1(store, BINH_AN)
    second = owe(store, HOA_THANG, Item.REPORT, "2025-H1", "2025-06-20", plan_id=first.plan_id)
    hand_over_these(office, of(first, second), "", HOA, NOW)
    assert [row for row in rows(store) if row[2] == "open"] == [(BAC_BINH.id, LAM_DONG.id, "open")]


def test_of_several_successors_a_person_says_which(office: Office, store: Store) -> None:
    owed = h1(store, CHO_LAU)
    (asked,) = hand_over_these(office, of(owed), "", HOA, NOW)
    assert isinstance(asked, InputError)
    assert "UBND xã Bắc Bình; UBND xã Lương Sơn" in asked.for_user
    assert "ld-" not in asked.for_user
    (wrong,) = hand_over_these(office, of(owed), "Sở Tài chính", HOA, NOW)
    assert isinstance(wrong, InputError)
    assert letters(store) == []
    (done,) = hand_over_these(office, of(owed), "xã Lương Sơn", HOA, NOW)
    assert isinstance(done, Decided)
    assert rows(store)[-1] == (LUONG_SON.id, LAM_DONG.id, "open")


def test_a_unit_without_successor_is_closed_in_bulk_and_can_be_taken_back(office: Office, store: Store) -> None:
    first, second = h1(store, DISTRICT), h1(store, DIVISION)
    outcomes = hand_over_these(office, of(first, second), "", HOA, NOW)
    assert all(isinstance(outcome, InputError) and "đề nghị kết thúc" in outcome.for_user for outcome in outcomes)
    done = close_these(office, of(first, second), HOA, NOW)
    assert [isinstance(outcome, Decided) and outcome.done for outcome in done] == [True, True]
    assert [row[2] for row in rows(store)] == ["closed", "closed"]
    assert acts(store) == [(ActKind.CLOSE, owed.id, HOA.reason) for owed in (first, second)]
    assert ended_ids(office, NOW) == []
    assert reopen(office, of(first)[0], HOA, NOW).done
    assert ended_ids(office, NOW) == of(first)


def test_a_department_follows_its_province(office: Office, store: Store) -> None:
    owed = h1(store, FINANCE)
    hand_over_these(office, of(owed), "", HOA, NOW)
    assert rows(store)[-1] == (LD_STC.id, LAM_DONG.id, "open")


def test_what_the_coordinating_agency_takes_over_is_its_own_to_do_and_no_letter(office: Office, store: Store) -> None:
    owed = h1(store, DEPARTMENT)
    hand_over_these(office, of(owed), "", HOA, NOW)
    assert rows(store)[-1][0] == LD_SNV.id
    assert letters(store) == []
    assert [each.unit for each in waiting(office, NOW) if each.kind is WaitingKind.OWN_DUTY] == [
        "Sở Nội vụ tỉnh Lâm Đồng"
    ]


def test_a_unit_that_lives_on_owes_it_to_who_took_its_receivers_place(office: Office, store: Store) -> None:
    """Huyện Tuy Phong is still there, its province is not."""
    with store.write() as connection:
        save_units(connection, [replace(OTHER_DISTRICT, valid_to=None)])
    owed = h1(store, OTHER_DISTRICT, "2025-07-20")
    (entry,) = [each for each in waiting(office, NOW) if each.kind is WaitingKind.ENDED]
    assert entry.why[0].startswith(
        "Nơi nhận (UBND tỉnh Bình Thuận) đã kết thúc hoạt động; nơi nhận hiện nay: UBND tỉnh"
    )
    hand_over_these(office, of(owed), "", HOA, NOW)
    assert rows(store) == [(OTHER_DISTRICT.id, LAM_DONG.id, "open")]
    ((_, recipient, text),) = letters(store)
    assert recipient == address(OTHER_DISTRICT)
    assert "(trước đây gửi UBND tỉnh Bình Thuận)" in text


def test_a_whole_units_duties_are_found_by_its_name(office: Office, store: Store) -> None:
    first = h1(store, BINH_AN)
    h1(store, CHO_LAU)
    for name in ("UBND xã Bình An", "xã bình an", BINH_AN.id):
        assert ended_ids(office, NOW, name) == of(first)
    with pytest.raises(InputError) as refused:
        ended_ids(office, NOW, "xã Phước Thể")
    assert "UBND thị trấn Chợ Lầu" in refused.value.for_user


def test_a_quota_and_figures_that_came_are_closed_and_not_carried(office: Office, store: Store) -> None:
    figures = h1(store, BINH_AN, state=ObligationState.FIGURES_ONLY)
    (outcome,) = hand_over_these(office, of(figures), "", HOA, NOW)
    assert isinstance(outcome, Decided)
    assert not outcome.done
    (done,) = close_these(office, of(figures), HOA, NOW)
    assert isinstance(done, Decided)
    assert done.done


def test_what_is_owed_by_units_that_exist_is_none_of_it(office: Office, store: Store) -> None:
    alive = owe(store, BAC_BINH, Item.REPORT, "2025", "2025-12-15", plan_id=plan_row(store, LAM_DONG))
    assert ended_ids(office, NOW) == []
    for refused in (*hand_over_these(office, of(alive), "", HOA, NOW), *close_these(office, of(alive), HOA, NOW)):
        assert isinstance(refused, InputError)
    (unknown,) = close_these(office, [SubjectId(Subject.OBLIGATION, 999)], HOA, NOW)
    assert isinstance(unknown, InputError)
    with pytest.raises(InputError):
        hand_over_these(office, of(alive), "", Decider("Hoa"), NOW)


def test_no_letter_of_any_kind_goes_to_a_unit_that_ended(office: Office, store: Store) -> None:
    h1(store, BINH_AN, "2025-06-27")
    remind(office, day("2025-06-30"))
    with store.write() as connection:
        queue(connection, [letter(1, kind="sub_plan_request", blob=store.blobs.put(b"bytes"))])
    mailer = FakeMailer()
    done = send_outbox(office, mailer.connect, now=NOW, wall=NOW, worker="a")
    assert (mailer.sent, done.superseded) == ([], 2)
    with store.read() as connection:
        reasons = set(connection.execute(select(letter_table.c.reason)).scalars())
    assert reasons == {"đơn vị đã kết thúc hoạt động, chờ cán bộ đầu mối xử lý"}
    assert remind(office, NOW).letters == 0


def test_preview_and_explanation_call_it_by_its_name_and_plan_nothing(office: Office, store: Store) -> None:
    h1(store, BINH_AN)
    found = preview(office, NOW.date(), date(2025, 7, 31), NOW)
    assert found.letters == ()
    assert {each.reminder.unit for each in found.not_sent} == {"UBND xã Bình An"}
    assert explain(office, BINH_AN.id, NOW).unit == "UBND xã Bình An"


def test_who_took_over_is_then_chased_as_one_that_was_told(office: Office, store: Store) -> None:
    owed = h1(store, BINH_AN, "2025-07-10")
    hand_over_these(office, of(owed), "", HOA, NOW)
    send(store, NOW)
    assert remind(office, day("2025-07-09")).letters == 1
    (text,) = send(store, day("2025-07-09"))
    assert "còn 01 ngày" in text
    assert "Đây là thư đầu tiên" not in text


def test_what_has_no_day_yet_is_listed_once(office: Office, store: Store) -> None:
    owe(store, PHUOC_THE, due=None, plan_id=plan_row(store))
    assert [each.kind for each in waiting(office, NOW)] == [WaitingKind.ENDED]
    with store.read() as connection:
        assert len(obligation_rows.open_of_ended(connection, NOW.date())) == 1
        assert obligation_rows.open_of_ended(connection, LAST) == []
