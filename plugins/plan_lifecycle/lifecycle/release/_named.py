"""The report that somebody names by unit and period, as it stands in a transaction."""

from __future__ import annotations

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import Version, Way
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import releases
from plan_lifecycle.store.database import Connection


def named_way(office: Office, connection: Connection, unit_id: str, period: str) -> Way:
    """The report of a unit that may be seen, and period.

    Raises InputError where the period is none, or no report was compiled.
    """
    way = releases.way_of(connection, unit_id, Period.parse(period).code)
    if way is None or not office.sight.has(unit_id):
        vi = "Chưa lập báo cáo của đơn vị, kỳ này."
        raise InputError("a report that was compiled", field="REPORT", found=f"{unit_id}:{period}", vi=vi)
    return way


def named_version(way: Way, number: int | None) -> Version:
    """A version by its number, the newest where none is given. Raises InputError where there is no such version."""
    found = way.newest if number is None else next((one for one in way.versions if one.number == number), None)
    if found is None:
        vi = f"Báo cáo không có bản lập lần {number}."
        raise InputError(f"a version up to {way.newest.number}", field="version", found=number, vi=vi)
    return found
