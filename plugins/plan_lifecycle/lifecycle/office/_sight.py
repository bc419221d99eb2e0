"""Who sees which units: the rules of ``config/access.yaml`` on the units that there are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from plan_lifecycle.config.access import read_access
from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.domain.sight import EVERYTHING, Access, Sight
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.engine import Store


def access_of(store: Store, config: Path, now: datetime) -> Access:
    """The rules of the folder ``config``. Raises InputError, also for a unit that the store does not know.

    A name is that of a unit of today, else of the one unit that was ever called so.
    """
    with store.read() as connection:
        today, ever = unit_rows.load_tree(connection, now.date()).units, unit_rows.every_unit(connection)
    return read_access(config, UnitNames(today), UnitNames(ever))


def sight_of(store: Store, access: Access, name: str, roles: Collection[str]) -> Sight:
    """What somebody of this login name and these roles sees, of the units that there are now."""
    if not access.limits and access.others:
        return EVERYTHING
    with store.read() as connection:
        return access.sight(name, roles, unit_rows.parents(connection))
