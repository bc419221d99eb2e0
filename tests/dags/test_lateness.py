"""When a run of ours is late: every DAG has a deadline whose callback Airflow can find, and it says which run."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from importlib import import_module
from pathlib import Path

import pytest
from tests.factories import ROOT

from plan_lifecycle.airflow_lateness import LATE_AFTER, TITLES, deadlines, tell
from plan_lifecycle.simulation.mail_server import LocalMailServer


def test_the_triggerer_finds_what_it_is_to_call_in_the_package() -> None:
    (alert,) = deadlines()
    module, _, name = alert.callback.path.rpartition(".")
    assert getattr(import_module(module), name) is tell
    assert alert.interval == LATE_AFTER


def test_it_says_which_run_is_late(caplog: pytest.LogCaptureFixture) -> None:
    asyncio.run(tell(context={"dag_run": {"dag_id": "remind_deadlines", "dag_run_id": "scheduled__2026-02-20"}}))
    assert "remind_deadlines scheduled__2026-02-20 chưa xong sau 60 phút" in caplog.text


@pytest.mark.enable_socket
def test_the_administrator_is_written_to_and_a_second_letter_is_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = {"dag_id": "remind_deadlines", "dag_run_id": "2026-02-20T0730__nhac"}
    with LocalMailServer(tmp_path) as server:
        for name, value in {"HOST": "127.0.0.1", "PORT": str(server.port), "SECURITY": "none"}.items():
            monkeypatch.setenv(f"PLAN_LIFECYCLE_SMTP_{name}", value)
        monkeypatch.setenv("PLAN_LIFECYCLE_MAIL_FROM", "cchc@binhthuan.example.vn")
        asyncio.run(tell(context={"dag_run": run}))
        assert list((tmp_path / "new").iterdir()) == []  # nobody is named
        monkeypatch.setenv("PLAN_LIFECYCLE_ADMIN_MAIL", "quan-tri@so.example")
        monkeypatch.setenv("PLAN_LIFECYCLE_BOARD_URL", "https://cchc.example/plan-lifecycle")
        for _ in range(2):
            asyncio.run(tell(context={"dag_run": run}))
        sent = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in (tmp_path / "new").iterdir()]
    assert {letter["Subject"] for letter in sent} == {"Lượt chạy “Nhắc, đôn đốc thời hạn” chưa xong sau 60 phút"}
    assert len({letter["Message-ID"] for letter in sent}) == 1
    assert "/luot-chay/remind_deadlines/2026-02-20T0730__nhac" in sent[0].get_content()


def test_where_the_letter_is_not_taken_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_ADMIN_MAIL", "quan-tri@so.example")
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_HOST", "")
    asyncio.run(tell(context={"dag_run": {"dag_id": "compile_reports", "dag_run_id": "x"}}))
    assert "the administrator was not told that x is late" in caplog.text


def test_each_dag_is_called_by_its_own_name() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "dags").glob("*.py")}
    assert set(TITLES) == set(texts)
    assert all(f'dag_display_name="{TITLES[name]}"' in text for name, text in texts.items())


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda path: path.stem)
def test_every_dag_has_it(path) -> None:  # type: ignore[no-untyped-def]
    assert "deadline=airflow_lateness.deadlines()," in path.read_text(encoding="utf-8")
