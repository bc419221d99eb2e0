"""A letter begins its way queued, untried and unsent."""

from __future__ import annotations

from tests.factories import letter

from plan_lifecycle.domain.letter import LetterState


def test_a_new_letter_waits_and_was_never_tried() -> None:
    made = letter()
    assert (made.state, made.attempts, made.sent_at, made.reason, made.permanent) == (
        LetterState.QUEUED, 0, None, None, None,
    )  # fmt: skip


def test_it_has_no_number_before_the_store_gives_one() -> None:
    assert letter().id == 0
