"""Reasons by code: worded once, and a code that is none is asked about instead of standing in a letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan_lifecycle.config.reasons import read_reasons, worded
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.settings import ROOT

REASONS = {"return": {"thieu-so-lieu": "Chưa có số liệu."}}


def test_the_shipped_reasons_are_sentences() -> None:
    shipped = read_reasons(ROOT / "config")
    assert {act for act, codes in shipped.items() if codes} >= {"return", "waive", "extend"}
    assert all(" " in text for codes in shipped.values() for text in codes.values())


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("thieu-so-lieu", "Chưa có số liệu."),
        ("Xã mới sáp nhập.", "Xã mới sáp nhập."),
        ("Bổ sung phụ lục", "Bổ sung phụ lục"),
        ("", ""),
    ],
)
def test_a_code_gives_its_sentence_and_a_sentence_itself(given: str, text: str) -> None:
    assert worded(REASONS, ActKind.RETURN, given) == text


def test_a_code_that_is_none_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(InputError, match="thieu-so-lieu") as told:
        worded(REASONS, ActKind.RETURN, "thieu-so-lieuu")
    assert "“thieu-so-lieuu”" in told.value.for_user


def test_a_code_of_another_act_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        worded(REASONS, ActKind.WAIVE, "thieu-so-lieu")
