"""A figure that a unit does not know yet goes its way as such: it is no 0, it is counted, and its reason is shown."""

from __future__ import annotations

import email
import email.policy
import io

import docx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from tests.factories import BINH_AN, DISTRICT, HOA_THANG, arrival, day, fill, make_office, owe, rules
from tests.fakes import FakeChannel

from plan_lifecycle.documents.read import Table, read_blocks
from plan_lifecycle.documents.report_form import read_report_docx, read_report_form, write_report_form
from plan_lifecycle.domain.figure import NotKnown
from plan_lifecycle.domain.indicator import IndicatorType, Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import Rule
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import figures as figure_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import letter

H1 = Period.parse("2023-H1")
INDICATORS = rules().profile_of().of_year(2023, 3)
REQUIRED: dict[str, Value] = {
    one.code: True if one.type is IndicatorType.BOOLEAN else 3 for one in INDICATORS if one.required
}
WHY = "chờ cơ quan tài chính cấp huyện đối chiếu"


def excel(unit: Unit, values: dict[str, Value], notes: dict[str, str]) -> bytes:
    return write_report_form(INDICATORS, unit, H1, values=REQUIRED | values, evidence=notes)


def word(values: dict[str, Value], notes: dict[str, str]) -> bytes:
    """The same as a table in a unit's own Word report."""
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    table = document.add_table(0, 3)
    rows = [("Chỉ tiêu", "Số liệu", "Ghi chú")]
    for one in INDICATORS:
        value = (REQUIRED | values).get(one.code, "")
        rows.append((one.name, "Có" if value is True else str(value), notes.get(one.code, "")))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def send(office: Office, unit: Unit, data: bytes, name: str) -> None:
    came = arrival(data, unit, "report", "2023-H1", "2023-06-10", key=unit.id, file_name=name)
    assert collect(office, [FakeChannel([came])], day("2023-06-10")).accepted == 1


def cells(data: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()


@pytest.mark.parametrize("written", ["-", "chưa có", "Chưa có số liệu"])
@pytest.mark.parametrize("in_word", [False, True], ids=["excel", "word"])
def test_it_is_stored_told_and_compiled_and_never_summed(office: Office, written: str, in_word: bool) -> None:
    open_ = {"budget_planned": written, "tasks_planned": written, "tasks_done": written}
    notes = dict.fromkeys(open_, WHY)
    if in_word:
        send(office, BINH_AN, word(open_, notes), "bao-cao.docx")
    else:
        send(office, BINH_AN, excel(BINH_AN, dict(open_), notes), "bieu.xlsx")
    send(office, HOA_THANG, excel(HOA_THANG, {"tasks_planned": 12, "tasks_done": 9}, {}), "bieu.xlsx")
    with office.store.read() as connection:
        (sent,) = versions(connection, 1)
        assert figure_rows.unknown(connection, [sent.id])[sent.id] == tuple(
            NotKnown(code, WHY) for code in sorted(open_)
        )
    told = [finding for finding in sent.findings if finding.rule is Rule.REPORT_NOT_KNOWN]
    assert [finding.about for finding in told if WHY in finding.text] == sorted(open_, key=codes().index)
    compile_report(office, DISTRICT.id, "2023-H1", day("2023-06-17"))
    with office.store.read() as connection:
        stored = report_rows.every(connection)[-1]
    data = office.store.blobs.get(stored.excel_blob)
    totals = {row[0]: row for row in cells(data, "Tổng hợp")}
    assert totals["tasks_planned"][3:5] == [12.0, 1.0]
    assert f"01 đơn vị chưa có số liệu ({WHY})" in str(totals["tasks_planned"])
    assert totals["budget_planned"][3:5] == ["Chưa có số liệu", 0.0]
    matrix = cells(data, "Từng đơn vị")
    column = matrix[0].index("Số nhiệm vụ theo kế hoạch")
    shown = {row[1]: row[column] for row in matrix}
    assert (shown["UBND xã Bình An"], shown["UBND xã Hòa Thắng"]) == ("Chưa có số liệu", 12.0)
    assert any(row[0] == "budget_planned" and WHY in row for row in cells(data, "Minh chứng"))
    document = office.store.blobs.get(stored.word_blob)
    rows = [
        [cell.text for cell in row]
        for block in read_blocks(document)
        if isinstance(block, Table)
        for row in block.rows
        if any(cell.text == "Kinh phí được giao" for cell in row)
    ]
    assert rows
    assert any("Chưa có số liệu" in row for row in rows)
    for reader, of in ((read_report_form, data), (read_report_docx, document)):
        reading = reader(of, rules().profile_of().of_year(2023, 2), H1)
        assert "budget_planned" in {one.indicator for one in reading.unknown}
        assert next(one.value for one in reading.figures if one.indicator == "tasks_planned") == 12


def codes() -> list[str]:
    return [one.code for one in INDICATORS]


def test_without_a_reason_a_required_one_is_asked_for_and_another_only_doubted(store: Store) -> None:
    fill(store)
    owe(store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16")
    data = excel(BINH_AN, {"tasks_planned": "chưa có", "leaflets": "chưa có"}, {})
    came = arrival(data, BINH_AN, "report", "2023-H1", "2023-06-10", file_name="bieu.xlsx")
    assert collect(make_office(store), [FakeChannel([came])], day("2023-06-10")).returned == 1
    with store.read() as connection:
        (sent,) = versions(connection, 1)
        query = select(letter.c.blob).where(letter.c.kind == "return")
        (blob,) = connection.execute(query).scalars().all()
    body = email.message_from_bytes(store.blobs.get(blob), policy=email.policy.default).get_body(("plain",))
    assert body is not None
    assert "còn 1 mục bắt buộc chưa có số liệu" in " ".join(body.get_content().split())
    found = {finding.about: (finding.rule, finding.blocks) for finding in sent.findings}
    assert found["tasks_planned"] == (Rule.REPORT_REQUIRED, True)
    assert found["leaflets"] == (Rule.REPORT_NOT_KNOWN, False)
