"""A paper is held against whose it is: another's is never accepted by itself, and both sides are told the truth."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy

import pytest
from docx import Document
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    DISTRICT,
    DIVISION,
    HOA_THANG,
    OTHER_DISTRICT,
    UNITS,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
    task,
)
from tests.fakes import FakeChannel

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.submission import Finding, Rule, Submission, SubmissionState
from plan_lifecycle.domain.unit import Succession, Unit, UnitKind
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_accepted, register_plan
from plan_lifecycle.lifecycle.collect import Collected, collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId, accept_these, return_these, waiting
from plan_lifecycle.store import twins
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import save_units

S = SubmissionState
HOA = Decider("Trần Thị Hoa", "Đã xác minh với đơn vị.")
_KEYS = iter(range(10_000))


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An and xã Hòa Thắng owe their plans and reports."""
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, DIVISION):
        owe(store, unit, plan_id=plan_id)
        owe(store, unit, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    return make_office(store)


def send(
    office: Office, data: bytes, unit: Unit = BINH_AN, at: str = "2023-02-20", name: str = "kh.docx", **claim: str
) -> Collected:
    came = arrival(data, unit, key=f"k{next(_KEYS)}", file_name=name, at=at, **claim)  # type: ignore[arg-type]
    done = collect(office, [FakeChannel([came])], day(at))
    assert done.faults == []
    return done


def sent(office: Office, unit: Unit = BINH_AN, item: Item = Item.SUB_PLAN, period: str = "2023") -> list[Submission]:
    with office.store.read() as connection:
        return versions(connection, obligation_of(office.store, unit, item, period).id)


def told(submission: Submission, rule: Rule) -> Finding:
    (found,) = (finding for finding in submission.findings if finding.rule is rule)
    return found


def letters(office: Office, kind: str) -> list[tuple[str, str]]:
    """To whom, and what."""
    with office.store.read() as connection:
        rows = connection.execute(select(letter).where(letter.c.kind == kind).order_by(letter.c.id)).all()
    parsed = [
        (row.recipient, message_from_bytes(office.store.blobs.get(row.blob), policy=policy.default)) for row in rows
    ]
    return [(to, str(each.get_body(("plain",)).get_content())) for to, each in parsed]  # type: ignore[attr-defined]


def sheet(data: bytes, *lines: str) -> bytes:
    """The plan with another letterhead; none where no line is given."""
    document = Document(io.BytesIO(data))
    cell = document.tables[0].rows[0].cells[0]
    for paragraph in cell.paragraphs[1:]:
        paragraph._element.getparent().remove(paragraph._element)
    cell.paragraphs[0].text = "\n".join(lines)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_neighbours_plan_waits_for_a_person_who_reads_whose_it_is(office: Office) -> None:
    done = send(office, plan_file(HOA_THANG, place="Hòa Thắng"))
    assert (done.filed, done.accepted, done.returned) == (1, 0, 0)
    (only,) = sent(office)
    assert (only.state, only.held) == (S.RECEIVED, True)
    finding = told(only, Rule.PAPER_ISSUER)
    assert (finding.blocks, finding.about) == (True, HOA_THANG.id)
    assert "mang tên UBND xã Hòa Thắng" in finding.text
    assert "phần tên cơ quan ban hành" in finding.text
    (row,) = (each for each in waiting(office, day("2023-02-21")) if each.unit_id == BINH_AN.id)
    assert any("“Ủy ban nhân dân xã Hòa Thắng”" in why for why in row.why)
    (to, text), = letters(office, "receipt")  # fmt: skip
    assert to == "bb-binh-an@example.vn"
    assert "đã nhận tệp “kh.docx” của UBND xã Bình An" in text
    assert "mang tên UBND xã Hòa Thắng" in text
    assert letters(office, "accepted") == []


def test_the_owner_who_sends_the_same_file_is_taken_at_its_word_and_both_are_told(office: Office) -> None:
    data = plan_file(HOA_THANG, place="Hòa Thắng")
    send(office, data)
    send(office, data, HOA_THANG, at="2023-02-21")
    (strangers,), (owners,) = sent(office), sent(office, HOA_THANG)
    assert (strangers.state, strangers.held, owners.state) == (S.RECEIVED, True, S.ACCEPTED)
    assert [to for to, _ in letters(office, "accepted")] == ["bb-hoa-thang@example.vn"]
    of_owner, of_stranger = told(owners, Rule.PAPER_SAME), told(strangers, Rule.PAPER_SAME)
    assert not of_owner.blocks
    assert of_owner.aside == "UBND xã Bình An gửi ngày 20/02/2023"
    assert "UBND xã Hòa Thắng" in of_stranger.aside
    assert not any("Bình An" in text for to, text in letters(office, "receipt") if to == "bb-hoa-thang@example.vn")


def test_both_in_one_run_are_told_apart_as_well(office: Office) -> None:
    data = plan_file(HOA_THANG, place="Hòa Thắng")
    first, second = arrival(data, BINH_AN, key="a"), arrival(data, HOA_THANG, key="b")
    done = collect(office, [FakeChannel([first, second])], day("2023-02-20"))
    assert (done.filed, done.accepted) == (2, 1)
    assert [sent(office)[0].state, sent(office, HOA_THANG)[0].state] == [S.RECEIVED, S.ACCEPTED]


def test_the_same_file_from_two_without_a_letterhead_is_nobodys_yet(office: Office) -> None:
    data = sheet(plan_file())
    first, second = arrival(data, BINH_AN, key="a"), arrival(data, HOA_THANG, key="b")
    done = collect(office, [FakeChannel([first, second])], day("2023-02-20"))
    assert (done.filed, done.accepted) == (2, 0)
    for unit, other in ((BINH_AN, HOA_THANG), (HOA_THANG, BINH_AN)):
        (only,) = sent(office, unit)
        assert (only.state, only.held) == (S.RECEIVED, True)
        assert told(only, Rule.PAPER_SAME).about == other.id


def test_two_that_came_at_one_moment_are_seen_before_a_rule_accepts_either(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sheet(plan_file())
    monkeypatch.setattr(twins, "of_content", lambda *_: [])  # neither process sees the other's row yet
    monkeypatch.setattr(twins, "of_number", lambda *_, **__: [])
    first, second = arrival(data, BINH_AN, key="a"), arrival(data, HOA_THANG, key="b")
    assert collect(office, [FakeChannel([first, second])], day("2023-02-20")).accepted == 0
    for unit, other in ((BINH_AN, HOA_THANG), (HOA_THANG, BINH_AN)):
        (only,) = sent(office, unit)
        assert (only.state, only.held) == (S.RECEIVED, True)
        assert told(only, Rule.PAPER_SAME).about == other.id


def test_what_was_accepted_of_one_unit_is_not_accepted_again_of_another(office: Office) -> None:
    data = sheet(plan_file())
    send(office, data)
    assert sent(office)[0].state is S.ACCEPTED
    send(office, data, HOA_THANG, at="2023-02-21")
    (later,) = sent(office, HOA_THANG)
    assert (later.state, later.held) == (S.RECEIVED, True)
    assert "UBND xã Bình An gửi ngày 20/02/2023, đã tiếp nhận" in told(later, Rule.PAPER_SAME).aside
    (first,) = sent(office)
    assert (first.state, told(first, Rule.PAPER_SAME).blocks) == (S.ACCEPTED, False)


def test_the_number_and_date_of_another_unit_are_asked_about_where_no_letterhead_tells(office: Office) -> None:
    send(office, plan_file())
    other = sheet(plan_file(HOA_THANG, place="Hòa Thắng"))
    send(office, other, HOA_THANG)
    (later,) = sent(office, HOA_THANG)
    assert (later.state, later.held) == (S.RECEIVED, True)
    assert "07/KH-UBND ngày 20/02/2023" in told(later, Rule.PAPER_NUMBER).text


def test_two_units_may_have_the_same_number_on_the_same_day(office: Office) -> None:
    for unit, place in ((BINH_AN, "Bình An"), (HOA_THANG, "Hòa Thắng")):
        send(office, plan_file(unit, place=place), unit)
        assert sent(office, unit)[0].state is S.ACCEPTED


def test_the_superior_plan_sent_back_is_not_the_units_own(office: Office) -> None:
    send(office, plan_file(DISTRICT, number="15", issued="2023-02-10", place="Bắc Bình"), DIVISION)
    (only,) = sent(office, DIVISION)
    assert "UBND huyện Bắc Bình (cơ quan cấp trên)" in told(only, Rule.PAPER_ISSUER).text
    assert only.held


def test_a_division_is_known_below_the_name_of_its_district(office: Office) -> None:
    own = sheet(plan_file(BINH_AN), "UBND HUYỆN BẮC BÌNH", "PHÒNG NỘI VỤ")
    send(office, own, DIVISION)
    assert sent(office, DIVISION)[0].state is S.ACCEPTED
    send(office, sheet(plan_file(number="08"), "UBND HUYỆN TUY PHONG", "PHÒNG NỘI VỤ"), DIVISION, at="2023-02-21")
    later = sent(office, DIVISION)[-1]
    assert "UBND huyện Tuy Phong" in told(later, Rule.PAPER_ISSUER).aside


def test_an_agency_that_nobody_knows_is_named_as_it_is_written(office: Office) -> None:
    send(office, sheet(plan_file(), "ỦY BAN NHÂN DÂN", "XÃ PHAN RÍ THÀNH"))
    finding = told(sent(office)[0], Rule.PAPER_ISSUER)
    assert ("xã Phan Rí Thành" in finding.text, finding.about) == (True, "")


def test_the_plan_of_a_districts_division_is_not_the_districts(office: Office) -> None:
    owe(office.store, DISTRICT, plan_id=1)
    send(office, sheet(plan_file(), "UBND HUYỆN BẮC BÌNH", "PHÒNG NỘI VỤ"), DISTRICT)
    assert "Phòng Nội vụ huyện Bắc Bình" in told(sent(office, DISTRICT)[0], Rule.PAPER_ISSUER).text


def test_a_forebears_sheet_is_its_heirs_own(office: Office) -> None:
    old = replace(HOA_THANG, id="old", name="xã Hòa Minh", valid_to=date(2023, 2, 15))
    with office.store.write() as connection:
        save_units(connection, [old], [Succession("old", HOA_THANG.id)])
    for at, number in (("2023-02-12", "05"), ("2023-02-19", "06")):
        send(office, plan_file(old, number=number, issued=at, place="Hòa Minh"), HOA_THANG)
        assert sent(office, HOA_THANG)[-1].state is S.ACCEPTED
    send(office, plan_file(old, number="09", issued="2023-02-12", place="Hòa Minh"), BINH_AN)
    assert "mang tên UBND xã Hòa Minh" in told(sent(office)[-1], Rule.PAPER_ISSUER).text


def test_another_province_is_known_where_it_stands_in_the_register(office: Office) -> None:
    far = Unit("ld", "tỉnh Lâm Đồng", UnitKind.PROVINCE, 1)
    near = Unit("ld-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "ld")
    with office.store.write() as connection:
        save_units(connection, [far, near])
    owe(office.store, UNITS[1], plan_id=1)
    send(office, sheet(plan_file(), "UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ"), UNITS[1])
    assert told(sent(office, UNITS[1])[0], Rule.PAPER_ISSUER).about == "ld-snv"


def test_it_is_accepted_by_hand_with_a_reason_only(office: Office) -> None:
    send(office, plan_file(HOA_THANG, place="Hòa Thắng"))
    which = [SubjectId(Subject.SUBMISSION, sent(office)[0].id)]
    (refused,) = accept_these(office, which, Decider(HOA.by), day("2023-02-21"))
    assert not refused.done  # type: ignore[union-attr]
    assert "nêu lý do" in (refused.why or "")  # type: ignore[union-attr]
    assert sent(office)[0].state is S.RECEIVED
    (done,) = accept_these(office, which, HOA, day("2023-02-21"))
    assert done.done  # type: ignore[union-attr]
    assert sent(office)[0].state is S.ACCEPTED


def test_its_date_does_not_count_for_the_unit(office: Office) -> None:
    send(office, plan_file(HOA_THANG, place="Hòa Thắng"))
    assert obligation_of(office.store).state is ObligationState.RECEIVED
    list(return_these(office, [SubjectId(Subject.SUBMISSION, sent(office)[0].id)], HOA, day("2023-02-21")))
    owed = obligation_of(office.store)
    assert (owed.state, owed.first_received_at) == (ObligationState.RETURNED, None)
    (_, text), = letters(office, "return")  # fmt: skip
    assert "Ngày gửi lần đầu" not in text
    send(office, plan_file(issued="2023-03-02"), at="2023-03-02")
    assert (sent(office)[-1].days_late, sent(office)[-1].state) == (2, S.ACCEPTED)
    assert obligation_of(office.store).first_received_at == day("2023-03-02")


def test_its_own_paper_takes_the_place_of_anothers_with_a_date_of_its_own(office: Office) -> None:
    send(office, plan_file(HOA_THANG, place="Hòa Thắng"))
    send(office, plan_file(issued="2023-03-02"), at="2023-03-02")
    assert [each.state for each in sent(office)] == [S.SUPERSEDED, S.ACCEPTED]
    assert obligation_of(office.store).first_received_at == day("2023-03-02")


def test_anothers_plan_is_neither_registered_nor_cascaded(store: Store) -> None:
    fill(store)
    office = make_office(store)
    owe(store, OTHER_DISTRICT, plan_id=plan_row(store, UNITS[0], "36"))
    send(office, district_plan(), OTHER_DISTRICT)
    assert register_accepted(office, day("2023-02-22")).plan_ids == ()


def test_a_form_of_another_unit_or_period_waits_for_a_person(office: Office) -> None:
    h1 = {"item": "report", "period": "2023-H1"}
    send(office, report_file(HOA_THANG), name="bao-cao.xlsx", **h1)
    (first,) = sent(office, item=Item.REPORT, period="2023-H1")
    assert (first.state, first.held) == (S.RECEIVED, True)
    assert "UBND xã Hòa Thắng" in told(first, Rule.REPORT_UNIT).text
    send(office, report_file(period="2023"), name="bao-cao.xlsx", **h1)
    later = sent(office, item=Item.REPORT, period="2023-H1")[-1]
    assert (later.state, later.held) == (S.RECEIVED, True)
    assert "năm 2023" in told(later, Rule.REPORT_PERIOD).text


def _given_a_draft(store: Store) -> tuple[Office, bytes]:
    """The office in which xã Bình An has its draft under the district's plan, and that draft."""
    fill(store)
    office = make_office(store)
    plan_id = register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=day("2023-02-10"))
    cascade_plan(office, plan_id, day("2023-02-10"))
    from plan_lifecycle.store.wordings import of_draft

    with store.read() as connection:
        draft = of_draft(connection, plan_id, BINH_AN.id)
    assert draft is not None
    return office, store.blobs.get(draft.blob)


def _resaved(data: bytes, **replaced: str) -> bytes:
    document = Document(io.BytesIO(data))
    everywhere = [
        *document.paragraphs,
        *(p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs),
    ]
    for paragraph in everywhere:
        for old, new in replaced.items():
            if old in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_our_own_draft_sent_back_is_no_delivery_and_the_unit_is_told(store: Store) -> None:
    office, draft = _given_a_draft(store)
    for data in (draft, _resaved(draft), _resaved(draft, kịp="rất kịp", khăn="khăn lớn")):
        done = send(office, data, name="Ke hoach chinh thuc.docx")
        assert (done.refused, done.filed) == (1, 0)
    owed = obligation_of(store)
    assert (owed.state, owed.first_received_at) == (ObligationState.OPEN, None)
    text = letters(office, "return")[-1][1]
    assert "là dự thảo do cơ quan đầu mối gửi" in text
    assert "chậm nhất hết ngày 28/02/2023" in text
    assert "Ngày gửi lần đầu" not in text


def test_a_draft_with_number_and_date_is_a_delivery(store: Store) -> None:
    office, draft = _given_a_draft(store)
    filled = _resaved(
        draft, **{"Số:       /KH": "Số: 07/KH", "ngày       tháng       năm 2023": "ngày 20 tháng 02 năm 2023"}
    )
    assert send(office, filled).filed == 1
    assert sent(office)[0].reference == "07/KH-UBND"


def test_a_plan_of_its_own_without_a_number_is_a_delivery_that_lacks_it(store: Store) -> None:
    office, _ = _given_a_draft(store)
    own = task("1", " ".join(f"việc {number} của riêng xã" for number in range(40)), "UBND xã Bình An", "Quý II")
    assert send(office, plan_file(number=None, issued=None, activities=(own,))).filed == 1
    assert told(sent(office)[0], Rule.PLAN_NUMBER)


def paper(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


HEAD = ("ỦY BAN NHÂN DÂN", "XÃ BÌNH AN", "Số: 45/UBND-VP", "Bình An, ngày 20 tháng 02 năm 2023")
LETTER = paper(*HEAD, "V/v gửi Kế hoạch cải cách hành chính năm 2023", "Kính gửi: UBND huyện Bắc Bình",
               "UBND xã Bình An gửi kèm Kế hoạch cải cách hành chính năm 2023.")  # fmt: skip
REPORT = paper(*HEAD[:2], "Số: 46/BC-UBND", HEAD[3], "BÁO CÁO", "Kết quả cải cách hành chính năm 2022")
ANNEX = paper("PHỤ LỤC", "Danh mục nhiệm vụ cải cách hành chính năm 2023", "(Kèm theo Kế hoạch số 07/KH-UBND)")


@pytest.mark.parametrize(("data", "kind"), [(LETTER, "Công văn"), (REPORT, "Báo cáo"), (ANNEX, "Phụ lục")])
def test_what_is_no_plan_is_answered_with_what_it_is_and_what_is_awaited(
    office: Office, data: bytes, kind: str
) -> None:
    assert send(office, data).accepted == 0
    (only,) = sent(office)
    text = told(only, Rule.PAPER_KIND).text
    assert text.startswith(f"Văn bản là {kind}, nội dung đang chờ là Kế hoạch thông tin, tuyên truyền CCHC năm 2023;")
    (_, letter_text), = letters(office, "return")  # fmt: skip
    assert f"Văn bản là {kind}" in letter_text
    assert "đã nhận tệp “kh.docx” của UBND xã Bình An" in letters(office, "receipt")[0][1]


@pytest.mark.parametrize(("data", "kind"), [(plan_file(), "Kế hoạch"), (ANNEX, "Phụ lục")])
def test_what_is_no_report_is_answered_with_what_it_is_and_what_is_awaited(
    office: Office, data: bytes, kind: str
) -> None:
    assert send(office, data, item="report", period="2023-H1").accepted == 0
    (only,) = sent(office, item=Item.REPORT, period="2023-H1")
    text = told(only, Rule.PAPER_KIND).text
    assert text.startswith(
        f"Văn bản là {kind}, nội dung đang chờ là Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023;"
    )


def test_last_years_plan_is_told_by_its_year(office: Office) -> None:
    send(office, plan_file(year=2022, issued="2022-02-20"))
    (only,) = sent(office)
    assert (only.state, "2022" in told(only, Rule.PLAN_YEAR).text) == (S.RETURNED, True)
