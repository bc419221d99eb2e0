"""What is laid before coordinators and leaders: the morning's digest, the week's, the draft of a letter."""

from __future__ import annotations

import email
import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    DIVISION,
    HOA_THANG,
    ROOT,
    UNITS,
    address,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_row,
    set_state,
)
from tests.lifecycle.remind.reminded import text_of

from plan_lifecycle.config.reminding import DigestRules
from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.digest import official_letter, tell_coordinators
from plan_lifecycle.lifecycle.digest._coordinators import Told
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import statements
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.statements import Said, StatementKind
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import mark_unreachable, save_contacts, save_units

SHIPPED = read_rules(ROOT / "config").reminding
BOSS = "truong-phong@example.vn"


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        save_contacts(connection, [Contact(DIVISION.id, ContactRole.HEAD, "Trưởng phòng", BOSS)])


def office_of(store: Store, **changed: object) -> Office:
    digest = replace(SHIPPED.digest, **changed)  # type: ignore[arg-type]
    return make_office(store, reminding=replace(SHIPPED, digest=digest))


def digests(store: Store) -> dict[str, tuple[str, list[str]]]:
    """Text and attachments by address."""
    with store.read() as connection:
        rows = connection.execute(select(letter.c.recipient, letter.c.blob).where(letter.c.kind == "digest")).all()
    found = {}
    for recipient, blob in rows:
        data = store.blobs.get(blob)
        files = [name for part in email.message_from_bytes(data).walk() if (name := part.get_filename())]
        found[recipient] = (text_of(data), files)
    return found


def test_a_morning_with_nothing_to_tell_is_not_told(store: Store) -> None:
    owe(store, due="2023-12-15")
    assert tell_coordinators(office_of(store), day("2023-02-21")) == Told()
    assert digests(store) == {}


def test_the_coordinator_reads_what_is_due_overdue_new_unreachable_and_failed(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id, due="2023-02-20")
    set_state(store, owe(store, CHO_LAU, plan_id=plan_id), ObligationState.RECEIVED, "2023-02-22")
    with store.write() as connection:
        mark_unreachable(connection, address(HOA_THANG), day("2023-02-22"))
        connection.execute(
            letter.insert().values(
                key="k", message_id="<k@x>", kind="receipt", unit_id=BINH_AN.id, recipient=address(BINH_AN),
                subject="s", blob="0" * 64, state="failed", reason="552 quá lớn", attempts=1,
                queued_at=day("2023-02-22"),
            )
        )  # fmt: skip
    assert tell_coordinators(office_of(store), day("2023-02-23")) == Told(coordinators=1)
    ((recipient, (text, files)),) = digests(store).items()
    assert recipient == address(DIVISION)
    assert files == []
    for line in (
        "Mới nhận từ buổi làm việc trước: 01",
        "Đến hạn trong tuần: Kế hoạch thông tin, tuyên truyền CCHC năm 2023: 01 (sớm nhất ngày 28/02/2023)",
        "Quá hạn: Kế hoạch thông tin, tuyên truyền CCHC năm 2023: 01 (UBND xã Hòa Thắng)",
        "Đơn vị chưa có địa chỉ thư liên hệ: 01 (UBND xã Hòa Thắng)",
        f"Thư không gửi được: 01 ({address(BINH_AN)}: máy chủ của người nhận từ chối)",
        address(HOA_THANG),
    ):
        assert line in text


def test_it_is_told_once_a_day_and_on_working_days(store: Store) -> None:
    owe(store)
    office = office_of(store)
    assert tell_coordinators(office, day("2023-02-23")).coordinators == 1
    assert tell_coordinators(office, day("2023-02-23")) == Told()
    assert tell_coordinators(office, day("2023-02-25")) == Told()
    assert tell_coordinators(office, day("2023-02-24")).coordinators == 1


def test_leaders_are_told_weekly_once_a_rung_escalates(store: Store) -> None:
    owe(store)
    office = office_of(store, roles=())
    told = {
        moment: tell_coordinators(office, day(moment)).leaders
        for moment in ("2023-03-06", "2023-03-13", "2023-03-14", "2023-03-20")
    }
    assert told == {"2023-03-06": 0, "2023-03-13": 1, "2023-03-14": 0, "2023-03-20": 1}
    assert list(digests(store)) == [BOSS]
    assert "Lãnh đạo Phòng Nội vụ huyện Bắc Bình" in digests(store)[BOSS][0]


def test_from_a_number_of_late_units_on_the_draft_letter_is_attached(store: Store) -> None:
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    tell_coordinators(office_of(store, draft_from=3), day("2023-03-02"))
    tell_coordinators(office_of(store, draft_from=2), day("2023-03-03"))
    with store.read() as connection:
        query = select(letter.c.blob).where(letter.c.kind == "digest").order_by(letter.c.id)
        blobs = connection.execute(query).scalars().all()
    files = [
        [name for part in email.message_from_bytes(store.blobs.get(blob)).walk() if (name := part.get_filename())]
        for blob in blobs
    ]
    assert files == [
        [],
        ["Du thao cong van don doc gui Ke hoach thong tin, tuyen truyen CCHC nam 2023.docx".replace(",", "")],
    ]


def test_a_unit_that_ended_waits_for_a_decision_in_the_digest(store: Store) -> None:
    owe(store)
    with store.write() as connection:
        save_units(connection, [replace(unit, valid_to=date(2023, 2, 1)) for unit in UNITS if unit is BINH_AN])
    tell_coordinators(office_of(store), day("2023-02-23"))
    ((text, _),) = digests(store).values()
    assert "chờ bàn giao hoặc kết thúc: 01 (UBND xã Bình An (01 nội dung))" in text


def test_without_roles_nobody_is_told(store: Store) -> None:
    owe(store)
    nobody = make_office(store, reminding=replace(SHIPPED, digest=DigestRules((), (), 1, None)))
    assert tell_coordinators(nobody, day("2023-02-23")) == Told()


def words(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        from lxml import etree

        return " ".join(etree.fromstring(file.read("word/document.xml")).itertext())


def test_the_official_letter_names_all_late_units_and_nobody_else(store: Store) -> None:
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, plan_id=plan_id)
    set_state(store, obligation_of(store, CHO_LAU), ObligationState.MET)
    draft = official_letter(office_of(store), DISTRICT.id, "sub_plan", "2023", day("2023-03-03"))
    text = words(draft.data)
    assert draft.late == 2
    for part in (
        "UBND xã Bình An",
        "UBND xã Hòa Thắng",
        "Quá hạn 03 ngày",
        "Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện Bắc Bình",
        "trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023)",
        "01/03",
        "đề nghị",
        "PNV-CCHC",
        "đôn đốc gửi Kế hoạch thông tin, tuyên truyền CCHC năm 2023",
    ):
        assert part in text, part
    assert "Chợ Lầu" not in text


def test_the_agency_that_writes_writes_no_letter_to_itself(store: Store) -> None:
    """Phòng Nội vụ works for the district: what it owes itself is neither addressed nor counted."""
    owe(store, DIVISION)
    with pytest.raises(InputError):
        official_letter(office_of(store), DISTRICT.id, "sub_plan", "2023", day("2023-03-03"))
    owe(store)
    draft = official_letter(office_of(store), DISTRICT.id, "sub_plan", "2023", day("2023-03-03"))
    text = words(draft.data)
    assert draft.late == 1
    assert "00/01" in text
    assert "Quá hạn 03 ngày" in text
    assert text.count("Quá hạn") == 1


def test_where_nobody_is_late_there_is_no_letter(store: Store) -> None:
    owe(store)
    with pytest.raises(InputError):
        official_letter(office_of(store), DISTRICT.id, "sub_plan", "2023", day("2023-02-28"))


def test_what_must_be_decided_comes_first_and_leads_to_the_board(store: Store) -> None:
    plan_id = plan_row(store)
    owed = owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id, due="2023-02-20")
    said = Said(owed.id, StatementKind.MORE_TIME, "Nguyễn Văn An", day("2023-02-22"), until=date(2023, 3, 10))
    with store.write() as connection:
        statements.note(connection, said)
    office = replace(office_of(store, roles=SHIPPED.digest.roles), board="https://cchc.example.vn/plan-lifecycle")
    tell_coordinators(office, day("2023-02-23"))
    ((text, _),) = digests(store).values()
    asked = "Đơn vị cho biết đã gửi, đề nghị thêm thời gian: 01 – https://cchc.example.vn/plan-lifecycle/viec/#don-vi"
    places = [text.index(words) for words in ("Việc chờ xử lý", asked, "Quá hạn: ", "Tình hình chung")]
    assert places == sorted(places)


def test_a_morning_that_was_not_run_is_told_of_once_to_coordinators_alone(store: Store) -> None:
    owe(store)
    office = office_of(store)
    tell_coordinators(office, day("2023-02-16"))  # a Thursday, and the first that there is
    assert all("chưa chạy" not in text for text, _ in digests(store).values())
    tell_coordinators(office, day("2023-02-21"))  # Friday and Monday were missed, nobody works between them
    (text,) = [text for text, _ in digests(store).values() if "chưa chạy" in text]
    told = "Lượt nhắc, đôn đốc buổi sáng chưa chạy; thư còn cần gửi đã chuyển sang lượt hôm nay: 02"
    assert f"{told} (từ ngày 17/02/2023 đến ngày 20/02/2023)" in text
    tell_coordinators(office, day("2023-02-22"))
    with store.read() as connection:
        keys = connection.execute(select(letter.c.key, letter.c.blob).where(letter.c.key.like("%2023-02-22%"))).all()
    assert all("chưa chạy" not in text_of(store.blobs.get(row.blob)) for row in keys)


def test_a_missed_morning_is_told_of_where_there_is_nothing_else(store: Store) -> None:
    owe(store, due="2023-06-30")
    office = office_of(store)
    assert tell_coordinators(office, day("2023-02-20")).coordinators == 0
    assert tell_coordinators(office, day("2023-02-22")).coordinators == 1
    assert tell_coordinators(office, day("2023-02-22")).coordinators == 0
