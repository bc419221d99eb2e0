"""The words of states, as every page, letter, report and answer says them.

Xã Bình An's plan is *Sắp đến hạn* on 20/02/2023, *Quá hạn 03 ngày* on 03/3, *Đã nhận, chờ kiểm tra* once it is there.
"""

from __future__ import annotations

from datetime import date

from plan_lifecycle.domain.obligation import Obligation, ObligationState
from plan_lifecycle.domain.publication import MonthVerdict
from plan_lifecycle.domain.submission import ArrivalState, SubmissionState
from plan_lifecycle.domain.writing import count_text

SOON_DAYS = 14
"""Days before the last day from which on it is near."""
NOT_RECEIVED = "Chưa nhận được"
TO_CHECK = "Đã nhận, chờ kiểm tra"
TO_COMPLETE = "Đề nghị hoàn thiện"
AWAITS_PAPER = "Có số liệu, chờ văn bản ký"
MET = "Đã hoàn thành"
LET_OFF = "Miễn, hoãn"
OWN_DUTY = "Việc của chính cơ quan điều phối"

OBLIGATION_WORDS = {
    ObligationState.RECEIVED: TO_CHECK,
    ObligationState.FIGURES_ONLY: AWAITS_PAPER,
    ObligationState.RETURNED: TO_COMPLETE,
    ObligationState.MET: MET,
    ObligationState.WAIVED: LET_OFF,
    ObligationState.CLOSED: LET_OFF,
}
"""Of what is open the day decides: ``obligation_words``."""
SUBMISSION_WORDS = {
    SubmissionState.RECEIVED: TO_CHECK,
    SubmissionState.ACCEPTED: "Đã tiếp nhận, đạt yêu cầu",
    SubmissionState.RETURNED: TO_COMPLETE,
    SubmissionState.SUPERSEDED: "Đã có bản thay thế",
}
ARRIVAL_WORDS = {
    ArrivalState.NEW: TO_CHECK,
    ArrivalState.FILED: TO_CHECK,
    ArrivalState.REFUSED: "Chưa tiếp nhận được",
    ArrivalState.UNMATCHED: "Đã nhận, chờ cán bộ đầu mối xử lý",
    ArrivalState.DUPLICATE: "Trùng với tệp đã nhận",
}
RELEASED_WORDS = {
    ObligationState.WAIVED: "đã được miễn, hoãn",
    ObligationState.CLOSED: "không còn phải gửi",
}
"""Why nobody waits for it, as a sentence goes on: "nội dung … đã được miễn, hoãn"."""
MONTH_WORDS = {
    MonthVerdict.MET: "Đạt",
    MonthVerdict.SHORT: "Chưa đạt",
    MonthVerdict.UNCHECKED: "Chưa kiểm tra được",
}


def overdue_words(days: int) -> str:
    """Quá hạn 03 ngày."""
    return f"Quá hạn {count_text(days)} ngày"


def obligation_words(obligation: Obligation, today: date) -> str:
    """Where an obligation stands on a day."""
    return standing_words(obligation.state, obligation.due_on, today)


def standing_words(state: ObligationState, due_on: date | None, today: date) -> str:
    """Where something that is in this state and due on this day stands today."""
    if state in OBLIGATION_WORDS:
        return OBLIGATION_WORDS[state]
    if due_on is None:
        return "Chờ xác định thời hạn"
    left = (due_on - today).days
    if left < 0:
        return overdue_words(-left)
    return "Sắp đến hạn" if left <= SOON_DAYS else "Chưa đến hạn"
