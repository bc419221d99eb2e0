"""``plan-lifecycle doctor``: what works is said to work, what does not is a fault with what to do, each on its own."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import jsonschema
import pytest
from tests.channels.web import HOST, says, serving
from tests.cli.running import Run, schema
from tests.databases import as_owner
from tests.factories import day
from tests.mail.faulty_server import FaultyMailServer
from tests.mail.tls import certificate

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.lifecycle.office import begin_day
from plan_lifecycle.simulation.mail_server import LocalMailServer
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.worked import note_clock

pytestmark = pytest.mark.enable_socket
SECRETS = {"LINK_SECRET": "x" * 40, "TRAIL_SECRET": "y" * 40}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Airflow here, and all secrets."""
    for name in ("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW_HOME", "AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP"):
        monkeypatch.delenv(name, raising=False)
    for name, value in SECRETS.items():
        monkeypatch.setenv(f"PLAN_LIFECYCLE_{name}", value)


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalMailServer]:
    with LocalMailServer(tmp_path / "mail") as server:
        monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_PORT", str(server.port))
        yield server


class _Alive(BaseHTTPRequestHandler):
    """A portal that lives below /cchc, one whose database is gone below /chet."""

    def do_GET(self) -> None:
        if self.path == "/chet/song":
            self.send_response(503)
            self.end_headers()
            self.wfile.write(b'{"wrong": ["database", "kept_files", "something new"]}')
            return
        self.send_response(204 if self.path.startswith("/cchc/song") else 502)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Alive)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seen(run: Run, *arguments: str, code: int) -> dict[str, tuple[str, str]]:
    """State and finding of each check."""
    ran = run("doctor", "--json", *arguments)
    assert ran.code == code, ran
    lines = [json.loads(line) for line in ran.out.splitlines()]
    for line in lines:
        jsonschema.validate(line, schema("doctor"))
        assert bool(line["to_do"]) is (line["state"] in ("warning", "fault")), line
    return {line["name"]: (line["state"], line["found"]) for line in lines}


def test_all_that_is_set_up_and_works_is_good_and_a_test_letter_goes(
    run: Run, store: Store, mail: LocalMailServer, portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_PORTAL_URL", f"{portal}/cchc/")
    found = seen(run, "--test-letter", "quan-tri@so.example", code=0)
    states = {name: state for name, (state, _) in found.items()}
    unset = {"mailbox", "sources", "certificates", "airflow", "board", "heartbeat"}
    assert states == dict.fromkeys(found, "good") | dict.fromkeys(unset, "unset") | {"morning": "warning"}
    (letter,) = (mail.maildir / "new").iterdir()
    assert b"quan-tri@so.example" in letter.read_bytes()


def test_every_fault_is_told_with_what_to_do_and_hides_no_other(
    run: Run, store: Store, portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_PORTAL_URL", portal)
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_PORT", str(closed_port()))
    monkeypatch.setenv("PLAN_LIFECYCLE_IMAP_HOST", "127.0.0.1")
    monkeypatch.setenv("PLAN_LIFECYCLE_IMAP_PORT", str(closed_port()))
    monkeypatch.setenv("PLAN_LIFECYCLE_IMAP_USER", "cchc")
    monkeypatch.setenv("PLAN_LIFECYCLE_IMAP_PASSWORD", "bi-mat-cua-hop-thu")
    begin_day(store, day("2023-02-20"), wall=day("2023-02-20"))
    with as_owner(store.engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO audit (number, at, by, act, subject, subject_id, details, previous, seal)"
            " VALUES (1, '2023-02-20', 'x', 'waive', 'obligation', 1, '{}', 'x', 'y')"
        )
    found = seen(run, code=1)
    faults = {name for name, (state, _) in found.items() if state == "fault"}
    assert faults == {"trail", "morning", "mail", "mailbox", "portal", "links", "certificates"}
    assert "ngày 20/02/2023" in found["morning"][1]
    assert "mã 502" in found["portal"][1]
    assert "bi-mat-cua-hop-thu" not in str(found)


@pytest.mark.parametrize(("days", "state", "told"), [(-40, "fault", "cách nhau 40 ngày"), (3, "warning", "đi lùi")])
def test_a_clock_that_leapt_or_went_back_since_the_newest_run_is_told(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch, days: int, state: str, told: str
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_HOST", "")
    with store.write() as connection:
        note_clock(connection, datetime.now(LOCAL).date() + timedelta(days=days))
    lines = [json.loads(line) for line in run("doctor", "--json").out.splitlines()]
    (found,) = (line for line in lines if line["name"] == "clock" and line["state"] != "good")
    assert found["state"] == state
    assert told in found["found"]
    assert found["to_do"]


def test_what_ails_a_page_is_told_in_its_own_words(
    run: Run, store: Store, mail: LocalMailServer, portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_PORTAL_URL", f"{portal}/chet")
    monkeypatch.setenv("PLAN_LIFECYCLE_BOARD_URL", f"{portal}/cchc/")
    found = seen(run, code=1)
    assert found["portal"][0] == "fault"
    assert found["portal"][1].endswith("không kết nối được cơ sở dữ liệu; không ghi được vào thư mục lưu tệp.")
    assert found["links"][0] == "fault"
    assert found["board"] == ("good", f"Trang điều hành trả lời tại {portal}/cchc.")


def test_where_signs_of_life_go_is_looked_for_and_never_shown(
    run: Run, store: Store, mail: LocalMailServer, portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_HEARTBEAT_URL", f"{portal}/bi-mat-cua-nhip")
    found = seen(run, code=0)
    assert found["heartbeat"] == ("good", "Nơi nhận báo nhịp 127.0.0.1 kết nối được.")
    monkeypatch.setenv("PLAN_LIFECYCLE_HEARTBEAT_URL", f"http://127.0.0.1:{closed_port()}/bi-mat-cua-nhip")
    found |= {"off": seen(run, code=1)["heartbeat"]}
    monkeypatch.setenv("PLAN_LIFECYCLE_HEARTBEAT_URL", "nhip.example/bi-mat-cua-nhip")
    found |= {"wrong": seen(run, code=1)["heartbeat"]}
    assert (found["off"][0], found["wrong"][0]) == ("fault", "fault")
    assert "bi-mat-cua-nhip" not in str(found)


def letters_of(mail: LocalMailServer) -> list[EmailMessage]:
    """What came, the oldest first; the letters are gone afterwards."""
    found = []
    for file in sorted((mail.maildir / "new").iterdir()):
        found.append(message_from_bytes(file.read_bytes(), policy=policy.default))
        file.unlink()
    return found


def test_the_administrator_hears_once_of_what_is_wrong_and_once_that_it_is_right(
    run: Run, store: Store, mail: LocalMailServer, portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_PORTAL_URL", f"{portal}/cchc/")
    assert run("doctor", "--mail").code == 2  # nobody to write to
    monkeypatch.setenv("PLAN_LIFECYCLE_ADMIN_MAIL", "quan-tri@so.example, truc@so.example")
    begin_day(store, datetime.now(LOCAL), wall=datetime.now(UTC))
    assert run("doctor", "--mail").code == 0
    assert letters_of(mail) == []

    monkeypatch.setenv("PLAN_LIFECYCLE_PORTAL_URL", f"{portal}/chet")
    assert run("doctor", "--mail").code == 1
    print(run("doctor", "--mail"))
    (wrong,) = letters_of(mail)
    assert wrong["Subject"] == "Hệ thống kế hoạch, báo cáo có 02 nội dung cần xử lý"
    assert (wrong["To"], wrong["Auto-Submitted"]) == ("quan-tri@so.example, truc@so.example", "auto-generated")
    assert "[LỖI, mới] Trang của đơn vị tại" in wrong.get_content()
    assert "Cần làm: Kiểm tra trang (portal)" in wrong.get_content()
    assert run("doctor", "--mail").code == 1
    assert letters_of(mail) == []  # the same state

    monkeypatch.delenv("PLAN_LIFECYCLE_TRAIL_SECRET")
    assert run("doctor", "--mail").code == 1
    (more,) = letters_of(mail)
    text = more.get_content()
    assert "[LƯU Ý, mới] Chưa đặt khóa niêm phong nhật ký." in text
    assert "[LỖI] Trang của đơn vị tại" in text

    monkeypatch.setenv("PLAN_LIFECYCLE_TRAIL_SECRET", "y" * 40)
    monkeypatch.setenv("PLAN_LIFECYCLE_PORTAL_URL", f"{portal}/cchc/")
    assert run("doctor", "--mail").code == 0
    (right,) = letters_of(mail)
    assert right["Subject"] == "Hệ thống kế hoạch, báo cáo đã trở lại bình thường"
    assert "- Chưa đặt khóa niêm phong nhật ký." in right.get_content()
    assert run("doctor", "--mail").code == 0
    assert letters_of(mail) == []


def test_what_could_not_be_mailed_is_mailed_when_it_can_be(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_ADMIN_MAIL", "quan-tri@so.example")
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_PORT", str(closed_port()))
    ran = run("doctor", "--mail")
    assert (ran.code, "LỖI" in ran.out) == (1, True)
    assert "Chưa kết nối được máy chủ thư" in ran.err
    with LocalMailServer(tmp_path / "mail") as server:
        monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_PORT", str(server.port))
        assert run("doctor", "--mail").code == 0
        assert "Chưa có lượt chạy nào" in letters_of(server)[0].get_content()


def certificates_of(out: str) -> dict[str, tuple[str, str]]:
    """State and finding of each certificate that was looked at, by its server or file."""
    lines = [line for line in map(json.loads, out.splitlines()) if line["name"] == "certificates"]
    return {line["about"]: (line["state"], line["found"]) for line in lines}


def test_a_certificate_behind_starttls_and_an_authority_in_a_file_are_looked_at_too(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, authority = certificate(tmp_path)
    with FaultyMailServer(tmp_path / "mail", starttls=tls) as server:
        for name, value in {"HOST": "localhost", "PORT": server.port, "SECURITY": "starttls"}.items():
            monkeypatch.setenv(f"PLAN_LIFECYCLE_SMTP_{name}", str(value))
        monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_CA_FILE", str(authority))
        found = certificates_of(run("doctor", "--json").out)
    assert set(found) == {f"localhost:{server.port}", str(authority)}
    assert {state for state, _ in found.values()} == {"warning"}  # it ends tomorrow
    assert all(" còn hạn 00 ngày" in told for _, told in found.values())


def test_how_long_a_certificate_lasts_is_told(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mailbox's, of an authority inside the administration's network."""
    tls, authority = certificate(tmp_path)
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_HOST", "")
    with serving(says(b""), tls=tls) as server:
        values = {"HOST": HOST, "PORT": server.port, "USER": "a", "PASSWORD": "b", "CA_FILE": authority}
        for name, value in values.items():
            monkeypatch.setenv(f"PLAN_LIFECYCLE_IMAP_{name}", str(value))
        monkeypatch.setattr("plan_lifecycle.doctor._ways.PATIENCE", 0.2)  # it is no mailbox, and says nothing
        found = certificates_of(run("doctor", "--json").out)
    assert set(found) == {f"{HOST}:{server.port}", str(authority)}
    assert {state for state, _ in found.values()} == {"warning"}  # it ends tomorrow
    assert found[f"{HOST}:{server.port}"][1] == f"Chứng thư của {HOST}:{server.port} còn hạn 00 ngày."


def test_configuration_that_cannot_be_read_names_its_file(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_CONFIG", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_HOST", "")
    found = seen(run, code=1)
    assert found["configuration"][0] == "fault"
    assert str(tmp_path / "nowhere") in found["configuration"][1]
    assert found["database"][0] == found["disk"][0] == "good"


def test_in_words_what_is_to_be_done_stands_below_what_was_found(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLAN_LIFECYCLE_TRAIL_SECRET")
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_HOST", "")
    lines = run("doctor").out.splitlines()
    at = lines.index(" LƯU Ý  Chưa đặt khóa niêm phong nhật ký.")
    assert lines[at + 1].strip().startswith("→ Đặt PLAN_LIFECYCLE_TRAIL_SECRET")
