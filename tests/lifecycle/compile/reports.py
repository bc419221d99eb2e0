"""What units send in for a district's report, and what was compiled of it."""

from __future__ import annotations

import email
import io

import docx
from docx.document import Document
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, arrival, day, owe, report_file
from tests.fakes import FakeChannel

from plan_lifecycle.documents.read import Paragraph, Table, read_blocks
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import Compiled, compile_report
from plan_lifecycle.lifecycle.compile._due import DueReport
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import deliver_reports
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.reports import StoredReport
from plan_lifecycle.store.tables import letter

COMMUNES = (BINH_AN, HOA_THANG, CHO_LAU)
MORNING = day("2023-06-19")
"""The Monday after Friday 16/6."""
DUE = DueReport(
    "bb",
    "UBND huyện Bắc Bình",
    "2023-H1",
    "tuyen-truyen",
    "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023",
)


def send_in(office: Office, unit: Unit, values: dict[str, Value] | None = None, at: str = "2023-06-10") -> None:
    """A unit's form comes in and is accepted."""
    send_file(office, unit, report_file(unit, values=values), at)


def send_file(office: Office, unit: Unit, data: bytes, at: str, name: str = "bao-cao.xlsx") -> None:
    """One file of a unit comes in and is accepted."""
    given = arrival(data, unit, "report", "2023-H1", at, file_name=name, key=unit.id + at)
    assert collect(office, [FakeChannel([given])], day(at)).accepted == 1


def compiled(office: Office, at: str = "2023-06-19") -> Compiled:
    return compile_report(office, "bb", "2023-H1", day(at))


def stored(office: Office) -> list[StoredReport]:
    with office.store.read() as connection:
        return report_rows.every(connection)


def paper(office: Office) -> Document:
    return docx.Document(io.BytesIO(office.store.blobs.get(stored(office)[-1].word_blob)))


def text(office: Office) -> str:
    return "\n".join(paragraph.text for paragraph in paper(office).paragraphs)


def sheet(office: Office, name: str) -> list[list[object]]:
    """A sheet of the newest workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(office.store.blobs.get(stored(office)[-1].excel_blob)))
    return book.get_sheet_by_name(name).to_python()


def words(office: Office) -> str:
    """All text of the Word report, cells too."""
    return "\n".join(_texts(read_blocks(office.store.blobs.get(stored(office)[-1].word_blob))))


def _texts(blocks: object) -> list[str]:
    found = []
    for block in blocks:  # type: ignore[attr-defined]
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [" | ".join(cell.text for cell in row) for row in block.rows]
    return found


def letters(office: Office, kind: str) -> list[email.message.Message]:
    """Those of a kind that were queued by the working morning after the coordinator's."""
    for at in ("2023-06-19", "2023-06-20"):
        deliver_reports(office, day(at))
    with office.store.read() as connection:
        query = select(letter.c.blob).where(letter.c.kind == kind).order_by(letter.c.id)
        blobs = connection.execute(query).scalars().all()
    return [email.message_from_bytes(office.store.blobs.get(blob)) for blob in blobs]


def leaders_letter(office: Office) -> email.message.Message:
    return letters(office, "report_to_leader")[-1]


def plain(message: email.message.Message) -> str:
    """What a letter says, without what is attached."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def line_of(office: Office, name: str) -> list[str]:
    """The row of the Word report's table that is about an indicator."""
    return next(line.split(" | ") for line in words(office).splitlines() if f"| {name} |" in line)


def last_year(office: Office, unit: Unit, period: str = "2022-H1", at: str = "2022-06-10", **values: Value) -> None:
    """A unit's accepted report of a year ago."""
    owe(office.store, unit, Item.REPORT, period, "2022-06-16", plan_id=1)
    file = report_file(unit, period, values)
    given = arrival(file, unit, "report", period, at, key=f"{unit.id}{period}", file_name="bao-cao.xlsx")
    assert collect(office, [FakeChannel([given])], day(at)).accepted == 1
