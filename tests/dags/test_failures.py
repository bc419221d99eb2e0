"""How a task ends that fails: one sentence is seen, the rest is folded below it; a wrong input is never tried again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException

from plan_lifecycle import airflow_failures, airflow_wiring
from plan_lifecycle.airflow_notes import NOTE
from plan_lifecycle.domain.clock import ClockError
from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.lifecycle.send._outbox import Sent

OPENED = "::group::Chi tiết kỹ thuật"
WRONG = InputError("a date", file="lich.yaml", line=12, found="31/02", vi="Dòng 12: ngày 31/02 không có.")
OTHER = InputError("a number", file="lich.yaml", line=14, found="mười")


class Task:
    """What a failed task leaves: the lines of its log, the sentence for the note of its run."""

    def __init__(self, log: pytest.LogCaptureFixture) -> None:
        self._log = log
        self.params: dict[str, Any] = {"as_of": None, "again": False, "unit": None, "period": None, "profile": None}
        self.left: dict[str, str] = {}

    def xcom_push(self, key: str, value: str) -> None:
        self.left[key] = value

    def seen(self) -> list[str]:
        """The lines before the group that stays shut."""
        lines = self._log.messages
        return lines[: lines.index(OPENED)]

    def folded(self) -> list[str]:
        """The lines of that group, which is never closed: Airflow's own stack follows."""
        lines = self._log.messages
        assert "::endgroup::" not in lines
        return lines[lines.index(OPENED) + 1 :]


@pytest.fixture
def task(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Iterator[Task]:
    """A task in its run, on an office whose store opens."""
    made = Task(caplog)
    run = SimpleNamespace(
        dag_id="d", run_id="1", run_after=datetime.now(UTC), triggering_user_name="thanh", consumed_asset_events=[]
    )
    for module in ("airflow_notes", "airflow_day", "airflow_wiring"):
        context = {"ti": made, "dag_run": run, "params": made.params}
        monkeypatch.setattr(f"plan_lifecycle.{module}.get_current_context", lambda context=context: context)
    monkeypatch.setattr("plan_lifecycle.office_wiring.open_office", opened)
    log = logging.getLogger("airflow.task")
    log.addHandler(caplog.handler)
    monkeypatch.setattr(log, "propagate", False)
    monkeypatch.setattr(log, "disabled", False)
    caplog.set_level(logging.INFO, logger="airflow.task")
    yield made
    log.removeHandler(caplog.handler)


@contextmanager
def opened(_settings: object) -> Iterator[SimpleNamespace]:
    yield SimpleNamespace(store=None)


@contextmanager
def not_opened(_settings: object) -> Iterator[SimpleNamespace]:
    raise WRONG
    yield


def test_a_wrong_input_fails_for_good_with_one_sentence_in_sight_and_in_the_note(task: Task) -> None:
    with pytest.raises(AirflowFailException) as failed, airflow_failures.input_fails_once():
        raise WRONG
    assert str(failed.value) == WRONG.for_user
    assert task.seen() == [WRONG.for_user]
    assert task.folded() == [WRONG.for_user, "lich.yaml, line 12: found '31/02', expected a date"]
    assert task.left == {NOTE: WRONG.for_user}
    assert failed.value.__context__ is WRONG


def test_of_many_faults_the_first_is_in_sight_and_all_are_folded(task: Task) -> None:
    with pytest.raises(AirflowFailException), airflow_failures.input_fails_once():
        raise CombinedInputError([WRONG, OTHER])
    assert task.seen() == ["Dòng 12: ngày 31/02 không có. Còn 1 điểm khác, nêu ở “Chi tiết kỹ thuật”."]
    assert task.folded() == [WRONG.for_user, OTHER.for_user, str(WRONG), str(OTHER)]


def test_a_sentence_of_several_lines_is_one_line(task: Task) -> None:
    with pytest.raises(AirflowFailException), airflow_failures.input_fails_once():
        raise InputError("a plan", vi="Chưa đọc được\n  phần đầu.")
    assert task.seen() == ["Chưa đọc được phần đầu."]


def test_what_else_fails_is_tried_again(task: Task) -> None:
    """A database that is away is no wrong input; nothing is said twice of it."""
    with pytest.raises(ConnectionError), airflow_failures.input_fails_once():
        raise ConnectionError("away")
    assert task.left == {}


def test_a_clock_that_is_wrong_is_told_in_one_sentence_and_tried_again(task: Task) -> None:
    wrong = ClockError("found 2027-01-01", vi="Đồng hồ máy chỉ ngày 01/01/2027.")
    with pytest.raises(ClockError), airflow_failures.input_fails_once():
        raise wrong
    assert task.seen() == [wrong.for_user]
    assert task.folded() == ["found 2027-01-01"]
    assert task.left == {NOTE: wrong.for_user}


def test_a_wrong_configuration_fails_a_task_once(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read while the office opens."""
    monkeypatch.setattr("plan_lifecycle.office_wiring.open_office", not_opened)
    with pytest.raises(AirflowFailException), airflow_wiring.at_work():
        pytest.fail("at work without an office")
    assert task.seen() == [WRONG.for_user]


def tomorrow() -> str:
    return (datetime.now(UTC) + timedelta(days=2)).date().isoformat()


@pytest.mark.parametrize("typed", [tomorrow, lambda: "31/02/2026", lambda: "hôm qua"])
def test_a_day_that_cannot_be_meant_fails_a_task_once(task: Task, typed: Callable[[], str]) -> None:
    task.params["as_of"] = typed()
    with pytest.raises(AirflowFailException), airflow_wiring.at_work():
        pytest.fail("at work on that day")
    assert len(task.seen()) == 1


@pytest.mark.parametrize("given", [{"unit": "xã Bình An"}, {"period": "2026-Q1"}, {"profile": "cchc"}])
def test_half_a_report_asked_for_fails_a_task_once(
    task: Task, given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(airflow_wiring, "begin_run", lambda store: datetime.now(UTC))
    task.params.update(given)
    with pytest.raises(AirflowFailException), airflow_wiring.at_work() as (office, now):
        airflow_wiring.asked_report(office, now)
    assert task.seen() == ["Đề nghị ghi cả cơ quan và kỳ báo cáo."]


def test_a_report_that_a_form_names_is_asked_for_by_whoever_started_the_run(task: Task) -> None:
    assert airflow_wiring.asked_by() is None
    task.params.update(unit="huyện Bắc Bình", period="2026-Q1")
    assert airflow_wiring.asked_by() == "thanh"


def test_units_of_a_batch_that_failed_are_counted_in_sight_and_their_ids_and_reasons_folded(task: Task) -> None:
    faults = ["bb-binh-an: no address", "plan 3: timed out", "http:truc: status 503"]
    with pytest.raises(airflow_wiring.UnitsFailedError, match="3 failed"):
        airflow_wiring.fail_for(faults)
    assert task.seen() == ["Có 03 trường hợp chưa thực hiện được; phần còn lại đã thực hiện."]
    assert task.folded() == faults


def test_sites_that_could_not_be_reached_are_named_in_sight(task: Task) -> None:
    with pytest.raises(airflow_wiring.SourcesFailedError, match="xã Bình An: status 503"):
        airflow_wiring.fail_for_sites([("xã Bình An", "status 503"), ("xã Bình An", "status 404")])
    assert task.seen() == ["Chưa truy cập được trang của: xã Bình An. Các đơn vị khác đã được kiểm tra."]
    assert task.folded() == ["xã Bình An: status 503", "xã Bình An: status 404"]


def test_only_the_wiring_opens_an_office_for_a_task() -> None:
    """So no DAG goes around the one place that tells a wrong input from what may pass."""
    folder = Path(__file__).parents[2] / "dags"
    for path in folder.glob("*.py"):
        assert "open_office" not in path.read_text(encoding="utf-8"), path.name


def test_a_run_while_all_mail_is_paused_says_so_and_still_tells_of_what_failed_before(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = "tạm dừng gửi thư đến hết ngày 10/3/2023: đổi máy chủ"
    monkeypatch.setattr("plan_lifecycle.airflow_metrics.tell_standing", lambda *_: None)
    monkeypatch.setattr(airflow_wiring, "begin_run", lambda store: datetime.now(UTC))
    monkeypatch.setattr("plan_lifecycle.lifecycle.send.send_outbox", lambda *_, **__: Sent(queued=3, paused=why))
    states = {"collect": "failed", "send": "running"}
    task.get_task_states = lambda **_: {"1": states}  # type: ignore[attr-defined]
    task.dag_id = "d"  # type: ignore[attr-defined]
    with pytest.raises(AirflowFailException):
        airflow_wiring.send_letters()
    states["collect"] = "success"
    assert airflow_wiring.send_letters() == f"3 thư chờ gửi; mọi thư đang được {why}"
    assert task.left[NOTE] == f"3 thư chờ gửi; mọi thư đang được {why}"
