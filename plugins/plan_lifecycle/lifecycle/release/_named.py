"""The report that somebody names by unit, period and kind, as it stands in a transaction."""

from __future__ import annotations

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import Version, Way
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import releases
from plan_lifecycle.store.database import Connection


def named_way(office: Office, connection: Connection, unit_id: str, period: str, profile: str | None = None) -> Way:
    """The report of a unit that may be seen, and period, of the kind of a ``profile`` where one is named.

    Raises InputError where the period is none, none was compiled, or several kinds were and none is named.
    """
    every = releases.ways_of(connection, unit_id, Period.parse(period).code)
    ways = [way for way in every if profile in (None, way.profile)]
    if not ways or not office.sight.has(unit_id):
        vi = "Chưa lập báo cáo của đơn vị, kỳ này."
        raise InputError("a report that was compiled", field="REPORT", found=f"{unit_id}:{period}", vi=vi)
    if len(ways) > 1:
        codes = ", ".join(way.profile for way in ways)
        vi = f"Kỳ này có {count_text(len(ways))} báo cáo; đề nghị chọn loại báo cáo."
        raise InputError(f"one of {codes}", field="--profile", found="none", vi=vi)
    return ways[0]


def named_version(way: Way, number: int | None) -> Version:
    """A version by its number, the newest where none is given. Raises InputError where there is no such version."""
    found = way.newest if number is None else next((one for one in way.versions if one.number == number), None)
    if found is None:
        vi = f"Báo cáo không có bản lập lần {number}."
        raise InputError(f"a version up to {way.newest.number}", field="version", found=number, vi=vi)
    return found
