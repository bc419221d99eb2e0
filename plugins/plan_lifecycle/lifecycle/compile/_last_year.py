"""The same period last year: what the units of now, or those that they were formed from, reported then.

Xã Bình An of 2025 is held against the three communes of 2024. What belonged to it only in part is left out and named;
where other units reported then than now, the report says so beside the figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.lineage import Origin
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.report import LastYear
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.compile._contributions import contributions_of, totals_of
from plan_lifecycle.lifecycle.compile._past import Past
from plan_lifecycle.store.database import Connection

_ALL = 12
"""Units that are all named; of more a few stand for all."""
_FEW = 3


def same_last_year(
    connection: Connection,
    past: Past,
    period: Period,
    indicators: Sequence[Indicator],
    totals: Sequence[Total],
    unit_ids: Sequence[str],
) -> LastYear:
    """What was accepted of the same period a year before; ``totals`` are those of now, over ``unit_ids``."""
    then = period.same_last_year
    origins = past.origins(unit_ids, then.data_to)
    known = past.versions(then)
    same = [
        indicator for indicator in indicators if indicator.code in known and indicator.comparable(known[indicator.code])
    ]
    owed = past.owed([origin.unit.id for origin in origins if origin.whole], then)
    names = {origin.unit.id: origin.unit.agency for origin in origins}
    contributions = contributions_of(connection, [(obligation, names[obligation.unit_id]) for obligation in owed], same)
    formed, _ = totals_of(same, contributions, then)
    by_code = {total.indicator: total for total in formed if total.figures}
    without = [past.name(unit_id) for unit_id in unit_ids if not past.origins([unit_id], then.data_to)]
    if not by_code:
        note = f"Không có số liệu cùng kỳ năm trước ({then.label}) nên chưa so sánh được."
        return LastYear(then.label, notes=(note, *_lacking(without)))
    uneven = frozenset(
        now.indicator
        for now in totals
        if now.indicator in by_code and not _even(past, now, by_code[now.indicator], then.data_to)
    )
    notes = (*_notes(then, unit_ids, origins, contributions, uneven), *_lacking(without))
    return LastYear(then.label, by_code, contributions, uneven, notes)


def _even(past: Past, now: Total, then: Total, day: date) -> bool:
    """Whether those who reported then are just those from whom the reporters of now come, whole."""
    reporters = {reported.unit_id for reported in now.figures}
    origins = past.origins(sorted(reporters), day)
    return all(origin.whole for origin in origins) and {origin.unit.id for origin in origins} == {
        reported.unit_id for reported in then.figures
    }


def _notes(
    then: Period,
    unit_ids: Sequence[str],
    origins: Sequence[Origin],
    contributions: Sequence[Contribution],
    uneven: frozenset[str],
) -> list[str]:
    received = sum(contribution.counts for contribution in contributions)
    base = f"Số liệu cùng kỳ năm trước ({then.label}) lấy từ báo cáo đã tiếp nhận của {received}/{len(origins)} đơn vị"
    changed = {origin.unit.id for origin in origins} - set(unit_ids)
    notes = [f"{base}, là các đơn vị trước khi sắp xếp của {len(unit_ids)} đơn vị kỳ này." if changed else f"{base}."]
    told = [one.unit_name for one in contributions if one.counts]
    notes.append(f"Số liệu cùng kỳ gồm của: {_named(told)}.")
    silent = [origin.unit.agency for origin in origins if origin.whole and origin.unit.agency not in told]
    if silent:
        notes.append(f"Chưa có báo cáo kỳ đó của: {_named(silent)}.")
    partial = [origin.unit.name for origin in origins if not origin.whole]
    if partial:
        names = ", ".join(partial)
        notes.append(f"Chưa tính số liệu của {names}: chỉ một phần thuộc các đơn vị kỳ này nên không tách được.")
    if uneven:
        notes.append("(*) Các đơn vị có số liệu ở hai kỳ không như nhau; mức tăng, giảm chỉ để tham khảo.")
    return notes


def _lacking(names: Sequence[str]) -> Iterator[str]:
    """Units of now of which the list of units does not say from whom they come."""
    if names:
        yield (
            f"Không có đơn vị nào của năm trước ứng với {_named(names)}: danh sách đơn vị năm trước chưa được nhập, "
            "hoặc đơn vị mới thành lập."
        )


def _named(names: Sequence[str]) -> str:
    if len(names) <= _ALL:
        return ", ".join(names)
    rest = count_text(len(names) - _FEW)
    return f"{', '.join(names[:_FEW])} và {rest} đơn vị khác (tệp Excel kèm theo)"
