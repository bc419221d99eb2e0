"""The log of a process that is not Airflow's: text, or JSON with what was worked on beside each line."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.lifecycle.office import about, contained
from plan_lifecycle.logs import write_logs
from plan_lifecycle.settings import Settings


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Whatever wrote the log before does so again."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    root.handlers.clear()
    yield
    root.handlers[:] = kept
    root.setLevel(level)


def test_each_line_is_an_object_with_what_it_is_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_LOG_FORMAT", "json")
    assert write_logs(Settings())
    log, told = logging.getLogger("plan_lifecycle.here"), list[PlanLifecycleError]()
    with about(run="scheduled__1"):
        with contained("bb-binh-an", told.append, unit="bb-binh-an", plan=7):
            log.warning("số %s chưa rõ\ndòng hai", 3)
            raise ZeroDivisionError
        log.info("xong")
    first, second, third = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert first["event"] == "số 3 chưa rõ\ndòng hai"
    assert (first["level"], first["logger"]) == ("warning", "plan_lifecycle.here")
    assert (first["unit"], first["plan"], first["run"]) == ("bb-binh-an", 7, "scheduled__1")
    assert "ZeroDivisionError" in second["exception"]
    assert second["unit"] == "bb-binh-an"
    assert (third["run"], "unit" in third) == ("scheduled__1", False)
    assert len(told) == 1


def test_text_is_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("PLAN_LIFECYCLE_LOG_FORMAT", raising=False)
    logging.getLogger().handlers.clear()  # those of the test run
    assert not write_logs(Settings())
    logging.getLogger("here").info("xong")
    assert capsys.readouterr().err.endswith("INFO here: xong\n")


def test_where_nobody_writes_structured_logs_nothing_is_loaded_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "structlog.contextvars", raising=False)
    with about(unit="bb-binh-an"):
        assert "structlog.contextvars" not in sys.modules
