"""``make demo``: a case through a real Airflow, while you watch its UI; without a name the year 2023 of Bình Thuận.

A local mail server keeps every letter as Maildir, a local endpoint plays the document system, a local Airflow runs the
DAGs, and the units' portal opens under the links in the letters; the year is played by triggering real runs with a
moving ``as_of``. All listen on 127.0.0.1; passwords are made at each start and shown. It ends on a morning of which
nobody has decided anything yet (``simulation.scene``), on the year's last working day or ``--at`` an earlier one; what
a visitor does is theirs and no failure. All of it lies under ``.demo`` and ends with Ctrl-C. With ``--once`` it ends by
itself, exit code 0 only if every figure agrees.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.errors import InputError, PlanLifecycleError, unwritable
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.writing import count_text, short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import WaitingKind, waiting
from plan_lifecycle.lifecycle.situation import today
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.airflow_server import port_is_free
from plan_lifecycle.simulation.airflow_year import airflow_year
from plan_lifecycle.simulation.case import Stage
from plan_lifecycle.simulation.case_file import read_case
from plan_lifecycle.simulation.findings import Outcome
from plan_lifecycle.simulation.kept_papers import keep_reports
from plan_lifecycle.simulation.run import prepare
from plan_lifecycle.simulation.sessions import is_the_one, this_one
from plan_lifecycle.simulation.show import Show

PROVINCE, YEAR = "Bình Thuận", 2023
BOARD = "/plan-lifecycle/"
PLAN = ROOT / "examples" / "bac-binh-2023" / "ke-hoach-tinh-36.docx"


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the demo; exit code 0 when every figure agrees, 1 when one does not, 2 when it cannot start."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end by itself after the year")
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo", help="where everything is kept")
    parser.add_argument("--port", type=int, default=8080, help="of the Airflow UI")
    parser.add_argument("--portal-port", type=int, default=8088, help="of the units' portal")
    parser.add_argument("--case", help="a folder of examples/, instead of the year of Bình Thuận")
    parser.add_argument("--at", help="a day YYYY-MM-DD of the year to stop at, instead of its last working day")
    parser.add_argument("--units", type=int, help="at most so many units below the province")
    options = parser.parse_args(arguments)
    options.folder = options.folder.resolve()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _interrupt)
    try:
        options.case = read_case(Settings(), options.case) if options.case else None
        options.stage = _stage(options)
        options.at = _day_of(options.stage, options.at) if options.at else None
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
    folder, port, portal_port, stage = options.folder, options.port, options.portal_port, options.stage
    with Show(stage.case.begins, options.at or stage.case.ends) as show:
        show.starting(port)
        with airflow_year(folder, port, portal_port, stage, options.case) as year:
            show.ready(year.airflow.url, year.airflow.users, f"http://localhost:{portal_port}", folder)
            begun, told = time.monotonic(), show.step_of(year.office)
            year.play(told, options.at)
            played = year.outcome(options.at)
            day = year.leave_a_scene(told, options.at)
            seconds = time.monotonic() - begun
            _write_results(folder, year.office, stage.tree, played)
            show.summary(played, seconds=seconds, task_instances=year.airflow.task_instances(), folder=folder)
            show.portal(year.portal.example())
            show.scene(day, f"{year.airflow.url}{BOARD}", year.airflow.users, what_waits(year.office, day))
            if not options.once:
                show.waiting()
                with suppress(KeyboardInterrupt):  # the visitor has seen it
                    _until_interrupted()
    return 1 if played.fails else 0


def what_waits(office: Office, day: date) -> list[str]:
    """What a visitor finds on *Tình hình*, in words; nothing of which there is none."""
    now = opening_of(day)
    kinds = Counter(one.kind for one in waiting(office, now))
    found = {
        "văn bản chờ xem xét": kinds[WaitingKind.SUBMISSION],
        "nội dung quá hạn": len(today(office, now).overdue),
        "tài liệu chưa rõ của ai": kinds[WaitingKind.ARRIVAL],
    }
    return [f"{count_text(number)} {what}" for what, number in found.items() if number]


def _stage(options: argparse.Namespace) -> Stage:
    if options.case:
        stage: Stage = options.case.stage
        return stage
    return prepare(Settings(), PROVINCE, YEAR, units=options.units, plan=PLAN.read_bytes())


def _day_of(stage: Stage, text: str) -> date:
    """The day to stop at. Raises InputError where it is none of the year's."""
    begins, ends = stage.case.begins, stage.case.ends
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not begins <= day <= ends:
        days = f"từ {short_date(begins)} đến {short_date(ends)}"
        vi = f"Ngày “{text}” không thuộc năm được diễn; đề nghị ghi một ngày {days}, ví dụ {begins}."
        raise InputError(f"a day from {begins} to {ends}", field="--at", found=text, vi=vi)
    return day


def _make_ready(folder: Path, ports: Mapping[str, int]) -> None:
    """An empty folder of our own and free ports, each by the name that changes it. Raises InputError otherwise."""
    marker = folder / "pid"
    if marker.exists() and is_the_one(written := marker.read_text()):
        vi = f"Bản trình diễn đang chạy (tiến trình {written.split()[0]}); đề nghị dừng trước khi chạy lại."
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
        marker.write_text(this_one())
    except OSError as error:
        raise unwritable(folder, error, folder=True) from error


def _write_results(folder: Path, office: Office, tree: UnitTree, played: Outcome) -> None:
    """The summary as JSON, and every consolidated report under a name that people can read."""
    (folder / "summary.json").write_text(json.dumps(asdict(played), ensure_ascii=False, indent=2) + "\n")
    keep_reports(office, tree, folder / "reports")


def _until_interrupted() -> None:
    while True:
        time.sleep(3600)


def _interrupt(*_: object) -> None:
    sys.stderr.write("\nĐang dừng Airflow, cổng của đơn vị và máy chủ thư; đề nghị chờ ít giây.\n")
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
