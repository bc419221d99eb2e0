"""A person decides under a full name; where a reason is owed, none is taken for granted."""

from __future__ import annotations

import unicodedata

import pytest

from plan_lifecycle.domain.decider import BY_RULE, LONGEST_NAME, Decider
from plan_lifecycle.domain.errors import InputError


@pytest.mark.parametrize("name", ["", "  ", "quy tắc tự động", "Quy tắc  tự động", "x" * 200, "x" * (LONGEST_NAME + 1)])
def test_only_a_person_decides(name: str) -> None:
    with pytest.raises(InputError, match=r"field '--by': .* expected the name of a person") as refused:
        Decider(name, "lũ")
    assert refused.value.for_user == "Đề nghị ghi rõ họ tên người xử lý."


def test_no_spelling_of_the_rules_name_is_a_persons() -> None:
    for name in (BY_RULE, BY_RULE.upper(), f" {BY_RULE} ", unicodedata.normalize("NFD", BY_RULE)):
        with pytest.raises(InputError):
            Decider(name)


def test_a_name_of_the_longest_length_is_one() -> None:
    assert Decider("x" * LONGEST_NAME).by == "x" * LONGEST_NAME


def test_name_and_reason_are_kept_composed_and_without_stray_spaces() -> None:
    decided = Decider(unicodedata.normalize("NFD", "  Trần  Thị Hoa "), unicodedata.normalize("NFD", " đơn vị bị lũ "))
    assert decided == Decider("Trần Thị Hoa", "đơn vị bị lũ")
    assert decided.why == "đơn vị bị lũ"


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_an_act_that_owes_a_reason_is_refused_without_one(reason: str | None) -> None:
    decided = Decider("Trần Thị Hoa", reason)
    assert decided.reason is None
    with pytest.raises(InputError, match=r"field '--reason': .* expected a reason") as refused:
        assert decided.why
    assert refused.value.for_user == "Đề nghị chọn hoặc ghi rõ lý do."
