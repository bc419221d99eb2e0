"""Take docs/pictures/board.png, what waits in huyện Bắc Bình, in a real Airflow: python scripts/take_board_picture.py.

Needs Debian's chromium. Plays on a throw-away store; with a folder as argument the picture goes there.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Frame, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, arrival, day, fill, owe, plan_file, plan_row  # noqa: E402
from tests.fakes import FakeChannel  # noqa: E402

from plan_lifecycle.domain.obligation import Item  # noqa: E402
from plan_lifecycle.lifecycle.collect import collect  # noqa: E402
from plan_lifecycle.office_wiring import open_office  # noqa: E402
from plan_lifecycle.settings import Settings  # noqa: E402
from plan_lifecycle.simulation.airflow_server import AirflowServer, Layout  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main(pictures: Path) -> None:
    """Fill a store, start Airflow on it, log in, open the page, accept one plan, take the picture."""
    with tempfile.TemporaryDirectory(prefix="plan-lifecycle-board-") as folder, sync_playwright() as playwright:
        os.environ |= {"PLAN_LIFECYCLE_VAR": f"{folder}/var", "PLAN_LIFECYCLE_SCHEDULES": "false"}
        _fill()
        with AirflowServer(Layout(Path(folder) / "airflow", ROOT, _free_port()), {}) as airflow:
            airflow.wait_until_ready(4)
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            page = browser.new_page(viewport={"width": 1360, "height": 1500})
            board = _open(page, airflow)
            board.check('input[value="S1"]')
            board.click("text=Tiếp nhận văn bản đã chọn")
            board.get_by_text("Đã ghi: Tiếp nhận").wait_for(timeout=20_000)
            page.screenshot(path=pictures / "board.png")
            browser.close()


def _fill() -> None:
    """Two plans that wait, one of them with findings; one whose sender nobody knows; a report without a day."""
    with open_office(Settings()) as shipped:
        office = replace(shipped, rules=replace(shipped.rules, accept_clean=False, return_with_findings=False))
        fill(office.store)
        plan_id = plan_row(office.store)
        for unit in (BINH_AN, HOA_THANG, CHO_LAU):
            owe(office.store, unit, plan_id=plan_id)
        owe(office.store, CHO_LAU, Item.REPORT, "2023-H1", None, plan_id=plan_id, phrase="theo quy định")
        came = [
            arrival(plan_file(), BINH_AN, key="1", file_name="kế hoạch.docx"),
            arrival(plan_file(HOA_THANG, number=None, issued=None), HOA_THANG, key="2", file_name="KH 2023.docx"),
            arrival(plan_file(CHO_LAU), "bb-khac", "", "", key="3", file_name="KH thi tran Cho Lau.docx"),
        ]
        collect(office, [FakeChannel(list(came))], day("2023-02-21"))


def _open(page: Page, airflow: AirflowServer) -> Frame:
    page.goto(airflow.url)
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill(airflow.users["admin"])
    page.keyboard.press("Enter")
    page.get_by_text("Active Dags").wait_for(timeout=60_000)
    page.goto(f"{airflow.url}/plugin/dieu-hanh")
    page.frame_locator("iframe").get_by_role("link", name="Việc chờ xử lý").click()
    page.frame_locator("iframe").get_by_text("Văn bản chờ xem xét").first.wait_for(timeout=60_000)
    return page.frames[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
