"""A whole plan: head, legal bases, years, outline, inline tasks, open points; and what is no plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.documents.plan_texts import Plan, from_text

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import Heading, NotAPlan, read_heading, read_plan
from plan_lifecycle.documents.read._period import period_of

TASKS = [
    ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"],
    ["1", "Treo băng rôn", "UBND xã Bình An", "Phòng Nội vụ", "Trước ngày 01/5/2023"],
]


def fields(data: bytes) -> set[str]:
    return {point.field for point in read_plan(data).open_points}


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
    assert ("issued_on" in fields(data)) == (day is None)


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


def test_it_makes_a_tree_of_typed_ordinals() -> None:
    plan = read_plan(
        Plan()
        .head()
        .text("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "- Nâng cao nhận thức.", "2. Yêu cầu: Thiết thực, hiệu quả.")
        .text("II/ NỘI DUNG", "1.1. Tuyên truyền", "a) Trên cổng thông tin;", "đ) Qua loa truyền thanh.")
        .data
    )
    first, second = plan.sections
    assert (first.ordinal, first.title) == ("I", "MỤC ĐÍCH, YÊU CẦU")
    assert [(s.ordinal, s.title, s.text) for s in first.sections] == [
        ("1", "Mục đích", ("Nâng cao nhận thức.",)),
        ("2", "Yêu cầu", ("Thiết thực, hiệu quả.",)),
    ]
    assert [s.ordinal for s in second.sections[0].sections] == ["a", "đ"]


def test_it_reads_inline_tasks_under_their_labels() -> None:
    plan = read_plan(
        Plan()
        .head()
        .text("III. NHIỆM VỤ", "1. Tuyên truyền trực quan", "- Treo băng rôn, áp phích tại trụ sở.")
        .text("Đơn vị chủ trì thực hiện: UBND xã Bình An.", "Đơn vị phối hợp: Phòng Nội vụ.")
        .text("Thời gian thực hiện: Quý II/2023.", "Sản phẩm: 10 băng rôn.")
        .text("- Tổ chức đối thoại. Cơ quan chủ trì: UBND huyện; phối hợp: các xã; thời hạn: trước ngày 01/7/2023.")
        .text("2. Tập huấn nghiệp vụ", "Chủ trì: Phòng Nội vụ; thời gian: tháng 9/2023.")
        .data
    )
    first, second, third = plan.activities
    assert (first.ordinal, first.content) == ("1", "Treo băng rôn, áp phích tại trụ sở.")
    assert (first.lead, first.support, first.product) == ("UBND xã Bình An", "Phòng Nội vụ", "10 băng rôn")
    assert first.source == "Mục III.1"
    assert first.deadline is not None
    assert first.deadline.due == (date(2023, 6, 30),)
    assert (second.content, second.lead) == ("Tổ chức đối thoại", "UBND huyện")
    assert second.deadline is not None
    assert second.deadline.due == (date(2023, 6, 30),)
    assert (third.ordinal, third.content, third.lead) == ("2", "Tập huấn nghiệp vụ", "Phòng Nội vụ")


def test_it_takes_the_time_of_a_whole_movement_for_no_task() -> None:
    data = (
        Plan().head().text("II. NỘI DUNG", "1. Chủ đề", "“Đoàn kết”", "2. Thời gian thực hiện: Từ tháng 3/2023.").data
    )
    assert read_plan(data).activities == ()


def test_a_plan_without_tasks_is_read_and_says_so() -> None:
    data = Plan().head().text("I. MỤC ĐÍCH", "Nâng cao nhận thức.").duty().end().data
    assert fields(data) == {"activities"}


def test_a_draft_is_read_and_says_what_is_open() -> None:
    data = Plan().head(number="Số:     /KH-UBND", date="Bắc Bình, ngày   tháng   năm 2023").table(TASKS).duty().data
    assert fields(data) == {"number", "issued_on"}


def test_it_leaves_vague_leads_and_times_to_a_person() -> None:
    rows = [TASKS[0], ["1", "Rà soát thủ tục", "Các sở, ngành liên quan", "", "Khi có yêu cầu"]]
    plan = read_plan(Plan().head().table(rows).duty().end().data)
    assert [(point.field, point.phrase) for point in plan.open_points] == [
        ("lead", "Các sở, ngành liên quan"),
        ("deadline", "Khi có yêu cầu"),
    ]


@pytest.mark.parametrize("lead", ["Các sở, ban, ngành, địa phương", "Các sở, ban, ngành và các địa phương"])
def test_localities_are_clear_since_there_are_two_tiers_and_were_not_before(lead: str) -> None:
    rows = [TASKS[0], ["1", "Rà soát thủ tục", lead, "", "Quý IV"]]

    def leads(day: str) -> list[str]:
        plan = read_plan(Plan().head(date=day).table(rows).duty().end().data)
        return [point.phrase for point in plan.open_points if point.field == "lead"]

    assert leads("Lâm Đồng, ngày 24 tháng 12 năm 2025") == []
    assert leads("Bình Thuận, ngày 06 tháng 01 năm 2023") == [lead]


def test_the_keys_of_open_points_survive_moving_the_rows() -> None:
    vague = ["1", "Rà soát thủ tục", "Các sở, ngành liên quan", "", "Khi có yêu cầu"]
    before = read_plan(Plan().head().table([TASKS[0], vague, TASKS[1]]).data)
    after = read_plan(Plan().head().text("I. MỤC ĐÍCH").table([TASKS[0], TASKS[1], ["7", *vague[1:]]]).data)
    assert {p.point for p in before.open_points} == {p.point for p in after.open_points}


def test_two_points_that_read_alike_are_asked_once_and_keep_keys_of_their_own() -> None:
    vague = ["1", "Rà soát thủ tục", "Phòng Nội vụ", "", "Khi có yêu cầu"]
    points = read_plan(Plan().head().table([TASKS[0], vague, vague]).duty().data).open_points
    (asked,) = points
    assert asked.source == "Bảng 1, hàng 2; Bảng 1, hàng 3"
    assert len({asked.point, *asked.also}) == 2


def test_it_asks_who_owes_a_quota_that_stands_in_the_text() -> None:
    data = (
        Plan()
        .head()
        .text("II. CHỈ TIÊU", "Đăng ít nhất 05 tin, bài/tháng trên cổng thông tin.")
        .table(TASKS)
        .duty()
        .data
    )
    assert [(point.field, point.phrase) for point in read_plan(data).open_points] == [("targets", "5 tin, bài")]


REFUSED = [
    (b"", "0 byte"),
    (b"%PDF-1.7 ...", "bản Word (.docx)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    (b"{\\rtf1 abc}", "RTF"),
    (b"<html><body>K\xe1\xba\xbf ho\xe1\xba\xa1ch</body></html>", "HTML"),
    (b"plain text", "không phải là văn bản Word"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_it_refuses_other_kinds_of_file_and_says_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(NotAPlan) as refusal:
        read_plan(data)
    assert said in refusal.value.for_user
    assert "đề nghị" in refusal.value.for_user


def test_it_refuses_a_file_of_libreoffice(odt: bytes) -> None:
    with pytest.raises(NotAPlan, match="odt") as refusal:
        read_plan(odt)
    assert ".docx" in refusal.value.for_user


@pytest.fixture
def odt() -> bytes:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return stream.getvalue()


def test_what_is_no_plan_names_its_file_where_that_is_known() -> None:
    with pytest.raises(NotAPlan) as caught:
        read_plan(Plan().title("SƠ YẾU LÝ LỊCH").data)
    assert str(caught.value).startswith("not a readable plan: ")
    caught.value.file = "so-yeu.docx"
    assert str(caught.value).startswith("so-yeu.docx: not a readable plan: ")


def test_it_refuses_a_damaged_package() -> None:
    with pytest.raises(BadDocument):
        read_plan(b"PK\x03\x04 cut off")


@pytest.mark.parametrize(
    "plan",
    [
        Plan().head(number="Số: 45/BC-UBND", type_="BÁO CÁO", abstract="Kết quả thực hiện Kế hoạch CCHC năm 2023"),
        Plan().head(number="Số: 9/QĐ-UBND", type_="QUYẾT ĐỊNH", abstract="Về việc khen thưởng năm 2023"),
        Plan().text("Số: 7/SNV-CCHC", "V/v triển khai kế hoạch CCHC", "Kính gửi: UBND các huyện"),
        Plan().title("SƠ YẾU LÝ LỊCH").text("Họ và tên: Nguyễn Văn An", "Kế hoạch nghề nghiệp: chuyên viên"),
        Plan().text("Kính gửi anh An,", "Chúng ta có kế hoạch họp vào thứ hai."),
        Plan(),
    ],
    ids=["report", "decision", "letter", "resume", "mail", "empty"],
)
def test_it_refuses_a_word_file_that_is_no_plan(plan: Plan) -> None:
    with pytest.raises(NotAPlan) as refusal:
        read_plan(plan.data)
    assert "không phải kế hoạch" in refusal.value.for_user


FACTS = {
    "01": ("141/KH-UBND", date(2025, 11, 20), "Bắc Ninh", (2026, 2030), 16, {"14-KH/TU", "24/KH-UBND"}),
    "07": ("179/KH-UBND", date(2025, 11, 18), "Đồng Nai", (2026, 2030), 94, {"57-NQ/TW", "71/NQ-CP", "411/QĐ-TTg"}),
    "11": ("552/KH-UBND", date(2025, 11, 19), "Đồng Tháp", (2025, 2035), 19, {"283/KH-UBND", "10-CTr/TU"}),
    "18": ("617/KH-UBND", date(2025, 12, 1), "Đồng Tháp", (2025,), 11, {"283/KH-UBND"}),
    "28": ("0124/KH-UBND", date(2025, 11, 18), "Đắk Lắk", (2025,), 0, {"2437/QĐ-TTg"}),
}
LAYOUTS = [{}, {"spread": False}, {"broken_lines": True}, {"spread": False, "broken_lines": True}]


@pytest.mark.parametrize("layout", LAYOUTS, ids=["spread", "filled", "broken", "filled-broken"])
@pytest.mark.parametrize("name", FACTS)
def test_it_reads_the_real_plans(samples: Path, name: str, layout: dict[str, bool]) -> None:
    reference, day, place, years, count, bases = FACTS[name]
    plan = read_plan(from_text(samples / "plans" / f"{name}.txt", **layout))
    assert (plan.reference, plan.issued_on, plan.place, plan.period) == (reference, day, place, years)
    assert plan.issuer is not None
    assert plan.issuer.endswith(f"tỉnh {place}")
    assert len(plan.activities) == count
    assert bases <= {basis.number for basis in plan.legal_bases}
    assert all(activity.lead and activity.deadline for activity in plan.activities)


def test_it_reads_the_duties_of_a_real_plan(samples: Path) -> None:
    plan = read_plan(from_text(samples / "plans" / "01.txt"))
    sub_plan, yearly = plan.reporting[:2]
    assert (sub_plan.item, sub_plan.basis, sub_plan.deadline and sub_plan.deadline.due) == (
        "sub_plan",
        "issue",
        (date(2025, 12, 31),),
    )
    assert (yearly.addressee, yearly.receiving_office) == ("UBND tỉnh", "Sở Tư pháp")
    assert yearly.deadline is not None
    assert yearly.deadline.due == tuple(date(year, 11, 14) for year in range(2026, 2031))


def test_it_reads_every_word_file_of_the_samples_or_refuses_it(samples: Path) -> None:
    for path in sorted((samples / "docx").glob("*.doc?")):
        with pytest.raises((NotAPlan, BadDocument)):
            read_plan(path.read_bytes())


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
