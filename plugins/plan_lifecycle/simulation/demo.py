"""``make demo``: a case through a real Airflow, while you watch its UI; without a name the year 2023 of Bình Thuận.

A local mail server keeps every letter as Maildir, a local endpoint plays the document system, a local Airflow runs the
DAGs, and the units' portal opens under the links in the letters; the year is played by triggering real runs with a
moving ``as_of``. All listen on 127.0.0.1; passwords are made at each start and shown. What a visitor hands in at
the portal counts like everything else. All of it lies under ``.demo`` and ends with Ctrl-C. With ``--once`` it ends by
itself, exit code 0 only if every figure agrees.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.airflow_server import port_is_free
from plan_lifecycle.simulation.airflow_year import airflow_year
from plan_lifecycle.simulation.case_file import read_case
from plan_lifecycle.simulation.findings import Outcome
from plan_lifecycle.simulation.kept_papers import keep_reports
from plan_lifecycle.simulation.run import prepare
from plan_lifecycle.simulation.show import Show

PROVINCE, YEAR = "Bình Thuận", 2023
PLAN = ROOT / "examples" / "bac-binh-2023" / "ke-hoach-tinh-36.docx"


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the demo; exit code 0 when every figure agrees, 1 when one does not, 2 when it cannot start."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end by itself after the year")
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo", help="where everything is kept")
    parser.add_argument("--port", type=int, default=8080, help="of the Airflow UI")
    parser.add_argument("--portal-port", type=int, default=8088, help="of the units' portal")
    parser.add_argument("--case", help="a folder of examples/, instead of the year of Bình Thuận")
    parser.add_argument("--units", type=int, help="at most so many units below the province")
    options = parser.parse_args(arguments)
    options.folder = options.folder.resolve()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        options.case = read_case(Settings(), options.case) if options.case else None
        _make_ready(options.folder, {"DEMO_PORT": options.port, "PORTAL_PORT": options.portal_port})
        return _play(options)
    except InputError as error:
        sys.stderr.write(f"make demo: {error}\n  ({error.for_user})\n")
        return 2
    except PlanLifecycleError as error:
        sys.stderr.write(f"make demo: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _play(options: argparse.Namespace) -> int:
    folder, port, portal_port, case = options.folder, options.port, options.portal_port, options.case
    with Show() as show:
        show.starting(port)
        stage = case.stage if case else prepare(Settings(), PROVINCE, YEAR, units=options.units, plan=PLAN.read_bytes())
        with airflow_year(folder, port, portal_port, stage, case) as year:
            show.ready(year.airflow.url, year.airflow.users, f"http://localhost:{portal_port}", folder)
            begun = time.monotonic()
            year.play(show.step_of(year.office))
            seconds = time.monotonic() - begun
            played = year.outcome()
            _write_results(folder, year.office, stage.tree, played)
            show.summary(played, seconds=seconds, task_instances=year.airflow.task_instances(), folder=folder)
            show.portal(year.portal.example())
            if not options.once:
                show.waiting(year.airflow.url, year.airflow.users)
                _until_interrupted()
    return 0 if played.holds else 1


def _make_ready(folder: Path, ports: Mapping[str, int]) -> None:
    """An empty folder of our own and free ports, each by the name that changes it. Raises InputError otherwise."""
    marker = folder / "pid"
    if marker.exists() and _alive(int(marker.read_text() or 0)):
        vi = f"Bản trình diễn đang chạy (tiến trình {marker.read_text()}); đề nghị dừng trước khi chạy lại."
        raise InputError("no other demo (end it with Ctrl-C first)", file=folder, found="a running demo", vi=vi)
    for name, port in ports.items():
        if not port_is_free(port):
            vi = (
                f"Cổng {port} đang được sử dụng; đề nghị dừng chương trình đó hoặc dùng cổng khác ({name}={port + 10})."
            )
            raise InputError(f"a free port (try `make demo {name}={port + 10}`)", field="port", found=port, vi=vi)
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


def _write_results(folder: Path, office: Office, tree: UnitTree, played: Outcome) -> None:
    """The summary as JSON, and every consolidated report under a name that people can read."""
    (folder / "summary.json").write_text(json.dumps(asdict(played), ensure_ascii=False, indent=2) + "\n")
    keep_reports(office, tree, folder / "reports")


def _until_interrupted() -> None:
    while True:
        time.sleep(3600)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
