"""Take docs/pictures/portal-*.png: xã Bình An's pages on a phone and on a desk: python scripts/take_portal_pictures.py.

Needs Debian's chromium. Plays on a throw-away store; the day stands, so that the same pages give the same pictures.
"""

from __future__ import annotations

import re
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, sync_playwright
from pydantic import SecretStr

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from tests.factories import arrival, day, fill, make_office, owe, plan_file, plan_row  # noqa: E402

from plan_lifecycle.domain.figure import Figure  # noqa: E402
from plan_lifecycle.domain.obligation import Item, Obligation  # noqa: E402
from plan_lifecycle.domain.submission import Submission, SubmissionState  # noqa: E402
from plan_lifecycle.lifecycle.office import Links, open_until, scope_of  # noqa: E402
from plan_lifecycle.store import arrivals as arrival_rows  # noqa: E402
from plan_lifecycle.store import submissions as submission_rows  # noqa: E402
from plan_lifecycle.store.engine import Store, open_store  # noqa: E402
from plan_lifecycle.web.portal import create_portal  # noqa: E402

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=vi",
]
WIDTHS = {"phone": (390, 844), "desk": (1280, 800)}
TODAY = day("2023-02-20")


def main(pictures: Path) -> None:
    """Serve a small world for each width and photograph it."""
    pictures.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, (width, height) in WIDTHS.items():
            with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (links, owed):
                paper = Path(folder) / "Kế hoạch số 07 của xã Bình An.docx"
                paper.write_bytes(plan_file(parent=None))
                _walk(browser, links, owed, paper, name, {"width": width, "height": height}, pictures)
        browser.close()


@contextmanager
def _served(folder: Path) -> Iterator[tuple[Links, tuple[Obligation, Obligation]]]:
    """The portal of a new store, in which xã Bình An owes a plan and a report and has reported a year ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    links = Links(f"http://127.0.0.1:{port}", SecretStr("p" * 40))
    store = open_store(f"sqlite:///{folder}/store.db", folder / "blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    plan = owe(store, plan_id=plan_id)
    report = owe(
        store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id, phrase="trước ngày 17/6/2023"
    )
    _report_earlier(store, plan_id)
    app = create_portal(replace(make_office(store), links=links), ROOT / "templates/web", clock=lambda: TODAY)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield links, (plan, report)
    server.should_exit = True
    thread.join(timeout=10)
    store.close()


def _report_earlier(store: Store, plan_id: int) -> None:
    """Figures of the same half-year before, accepted."""
    known = {"plan_issued": True, "tasks_planned": 12, "tasks_done": 6, "news_items": 31, "dialogues": 2}
    owed = owe(store, item=Item.REPORT, period="2022-H1", due="2022-06-16", plan_id=plan_id)
    with store.write() as connection:
        arrival_rows.record(connection, arrival(b"x", item="report", period="2022-H1"), "0" * 64)
        sent = Submission(owed.id, 1, 1, day("2022-06-10"), "0" * 64, 0, state=SubmissionState.ACCEPTED)
        submission_rows.add(connection, sent, [Figure(code, value) for code, value in known.items()])


def _walk(
    browser: Browser,
    links: Links,
    owed: tuple[Obligation, Obligation],
    paper: Path,
    name: str,
    size: Any,
    pictures: Path,
) -> None:
    page = browser.new_context(viewport=size, locale="vi-VN").new_page()
    plan, report = (links.address(scope_of(each), (0, 0), open_until(each.due_on, TODAY.date())) for each in owed)
    page.goto(links.home)
    page.screenshot(path=pictures / f"portal-code-{name}.png")
    page.goto(plan)
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    page.screenshot(path=pictures / f"portal-owed-{name}.png", full_page=True)
    page.get_by_label("Họ và tên người gửi").fill("Nguyễn Văn An")
    page.get_by_label("Chức vụ, chức danh").fill("Công chức Văn phòng - Thống kê")
    page.get_by_label("Tệp cần gửi").set_input_files(paper)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url(re.compile(r"lan="))
    page.screenshot(path=pictures / f"portal-result-{name}.png", full_page=True)
    page.get_by_role("link", name="Liên hệ của đơn vị").click()
    page.screenshot(path=pictures / f"portal-contacts-{name}.png", full_page=True)
    page.goto(report)
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    page.get_by_role("link", name="Biểu báo cáo", exact=True).click()
    page.locator("#v_plan_issued").select_option("Có")
    page.locator("#v_tasks_planned").fill("14")
    page.locator("#v_tasks_done").fill("7")
    page.locator("#v_news_items").fill("chừng 30")
    page.get_by_role("button", name="Lưu và tải báo cáo Word").click()
    page.get_by_role("alert").wait_for()
    part = {"x": 0, "y": 0, "width": size["width"], "height": 1900}
    page.screenshot(path=pictures / f"portal-form-{name}.png", full_page=True, clip=part)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
