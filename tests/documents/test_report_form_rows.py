"""Which rows are figures, which are parts of the one above ("Trong đó"), which are about nothing that is asked."""

from __future__ import annotations

import pytest
from tests.documents.workbooks import (
    CONFERENCES,
    DONE,
    HEAD,
    LEAFLETS,
    NEWS,
    ONLINE,
    PLANNED,
    SOCIAL,
    book,
    figures,
    form,
    read,
    told,
)


def sheet(*rows: tuple[object, ...]) -> bytes:
    return book(("Sheet1", [HEAD, *rows]))


@pytest.mark.parametrize(
    "parts",
    [
        (("", "Trong đó:", "", "", ""), ("", "- trực tuyến", "", 4, ""), ("", "- trực tiếp", "", 6, "")),
        (("", "Trong đó: trực tuyến", "", 4, ""), ("", "trực tiếp", "", 6, "")),
        (("", "Trong đó", "", 10, ""), ("", "a) trực tuyến", "", 4, ""), ("", "b) trực tiếp", "", 6, "")),
        (("1.1", "Hội nghị cấp huyện", "", 4, ""), ("1.2", "Hội nghị cấp xã", "", 6, "")),
        (("-", "Hội nghị cấp huyện", "", 4, ""), ("-", "Hội nghị cấp xã", "", 6, "")),
        (("", "+ Số hội nghị trực tuyến", "", 4, ""),),
    ],
)
def test_parts_are_neither_the_total_nor_strange(parts: tuple[tuple[object, ...], ...]) -> None:
    reading = read(sheet((1, CONFERENCES, "", 10, ""), *parts, (2, LEAFLETS, "", 250, "")))
    assert (figures(reading), told(reading)) == ({"conferences": 10, "leaflets": 250}, [])


def test_parts_that_are_more_than_their_whole_are_a_finding() -> None:
    parts = (("", "Trong đó:", "", "", ""), ("", "- trực tuyến", "", 4, ""), ("", "- trực tiếp", "", 8, ""))
    reading = read(sheet((1, CONFERENCES, "", 10, ""), *parts, (2, LEAFLETS, "", 250, "")))
    assert (figures(reading), told(reading)) == (
        {"conferences": 10, "leaflets": 250},
        [("report.within", "doubt")],
    )
    assert f"ô D2: các mục “Trong đó” cộng lại (12) lớn hơn “{CONFERENCES}” (10)" in reading.findings[0].text


def test_parts_that_are_indicators_of_their_own_are_read() -> None:
    rows = [
        (1, ONLINE, "", 50, ""),
        ("", "Trong đó:", "", "", ""),
        ("", f"- {NEWS}", "", 30, ""),
        ("", f"- {SOCIAL}", "", 20, ""),
    ]
    reading = read(sheet(*rows))
    assert figures(reading) == {"online_items": 50, "news_items": 30, "social_media_items": 20}
    assert told(reading) == []


def test_without_ordinals_the_next_indicator_ends_the_parts() -> None:
    rows = [("Nội dung", "Kết quả"), (CONFERENCES, 10), ("Trong đó: trực tuyến", 4), (LEAFLETS, 250), (PLANNED, 12)]
    reading = read(book(("Sheet1", rows)))
    assert figures(reading) == {"conferences": 10, "leaflets": 250, "tasks_planned": 12}
    assert told(reading) == []


def test_a_part_is_not_taken_for_an_indicator_of_nearly_its_name() -> None:
    rows = [(1, CONFERENCES, "", 10, ""), ("", "Trong đó: Số hội nghị, hội thảo.1", "", 4, "")]
    assert figures(read(sheet(*rows))) == {"conferences": 10}


def test_a_row_about_nothing_that_is_asked_waits_for_a_person() -> None:
    reading = read(sheet((1, PLANNED, "", 12, ""), (2, "Số tin trên Zalo", "", 5, "")))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [("report.row", "doubt")])
    assert "hàng 3: “Số tin trên Zalo” không thuộc các chỉ tiêu" in reading.findings[0].text


def test_many_strange_rows_are_one_finding() -> None:
    reading = read(book(("Sheet1", form((PLANNED, 12), *((f"Chỉ tiêu khác {at}", at) for at in range(1, 21))))))
    assert told(reading) == [("report.row", "doubt")]
    assert "20 hàng không thuộc các chỉ tiêu" in reading.findings[0].text


@pytest.mark.parametrize(
    "row", [("", "Tổng cộng", "", 18, ""), ("(1)", "(2)", "(3)", "(4)", "(5)"), ("A", "B", "C", 1, 2), ("I", "CHỈ ĐẠO")]
)
def test_a_sum_a_line_of_numbers_and_a_title_are_no_figures(row: tuple[object, ...]) -> None:
    reading = read(sheet(row, (1, PLANNED, "", 12, ""), (2, DONE, "", 6, "")))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12, "tasks_done": 6}, [])
