"""Why a message, or a file in it, is left to a person: decided by the code, told in words.

A mail from a private address brings xã Bình An's plan: ``STRANGER``. The mailroom and the register of arrivals show the
words.
"""

from __future__ import annotations

from enum import StrEnum


class Doubt(StrEnum):
    """What is not clear about a message or a file."""

    NO_SENDER = "no_sender"
    NOT_AUTHENTICATED = "not_authenticated"
    STRANGER = "stranger"
    NOT_OF_THE_UNIT = "not_of_the_unit"
    SEVERAL_UNITS = "several_units"
    SEVERAL_ITEMS = "several_items"
    NOTHING_OWED = "nothing_owed"
    OTHER_ITEM = "other_item"
    TOO_LARGE = "too_large"
    BY_MACHINE = "by_machine"
    NO_FILE = "no_file"
    LINK_ONLY = "link_only"
    UNREADABLE = "unreadable"
    SECRECY = "secrecy"
    FORM_OF_ANOTHER = "form_of_another"
    NO_WORD = "no_word"

    @property
    def words(self) -> str:
        """The doubt as people read it."""
        return DOUBT_WORDS[self]


OF_THE_ITEM = frozenset({Doubt.SEVERAL_ITEMS, Doubt.NOTHING_OWED, Doubt.OTHER_ITEM})
"""Doubts about what a file is, where it is clear whose."""
DOUBT_WORDS = {
    Doubt.NO_SENDER: "thư không ghi rõ một địa chỉ gửi",
    Doubt.NOT_AUTHENTICATED: "máy chủ thư báo địa chỉ gửi không được xác thực (DMARC)",
    Doubt.STRANGER: "địa chỉ gửi không có trong danh bạ liên hệ",
    Doubt.NOT_OF_THE_UNIT: "địa chỉ gửi không có trong danh bạ của đơn vị được hỏi",
    Doubt.SEVERAL_UNITS: "địa chỉ dùng chung cho nhiều đơn vị, chưa rõ gửi cho đơn vị nào",
    Doubt.SEVERAL_ITEMS: "chưa rõ tệp thuộc nội dung nào trong các nội dung đơn vị phải gửi",
    Doubt.NOTHING_OWED: "đơn vị chưa có nội dung nào phải gửi; khi có, tệp được xét lại theo ngày nhận đầu tiên",
    Doubt.OTHER_ITEM: "tên hoặc nội dung tệp cho thấy là văn bản khác với nội dung được trả lời",
    Doubt.TOO_LARGE: "thư lớn hơn mức nhận, chỉ ghi nhận phần đầu thư; tệp còn trong hộp thư",
    Doubt.BY_MACHINE: "thư do phần mềm gửi, chưa rõ có phải văn bản của đơn vị",
    Doubt.NO_FILE: "thư không có tệp văn bản dùng được",
    Doubt.LINK_ONLY: "thư gửi đường dẫn chia sẻ tệp, không kèm tệp; phần mềm không mở đường dẫn",
    Doubt.UNREADABLE: "không đọc được thư",
    Doubt.FORM_OF_ANOTHER: "biểu số liệu được lập cho đơn vị khác với đơn vị gửi",
    Doubt.NO_WORD: "chưa rõ đơn vị gửi",
    Doubt.SECRECY: "trong thư có tệp có dấu chỉ độ mật; đề nghị xử lý theo quy định bảo vệ bí mật nhà nước",
}
