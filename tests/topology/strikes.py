"""Parts killed in the middle of a run and started again, as their engine does; nobody clears or mends anything."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import requests

from plan_lifecycle.simulation.airflow_client import AirflowClient, AirflowServerError
from tests.patience import PATIENCE
from tests.topology.ground import Topology

LIES_DEAD = 3.0
"""Seconds between the death of a part and its new start."""


class Strike(NamedTuple):
    """Which part dies, while which DAG runs, so many seconds after its run was set off."""

    part: str
    dag: str
    after: float


STRIKES = (
    Strike("worker-documents", "collect_submissions", 3.0),
    Strike("scheduler-1", "remind_deadlines", 1.5),
    Strike("worker-mail", "remind_deadlines", 5.0),
    Strike("redis", "collect_submissions", 1.0),
    Strike("portal", "collect_submissions", 0.5),
    Strike("postgres", "remind_deadlines", 4.0),
    Strike("scheduler-2", "compile_reports", 2.0),
    Strike("postgres", "collect_submissions", 3.0),
    Strike("worker-documents", "compile_reports", 4.0),
)


@dataclass(frozen=True)
class Survived:
    """A strike with the run that it hit: the seconds that this took to its end, and the tasks that were tried again."""

    part: str
    run: str
    seconds: float
    tried_again: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


class Struck(AirflowClient):
    """Drives the runs of a year, and strikes in the middle of some; asks again what a dead part could not answer."""

    def __init__(self, topology: Topology, strikes: tuple[Strike, ...], after: Callable[[], None]) -> None:
        super().__init__(topology.airflow.url, *topology.admin)
        self.survived: list[Survived] = []
        self._topology, self._after = topology, after
        self._strikes: Iterator[Strike] = iter(strikes)
        self._next = next(self._strikes, None)

    @property
    def left(self) -> int:
        """How many strikes did not come to be: no run of their DAG followed."""
        return (self._next is not None) + sum(1 for _ in self._strikes)

    def _wait_for(self, dag_id: str, run_id: str) -> None:
        strike, began = self._next, time.monotonic()
        if strike is None or strike.dag != dag_id:
            super()._wait_for(dag_id, run_id)
            return
        self._next = next(self._strikes, None)
        time.sleep(strike.after)
        self._topology.kill(strike.part)
        time.sleep(LIES_DEAD)
        self._topology.start(strike.part)
        super()._wait_for(dag_id, run_id)
        self._topology.wait_until_healthy()
        self._after()
        asked = f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances"
        again = [task["task_id"] for task in self.ask("GET", asked)["task_instances"] if task["try_number"] > 1]
        self.survived.append(
            Survived(strike.part, f"{dag_id}/{run_id}", round(time.monotonic() - began, 1), tuple(again))
        )

    def ask(self, method: str, path: str, body: Any = None, accept: tuple[int, ...] = (200, 201)) -> Any:
        """Ask until somebody answers; a run that is set off twice is one, for it has a name of ours."""
        if method == "POST" and path.endswith("/dagRuns") and isinstance(body, Mapping):
            body, accept = {**body, "dag_run_id": f"manual__{uuid.uuid4()}"}, (*accept, 409)
        until = time.monotonic() + PATIENCE
        while True:
            self._topology.tend()
            try:
                found = super().ask(method, path, body, accept)
            except (requests.RequestException, AirflowServerError):
                if time.monotonic() > until:
                    raise
                time.sleep(1)
            else:
                return found if "dag_run_id" in (found or {}) or body is None else {**found, **body}
