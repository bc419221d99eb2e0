"""Holding a report back, and giving it to the leader at once.

Phòng Nội vụ waits for xã Hòa Thắng's figures: the leader does not get huyện Bắc Bình's report on 20/6. When they are
in, she lets it go, and the leader has it the same hour. Each is on the sealed trail with her name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.release import Hold, Receiver, Version, Way
from plan_lifecycle.lifecycle.office import Desk, Office, open_desk
from plan_lifecycle.lifecycle.release._letters import letters_to
from plan_lifecycle.lifecycle.release._named import named_way, require_as_seen
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import releases, reports
from plan_lifecycle.store.audit import Act, append
from plan_lifecycle.store.database import Connection


def hold_report(
    office: Office,
    unit_id: str,
    period: str,
    decider: Decider,
    now: datetime,
    *,
    until: date | None = None,
    profile: str | None = None,
) -> bool:
    """Keep a report from the leader, to the end of ``until`` or until it is let go; False where that stands already.

    A hold with another reason or day takes the place of the one that stands. Raises InputError where there is no
    report, it was issued, no reason is given, or the day is past.
    """
    if until is not None and until < now.date():
        vi = "Ngày giữ lại đến phải từ hôm nay trở đi."
        raise InputError(f"a day from {now.date().isoformat()} on", field="until", found=until, vi=vi)
    with office.store.write() as connection:
        way = _draft(named_way(office, connection, unit_id, period, profile))
        new = Hold(way.unit_id, way.period, now, decider.by, decider.why, until, way.profile)
        if way.hold is not None:
            if (way.hold.reason, way.hold.until_on) == (new.reason, until) and way.held(now.date()):
                return False
            releases.lift(connection, way.hold.id, at=now, by=decider.by)
        if releases.hold(connection, new) is None:
            return False
        details = {"until": until.isoformat() if until else None}
        append(connection, act_on(ActKind.HOLD_REPORT, way, way.newest, decider, now, details))
    return True


def release_report(
    office: Office,
    unit_id: str,
    period: str,
    decider: Decider,
    now: datetime,
    *,
    version: int | None = None,
    seen: int | None = None,
    profile: str | None = None,
) -> bool:
    """End the hold, if one stands, and give the newest version to the leader now; False where the leader has it.

    ``version`` and ``seen`` are what somebody who decides has before them: its number, and which text of it.

    Raises InputError where there is no report, it was issued, another version or text came meanwhile, or there is no
    leader to write to.
    """
    with office.store.read() as connection:
        way = _draft(named_way(office, connection, unit_id, period, profile))
        _require_newest(way, version)
        require_as_seen(connection, way.newest, seen)
        desk = open_desk(office, connection, now)
    letters = _letters(desk, way) if way.open_for(Receiver.LEADER) else []
    with office.store.write() as connection:
        now_way = _draft(named_way(office, connection, unit_id, period, profile))
        _require_newest(now_way, way.newest.number)
        require_as_seen(connection, now_way.newest, seen)
        lifted = now_way.hold is not None and releases.lift(connection, now_way.hold.id, at=now, by=decider.by)
        given = _given(connection, now_way, letters, now)
        if lifted or given:
            details = {"lifted": lifted, "given": given}
            append(connection, act_on(ActKind.RELEASE_REPORT, now_way, now_way.newest, decider, now, details))
    return given


def _given(connection: Connection, way: Way, letters: list[Letter], now: datetime) -> bool:
    if not way.open_for(Receiver.LEADER) or not releases.deliver(connection, way.newest.id, Receiver.LEADER, now):
        return False
    letter_rows.queue(connection, letters)
    return True


def _require_newest(way: Way, number: int | None) -> None:
    """Raise InputError where a version is not the newest any more."""
    if number not in (None, way.newest.number):
        vi = "Vừa có bản lập lại mới hơn; đề nghị xem lại trước khi trình."
        raise InputError(f"version {number}", field="REPORT", found=way.newest.number, vi=vi)


def _letters(desk: Desk, way: Way) -> list[Letter]:
    with desk.office.store.read() as connection:
        stored = reports.get(connection, way.newest.id)
    letters = letters_to(desk, way, stored, Receiver.LEADER) if stored and way.unit_id in desk.tree else []
    if not letters:
        vi = "Chưa có địa chỉ thư của lãnh đạo đơn vị; đề nghị bổ sung danh bạ."
        raise InputError("a leader to write to", field="REPORT", found=way.unit_id, vi=vi)
    return letters


def _draft(way: Way) -> Way:
    """The same. Raises InputError where its newest version was issued: it is with everybody."""
    if way.newest.issued:
        vi = "Báo cáo đã ban hành."
        raise InputError("a report that was not issued", field="REPORT", found=f"{way.unit_id}:{way.period}", vi=vi)
    return way


def act_on(
    kind: ActKind, way: Way, version: Version, decider: Decider, now: datetime, details: Mapping[str, object]
) -> Act:
    """What is sealed on the trail of an act on a version."""
    named = {"unit": way.unit_id, "period": way.period, "profile": way.profile, "version": version.number}
    return Act(now, decider.by, kind, ActSubject.REPORT, version.id, decider.reason, named | dict(details))
