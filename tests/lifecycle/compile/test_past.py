"""Figures that come in are held against each other and against what the unit, or its forebears, reported before."""

from __future__ import annotations

import base64
import email
import io
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from docx import Document
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
    PROVINCE,
    arrival,
    day,
    fill,
    make_office,
    owe,
    plan_row,
    report_file,
    rules,
)
from tests.fakes import FakeChannel

from plan_lifecycle.config.rules import OnDoubt
from plan_lifecycle.documents.drafts import FigureTable, IndicatorRow
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import Finding, SubmissionState
from plan_lifecycle.domain.unit import Succession, Unit, UnitKind
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import Past
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import clean_submissions, waiting
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import letter, obligation
from plan_lifecycle.store.units import save_units

LINKS = {"news_items": "https://binhan.example.vn/1 https://binhan.example.vn/2 https://binhan.example.vn/3"}


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    plan_row(store)
    return make_office(store)


def report(
    office: Office,
    unit: Unit = BINH_AN,
    period: str = "2023-H1",
    at: str = "2023-06-10",
    **values: Value,
) -> tuple[SubmissionState, list[Finding]]:
    """A unit reports as it owes; what became of it."""
    owed = owe(office.store, unit, Item.REPORT, period, at, plan_id=1)
    given = arrival(
        report_file(unit, period, values), unit, "report", period, at, key=f"{unit.id}{period}{at}", file_name="bc.xlsx"
    )
    collect(office, [FakeChannel([given])], day(at))
    with office.store.read() as connection:
        made = versions(connection, owed.id)[-1]
    return made.state, [each for each in made.findings if each.rule != "report.evidence"]


def last_letter(office: Office, kind: str) -> str:
    with office.store.read() as connection:
        blob = connection.execute(select(letter.c.blob).where(letter.c.kind == kind)).scalars().all()[-1]
    message = email.message_from_bytes(office.store.blobs.get(blob))
    plain = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    return base64.b64decode(str(plain.get_payload())).decode()


def test_a_part_above_its_whole_goes_back_with_both_figures(office: Office) -> None:
    state, findings = report(office, tasks_planned=10, tasks_done=12)
    assert state is SubmissionState.RETURNED
    assert [(each.rule, each.blocks, each.doubt) for each in findings] == [("report.at_most", True, False)]
    told = "“Số nhiệm vụ đã hoàn thành” là 12, lớn hơn “Số nhiệm vụ theo kế hoạch” (10)"
    assert told in last_letter(office, "receipt")
    assert told in last_letter(office, "return")


def test_a_total_that_is_not_its_parts_goes_back(office: Office) -> None:
    state, findings = report(office, online_items=10, news_items=3, social_media_items=3)
    assert state is SubmissionState.RETURNED
    assert "khác tổng các chỉ tiêu thành phần (3 + 3 = 6)" in findings[0].text


def test_a_leap_is_accepted_and_told(office: Office) -> None:
    report(office, period="2022-H1", at="2022-06-10", leaflets=100)
    state, findings = report(office, leaflets=2000)
    assert state is SubmissionState.ACCEPTED
    assert [(each.rule, each.blocks, each.doubt) for each in findings] == [("report.jump", False, True)]
    told = "Cần xem lại: “Số tờ rơi, tờ gấp đã phát” là 2.000; kỳ trước (6 tháng đầu năm 2022) là 100, tăng 20 lần"
    assert told in last_letter(office, "receipt")
    assert "đề nghị gửi lại bản đã điều chỉnh" in last_letter(office, "accepted")


@pytest.mark.parametrize(
    ("on_doubt", "state"), [(OnDoubt.WAIT, SubmissionState.RECEIVED), (OnDoubt.RETURN, SubmissionState.RETURNED)]
)
def test_a_doubt_waits_or_goes_back_where_configuration_says_so(
    office: Office, on_doubt: OnDoubt, state: SubmissionState
) -> None:
    report(office, period="2022-H1", at="2022-06-10", leaflets=100)
    office = replace(office, rules=replace(rules(), on_doubt=on_doubt))
    assert report(office, leaflets=2000)[0] is state
    if on_doubt is OnDoubt.RETURN:
        assert "kỳ trước (6 tháng đầu năm 2022) là 100" in last_letter(office, "return")
    else:
        (listed,) = waiting(office, day("2023-06-10"))
        assert not listed.clean
        assert any("tăng 20 lần" in each for each in listed.why)
        assert clean_submissions(office) == []


def test_the_year_does_not_fall_below_its_half(office: Office) -> None:
    report(office, dialogues=8)
    state, findings = report(office, period="2023", at="2023-12-15", dialogues=5)
    assert state is SubmissionState.ACCEPTED
    assert [each.rule for each in findings] == ["report.cumulative"]
    assert "nhỏ hơn số liệu 6 tháng đầu năm 2023 (8)" in findings[0].text
    assert report(office, HOA_THANG, "2023", "2023-12-15", dialogues=5)[1] == []


def test_what_was_not_accepted_is_no_base(office: Office) -> None:
    report(office, period="2022-H1", at="2022-06-10", leaflets=100, tasks_planned=1)
    assert report(office, leaflets=2000)[1] == []


def test_a_quota_without_links_is_told_and_with_them_is_not(office: Office) -> None:
    report(office, news_items=3)
    assert "“Số tin, bài đăng trên cổng (trang) thông tin điện tử” là 3 nhưng chưa có minh chứng" in last_letter(
        office, "receipt"
    )


def test_the_same_is_found_in_a_word_report(office: Office) -> None:
    from tests.documents.draft_samples import report_form

    from plan_lifecycle.documents.render import render_report_form

    rows = tuple(
        IndicatorRow(str(number), each.code, each.name, each.unit_of_measure, value, "kèm theo")
        for number, (each, value) in enumerate(
            (each, {"tasks_planned": "10", "tasks_done": "12", "plan_issued": "có"}.get(each.code, "3"))
            for each in rules().profile_of().of_year(2023, BINH_AN.level)
            if each.required
        )
    )
    word = render_report_form(replace(report_form(), tables=(FigureTable("1", "Số liệu", rows),)))
    owed = owe(office.store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=1)
    collect(
        office, [FakeChannel([arrival(word, item="report", period="2023-H1", file_name="bc.docx")])], day("2023-06-10")
    )
    with office.store.read() as connection:
        (made,) = versions(connection, owed.id)
    assert [each.rule for each in made.findings] == ["report.at_most"]


@pytest.mark.parametrize(
    ("links", "told"), [(4, "có 04 đường dẫn khác nhau, ít hơn định mức 05 tin, bài"), (5, None), (0, "00 đường dẫn")]
)
@pytest.mark.parametrize("name", ["danh-sach.docx", "danh-sach.xlsx"])
def test_a_list_of_what_was_published_has_a_link_for_every_item_asked_for(
    office: Office, name: str, links: int, told: str | None
) -> None:
    lines = [f"Tin {n}: https://binhan.example.vn/tin/{n}" for n in range(links)]
    owed = owe(
        office.store, BINH_AN, Item.QUOTA, "2023-M03", "2023-03-31", plan_id=1, clause="Đăng ít nhất 05 tin, bài/tháng."
    )
    data = document(lines) if name.endswith("docx") else book(lines)
    came = arrival(data, item="quota", period="2023-M03", at="2023-03-20", file_name=name)
    collect(office, [FakeChannel([came])], day("2023-03-20"))
    with office.store.read() as connection:
        (made,) = versions(connection, owed.id)
    assert made.state is SubmissionState.ACCEPTED
    assert [(each.rule, each.doubt) for each in made.findings] == ([("quota.links", True)] if told else [])
    assert told is None or told in made.findings[0].text


def test_links_behind_titles_are_evidence_and_are_not_opened(office: Office) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for column, head in enumerate(("Chỉ tiêu", "Số liệu", "Minh chứng")):
            sheet.write_string(0, column, head)
        required = [each for each in rules().profile_of().of_year(2023, BINH_AN.level) if each.required]
        for row, each in enumerate(required, start=1):
            sheet.write_string(row, 0, each.name)
            sheet.write_string(row, 1, "Có" if each.type == "boolean" else "2")
        for row in (1, 2):
            sheet.write_url(row, 4, f"https://binhan.example.vn/tin/{row}", string=f"Tin {row}")
    owed = owe(office.store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=1)
    came = arrival(stream.getvalue(), item="report", period="2023-H1", file_name="bc.xlsx")
    collect(office, [FakeChannel([came])], day("2023-06-10"))
    with office.store.read() as connection:
        (made_of,) = versions(connection, owed.id)
    assert made_of.findings == ()


def document(lines: list[str]) -> bytes:
    """A Word file of these paragraphs."""
    word = Document()
    for line in ("DANH SÁCH TIN, BÀI", *lines):
        word.add_paragraph(line)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def book(lines: list[str]) -> bytes:
    """A workbook with a line a row."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as made:
        sheet = made.add_worksheet()
        for row, line in enumerate(("DANH SÁCH TIN, BÀI", *lines)):
            sheet.write_string(row, 0, line)
    return stream.getvalue()


MERGED = Unit("new-binh-an", "xã Bình An", UnitKind.COMMUNE, 2, PROVINCE.id, valid_from=date(2023, 7, 1))


def merged(office: Office, *old: Unit) -> None:
    """The communes become one on 01/7/2023."""
    with office.store.write() as connection:
        ended = [replace(unit, valid_to=date(2023, 6, 30)) for unit in old]
        save_units(connection, [*ended, MERGED], [Succession(unit.id, MERGED.id) for unit in old])


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (9, "24 (cộng của xã Bình An, thị trấn Chợ Lầu, xã Hòa Thắng)"),
        (None, "chưa cộng được; xã Bình An: 7; thị trấn Chợ Lầu: chưa có; xã Hòa Thắng: 8"),
    ],
)
def test_a_commune_of_three_is_held_against_all_three(office: Office, last: int | None, told: str) -> None:
    for unit, count in ((BINH_AN, 7), (HOA_THANG, 8), (CHO_LAU, last)):
        if count is not None:
            report(office, unit, dialogues=count)
    merged(office, BINH_AN, HOA_THANG, CHO_LAU)
    (dialogues,) = (each for each in rules().profile_of().of_year(2023, 2) if each.code == "dialogues")
    with office.store.read() as connection:
        past = Past(connection, office.rules, [MERGED.id])
        assert past.of(MERGED.id, Period.parse("2023-H1"), [dialogues]).told(dialogues) == told
    _, findings = report(office, MERGED, "2023", "2023-12-15", dialogues=20)
    less = [each.text for each in findings if each.rule == "report.cumulative" and dialogues.name in each.text]
    assert [("(24)" in text) for text in less] == ([True] if last else [])


def test_a_figure_in_another_measure_is_no_base(office: Office) -> None:
    report(office, period="2022-H1", at="2022-06-10", budget_planned=5)
    (budget,) = (each for each in rules().profile_of().of_year(2023, 3) if each.code == "budget_planned")
    with office.store.read() as connection:
        past = Past(connection, office.rules, [BINH_AN.id])
        half = Period.parse("2022-H1")
        assert past.of(BINH_AN.id, half, [budget]).values == {"budget_planned": 5}
        assert not past.of(BINH_AN.id, half, [replace(budget, unit_of_measure="đồng")])


def test_obligations_of_two_plans_count_once(office: Office) -> None:
    report(office, period="2022-H1", at="2022-06-10", dialogues=4)
    owe(office.store, BINH_AN, Item.REPORT, "2022-H1", "2022-06-10", plan_id=plan_row(office.store, PROVINCE))
    with office.store.read() as connection:
        assert connection.execute(select(obligation.c.id)).all()
        past = Past(connection, office.rules, [BINH_AN.id])
        assert past.figures([BINH_AN.id], Period.parse("2022-H1"))[BINH_AN.id]["dialogues"] == 4
