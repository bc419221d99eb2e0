"""Whether anything was written since somebody looked last: what was read then may be shown again, else it may not.

A stamp is the same as long as no transaction was committed, by whatever process. It is taken before reading: what is
read afterwards is at least as new as the stamp.
"""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import Engine, String, cast, func, select

Stamp = object
"""Compared with the ``==`` of an earlier one of the same ``Watch``; means nothing else."""


class Watch:
    """Gives the stamps of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: Any = None

    def stamp(self) -> Stamp:
        """How far the database has come. Raises the errors of its driver."""
        if self._engine.dialect.name == "sqlite":
            return self._data_version()
        # Two snapshots of the same text see the same rows: it names which transactions have ended.
        snapshot = select(cast(func.pg_current_snapshot(), String))
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return connection.execute(snapshot).scalar_one()

    def close(self) -> None:
        """Give back the connection that watches."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _data_version(self) -> Stamp:
        """SQLite's own count of what others have committed; it holds for one connection only, so that one is kept.

        A database in memory may be another one for each connection: no stamp is like another.
        """
        if self._engine.url.database in (None, "", ":memory:"):
            return object()
        with self._lock:
            if self._connection is None:
                self._connection = self._engine.raw_connection()
            return self._connection.driver_connection.execute("PRAGMA data_version").fetchone()[0]
