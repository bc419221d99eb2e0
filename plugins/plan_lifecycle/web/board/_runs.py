"""Long acts as runs of Airflow: started in somebody's name, followed on a page of their own until they end.

The coordinator presses *Triển khai kế hoạch* and sees which step is under way; pressing again leads to the same run.
Where there is no Airflow (a plain server, tests) the act is done within the request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol
from urllib.parse import quote

PLACE = "luot-chay"
"""Where a run's page is, below the board's own address."""


class Step(StrEnum):
    """How a run, or a step of it, stands."""

    WAITING = "waiting"
    RUNNING = "running"
    AGAIN = "again"
    DONE = "done"
    FAILED = "failed"
    LEFT_OUT = "left_out"


STEP_WORDS = {
    Step.WAITING: "chờ đến lượt",
    Step.RUNNING: "đang thực hiện",
    Step.AGAIN: "chờ thực hiện lại",
    Step.DONE: "đã xong",
    Step.FAILED: "chưa thực hiện được",
    Step.LEFT_OUT: "không cần thực hiện",
}


class SeenStep(NamedTuple):
    """A task of a run, or one of the items that it works at (``item`` names it once it has ended)."""

    name: str
    item: str
    state: Step


@dataclass(frozen=True, slots=True)
class SeenRun:
    """A run as it stands now; ``result`` says what came of it, ``paused`` that Airflow starts no runs of its kind."""

    title: str
    state: Step
    by: str
    started_at: datetime | None
    ended_at: datetime | None
    result: str
    paused: bool
    steps: tuple[SeenStep, ...]

    @property
    def ended(self) -> bool:
        """Whether nothing of it will change any more."""
        return self.state in (Step.DONE, Step.FAILED)


class LongAct(NamedTuple):
    """What is to be run: which DAG, a name that is the same for the same thing, what its form is filled in with."""

    dag: str
    name: str
    form: Mapping[str, str]

    def run_id(self, day: date, number: int) -> str:
        """What the run is called: "2026-01-30__trien-khai.1__1", the business day first, as lists show it."""
        return f"{day.isoformat()}__{self.name}__{number}"


class LateRun(NamedTuple):
    """A run that has not ended in the time that it should take; ``address`` is that of its page, below the board's."""

    title: str
    since: datetime | None
    address: str


class Runs(Protocol):
    """What the board asks of Airflow."""

    def start(self, act: LongAct, by: str, day: date) -> str:
        """Start a run in somebody's name and return its id; that of the one that has not ended yet, where there is."""

    def see(self, dag: str, run_id: str) -> SeenRun | None:
        """A run as it stands; None where there is none."""

    def late(self) -> list[LateRun]:
        """The runs of our DAGs that should have ended by now, the oldest first."""


def run_address(dag: str, run_id: str) -> str:
    """The address of a run's page, below the board's own."""
    return f"{PLACE}/{dag}/{quote(run_id, safe='')}"


class Onward(NamedTuple):
    """Where the outcome of a run is seen, below the board's own address."""

    address: str
    name: str


CASCADE = "trien-khai"
COMPILE = "tong-hop"
_OURS = re.compile(
    rf"\d{{4}}-\d\d-\d\d__"
    rf"(?:{CASCADE}\.(\d{{1,9}})|{COMPILE}\.(\d{{4}}[A-Z0-9-]{{0,4}})\.[A-Za-z0-9-]{{1,64}}(?:\.[a-z0-9-]{{1,64}})?)"
    rf"__\d{{1,6}}"
)


def onward(run_id: str) -> Onward:
    """The page that a run which the board has started works for; the first page for any other."""
    match = _OURS.fullmatch(run_id)
    if match and match[1]:
        return Onward(f"ke-hoach-moi/{match[1]}/", "Xem kế hoạch")
    if match:
        return Onward(f"bao-cao/?ky={match[2]}", "Xem báo cáo")
    return Onward("", "Mở trang Tình hình")
