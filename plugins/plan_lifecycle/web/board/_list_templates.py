"""What a coordinator fills in to bring a list: Excel files with headings that the import reads, and example lines.

Example lines begin with "#", so that the import passes over those that were left in.
"""

from __future__ import annotations

from datetime import date

from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.documents.list_table import Heading, write_list
from plan_lifecycle.domain.telephone import telephones_of
from plan_lifecycle.domain.unit import ROLE_WORDS
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import units as unit_rows

_NOTE = "Dòng bắt đầu bằng dấu # là ví dụ, không được nhập. Không đổi tên các cột."
_PEOPLE = (
    Heading("Đơn vị", 36), Heading("Vai trò", 18), Heading("Họ và tên", 26), Heading("Thư điện tử", 32),
    Heading("Số điện thoại", 24), Heading("Từ ngày", 12), Heading("Đến ngày", 12), Heading("Người thay", 26),
)  # fmt: skip
_AGENCIES = (
    Heading("Tên cơ quan", 40), Heading("Tên gọi tắt", 18), Heading("Ký hiệu", 12), Heading("Trực thuộc", 32),
    Heading("Loại", 14), Heading("Quan hệ", 12), Heading("Từ ngày", 12), Heading("Đến ngày", 12),
    Heading("Tiếp nhận từ", 36),
)  # fmt: skip
_PEOPLE_EXAMPLES = (
    (
        "# Sở Nội vụ",
        "điều phối",
        "Nguyễn Văn An",
        "an.snv@tinh.example",
        "0252 3822 999, máy lẻ 12",
        "01/01/2026",
        "",
        "",
    ),
    ("# xã Bình An", "cán bộ", "Hoàng Văn Em", "em.binhan@tinh.example", "0912 345 678", "", "", "Phạm Thị Dung"),
    ("# xã Bình An", "lãnh đạo", "Phạm Thị Dung", "dung.binhan@tinh.example", "", "", "31/12/2026", ""),
)
_AGENCY_EXAMPLES = (
    ("# Sở Nội vụ", "", "SNV", "", "sở", "yêu cầu", "", "", "Sở Lao động - Thương binh và Xã hội"),
    ("# Văn phòng Sở Nội vụ", "Văn phòng", "VP", "Sở Nội vụ", "phòng", "yêu cầu", "", "", ""),
    ("# Phòng Văn hóa - Xã hội", "", "PVHXH", "mỗi xã, phường, đặc khu", "phòng", "yêu cầu", "01/07/2025", "", ""),
)


def people_template() -> bytes:
    """An empty list of people with example lines."""
    notes = (_NOTE, "Vai trò: cán bộ, lãnh đạo hoặc điều phối. Đơn vị trùng tên: ghi thêm đơn vị cấp trên.")
    return write_list("DANH SÁCH NGƯỜI LIÊN HỆ", _PEOPLE, _PEOPLE_EXAMPLES, notes, filtered=False)


def agencies_template() -> bytes:
    """An empty list of agencies with example lines."""
    notes = (_NOTE, "Trực thuộc: để trống là trực thuộc tỉnh; “mỗi xã, phường, đặc khu” là mỗi nơi có một cơ quan.")
    return write_list("DANH SÁCH CƠ QUAN, ĐƠN VỊ", _AGENCIES, _AGENCY_EXAMPLES, notes, filtered=False)


def people_as_they_stand(office: Office, day: date) -> bytes:
    """The people of all units on a day, in the form that the import reads: to be changed and brought again."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, day)
        people = people_rows.people_on(connection, day)
    names = UnitNames(tree.units)
    rows = (
        (
            names.within(unit),
            ROLE_WORDS[person.role],
            person.name,
            person.email,
            "; ".join(phone.words for phone in telephones_of(person.phone)),
            short_date(person.valid_from) if person.valid_from else "",
            short_date(person.valid_to) if person.valid_to else "",
            person.substitute or "",
        )
        for unit in tree.units
        for person in people.get(unit.id, ())
    )
    return write_list(f"DANH SÁCH NGƯỜI LIÊN HỆ, NGÀY {short_date(day)}", _PEOPLE, rows, (_NOTE,), filtered=False)
