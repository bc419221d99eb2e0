"""The report that somebody names by unit, period and kind, as it stands in a transaction."""

from __future__ import annotations

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import Version, Way
from plan_lifecycle.domain.writing import count_text, moment_words
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import corrections, releases
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


def require_as_seen(connection: Connection, chosen: Version, seen: int | None) -> None:
    """See that the text of a version is still the one that somebody had before them: the id of its corrected file, 0
    where it was the draft as compiled, None where nobody says. Raises InputError that says what came meanwhile."""
    stands = corrections.standing(connection, chosen.id)
    if seen is None or seen == (stands.id if stands else 0):
        return
    vi = "Bản Word đã sửa vừa được bỏ, nội dung trở lại như dự thảo; đề nghị xem lại rồi thực hiện."
    if stands:
        when = f"đ/c {stands.given_by} nộp {moment_words(stands.given_at)}"
        vi = f"Nội dung vừa được thay bằng bản đã sửa “{stands.name}” ({when}); đề nghị xem lại rồi thực hiện."
    raise InputError(f"the text {seen} of the version", field="REPORT", found=stands.name if stands else "draft", vi=vi)
