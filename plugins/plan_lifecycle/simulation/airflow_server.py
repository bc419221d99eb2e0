"""A local Airflow for the demo and the end-to-end test: all parts on SQLite and 127.0.0.1, in a session of their own.

It is driven over REST. Its parts have children that a signal to the part alone would orphan, so the whole session is
ended together. Passwords are made at each start.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from plan_lifecycle.simulation.airflow_client import POLL, AirflowClient, AirflowServerError
from plan_lifecycle.simulation.sessions import of_session, signal_session, undisturbed

ROLES = ("admin", "viewer")
"""Airflow's own roles; each has one user of its name."""
HOST = "127.0.0.1"
HEALTHY_WITHIN = 600.0
TRASH = "3 6 5 6 21 6"
"""The line by which Airflow's pages draw their dustbin; a button for many runs at once has no other mark."""
THEME = {
    "globalCss": {
        "button[aria-label^='Delete '], button[aria-label^='Xóa ']": {"display": "none !important"},
        f"button:has(svg polyline[points='{TRASH}'])": {"display": "none !important"},
    }
}
"""What Airflow's pages look like: nobody deletes a DAG or a run by a click."""
_FAREWELL = 3.0
"""Seconds for its parts to end by themselves: they have said so in the first, and some of them never do."""


@dataclass(frozen=True)
class Layout:
    """Where it lives: its home (made here), the project whose DAGs, plugins and settings it serves, its port."""

    home: Path
    project: Path
    port: int


class AirflowServer(AirflowClient):
    """A context manager around Airflow's parts; ``run`` sets a DAG off and waits for it.

    ``users`` are the logins with their passwords.
    """

    def __init__(self, layout: Layout, environment: Mapping[str, str]) -> None:
        self.users = {name: secrets.token_hex(6) for name in ROLES}
        super().__init__(f"http://localhost:{layout.port}", "admin", self.users["admin"])
        self.layout = layout
        self._environment = os.environ | _airflow_settings(layout) | dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """What its parts run in: any command of ours then finds the same office and Airflow."""
        return self._environment

    @property
    def log(self) -> Path:
        """What all its parts print."""
        return self.layout.home / "airflow.log"

    def processes(self) -> list[psutil.Process]:
        """All that runs of it now: its parts, their children, tasks."""
        return of_session(self._process.pid) if self._process else []

    def __enter__(self) -> AirflowServer:
        self.layout.home.mkdir(parents=True, exist_ok=True)
        passwords = self.layout.home / "passwords.json"
        passwords.touch(mode=0o600)
        passwords.write_text(json.dumps(self.users))
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "plan_lifecycle.simulation.airflow_parts"],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=self.layout.home,
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is None:
            return
        with undisturbed():
            self._end(self._process)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        for sign, patience in ((signal.SIGINT, _FAREWELL), (signal.SIGKILL, 5.0)):
            signal_session(process.pid, sign)
            with suppress(subprocess.TimeoutExpired):
                process.wait(patience)
                break
        signal_session(process.pid, signal.SIGKILL)  # what outlived its parent

    def wait_until_ready(self, dags: int) -> None:
        """Wait until it is healthy and has parsed ``dags`` DAGs. Raises AirflowServerError with the end of its log."""
        deadline = time.monotonic() + HEALTHY_WITHIN
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise AirflowServerError(f"airflow ended while starting; the end of {self.log}:\n{self._tail()}")
            if self.healthy() and self.parsed() >= dags:
                return
            time.sleep(POLL)
        raise AirflowServerError(f"airflow was not ready within {HEALTHY_WITHIN:.0f} s; {self.log}:\n{self._tail()}")

    def _tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-30:])


def port_is_free(port: int) -> bool:
    """Whether nobody listens on the port on this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) != 0


def _airflow_settings(layout: Layout) -> dict[str, str]:
    users = ",".join(f"{name}:{name}" for name in ROLES)
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "AIRFLOW_HOME": str(layout.home),
        "PYTHONPATH": os.pathsep.join(
            (str(layout.project / "config"), str(layout.project / "plugins"), os.environ.get("PYTHONPATH", ""))
        ),
        "AIRFLOW__CORE__DAGS_FOLDER": str(layout.project / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(layout.project / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": users,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(layout.home / "passwords.json"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{HOST}:{layout.port}/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{layout.home / 'airflow.db'}",
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(layout.port),
        "AIRFLOW__API__BASE_URL": f"http://localhost:{layout.port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__THEME": json.dumps(THEME),
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "PLAN_LIFECYCLE_AIRFLOW_VIETNAMESE": "true",
        "NO_PROXY": "localhost,127.0.0.1",
    }
