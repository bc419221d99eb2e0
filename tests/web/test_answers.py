"""Receipts leave with the upload: over the portal's own post, and over a real server, with nothing told to its log."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import BINH_AN, ROOT, address, fill, owe, plan_file
from tests.fakes import FakeMailer
from tests.mail.faulty_server import FaultyMailServer
from tests.patience import PATIENCE
from tests.web.conftest import PERSON, SECRET, Visitor, World

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.lifecycle.office import Links, open_until, scope_of
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.office_wiring import mail_server
from plan_lifecycle.settings import Settings
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.web.portal import _post, create_portal


def wait_for(what: Callable[[], Any]) -> Any:
    """What ``what`` gives, as soon as it gives something."""
    until = time.monotonic() + PATIENCE
    while not (found := what()) and time.monotonic() < until:
        time.sleep(0.02)
    return found


@contextmanager
def at_work(world: World, mailer: FakeMailer) -> Iterator[Visitor]:
    """A browser before a portal with a post of its own."""
    app = create_portal(world.office, ROOT / "templates/web", clock=world.clock, connect=lambda now: mailer.connect())
    with TestClient(app, base_url="https://nop.binhthuan.example.vn") as client:
        visitor = Visitor(world, client)
        visitor.open(world.plan)
        yield visitor


def queue_reminder(world: World) -> None:
    blob = world.store.blobs.put(b"Subject: x\r\n\r\n")
    letter = Letter("remind:1", "<1@example.vn>", "reminder_before", "x@example.vn", "Nhắc", blob, world.clock.now)
    with world.store.write() as connection:
        letter_rows.queue(connection, [letter])


def test_a_receipt_leaves_with_the_upload_and_nothing_else_does(world: World):
    queue_reminder(world)
    mailer = FakeMailer()
    with at_work(world, mailer) as visitor:
        visitor.hand_in(("ke-hoach.docx", plan_file()))
        assert wait_for(lambda: [to for to, _ in mailer.sent]) == [address(BINH_AN)]
    with world.store.read() as connection:
        assert letter_rows.states(connection) == {"queued": 1, "sent": 1}


def test_what_an_earlier_process_left_is_sent_when_it_starts(world: World):
    world.at(world.plan).hand_in(("ke-hoach.docx", plan_file()))
    mailer = FakeMailer()
    with at_work(world, mailer):
        assert wait_for(lambda: [to for to, _ in mailer.sent]) == [address(BINH_AN)]


def test_a_receipt_waits_for_a_server_that_is_down(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_post, "AGAIN_AFTER", 0.1)
    mailer = FakeMailer(down=True)
    with at_work(world, mailer) as visitor:
        assert visitor.hand_in(("ke-hoach.docx", plan_file())).status_code == 200
        time.sleep(0.3)
        assert mailer.sent == []
        mailer.down = False
        assert wait_for(lambda: [to for to, _ in mailer.sent]) == [address(BINH_AN)]


def test_the_mail_server_is_that_of_the_environment_or_of_airflows_connection(monkeypatch: pytest.MonkeyPatch):
    settings = Settings(mail_from="cchc@binhthuan.example.vn")
    assert mail_server(settings) is None
    connection = '{"conn_type": "smtp", "host": "mail.example", "login": "cchc", "password": "m%t", "extra": "{}"}'
    monkeypatch.setenv("AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP", connection.replace('"{}"', '{"security": "ssl"}'))
    found = mail_server(settings)
    assert isinstance(found, MailServer)
    assert (found.host, found.port, found.security, found.user) == ("mail.example", 465, Security.SSL, "cchc")
    assert found.sender.email == "cchc@binhthuan.example.vn"
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_HOST", "other.example")
    found = mail_server(settings)
    assert isinstance(found, MailServer)
    assert found.host == "other.example"


def test_a_connection_that_is_no_json_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP", "smtp://cchc:rat-bi-mat@mail.example:587")
    with pytest.raises(InputError, match="AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP") as caught:
        mail_server(Settings())
    assert "rat-bi-mat" not in str(caught.value)


@pytest.fixture
def installed(tmp_path: Path) -> Obligation:
    """An installation's store, in which xã Bình An owes its plan."""
    store = open_store(migrated_copy(tmp_path / "plan_lifecycle.db"), tmp_path / "blobs", durable=False)
    fill(store)
    owed = owe(store, due="2099-02-28", period="2099")
    store.close()
    return owed


@contextmanager
def served(folder: Path, smtp_port: int, *options: str) -> Iterator[tuple[str, Path]]:
    """``plan-lifecycle portal serve`` in a process of its own, with the file that it writes its log to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "plugins"),
        "PLAN_LIFECYCLE_VAR": str(folder),
        "PLAN_LIFECYCLE_PORTAL_URL": home,
        "PLAN_LIFECYCLE_LINK_SECRET": SECRET,
        "PLAN_LIFECYCLE_SMTP_HOST": "127.0.0.1",
        "PLAN_LIFECYCLE_SMTP_PORT": str(smtp_port),
        "PLAN_LIFECYCLE_SMTP_SECURITY": "none",
    }
    log = folder / "portal.log"
    command = [str(Path(sys.executable).parent / "plan-lifecycle"), "portal", "serve", "--port", str(port), *options]
    with log.open("wb") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as process:
        try:
            assert wait_for(lambda: process.poll() is not None or answers(home)), log.read_text()
            yield home, log
        finally:
            process.terminate()


def answers(home: str) -> bool:
    try:
        return httpx.get(home, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.enable_socket
def test_the_served_portal_mails_the_receipt_at_once_and_logs_no_link(installed: Obligation, tmp_path: Path):
    with FaultyMailServer(tmp_path / "mail") as mail, served(tmp_path, mail.port) as (home, log):
        links = Links(home, SecretStr(SECRET))
        link = links.address(scope_of(installed), (0, 0), open_until(installed.due_on, installed.due_on))
        code = links.code(scope_of(installed), (0, 0))
        with httpx.Client(base_url=home, trust_env=False, timeout=PATIENCE) as client:
            found = re.search(r'url=([^"]+)"', client.get(link).text)
            assert found
            here = unescape(found[1])
            token = re.search(r'name="ma_bieu" value="([^"]+)"', client.get(here).text)
            assert token
            client.get(f"{link}x")
            client.post("/ma", data={"ma": code})
            files = {"tep": ("ke-hoach.docx", plan_file())}
            assert client.post(f"{here}gui", data=PERSON | {"ma_bieu": token[1]}, files=files).status_code == 303
            cookie = next(iter(client.cookies.jar)).value
        letters = wait_for(mail.letters)
        said = log.read_text()
    assert [letter.recipients for letter in letters] == [(address(BINH_AN),)]
    assert b"=?utf-8?" in letters[0].data.partition(b"Subject: ")[2][:20].lower()
    assert "file(s) taken in" in said
    for secret in (link.rpartition("/")[2], here.strip("/").rpartition("/")[2], code, cookie, SECRET, "Nguyễn Văn An"):
        assert secret not in said


@pytest.mark.enable_socket
def test_only_the_proxy_may_say_where_a_client_is(installed: Obligation, tmp_path: Path):
    """Otherwise whoever guesses would be somebody else each time."""
    with served(tmp_path, 25, "--proxy", "192.0.2.1") as (home, _):
        answers = [
            httpx.post(
                f"{home}/ma",
                data={"ma": "AAAA-AAAA-AAAA"},
                headers={"X-Forwarded-For": f"10.0.0.{number}"},
                trust_env=False,
                timeout=PATIENCE,
            ).status_code
            for number in range(22)
        ]
    assert answers == [404] * 20 + [429] * 2


def test_the_portal_runs_without_airflow(tmp_path: Path):
    """Nor does it write Airflow's folders, which its container may not."""
    environment = {
        "PYTHONPATH": str(ROOT / "plugins"),
        "PLAN_LIFECYCLE_VAR": str(tmp_path / "var"),
        "PLAN_LIFECYCLE_PORTAL_URL": "https://nop.binhthuan.example.vn",
        "PLAN_LIFECYCLE_LINK_SECRET": SECRET,
        "HOME": str(tmp_path / "home"),
    }
    program = (
        "import sys; from plan_lifecycle.web.portal import from_environment; from_environment();"
        "print([each for each in sys.modules if each.partition('.')[0] == 'airflow'])"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert [each.name for each in tmp_path.iterdir()] == ["var"]
