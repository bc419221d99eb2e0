"""A figure keeps apart what people read in one column: its evidence, and whether it is an estimate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.figure import Figure, note_of, read_note, says_estimate


@pytest.mark.parametrize(
    ("evidence", "estimate", "note"),
    [
        ("", False, ""),
        ("Công văn số 5/UBND", False, "Công văn số 5/UBND"),
        ("", True, "ước thực hiện"),
        ("Công văn số 5/UBND", True, "ước thực hiện; Công văn số 5/UBND"),
        ("Ước, theo số 5", True, "Ước, theo số 5"),
    ],
)
def test_an_estimate_is_said_to_be_one_beside_its_evidence(evidence: str, estimate: bool, note: str) -> None:
    figure = Figure("news", 12, evidence, estimate=estimate)
    assert figure.note == note
    assert read_note(note) == (evidence, estimate)


@pytest.mark.parametrize(
    "note", ["ước", "Ước thực hiện", "ước thực hiện: số 5", "ước thực hiện ; số 5", "ước thực hiện; ước đến 30/6"]
)
def test_a_units_own_words_for_an_estimate_are_its_evidence(note: str) -> None:
    assert read_note(note) == (note, True)


@pytest.mark.parametrize("note", ["", "nước sạch", "số ước tính", "ướcmong", "thực hiện; ước"])
def test_other_words_make_no_estimate(note: str) -> None:
    assert read_note(note) == (note, False)
    assert not says_estimate(note)


@given(st.sampled_from(["", "ước thực hiện", "ước thực hiện; ", "Ước; ", "ước; "]), st.text())
def test_what_people_read_beside_a_figure_is_the_same_however_often_it_is_taken_apart(before: str, words: str) -> None:
    note = before + words
    evidence, estimate = read_note(note)
    assert note_of(evidence, estimate=estimate) == note
    assert read_note(note_of(evidence, estimate=estimate)) == (evidence, estimate)
