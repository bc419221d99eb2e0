"""A letter begins its way queued, untried and unsent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories import letter

from plan_lifecycle.domain.letter import LetterState


def test_a_new_letter_waits_and_was_never_tried() -> None:
    made = letter()
    assert (made.state, made.attempts, made.sent_at, made.reason, made.permanent) == (
        LetterState.QUEUED, 0, None, None, None,
    )  # fmt: skip


def test_it_has_no_number_before_the_store_gives_one() -> None:
    assert letter().id == 0


@pytest.mark.parametrize(
    ("state", "reason", "why"),
    [
        ("failed", "550 5.1.1 no such user", "địa chỉ không có hoặc chưa đúng"),
        ("failed", "thư bị trả lại (5.2.2)", "hộp thư đầy hoặc đã bị khóa"),
        ("failed", "host 10.5.1.1: 550-5.7.26 refused", "máy chủ của người nhận từ chối"),
        ("failed", "550 mailbox unavailable", "máy chủ của người nhận từ chối"),
        ("failed", "connection reset", ""),
        ("failed", None, ""),
        ("queued", "451 4.4.1 try again", "không liên lạc được với máy chủ của người nhận"),
        ("superseded", "Đơn vị đã gửi.", "Đơn vị đã gửi."),
        ("sent", None, ""),
    ],
)
def test_why_a_letter_did_not_arrive_is_told_in_words(state: str, reason: str | None, why: str) -> None:
    found = replace(letter(), state=LetterState(state), reason=reason)
    assert found.why == why
