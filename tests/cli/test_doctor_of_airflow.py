"""What ``plan-lifecycle doctor`` says of Airflow: a DAG that is paused, who may stop one, a hidden connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from plan_lifecycle import airflow_state
from plan_lifecycle.airflow_connections import ConnectionUnreadError, stored_connection
from plan_lifecycle.airflow_state import AirflowState, DagState, may_stop
from plan_lifecycle.doctor import Name, Patient, State
from plan_lifecycle.doctor._airflow import DAGS, PARTS, airflow
from plan_lifecycle.doctor._servers import mail_servers
from plan_lifecycle.doctor._ways import mail, mailbox
from plan_lifecycle.settings import Settings
from plan_lifecycle.simulation.mail_server import LocalMailServer

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
WELL = AirflowState(
    dict.fromkeys(PARTS, NOW),
    {dag_id: DagState(paused=False, name=dag_id, last_state="success", last_at=NOW) for dag_id in DAGS},
    (),
    {"plan_lifecycle_mail": 1, "plan_lifecycle_documents": 2},
)
FAB = """
    CREATE TABLE ab_user (id INTEGER, username TEXT, active BOOLEAN);
    CREATE TABLE ab_role (id INTEGER, name TEXT);
    CREATE TABLE ab_user_role (user_id INTEGER, role_id INTEGER);
    CREATE TABLE ab_permission (id INTEGER, name TEXT);
    CREATE TABLE ab_view_menu (id INTEGER, name TEXT);
    CREATE TABLE ab_permission_view (id INTEGER, permission_id INTEGER, view_menu_id INTEGER);
    CREATE TABLE ab_permission_view_role (permission_view_id INTEGER, role_id INTEGER);
    INSERT INTO ab_user VALUES (1, 'quan-tri', 1), (2, 'lan', 1), (3, 'binh', 1), (4, 'nghi-viec', 0);
    INSERT INTO ab_role VALUES (1, 'Admin'), (2, 'User'), (3, 'Điều phối kế hoạch');
    INSERT INTO ab_user_role VALUES (1, 1), (2, 2), (3, 3), (4, 2);
    INSERT INTO ab_permission VALUES (1, 'can_read'), (2, 'can_edit'), (3, 'can_delete');
    INSERT INTO ab_view_menu VALUES (1, 'DAGs'), (2, 'Kế hoạch');
    INSERT INTO ab_permission_view VALUES (1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 2, 2);
    INSERT INTO ab_permission_view_role VALUES (2, 1), (3, 1), (1, 2), (2, 2), (3, 2), (1, 3), (4, 3);
"""


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **changed: object) -> list[tuple[Name, State, str]]:
    """What is amiss where Airflow stands so."""
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    state = replace(WELL, **changed)  # type: ignore[arg-type]
    monkeypatch.setattr(airflow_state, "read_state", lambda *_: state)
    checks = airflow(Patient(Settings(), NOW))
    return [(check.name, check.state, check.found) for check in checks if check.state is not State.GOOD]


def test_a_dag_of_ours_that_is_paused_or_gone_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One that somebody deleted comes back paused."""
    dags = dict(WELL.dags)
    dags["remind_deadlines"] = DagState(paused=True, name="Nhắc hạn", last_state=None, last_at=None)
    del dags["collect_submissions"]
    (gone, paused) = told(monkeypatch, tmp_path, dags=dags)
    assert gone[:2] == paused[:2] == (Name.DAGS, State.FAULT)
    assert "collect_submissions" in gone[2]
    assert "“Nhắc hạn” đang tạm dừng" in paused[2]
    assert told(monkeypatch, tmp_path) == []


def test_who_may_stop_a_dag_and_is_no_administrator_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, session: Session
) -> None:
    """Airflow's own role *User* may; our coordinators may not, and whoever has left does not count."""
    assert may_stop(session) == ()
    for statement in FAB.split(";"):
        session.connection().exec_driver_sql(statement)
    assert may_stop(session) == ("lan (User)",)
    ((name, state, found),) = told(monkeypatch, tmp_path, may_stop=may_stop(session))
    assert (name, state) == (Name.DAGS, State.WARNING)
    assert "lan (User)" in found


def test_a_connection_of_the_pages_that_the_environment_hides_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    both = frozenset({"plan_lifecycle_smtp", "plan_lifecycle_imap"})
    monkeypatch.delenv("AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP", raising=False)
    monkeypatch.delenv("AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP", raising=False)
    assert told(monkeypatch, tmp_path, connections=both) == []
    monkeypatch.setenv("AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP", "imap://a:b@mail.example.vn")
    ((name, state, found),) = told(monkeypatch, tmp_path, connections=both)
    assert (name, state) == (Name.MAILBOX, State.WARNING)
    assert "AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP" in found
    assert "mail.example.vn" not in found


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, dict[str, str]]:
    """Connections as somebody made them in Airflow's pages, and nothing in the environment."""
    made: dict[str, dict[str, str]] = {}
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    for name in ("PLAN_LIFECYCLE_SMTP_HOST", "PLAN_LIFECYCLE_IMAP_HOST"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP", "AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("plan_lifecycle.airflow_connections.stored_connection", made.get)
    return made


@pytest.mark.enable_socket
def test_a_mail_server_that_only_airflows_pages_name_is_tried_and_gets_the_test_letter(
    pages: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    assert [check.state for check in mail(Patient(Settings(), NOW))] == [State.UNSET]
    with LocalMailServer(tmp_path / "mail") as server:
        pages["plan_lifecycle_smtp"] = {"host": "127.0.0.1", "port": str(server.port), "security": "none"}
        found = list(mail(Patient(Settings(), NOW, "quan-tri@so.example")))
        assert [(check.name, check.state) for check in found] == [
            (Name.MAIL, State.GOOD), (Name.TEST_LETTER, State.GOOD),
        ]  # fmt: skip
        assert all("kết nối plan_lifecycle_smtp của Airflow" in check.found for check in found)
        assert len(list((server.maildir / "new").iterdir())) == 1
        assert list(mail_servers(Settings())) == ["plan_lifecycle_smtp"]


@pytest.mark.enable_socket
def test_a_server_that_is_down_hides_no_other(
    pages: dict[str, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Portal and command know the one of the environment, tasks take that of the pages."""
    with LocalMailServer(tmp_path / "mail") as server:
        pages["plan_lifecycle_smtp"] = {"host": "127.0.0.1", "port": str(server.port), "security": "none"}
        for name, value in {"HOST": "127.0.0.1", "PORT": "1", "SECURITY": "none"}.items():
            monkeypatch.setenv(f"PLAN_LIFECYCLE_SMTP_{name}", value)
        assert [check.state for check in mail(Patient(Settings(), NOW))] == [State.FAULT, State.GOOD]


def test_a_mailbox_that_only_airflows_pages_name_is_told_to_be_asked_by_nobody(
    pages: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A DAG is drawn without looking there; the variable says that there is a mailbox."""
    pages["plan_lifecycle_imap"] = {"host": "127.0.0.1", "port": "1", "user": "cchc", "password": "bi-mat"}
    monkeypatch.setattr("plan_lifecycle.channels.ImapServer.connect", _refused)
    unused, down = mailbox(Patient(Settings(), NOW))
    assert (unused.state, down.state) == (State.WARNING, State.FAULT)
    assert "PLAN_LIFECYCLE_IMAP_HOST" in str(unused.to_do)
    assert "bi-mat" not in f"{unused}{down}"


def _refused(_server: object) -> None:
    raise ConnectionRefusedError("[Errno 111] Connection refused")


def test_a_connection_is_read_from_airflows_database_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    """What cannot be read, such as a database without Airflow's tables, is told in words."""
    from airflow.models.connection import Connection

    monkeypatch.setattr("airflow.utils.session.create_session", lambda: nullcontext(session))
    with pytest.raises(ConnectionUnreadError) as told:
        stored_connection("plan_lifecycle_smtp")
    assert "Không đọc được kết nối plan_lifecycle_smtp" in told.value.for_user
    Connection.metadata.create_all(session.connection(), tables=[Connection.__table__])
    assert stored_connection("plan_lifecycle_smtp") is None
    session.add(Connection("plan_lifecycle_smtp", "smtp", host="mail.example.vn", extra='{"security": "ssl"}'))
    session.flush()
    found = stored_connection("plan_lifecycle_smtp")
    assert found is not None
    assert (found["host"], found["security"]) == ("mail.example.vn", "ssl")
