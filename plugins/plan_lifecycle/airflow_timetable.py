"""When the working morning is: a timetable of Airflow that reads the same calendar as the reminders do.

On Friday 24/02/2023 the next run is on Monday at 07:30; before Tết it is the first working day after it. A scheduler
that comes back at ten still runs this morning; what was missed on earlier days is caught up by that one run.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from pendulum import DateTime, instance

from plan_lifecycle.domain.clock import LOCAL

if TYPE_CHECKING:
    from plan_lifecycle.domain.calendar import WorkingCalendar
    from plan_lifecycle.settings import Settings


LATEST = time(18)
"""A morning that was missed is not made up for after this hour."""


class WorkingDay(Timetable):
    """Once on every working day at ``hour:minute``, Vietnamese time."""

    def __init__(self, hour: int = 7, minute: int = 30) -> None:
        self._at = time(hour, minute)
        self.description = f"{self._at:%H:%M} (giờ Việt Nam) các ngày làm việc, theo lịch làm việc của năm"

    @property
    def summary(self) -> str:
        """What the list of DAGs shows."""
        return f"{self._at:%H:%M} các ngày làm việc"

    def serialize(self) -> dict[str, Any]:
        """The hour; the calendar is read when it is asked for."""
        return {"hour": self._at.hour, "minute": self._at.minute}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> WorkingDay:
        """What ``serialize`` gave."""
        return cls(data["hour"], data["minute"])

    def infer_manual_data_interval(self, *, run_after: DateTime) -> DataInterval:
        """A run set off by hand stands for its moment."""
        return DataInterval.exact(run_after)

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """The next morning: after the last one and, without catch-up, not before today's."""
        last = last_automated_data_interval.end if last_automated_data_interval else None
        earliest = [restriction.earliest] if restriction.earliest else []
        if not restriction.catchup:
            earliest.append(self._not_before(_wall(), first=last is None))
        if last is not None:
            earliest.append(instance(last + timedelta(seconds=1)))
        following = self._at_or_after(max(earliest) if earliest else _wall())
        if restriction.latest is not None and following > restriction.latest:
            return None
        return DagRunInfo.exact(instance(following))

    def _not_before(self, now: datetime, *, first: bool) -> DateTime:
        """This morning, while the day lasts; a DAG that never ran begins with the next morning."""
        local = now.astimezone(LOCAL)
        today = datetime.combine(local.date(), self._at, LOCAL)
        return instance(now if first or local.time() > LATEST else min(now, today))

    def _at_or_after(self, moment: datetime) -> datetime:
        day = moment.astimezone(LOCAL).date()
        while (found := datetime.combine(_working_day(day), self._at, LOCAL)) < moment:
            day = found.date() + timedelta(days=1)
        return found


def _wall() -> DateTime:
    return DateTime.now("UTC")


def _working_day(day: date) -> date:
    from plan_lifecycle.settings import Settings

    return _calendar(Settings()).on_or_after(day)


def _calendar(settings: Settings) -> WorkingCalendar:
    """The file's calendar with what was changed on the board above it; the file's alone where no store answers."""
    from plan_lifecycle.config.adjustable import Adjustable
    from plan_lifecycle.config.rules import read_calendar
    from plan_lifecycle.store.setting_changes import peek

    changes = {name: value for name, value in peek(settings.database).items() if name.startswith("calendar.")}
    return read_calendar(Adjustable(settings.path(settings.config), settings.reminders).above(changes))
