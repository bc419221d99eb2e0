"""The coordinator's year in a browser: all her jobs, each from the home page, in Debian's Chromium on a real Airflow.

The store is empty at first: she imports the province and its people, then the plan. The order of the tests is that of
the year. Each says in how many clicks its job is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import docx
import pytest
import xlsxwriter
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from tests.browser.ground import ALONE, CHROMIUM, PLAN, Ground, browser_at, empty_ground, log_in
from tests.browser.hand import Hand
from tests.browser.looks import faults_of
from tests.lifecycle.release.editing import edited

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.unit import UnitKind
from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation.papers import text_of
from plan_lifecycle.store.units import load_tree

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed"),
]


DISTRICTS = [
    f"huyện {name}"
    for name in (
        "Tuy Phong",
        "Bắc Bình",
        "Hàm Thuận Bắc",
        "Hàm Thuận Nam",
        "Tánh Linh",
        "Đức Linh",
        "Hàm Tân",
        "Phú Quí",
    )
]
DEPARTMENTS = [
    f"Sở {name}"
    for name in (
        "Tài chính",
        "Công Thương",
        "Khoa học và Công nghệ",
        "Giáo dục và Đào tạo",
        "Giao thông vận tải",
        "Kế hoạch và Đầu tư",
        "Nông nghiệp và Phát triển nông thôn",
        "Thông tin và Truyền thông",
        "Tài nguyên và Môi trường",
        "Văn hóa, Thể thao và Du lịch",
    )
]
BESIDES = (
    "bang-theo-doi/",
    "so-van-ban/",
    "tin-bai/",
    "ke-hoach-moi/1/",
    "ke-hoach-moi/1/xem-thu",
    "viec/S1/",
    "viec/S15/",
    "thu/1",
    "nhap/3/",
    "danh-sach/don-vi/xem",
    "danh-sach/qua-han/tin-nhan",
    "thiet-lap/xem?ten=indicators",
)
"""What no link of the navigation leads to."""
PLAN_LINK = re.compile("Kế hoạch số 36")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with empty_ground(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(ground: Ground) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, browser_at(playwright, ground, viewport={"width": 1366, "height": 900}) as at:
        yield at


@pytest.fixture
def hand(page: Any, ground: Ground) -> Hand:
    """The hand at home, before a job."""
    ground.acts()
    return Hand(page, ground.board).begin()


def people_book(ground: Ground, path: Path, faulty: bool = False) -> Path:
    """A list of everybody, as an office keeps it in Excel; a faulty one has a unit that there is not in line 3."""
    with ground.office.store.read() as connection:
        tree = load_tree(connection, ground.day)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Danh bạ")
        sheet.write_row(0, 0, ["Đơn vị", "Vai trò", "Họ và tên", "Thư điện tử", "Số điện thoại"])
        for number, unit in enumerate(tree.units, start=1):
            inner = unit.kind in (UnitKind.COMMUNE, UnitKind.DIVISION)
            above = f", {tree.get(unit.parent_id).name}" if unit.parent_id and inner else ""
            name = "xã Không Có" if faulty and number == 2 else f"{unit.name}{above}"
            role = "điều phối" if unit.name == "Sở Nội vụ" else "cán bộ"
            mail = f"{unit.id}@binh-thuan.example"
            sheet.write_row(number, 0, [name, role, f"Nguyễn Văn {number}", mail, f"0252 3822 {number:03}"])
    return path


def test_units_agencies_and_people_are_imported_and_a_faulty_line_is_told(
    hand: Hand, ground: Ground, tmp_path: Path
) -> None:
    by_register = "Đơn vị hành chính của tỉnh (theo danh mục có sẵn, không cần tệp)"
    hand.link("Nhập danh sách").choose("Danh sách", by_register)
    hand.write("Tỉnh, thành phố", "Bình Thuận").press("Nạp và kiểm tra").press("Nhập danh sách").reads("Đã nhập")
    hand.link("Nhập danh sách").choose("Danh sách", "Cơ quan, đơn vị trực thuộc")
    hand.give("Tệp Excel (.xlsx, .xls) hoặc .csv", ROOT / "config" / "agencies.example.csv").press("Nạp và kiểm tra")
    hand.press("Nhập danh sách").reads("Đã nhập")
    for faulty in (True, False):
        hand.link("Nhập danh sách").give(
            "Tệp Excel (.xlsx, .xls) hoặc .csv", people_book(ground, tmp_path / f"danh-ba-{faulty}.xlsx", faulty)
        )
        hand.press("Nạp và kiểm tra")
        if faulty:
            hand.reads("Nội dung chưa đúng (01)").card("xã Không Có").reads("3")
    hand.press("Nhập danh sách").reads("Đã nhập")
    assert len(hand.clicks) == 16
    assert ground.acts() == [(ActKind.IMPORT_LIST, None)] * 3


def test_what_is_no_issued_plan_is_told_in_a_sentence_and_what_was_typed_stays(
    hand: Hand, ground: Ground, tmp_path: Path
) -> None:
    paper, notes = tmp_path / "ghi-chep.docx", docx.Document()
    notes.add_paragraph("Ghi chép cuộc họp ngày thứ Năm.")
    notes.save(str(paper))
    hand.link("Kế hoạch mới").open("Khi văn bản chưa ghi rõ").write("Cơ quan ban hành", "Sở Nội vụ")
    hand.give("Tệp kế hoạch đã ban hành (.docx)", paper).press("Nạp và đọc kế hoạch")
    hand.reads("Nội dung chưa thực hiện được").misses("docx:")
    expect(hand.page.get_by_label("Cơ quan ban hành")).to_have_value("Sở Nội vụ")
    assert ground.acts() == []


def test_the_plan_is_uploaded_and_read_beside_the_paper(hand: Hand, ground: Ground) -> None:
    hand.link("Kế hoạch mới").give("Tệp kế hoạch đã ban hành (.docx)", PLAN).press("Nạp và đọc kế hoạch")
    hand.reads("Kế hoạch, báo cáo phải gửi").reads("Nội dung chưa rõ").reads("Nhiệm vụ")
    assert len(hand.clicks) == 3
    assert ground.acts() == [(ActKind.REGISTER, None)]


def test_open_points_are_decided_before_the_cascade(hand: Hand, ground: Ground) -> None:
    hand.link("Kế hoạch mới").link(PLAN_LINK)
    hand.card("Khi có yêu cầu", ".card").open("Quyết định").write("Chậm nhất ngày", "2023-12-15").write(
        "Lý do", "Thống nhất với các sở."
    ).press("Ghi quyết định")
    hand.reads("Đã quyết định: chậm nhất ngày 15/12/2023")
    assert len(hand.clicks) == 4
    assert ground.acts() == [(ActKind.DECIDE, "Thống nhất với các sở.")]


def test_three_letters_are_looked_at_and_the_cascade_is_started(hand: Hand, ground: Ground) -> None:
    hand.link("Kế hoạch mới").link(PLAN_LINK).link(re.compile("Xem 03 thư đầu")).reads("28 thư sẽ gửi")
    hand.press("Triển khai kế hoạch")
    assert len(hand.clicks) == 4
    ground.until(hand.page, "Đã triển khai")
    assert ground.acts() == [(ActKind.CASCADE, None)]


def test_the_tree_is_seen_with_the_contacts_of_each_unit(hand: Hand) -> None:
    hand.link("Đơn vị").write("Tìm theo tên, không cần dấu", "bac binh").press("Xem").reads("UBND huyện Bắc Bình")
    hand.link("UBND huyện Bắc Bình").reads("@binh-thuan.example").reads("Kế hoạch")
    assert len(hand.clicks) == 3


def test_who_got_what_is_seen_as_it_was_sent(hand: Hand, ground: Ground) -> None:
    ground.send()
    hand.link("Thư").link(re.compile("Triển khai Kế hoạch số 36.*huyện Bắc Bình"))
    hand.reads("vn3-596@binh-thuan.example").reads("Kính gửi: UBND huyện Bắc Bình").reads("08 nhiệm vụ")
    assert len(hand.clicks) == 2


def test_what_will_be_sent_in_the_next_days_is_seen(hand: Hand, ground: Ground) -> None:
    ground.go_on_to("2023-02-06")
    ground.remind()
    hand.begin().link("Thư").reads(re.compile(r"Sẽ gửi trong 30 ngày tới \([1-9]")).reads("UBND huyện Bắc Bình")
    assert len(hand.clicks) == 1


def test_who_is_late_is_seen_by_group(hand: Hand, ground: Ground) -> None:
    ground.go_on_to("2023-02-13")
    ground.hand_in(*DISTRICTS[:4], *DEPARTMENTS[:10])
    ground.hand_in_crossed(DISTRICTS[4], DISTRICTS[5])
    ground.hand_in_unknown(DISTRICTS[6])
    ground.go_on_to("2023-02-20")
    ground.remind()
    hand.begin().reads(re.compile(r"Quá hạn \(1[0-9]\)"))
    hand.choose("Nhóm", "Huyện, thị xã, thành phố").press("Xem").reads("UBND huyện Phú Quí").reads("0252 3822 143")
    assert len(hand.clicks) == 2


def test_the_late_are_given_more_time_in_bulk(hand: Hand, ground: Ground) -> None:
    for name in ("Sở Y tế", "Sở Xây dựng"):
        hand.tick(re.compile(f"Chọn {name}"))
    hand.open("Gia hạn, miễn").press("Gia hạn").reads("Nội dung chưa thực hiện được")
    hand.write("Gia hạn đến hết ngày", "2023-02-24").write("Hoặc ghi lý do riêng", "Chờ ý kiến của tỉnh.")
    hand.press("Gia hạn").reads("Đã ghi: ").misses("Sở Y tế tỉnh Bình Thuận")
    assert len(hand.clicks) == 5
    assert ground.acts() == [(ActKind.EXTEND, "Chờ ý kiến của tỉnh.")] * 2


def test_those_who_need_not_deliver_are_freed_in_bulk_with_a_reason(hand: Hand, ground: Ground) -> None:
    for name in ("Ban Quản lý các khu công nghiệp", "Sở Lao động"):
        hand.tick(re.compile(f"Chọn {name}"))
    hand.open("Gia hạn, miễn").press("Miễn").reads("Nội dung chưa thực hiện được")
    hand.choose("Lý do thường dùng", "Nhiệm vụ không thuộc phạm vi của đơn vị.")
    hand.press("Miễn").reads("Đã ghi: ").misses("Ban Quản lý các khu công nghiệp tỉnh")
    assert len(hand.clicks) == 6
    assert ground.acts() == [(ActKind.WAIVE, "Nhiệm vụ không thuộc phạm vi của đơn vị.")] * 2


def test_a_paper_copy_is_recorded_with_three_fields(hand: Hand, ground: Ground) -> None:
    hand.tick(re.compile("Chọn Sở Tư pháp")).open("Ghi nhận bản giấy của một đơn vị")
    hand.write("Số, ký hiệu", "12/KH-STP").write("Ngày văn bản", "2023-02-14").press("Ghi nhận bản giấy")
    hand.reads("Đã ghi: ").misses("Sở Tư pháp tỉnh Bình Thuận")
    assert len(hand.clicks) == 3
    assert ground.acts() == [(ActKind.RECORD, None)]


def test_many_paper_copies_are_recorded_from_the_registrys_book(hand: Hand, ground: Ground) -> None:
    hand.open("Ghi nhận bản giấy của một đơn vị").link("ghi nhận theo sổ văn bản đến")
    lines = (
        "Ban Dân tộc; 09/KH-BDT; 13/02/2023; 14/02/2023; Kế hoạch tuyên truyền cải cách hành chính năm 2023",
        "Thanh tra tỉnh; 05/KH-TT; 13/02/2023; 14/02/2023; Kế hoạch tuyên truyền cải cách hành chính năm 2023",
        "Sở Không Có; 01/KH; 13/02/2023; 14/02/2023; Kế hoạch tuyên truyền cải cách hành chính năm 2023",
    )
    hand.write("Các dòng của sổ", "\n".join(lines)).press("Xem trước, chưa ghi").reads("Sở Không Có")
    hand.press(re.compile("^Ghi nhận")).reads("Đã ghi nhận 02 văn bản")
    assert len(hand.clicks) == 4
    assert ground.acts() == [(ActKind.RECORD, "Ghi nhận theo sổ văn bản đến.")] * 2


def test_a_submission_is_read_beside_its_findings_and_what_the_superior_asks(hand: Hand) -> None:
    hand.link(re.compile("văn bản chờ xem xét")).reads("Văn bản mang tên UBND huyện Đức Linh")
    hand.card("Chọn S15", "tr").link("UBND huyện Tánh Linh")
    hand.reads("Kế hoạch cấp trên giao đơn vị").reads("Duy trì chuyên mục").reads("HUYỆN ĐỨC LINH")
    hand.link("Văn bản tiếp theo").reads("UBND huyện Đức Linh")
    assert len(hand.clicks) == 3


def test_papers_are_returned_in_bulk_with_what_was_ticked_kept_and_the_letter_seen_first(
    hand: Hand, ground: Ground
) -> None:
    hand.link(re.compile("văn bản chờ xem xét"))
    for name in ("Tánh Linh", "Đức Linh"):
        hand.tick(re.compile(f"Chọn S.*huyện {name}"))
    hand.press("Đề nghị hoàn thiện văn bản đã chọn").reads("Nội dung chưa thực hiện được")
    hand.choose("Lý do thường dùng", "Đề nghị gửi bản đã ký, có số, ngày ban hành.")
    hand.press("Xem thư đề nghị hoàn thiện")
    hand.reads("02 thư sẽ gửi").reads("Kính gửi: UBND huyện Tánh Linh").reads("Chưa có thư nào được gửi")
    hand.press("Đề nghị hoàn thiện văn bản đã chọn").reads("Đã ghi")
    assert len(hand.clicks) == 7
    assert ground.acts() == [(ActKind.RETURN, "Đề nghị gửi bản đã ký, có số, ngày ban hành.")] * 2


def test_an_unknown_file_is_placed(hand: Hand, ground: Ground) -> None:
    hand.link(re.compile("tài liệu chưa xếp được")).write("Tài liệu của đơn vị khác:", "ham tan")
    hand.press("Xem nội dung phải gửi của đơn vị")
    hand.tick(re.compile("UBND huyện Hàm Tân: Kế hoạch"))
    hand.within(hand.page.locator("#tai-lieu")).choose(
        "Lý do thường dùng", "Đã xác minh người gửi là cán bộ của đơn vị."
    )
    hand.press("Xếp vào nội dung đã chọn").reads("Đã ghi")
    assert len(hand.clicks) == 5
    assert ground.acts() == [(ActKind.ASSIGN, "Đã xác minh người gửi là cán bộ của đơn vị.")]


def test_a_decision_is_undone(hand: Hand, ground: Ground) -> None:
    hand.link("Việc chờ xử lý")
    hand.card("Sở Tài nguyên và Môi trường", "tr").press("Mở lại")
    hand.reads("Đã ghi")
    assert len(hand.clicks) == 2
    hand.begin().link("Đơn vị").link(re.compile("^Sở Giao thông vận tải"))
    hand.open("Quyết định").press(re.compile("^Mở lại")).reads("Đã ghi")
    assert len(hand.clicks) == 4
    assert ground.acts() == [(ActKind.REOPEN, "Đã xử lý nhầm.")] * 2


def test_papers_are_accepted_in_bulk_and_a_colleague_who_comes_later_is_told_who_was_quicker(
    hand: Hand, ground: Ground
) -> None:
    hand.link("Việc chờ xử lý")
    late = Hand(hand.page.context.new_page(), ground.board).begin().link("Việc chờ xử lý")
    for name in ("Sở Tài nguyên và Môi trường", "Sở Giao thông vận tải"):
        hand.tick(re.compile(f"Chọn S.*{name}"))
        late.tick(re.compile(f"Chọn S.*{name}"))
    hand.press("Tiếp nhận văn bản đã chọn").reads("Đã ghi").misses("Chọn S")
    assert len(hand.clicks) == 4
    assert ground.acts() == [(ActKind.ACCEPT, None)] * 2
    late.write("Hoặc ghi lý do riêng", "Thiếu chữ ký.").press("Đề nghị hoàn thiện văn bản đã chọn")
    late.reads(f"đã được xử lý trước đó: đ/c {ground.login}, tiếp nhận")
    assert ground.acts() == []
    late.page.close()


def test_one_units_whole_history_and_why_it_did_or_did_not_get_a_letter(hand: Hand) -> None:
    hand.link("Đơn vị").link("UBND huyện Phú Quí").reads("Thư nhắc: đã gửi, chưa gửi và vì sao")
    hand.reads("đã qua nấc nhắc sau").reads("T+3: 03 ngày sau ngày cuối của thời hạn 14/02/2023")
    hand.reads("Đôn đốc, chưa nhận được")
    assert len(hand.clicks) == 2


def test_letters_about_a_unit_are_held_and_one_is_sent_again(hand: Hand, ground: Ground) -> None:
    hand.tick(re.compile("Chọn UBND huyện Phú Quí")).press("Gửi lại thư").reads("Đã ghi")
    assert len(hand.clicks) == 2
    hand.begin().link("UBND huyện Phú Quí").write("Đến hết ngày", "2023-02-28").write("Lý do", "Đang bàn giao.")
    hand.press("Tạm dừng gửi thư").reads("Đang bàn giao")
    assert len(hand.clicks) == 2
    assert ground.acts() == [(ActKind.RESEND, None), (ActKind.PAUSE_LETTERS, "Đang bàn giao.")]


def test_a_letter_to_come_is_read_one_is_sent_at_once_and_one_is_held(hand: Hand, ground: Ground) -> None:
    hand.link("Thư").tick(re.compile("^Chọn thư")).press("Đọc thư").reads("Chưa có thư nào được gửi.")
    hand.press("Gửi ngay").reads("Đã ghi")
    assert len(hand.clicks) == 4
    hand.begin().link("Thư").tick(re.compile("^Chọn thư")).open("Giữ lại").write(
        "Không gửi đến hết ngày", "2023-02-28"
    ).press("Giữ lại thư").reads("Nội dung chưa thực hiện được")
    hand.write("Lý do giữ lại", "Chờ ý kiến lãnh đạo.").press("Giữ lại thư").reads("Chờ ý kiến lãnh đạo")
    assert len(hand.clicks) == 5
    assert ground.acts() == [(ActKind.RESEND, None), (ActKind.PAUSE_LETTERS, "Chờ ý kiến lãnh đạo.")]


def test_the_ladder_and_the_senders_telephone_are_changed(hand: Hand, ground: Ground) -> None:
    hand.link("Thiết lập").card("Điện thoại cơ quan ghi trong thư", ".setting").open("Sửa").write(
        "Nội dung", "0252 3822 888"
    ).write("Lý do sửa", "Số trực mới.").press("Ghi")
    hand.reads("0252 3822 888").card("Nấc nhắc gửi báo cáo", ".setting").open("Sửa").write(
        "Số ngày (kể cả ngày nghỉ)", "10"
    ).write("Lý do sửa", "Nhắc sớm hơn.").press("Ghi")
    hand.reads("10 ngày trước ngày cuối cùng")
    assert len(hand.clicks) == 5
    assert ground.acts() == [(ActKind.CHANGE_SETTING, "Số trực mới."), (ActKind.CHANGE_SETTING, "Nhắc sớm hơn.")]


def test_a_list_is_taken_along_as_a_message_as_numbers_and_as_excel(hand: Hand) -> None:
    hand.link("tin nhắn").reads("UBND huyện Phú Quí")
    hand.begin().link("số điện thoại").reads("0252 3822 143")
    assert hand.begin().take("Excel").stat().st_size > 3000
    assert len(hand.clicks) == 1


def test_one_who_steps_in_is_put_down_and_a_person_is_replaced(hand: Hand, ground: Ground) -> None:
    hand.link("Đơn vị").link("UBND huyện Bắc Bình").open("Ghi nhận đi vắng, thôi phụ trách")
    hand.write("Đi vắng từ ngày", "2023-02-21").write("Đến hết ngày", "2023-02-28")
    hand.write("Thư gửi thay đến", "pho.bac-binh@binh-thuan.example").write("Lý do", "Nghỉ phép.")
    hand.press("Ghi nhận đi vắng").reads("Nghỉ phép.").reads("pho.bac-binh@binh-thuan.example")
    assert len(hand.clicks) == 4
    hand.begin().link("Đơn vị").link("UBND huyện Tuy Phong").open("Thay bằng người khác")
    hand.write("Họ và tên", "Lê Thị Mới").write("Địa chỉ thư", "moi@binh-thuan.example").write("Lý do", "Luân chuyển.")
    hand.press("Thay").reads("Lê Thị Mới").reads("moi@binh-thuan.example")
    assert len(hand.clicks) == 4
    replaced = (ActKind.CHANGE_CONTACT, "Luân chuyển.")
    assert ground.acts() == [(ActKind.NOTE_ABSENCE, "Nghỉ phép."), replaced, replaced]


def test_the_coordinators_work_is_handed_to_a_colleague_who_gets_the_next_morning(hand: Hand, ground: Ground) -> None:
    hand.link("Đơn vị").link(re.compile("^Sở Nội vụ")).open("Thay bằng người khác")
    hand.write("Họ và tên", "Phạm Văn Nhận").write("Địa chỉ thư", "nhan@binh-thuan.example").write("Lý do", "Nghỉ hưu.")
    hand.press("Thay").reads(re.compile("Phạm Văn Nhận, cán bộ điều phối"))
    assert len(hand.clicks) == 4
    assert ground.acts() == [(ActKind.CHANGE_CONTACT, "Nghỉ hưu.")] * 2
    assert ground.morning_digest() == ["nhan@binh-thuan.example"]


def test_a_proposed_contact_is_confirmed(hand: Hand, ground: Ground) -> None:
    ground.propose_contact("thị xã La Gi", "Trần Văn Thay", "thay@binh-thuan.example")
    hand.begin().link("Việc chờ xử lý").card("Trần Văn Thay", "li, .card, tr").press("Xác nhận")
    hand.reads("Đã ghi")
    hand.begin().link("Đơn vị").link("UBND thị xã La Gi").reads("thay@binh-thuan.example")
    assert len(hand.clicks) == 2
    assert ground.acts() == [(ActKind.CONFIRM_CONTACT, None)]


def test_all_mail_is_paused_until_a_day_and_let_go_again(hand: Hand, ground: Ground) -> None:
    hand.open("Tạm dừng mọi thư").write("Đến hết ngày", "2023-02-28").write("Lý do tạm dừng", "Máy chủ thư bảo trì.")
    hand.press("Tạm dừng mọi thư").reads("Mọi thư đang được")
    hand.begin().reads("Máy chủ thư bảo trì").press("Cho gửi lại").misses("Mọi thư đang được")
    assert len(hand.clicks) == 1
    paused = (ActKind.PAUSE_LETTERS, "Máy chủ thư bảo trì.")
    assert ground.acts() == [paused, (ActKind.RESUME_LETTERS, "Cho gửi thư trở lại.")]


@pytest.mark.skipif(ALONE, reason="nobody logs in where the board stands alone")
def test_a_login_that_ends_while_somebody_types_loses_nothing(hand: Hand, ground: Ground) -> None:
    hand.open("Tạm dừng mọi thư").write("Đến hết ngày", "2023-02-28").write("Lý do tạm dừng", "Bão số 1.")
    hand.page.context.clear_cookies()
    hand.press("Tạm dừng mọi thư").reads("Phiên đăng nhập đã kết thúc")
    assert ground.acts() == []
    with hand.page.expect_popup() as opened:
        hand.link("Đăng nhập")
    log_in(opened.value, ground.password or "")
    expect(opened.value.locator("main")).to_contain_text("Đã đăng nhập")
    opened.value.close()
    hand.press("Gửi lại").reads("Bão số 1").press("Cho gửi lại").misses("Mọi thư đang được")
    assert len(hand.clicks) == 5
    assert ground.acts()[0] == (ActKind.PAUSE_LETTERS, "Bão số 1.")


def test_the_months_of_news_are_seen_of_all_units_and_of_one(hand: Hand, ground: Ground) -> None:
    ground.go_on_to("2023-06-05")
    ground.news("2023-M05", {DISTRICTS[0]: 7, DISTRICTS[1]: 3, DISTRICTS[2]: None})
    hand.begin().link("Đơn vị").link("Tin, bài theo tháng của các đơn vị")
    for name, verdict in zip(DISTRICTS[:3], ("Đạt", "Chưa đạt", "Chưa kiểm tra được"), strict=True):
        hand.card(f"UBND {name}", "tr").reads(verdict)
    assert len(hand.clicks) == 2
    hand.link(f"UBND {DISTRICTS[1]}").reads("Tin, bài theo tháng, năm 2023").reads("Chưa đạt")
    assert len(hand.clicks) == 3


def test_the_state_of_the_next_report_is_seen(hand: Hand, ground: Ground) -> None:
    ground.go_on_to("2023-06-14")
    ground.report("2023-H1", *DISTRICTS[:6], *DEPARTMENTS[:8])
    hand.begin().card("Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023", "tr").reads("14/29")
    assert len(hand.clicks) == 0


def test_a_report_is_compiled_now_read_and_taken_along(hand: Hand, ground: Ground) -> None:
    hand.link("Báo cáo").write("Cơ quan báo cáo", "Bình Thuận").choose("Kỳ báo cáo", "2023-H1")
    hand.press("Lập báo cáo ngay")
    assert len(hand.clicks) == 3
    ground.until(hand.page, "Ghi nhận ban hành")
    word, excel = hand.take(re.compile("^Word")), hand.take(re.compile("^Excel"))
    assert "DỰ THẢO" in text_of(word.read_bytes())
    assert "Tổng hợp" in CalamineWorkbook.from_path(str(excel)).sheet_names


def test_number_day_and_signer_of_the_issued_report_are_recorded(hand: Hand, ground: Ground) -> None:
    hand.link("Báo cáo").open("Ghi nhận ban hành").write("Số", "145").press("Ghi nhận ban hành")
    hand.reads("Nội dung chưa thực hiện được")
    hand.write("Ngày ban hành", "2023-06-14").write("Họ tên người ký", "Nguyễn Văn Ký").press("Ghi nhận ban hành")
    hand.reads("số 145, ngày 14/6/2023, người ký Nguyễn Văn Ký")
    assert len(hand.clicks) == 4
    assert ground.acts() == [(ActKind.ISSUE_REPORT, None)]


def test_a_paper_that_comes_afterwards_leads_to_an_addendum(hand: Hand, ground: Ground) -> None:
    ground.go_on_to("2023-06-15")
    ground.report("2023-H1", DISTRICTS[6])
    hand.begin().link(re.compile("văn bản đến sau khi đã tổng hợp"))
    hand.press("Lập báo cáo bổ sung ngay")
    assert len(hand.clicks) == 2
    ground.until(hand.page, "Báo cáo bổ sung số 1")


def test_a_report_whose_text_a_colleague_replaces_meanwhile_is_not_issued_unseen(
    hand: Hand, ground: Ground, tmp_path: Path
) -> None:
    hand.link("Báo cáo").open("Ghi nhận ban hành").write("Số", "160").write("Ngày ban hành", "2023-06-15")
    hand.write("Họ tên người ký", "Nguyễn Văn Ký")
    colleague = Hand(hand.page.context.new_page(), ground.board).begin().link("Báo cáo")
    corrected = tmp_path / "ban-sua.docx"
    corrected.write_bytes(edited(colleague.take(re.compile("^Word")).read_bytes(), {"Nơi nhận": "Nơi nhận báo cáo"}))
    colleague.open("Nộp bản Word đã sửa").give("Bản Word đã sửa từ bản này", corrected).press("Nộp bản đã sửa")
    colleague.reads("Nội dung theo bản đã sửa: ban-sua.docx").page.close()
    hand.press("Ghi nhận ban hành").reads("vừa được thay bằng bản đã sửa “ban-sua.docx”")
    assert ground.acts() == [(ActKind.CORRECT_REPORT, None)]
    hand.press("Ghi nhận ban hành").reads("số 160, ngày 15/6/2023, người ký Nguyễn Văn Ký")
    assert ground.acts() == [(ActKind.ISSUE_REPORT, None)]


def test_figures_of_a_unit_are_seen_beside_last_years(hand: Hand) -> None:
    hand.link("Đơn vị").link("UBND huyện Bắc Bình").open("Số liệu, so với năm trước và mục tiêu")
    hand.reads("Số tin, bài").reads("Cùng kỳ năm trước").reads("Mục tiêu của kế hoạch")
    assert len(hand.clicks) == 3


def test_the_whole_year_is_seen_in_one_table(hand: Hand) -> None:
    hand.link(re.compile("Bảng theo dõi cả năm")).reads("UBND huyện Bắc Bình").reads("%")
    assert len(hand.clicks) == 1


@pytest.mark.looks
def test_the_main_jobs_are_done_without_a_mouse(hand: Hand, ground: Ground) -> None:
    hand.key("Tab").key("Enter")  # past the navigation
    hand.tab_to("Chọn UBND huyện Phú Quí").key("Space").tab_to("Gia hạn, miễn").key("Enter")
    hand.tab_to("Gia hạn đến hết ngày").type("06/20/2023").tab_to("Hoặc ghi lý do riêng").type("Đơn vị đề nghị.")
    hand.tab_to("Gia hạn").key("Enter").reads("Đã ghi: Gia hạn (01)")
    assert ground.acts() == [(ActKind.EXTEND, "Đơn vị đề nghị.")]
    hand.begin().tab_to("Việc chờ xử lý").key("Enter").reads("Mới xử lý").tab_to("Mở lại").key("Enter").reads("Đã ghi")
    hand.tab_to("Chọn S").key("Space").tab_to("Tiếp nhận văn bản đã chọn").key("Enter").reads("Đã ghi: Tiếp nhận")
    assert [act for act, _ in ground.acts()] == [ActKind.REOPEN, ActKind.ACCEPT]
    hand.begin().tab_to("Đơn vị").key("Enter").reads("Tìm theo tên")
    hand.tab_to("Tìm theo tên").type("tuy phong").key("Enter").reads("có “tuy phong” trong tên")
    hand.tab_to("UBND huyện Tuy Phong").key("Enter").reads("Người liên hệ")
    hand.begin().tab_to("Tạm dừng mọi thư").key("Enter").tab_to("Đến hết ngày").type("06/16/2023")
    hand.tab_to("Lý do tạm dừng").type("Bão số 1.").tab_to("Tạm dừng mọi thư").key("Enter").reads("Bão số 1")
    hand.tab_to("Cho gửi lại").key("Enter").misses("Mọi thư đang được")
    assert [act for act, _ in ground.acts()] == [ActKind.PAUSE_LETTERS, ActKind.RESUME_LETTERS]


@pytest.mark.looks
@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_looks_right(page: Any, ground: Ground, width: int, scheme: Any) -> None:
    """In the light and in the dark, on a desk and on a telephone, with a year's content on it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(ground.board)
    links = [link.get_attribute("href") for link in page.locator("nav").first.get_by_role("link").all()]
    addresses = [link for link in links if urljoin(ground.board, link).startswith(ground.board)]  # not Airflow's own
    page.goto(f"{ground.board}don-vi/")
    addresses.append(page.get_by_role("link", name="UBND huyện Bắc Bình", exact=True).get_attribute("href"))
    page.goto(f"{ground.board}bao-cao/")
    addresses.append(page.get_by_role("link", name="Chọn, chuyển nội dung").first.get_attribute("href"))
    addresses[-1] = urljoin(page.url, addresses[-1])
    page.goto(f"{ground.board}viec/")
    faults = {}
    for address in [*addresses, *BESIDES, *ground.runs]:
        page.goto(urljoin(ground.board, address or ""))
        if found := faults_of(page):
            faults[address] = found
    assert faults == {}


def test_what_units_that_ended_leave_open_is_handed_over_to_their_successors(hand: Hand, ground: Ground) -> None:
    ground.go_on_to("2025-03-03")
    hand.begin().link("Đơn vị").reads("Đơn vị đã kết thúc hoạt động, còn nội dung chờ bàn giao").reads(
        "kế thừa: Sở Dân tộc và Tôn giáo"
    ).link("Bàn giao cho đơn vị kế thừa")
    over = hand.within(hand.page.locator("#ban-giao"))
    over.press("Bàn giao nội dung đã chọn")
    hand.reads("Nội dung chưa thực hiện được")
    over.write("Hoặc ghi lý do riêng", "Sắp xếp tổ chức bộ máy.").press("Bàn giao nội dung đã chọn")
    hand.reads("Đã ghi: Bàn giao")
    assert len(hand.clicks) == 4
    handed = ground.acts()
    assert set(handed) == {(ActKind.HAND_OVER, "Sắp xếp tổ chức bộ máy.")}
    assert len(handed) > 5
    hand.begin().link("Đơn vị").misses("kế thừa: Sở Dân tộc và Tôn giáo")
