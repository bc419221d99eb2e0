"""What Airflow costs: parsing our DAGs, standing idle, and task instances: ours beside one mapped task for each unit.

A morning of ours is a few tasks whatever the number of units; a DAG that maps a task over units has as many as there
are units. The cost of a task instance is measured on a real Airflow (LocalExecutor, four at once) with mapped tasks
that do nothing. The mapped DAG's time for 139 and 3,321 units is computed from it, which favours it: its tasks would
work, too. Ours is the same cost for each of its tasks, and the seconds of the verb for that many units, measured here.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench import Figure, lifecycle_bench
from plan_lifecycle.simulation.airflow_server import AirflowServer, Layout

ROOT = Path(__file__).resolve().parents[1]
UNITS = (139, 3321)
PARSED_WITHIN = 0.5
MAPPED, IDLE_SECONDS = 24, 20.0
NOTHING = """
from airflow.sdk import dag, task

@dag(schedule=None)
def one_task_a_unit():
    @task
    def work(unit: int) -> None: ...

    work.expand(unit=list(range({units})))

one_task_a_unit()
"""
PARSE = """
import json, runpy, sys, time
import airflow.sdk, airflow.sdk.exceptions
airflow.sdk.dag, airflow.sdk.task, airflow.sdk.Param, airflow.sdk.Asset, airflow.sdk.CronTriggerTimetable
start = time.perf_counter()
for path in sys.argv[1:]:
    runpy.run_path(path)
print(json.dumps(time.perf_counter() - start))
"""
TASKS = {
    "cascade_plan": "register, one for each plan, send",
    "remind_deadlines": "record, send",
    "collect_submissions": "one for each way in, file, send",
    "compile_reports": "due, one for each report, deliver, send",
    "check_publications": "count",
    "keep_within_time": "let go",
}
"""What each DAG has: one plan, one report and three ways in make as many task instances as below."""
INSTANCES = {"cascade_plan": 3, "remind_deadlines": 2, "collect_submissions": 5, "compile_reports": 4,
             "check_publications": 1, "keep_within_time": 1}  # fmt: skip


@dataclass(frozen=True)
class _Cost:
    """Seconds of the wall for a task instance, of the processor for it, and of the processor for an idle minute."""

    wall: float
    processor: float
    idle_minute: float
    megabytes: float


def measure() -> list[Figure]:
    """Parsing, then one Airflow for the rest."""
    cost = _on_airflow()
    return [
        _parse(),
        Figure("airflow.idle", cost.idle_minute, None, None, None, 1,
               f"s of the processor in an idle minute, all parts, our DAGs loaded; {cost.megabytes:.0f} MB"),
        Figure("airflow.task_instance", cost.wall, None, None, None, MAPPED,
               f"s of the wall for one that does nothing; {cost.processor:.2f} s of the processor"),
        *(_morning(units, cost) for units in UNITS),
        *(_instances(name, units, cost) for name in INSTANCES for units in UNITS),
    ]  # fmt: skip


def _parse() -> Figure:
    """All five files, beyond the import of Airflow; once in a fresh process, the best of three."""
    files = sorted(str(path) for path in (ROOT / "dags").glob("*.py"))
    ours = min(
        json.loads(subprocess.run([sys.executable, "-c", PARSE, *files], check=True, capture_output=True).stdout)
        for _ in range(3)
    )
    note = "s for all DAGs, beyond Airflow's import; against the limit"
    return Figure("airflow.parse", ours, PARSED_WITHIN, PARSED_WITHIN / ours, 1.0, len(files), note)


def _morning(units: int, cost: _Cost) -> Figure:
    work = lifecycle_bench.morning(units)
    ours, peer = INSTANCES["remind_deadlines"] * cost.wall + work, units * cost.wall
    note = f"s, reminding {units} units: 2 task instances and {work:.1f} s of work; peer: {units} mapped, computed"
    return Figure(f"airflow.morning_{units}", ours, peer, peer / ours, 10.0, units, note)


def _instances(name: str, units: int, cost: _Cost) -> Figure:
    ours, peer = INSTANCES[name], units + 2
    seconds = f"{ours * cost.wall:,.0f} s of Airflow's own beside {peer * cost.wall:,.0f} s"
    return Figure(f"airflow.tasks.{name}_{units}", ours, peer, peer / ours, None, units,
                  f"task instances of a run: {TASKS[name]}; {seconds}, computed; peer: mapped over units")  # fmt: skip


def _on_airflow() -> _Cost:
    """Start Airflow with one DAG of mapped tasks; let it stand, then run it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "dags").mkdir()
        (folder / "dags" / "one_task_a_unit.py").write_text(NOTHING.format(units=MAPPED), encoding="utf-8")
        ours = sorted((ROOT / "dags").glob("*.py"))
        for file in ours:
            (folder / "dags" / file.name).symlink_to(file)
        own = {
            "AIRFLOW__CORE__DAGS_FOLDER": str(folder / "dags"),
            "PLAN_LIFECYCLE_VAR": str(folder / "var"),
            "PLAN_LIFECYCLE_SCHEDULES": "false",
        }
        with AirflowServer(Layout(folder / "airflow", ROOT, _free_port()), own) as server:
            server.wait_until_ready(1 + len(ours))
            time.sleep(5.0)
            before, start = _spent(server), time.perf_counter()
            time.sleep(IDLE_SECONDS)
            idle = (_spent(server) - before) / (time.perf_counter() - start)
            before, start = _spent(server), time.perf_counter()
            server.run("one_task_a_unit", {})
            wall = time.perf_counter() - start
            spent = _spent(server) - before - idle * wall
            megabytes = sum(_resident(process) for process in server.processes())
    return _Cost(wall / MAPPED, spent / MAPPED, 60 * idle, megabytes)


def _spent(server: AirflowServer) -> float:
    """Seconds of the processor of all its processes, and of their children that have ended."""
    total = 0.0
    for process in server.processes():
        try:
            used = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += used.user + used.system + used.children_user + used.children_system
    return total


def _resident(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    for figure in measure():
        print(figure)
