"""Errors speak twice, and several at once are each told."""

from __future__ import annotations

import pytest

from plan_lifecycle.domain.errors import CombinedInputError, InputError, raise_all

FIRST = InputError("a date", file="a.csv", line=3, field="from", found="31/2")
SECOND = InputError("a name", file="a.csv", line=5, field="name", vi="Tên đơn vị còn để trống.")


def test_it_names_file_line_field_found_and_expected() -> None:
    assert str(FIRST) == "a.csv, line 3, field 'from': found '31/2', expected a date"
    assert FIRST.for_user.startswith("Nội dung chưa đúng quy định tại tệp a.csv, dòng 3, mục “from”")


def test_it_raises_nothing_one_or_all() -> None:
    raise_all([])
    with pytest.raises(InputError) as one:
        raise_all([FIRST])
    assert one.value is FIRST
    with pytest.raises(CombinedInputError) as both:
        raise_all([FIRST, SECOND])
    assert both.value.errors == (FIRST, SECOND)
    assert str(both.value) == f"{FIRST}\n{SECOND}"
    assert both.value.for_user.endswith("\nTên đơn vị còn để trống.")
    assert both.value.line == 3
