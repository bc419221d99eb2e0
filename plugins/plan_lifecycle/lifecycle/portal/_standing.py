"""The one sentence on top of a unit's page: whether it has to act, and what it said or asked for meanwhile.

Xã Bình An on 20/02/2023: "Còn phải gửi kế hoạch, hạn hết ngày 28/02/2023 (còn 08 ngày)."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plan_lifecycle.domain.obligation import OUTSTANDING, UNFINISHED, ObligationState
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.domain.writing import count_text, short_date
from plan_lifecycle.lifecycle.portal._page import Owed
from plan_lifecycle.store.statements import Said, StatementKind, StatementState, StoredStatement
from plan_lifecycle.store.uploads import HistoryEntry

DONE_HERE = "Không phải làm gì nữa"
_SETTLED = {
    ObligationState.RECEIVED: "đã nhận, đang kiểm tra; kết quả được gửi bằng thư",
    ObligationState.MET: "nội dung này đã hoàn thành",
    ObligationState.WAIVED: "nội dung này đã được miễn, hoãn",
    ObligationState.CLOSED: "đơn vị không còn phải gửi nội dung này",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the unit has to ``act``, in ``words``; ``more`` tells what became of what it said or asked for."""

    act: bool
    words: str
    more: tuple[str, ...] = ()


def standing_of(owed: Owed, history: Sequence[HistoryEntry], said: Sequence[StoredStatement]) -> Standing:
    """Say it of what is owed, by what came (newest first) and what was said of it."""
    state, more = owed.obligation.state, tuple(_answers(owed, said))
    if state in _SETTLED:
        return Standing(False, f"{DONE_HERE}: {_SETTLED[state]}.", more)
    if state in OUTSTANDING and history and history[0].arrival_state == ArrivalState.UNMATCHED.value:
        return Standing(False, f"{DONE_HERE}: tệp đã nhận, đang chờ cán bộ đầu mối xem xét.", more)
    sent = next((one.said for one in said if _waits(one, StatementKind.SENT)), None)
    if state in OUTSTANDING and sent is not None:
        words = f"{DONE_HERE}: đơn vị cho biết đã gửi {sent_words(sent)}; cơ quan tiếp nhận đang đối chiếu."
        return Standing(False, words, more)
    return Standing(True, f"{_still(owed)}.", more)


def may_say(owed: Owed) -> bool:
    """Whether anything is to come still, so that the unit may say that it was sent, or ask for more time."""
    return owed.obligation.state in UNFINISHED


def sent_words(said: Said) -> str:
    """văn bản số 45/KH-UBND ngày 12/02/2023 qua hệ thống quản lý văn bản và điều hành."""
    dated = f" ngày {short_date(said.issued_on)}" if said.issued_on else ""
    return f"văn bản số {said.reference}{dated} qua hệ thống quản lý văn bản và điều hành"


def _still(owed: Owed) -> str:
    obligation = owed.obligation
    what = {
        ObligationState.RETURNED: f"Còn phải gửi lại {obligation.paper} đã hoàn thiện",
        ObligationState.FIGURES_ONLY: "Đã có số liệu, còn phải gửi văn bản đã ký",
    }.get(obligation.state, f"Còn phải gửi {obligation.paper}")
    last = obligation.due_on
    if obligation.state is ObligationState.RETURNED and obligation.resend_by:
        last = obligation.resend_by
    if last is None:
        return f"{what}; thời hạn đang được xác định"
    left = (last - owed.today).days
    if left < 0:
        return f"{what}, hạn hết ngày {short_date(last)} (đã quá {count_text(-left)} ngày)"
    return f"{what}, hạn hết ngày {short_date(last)} ({f'còn {count_text(left)} ngày' if left else 'hôm nay'})"


def _answers(owed: Owed, said: Sequence[StoredStatement]) -> Iterator[str]:
    for one in said:
        if one.said.kind is StatementKind.MORE_TIME and one.said.until:
            asked = f"Đề nghị thêm thời gian đến hết ngày {short_date(one.said.until)}"
            if one.state is StatementState.WAITING and may_say(owed):
                yield f"{asked} đang chờ trả lời; trong khi chờ, thời hạn hiện nay vẫn được tính."
            elif one.state is StatementState.DECLINED:
                yield f"{asked} chưa được chấp nhận: {one.answer}"
        elif one.state is StatementState.DECLINED:
            yield f"Chưa ghi nhận {sent_words(one.said)}: {one.answer}"


def _waits(one: StoredStatement, kind: StatementKind) -> bool:
    return one.said.kind is kind and one.state is StatementState.WAITING
