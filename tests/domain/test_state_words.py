"""A state has one wording, whoever tells it: a page, a letter, a report, an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plan_lifecycle.domain.obligation import RELEASED, Basis, Item, Obligation, ObligationState
from plan_lifecycle.domain.publication import MonthVerdict
from plan_lifecycle.domain.state_words import (
    ARRIVAL_WORDS,
    MONTH_WORDS,
    OBLIGATION_WORDS,
    RELEASED_WORDS,
    SUBMISSION_WORDS,
    obligation_words,
    overdue_words,
)
from plan_lifecycle.domain.submission import ArrivalState, SubmissionState

TODAY = date(2023, 2, 20)
S = ObligationState
OWED = Obligation(
    1, "bb-binh-an", "bb", Item.SUB_PLAN, "2023", "…", "trước ngày 01/3/2023.", Basis.ISSUE, date(2023, 2, 28)
)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (TODAY + timedelta(days=15), "Chưa đến hạn"),
        (TODAY + timedelta(days=14), "Sắp đến hạn"),
        (TODAY, "Sắp đến hạn"),
        (TODAY - timedelta(days=1), "Quá hạn 01 ngày"),
        (TODAY - timedelta(days=12), "Quá hạn 12 ngày"),
        (None, "Chờ xác định thời hạn"),
    ],
)
def test_an_open_obligation_stands_where_the_day_puts_it(due: date | None, words: str) -> None:
    assert obligation_words(replace(OWED, due_on=due), TODAY) == words


@pytest.mark.parametrize("state", [state for state in S if state is not S.OPEN])
def test_any_other_state_is_told_whatever_the_day(state: S) -> None:
    told = {obligation_words(replace(OWED, state=state, due_on=due), TODAY) for due in (None, TODAY, date(2022, 1, 1))}
    assert len(told) == 1
    assert not told & {"Chờ xác định thời hạn", "Sắp đến hạn"}


def test_every_state_has_its_words() -> None:
    assert OBLIGATION_WORDS.keys() == set(S) - {S.OPEN}
    assert SUBMISSION_WORDS.keys() == set(SubmissionState)
    assert ARRIVAL_WORDS.keys() == set(ArrivalState)
    assert MONTH_WORDS.keys() == set(MonthVerdict)
    assert RELEASED_WORDS.keys() == RELEASED


def test_the_words_of_an_obligation_are_those_that_officials_were_given() -> None:
    assert {state.value: words for state, words in OBLIGATION_WORDS.items()} == {
        "received": "Đã nhận, chờ kiểm tra",
        "figures_only": "Có số liệu, chờ văn bản ký",
        "returned": "Đề nghị hoàn thiện",
        "met": "Đã hoàn thành",
        "waived": "Miễn, hoãn",
        "closed": "Miễn, hoãn",
    }


def test_what_waits_and_what_was_returned_is_called_the_same_as_a_paper_and_as_an_obligation() -> None:
    waiting = SUBMISSION_WORDS[SubmissionState.RECEIVED], ARRIVAL_WORDS[ArrivalState.NEW]
    assert waiting == (OBLIGATION_WORDS[S.RECEIVED], OBLIGATION_WORDS[S.RECEIVED])
    assert SUBMISSION_WORDS[SubmissionState.RETURNED] == OBLIGATION_WORDS[S.RETURNED]


@pytest.mark.parametrize(
    ("days", "words"), [(3, "Quá hạn 03 ngày"), (12, "Quá hạn 12 ngày"), (120, "Quá hạn 120 ngày")]
)
def test_days_below_ten_are_padded(days: int, words: str) -> None:
    assert overdue_words(days) == words
