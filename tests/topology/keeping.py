"""A back-up that is made while tasks write, and put back into an empty store of the same server."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import select

from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.tables import metadata
from tests.topology.native import POSTGRES
from tests.topology.office import Served

RESTORED = "plan_lifecycle_restored"


class Keeping:
    """Backs up beside a step of the year; ``restored`` tells, at its end, what came of it."""

    def __init__(self, here: Served, at_step: int) -> None:
        self._here, self._left = here, at_step
        self._folder = here.topology.place.folder / "back-up"
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._made: Future[str] | None = None

    def step(self) -> None:
        """A step of the year begins; the back-up begins with one of them."""
        self._left -= 1
        if self._left == 0:
            command = ("plan-lifecycle", "backup", str(self._folder), "--json")
            self._made = self._pool.submit(self._here.topology.run, "worker-documents", *command)

    def restored(self) -> dict[str, Any]:
        """Restore into an empty database and another folder; look for every row of it in the store that worked on."""
        if self._made is None:
            return {}
        self._made.result()
        place = self._here.topology.place
        where = f"/{RESTORED}?host={place.database}&port={place.ports.postgres}"
        owner = f"postgresql://plan_lifecycle_owner@{where}"
        self._ask(f"CREATE DATABASE {RESTORED} OWNER plan_lifecycle_owner")
        kept = place.folder / "kept-again"
        more = {
            "PLAN_LIFECYCLE_STORE_URL": f"postgresql://plan_lifecycle@{where}",
            "PLAN_LIFECYCLE_MIGRATION_URL": owner,
            "PLAN_LIFECYCLE_VAR": str(kept),
        }
        command = ("plan-lifecycle", "restore", str(self._folder), "--by", "Nguyễn Văn Bình", "--json")
        said = self._here.topology.run("init", *command, more=more)
        return {"said": json.loads(said.splitlines()[-1]), "unknown_rows": self._unknown(owner, kept)}

    def _unknown(self, owner: str, kept: Path) -> dict[str, int]:
        """How many rows of the restored store the one that worked on has not, by table."""
        again = open_store(owner, kept / "blobs", durable=False)
        found = {}
        with again.read() as restored, self._here.office.store.read() as live:
            for table in metadata.sorted_tables:
                keys = select(*table.primary_key.columns)
                unknown = {tuple(row) for row in restored.execute(keys)} - {tuple(row) for row in live.execute(keys)}
                if unknown:
                    found[table.name] = len(unknown)
        again.close()
        return found

    def _ask(self, statement: str) -> None:
        place = self._here.topology.place
        where = ["-h", str(place.database), "-p", str(place.ports.postgres), "-U", "postgres", "-q"]
        subprocess.run([str(POSTGRES / "psql"), *where, "-c", statement], check=True)
