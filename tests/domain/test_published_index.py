"""What others publish of a province: checked field by field, the year before beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.domain.published_index import (
    IndexKind,
    PublishedIndex,
    check_index,
    read_index_value,
    with_last_year,
)

KINDS = {
    "par_index": IndexKind("par_index", "PAR INDEX", "Bộ Nội vụ"),
    "papi": IndexKind("papi", "PAPI", "", maximum=80),
}
GIVEN = PublishedIndex("ld", "par_index", 2025, 89.27, 12, 34, date(2026, 5, 20), "Bộ Nội vụ")
TODAY = date(2026, 6, 15)


def test_a_result_with_value_and_rank_is_taken() -> None:
    check_index(GIVEN, KINDS, TODAY)
    check_index(replace(GIVEN, value=None), KINDS, TODAY)
    check_index(replace(GIVEN, rank=None, out_of=None), KINDS, TODAY)
    check_index(replace(GIVEN, rank=34, value=100), KINDS, TODAY)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("rank", {"rank": 35}),
        ("rank", {"rank": 0}),
        ("last_rank", {"last_rank": 0}),
        ("out_of", {"out_of": None}),
        ("out_of", {"rank": None, "out_of": 0}),
        ("value", {"value": 100.1}),
        ("value", {"value": -1}),
        ("value", {"value": float("nan")}),
        ("value", {"code": "papi", "value": 84}),
        ("value", {"value": None, "rank": None, "out_of": None}),
        ("last_value", {"last_value": 101}),
        ("index", {"code": "xyz"}),
        ("year", {"year": 2027}),
        ("year", {"year": 1999}),
        ("published", {"published_on": date(2026, 6, 16)}),
        ("published", {"published_on": date(2024, 6, 16)}),
        ("publisher", {"publisher": ""}),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(field: str, changed: dict[str, object]) -> None:
    with pytest.raises(InputError) as refused:
        check_index(replace(GIVEN, **changed), KINDS, TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_every_fault_of_one_result_is_told_at_once() -> None:
    with pytest.raises(CombinedInputError) as refused:
        check_index(replace(GIVEN, rank=40, value=200.0), KINDS, TODAY)
    assert [error.field for error in refused.value.errors] == ["value", "rank"]


def test_the_year_before_is_what_the_publisher_says_else_the_entry_of_that_year() -> None:
    before = replace(GIVEN, year=2024, value=87.5, rank=15)
    assert with_last_year([GIVEN, before]) == [replace(GIVEN, last_value=87.5, last_rank=15)]
    said = replace(GIVEN, last_value=87.0, last_rank=None)
    assert with_last_year([before, said]) == [replace(said, last_rank=15)]


@pytest.mark.parametrize(("text", "value"), [("89,27", 89.27), ("84.1%", 84.1), ("", None), ("0,71", 0.71)])
def test_a_value_is_typed_with_comma_or_point(text: str, value: float | None) -> None:
    assert read_index_value(text, "value") == value


@pytest.mark.parametrize("text", ["tám mươi", "1.234,5", "12/63", "1e9"])
def test_a_value_that_is_no_number_names_its_field(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_index_value(text, "last_value")
    assert refused.value.field == "last_value"
