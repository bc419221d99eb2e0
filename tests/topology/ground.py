"""The topology itself: everything up in the order that the compose file says, asked as it says, down again."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.secret_files import make as make_secrets
from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation.airflow_client import AirflowClient
from plan_lifecycle.simulation.sessions import undisturbed
from tests.patience import PATIENCE
from tests.topology.compose import Part, read_parts
from tests.topology.database import Database
from tests.topology.native import Place, command_of, environment_of, health_of
from tests.topology.parts import STOPPED_WITHIN, Running

ADMIN = "quantri"
HEALTHY_WITHIN = 180.0
"""Seconds for all parts: a busy machine is no fault."""
BETWEEN_STARTS = 5.0
MANY_STARTS = 20
"""So often a part was started in vain, or died of others."""
_POLL = 0.5


class TopologyError(PlanLifecycleError):
    """A part did not start, or is not healthy."""


class Topology:
    """A context manager: inside it all parts of the compose file are up and healthy.

    ``given`` are lines of an .env; the names of the two addresses are made here. Logs lie in ``folder``/log. Not
    ``in_order``, nobody waits for the api-server, as after a machine's reboot.
    """

    def __init__(self, folder: Path, given: Mapping[str, str], *, in_order: bool = True) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.place = Place(folder)
        self.place.make()
        (folder / "log").mkdir()
        ports = self.place.ports
        names = {"BOARD_HOST": f"localhost:{ports.board_tls}", "PORTAL_HOST": f"localhost:{ports.portal_tls}"}
        self.parts = {part.name: part for part in read_parts(names | dict(given))}
        for part in self.parts.values():
            self.place.home(part).mkdir()
        make_secrets(self.place.secrets)
        self.database = Database(self.parts["postgres"], self.place, self.log("postgres"))
        self.running = {"postgres": self.database.running}
        others = (part for name, part in self.parts.items() if name not in ("postgres", "init"))
        self.running |= {part.name: self._running(part) for part in others}
        self._in_order = in_order
        self.seconds: dict[str, float] = {}
        self.password = secrets.token_hex(12)
        self.airflow = AirflowClient(f"http://127.0.0.1:{self.place.ports.api}", ADMIN, self.password)

    def log(self, name: str) -> Path:
        """What the part prints."""
        return self.place.folder / "log" / f"{name}.log"

    def __enter__(self) -> Topology:
        try:
            self.up()
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with undisturbed():
            self.down()

    def up(self) -> None:
        """Start everything."""
        began = time.monotonic()
        self.database.make()
        self.start("postgres", "redis", "proxy")
        self.wait_until_healthy("postgres", "redis")
        self.database.make_databases()
        self.run("init")
        self.seconds["prepared"] = time.monotonic() - began
        served = [name for name, part in self.parts.items() if "api-server" in part.waits_for]
        first = [name for name in self.running if name not in served and not self.running[name].is_up]
        self.start(*first, *(() if self._in_order else served))
        self.run("init", *_add_admin(self.password))
        self.wait_until_healthy("api-server")
        self.start(*(served if self._in_order else ()))
        self.wait_until_healthy()
        self.seconds["healthy"] = time.monotonic() - began

    def down(self) -> None:
        """End everything, whatever it is at; what it took stands in measured.json."""
        self._measure()
        last = ("postgres", "redis")
        for names in ([name for name in self.running if name not in last], last):
            for name in names:
                self.running[name].ask_to_stop()
            until = time.monotonic() + STOPPED_WITHIN
            for name in names:
                self.running[name].end(until)
        self.database.remove()

    def start(self, *names: str) -> None:
        """Start these parts."""
        for name in names:
            self.running[name].start()

    def kill(self, *names: str) -> None:
        """SIGKILL to these parts, with everything that they started."""
        for name in names:
            self.running[name].kill()

    @property
    def admin(self) -> tuple[str, str]:
        """Login and password of Airflow's administrator."""
        return ADMIN, self.password

    def tend(self) -> None:
        """Start what has ended by itself, as the engine does (``restart: unless-stopped``)."""
        for running in self.running.values():
            if running.starts and not running.is_up and time.monotonic() - running.starts[-1] > BETWEEN_STARTS:
                running.start()

    def run(self, name: str, *command: str, more: Mapping[str, str] | None = None) -> str:
        """Run the part's command, or another in its place, to its end; return what it says. Raises TopologyError."""
        part = self.parts[name]
        ran = subprocess.run(
            list(command) or command_of(part, self.place),
            env=environment_of(part, self.place) | dict(more or {}),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        with self.log(name).open("a", encoding="utf-8") as log:
            log.write(ran.stdout + ran.stderr)
        if ran.returncode:
            said = ran.stdout[-3000:] + ran.stderr[-3000:]
            raise TopologyError(f"{name} ended with {ran.returncode}; {self.log(name)}:\n{said}")
        return ran.stdout

    def is_healthy(self, name: str) -> bool:
        """Ask the part as the compose file says; one that is never asked is healthy while it runs."""
        part = self.parts[name]
        if not self.running[name].is_up:
            return False
        if not part.health:
            return True
        command, environment = health_of(part, self.place), environment_of(part, self.place)
        asked = subprocess.run(command, env=environment, check=False, capture_output=True, timeout=PATIENCE)
        return asked.returncode == 0

    def wait_until_healthy(self, *names: str) -> None:
        """Wait for these parts, or for all. Raises TopologyError with the end of the log of one that is not."""
        until = time.monotonic() + HEALTHY_WITHIN
        for name in names or self.running:
            while not self.is_healthy(name):
                if time.monotonic() > until or len(self.running[name].starts) > MANY_STARTS:
                    raise TopologyError(f"{name} is not healthy; {self.log(name)}:\n{self._tail(name)}")
                self.tend()
                time.sleep(_POLL)

    def unpause(self, dags: Iterable[str]) -> None:
        """Switch these DAGs on, once they are known: new ones are paused."""
        wanted, until = set(dags), time.monotonic() + PATIENCE
        while not wanted <= {dag["dag_id"] for dag in self.airflow.ask("GET", "/dags?limit=100")["dags"]}:
            if time.monotonic() > until:
                raise TopologyError(f"not all DAGs were parsed:\n{self._tail('dag-processor')}")
            time.sleep(_POLL)
        for dag in sorted(wanted):
            self.airflow.ask("PATCH", f"/dags/{dag}?update_mask=is_paused", {"is_paused": False})

    def _running(self, part: Part) -> Running:
        command, environment = command_of(part, self.place), environment_of(part, self.place)
        return Running(part.name, command, environment, self.log(part.name), ROOT)

    def _measure(self) -> None:
        megabytes = {name: round(running.megabytes) for name, running in self.running.items() if running.is_up}
        cpu = {name: round(running.seconds, 1) for name, running in self.running.items() if running.is_up}
        if megabytes:
            measured = {"megabytes": megabytes, "cpu_seconds": cpu, "until": self.seconds}
            (self.place.folder / "measured.json").write_text(json.dumps(measured, indent=2), encoding="utf-8")

    def _tail(self, name: str) -> str:
        return "\n".join(self.log(name).read_text(errors="replace").splitlines()[-30:])


def _add_admin(password: str) -> tuple[str, ...]:
    names = ("--username", ADMIN, "--firstname", "Quản", "--lastname", "Trị", "--email", "quantri@tinh.example")
    return "airflow", "users", "create", "--role", "Admin", *names, "--password", password
