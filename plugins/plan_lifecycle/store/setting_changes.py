"""Settings that were changed on the board: one row a change, the newest of a setting counts."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import make_url

from plan_lifecycle.domain.setting import SettingChange
from plan_lifecycle.store.database import StoreError, in_our_words
from plan_lifecycle.store.engine import make_engine, read_only
from plan_lifecycle.store.progress import append_numbered
from plan_lifecycle.store.tables import setting_change

log = logging.getLogger(__name__)


def change(connection: Connection, name: str, value: str | None, *, by: str, reason: str, at: datetime) -> int | None:
    """Add a change; return its id, None where the newest says the same already."""
    row = {"value": value, "decided_by": by, "reason": reason, "decided_at": at}
    if not append_numbered(connection, setting_change, {"name": name}, row, same=("value",)):
        return None
    mine = select(setting_change.c.id).where(setting_change.c.name == name)
    return int(connection.execute(mine.order_by(setting_change.c.number.desc()).limit(1)).scalar_one())


def how_many(connection: Connection) -> int:
    """How many changes there ever were: none is ever taken away, so the same number is the same settings."""
    count: int = connection.execute(select(func.count()).select_from(setting_change)).scalar_one()
    return count


def in_force(connection: Connection) -> dict[str, str]:
    """The values that stand above the files, by setting."""
    return {name: history[-1].value for name, history in histories(connection).items() if history[-1].value is not None}


def peek(url: str) -> dict[str, str]:
    """What stands above the files in a store that is neither made nor migrated nor kept open for the question: who asks
    is about to fork, or needs no store at all. Empty where none answers."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        return {}
    engine = make_engine(url)
    try:
        with in_our_words(), read_only(engine) as connection:
            return in_force(connection)
    except StoreError as error:
        log.warning("the rules are the files': %s", error)
        return {}
    finally:
        engine.dispose()


def histories(connection: Connection) -> Mapping[str, list[SettingChange]]:
    """All changes by setting, the newest of each last."""
    found: dict[str, list[SettingChange]] = {}
    for row in connection.execute(select(setting_change).order_by(setting_change.c.name, setting_change.c.number)):
        change = SettingChange(row.name, row.number, row.value, row.decided_by, row.reason, row.decided_at)
        found.setdefault(row.name, []).append(change)
    return found
