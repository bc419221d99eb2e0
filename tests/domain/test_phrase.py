"""A phrase keeps its own spelling beside the form that is matched, letter for letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.phrase import any_of, read_text


@pytest.mark.parametrize(
    ("phrase", "written", "plain"),
    [
        ("  UBND  các xã,\u00a0thị trấn ", "UBND các xã, thị trấn", "ubnd các xã, thị trấn"),
        ("Uỷ ban\u200b nhân dân", "Uỷ ban nhân dân", "ủy ban nhân dân"),
        ("15 (mười lăm) ngày", "15 ngày", "15 ngày"),
        ("Mười (10) ngày", "10 ngày", "10 ngày"),
        ("15 (mười sáu) ngày", "15 (mười sáu) ngày", "15 (mười sáu) ngày"),
        ("năm (2025)", "năm (2025)", "năm (2025)"),
        ("đạt 80% (8/10)", "đạt 80%", "đạt 80%"),
        ("đạt (8/10)", "đạt (8/10)", "đạt (8/10)"),
        ("80％ ～ 90﹪", "80% - 90%", "80% - 90%"),
    ],
)
def test_it_is_kept_as_written_and_in_normal_form(phrase: str, written: str, plain: str) -> None:
    found = read_text(phrase)
    assert (found.written, found.plain) == (written, plain)


@given(st.text())
def test_both_forms_are_of_one_length(phrase: str) -> None:
    found = read_text(phrase)
    assert len(found.written) == len(found.plain) or found.plain == found.written.lower()


def test_what_is_recognised_in_one_form_is_shown_in_the_other() -> None:
    text = read_text("Giao UBND các Xã thực hiện")
    start = text.plain.index("các xã")
    part = text.part(start, start + len("các xã"))
    assert (part.written, part.plain) == ("các Xã", "các xã")


def test_of_words_the_longest_is_taken_and_only_whole() -> None:
    pattern = re.compile(any_of("xã, thị xã, thị trấn"))
    assert [found[0] for found in pattern.finditer("thị xã, xã, thị trấn")] == ["thị xã", "xã", "thị trấn"]
    assert not pattern.search("xãx")
