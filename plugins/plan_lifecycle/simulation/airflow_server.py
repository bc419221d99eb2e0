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
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import requests

from plan_lifecycle.domain.errors import PlanLifecycleError

ROLES = ("admin", "viewer")
"""Airflow's own roles; each has one user of its name."""
HOST = "127.0.0.1"
HEALTHY_WITHIN = 600.0
RUN_WITHIN = 600.0
PAUSED_FOR = 15.0
"""Seconds that a run may wait before its DAG is switched on again."""
ANSWER_WITHIN = 300.0
"""Seconds for one answer over REST: a busy machine is no fault."""
THEME = {"globalCss": {"button[aria-label^='Delete '], button[aria-label^='Xóa ']": {"display": "none !important"}}}
"""What Airflow's pages look like: nobody deletes a DAG or a run by a click."""
_FAREWELL = 3.0
"""Seconds for its parts to end by themselves: they have said so in the first, and some of them never do."""
_POLL = 0.3
_STUMBLES = 20
"""How often a question is asked again that Airflow could not answer: of a run that is just being made, perhaps."""


class AirflowServerError(PlanLifecycleError):
    """Airflow did not start, or a run of it failed."""


@dataclass(frozen=True)
class Layout:
    """Where it lives: its home (made here), the project whose DAGs, plugins and settings it serves, its port."""

    home: Path
    project: Path
    port: int


class AirflowServer:
    """A context manager around Airflow's parts; ``run`` sets a DAG off and waits for it.

    ``users`` are the logins with their passwords.
    """

    def __init__(self, layout: Layout, environment: Mapping[str, str]) -> None:
        self.layout = layout
        self.users = {name: secrets.token_hex(6) for name in ROLES}
        self._environment = os.environ | _airflow_settings(layout) | dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._session = requests.Session()
        self._session.trust_env = False
        self._own_runs = 0

    @property
    def url(self) -> str:
        """Where the UI is."""
        return f"http://localhost:{self.layout.port}"

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
        return _of_session(self._process.pid) if self._process else []

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
        with _undisturbed():
            self._end(self._process)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        for sign, patience in ((signal.SIGINT, _FAREWELL), (signal.SIGKILL, 5.0)):
            _signal_session(process.pid, sign)
            with suppress(subprocess.TimeoutExpired):
                process.wait(patience)
                break
        _signal_session(process.pid, signal.SIGKILL)  # what outlived its parent

    def wait_until_ready(self, dags: int) -> None:
        """Wait until it is healthy and has parsed ``dags`` DAGs. Raises AirflowServerError with the end of its log."""
        deadline = time.monotonic() + HEALTHY_WITHIN
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise AirflowServerError(f"airflow ended while starting; the end of {self.log}:\n{self._tail()}")
            if self._healthy() and self._parsed() >= dags:
                return
            time.sleep(_POLL)
        raise AirflowServerError(f"airflow was not ready within {HEALTHY_WITHIN:.0f} s; {self.log}:\n{self._tail()}")

    def create_pools(self, pools: Mapping[str, tuple[int, str]]) -> None:
        """Create the pools; a task whose pool does not exist is never scheduled."""
        for name, (slots, description) in pools.items():
            self._ask("POST", "/pools", {"name": name, "slots": slots, "description": description}, accept=(201, 409))

    def run(self, dag_id: str, conf: Mapping[str, Any]) -> str:
        """Trigger a DAG, wait for the end of its run and return the run's id.

        Raises AirflowServerError that names the tasks which failed.
        """
        body = {"logical_date": None, "conf": dict(conf)}
        run_id = str(self._ask("POST", f"/dags/{dag_id}/dagRuns", body)["dag_run_id"])
        self._own_runs += 1
        self._wait_for(dag_id, run_id)
        return run_id

    def wait_for_woken(self, dag_id: str, run_id: str) -> list[str]:
        """Wait for the end of the runs that a run's asset events woke; return their ids. Raises AirflowServerError."""
        asked = f"/assets/events?source_dag_id={dag_id}&source_run_id={quote(run_id)}"
        deadline = time.monotonic() + RUN_WITHIN
        while time.monotonic() < deadline:
            events = self._ask("GET", asked)["asset_events"]
            if all(event["created_dagruns"] for event in events):
                woken = {(run["dag_id"], run["run_id"]) for event in events for run in event["created_dagruns"]}
                for run in sorted(woken):
                    self._wait_for(*run)
                return sorted(name for _, name in woken)
            time.sleep(_POLL)
        raise AirflowServerError(f"{dag_id} {run_id} woke nothing within {RUN_WITHIN:.0f} s")

    def _wait_for(self, dag_id: str, run_id: str) -> None:
        deadline, asked_until = time.monotonic() + RUN_WITHIN, time.monotonic() + PAUSED_FOR
        while time.monotonic() < deadline:
            state = self._ask("GET", f"/dags/{dag_id}/dagRuns/{quote(run_id)}")["state"]
            if state == "success":
                return
            if state == "queued" and time.monotonic() > asked_until:  # perhaps somebody who looks on has paused it
                self._ask("PATCH", f"/dags/{dag_id}?update_mask=is_paused", {"is_paused": False})
                asked_until = time.monotonic() + PAUSED_FOR
            if state == "failed":
                raise AirflowServerError(f"{dag_id} {run_id} failed: {', '.join(self._failed(dag_id, run_id))}")
            time.sleep(_POLL)
        raise AirflowServerError(f"{dag_id} {run_id} did not end within {RUN_WITHIN:.0f} s")

    def task_instances(self) -> int:
        """How many task instances there have been in all runs."""
        return int(self._ask("GET", "/dags/~/dagRuns/~/taskInstances?limit=1")["total_entries"])

    def runs_of_others(self) -> int:
        """How many runs somebody else set off by hand."""
        return max(
            0, int(self._ask("GET", "/dags/~/dagRuns?run_type=manual&limit=1")["total_entries"]) - self._own_runs
        )

    def _failed(self, dag_id: str, run_id: str) -> list[str]:
        found = self._ask("GET", f"/dags/{dag_id}/dagRuns/{quote(run_id)}/taskInstances?state=failed")["task_instances"]
        return [str(each["task_id"]) for each in found]

    def _healthy(self) -> bool:
        try:
            health = self._session.get(f"{self.url}/api/v2/monitor/health", timeout=2).json()
        except (requests.RequestException, ValueError):
            return False
        return all((health.get(part) or {}).get("status") == "healthy" for part in ("metadatabase", "scheduler"))

    def _parsed(self) -> int:
        return len(self._ask("GET", "/dags?limit=100")["dags"])

    def _ask(self, method: str, path: str, body: Any = None, accept: tuple[int, ...] = (200, 201)) -> Any:
        if "Authorization" not in self._session.headers:
            self._log_in()
        answer = self._session.request(method, f"{self.url}/api/v2{path}", json=body, timeout=ANSWER_WITHIN)
        for _ in range(_STUMBLES):
            if answer.status_code == 401:
                self._log_in()
            elif method == "GET" and answer.status_code >= 500:
                time.sleep(_POLL)
            else:
                break
            answer = self._session.request(method, f"{self.url}/api/v2{path}", json=body, timeout=ANSWER_WITHIN)
        if answer.status_code not in accept:
            raise AirflowServerError(f"{method} {path}: found status {answer.status_code}: {answer.text[:300]}")
        return answer.json()

    def _log_in(self) -> None:
        login = {"username": "admin", "password": self.users["admin"]}
        answer = self._session.post(f"{self.url}/auth/token", json=login, timeout=ANSWER_WITHIN)
        if answer.status_code != 201:
            raise AirflowServerError(f"no token: found status {answer.status_code}")
        self._session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def _tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-30:])


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not leave half of Airflow running."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {sign: signal.signal(sign, signal.SIG_IGN) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _signal_session(leader: int, sign: int) -> None:
    """Signal every process of the session: task processes have process groups of their own."""
    for process in _of_session(leader):
        with suppress(ProcessLookupError):
            os.kill(process.pid, sign)


def _of_session(leader: int) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(ProcessLookupError, PermissionError):
            if os.getsid(process.pid) == leader:
                found.append(process)
    return found


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
