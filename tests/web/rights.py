"""Who there is, and what each address of the board needs of them."""

from __future__ import annotations

from typing import NamedTuple

from tests.factories import day

from plan_lifecycle.web.board import (
    _acts,
    _letters,
    _overdue,
    _paragraphs,
    _plans,
    _progress,
    _reports,
    _scores,
    _settings,
    _units,
)
from plan_lifecycle.web.board._frame import Person
from plan_lifecycle.web.board._listings import LISTS

NOW = day("2023-06-20")
WHO = "x-who"
LIMITS = """\
others: everything
limits:
  - {role: Điều phối Bắc Bình, below: UBND huyện Bắc Bình}
  - {user: tuy-phong, below: huyện Tuy Phong}
"""
PEOPLE = {
    "viewer": Person("xem", decides=False),
    "coordinator": Person("dieu-phoi", decides=True),
    "bac-binh": Person("bac-binh", decides=True, roles=frozenset({"User", "Điều phối Bắc Bình"})),
    "tuy-phong": Person("tuy-phong", decides=True, roles=frozenset({"User"})),
    "administrator": Person("tuy-phong", decides=True, administers=True),
}
"""The administrator bears a name that the rules limit, and is not limited."""
A_FILE = "(tệp)"
"""Stands for the bytes of a file, all of which are huyện Bắc Bình's here."""
TELLING = ("Bình An", "Hòa Thắng", "Chợ Lầu", "Bắc Bình", "bb-", "15/KH-UBND", "kh-binh-an", "kh-la", A_FILE)
"""What only somebody who sees huyện Bắc Bình may read."""
OTHERS = ("Phước Thể", "Tuy Phong", "tp-", "99/KH-UBND", "kh-pt", "S2", "A3")
"""What only somebody who sees huyện Tuy Phong may read."""
WHOLE = ("/nhap/", "/luot-chay/")
"""Where the pages begin that are for people who see every unit."""
FORM = {
    "id": "S1",
    "ve": "O1",
    "email": "hoa@example.vn",
    "nguoi": "6",
    "ho_ten": "Lê An",
    "thu": "le-an@example.vn",
    "vai_tro": "officer",
    "noi_dung": "O1",
    "don_vi": "bb",
    "den": "bb-hoa-thang",
    "den_ngay": "2023-06-30",
    "ly_do_rieng": "Theo đề nghị của đơn vị.",
    "tam_dung": "1",
    "ky": "2023-H1",
    "lan": "1",
    "so": "45",
    "ngay": "2023-06-19",
    "nguoi_ky": "Nguyễn Văn An",
    "ma": "1",
    "nhiem_vu": "x",
    "tinh_hinh": "done",
    "bo": "communes",
    "nam": "2023",
    "cua": "bb",
    "tieu_chi": "discipline",
    "diem": "7",
}
"""What is sent with every form, about huyện Bắc Bình; a form takes what it knows."""


class Route(NamedTuple):
    """A way to call an address: by which method, under which path of the application."""

    method: str
    path: str


OF_BAC_BINH: dict[Route, list[str]] = {
    Route("GET", "/"): ["/"],
    Route("GET", "/da-dang-nhap"): [],  # says nothing of anybody
    Route("POST", "/qua-han/{act}"): [f"/qua-han/{act}" for act in _overdue.OVERDUE_ACTS],
    Route("GET", "/so-van-ban/"): [],  # says nothing of anybody
    Route("POST", "/so-van-ban/{act}"): ["/so-van-ban/xem", "/so-van-ban/ghi"],
    Route("GET", "/tin-bai/"): [],  # nobody's pages were looked at here (test_news_page)
    Route("GET", "/viec/"): ["/viec/", "/viec/?tai_lieu=A9&don_vi=bb-hoa-thang"],
    Route("GET", "/viec/{which}/"): ["/viec/S1/"],
    Route("POST", "/viec/{act}"): [
        *(f"/viec/{act}" for act in _acts.ACTS),
        "/viec/xem-thu-tiep-nhan",
        "/viec/xem-thu-hoan-thien",
    ],
    Route("GET", "/don-vi/"): ["/don-vi/", "/don-vi/?tim=binh+an"],
    Route("GET", "/don-vi/{unit_id}/"): ["/don-vi/bb-binh-an/", "/don-vi/bb/"],
    Route("GET", "/don-vi/{unit_id}/nguoi/{number}/"): [],  # for those who decide alone (test_people_of_a_unit)
    Route("GET", "/don-vi/{unit_id}/nguoi/{number}/tep"): [],
    Route("POST", "/don-vi/{unit_id}/{act}"): [f"/don-vi/bb-binh-an/{act}" for act in _units.UNIT_ACTS],
    Route("GET", "/thu/"): ["/thu/"],
    Route("GET", "/thu/{number}"): ["/thu/1"],
    Route("POST", "/thu/{act}"): [*(f"/thu/{act}" for act in _letters.ACTS), "/thu/xem-thu"],
    Route("GET", "/ke-hoach-moi/"): ["/ke-hoach-moi/"],
    Route("POST", "/ke-hoach-moi/{act}"): ["/ke-hoach-moi/nap"],
    Route("GET", "/ke-hoach-moi/{plan_id}/"): ["/ke-hoach-moi/1/"],
    Route("GET", "/ke-hoach-moi/{plan_id}/xem-thu"): ["/ke-hoach-moi/2/xem-thu"],
    Route("GET", "/ke-hoach-moi/{plan_id}/tep"): ["/ke-hoach-moi/1/tep"],
    Route("POST", "/ke-hoach-moi/{plan_id}/{act}"): [f"/ke-hoach-moi/1/{act}" for act in _plans.ACTS],
    Route("GET", "/ke-hoach/"): ["/ke-hoach/", "/ke-hoach/?ma=1"],
    Route("POST", "/ke-hoach/{act}"): [f"/ke-hoach/{act}" for act in _progress.ACTS],
    Route("GET", "/bao-cao/"): ["/bao-cao/", "/bao-cao/?ky=2023-H1"],
    Route("GET", "/bao-cao/tep/{number}/{ending}"): ["/bao-cao/tep/1/docx", "/bao-cao/tep/1/xlsx"],
    Route("GET", "/bao-cao/{kind}/{number}"): [],
    Route("GET", "/bao-cao/noi-dung/{number}/"): ["/bao-cao/noi-dung/1/"],
    Route("POST", "/bao-cao/noi-dung/{number}/{act}"): [f"/bao-cao/noi-dung/1/{act}" for act in _paragraphs.ACTS],
    Route("POST", "/bao-cao/{act}"): [f"/bao-cao/{act}" for act in _reports.ACTS],
    Route("GET", "/diem/"): ["/diem/?bo=communes&nam=2023&cua=bb&don_vi=bb-binh-an"],
    Route("GET", "/diem/tep"): ["/diem/tep?bo=communes&nam=2023&cua=bb"],
    Route("GET", "/diem/bieu"): ["/diem/bieu?bo=communes&nam=2023&cua=bb&don_vi=bb-binh-an"],
    Route("GET", "/diem/to-trinh"): ["/diem/to-trinh?bo=communes&nam=2023&cua=bb&giai=communes-merit"],
    Route("POST", "/diem/{act}"): [f"/diem/{act}" for act in _scores.ACTS],
    Route("GET", "/thiet-lap/"): [],  # says nothing of any unit; see ``OF_ALL``
    Route("GET", "/thiet-lap/tep"): [],
    Route("GET", "/thiet-lap/xem"): [],
    Route("POST", "/thiet-lap/thu"): ["/thiet-lap/thu"],
    Route("POST", "/thiet-lap/{act}"): [f"/thiet-lap/{act}" for act in _settings.ACTS],
    Route("GET", "/nhap/"): ["/nhap/"],
    Route("GET", "/nhap/mau/{name}"): ["/nhap/mau/nguoi-lien-he-hien-co.xlsx"],
    Route("POST", "/nhap/{act}"): ["/nhap/nap"],
    Route("GET", "/nhap/{number}/"): ["/nhap/1/"],
    Route("GET", "/nhap/{number}/tep"): ["/nhap/1/tep"],
    Route("POST", "/nhap/{number}/{act}"): ["/nhap/1/nhap"],
    Route("GET", "/danh-sach/{which}/{form}"): [
        *(f"/danh-sach/{which}/tin-nhan" for which in LISTS if which not in ("qua-han", "ke-hoach", "chi-tieu")),
        "/danh-sach/qua-han/xem",
        "/danh-sach/don-vi/dien-thoai",
        "/danh-sach/don-vi/xem?tim=binh+an",
        "/danh-sach/ke-hoach/tin-nhan?ma=1",
    ],
    Route("GET", "/luot-chay/{dag}/{run_id}"): ["/luot-chay/cascade_plan/x"],
    Route("GET", "/bang-theo-doi/"): ["/bang-theo-doi/", "/bang-theo-doi/?nam=2023&nhom=UBND+huyện+Bắc+Bình"],
    # everybody gets a file of their own units (lifecycle/situation/test_matrix)
    Route("GET", "/bang-theo-doi/tep"): [],
    Route("GET", "/tep/{which}"): ["/tep/S1", "/tep/O1"],
}
"""Every address of the board with what it shows or does to huyện Bắc Bình; none where nothing of it is there to show
(nothing of the report has come back, signed or corrected)."""
