"""Why a reminder goes out in no letter: the ledger holds the code, people read the words.

Xã Bình An's officer has no address: ``no_contact``. Its T−7 was passed over on the morning of T−1: ``skipped``.
"""

from __future__ import annotations

from enum import StrEnum


class WhyUnsent(StrEnum):
    """Why. What is ``PAUSED`` or ``UNWRITABLE`` has words of its own in the ledger, that say until when, or what is
    wrong with the address."""

    NO_CONTACT = "no_contact"
    UNWRITABLE = "unwritable"
    UNIT_ENDED = "unit_ended"
    SKIPPED = "skipped"
    PAUSED = "paused"
    MONTH_OVER = "month_over"
    MONTH_UNCHECKED = "month_unchecked"
    NOT_REACHED = "not_reached"
    ALL_MET = "all_met"
    PUT_OFF = "put_off"
    SENT_BACK = "sent_back"
    ONLY_ONCE = "only_once"
    OWN_DUTY = "own_duty"
    FILE_WAITS = "file_waits"
    OTHERS_HAVE_IT = "others_have_it"
    NEXT_IS_NEAR = "next_is_near"

    @property
    def words(self) -> str:
        """The reason as people read it."""
        return UNSENT_WORDS[self]


UNREACHABLE = frozenset({WhyUnsent.NO_CONTACT, WhyUnsent.UNWRITABLE})
"""There is nobody to write to, or no address that can be written to."""
_NOT_REACHED = "chưa kiểm tra được trang của đơn vị, không tính là chưa đạt"
UNSENT_WORDS = {
    WhyUnsent.NO_CONTACT: "đơn vị chưa có địa chỉ thư liên hệ",
    WhyUnsent.UNWRITABLE: "không gửi được tới địa chỉ thư này",
    WhyUnsent.UNIT_ENDED: "đơn vị đã kết thúc hoạt động, chờ cán bộ đầu mối xử lý",
    WhyUnsent.SKIPPED: "đã qua nấc nhắc sau",
    WhyUnsent.PAUSED: "đang tạm dừng gửi thư",
    WhyUnsent.MONTH_OVER: "đã hết tháng",
    WhyUnsent.MONTH_UNCHECKED: f"đã hết tháng; {_NOT_REACHED}",
    WhyUnsent.NOT_REACHED: _NOT_REACHED,
    WhyUnsent.ALL_MET: "đã nhận đủ nội dung trước khi gửi",
    WhyUnsent.PUT_OFF: "thời hạn đã được gia hạn",
    WhyUnsent.SENT_BACK: "đã nhận, được đề nghị hoàn thiện theo hạn gửi lại",
    WhyUnsent.ONLY_ONCE: "đơn vị thuộc diện đề nghị, chỉ nhắc một lần",
    WhyUnsent.OWN_DUTY: "việc của chính cơ quan điều phối, không gửi thư",
    WhyUnsent.FILE_WAITS: "có tệp, hoặc thông tin đã gửi, về nội dung này đang chờ cán bộ đầu mối xem xét",
    WhyUnsent.OTHERS_HAVE_IT: "đầu mối khác của đơn vị đã nhận được thư này",
    WhyUnsent.NEXT_IS_NEAR: "nấc nhắc kế tiếp gửi ngay tới đầu mối kế tiếp",
}
