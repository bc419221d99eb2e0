"""Uploads at the portal over the loopback: how many a second, how long one takes, and whether memory stays flat.

Communes open their links and upload their plans through a real server, to a store that waits for the disk.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from tests.factories import DISTRICT, ROOT, UNITS, day, fill, make_office, owe, plan_file, plan_row

from bench import Figure
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.links import Links, open_until, scope_of
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.web.portal import create_portal

UPLOADS = 400
AT_ONCE = 8
NOW = day("2023-02-20")
GOAL_P95 = 1.0
_TOKEN = re.compile(r'name="ma_bieu" value="([^"]+)"')
_TO = re.compile(r'url=([^"]+)"')


def measure() -> list[Figure]:
    """Uploads a second and the 95th percentile of one, with what memory grew by."""
    data = plan_file()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/store.db", Path(folder) / "blobs")
        links = Links("http://127.0.0.1", SecretStr("b" * 40))
        addresses = _world(store, links)
        office = replace(make_office(store), links=links)
        with _served(create_portal(office, ROOT / "templates/web", clock=lambda: NOW)) as port:
            before = psutil.Process(os.getpid()).memory_info().rss
            seconds, each, grown = asyncio.run(_upload_all(port, addresses, data, before))
        with store.read() as connection:
            from plan_lifecycle.store import arrivals

            filed = arrivals.states(connection).get("filed", 0)
        store.close()
    assert filed == UPLOADS, f"{filed} filed of {UPLOADS}"
    p50, p95 = statistics.median(each), statistics.quantiles(each, n=20)[-1]
    note = (
        f"uploads/s at {AT_ONCE} at once, client and server on one machine: page, form, kept, judged, filed, "
        f"receipted; one takes p50 {p50:.3f} s, p95 {p95:.3f} s; memory {grown:+.0f} MB over the second half"
    )
    return [
        Figure("portal uploads", UPLOADS / seconds, None, None, None, UPLOADS, note),
        Figure("portal upload p95 within 1 s", p95, GOAL_P95, GOAL_P95 / p95, 1.0, UPLOADS, "seconds"),
    ]


def _world(store: Store, links: Links) -> list[str]:
    communes = tuple(
        Unit(f"bb-{number}", f"xã Số {number}", UnitKind.COMMUNE, 3, DISTRICT.id) for number in range(UPLOADS)
    )
    fill(store, (*UNITS, *communes))
    plan_id = plan_row(store)
    owed = [owe(store, unit, plan_id=plan_id) for unit in communes]
    return [
        links.address(scope_of(each), (0, 0), open_until(each.due_on, NOW.date())).removeprefix(links.home)
        for each in owed
    ]


async def _upload_all(port: int, addresses: list[str], data: bytes, before: int) -> tuple[float, list[float], float]:
    places, times, sizes = asyncio.Semaphore(AT_ONCE), [], [before]
    process = psutil.Process(os.getpid())

    async def one(client: httpx.AsyncClient, address: str) -> None:
        async with places:
            here = _TO.search((await client.get(f"/{address}")).text)
            assert here
            token = _TOKEN.search((await client.get(here[1])).text)
            assert token
            fields = {"ma_bieu": token[1], "ho_ten": "Nguyễn Văn An", "chuc_vu": "Văn phòng"}
            content = data + address.encode()
            start = time.perf_counter()
            answer = await client.post(f"{here[1]}gui", data=fields, files={"tep": ("ke-hoach.docx", content)})
            times.append(time.perf_counter() - start)
            assert answer.status_code == 303, answer.text
            sizes.append(process.memory_info().rss)

    start = time.perf_counter()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        await asyncio.gather(*(one(client, each) for each in addresses))
    seconds = time.perf_counter() - start
    return seconds, times, (max(sizes) - sizes[len(sizes) // 2]) / 1e6


@contextmanager
def _served(app: FastAPI) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield port
    server.should_exit = True
    thread.join(timeout=20)
