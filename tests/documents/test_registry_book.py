"""The registry's book is read by its headings, wherever they stand, and a day that cannot be read is told."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.registry_book import RegistryRow, read_registry
from plan_lifecycle.domain.errors import InputError

HEADINGS = ("Số đến", "Ngày đến", "Số, ký hiệu", "Ngày tháng", "Cơ quan ban hành", "Trích yếu nội dung")
LINE = (112, "21/02/2023", "07/KH-UBND", "20/02/2023", "UBND xã Bình An", "Kế hoạch năm 2023")


def book(*sheets: Sequence[Sequence[object]]) -> bytes:
    """Sheets of rows of cells."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        for rows in sheets:
            sheet = made.add_worksheet()
            for line, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(line, column, cell)
    return stream.getvalue()


def read(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> list[RegistryRow]:
    return read_registry(book([headings, *rows]))


def test_a_line_has_the_papers_own_number_and_both_days() -> None:
    assert read(LINE) == [
        RegistryRow(2, "07/KH-UBND", date(2023, 2, 20), "UBND xã Bình An", "Kế hoạch năm 2023", date(2023, 2, 21))
    ]


@pytest.mark.parametrize(("above", "found"), [(0, True), (29, True), (30, False)])
def test_the_headings_stand_within_the_first_thirty_rows(above: int, found: bool) -> None:
    data = book([*[("SỔ VĂN BẢN ĐẾN",)] * above, HEADINGS, LINE])
    if found:
        assert [row.line for row in read_registry(data)] == [above + 2]
    else:
        with pytest.raises(InputError):
            read_registry(data)


@pytest.mark.parametrize(
    ("headings", "enough"),
    [
        (("Cơ quan", "Trích yếu", "Ngày đến"), True),
        (("Cơ quan", "Trích yếu"), False),
        (("Số", "Ngày", "Trích yếu", "Ngày đến"), False),
        (("Số", "Ngày", "Cơ quan", "Ngày đến"), False),
        (("CƠ QUAN (nơi gửi)", "Trích  yếu:", "Số/ký hiệu"), True),
    ],
)
def test_agency_abstract_and_one_more_make_a_heading(headings: tuple[str, ...], enough: bool) -> None:
    if enough:
        assert read(("a", "b", "c"), headings=headings)
    else:
        with pytest.raises(InputError) as caught:
            read(("a", "b", "c", "d"), headings=headings)
        assert "dòng tiêu đề" in caught.value.for_user


def test_of_two_columns_of_one_meaning_the_first_counts() -> None:
    (row,) = read(("UBND xã Bình An", "Sở Nội vụ", "x", "1"), headings=("Cơ quan", "Nơi gửi", "Trích yếu", "Số"))
    assert row.agency == "UBND xã Bình An"


def test_the_first_sheet_with_headings_is_read() -> None:
    other = [HEADINGS, (*LINE[:4], "Sở Nội vụ", "x")]
    rows = read_registry(book([("Bìa",)], [HEADINGS, LINE], other))
    assert [row.agency for row in rows] == ["UBND xã Bình An"]


def test_empty_lines_are_passed_over_and_lines_keep_their_number() -> None:
    nobody = (1, "21/02/2023", "07", "20/02/2023", "", "")
    only_agency = (*LINE[:4], "Sở Nội vụ", "")
    assert [row.line for row in read(nobody, LINE, (), only_agency, (*LINE[:4], "", "x"))] == [3, 5, 6]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("20/02/2023", date(2023, 2, 20)),
        ("20.2.2023", date(2023, 2, 20)),
        ("20-02-2023", date(2023, 2, 20)),
        ("ngày 20 tháng 02 năm 2023", date(2023, 2, 20)),
        ("20/02/2023 (bản giấy)", date(2023, 2, 20)),
        ("2023-02-20", date(2023, 2, 20)),
        ("2023-02-20T08:00", date(2023, 2, 20)),
        (44977, date(2023, 2, 20)),
        (20_001, date(1954, 10, 4)),
        ("", None),
    ],
)
def test_a_day_is_read_as_officials_write_it(cell: object, day: date | None) -> None:
    (row,) = read((*LINE[:3], cell, *LINE[4:]))
    assert (row.issued_on, row.problems) == (day, ())


@pytest.mark.parametrize(
    ("cell", "told"), [("31/02/2023", "31/02/2023"), ("Tuần trước", "Tuần trước"), (20_000, "20000"), (80_000, "80000")]
)
def test_a_day_that_cannot_be_read_is_told(cell: object, told: str) -> None:
    (row,) = read((*LINE[:3], cell, *LINE[4:]))
    assert (row.issued_on, row.problems) == (None, (f"ngày văn bản chưa đọc được: “{told}”",))


def test_both_days_may_be_at_fault() -> None:
    (row,) = read((1, "x", "07", "y", "UBND xã Bình An", "z"))
    assert len(row.problems) == 2


def test_a_number_is_written_without_a_decimal() -> None:
    (row,) = read((*LINE[:2], 45.0, *LINE[3:]))
    assert row.number == "45"


def test_a_file_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(BadDocument):
        read_registry(b"no workbook")
