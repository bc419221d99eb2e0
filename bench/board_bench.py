"""The board's pages for the largest province and for the whole country, fifty readers at once, and its first paint.

A page is asked for over the loopback, from a server that is a process of its own. In turn with it comes a page of as
many bytes that is only read from memory: what HTTP alone costs. What counts is the limit. Before each page something
is written, so that nothing is kept of the one before; while fifty read, somebody writes twice a second.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench import Figure, seconds
from bench.board_land import LARGEST_PROVINCE, land
from plan_lifecycle.web.board._frame import PAGES, Link

ROOT = Path(__file__).resolve().parents[1]
COUNTRY = 3321
LIMITS = {LARGEST_PROVINCE: 0.3, COUNTRY: 1.5}
"""Seconds for any page, by the number of units."""
BESIDES = (
    Link("so-van-ban/", "book"),
    Link("tin-bai/", "news"),
    Link("danh-sach/don-vi/dien-thoai", "numbers"),
    Link("bang-theo-doi/", "table"),
    Link("bang-theo-doi/tep", "file"),
)
"""What no link of the navigation leads to."""
READERS, LOOKS, READS_FOR, LIMIT_P95, WRITES_EVERY = 50, 4, 3.0, 1.0, 0.5
ROUNDS = 5
CHROMIUM = Path("/usr/bin/chromium")
PAINTED = """() => new Promise(done => new PerformanceObserver(
  list => list.getEntries().filter(one => one.name === "first-contentful-paint").forEach(one => done(one.startTime))
).observe({type: "paint", buffered: true}))"""


def measure() -> list[Figure]:
    """Every page of both sizes, then the readers and the browser on the province's."""
    found = []
    for units, limit in LIMITS.items():
        with tempfile.TemporaryDirectory() as name:
            land(Path(name), units)
            with _served(Path(name)) as home:
                found += [_page(home, page.address, units, limit) for page in (*PAGES, *BESIDES)]
                if units == LARGEST_PROVINCE:
                    found += [_readers(home), *_first_paint(home)]
    return found


def _page(home: str, address: str, units: int, limit: float) -> Figure:
    with httpx.Client(base_url=home, timeout=120) as client:
        answer = client.get(f"/bang/{address}")
        assert answer.status_code == 200, (address, answer.text)
        size = len(answer.content)
        taken, alone = [], []
        for _ in range(ROUNDS):
            client.get("/ghi")
            taken.append(seconds(lambda: client.get(f"/bang/{address}")))
            alone.append(seconds(lambda: client.get("/trang", params={"so": size})))
        ours, peer = statistics.median(taken), statistics.median(alone)
    note = f"s, against the limit; {size / 1000:,.0f} kB, of which HTTP alone {1000 * peer:.1f} ms"
    return Figure(f"board.{address.strip('/') or 'home'}_{units}", ours, limit, limit / ours, 1.0, ROUNDS, note)


def _readers(home: str) -> Figure:
    """All open the first page at one moment, read it, then the list of what waits, and so on."""
    each = asyncio.run(_all_read(home))
    p95 = statistics.quantiles(each, n=100)[94]
    note = f"s within which 95 of 100 pages came, {READERS} readers at once, against the limit"
    return Figure(f"board.readers_{READERS}_p95", p95, LIMIT_P95, LIMIT_P95 / p95, 1.0, len(each), note)


async def _all_read(home: str) -> list[float]:
    each: list[float] = []

    async def reader(client: httpx.AsyncClient) -> None:
        for address in ("", "viec/") * (LOOKS // 2):
            start = time.perf_counter()
            answer = await client.get(f"/bang/{address}")
            each.append(time.perf_counter() - start)
            assert answer.status_code == 200
            await asyncio.sleep(READS_FOR)

    async def writer(client: httpx.AsyncClient) -> None:
        while True:
            await client.get("/ghi")
            await asyncio.sleep(WRITES_EVERY)

    limits = httpx.Limits(max_connections=READERS + 1)
    async with httpx.AsyncClient(base_url=home, timeout=120, limits=limits) as client:
        writes = asyncio.create_task(writer(client))
        await asyncio.gather(*(reader(client) for _ in range(READERS)))
        writes.cancel()
    return each


def _first_paint(home: str) -> Iterator[Figure]:
    """Seconds from the address to the first words, in a browser that has nothing of ours; none without Chromium."""
    if not CHROMIUM.exists():
        return
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for _ in range(ROUNDS):
            page = browser.new_context().new_page()
            page.goto(f"{home}/bang/")
            taken.append(float(page.evaluate(PAINTED)))
            page.context.close()
        browser.close()
    paint = statistics.median(taken) / 1000
    note = "s to the first contentful paint of the first page, empty cache, Chromium; against the limit of a framed one"
    yield Figure("board.first_paint", paint, 2.0, 2.0 / paint, 1.0, ROUNDS, note)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "bench.board_server", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


if __name__ == "__main__":
    for figure in measure():
        print(figure)
