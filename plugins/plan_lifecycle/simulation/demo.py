"""``make demo``: the year 2023 of Bình Thuận through a real Airflow, while you watch its UI.

A local mail server keeps every letter as Maildir, a local endpoint plays the document system, ``airflow standalone``
runs the four DAGs; the year is played by triggering real runs with a moving ``as_of``. Everything lies under
``.demo`` and ends with Ctrl-C. With ``--once`` it ends by itself, exit code 0 only if every figure agrees.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from pathlib import Path

from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.airflow_server import USERS, AirflowServer, Layout, port_is_free
from plan_lifecycle.simulation.behaviour import read_behaviour
from plan_lifecycle.simulation.case import Case
from plan_lifecycle.simulation.endpoint import Endpoint
from plan_lifecycle.simulation.expected import expect
from plan_lifecycle.simulation.findings import Outcome, outcome
from plan_lifecycle.simulation.mail_server import LocalMailServer
from plan_lifecycle.simulation.run import fill_store, prepare
from plan_lifecycle.simulation.show import Show
from plan_lifecycle.simulation.world import World
from plan_lifecycle.simulation.year import Year
from plan_lifecycle.store import reports

PROVINCE, YEAR = "Bình Thuận", 2023
PLAN = ROOT / "examples" / "bac-binh-2023" / "ke-hoach-tinh-36.docx"
DAGS = ("cascade_plan", "remind_deadlines", "collect_submissions", "compile_reports")
POOLS = ROOT / "config" / "pools.json"


class DagDriver:
    """Sets real DAG runs off and waits for each; new letters are those that reached the mail server."""

    def __init__(self, airflow: AirflowServer, maildir: Path, case: Case, plan: Path) -> None:
        self._airflow, self._arrived, self._case, self._plan = airflow, maildir / "new", case, plan
        self._read: set[str] = set()

    def cascade(self, day: date, plan: bytes | None) -> None:
        """Register ``plan`` (or what was accepted) and cascade."""
        given = {"plan": str(self._plan), "province": self._case.province.name, "year": self._case.year}
        self._airflow.run("cascade_plan", {"as_of": day.isoformat(), **(given if plan else {})})

    def remind(self, day: date) -> None:
        """Remind and send."""
        self._airflow.run("remind_deadlines", {"as_of": day.isoformat()})

    def collect(self, day: date) -> None:
        """Take in, file, review, answer."""
        self._airflow.run("collect_submissions", {"as_of": day.isoformat()})

    def compile(self, day: date) -> None:
        """Compile what is due and send it."""
        self._airflow.run("compile_reports", {"as_of": day.isoformat()})

    def new_mail(self) -> Iterator[bytes]:
        """The letters since the last call."""
        for letter in sorted(self._arrived.iterdir()):
            if letter.name not in self._read:
                self._read.add(letter.name)
                yield letter.read_bytes()


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the demo; exit code 0 when every figure agrees, 1 when one does not, 2 when it cannot start."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end by itself after the year")
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo", help="where everything is kept")
    parser.add_argument("--port", type=int, default=8080, help="of the Airflow UI")
    parser.add_argument("--units", type=int, help="at most so many units below the province")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _make_ready(options.folder, options.port)
        return _play(options.folder, options.port, options.units, once=options.once)
    except InputError as error:
        sys.stderr.write(f"make demo: {error}\n  ({error.for_user})\n")
        return 2
    except PlanLifecycleError as error:
        sys.stderr.write(f"make demo: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _play(folder: Path, port: int, units: int | None, *, once: bool) -> int:
    with ExitStack() as stack:
        mail = stack.enter_context(LocalMailServer(folder / "mail"))
        endpoint = stack.enter_context(Endpoint())
        settings = _settings(folder, endpoint)
        show = stack.enter_context(Show())
        stage = prepare(settings, PROVINCE, YEAR, units=units, plan=PLAN.read_bytes())
        office = stack.enter_context(open_office(settings))
        fill_store(office, stage)
        layout = Layout(folder / "airflow", ROOT / "dags", ROOT / "plugins", port)
        show.starting(layout)
        airflow = stack.enter_context(AirflowServer(layout, _environment(settings, mail.port)))
        airflow.wait_until_ready(len(DAGS))
        airflow.create_pools(read_pools(POOLS))
        behaviour = read_behaviour(settings.path(settings.config) / "simulation.yaml")
        players = list(stage.case.players(stage.tree))
        world = World(stage.case, players, behaviour, office.rules)
        driver = DagDriver(airflow, folder / "mail", stage.case, PLAN)
        show.ready(airflow.url, USERS, folder)
        begun = time.monotonic()
        year = Year(
            stage.case, world, office, driver, inbox=settings.inbox, endpoint=endpoint, told=show.step_of(office)
        )
        year.play()
        played = outcome(office, expect(stage.case, players, behaviour, office.rules), [])
        show.summary(played, seconds=time.monotonic() - begun, task_instances=airflow.task_instances(), folder=folder)
        _write_results(folder, office, played)
        if not once:
            show.waiting(airflow.url, USERS)
            _until_interrupted()
        return 0 if played.holds else 1


def read_pools(path: Path) -> dict[str, tuple[int, str]]:
    """The pools of ``config/pools.json``, in the form that ``airflow pools import`` reads."""
    pools = json.loads(path.read_text(encoding="utf-8"))
    return {name: (pool["slots"], pool["description"]) for name, pool in pools.items()}


def _settings(folder: Path, endpoint: Endpoint) -> Settings:
    return Settings().model_copy(
        update={
            "var": folder / "var",
            "inbox": folder / "inbox",
            "store_url": "",
            "source_url": endpoint.url,
            "mail_from": "cchc@binh-thuan.example",
            "schedules": False,
        }
    )


def _environment(settings: Settings, smtp_port: int) -> dict[str, str]:
    """What the tasks of the demo's Airflow need to find the same office."""
    connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": smtp_port, "extra": {"security": "none"}}
    return {
        "PLAN_LIFECYCLE_VAR": str(settings.var),
        "PLAN_LIFECYCLE_INBOX": str(settings.inbox),
        "PLAN_LIFECYCLE_STORE_URL": "",
        "PLAN_LIFECYCLE_SOURCE_URL": settings.source_url or "",
        "PLAN_LIFECYCLE_MAIL_FROM": settings.mail_from,
        "PLAN_LIFECYCLE_SCHEDULES": "false",
        "AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP": json.dumps(connection),
    }


def _make_ready(folder: Path, port: int) -> None:
    """An empty folder of our own and a free port. Raises InputError that says what to do otherwise."""
    marker = folder / "pid"
    if marker.exists() and _alive(int(marker.read_text() or 0)):
        vi = f"Bản trình diễn đang chạy (tiến trình {marker.read_text()}); đề nghị dừng trước khi chạy lại."
        raise InputError("no other demo (end it with Ctrl-C first)", file=folder, found="a running demo", vi=vi)
    if not port_is_free(port):
        vi = f"Cổng {port} đang được sử dụng; đề nghị dừng chương trình đó hoặc dùng cổng khác (DEMO_PORT=8090)."
        raise InputError("a free port (try `make demo DEMO_PORT=8090`)", field="port", found=port, vi=vi)
    try:
        if folder.exists() and not marker.exists() and any(folder.iterdir()):
            raise InputError("an empty folder, or one of an earlier demo", file=folder, found="other files")
        shutil.rmtree(folder, ignore_errors=False) if folder.exists() else None
        (folder / "mail").mkdir(parents=True)
        marker.write_text(str(os.getpid()))
    except OSError as error:
        raise InputError("a folder that can be written", file=folder, found=error.strerror) from error


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return pid > 0


def _write_results(folder: Path, office: Office, played: Outcome) -> None:
    """The summary as JSON, and every consolidated report under a name that people can read."""
    (folder / "summary.json").write_text(json.dumps(asdict(played), ensure_ascii=False, indent=2) + "\n")
    (folder / "reports").mkdir()
    with office.store.read() as connection:
        for report in reports.every(connection):
            name = f"{report.period} {report.unit_id} v{report.version}"
            for blob, ending in ((report.word_blob, "docx"), (report.excel_blob, "xlsx")):
                (folder / "reports" / f"{name}.{ending}").write_bytes(office.store.blobs.get(blob))


def _until_interrupted() -> None:
    while True:
        time.sleep(3600)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
