"""The mailbox is asked where it is configured, by an Airflow connection or by the environment."""

from __future__ import annotations

import json

import pytest

from plan_lifecycle import airflow_connections as connections
from plan_lifecycle import airflow_wiring as wiring


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PLAN_LIFECYCLE_IMAP_HOST", "AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP", "PLAN_LIFECYCLE_SOURCE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_there_is_no_task_for_a_mailbox_that_is_not_configured():
    assert wiring.channel_names() == ["folder"]


@pytest.mark.parametrize("name", ["PLAN_LIFECYCLE_IMAP_HOST", "AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP"])
def test_a_configured_mailbox_is_a_task_of_its_own(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(name, "imap.example.vn")
    assert wiring.channel_names() == ["folder", "mailbox"]


def test_the_connection_says_which_mailbox(monkeypatch: pytest.MonkeyPatch):
    told = {
        "conn_type": "imap",
        "host": "imap.example.vn",
        "port": 143,
        "login": "cchc",
        "password": "kín",
        "extra": {"security": "starttls", "folder": "Văn bản đến"},
    }
    monkeypatch.setenv("AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP", json.dumps(told))
    server = connections.imap_server()
    assert server is not None
    assert (server.host, server.port, server.user, server.password) == ("imap.example.vn", 143, "cchc", "kín")
    assert (server.security, server.folder) == ("starttls", "Văn bản đến")
