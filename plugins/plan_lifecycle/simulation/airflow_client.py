"""Airflow over REST, as the demo, the tests and the topology drive it: set runs off, wait for them, ask what came."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import requests

from plan_lifecycle.domain.errors import PlanLifecycleError

RUN_WITHIN = 600.0
PAUSED_FOR = 15.0
"""Seconds that a run may wait before its DAG is switched on again."""
ANSWER_WITHIN = 300.0
"""Seconds for one answer over REST: a busy machine is no fault."""
POLL = 0.3
_STUMBLES = 20
"""How often a question is asked again that Airflow could not answer: of a run that is just being made, perhaps."""


class AirflowServerError(PlanLifecycleError):
    """Airflow did not start, or a run of it failed."""


class AirflowClient:
    """Speaks to the Airflow at ``url`` as ``user``; ``run`` sets a DAG off and waits for it."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        self._login = {"username": user, "password": password}
        self._session = requests.Session()
        self._session.trust_env = False
        self._own_runs = 0

    def create_pools(self, pools: Mapping[str, tuple[int, str]]) -> None:
        """Create the pools; a task whose pool does not exist is never scheduled."""
        for name, (slots, description) in pools.items():
            self.ask("POST", "/pools", {"name": name, "slots": slots, "description": description}, accept=(201, 409))

    def run(self, dag_id: str, conf: Mapping[str, Any]) -> str:
        """Trigger a DAG, wait for the end of its run and return the run's id.

        Raises AirflowServerError that names the tasks which failed.
        """
        body = {"logical_date": None, "conf": dict(conf)}
        run_id = str(self.ask("POST", f"/dags/{dag_id}/dagRuns", body)["dag_run_id"])
        self._own_runs += 1
        self._wait_for(dag_id, run_id)
        return run_id

    def wait_for_woken(self, dag_id: str, run_id: str) -> list[str]:
        """Wait for the end of the runs that a run's asset events woke; return their ids. Raises AirflowServerError."""
        asked = f"/assets/events?source_dag_id={dag_id}&source_run_id={quote(run_id)}"
        deadline = time.monotonic() + RUN_WITHIN
        while time.monotonic() < deadline:
            events = self.ask("GET", asked)["asset_events"]
            if all(event["created_dagruns"] for event in events):
                woken = {(run["dag_id"], run["run_id"]) for event in events for run in event["created_dagruns"]}
                for run in sorted(woken):
                    self._wait_for(*run)
                return sorted(name for _, name in woken)
            time.sleep(POLL)
        raise AirflowServerError(f"{dag_id} {run_id} woke nothing within {RUN_WITHIN:.0f} s")

    def _wait_for(self, dag_id: str, run_id: str) -> None:
        deadline, asked_until = time.monotonic() + RUN_WITHIN, time.monotonic() + PAUSED_FOR
        while time.monotonic() < deadline:
            state = self.ask("GET", f"/dags/{dag_id}/dagRuns/{quote(run_id)}")["state"]
            if state == "success":
                return
            if state == "queued" and time.monotonic() > asked_until:  # perhaps somebody who looks on has paused it
                self.ask("PATCH", f"/dags/{dag_id}?update_mask=is_paused", {"is_paused": False})
                asked_until = time.monotonic() + PAUSED_FOR
            if state == "failed":
                raise AirflowServerError(f"{dag_id} {run_id} failed: {', '.join(self._failed(dag_id, run_id))}")
            time.sleep(POLL)
        raise AirflowServerError(f"{dag_id} {run_id} did not end within {RUN_WITHIN:.0f} s")

    def task_instances(self) -> int:
        """How many task instances there have been in all runs."""
        return int(self.ask("GET", "/dags/~/dagRuns/~/taskInstances?limit=1")["total_entries"])

    def runs_of_others(self) -> int:
        """How many runs somebody else set off by hand."""
        return max(0, int(self.ask("GET", "/dags/~/dagRuns?run_type=manual&limit=1")["total_entries"]) - self._own_runs)

    def _failed(self, dag_id: str, run_id: str) -> list[str]:
        found = self.ask("GET", f"/dags/{dag_id}/dagRuns/{quote(run_id)}/taskInstances?state=failed")["task_instances"]
        return [str(each["task_id"]) for each in found]

    def healthy(self) -> bool:
        """Whether database and scheduler say so."""
        try:
            health = self._session.get(f"{self.url}/api/v2/monitor/health", timeout=2).json()
        except (requests.RequestException, ValueError):
            return False
        return all((health.get(part) or {}).get("status") == "healthy" for part in ("metadatabase", "scheduler"))

    def parsed(self) -> int:
        """How many DAGs it knows."""
        return len(self.ask("GET", "/dags?limit=100")["dags"])

    def ask(self, method: str, path: str, body: Any = None, accept: tuple[int, ...] = (200, 201)) -> Any:
        """What the API answers, as read from JSON; logged in again where it must be, a stumble is waited out."""
        if "Authorization" not in self._session.headers:
            self._log_in()
        answer = self._session.request(method, f"{self.url}/api/v2{path}", json=body, timeout=ANSWER_WITHIN)
        for _ in range(_STUMBLES):
            if answer.status_code == 401:
                self._log_in()
            elif method == "GET" and answer.status_code >= 500:
                time.sleep(POLL)
            else:
                break
            answer = self._session.request(method, f"{self.url}/api/v2{path}", json=body, timeout=ANSWER_WITHIN)
        if answer.status_code not in accept:
            raise AirflowServerError(f"{method} {path}: found status {answer.status_code}: {answer.text[:300]}")
        return answer.json()

    def _log_in(self) -> None:
        answer = self._session.post(f"{self.url}/auth/token", json=self._login, timeout=ANSWER_WITHIN)
        if answer.status_code != 201:
            raise AirflowServerError(f"no token: found status {answer.status_code}")
        self._session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
