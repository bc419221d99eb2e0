"""What a coordinator does about those who are late, from the first page: many at once, and twice is once."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import docx
import pytest
from starlette.testclient import TestClient
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, obligation_of, owe, plan_row, report_file
from tests.web.boards import HOME, MORNING, NAME, Desk, a_morning, board_of

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.obligation import Item, ObligationState

PAGE = "/qua-han/"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The morning of 07/3: two communes are late."""
    yield from a_morning(tmp_path)


def act(desk: Desk, what: str, status: int = 200, **fields: str | list[str]) -> str:
    """What the page says after a form of it was sent."""
    answer = desk.act(what, fields, page=PAGE)
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def late(desk: Desk) -> list[str]:
    """The ids of what is overdue: xã Hòa Thắng's plan and thị trấn Chợ Lầu's."""
    return [f"O{obligation_of(desk.office.store, unit).id}" for unit in (HOA_THANG, CHO_LAU)]


def test_all_that_is_shown_is_ticked_by_a_link_and_a_filter_says_what_is_shown(desk: Desk) -> None:
    owe(
        desk.office.store,
        BINH_AN,
        Item.REPORT,
        "2023-M01",
        "2023-02-05",
        plan_id=plan_row(desk.office.store, number="16"),
    )
    page = desk.page("/")
    assert "Quá hạn (03)" in page
    assert page.count(" checked>") == 0
    report = next(name for name in re.findall(r"<option>([^<]+)</option>", page) if name.startswith("Báo cáo"))
    some = desk.client.get("/", params={"noi_dung": report, "chon": "1"}).text
    assert "Đang xem 01 nội dung." in unescape(some)
    assert some.count(" checked>") == 1
    assert desk.page("/?chon=1").count(" checked>") == 3
    assert "Đang xem" not in desk.page("/?nhom=Xã, phường, thị trấn huyện Bắc Bình")


def test_several_get_more_time_at_once_and_the_page_says_what_was_done(desk: Desk) -> None:
    refused = act(desk, "gia-han", 422, id=late(desk), ly_do_rieng="Mưa lũ <b>kéo dài</b>")
    assert "Đề nghị ghi ngày cuối cùng." in refused
    assert refused.count(" checked>") == 2, "the ticks are still there"
    assert 'value="Mưa lũ <b>kéo dài</b>"' in refused
    said = act(desk, "gia-han", id=late(desk), den_ngay="2023-03-20", ly_do_rieng="Mưa lũ kéo dài")
    assert "Đã ghi: Gia hạn (02).</p>" in said, "and no letter goes"
    assert "Không có nội dung quá hạn." in said
    assert {str(obligation_of(desk.office.store, unit).due_on) for unit in (HOA_THANG, CHO_LAU)} == {"2023-03-20"}
    again = act(desk, "gia-han", 422, id=late(desk), den_ngay="2023-03-20", ly_do_rieng="Mưa lũ kéo dài")
    assert again.count(f"đã được xử lý trước đó: đ/c {NAME}, gia hạn, ") == 2
    assert [kind for _, kind, _ in desk.trail()] == [ActKind.EXTEND] * 2


def test_one_that_is_refused_stops_no_other(desk: Desk) -> None:
    first, second = late(desk)
    act(desk, "mien", id=first, ly_do="sap-xep-don-vi")
    said = act(desk, "mien", 422, id=[first, second, "O99"], ly_do="sap-xep-don-vi")
    assert "Đã ghi: Miễn (01)" in said
    assert "UBND xã Hòa Thắng: Kế hoạch" in said
    assert "Không có mục “O99” để xử lý." in said
    assert {desk.state(unit) for unit in (HOA_THANG, CHO_LAU)} == {ObligationState.WAIVED}
    assert "Chưa chọn văn bản nào." in act(desk, "mien", 422, ly_do="sap-xep-don-vi")


def test_a_paper_is_recorded_by_number_date_and_day_of_receipt_once(desk: Desk) -> None:
    first, second = late(desk)
    paper = {"so_ky_hieu": "07/KH-UBND", "ngay_van_ban": "2023-02-20", "ngay_den": "2023-02-27"}
    assert "ghi nhận theo sổ văn bản đến" in act(desk, "ban-giay", 422, id=[first, second], **paper)
    assert "Đề nghị ghi số, ký hiệu văn bản." in act(desk, "ban-giay", 422, id=first, **paper | {"so_ky_hieu": " "})
    late_day = act(desk, "ban-giay", 422, id=first, **paper | {"ngay_den": "2023-03-08"})
    assert 'aria-describedby="ngay_den-thieu"' in late_day
    assert "Ngày đến không được sau hôm nay (07/3/2023)." in late_day
    assert "Đã ghi: Ghi nhận thay (01)" in act(desk, "ban-giay", id=first, **paper)
    assert desk.state(HOA_THANG) is ObligationState.MET
    assert "đã được ghi nhận trước đó" in act(desk, "ban-giay", 422, id=first, **paper)
    assert [kind for _, kind, _ in desk.trail()] == [ActKind.RECORD]


def test_letters_go_again_to_those_who_are_ticked_once_a_day(desk: Desk) -> None:
    assert "Đã ghi: Gửi lại thư (02)" in act(desk, "gui-lai", id=late(desk), ly_do_rieng="Chưa nhận được thư")
    again = act(desk, "gui-lai", 422, id=late(desk))
    assert again.count("thư đã được gửi lại trong ngày 07/3/2023") == 2
    assert "UBND xã Hòa Thắng: Kế hoạch" in again


def test_the_official_letter_names_those_who_are_ticked_a_letter_for_each_kind(desk: Desk) -> None:
    answer = desk.act("cong-van", {"id": late(desk)[:1]}, page=PAGE)
    assert answer.headers["content-disposition"].endswith(".docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "UBND xã Hòa Thắng" in text
    assert "Chợ Lầu" not in text
    owe(
        desk.office.store,
        CHO_LAU,
        Item.REPORT,
        "2022-H2",
        "2023-01-05",
        plan_id=plan_row(desk.office.store, number="16"),
    )
    report = f"O{obligation_of(desk.office.store, CHO_LAU, Item.REPORT, '2022-H2').id}"
    several = desk.act("cong-van", {"id": [*late(desk), report]}, page=PAGE)
    with zipfile.ZipFile(io.BytesIO(several.content)) as packed:
        assert [name[:3] for name in packed.namelist()] == ["01 ", "02 "]
    soon = f"O{obligation_of(desk.office.store, CHO_LAU, Item.REPORT, '2023-Q1').id}"
    assert "Không có đơn vị nào quá hạn" in act(desk, "cong-van", 422, id=soon)


LINES = """xã Hòa Thắng; 07/KH-UBND; 20/02/2023; 27/02/2023
thị trấn Chợ Lầu\t08/KH-UBND\t31/02/2023
xã <b>Không Có</b> | 09/KH-UBND | 20/02/2023"""


def test_many_papers_are_tried_and_then_recorded_from_pasted_lines_and_a_line_can_be_put_right(desk: Desk) -> None:
    book = "/so-van-ban/"
    chosen = {"noi_dung": "sub_plan 2023", "ngay_den": "2023-03-06"}
    headers = {"Sec-Fetch-Site": "same-origin"}

    def sent(what: str, lines: str, status: int = 200) -> str:
        answer = desk.client.post(f"{book}{what}", data={"dong": lines, **chosen}, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.text

    tried = unescape(sent("xem", LINES))
    assert "ghi nhận được: <b>01</b>; cần xem lại: <b>02</b>" in tried
    assert "ngày văn bản chưa đọc được: “31/02/2023”" in tried
    assert "chưa rõ cơ quan" in tried
    assert "xã <b>Không Có</b>" not in sent("xem", LINES)
    assert desk.state(HOA_THANG) is ObligationState.OPEN
    done = unescape(sent("ghi", LINES))
    assert "Đã ghi nhận 01 văn bản" in done
    left = done[done.index("<textarea") : done.index("</textarea>")]
    assert ("07/KH-UBND" in left, "08/KH-UBND" in left) == (False, True)
    assert desk.state(HOA_THANG) is ObligationState.MET
    assert "Đã ghi nhận 01 văn bản" in unescape(sent("ghi", "UBND thị trấn Chợ Lầu; 08/KH-UBND; 20/02/2023"))
    assert "đã ghi nhận trước đó: <b>01</b>" in unescape(sent("ghi", "UBND thị trấn Chợ Lầu; 08/KH-UBND; 20/02/2023"))
    assert "Đề nghị dán các dòng của sổ" in unescape(sent("ghi", "", 422))
    assert [kind for _, kind, _ in desk.trail()] == [ActKind.RECORD] * 2


def test_the_registry_s_sheet_fills_the_lines_in(desk: Desk, tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    path = tmp_path / "so.xlsx"
    with Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        heads = ("Số đến", "Số, ký hiệu", "Ngày văn bản", "Cơ quan ban hành", "Trích yếu", "Ngày đến")
        row = (1, "07/KH-UBND", "20/02/2023", "UBND xã Hòa Thắng", "Kế hoạch tuyên truyền CCHC năm 2023", "27/02/2023")
        for at, line in enumerate((heads, row)):
            sheet.write_row(at, 0, line)
    files = {"tep": ("so.xlsx", path.read_bytes())}
    headers = {"Sec-Fetch-Site": "same-origin"}
    page = desk.client.post("/so-van-ban/xem", files=files, data={"noi_dung": ""}, headers=headers).text
    lines = unescape(page[page.index("<textarea") : page.index("</textarea>")])
    assert "UBND xã Hòa Thắng\t07/KH-UBND\t20/02/2023\t27/02/2023\tKế hoạch tuyên truyền CCHC năm 2023" in lines
    assert "Ghi nhận 01 văn bản" in page
    refused = desk.client.post("/so-van-ban/xem", files={"tep": ("so.xlsx", b"MZ\x90")}, headers=headers)
    assert refused.status_code == 422
    other = desk.client.post("/so-van-ban/xem", files={"tep": ("b.xlsx", report_file())}, headers=headers)
    assert "dòng tiêu đề" in unescape(other.text)


def test_whoever_only_looks_finds_no_form_and_is_refused(desk: Desk) -> None:
    looking = Desk(desk.office, TestClient(board_of(desk.office, MORNING, decide=False), base_url=HOME))
    assert 'type="checkbox"' not in looking.page("/")
    assert "<textarea" not in looking.page("/so-van-ban/")
    assert looking.act("mien", {"id": late(desk)}, page=PAGE).status_code == 403
    assert desk.act("mien", {"id": late(desk)}, page=PAGE, site="cross-site").status_code == 400
    assert desk.trail() == []
