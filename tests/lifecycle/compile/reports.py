"""What units send in for a district's report, and what was compiled of it."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from python_calamine import CalamineWorkbook
from tests.factories import arrival, day, report_file
from tests.fakes import FakeChannel

from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import Compiled, compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.reports import StoredReport


def send_in(office: Office, unit: Unit, values: dict[str, Value], at: str = "2023-06-10") -> None:
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
