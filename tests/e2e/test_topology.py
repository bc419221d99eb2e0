"""The production topology of docker-compose.yaml, started from its values without an engine: all up, every DAG, down.

Nobody triggers what has a schedule: a cron line of seconds stands in place of the mornings. As after a machine's
reboot, schedulers and workers do not wait for the api-server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from html import unescape
from ipaddress import ip_address
from urllib.parse import urljoin

import psutil
import psycopg
import pytest
import requests
from tests.factories import BINH_AN, HOA_THANG, address, plan_file
from tests.listening import addresses_of
from tests.patience import PATIENCE
from tests.topology.ground import Topology
from tests.topology.mornings import SCHEDULED, cascaded, lay_into_the_inbox, states
from tests.topology.native import HOST
from tests.topology.office import DAGS, Served, wait_for

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.lifecycle.office import scope_of
from plan_lifecycle.secret_files import SECRETS
from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation.sessions import runs
from plan_lifecycle.store.obligations import get_obligations
from plan_lifecycle.store.tables import obligation, submission

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """The district's plan was cascaded and a commune's lies in the inbox; then the schedules were switched on."""
    with cascaded(ROOT / "build" / "topology" / "smoke") as here:
        lay_into_the_inbox(here, BINH_AN)
        here.topology.unpause(SCHEDULED)
        for dag in SCHEDULED:
            wait_for(f"a run of {dag} ends well", lambda dag=dag: "success" in states(here, dag))  # type: ignore[misc]
        wait_for(
            "an accepted plan wakes its cascade", lambda: "success" in states(here, "cascade_plan", "asset_triggered")
        )
        yield here


def test_every_part_of_the_compose_file_is_up_and_healthy_by_its_own_check(served: Served) -> None:
    topology = served.topology
    assert {part.service for part in topology.parts.values()} == {
        "proxy", "postgres", "redis", "init", "api-server", "scheduler", "dag-processor", "triggerer", "worker-mail",
        "worker-documents", "portal",
    }  # fmt: skip
    assert len(topology.running) == 11  # init has ended; two schedulers
    assert [name for name in topology.running if not topology.is_healthy(name)] == []


def test_the_schedules_have_fired_by_themselves(served: Served) -> None:
    """Soon after boot, with nobody there: a task that came before the api-server would have been tried again."""
    for dag in SCHEDULED:
        assert {run["run_type"] for run in served.runs(dag)} == {"scheduled"}
        assert "failed" not in states(served, dag)
    assert {run["run_type"] for run in served.runs("cascade_plan")} == {"manual", "asset_triggered"}


def test_the_commune_got_its_letter_and_what_it_laid_down_was_filed_and_answered(served: Served) -> None:
    subjects = [str(letter["Subject"]) for letter in served.letters(address(BINH_AN))]
    assert len(subjects) >= 2
    assert any(subject.startswith("Đã") for subject in subjects), subjects
    with served.office.store.read() as connection:
        query = obligation.select().where(obligation.c.unit_id == BINH_AN.id, obligation.c.item == "sub_plan")
        assert [row.state for row in connection.execute(query)] == [ObligationState.MET]


def test_letters_leave_by_the_workers_of_mail_and_documents_are_read_by_the_others(served: Served) -> None:
    ran = {(task["queue"], task["task_id"] == "send") for task in served.tasks() if task["state"] == "success"}
    assert ran == {("mail", True), ("documents", False)}


def test_the_proxy_answers_for_board_and_portal_over_tls(served: Served) -> None:
    """With certificates that are checked; a link of 2023 is told to have ended, who is not logged in is asked to be."""
    place = served.topology.place
    assert served.get(f"https://localhost:{place.ports.portal_tls}/song").status_code == 204
    board = served.get(f"https://localhost:{place.ports.board_tls}/plan-lifecycle/", headers={"Accept": "text/html"})
    assert "login" in board.url
    assert {step.url.partition(":")[0] for step in (*board.history, board)} == {"https"}
    text = served.letters(address(BINH_AN))[0].get_body(("plain",))
    assert text is not None
    link = next(word for word in text.get_content().split() if "/n/" in word)
    assert link.startswith(f"https://localhost:{place.ports.portal_tls}/n/")
    assert served.get(link).status_code == 410


def test_the_roles_reach_their_own_database_and_nobody_rewrites_the_trail(served: Served) -> None:
    for role, name, database in (
        ("plan_lifecycle_portal", "portal_db_password", "airflow"),
        ("plan_lifecycle", "store_db_password", "airflow"),
        ("airflow", "airflow_db_password", "plan_lifecycle"),
        ("postgres", "postgres_password", "postgres"),
    ):
        with pytest.raises(psycopg.OperationalError, match=r"pg_hba\.conf"):
            connect(served.topology, role, name, database)
    for role, name in (("plan_lifecycle_portal", "portal_db_password"), ("plan_lifecycle", "store_db_password")):
        for act in ("DELETE FROM audit", "UPDATE audit SET by = 'x'", "TRUNCATE audit", "DROP TABLE letter"):
            with (
                connect(served.topology, role, name, "plan_lifecycle") as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(act)


def test_a_unit_hands_in_on_the_portal_whose_role_may_change_nothing_else(served: Served) -> None:
    """Over its link, through the proxy; its receipt comes by mail."""
    store, links = served.office.store, served.office.links
    assert links is not None
    with store.read() as connection:
        query = obligation.select().where(obligation.c.unit_id == HOA_THANG.id, obligation.c.item == "sub_plan")
        (owed,) = get_obligations(connection, [row.id for row in connection.execute(query)])
    today = datetime.now(LOCAL).date()
    with requests.Session() as browser:
        browser.trust_env, browser.verify = False, str(served.topology.place.authority)
        opened = browser.get(links.address(scope_of(owed), (0, 0), today + timedelta(days=3)), timeout=PATIENCE)
        here = urljoin(opened.url, unescape(re.search(r'url=([^"]+)"', opened.text)[1]))  # type: ignore[index]
        page = browser.get(here, timeout=PATIENCE).text
        token = re.search(r'name="ma_bieu" value="([^"]+)"', page)[1]  # type: ignore[index]
        fields = {"ma_bieu": token, "ho_ten": "Nguyễn Văn An", "chuc_vu": "Công chức Văn phòng"}
        files = {"tep": ("kế hoạch.docx", plan_file(HOA_THANG))}
        assert browser.post(urljoin(here, "gui"), fields, files=files, timeout=PATIENCE).status_code == 200
    with store.read() as connection:
        filed = connection.execute(submission.select().where(submission.c.obligation_id == owed.id)).all()
    assert len(filed) == 1
    letters = address(HOA_THANG)
    wait_for(
        "the receipt comes", lambda: any(str(each["Subject"]).startswith("Đã") for each in served.letters(letters))
    )
    for act in ("UPDATE unit SET name = 'x'", "UPDATE plan SET number = '1'", "SELECT * FROM message"):
        with (
            connect(served.topology, "plan_lifecycle_portal", "portal_db_password", "plan_lifecycle") as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(act)


def connect(topology: Topology, role: str, name: str, database: str) -> psycopg.Connection[tuple[object, ...]]:
    password = (topology.place.secrets / name).read_text()
    return psycopg.connect(
        host=HOST, port=topology.place.ports.postgres, user=role, password=password, dbname=database, connect_timeout=30
    )


def test_nothing_of_it_listens_beyond_this_machine(served: Served) -> None:
    found = {each for process in processes(served.topology) for each in addresses_of(process)}
    assert len(found) >= 6
    assert [each for each in found if not ip_address(each.host).is_loopback] == []


def test_no_secret_stands_in_a_log_or_in_a_list_of_processes(served: Served) -> None:
    place = served.topology.place
    values = [value for secret in SECRETS if (value := (place.secrets / secret.name).read_text())]
    told = [arguments_of(process) for process in processes(served.topology)]
    told += [path.read_text(errors="replace") for path in (place.folder / "log").iterdir()]
    told += [path.read_text(errors="replace") for path in (place.folder / "logs").rglob("*.log")]
    assert len(told) > len(DAGS)
    assert [text[:200] for text in told if any(value in text for value in values)] == []


def test_it_goes_down_whole(served: Served) -> None:
    """The last one here: nothing that any part started outlives it."""
    before = processes(served.topology)
    assert len(before) > len(served.topology.running)
    served.topology.down()
    assert [process for process in before if runs(process)] == []


def processes(topology: Topology) -> list[psutil.Process]:
    return [process for running in topology.running.values() for process in running.processes()]


def arguments_of(process: psutil.Process) -> str:
    """What a list of processes shows of it; nothing of one that has ended meanwhile."""
    with suppress(psutil.NoSuchProcess):
        return "\0".join(process.cmdline())
    return ""
