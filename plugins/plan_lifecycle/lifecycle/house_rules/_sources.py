"""Whose pages are read for news, and which systems are asked for papers: shown on the board, changed in the file alone.

An address that is asked, and the name of the variable whose token goes there, are an administrator's to set: whoever
may change them could have a token sent anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from plan_lifecycle.config.sources import read_sources
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import units as unit_rows


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A page of news: whose, where, and how many items a month its unit owes; None: what the superior plan asks for."""

    unit: str
    address: str
    quota: int | None


@dataclass(frozen=True, slots=True)
class ShownSystem:
    """A system that is asked for papers: its name, its host, and the units for which alone it speaks; none: for all."""

    name: str
    host: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownSources:
    """All of both, in order of the ``file``; a month is final ``final_after`` days after its end."""

    file: str
    final_after: int
    columns: tuple[ShownColumn, ...]
    systems: tuple[ShownSystem, ...]


def shown_sources(office: Office, path: Path | None) -> ShownSources:
    """What the file says, with the units by their names. Raises InputError where it cannot be read."""
    read = read_sources(path)
    ids = {column.unit for column in read.publications} | {
        unit for endpoint in read.endpoints for unit in endpoint.units or ()
    }
    with office.store.read() as connection:
        tree = unit_rows.with_former(connection, UnitTree.on(date.max, ()), sorted(ids))
    return ShownSources(
        path.name if path else "",
        read.final_after,
        tuple(ShownColumn(tree.called(one.unit), one.url, one.quota) for one in read.publications),
        tuple(
            ShownSystem(one.name, urlsplit(one.url).hostname or "", tuple(map(tree.called, one.units or ())))
            for one in read.endpoints
        ),
    )
