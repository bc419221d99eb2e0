"""The portal beside the demo: its links open, its day moves with the year, what is handed in is answered by mail."""

from __future__ import annotations

import io
import re
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import requests
from pydantic import SecretStr
from rich.console import Console
from tests.databases import migrated_copy
from tests.factories import BINH_AN, address, fill, make_office, owe, plan_file, plan_row
from tests.mail.faulty_server import FaultyMailServer
from tests.patience import PATIENCE

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Links
from plan_lifecycle.mail.server import Address, MailServer, Security
from plan_lifecycle.simulation.demo import main
from plan_lifecycle.simulation.portal_server import PortalServer
from plan_lifecycle.simulation.show import Show
from plan_lifecycle.store.engine import open_store

pytestmark = pytest.mark.enable_socket


@dataclass
class Stage:
    """A portal that runs, and the mail server beside it."""

    portal: PortalServer
    days: list[date]
    mail: FaultyMailServer
    port: int

    def open(self, link: str) -> tuple[requests.Session, str, str]:
        """Follow a link: the browser, the address it ends at and the page."""
        browser = requests.Session()
        browser.trust_env = False
        found = re.search(r'url=([^"]+)"', browser.get(link, timeout=PATIENCE).text)
        assert found
        here = f"http://localhost:{self.port}{unescape(found[1])}"
        return browser, here, browser.get(here, timeout=PATIENCE).text


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Xã Bình An owes its plan and its report; it is the day after the plan was given."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    office = replace(make_office(store), links=Links(f"http://localhost:{port}", SecretStr("d" * 40)))
    with FaultyMailServer(tmp_path / "mail") as mail:
        server = MailServer("127.0.0.1", mail.port, Address("cchc@binh-thuan.example"), Security.NONE)
        days = [date(2023, 2, 11)]
        with PortalServer(office, port, server, lambda: opening_of(days[-1])) as portal:
            yield Stage(portal, days, mail, port)
    store.close()


def test_the_example_is_something_that_is_owed_and_opens_a_report_first(stage: Stage) -> None:
    stage.days.append(date(2023, 3, 10))
    plan = stage.portal.example()
    assert plan is not None
    assert "(đã quá 10 ngày)" in stage.open(plan.address)[2]
    stage.days.append(date(2023, 12, 31))
    report = stage.portal.example()
    assert report is not None
    assert (report.unit, report.what) == (
        "UBND xã Bình An",
        "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023",
    )
    assert "Biểu báo cáo" in stage.open(report.address)[2]
    code = requests.post(f"http://localhost:{stage.port}/ma", data={"ma": report.code}, timeout=PATIENCE)
    assert "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023" in code.text


def test_nobody_owes_anything_before_the_first_day(stage: Stage) -> None:
    assert stage.portal.example() is None


def test_what_a_visitor_hands_in_is_dated_by_the_played_day_and_answered(stage: Stage) -> None:
    stage.days.append(date(2023, 3, 2))
    example = stage.portal.example()
    assert example is not None
    browser, here, page = stage.open(example.address)
    token = re.search(r'name="ma_bieu" value="([^"]+)"', page)
    assert token
    person = {"ma_bieu": token[1], "ho_ten": "Nguyễn Văn An", "chuc_vu": "Văn phòng"}
    answer = browser.post(f"{here}gui", data=person, files={"tep": ("ke-hoach.docx", plan_file())}, timeout=PATIENCE)
    assert "ngày 02/3/2023" in answer.text
    until = time.monotonic() + PATIENCE
    while not stage.mail.letters() and time.monotonic() < until:
        time.sleep(0.05)
    assert [letter.recipients for letter in stage.mail.letters()] == [(address(BINH_AN),)]


def test_the_terminal_shows_address_and_code_in_full(stage: Stage) -> None:
    stage.days.append(date(2023, 12, 31))
    example, written = stage.portal.example(), io.StringIO()
    Show(date(2023, 1, 5), date(2023, 12, 31), Console(file=written, width=60)).portal(example)
    assert example is not None
    assert example.address in written.getvalue()
    assert f"nhập mã {example.code} tại http://localhost:{stage.port}/" in written.getvalue()


def test_a_port_that_is_taken_is_named_before_anything_starts(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        other = int(free.getsockname()[1])
    arguments = ["--folder", str(tmp_path / "demo"), "--port", str(other), "--portal-port", str(stage.port)]
    assert main(arguments) == 2
    assert f"make demo PORTAL_PORT={stage.port + 10}" in capsys.readouterr().err
    assert not (tmp_path / "demo").exists()
