"""What is held of a person, by where it stands, as people read it."""

from __future__ import annotations

from collections.abc import Mapping

from plan_lifecycle.domain.writing import count_text

HELD_WORDS = {
    "contact": "dòng trong danh sách người liên hệ",
    "contact_change": "lần sửa thông tin",
    "contact_request": "đề nghị của đơn vị về người liên hệ",
    "absence": "ghi nhận đi vắng",
    "letter": "thư đã gửi",
    "reminder": "lần nhắc",
    "message": "thư đã nhận",
    "arrival": "văn bản gửi từ địa chỉ này",
    "upload": "lần nộp tại trang của đơn vị",
    "unit_statement": "thông tin, đề nghị gửi tại trang của đơn vị",
    "audit": "dòng nhật ký",
}
"""What a row of each table is."""


def held_words(numbers: Mapping[str, int]) -> str:
    """Say how many of each: "02 thư đã gửi; 01 lần nhắc"; empty for nothing."""
    return "; ".join(f"{count_text(number)} {HELD_WORDS[name]}" for name, number in numbers.items() if number)
