"""Take docs/pictures/demo.png and board*.png while `make demo` waits for its visitor: python scripts/take_pictures.py.

Needs Debian's chromium. The first argument is the demo's folder (.demo), the second where the pictures go; with a
third, ``all``, every page of the board is taken at both widths, to be looked at.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "plugins")]

from plan_lifecycle.web.board._frame import PAGES  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
URL = "http://localhost:8080"
BOARD = f"{URL}/plan-lifecycle/"
WIDTHS = {"desk": 1366, "phone": 390}
KEPT = {"": ("desk", "phone"), "viec/": ("desk",)}
"""The pages that the documents show, by their address."""
SHOWN = 1100
"""Pixels from the top: below it a list goes on and on."""


def main(demo: Path, pictures: Path, *, everything: bool) -> None:
    """Log in as the demo's administrator at each width, open the pages, take them."""
    pictures.mkdir(parents=True, exist_ok=True)
    password = json.loads((demo / "airflow" / "passwords.json").read_text())["admin"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, width in WIDTHS.items():
            page = _logged_in(browser, width, password)
            addresses = (
                [link.address for link in PAGES] if everything else [at for at, to in KEPT.items() if name in to]
            )
            _take(page, addresses, name, pictures, whole=everything)
            if name == "desk":
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(f"{URL}/dags")
                page.get_by_text("Tổng hợp báo cáo").first.wait_for(timeout=60_000)
                page.wait_for_timeout(2_000)
                page.screenshot(path=pictures / "demo.png")
        browser.close()


def _logged_in(browser: Browser, width: int, password: str) -> Page:
    """A page of the board after the login that it leads to."""
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="vi-VN").new_page()
    page.goto(BOARD)
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tình hình").wait_for(timeout=60_000)
    return page


def _take(page: Page, addresses: Iterable[str], name: str, pictures: Path, *, whole: bool) -> None:
    for address in addresses:
        page.goto(f"{BOARD}{address}")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": min(height, SHOWN)})  # type: ignore[index]
        path = pictures / f"board-{address.strip('/') or 'tinh-hinh'}-{name}.png"
        page.screenshot(path=path, full_page=whole)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        Path(given[0]) if given else ROOT / ".demo",
        Path(given[1]) if len(given) > 1 else ROOT / "docs" / "pictures",
        everything="all" in given[2:],
    )
