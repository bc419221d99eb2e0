"""What a command that works on the store begins with: the business day, the office of the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from plan_lifecycle.domain.errors import InputError

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.office import Office

AsOf = Annotated[str, typer.Option("--as-of", help="Business day YYYY-MM-DD; empty: now.", show_default="now")]


@contextmanager
def at_work(as_of: str, *, only_looks: bool = False) -> Iterator[tuple[Office, datetime]]:
    """The office and the business moment. Raises InputError for what is no date, StoreError.

    What ``only_looks`` may look ahead; what writes or sends works on no day after today.
    """
    from plan_lifecycle.domain.clock import business_moment, not_ahead, read_as_of
    from plan_lifecycle.office_wiring import open_office
    from plan_lifecycle.settings import Settings

    try:
        moment = read_as_of(as_of)
    except ValueError as error:
        raise InputError("a date YYYY-MM-DD", field="--as-of", found=as_of) from error
    settings, wall = Settings(), datetime.now(UTC)
    if not (only_looks or settings.simulation):
        not_ahead(moment, wall=wall, field="--as-of")
    with open_office(settings) as office:
        yield office, business_moment(moment, otherwise=wall)
