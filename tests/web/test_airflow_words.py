"""Airflow's pages in Vietnamese: our words over its own, held against the version that is installed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.testclient import TestClient
from tests.factories import ROOT

from plan_lifecycle.web.board import Words

OURS: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "templates/airflow/vi.yaml").read_text(encoding="utf-8"))
STAYS_ENGLISH = {
    "common": (
        "assetInactive.", "dagRun.mappedPartitionKey", "dagRun.partition", "partitionedDagRun", "search.advanced.",
        "security.", "taskInstance.executor", "taskInstance.id", "taskInstance.pid", "taskInstance.triggerer.",
        "taskInstance.unixname", "toaster.", "tokenGeneration.",
    ),
    "dag": ("tabs.storage", "tabs.taskStateStore", "taskStateStore."),
    "components": (
        "backfill.", "banner.", "dagWarnings.", "fileUpload.", "graph.", "limitedList", "logs.", "passwordToggle.",
        "reparseDag", "team.",
    ),
}  # fmt: skip
"""What coordinators do not meet; the letters of keys stay as they are, too."""


def shipped() -> Path:
    """Where the installed Airflow keeps its English words."""
    spec = find_spec("airflow")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "ui/dist/i18n/locales/en"


def texts(words: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in words.items():
        if isinstance(value, dict):
            yield from texts(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def english(subject: str) -> dict[str, str]:
    return dict(texts(json.loads((shipped() / f"{subject}.json").read_text(encoding="utf-8"))))


@pytest.mark.parametrize("subject", OURS)
def test_each_word_of_ours_is_one_that_the_installed_airflow_asks_for_with_the_same_parts(subject: str) -> None:
    theirs = english(subject)
    ours = dict(texts(OURS[subject]))
    assert [key for key in ours if key not in theirs] == []  # gone with this version
    parts = re.compile(r"\{\{\w+\}\}|\$t\([^)]*\)")
    assert [
        key for key, word in ours.items() if sorted(parts.findall(word)) != sorted(parts.findall(theirs[key]))
    ] == []


@pytest.mark.parametrize("subject", OURS)
def test_no_word_of_the_pages_that_coordinators_meet_is_new(subject: str) -> None:
    ours = dict(texts(OURS[subject]))
    stays = STAYS_ENGLISH.get(subject, ())
    new = [key for key in english(subject) if key not in ours and not key.startswith(stays) and key[-6:] != "hotkey"]
    assert new == []


@pytest.fixture
def airflow(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A server that serves Airflow's words as Airflow does, with the middleware."""
    monkeypatch.setenv("PLAN_LIFECYCLE_AIRFLOW_VIETNAMESE", "true")
    app = FastAPI()
    app.mount("/static/i18n/locales", StaticFiles(directory=shipped().parent))
    app.add_middleware(Words)
    return TestClient(app)


def test_english_is_answered_in_vietnamese_and_asked_for_again_each_time(airflow: TestClient) -> None:
    answer = airflow.get("/static/i18n/locales/en/common.json?v=3.3.2", headers={"Accept-Encoding": "gzip"})
    assert answer.json()["nav"]["dags"] == "Quy trình"
    assert answer.json()["toaster"]["delete"]["error"] == "Delete {{resourceName}} Request Failed"
    assert answer.headers["cache-control"] == "no-cache"
    assert "etag" not in answer.headers
    again = airflow.get("/static/i18n/locales/en/common.json", headers={"If-None-Match": "*"})
    assert (again.status_code, again.json()) == (200, answer.json())


@pytest.mark.parametrize("path", ["fr/common.json", "en/admin.json", "en/common.json/x", "en/no.json"])
def test_all_else_is_airflows(airflow: TestClient, path: str) -> None:
    file = shipped().parent / path
    answer = airflow.get(f"/static/i18n/locales/{path}")
    assert answer.status_code == (200 if file.is_file() else 404)
    if file.is_file():
        assert answer.content == file.read_bytes()


def test_it_is_off_unless_the_settings_ask_for_it(airflow: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLAN_LIFECYCLE_AIRFLOW_VIETNAMESE")
    assert airflow.get("/static/i18n/locales/en/common.json").json()["nav"]["dags"] == "Dags"
