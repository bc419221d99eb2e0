"""The first paint of a board's page in Airflow's own frame: the tab of a run, as whoever looks at the run opens it.

A real Airflow, one run, Chromium: from the address of the tab, or from a reload of it, to the first words of our page
within the frame. What comes before them is Airflow's own script, seven megabytes of it. What counts is the limit.
"""

from __future__ import annotations

import socket
import statistics
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench import Figure
from bench.board_bench import CHROMIUM, PAINTED
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation.airflow_server import AirflowServer
from plan_lifecycle.simulation.airflow_year import airflow_year
from plan_lifecycle.simulation.case import Stage, case_of_a_province

LIMIT, ROUNDS = 2.0, 5
DAG, DAY = "remind_deadlines", date(2023, 1, 5)
PLAN = ROOT / "examples" / "bac-binh-2023" / "ke-hoach-tinh-36.docx"
TAB = "tien-do"
BEGAN = "() => performance.timeOrigin"


def measure() -> list[Figure]:
    """With an empty cache and by a reload; none without Chromium."""
    if not CHROMIUM.exists():
        return []
    province = Unit("tinh", "tỉnh Bình Thuận", UnitKind.PROVINCE, 1)
    stage = Stage(case_of_a_province(province, DAY.year, PLAN.read_bytes()), UnitTree.on(DAY, [province]))
    with (
        tempfile.TemporaryDirectory() as folder,
        airflow_year(Path(folder), _free_port(), _free_port(), stage) as year,
    ):
        run = year.airflow.run(DAG, {"as_of": DAY.isoformat()})
        return list(_figures(year.airflow, run))


def _figures(airflow: AirflowServer, run: str) -> Iterator[Figure]:
    from playwright.sync_api import sync_playwright

    address, first, again = f"{airflow.url}/dags/{DAG}/runs/{run}/plugin/{TAB}", [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for _ in range(ROUNDS):
            page = browser.new_context(locale="vi-VN").new_page()
            page.set_default_timeout(120_000)
            page.goto(f"{airflow.url}/plan-lifecycle/")
            page.locator("input[name=username]").fill("admin")
            page.locator("input[name=password]").fill(airflow.users["admin"])
            page.keyboard.press("Enter")
            page.get_by_role("heading", name="Tình hình").wait_for()
            page.goto(address)
            first.append(_painted(page))
            page.reload()
            again.append(_painted(page))
            page.context.close()
        browser.close()
    for name, taken, how in (("first_paint", first, "empty cache"), ("reload", again, "reloaded")):
        paint = statistics.median(taken)
        note = f"s to the first words of our page in Airflow's frame, {how}, Chromium; against the limit"
        yield Figure(f"framed.{name}", paint, LIMIT, LIMIT / paint, 1.0, ROUNDS, note)


def _painted(page: Any) -> float:
    """Seconds from when the outer page was asked for to the first contentful paint of the inner one."""
    page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
    (inner,) = [frame for frame in page.frames if "/plan-lifecycle/" in frame.url]
    began = float(page.evaluate(BEGAN))
    return (float(inner.evaluate(BEGAN)) + float(inner.evaluate(PAINTED)) - began) / 1000


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    for figure in measure():
        print(figure)
