"""The board for tests: an office's, before a test client or a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, HTTPException
from httpx import Response
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
    ROOT,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
)
from tests.fakes import FakeChannel, FakeClock, FakeMailer
from tests.patience import PATIENCE

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.web.board._app import create_board
from plan_lifecycle.web.board._frame import Guards, Person

HOME = "https://airflow.binhthuan.example.vn"
NAME = "Trần Thị Hoa"
NOW = day("2023-02-21")
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Desk:
    """A board, the office behind it, and a browser before it."""

    office: Office
    client: TestClient

    def page(self, path: str = "/viec/") -> str:
        """What the page says."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def act(
        self, act: str, fields: dict[str, str | list[str]], site: str = "same-origin", page: str = "/viec/"
    ) -> Response:
        """Send a form of a page and follow where it leads."""
        headers = {"Sec-Fetch-Site": site, "Content-Type": "application/x-www-form-urlencoded"}
        return self.client.post(f"{page}{act}", content=urlencode(fields, doseq=True), headers=headers)

    def trail(self) -> list[tuple[str, str, str | None]]:
        """Who did what and why, the newest first."""
        with self.office.store.read() as connection:
            return [(each.by, each.act, each.reason) for each in audit.newest(connection, 50)]

    def state(self, unit: Unit) -> ObligationState:
        """How the unit's plan stands."""
        return obligation_of(self.office.store, unit).state


@contextmanager
def served(office: Office, now: datetime = NOW, clock: Callable[[], datetime] | None = None) -> Iterator[str]:
    """The board on a port of the loopback, below a path as Airflow has it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = FastAPI()
    app.mount("/plan-lifecycle", board_of(office, now, clock=clock))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/plan-lifecycle/"
    server.should_exit = True
    thread.join(timeout=PATIENCE)


def board_of(  # type: ignore[no-untyped-def]
    office: Office,
    now: datetime = NOW,
    *,
    look: bool = True,
    decide: bool = True,
    refused: int = 403,
    clock: Callable[[], datetime] | None = None,
    sources: Path | None = None,
):
    """The board; whoever comes may ``look`` and ``decide``, else is ``refused`` with that status."""

    def guard(allowed: bool):  # type: ignore[no-untyped-def]
        def named() -> Person:
            if not allowed or refused == 401:
                raise HTTPException(refused)
            return Person(NAME, decide)

        return named

    return create_board(
        office,
        ROOT / "templates",
        ROOT / "config",
        guards=Guards(guard(look), guard(decide)),
        clock=clock or (lambda: now),
        sources=sources,
    )


MORNING = day("2023-03-07")


def a_morning(folder: Path) -> Iterator[Desk]:
    """Three communes owed a plan by 28/02: one has sent it, two are late and were reminded; a report falls due soon."""
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, plan_id=plan_id)
    owe(store, CHO_LAU, Item.REPORT, "2023-Q1", "2023-03-14", plan_id=plan_id)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    collect(office, [FakeChannel([arrival(plan_file(), BINH_AN, key="1")])], NOW)
    then = day("2023-03-02")
    remind(office, then)
    send_outbox(office, FakeMailer().connect, now=then, wall=then, worker="a", clock=FakeClock())
    yield Desk(office, TestClient(board_of(office, MORNING), base_url=HOME))
    store.close()
