"""Why a reminder was not sent: a code for the ledger, words for people."""

from __future__ import annotations

from plan_lifecycle.domain.unsent import UNSENT_WORDS, WhyUnsent


def test_every_reason_has_words_of_its_own() -> None:
    assert UNSENT_WORDS.keys() == set(WhyUnsent)
    assert len(set(UNSENT_WORDS.values())) == len(UNSENT_WORDS)


def test_a_month_that_nobody_could_look_at_is_told_from_one_that_is_over() -> None:
    assert WhyUnsent.MONTH_UNCHECKED.words == f"{WhyUnsent.MONTH_OVER.words}; {WhyUnsent.NOT_REACHED.words}"
