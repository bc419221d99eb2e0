"""Four units send their plans in four ways through a real Airflow, PostgreSQL, mailbox, portal and document system.

Huyện Bắc Bình's plan goes out as real mail; what comes back is opened from that mail, as an official would: the link,
the reply address, the draft that only wants a number, a day and a name. A stranger sends a file, too.
"""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote

import pytest
import requests
from sqlalchemy import func, select
from tests.channels.answering import answer
from tests.channels.dovecot import PASSWORD, Dovecot, running
from tests.databases import upgraded_postgres
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    DIVISION,
    HOA_THANG,
    MAIL_FROM,
    address,
    day,
    district_plan,
    fill,
    obligation_of,
    plan_file,
)
from tests.leaks import leaks, secrets_in
from tests.listening import free_port, listening
from tests.patience import PATIENCE

from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.airflow_client import AirflowServerError
from plan_lifecycle.simulation.airflow_server import AirflowServer, Layout
from plan_lifecycle.simulation.airflow_year import POOLS, read_pools
from plan_lifecycle.simulation.endpoint import Endpoint, Entry
from plan_lifecycle.simulation.mail_server import LocalMailServer
from plan_lifecycle.simulation.papers import signed_paper
from plan_lifecycle.simulation.portal_server import PortalServer
from plan_lifecycle.store import audit
from plan_lifecycle.store.tables import arrival, letter, submission
from plan_lifecycle.store.versions import drafts_in_force

pytestmark = [pytest.mark.e2e, pytest.mark.system, pytest.mark.enable_socket, pytest.mark.timeout(3600)]

ISSUED, OLD, SENT = "2023-02-10", "2023-02-17", "2023-02-20"
MAILBOX = "cchc"
SENDERS = (BINH_AN, HOA_THANG, CHO_LAU, DIVISION)


@dataclass(frozen=True)
class Scene:
    """Everything that runs, after the units have sent and ``collect_submissions`` has run once."""

    folder: Path
    office: Office
    airflow: AirflowServer
    dovecot: Dovecot

    def letters(self, unit: Unit) -> list[EmailMessage]:
        """What lies in the unit's mailbox, the oldest first."""
        every = (_message(path.read_bytes()) for path in sorted((self.folder / "mail" / "new").iterdir()))
        return [each for each in every if each["Delivered-To"] == address(unit)]

    def rows(self) -> dict[str, int]:
        """How much there is of everything that must not be there twice."""
        with self.office.store.read() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (arrival, submission, letter)
            }


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The district's plan is cascaded on 10/02; on 20/02 four units and a stranger have sent."""
    folder = tmp_path_factory.mktemp("ways")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        dovecot = stack.enter_context(running())
        mail = stack.enter_context(LocalMailServer(folder / "mail"))
        endpoint = stack.enter_context(Endpoint())
        port, portal_port = free_port(), free_port()
        for name, value in _environment(folder, dovecot, endpoint, mail.port, portal_port).items():
            patch.setenv(name, value)
        office = stack.enter_context(open_office(Settings()))
        fill(office.store)
        airflow = stack.enter_context(AirflowServer(Layout(folder / "airflow", ROOT, port), {}))
        server = MailServer.from_connection(_smtp(mail.port), MAIL_FROM)
        stack.enter_context(PortalServer(office, portal_port, server, lambda: day(SENT)))
        airflow.wait_until_ready(4)
        airflow.create_pools(read_pools(POOLS))
        staged = Scene(folder, office, airflow, dovecot)
        register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=day(ISSUED))
        airflow.run("cascade_plan", {"as_of": ISSUED})
        _send_back(staged, endpoint)
        airflow.wait_for_woken("collect_submissions", airflow.run("collect_submissions", {"as_of": SENT}))
        yield staged


def test_every_way_ends_in_one_submission_that_is_met_and_receipted(scene: Scene) -> None:
    for unit in SENDERS:
        assert obligation_of(scene.office.store, unit).state is ObligationState.MET, unit.name
        subjects = [str(each["Subject"]) for each in scene.letters(unit)]
        own = unit is DIVISION  # it coordinates: nobody writes to itself
        assert any(subject.startswith("Đã") for subject in subjects) is not own, subjects
    with scene.office.store.read() as connection:
        query = select(submission.c.version, arrival.c.channel).join(arrival, arrival.c.id == submission.c.arrival_id)
        found = sorted(connection.execute(query))
    assert found == [(1, "folder"), (1, "http"), (1, "mailbox"), (1, "portal")]


def test_a_stranger_gets_nothing_in(scene: Scene) -> None:
    """What came waits for the coordinator, in the store and in a folder of the mailbox."""
    with scene.office.store.read() as connection:
        waiting = connection.execute(select(arrival.c.state).where(arrival.c.sender == "ai@la.example")).scalars().all()
    assert waiting == ["unmatched"]
    folders = ("INBOX", "Đã nhận", "Chờ xem xét")
    assert [len(scene.dovecot.messages(MAILBOX, folder)) for folder in folders] == [0, 1, 1]


def test_nothing_of_it_listens_beyond_this_machine(scene: Scene) -> None:
    """Airflow's parts, portal, mail server, mailbox and document system: all at an address of the loopback."""
    found = listening(scene.airflow.processes())
    assert len(found) >= 5
    assert [each for each in found if not ip_address(each.host).is_loopback] == []


def test_the_doctor_finds_every_part_of_it_sound_save_that_its_day_is_long_ago(scene: Scene) -> None:
    command = [str(Path(sys.executable).parent / "plan-lifecycle"), "doctor", "--json"]
    ran = subprocess.run(
        command, env=dict(scene.airflow.environment), capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    checks = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {(each["name"], each["found"]) for each in checks if each["state"] == "fault"} == {
        ("morning", next(each["found"] for each in checks if each["name"] == "morning"))
    }
    good = [each["name"] for each in checks if each["state"] == "good"]
    assert (good.count("airflow"), good.count("dags"), good.count("pools")) == (3, 6, 1), checks
    assert ran.returncode == 1


def test_the_coordinator_decides_about_it_on_the_board_by_name_and_a_viewer_only_looks(scene: Scene) -> None:
    """The board inside Airflow, with the logins of its own users."""
    with scene.office.store.read() as connection:
        (which,) = connection.execute(select(arrival.c.id).where(arrival.c.sender == "ai@la.example")).scalars()
    board = f"{scene.airflow.url}/plan-lifecycle/viec"
    refusal = {"id": f"A{which}", "ly_do_rieng": "Người gửi không phải cán bộ của đơn vị."}
    with requests.Session() as browser:
        browser.trust_env = False
        browser.headers["Origin"] = scene.airflow.url
        assert browser.get(f"{board}/", timeout=PATIENCE).status_code == 401
        for name, status in (("viewer", 403), ("admin", 200)):
            login = {"username": name, "password": scene.airflow.users[name]}
            token = browser.post(f"{scene.airflow.url}/auth/token", json=login, timeout=PATIENCE).json()["access_token"]
            browser.headers["Authorization"] = f"Bearer {token}"
            seen = browser.get(f"{board}/", timeout=PATIENCE)
            assert "ke-hoach.docx" in seen.text
            assert ("Không tiếp nhận</button>" in seen.text) == (name == "admin")
            assert browser.post(f"{board}/khong-tiep-nhan", data=refusal, timeout=PATIENCE).status_code == status
    with scene.office.store.read() as connection:
        (act,) = audit.newest(connection, 1)
    assert (act.by, act.act, act.reason) == ("admin", "return", refusal["ly_do_rieng"])


def test_collecting_again_at_an_old_day_needs_the_box_ticked_and_adds_nothing(scene: Scene) -> None:
    """Who replayed it is on the trail, once for all tasks."""
    before, acts = scene.rows(), _acts(scene)
    with pytest.raises(AirflowServerError, match="collect_submissions"):
        scene.airflow.run("collect_submissions", {"as_of": OLD})
    assert (scene.rows(), _acts(scene)) == (before, acts)
    run_id = scene.airflow.run("collect_submissions", {"as_of": OLD, "again": True})
    assert scene.rows() == before
    (replay,) = _acts(scene)[len(acts) :]
    assert (replay.by, replay.act, replay.details["day"]) == ("admin", "type_day", OLD)
    assert replay.details["run"] == f"collect_submissions/{run_id}"


def test_a_coordinator_starts_a_cascade_on_the_board_and_follows_it_to_its_end(scene: Scene) -> None:
    """A commune's plan, which binds nobody below: the run is hers, a second click leads to it, its page ends itself."""
    with requests.Session() as browser:
        browser.trust_env = False
        browser.headers.update({"Origin": scene.airflow.url, "Accept": "text/html"})
        asked = browser.get(f"{scene.airflow.url}/", timeout=PATIENCE).url
        assert ("login" in asked, unquote(asked).endswith("next=/plan-lifecycle/")) == (True, True), asked
        login = {"username": "admin", "password": scene.airflow.users["admin"]}
        token = browser.post(f"{scene.airflow.url}/auth/token", json=login, timeout=PATIENCE).json()["access_token"]
        browser.headers["Authorization"] = f"Bearer {token}"
        files = {"tep": ("ke-hoach.docx", plan_file(HOA_THANG, number="31"))}
        board = f"{scene.airflow.url}/plan-lifecycle"
        plan = browser.post(f"{board}/ke-hoach-moi/nap", files=files, timeout=PATIENCE).url
        first, second = (
            browser.post(f"{plan}trien-khai", data={"dong_y": "1"}, timeout=PATIENCE).url for _ in range(2)
        )
        assert first == second
        assert f"{board}/luot-chay/cascade_plan/20" in first
        ends = time.monotonic() + PATIENCE
        while 'http-equiv="refresh"' in (page := browser.get(first, timeout=PATIENCE).text):
            assert time.monotonic() < ends, page
            time.sleep(1)
        assert "Đã xong." in page
        assert "<dd>admin</dd>" in page
        assert "Đã triển khai" in browser.get(plan, timeout=PATIENCE).text


def test_no_secret_and_no_link_stands_in_any_log(scene: Scene) -> None:
    """With passwords of mailbox and database, keys of links and trail, in all that Airflow's parts and tasks wrote."""
    secrets = secrets_in(scene.airflow.environment)
    assert {name.removeprefix("PLAN_LIFECYCLE_") for name in secrets} >= {
        "LINK_SECRET", "TRAIL_SECRET", "AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP",
    }  # fmt: skip
    assert leaks([scene.airflow.log, scene.airflow.layout.home / "logs"], secrets | scene.airflow.users) == []


def test_the_trail_of_tasks_portal_and_board_is_sealed_with_the_key_of_all(scene: Scene) -> None:
    with scene.office.store.read() as connection:
        found = audit.verify(connection)
    assert (found.broken, found.without_key) == (None, 0)
    assert found.rows >= len(SENDERS)


def _acts(scene: Scene) -> list[audit.Act]:
    """The trail, oldest first."""
    with scene.office.store.read() as connection:
        return audit.newest(connection, 1000)[::-1]


def _send_back(scene: Scene, endpoint: Endpoint) -> None:
    """Each unit in its own way; the last file is a stranger's."""
    asked = {unit.id: scene.letters(unit)[0] for unit in SENDERS if unit is not DIVISION}
    drafts = {unit_id: _file(letter) for unit_id, letter in asked.items()} | {DIVISION.id: _own_draft(scene.office)}
    plans = {unit.id: signed_paper(drafts[unit.id], unit.id, day(SENT).date()) for unit in SENDERS}
    _upload(_link(asked[BINH_AN.id]), plans[BINH_AN.id])
    letter_to_answer = asked[HOA_THANG.id]
    scene.dovecot.deliver(
        MAILBOX,
        answer(
            [("ke-hoach.docx", plans[HOA_THANG.id])],
            sender=address(HOA_THANG),
            to=str(letter_to_answer["Reply-To"]),
            subject=f"Re: {letter_to_answer['Subject']}",
            answers=str(letter_to_answer["Message-ID"]),
        ),
        answer([("ke-hoach.docx", plans[CHO_LAU.id])], sender="ai@la.example", subject="Kế hoạch thị trấn Chợ Lầu"),
        at=day("2023-02-17"),
    )
    laid = scene.folder / "inbox" / CHO_LAU.id / "sub_plan-2023" / "kế hoạch.docx"
    laid.parent.mkdir(parents=True)
    laid.write_bytes(plans[CHO_LAU.id])
    endpoint.hand_in(Entry("1", DIVISION.id, "sub_plan", "2023", "ke-hoach.docx", plans[DIVISION.id], day(SENT)))


def _own_draft(office: Office) -> bytes:
    """The draft of the division that coordinates, which no letter brings it."""
    with office.store.read() as connection:
        ((_, drafts),) = drafts_in_force(connection).items()
    return office.store.blobs.get(next(draft.blob for draft in drafts if draft.unit_id == DIVISION.id))


def _file(message: EmailMessage) -> bytes:
    """The draft that the letter carries."""
    (file,) = message.iter_attachments()
    data = file.get_content()
    assert isinstance(data, bytes)
    return data


def _link(message: EmailMessage) -> str:
    """The address that stands in the letter's text."""
    text = message.get_body(("plain",))
    assert text is not None
    found = re.search(r"http://localhost:\d+/n/\S+", text.get_content())
    assert found, text.get_content()
    return found[0]


def _upload(link: str, data: bytes) -> None:
    """Follow the letter's link, state one's name, send the file."""
    with requests.Session() as browser:
        browser.trust_env = False
        opened = browser.get(link, timeout=PATIENCE)
        onward = re.search(r'url=([^"]+)"', opened.text)
        assert onward, opened.text
        home = requests.compat.urljoin(link, onward[1])
        token = re.search(r'name="ma_bieu" value="([^"]+)"', browser.get(home, timeout=PATIENCE).text)
        assert token
        done = browser.post(
            f"{home.rstrip('/')}/gui",
            data={"ma_bieu": token[1], "ho_ten": "Nguyễn Văn An", "chuc_vu": "Công chức Văn phòng - Thống kê"},
            files={"tep": ("kế hoạch.docx", data)},
            timeout=PATIENCE,
        )
        assert done.status_code == 200, done.text


def _environment(
    folder: Path, dovecot: Dovecot, endpoint: Endpoint, smtp_port: int, portal_port: int
) -> dict[str, str]:
    imap = {
        "conn_type": "imap",
        "host": "localhost",
        "port": dovecot.port,
        "login": MAILBOX,
        "password": PASSWORD,
        "extra": {"ca_file": str(dovecot.folder / "ca.pem")},
    }
    return {
        "PLAN_LIFECYCLE_VAR": str(folder / "var"),
        "PLAN_LIFECYCLE_INBOX": str(folder / "inbox"),
        "PLAN_LIFECYCLE_STORE_URL": upgraded_postgres(),
        "PLAN_LIFECYCLE_SOURCE_URL": endpoint.url,
        "PLAN_LIFECYCLE_MAIL_FROM": MAIL_FROM,
        "PLAN_LIFECYCLE_PORTAL_URL": f"http://localhost:{portal_port}",
        "PLAN_LIFECYCLE_LINK_SECRET": "mot-khoa-bi-mat-chi-dung-de-kiem-thu-0123456789",
        "PLAN_LIFECYCLE_TRAIL_SECRET": "mot-khoa-niem-phong-chi-dung-de-kiem-thu-012345",
        "PLAN_LIFECYCLE_SCHEDULES": "false",
        "AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP": _smtp(smtp_port),
        "AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP": json.dumps(imap),
    }


def _smtp(port: int) -> str:
    return json.dumps({"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": {"security": "none"}})


def _message(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=default)  # type: ignore[return-value]
