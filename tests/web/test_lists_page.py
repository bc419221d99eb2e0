"""The page *Nhập danh sách*: from nothing to a province with its agencies and people, as a coordinator does it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import unescape

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import day, make_office
from tests.web.boards import HOME, NAME, Desk, board_of

from plan_lifecycle.store import people
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.units import load_tree

NOW = day("2023-02-13")
PAGE = "/nhap/"
SAME = {"Sec-Fetch-Site": "same-origin"}
HEADINGS = "Đơn vị;Vai trò;Họ và tên;Thư điện tử;Số điện thoại"
PEOPLE = (
    f"{HEADINGS}\nSở Nội vụ;điều phối;Trần Văn An;an@x.example;0252 3822 999\nxã Bình An;cán bộ;Lê Văn Em;em@x.example;"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office that knows no unit yet."""
    folder = tmp_path_factory.mktemp("lists")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    yield Desk(make_office(store), TestClient(board_of(make_office(store), NOW), base_url=HOME))
    store.close()


def sent(desk: Desk, kind: str, data: bytes | None = None, name: str = "ds.csv", status: int = 200, **more: str) -> str:
    """What the page says after a list was uploaded."""
    fields = {"loai": kind, "tinh": "Bình Thuận", "ngay": "", **more}
    files = {"tep": (name, data or b"")} if data is not None else {"tep": ("", b"")}
    answer = desk.client.post(f"{PAGE}nap", files=files, data=fields, headers=SAME)
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def book(rows: list[list[str]]) -> bytes:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    made.close()
    return stream.getvalue()


def newest(desk: Desk) -> str:
    """The address of the list that came last."""
    page = desk.page(PAGE)
    return page.split('<td><b><a href="')[1].partition('"')[0]


def confirmed(desk: Desk, **fields: str | list[str]) -> str:
    """What the newest list says after its button was pressed."""
    return unescape(desk.act("nhap", fields, page=newest(desk)).text)


def emails(desk: Desk) -> set[str]:
    with desk.office.store.read() as connection:
        return {one.email for each in people.people_on(connection, NOW.date()).values() for one in each}


def test_a_year_begins_with_units_then_agencies_then_people_and_nothing_counts_before_it_is_confirmed(
    desk: Desk,
) -> None:
    page = sent(desk, "units")
    assert "132 mới" in page
    assert "Mới kiểm tra, chưa nhập" in page
    with desk.office.store.read() as connection:
        assert load_tree(connection, NOW.date()).units == ()
    assert "Đã nhập" in confirmed(desk)
    agencies = "Tên cơ quan;Ký hiệu;Trực thuộc\nSở Nội vụ;SNV;\nPhòng Nội vụ;PNV;mỗi huyện\n"
    assert "Sở Nội vụ" in sent(desk, "agencies", agencies.encode(), "co-quan.csv")
    confirmed(desk)
    page = sent(desk, "people", PEOPLE.encode("utf-16"), "nguoi.txt", tinh="tỉnh Bình Thuận")
    assert "Trần Văn An" in page
    assert "xã Bình An, " not in page
    assert "02 mới, 00 thay đổi" in page
    assert emails(desk) == set()
    confirmed(desk)
    assert emails(desk) == {"an@x.example", "em@x.example"}
    assert [act for by, act, _ in desk.trail() if by == NAME].count("import_list") == 3


def test_the_same_list_again_changes_nothing_and_what_differs_is_shown_before_it_counts(desk: Desk) -> None:
    again = sent(desk, "people", PEOPLE.encode("utf-16"), "nguoi.txt", tinh="Bình Thuận")
    assert "không có gì thay đổi" in again
    assert "<button>Nhập danh sách" not in again
    changed = PEOPLE.replace("Trần Văn An", "Trần Thị Ân").replace("3822 999", "3822 111")
    page = sent(desk, "people", changed.encode())
    assert "họ tên “Trần Văn An” thành “Trần Thị Ân”" in page
    assert "điện thoại “0252 3822 999” thành “0252 3822 111”" in page
    assert "00 mới, 01 thay đổi, 01 giữ nguyên" in page


def test_lines_that_do_not_fit_are_named_and_only_who_says_so_takes_in_the_others(desk: Desk) -> None:
    faulty = (
        f"{HEADINGS}\nxã Hòa Thắng;cán bộ;<b>Ba</b>;ba@x.example;062 3822999\n"
        "xã Không Có;cán bộ;Tư;tu@x.example;\nxã Hồng Phong;sếp;Năm;nam@x.example;\n"
        "xã Phan Thanh;cán bộ;Sáu;sau@x.example;\n"
    )
    page = sent(desk, "people", faulty.encode(), "ds.csv")
    for words in ("“062 3822999”: mã vùng cũ", "không có đơn vị “xã Không Có”", "mục “Vai trò” (giá trị “sếp”)"):
        assert words in page
    assert "Nội dung chưa đúng (03)" in page
    refused = confirmed(desk)
    assert "Còn 03 nội dung chưa đúng" in refused
    assert "sau@x.example" not in emails(desk)
    done = confirmed(desk, bo_qua="1")
    assert "bỏ qua 03 dòng chưa đúng" in done
    assert "sau@x.example" in emails(desk)
    assert not {"ba@x.example", "tu@x.example", "nam@x.example"} & emails(desk)
    assert [act for _, act, _ in desk.trail()][:2] == ["import_list", "skip_lines"]
    kept = desk.client.get(f"{newest(desk)}tep")
    assert kept.content == faulty.encode()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (None, "ds.xlsx", "Đề nghị chọn tệp danh sách"),
        (b"MZ\x90\x00not a list", "ds.xlsx", "đề nghị gửi lại đúng loại tệp"),
        (b"PK\x03\x04broken", "ds.xlsx", "đề nghị"),
        (b"<!DOCTYPE html><html>", "ds.csv", "đề nghị gửi lại đúng loại tệp"),
        (b"xin chao\n1;2\n", "<i>ds</i>.csv", "không có cột"),
        (b"don vi,ho ten\n", "ds.csv", "không có cột"),
        (book([["Đơn vị", "Họ và tên"], ["xã A", "B"]]), "ds.xlsx", "thiếu cột"),
    ],
)
def test_what_is_no_list_is_answered_by_a_sentence_and_what_was_typed_stays(
    desk: Desk, data: bytes | None, name: str, says: str
) -> None:
    before = desk.page(PAGE).count("<tr>")
    page = sent(desk, "people", data, name, 422, tinh="Bình  Thuận ", ngay="2023-01-01")
    assert says in page
    assert "<i>ds" not in page
    assert 'value="Bình  Thuận "' in page
    assert 'value="2023-01-01"' in page
    assert desk.page(PAGE).count("<tr>") == before


def test_an_unknown_province_and_a_day_that_is_none_are_told(desk: Desk) -> None:
    assert "có thể là" in sent(desk, "units", status=422, tinh="Bình Thuậ")
    assert "Đề nghị ghi tên tỉnh" in sent(desk, "units", status=422, tinh="")
    assert "Đề nghị chọn loại" in sent(desk, "x", status=422)
    assert "chưa đúng" in sent(desk, "units", status=422, ngay="2023-02-31")
    for path in ("99/", "99/tep", "mau/x.xlsx", "x/"):
        assert desk.client.get(f"{PAGE}{path}").status_code == 404


def test_the_templates_are_read_back_without_their_examples_and_the_list_that_stands_changes_nothing(
    desk: Desk,
) -> None:
    for name, kind in (("mau-nguoi-lien-he.xlsx", "people"), ("mau-co-quan.xlsx", "agencies")):
        data = desk.client.get(f"{PAGE}mau/{name}").content
        assert any(
            "# " in str(cell)
            for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
            for cell in row
        )
        assert "không có gì thay đổi" in sent(desk, kind, data, name)
    standing = desk.client.get(f"{PAGE}mau/nguoi-lien-he-hien-co.xlsx").content
    page = sent(desk, "people", standing, "hien-co.xlsx")
    assert "Nội dung chưa đúng" not in page
    assert "không có gì thay đổi" in page


def test_whoever_only_looks_finds_no_form_and_brings_no_list(desk: Desk) -> None:
    client = TestClient(board_of(desk.office, NOW, decide=False), base_url=HOME)
    assert "<form method=" not in client.get(PAGE).text
    assert "<form method=" not in client.get(newest(desk)).text
    assert client.post(f"{PAGE}nap", files={"tep": ("a.csv", b"")}, headers=SAME).status_code == 403
    assert client.post(f"{newest(desk)}nhap", data={}, headers=SAME).status_code == 403
