"""An index that somebody else publishes of a province or an agency: PAR Index, SIPAS, PAPI, PCI, DTI.

The Ministry publishes that Lâm Đồng has 89,27 points in the PAR Index of 2025, rank 12 of 34, after rank 15 the year
before. It is entered once, with who published it and when, and is never put together from what units type.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.regex import regex

_NUMBER = regex(r"-?\d{1,6}(?:[.,]\d{1,6})?")
FIRST_YEAR = 2005


@dataclass(frozen=True, slots=True)
class IndexKind:
    """An index that is known: its code, name, who publishes it, its unit of measure and its highest value."""

    code: str
    name: str
    publisher: str
    unit: str = "điểm"
    maximum: float = 100.0


@dataclass(frozen=True, slots=True)
class PublishedIndex:
    """One result. ``value`` or ``rank`` may be None where only the other was published; ``out_of`` is of how many.

    ``last_value`` and ``last_rank`` are those of the year before, as the publisher gives them.
    """

    unit_id: str
    code: str
    year: int
    value: float | None
    rank: int | None
    out_of: int | None
    published_on: date
    publisher: str
    paper: str = ""
    last_value: float | None = None
    last_rank: int | None = None
    entered_by: str = ""
    entered_on: date | None = None


@dataclass(frozen=True, slots=True)
class NamedIndex:
    """A result with what its index is called and measured in."""

    kind: IndexKind
    result: PublishedIndex


def with_last_year(results: Sequence[PublishedIndex]) -> list[PublishedIndex]:
    """Of each index the newest year; what its publisher does not say of the year before is that year's own entry."""
    by_year = {(result.code, result.year): result for result in results}
    newest: dict[str, PublishedIndex] = {}
    for result in sorted(results, key=lambda one: one.year):
        before = by_year.get((result.code, result.year - 1))
        value = result.last_value if result.last_value is not None or before is None else before.value
        rank = result.last_rank if result.last_rank is not None or before is None else before.rank
        newest[result.code] = replace(result, last_value=value, last_rank=rank)
    return list(newest.values())


def check_index(result: PublishedIndex, kinds: Mapping[str, IndexKind], today: date) -> None:
    """Raise InputError, with the field, for what cannot be: a rank beyond their number, a value beyond the highest."""
    raise_all(list(_problems(result, kinds, today)))


def _problems(result: PublishedIndex, kinds: Mapping[str, IndexKind], today: date) -> Iterator[InputError]:
    kind = kinds.get(result.code)
    if kind is None:
        known = ", ".join(kinds)
        vi = f"Không có chỉ số “{result.code}”; các chỉ số: {known}."
        yield InputError(f"one of {known}", field="index", found=result.code, vi=vi)
    if not FIRST_YEAR <= result.year <= today.year:
        vi = f"Năm của chỉ số là {result.year}; đề nghị ghi từ {FIRST_YEAR} đến {today.year}."
        yield InputError(f"a year from {FIRST_YEAR} to {today.year}", field="year", found=result.year, vi=vi)
    if result.value is None and result.rank is None:
        vi = "Đề nghị ghi kết quả (điểm, %) hoặc thứ hạng."
        yield InputError("a value or a rank", field="value", found="nothing", vi=vi)
    if not result.publisher:
        vi = "Đề nghị ghi cơ quan công bố."
        yield InputError("who published it", field="publisher", found="nothing", vi=vi)
    if result.published_on > today:
        yield InputError(
            f"a day up to {today.isoformat()}",
            field="published",
            found=result.published_on.isoformat(),
            vi="Ngày công bố sau ngày hôm nay.",
        )
    if result.published_on.year < result.year:
        vi = f"Ngày công bố trước năm {result.year} của chỉ số."
        yield InputError(f"a day in {result.year} or later", field="published", found=result.published_on, vi=vi)
    highest = kind.maximum if kind else None
    for field, value in (("value", result.value), ("last_value", result.last_value)):
        yield from _of_value(field, value, highest)
    yield from _of_ranks(result)


def _of_value(field: str, value: float | None, highest: float | None) -> Iterator[InputError]:
    if value is None:
        return
    if not math.isfinite(value) or value < 0 or (highest is not None and value > highest):
        most = f"{highest:g}" if highest is not None else "…"
        vi = f"Kết quả {value:g} nằm ngoài khoảng từ 0 đến {most}."
        yield InputError(f"a number from 0 to {most}", field=field, found=f"{value:g}", vi=vi)


def _of_ranks(result: PublishedIndex) -> Iterator[InputError]:
    if result.out_of is not None and result.out_of < 1:
        vi = "Tổng số được xếp hạng phải từ 1 trở lên."
        yield InputError("how many are ranked, 1 or more", field="out_of", found=result.out_of, vi=vi)
    if result.rank is not None and result.out_of is None:
        vi = "Đề nghị ghi thứ hạng trên tổng số bao nhiêu tỉnh, đơn vị."
        yield InputError("of how many the rank is", field="out_of", found="nothing", vi=vi)
    for field, rank in (("rank", result.rank), ("last_rank", result.last_rank)):
        if rank is not None and rank < 1:
            yield InputError("a rank from 1", field=field, found=rank, vi="Thứ hạng phải từ 1 trở lên.")
    if result.rank is not None and result.out_of is not None and result.rank > result.out_of:
        vi = f"Thứ hạng {result.rank} lớn hơn tổng số {result.out_of}."
        yield InputError(f"a rank up to {result.out_of}", field="rank", found=result.rank, vi=vi)


def read_index_value(text: str, field: str) -> float | None:
    """A result as it is typed, with a decimal comma or point; None where nothing is. Raises InputError."""
    text = text.strip().removesuffix("%").strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        vi = f"Không đọc được số “{text}”; đề nghị ghi như 89,27."
        raise InputError("a number such as 89,27", field=field, found=text, vi=vi)
    return float(text.replace(",", "."))
