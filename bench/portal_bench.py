"""Everybody uploads at once: 3,321 communes hand in their plan and their report at the portal, over the loopback.

Each opens its link, looks at what is owed, uploads, and reads what became of it: kept, judged, checked against the
superior plan and a hundred neighbours', filed, receipted. Papers are read in processes beside it, as every portal has
them. The peer, beside it in the same run, is a page that passes the same files through the same gate and only stores
them. Servers are processes of their own and wait for the disk. By default the communes of the first provinces;
``FULL=1`` has all of them.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import psutil

from bench import Figure
from bench.country import COMMUNES, HOME, NOW, Country, country, provinces_for
from bench.papers import Paper
from plan_lifecycle.lifecycle.office import open_until, scope_of

ROOT = Path(__file__).resolve().parents[1]
PAPERS = 2 * COMMUNES if os.environ.get("FULL") else 240
AT_ONCE = 8
ROUNDS = 6
GOAL_P95 = 1.0
GOAL_RATE = 20.0
_TOKEN = re.compile(r'name="ma_bieu" value="([^"]+)"')
_TO = re.compile(r'url=([^"]+)"')
Upload = Callable[[httpx.AsyncClient, Paper], Awaitable[float]]


@dataclass
class Side:
    """What was seen of one server: seconds of each upload, seconds in all, and its memory after each upload (MB)."""

    port: int
    process: psutil.Process
    each: list[float] = field(default_factory=list)
    seconds: float = 0.0
    memory: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Uploads a second."""
        return len(self.each) / self.seconds

    def quantile(self, percent: int) -> float:
        """Seconds within which so many of a hundred uploads were done."""
        return statistics.quantiles(self.each, n=100)[percent - 1]

    def run(self, papers: Sequence[Paper], upload: Upload) -> None:
        """Hand in some papers, so many at once."""
        start = time.perf_counter()
        asyncio.run(self._run(papers, upload))
        self.seconds += time.perf_counter() - start

    async def _run(self, papers: Sequence[Paper], upload: Upload) -> None:
        places = asyncio.Semaphore(AT_ONCE)

        async def one(client: httpx.AsyncClient, paper: Paper) -> None:
            async with places:
                self.each.append(await upload(client, paper))
                self.memory.append(self.process.memory_info().rss / 1e6)

        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=120) as client:
            await asyncio.gather(*(one(client, each) for each in papers))


def measure() -> list[Figure]:
    """Both sides in turn, a part of the papers each time."""
    with tempfile.TemporaryDirectory() as name, country(Path(name), provinces=provinces_for(PAPERS)) as land:
        papers = land.papers(PAPERS)
        with _served(Path(name), "ours") as ours, _served(Path(name), "bare") as bare:
            size = -(-len(papers) // ROUNDS)
            for start in range(0, len(papers), size):
                some = papers[start : start + size]
                ours.run(some, _visit(land))
                bare.run(some, _throw_in)
        land.assert_filed(len(papers))
    return _figures(ours, bare)


def _figures(ours: Side, bare: Side) -> list[Figure]:
    n, third = len(ours.each), len(ours.each) // 3
    early, late = max(ours.memory[:third]), max(ours.memory[-third:])
    whole = "all 3,321 communes × 2" if n == 2 * COMMUNES else f"{n} of the country's {2 * COMMUNES:,} papers"
    peer = "peer: gate and store alone"
    rows: list[tuple[str, float, float, float, float | None, str]]
    rows = [("portal.uploads", ours.rate, bare.rate, ours.rate / bare.rate, None, f"a second; {whole}; {peer}")]
    rows.append(("portal.uploads_limit", ours.rate, GOAL_RATE, ours.rate / GOAL_RATE, 1.0, "a second, one process"))
    for percent in (50, 95):
        mine, theirs = ours.quantile(percent), bare.quantile(percent)
        rows.append((f"portal.upload_p{percent}", mine, theirs, theirs / mine, None, f"s at {AT_ONCE} at once; {peer}"))
    mine = ours.quantile(95)
    rows.append(("portal.upload_p95_limit", mine, GOAL_P95, GOAL_P95 / mine, 1.0, "s, against the limit"))
    rows.append(("portal.memory_flat", late, early, early / late, 0.9, "MB at most, last third; peer: first third"))
    return [Figure(name, mine, theirs, ratio, goal, n, note) for name, mine, theirs, ratio, goal, note in rows]


def _visit(land: Country) -> Upload:
    links, people = land.office.links, count(1)
    assert links is not None

    async def visit(client: httpx.AsyncClient, paper: Paper) -> float:
        """Open the link, look, hand in, read the result; the seconds of handing in."""
        link = links.address(scope_of(paper.owed), (0, 0), open_until(paper.owed.due_on, NOW.date()))
        opened = await client.get(link.removeprefix(HOME))
        here = _TO.search(opened.text)
        assert here, opened.text
        cookie = {"Cookie": f"phien={opened.cookies['phien']}"}
        client.cookies.clear()  # each is a browser of its own
        token = _TOKEN.search((await client.get(here[1], headers=cookie)).text)
        assert token
        fields = {"ma_bieu": token[1], "ho_ten": f"Nguyễn Văn An {next(people)}", "chuc_vu": "Văn phòng"}
        start = time.perf_counter()
        answer = await client.post(f"{here[1]}gui", data=fields, files=_parts(paper), headers=cookie)
        seconds = time.perf_counter() - start
        assert answer.status_code == 303, answer.text
        result = await client.get(answer.headers["location"], headers=cookie)
        assert "Kết quả tiếp nhận" in result.text
        client.cookies.clear()
        return seconds

    return visit


async def _throw_in(client: httpx.AsyncClient, paper: Paper) -> float:
    start = time.perf_counter()
    answer = await client.post("/", files=_parts(paper))
    assert answer.status_code == 303, answer.text
    return time.perf_counter() - start


def _parts(paper: Paper) -> dict[str, tuple[str, bytes]]:
    return {"tep": (paper.name, paper.data)}


@contextmanager
def _served(folder: Path, which: str) -> Iterator[Side]:
    command = [sys.executable, "-m", "bench.portal_server", str(folder), which]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield Side(int(process.stdout.readline()), psutil.Process(process.pid))
        finally:
            process.terminate()


if __name__ == "__main__":
    for figure in measure():
        print(figure)
