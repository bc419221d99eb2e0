"""Take the README's picture of Airflow's UI while `make demo` runs: python scripts/take_pictures.py [URL].

Needs Debian's chromium. Run it when the year is well under way, so that the grid has something to show.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main(url: str) -> None:
    """Log in as the demo's admin and take the list of DAGs."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1360, "height": 800})
        _log_in(page, url)
        page.goto(f"{url}/dags")
        page.get_by_text("Tổng hợp báo cáo").first.wait_for(timeout=30_000)
        page.wait_for_timeout(2_000)
        page.screenshot(path=PICTURES / "demo.png")
        browser.close()


def _log_in(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill("admin")
    page.keyboard.press("Enter")
    page.get_by_text("Active Dags").wait_for(timeout=60_000)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080")
