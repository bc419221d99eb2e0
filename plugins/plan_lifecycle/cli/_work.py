"""What a command that works on the store begins with: the business day, the office of the settings."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from plan_lifecycle.domain.errors import not_a_date

if TYPE_CHECKING:
    from plan_lifecycle.domain.clock import TypedDay
    from plan_lifecycle.lifecycle.office import Office

By = Annotated[str, typer.Option("--by", help="Name of the person who decides.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why.", show_default=False)]
AsOf = Annotated[str, typer.Option("--as-of", help="Business day YYYY-MM-DD; empty: now.", show_default="now")]
Again = Annotated[bool, typer.Option("--again", help="An old day is meant: --as-of lies before the newest day worked.")]


@contextmanager
def looking(as_of: str, *, mending: bool = False) -> Iterator[tuple[Office, datetime]]:
    """The office and the moment for what writes nothing: any day. Raises InputError for what is no date, StoreError."""
    from plan_lifecycle.domain.clock import business_moment
    from plan_lifecycle.office_wiring import clock_of, open_office
    from plan_lifecycle.settings import Settings

    moment, settings = _typed(as_of), Settings()
    with open_office(settings, mending=mending, looking=True) as office:
        yield office, business_moment(moment, otherwise=clock_of(settings, office.store)())


@contextmanager
def at_work(
    command: str, as_of: str = "", again: bool = False, *, by: str = "", mending: bool = False
) -> Iterator[tuple[Office, datetime]]:
    """The office and the business moment for what writes or sends; ``by`` is who decides, where somebody does.
    ``mending``: rules that do not hold together are to be put right (``open_office``).

    Raises InputError for what is no date, a day after today, or one before the newest day worked without ``again``;
    StoreError; ClockError where the machine's clock cannot be trusted. Nothing is written then.
    """
    from plan_lifecycle.domain.clock import business_moment, not_ahead
    from plan_lifecycle.lifecycle.office import begin_by_the_clock, begin_day
    from plan_lifecycle.office_wiring import clock_of, open_office
    from plan_lifecycle.settings import Settings

    moment, settings, wall = _typed(as_of), Settings(), datetime.now(UTC)
    if not settings.simulation:
        not_ahead(moment, wall=wall, field="--as-of")
    with open_office(settings, mending=mending) as office:
        now = business_moment(moment, otherwise=clock_of(settings, office.store)())
        if settings.simulation:
            begin_day(office.store, now, wall=now)
        else:
            typed = None if moment is None else _day_typed(now.date(), by or os_user(), command, again)
            begin_by_the_clock(office.store, now, wall=wall, typed=typed)
        yield office, now


def _typed(as_of: str) -> date | datetime | None:
    from plan_lifecycle.domain.clock import read_as_of

    try:
        return read_as_of(as_of)
    except ValueError as error:
        raise not_a_date(as_of, field="--as-of") from error


def _day_typed(day: date, by: str, command: str, again: bool) -> TypedDay:
    from plan_lifecycle.domain.clock import TypedDay

    return TypedDay(day, by, command, again, None, "--as-of", "--again", "thêm --again")


def os_user() -> str:
    """The user of the operating system, whatever the environment says; a number where it has no name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
