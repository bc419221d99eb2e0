"""The head of a plan: letterhead, number, place, date, title, years and the documents that it rests on."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.plan_texts import TASKS, Plan, open_fields

from plan_lifecycle.documents.read import Heading, NotAPlan, read_heading, read_plan
from plan_lifecycle.documents.read._period import period_of


def test_it_reads_the_head_of_a_district_plan() -> None:
    plan = read_plan(Plan().head().text("I. MỤC ĐÍCH").table(TASKS).duty().end().data)
    assert (plan.number, plan.symbol, plan.reference) == ("15", "KH-UBND", "15/KH-UBND")
    assert plan.issued_on == date(2023, 2, 10)
    assert (plan.issuer, plan.place, plan.type) == ("Ủy ban nhân dân huyện Bắc Bình", "Bắc Bình", "Kế hoạch")
    assert plan.abstract == "Thông tin, tuyên truyền cải cách hành chính năm 2023"
    assert plan.period == (2023,)
    assert plan.open_points == ()


@pytest.mark.parametrize(
    ("agency", "issuer"),
    [
        (("ỦY BAN NHÂN DÂN", "TỈNH BÌNH THUẬN"), "Ủy ban nhân dân tỉnh Bình Thuận"),
        (("ỦY BAN NHÂN", "DÂN", "XÃ BÌNH AN"), "Ủy ban nhân dân xã Bình An"),
        (("UBND TỈNH BÌNH THUẬN", "SỞ NỘI VỤ"), "Sở Nội vụ"),
        (("UBND TỈNH BÌNH THUẬN", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "-------"), "Sở Khoa học và Công nghệ"),
        (("UBND HUYỆN BẮC BÌNH", "UBND XÃ BÌNH AN"), "UBND xã Bình An"),
        (("ỦY BAN NHÂN DÂN", "HUYỆN BẮC BÌNH", "PHÒNG NỘI VỤ"), "Phòng Nội vụ"),
        (("Ủy ban nhân dân", "huyện Bắc Bình"), "Ủy ban nhân dân huyện Bắc Bình"),
        (("UỶ BAN NHÂN DÂN", "XÃ BÌNH AN"), "Ủy ban nhân dân xã Bình An"),
        (("HUYỆN ỦY BẮC BÌNH", "*"), "Huyện ủy Bắc Bình"),
        (("SỞ NỘI VỤ - SỞ TÀI CHÍNH",), "Sở Nội vụ - Sở Tài chính"),
        (("UBND TỈNH BÌNH THUẬN", "BAN DÂN TỘC"), "Ban Dân tộc"),
        (("UBND TỈNH BÌNH THUẬN", "BAN QUẢN LÝ CÁC", "KHU CÔNG NGHIỆP"), "Ban Quản lý các khu công nghiệp"),
        (("UBND PHƯỜNG ĐỨC XUÂN", "TỔ DÂN PHỐ 3"), "Tổ dân phố 3"),
        (("UBND PHƯỜNG ĐỨC XUÂN", "CÔNG CHỨC VĂN HÓA - XÃ HỘI"), "Công chức văn hóa - xã hội"),
        (("UBND XÃ BÌNH AN", "THÔN AN TRUNG"), "Thôn An Trung"),
        (("SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG", "THÔN"), "Sở Nông nghiệp và Phát triển nông thôn"),
        (("VĂN PHÒNG ĐIỀU PHỐI NÔNG", "THÔN MỚI TỈNH BÌNH THUẬN"), "Văn phòng Điều phối nông thôn mới tỉnh Bình Thuận"),
    ],
)
def test_it_names_the_issuer_as_a_sentence_does(agency: tuple[str, ...], issuer: str) -> None:
    assert read_plan(Plan().head(agency=agency).data).issuer == issuer


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Giao Văn phòng Điều phối Nông thôn  mới chủ trì.", "Văn phòng Điều phối Nông thôn mới"),
        ("giao văn phòng Điều phối Nông thôn mới chủ trì.", "Văn phòng Điều phối Nông thôn mới"),
        ("VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI chủ trì.", "Văn phòng Điều phối nông thôn mới"),
        ("Giao Văn phòng Điều phối Nông thôn mới1 chủ trì.", "Văn phòng Điều phối nông thôn mới"),
    ],
)
def test_a_name_in_capitals_is_written_as_the_plan_itself_writes_it(text: str, issuer: str) -> None:
    agency = ("UBND TỈNH BÌNH THUẬN", "VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI")
    assert read_plan(Plan().head(agency=agency).text(text).data).issuer == issuer


@pytest.mark.parametrize(
    ("written", "number", "symbol"),
    [
        ("Số: 36/KH-UBND", "36", "KH-UBND"),
        ("Số: 0134/KH-UBND", "0134", "KH-UBND"),
        ("Số: 132-KH/UBND", "132", "KH/UBND"),
        ("Số : 05 / KH - UBND", "05", "KH-UBND"),
        ("Số:       /KH-UBND", None, "KH-UBND"),
        ("Số: ……/KH-UBND", None, "KH-UBND"),
        ("Số: 12a/KH-PNV", "12a", "KH-PNV"),
        ("SỐ: 36/KH-UBND", "36", "KH-UBND"),
    ],
)
def test_it_reads_the_number_in_the_ways_that_offices_write_it(written: str, number: str | None, symbol: str) -> None:
    plan = read_plan(Plan().head(number=written).data)
    assert (plan.number, plan.symbol) == (number, symbol)


@pytest.mark.parametrize(
    ("written", "place", "day"),
    [
        ("Bắc Bình, ngày 05 tháng 01 năm 2023", "Bắc Bình", date(2023, 1, 5)),
        ("Bắc Bình,\nngày 5\ntháng 1 năm 2023", "Bắc Bình", date(2023, 1, 5)),
        ("Bắc Bình, ngày 05/01/2023", "Bắc Bình", date(2023, 1, 5)),
        ("Bắc Bình, ngày     tháng 02 năm 2023", "Bắc Bình", None),
        ("Bắc Bình, ngày ... tháng ... năm 2023", "Bắc Bình", None),
        ("Bắc Bình, ngày 31 tháng 02 năm 2023", "Bắc Bình", None),
    ],
)
def test_it_reads_place_and_date_or_leaves_the_date_open(written: str, place: str, day: date | None) -> None:
    data = Plan().head(date=written).table(TASKS).data
    plan = read_plan(data)
    assert (plan.place, plan.issued_on) == (place, day)
    assert ("issued_on" in open_fields(data)) == (day is None)


def test_it_reads_a_letterhead_that_stands_beside_tabs() -> None:
    plan = Plan().text(
        "UBND TỈNH BÌNH THUẬN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 45/KH-SNV\tBình Thuận, ngày 06 tháng 3 năm 2023",
    )
    found = read_plan(plan.title("KẾ HOẠCH").title("Kiểm tra cải cách hành chính năm 2023").data)
    assert (found.reference, found.issuer, found.place) == ("45/KH-SNV", "Sở Nội vụ", "Bình Thuận")
    assert found.issued_on == date(2023, 3, 6)


@pytest.mark.parametrize(
    "lines",
    [
        ("KẾ HOẠCH", "Cải cách hành chính năm 2023"),
        ("KẾ HOẠCH\nCải cách hành chính năm 2023",),
        ("KẾ HOẠCH Cải cách hành chính năm 2023",),
        ("K Ế  H O Ạ C H", "Cải cách hành chính năm 2023"),
        ("KẾ HOẠCH", "Cải cách hành chính", "năm 2023", "-------"),
        ("KẾ HOẠCH PHỐI HỢP", "Cải cách hành chính năm 2023"),
    ],
)
def test_it_reads_the_abstract_however_the_title_is_set(lines: tuple[str, ...]) -> None:
    plan = Plan().text("Số: 36/KH-UBND")
    for line in lines:
        plan.title(line)
    assert read_plan(plan.text("I. MỤC ĐÍCH").data).abstract == "Cải cách hành chính năm 2023"


def test_a_decision_that_issues_a_plan_is_a_plan() -> None:
    decision = (
        Plan()
        .head(
            number="Số: 12/QĐ-UBND",
            type_="QUYẾT ĐỊNH",
            abstract="Về việc ban hành Kế hoạch cải cách hành chính năm 2023",
        )
        .text("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN", "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;")
        .text("QUYẾT ĐỊNH:", "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2023.")
        .end()
        .title("KẾ HOẠCH")
        .title("Cải cách hành chính năm 2023")
        .text("(Kèm theo Quyết định số 12/QĐ-UBND ngày 10/02/2023)", "I. NHIỆM VỤ")
        .table(TASKS)
    )
    plan = read_plan(decision.data)
    assert (plan.type, plan.reference, plan.period) == ("Quyết định", "12/QĐ-UBND", (2023,))
    assert len(plan.activities) == 1
    assert [section.ordinal for section in plan.sections] == ["Điều 1", "I"]


@pytest.mark.parametrize(
    ("sentence", "bases"),
    [
        (
            "Căn cứ Kế hoạch số 36/KH-UBND ngày 05/01/2023 của UBND tỉnh về thông tin, tuyên truyền năm 2023;",
            [("36/KH-UBND", date(2023, 1, 5))],
        ),
        (
            "Thực hiện Kế hoạch số 14-KH/TU ngày 29/7/2022 của Tỉnh ủy và Kế hoạch số 24/KH-UBND ngày 14 tháng 8 năm "
            "2022 của UBND tỉnh thực hiện Nghị quyết số 66-NQ/TW ngày 30/4/2022, UBND huyện ban hành Kế hoạch như sau:",
            [("14-KH/TU", date(2022, 7, 29)), ("24/KH-UBND", date(2022, 8, 14))],
        ),
        (
            "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2022 của Bộ Chính trị; Thông báo số 30-TB/TGV ngày 13/6/2022;",
            [("57-NQ/TW", date(2022, 12, 22)), ("30-TB/TGV", date(2022, 6, 13))],
        ),
        ("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;", [("72/2025/QH15", None)]),
        ("Căn cứ Luật Cán bộ, công chức ngày 13 tháng 11 năm 2008;", [(None, date(2008, 11, 13))]),
        (
            "Căn cứ Quyết định số 411/QĐ-TTg của Thủ tướng Chính phủ ngày 31/3/2022 phê duyệt Chiến lược;",
            [("411/QĐ-TTg", date(2022, 3, 31))],
        ),
    ],
)
def test_it_reads_each_document_that_the_plan_rests_on(
    sentence: str, bases: list[tuple[str | None, date | None]]
) -> None:
    plan = read_plan(Plan().head().text(sentence, "I. MỤC ĐÍCH").data)
    assert [(basis.number, basis.issued_on) for basis in plan.legal_bases] == bases


@pytest.mark.parametrize(
    ("abstract", "years"),
    [
        ("Cải cách hành chính năm 2023", (2023,)),
        ("Thi đua cải cách hành chính giai đoạn 2022 – 2025", (2022, 2025)),
        ("Thực hiện Chương trình tổng thể giai đoạn 2021 - 2030 trong năm 2023", (2023,)),
        ("Đổi mới công nghệ đến năm 2035", (2022, 2035)),
        ("Triển khai Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ", (2022,)),
        ("Bồi dưỡng các năm 2023-2024", (2023, 2024)),
        ("Chuyển đổi số giai đoạn 2021 - 2025, định hướng đến năm 2030", (2021, 2025)),
    ],
)
def test_it_tells_the_years_that_a_plan_covers(abstract: str, years: tuple[int, ...]) -> None:
    assert period_of(abstract, date(2022, 12, 20)) == years


def test_the_heading_of_any_document_is_read() -> None:
    assert read_heading(Plan().head().text("I. MỤC ĐÍCH").end().data) == Heading(
        "Kế hoạch",
        "15/KH-UBND",
        date(2023, 2, 10),
        ("Ủy ban nhân dân huyện Bắc Bình",),
        "Thông tin, tuyên truyền cải cách hành chính năm 2023",
        place="Bắc Bình",
    )
    head = ("UBND XÃ BÌNH AN", "Số: 45/BC-UBND", "Bình An, ngày 12 tháng 6 năm 2023", "BÁO CÁO", "Kết quả CCHC")
    report = Plan().text(*head, "Thực hiện Kế hoạch số 15/KH-UBND ngày 10/02/2023").data
    assert read_heading(report) == Heading(
        "Báo cáo", "45/BC-UBND", date(2023, 6, 12), ("UBND xã Bình An",), "Kết quả CCHC", place="Bình An"
    )
    with pytest.raises(NotAPlan):
        read_heading(b"%PDF-1.4")
