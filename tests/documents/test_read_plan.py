"""A whole plan: outline, inline tasks, open points; and what is no plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.documents.plan_texts import TASKS, Plan, from_text, open_fields

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan, read_plan


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
    assert open_fields(data) == {"activities"}


def test_a_draft_is_read_and_says_what_is_open() -> None:
    data = Plan().head(number="Số:     /KH-UBND", date="Bắc Bình, ngày   tháng   năm 2023").table(TASKS).duty().data
    assert open_fields(data) == {"number", "issued_on"}


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
