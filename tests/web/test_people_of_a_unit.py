"""The people of one unit on its page: seen, corrected, replaced, away, ended, proposed, and each change taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from httpx import Response
from starlette.testclient import TestClient
from tests.factories import BINH_AN, HOA_THANG, address, day
from tests.web.boards import HOME, MORNING, NAME, Desk, a_morning, board_of

from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.people import people_on
from plan_lifecycle.store.units import load_contacts, mark_unreachable

HERE = f"/don-vi/{BINH_AN.id}/"
FIELDS = {
    "ho_ten": "Lê Thị Mới",
    "vai_tro": "officer",
    "thu": "moi@example.vn",
    "dien_thoai": "0252 3822 999; 912345678",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The morning of 07/3; the tests follow each other."""
    yield from a_morning(tmp_path_factory.mktemp("people"))


def sent(desk: Desk, act: str, fields: dict[str, str], status: int = 200) -> str:
    answer: Response = desk.act(act, dict(fields), page=HERE)
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def who(desk: Desk) -> dict[str, str]:
    """The ids of the people who are written to, by address."""
    with desk.office.store.read() as connection:
        return {one.email: str(one.id) for one in people_on(connection, MORNING.date()).get(BINH_AN.id, ())}


def test_a_dead_address_is_corrected_and_a_form_with_faults_keeps_what_was_typed(desk: Desk) -> None:
    with desk.office.store.write() as connection:
        mark_unreachable(connection, address(BINH_AN), MORNING)
    assert "Thư không đến</b> từ 07/3/2023" in desk.page(HERE)
    about = {"nguoi": who(desk)[address(BINH_AN)], "da_xem": "0"}
    refused = sent(desk, "sua-nguoi", {**FIELDS, **about, "thu": "mới@x", "dien_thoai": "062 3822999"}, 422)
    for words in ("dấu tiếng Việt", "mã vùng cũ", 'value="Lê Thị Mới"', 'value="mới@x"'):
        assert words in refused
    page = sent(desk, "sua-nguoi", {**FIELDS, **about, "ly_do_rieng": "Đơn vị báo qua điện thoại"})
    assert "Đã ghi." in page
    assert "Thư không đến" not in page
    assert 'href="tel:+842523822999"' in page
    assert "sửa họ tên, địa chỉ thư, số điện thoại (Đơn vị báo qua điện thoại)" in page
    assert desk.trail()[0] == (NAME, "change_contact", "Đơn vị báo qua điện thoại")
    late = sent(desk, "sua-nguoi", {**FIELDS, **about, "ho_ten": "Người khác"}, 422)
    assert "vừa được người khác sửa" in late


def test_a_change_is_taken_back_once(desk: Desk) -> None:
    assert address(BINH_AN) in sent(desk, "bo-thay-doi", {"thay_doi": "1"})
    assert list(who(desk)) == [address(BINH_AN)]
    assert "đã được bỏ" in sent(desk, "bo-thay-doi", {"thay_doi": "1"}, 422)
    assert "Địa chỉ này còn dùng" in desk.page(HERE)
    assert "Địa chỉ này còn dùng" not in sent(desk, "con-dung", {"nguoi": who(desk)[address(BINH_AN)]})


def test_whoever_takes_a_place_takes_its_role_unless_another_is_chosen(desk: Desk) -> None:
    """Else nobody would get the mornings of a coordinator who was replaced."""
    forms = re.findall(r'action="(\S+?-nguoi)".*?</form>', desk.page(HERE), re.DOTALL)
    parts = dict(zip(forms, re.findall(r'action="\S+?-nguoi"(.*?)</form>', desk.page(HERE), re.DOTALL), strict=True))
    role = '<option value="officer" selected>'
    assert [act for act, part in parts.items() if role in part] == ["sua-nguoi", "thay-nguoi"]


def test_another_takes_the_place_from_a_day_on(desk: Desk) -> None:
    about = {"nguoi": who(desk)[address(BINH_AN)]}
    page = sent(desk, "thay-nguoi", {**FIELDS, **about, "tu_ngay": "2023-03-10"})
    assert "đến hết ngày 09/3/2023" in page
    assert "Trước đây hoặc sắp tới (01)" in page
    with desk.office.store.read() as connection:
        assert [one.email for one in load_contacts(connection, day("2023-03-10").date())[BINH_AN.id]] == [
            "moi@example.vn"
        ]


def test_who_is_away_has_a_substitute_until_a_day_and_a_reason_is_owed(desk: Desk) -> None:
    about = {"nguoi": who(desk)[address(BINH_AN)], "tu_ngay": "2023-03-07"}
    assert "lý do" in sent(desk, "di-vang", {**about, "den_ngay": "2023-03-09"}, 422)
    fields = {**about, "den_ngay": "2023-03-09", "ly_do_rieng": "Đi học", "nguoi_thay": "thay@example.vn"}
    page = sent(desk, "di-vang", fields)
    assert "Đi vắng đến hết ngày 09/3/2023: Đi học; thư gửi thay@example.vn" in page
    assert "<dd>thay@example.vn</dd>" in page
    assert "đã có ghi nhận" in sent(desk, "di-vang", fields, 422).lower()
    assert "Đi vắng đến" not in sent(desk, "tro-lai", {"nguoi": about["nguoi"]})


def test_one_is_added_and_ended_and_whoever_is_of_another_unit_is_not_touched_from_here(desk: Desk) -> None:
    more = {**FIELDS, "ho_ten": "<script>x</script>", "thu": "pho@example.vn", "vai_tro": "head"}
    page = desk.act("them-nguoi", dict(more), page=HERE).text
    assert "<script>x" not in page
    assert "pho@example.vn" in who(desk)
    assert "Đề nghị ghi ngày" in sent(desk, "thoi-phu-trach", {"nguoi": who(desk)["pho@example.vn"]}, 422)
    about = {"nguoi": who(desk)["pho@example.vn"]}
    assert "phải từ ngày đó trở đi" in sent(desk, "thoi-phu-trach", {**about, "den_ngay": "2023-03-06"}, 422)
    assert "đến hết ngày 07/3/2023" in sent(desk, "thoi-phu-trach", {**about, "den_ngay": "2023-03-07"})
    with desk.office.store.read() as connection:
        (other,) = people_on(connection, MORNING.date())[HOA_THANG.id]
    assert "Không có người liên hệ này" in sent(
        desk, "sua-nguoi", {**FIELDS, "nguoi": str(other.id), "da_xem": "0"}, 422
    )


def test_what_the_unit_proposed_is_confirmed_or_not_and_once(desk: Desk) -> None:
    values = {"unit_id": BINH_AN.id, "replaces": None, "stated_by": "Chủ tịch", "requested_at": MORNING}
    with desk.office.store.write() as connection:
        for name in ("mot", "hai"):
            portal_rows.request_contact(connection, {**values, "name": f"Người {name}", "email": f"{name}@example.vn"})
        first, second = (str(one.id) for one in portal_rows.contact_requests(connection, BINH_AN.id))
    assert "Đơn vị đề nghị:</b> Người mot" in desk.page(HERE)
    sent(desk, "xac-nhan-nguoi", {"de_xuat": first})
    sent(desk, "khong-xac-nhan", {"de_xuat": second})
    assert "mot@example.vn" in who(desk)
    assert "hai@example.vn" not in who(desk)
    assert "đã được xử lý" in sent(desk, "xac-nhan-nguoi", {"de_xuat": second}, 422)


def test_what_is_held_of_a_person_is_seen_saved_and_forgotten_after_the_term(desk: Desk) -> None:
    about = {"nguoi": who(desk)["mot@example.vn"]}
    page = f"{HERE}nguoi/{about['nguoi']}/"
    assert f'href="nguoi/{about["nguoi"]}/"' in desk.page(HERE)
    assert "còn là người liên hệ của đơn vị" in desk.page(page)
    assert "còn là người liên hệ" in sent(desk, "an-danh", {**about, "ly_do_rieng": "Đã nghỉ"}, 422)
    sent(desk, "thoi-phu-trach", {**about, "den_ngay": "2023-03-07"})
    later = TestClient(board_of(desk.office, day("2023-03-08")), base_url=HOME)
    shown = unescape(later.get(page).text)
    assert "Sẽ bỏ tên, địa chỉ, số điện thoại" in shown
    assert "01 dòng trong danh sách người liên hệ" in shown
    file = later.get(f"{page}tep")
    assert "attachment" in file.headers["Content-Disposition"]
    assert "mot@example.vn" in file.text
    on_the_8th = Desk(desk.office, later)
    assert "lý do" in sent(on_the_8th, "an-danh", about, 422)
    sent(on_the_8th, "an-danh", {**about, "ly_do_rieng": "Đã nghỉ hưu"})
    assert "mot@example.vn" not in later.get(HERE).text
    assert "Đã ẩn danh" in unescape(later.get(page).text)
    assert desk.trail()[0] == (NAME, "anonymise", "Đã nghỉ hưu")
    newest = re.findall(r'name="thay_doi" value="([0-9]+)"', later.get(HERE).text)
    assert "đã được ẩn danh" in sent(on_the_8th, "bo-thay-doi", {"thay_doi": newest[0]}, 422)
    only_looks = TestClient(board_of(desk.office, MORNING, decide=False), base_url=HOME)
    assert {only_looks.get(page).status_code, only_looks.get(f"{page}tep").status_code} == {403}
    assert {later.get(f"{HERE}nguoi/9999/").status_code, later.get("/don-vi/bb/nguoi/999/tep").status_code} == {404}


def test_whoever_only_looks_sees_the_people_and_no_form(desk: Desk) -> None:
    client = TestClient(board_of(desk.office, MORNING, decide=False), base_url=HOME)
    page = client.get(HERE).text
    assert address(BINH_AN) in page
    assert "Dữ liệu đang lưu" not in page
    assert "<form method=" not in page
