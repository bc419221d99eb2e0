"""The portal as xã Bình An's official meets it: a store with what is owed, a clock that stands, no scripts."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from httpx import Response
from pydantic import SecretStr
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import ROOT, day, fill, make_office, owe, plan_row
from tests.fakes import FakeClock
from tests.patience import PATIENCE

from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.lifecycle.office import Links, Office, open_until, scope_of
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.web.portal import create_portal
from plan_lifecycle.web.portal._limits import Limits

HOME = "https://nop.binhthuan.example.vn"
SECRET = "mot-khoa-bi-mat-chi-dung-de-kiem-thu-0123456789"
PERSON = {"ho_ten": "Nguyễn Văn An", "chuc_vu": "Công chức Văn phòng - Thống kê"}


@dataclass
class Moment:
    """A business clock that moves when told."""

    now: datetime

    def __call__(self) -> datetime:
        """The reading."""
        return self.now


@dataclass
class World:
    """A portal with two things that xã Bình An owes."""

    office: Office
    app: FastAPI
    clock: Moment
    seconds: FakeClock
    plan: Obligation
    report: Obligation
    links: Links = field(repr=False)

    @property
    def store(self) -> Store:
        """The store behind it."""
        return self.office.store

    def link(self, obligation: Obligation, generation: tuple[int, int] = (0, 0)) -> str:
        """The path of the link that a letter of today carries."""
        until = open_until(obligation.due_on, self.clock.now.date())
        return self.links.address(scope_of(obligation), generation, until).removeprefix(HOME)

    def visitor(self, address: str = "testclient") -> Visitor:
        """A browser of its own."""
        return Visitor(
            self, TestClient(self.app, base_url=HOME, client=(address, 50_000), raise_server_exceptions=False)
        )

    def at(self, obligation: Obligation) -> Visitor:
        """A browser that has opened the obligation's link."""
        visitor = self.visitor()
        visitor.open(obligation)
        return visitor


@dataclass
class Visitor:
    """Somebody before the pages; ``here`` is the path of the obligation that was opened last."""

    world: World
    client: TestClient
    here: str = ""

    def get(self, path: str) -> Response:
        """A page."""
        return self.client.get(path, follow_redirects=False)

    def open(self, obligation: Obligation) -> Response:
        """Open a link and go on as the page says."""
        answer = self.get(self.world.link(obligation))
        found = re.search(r'url=([^"]+)"', answer.text)
        assert found, answer.text
        self.here = unescape(found[1]).rstrip("/")
        return self.get(f"{self.here}/")

    def token(self) -> str:
        """What the forms of this session carry."""
        found = re.search(r'name="ma_bieu" value="([^"]+)"', self.get(f"{self.here}/").text)
        assert found
        return found[1]

    def post(self, path: str, fields: dict[str, str], **more: Any) -> Response:
        """Send a form of this session."""
        return self.client.post(f"{self.here}{path}", data={"ma_bieu": self.token()} | fields, **more)

    def hand_in(self, *files: tuple[str, bytes], **fields: str) -> Response:
        """Upload files and look at the page that follows."""
        parts = [("tep", (name, data, "application/octet-stream")) for name, data in files]
        return self.post("/gui", PERSON | fields, files=parts)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Xã Bình An owes its plan of 2023 by 28/02 and its report of the first half-year by 16/6; today is 20/02."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    yield world_of(store, store)
    store.close()


def world_of(store: Store, portals: Store, **how: Any) -> World:
    """The world of a migrated store; ``portals`` is the same one as the portal opens it."""
    fill(store)
    plan_id = plan_row(store)
    links = Links(HOME, SecretStr(SECRET))
    clock, seconds = Moment(day("2023-02-20")), FakeClock()
    own = replace(make_office(portals), links=links)
    app = create_portal(own, ROOT / "templates/web", clock=clock, limits=Limits(portals, seconds), **how)
    plan = owe(store, plan_id=plan_id)
    report = owe(
        store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id, phrase="trước ngày 17/6/2023"
    )
    return World(replace(make_office(store), links=links), app, clock, seconds, plan, report, links)


@pytest.fixture
def served(world: World) -> Iterator[str]:
    """The portal on a port of the loopback; its links are of that address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    world.links.home = f"http://127.0.0.1:{port}/"
    server = uvicorn.Server(
        uvicorn.Config(world.app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield world.links.home.rstrip("/")
    server.should_exit = True
    thread.join(timeout=PATIENCE)


def text_of(answer: Response) -> str:
    """What a page says, without its markup."""
    without = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.text, flags=re.S)
    return " ".join(unescape(without).split())
