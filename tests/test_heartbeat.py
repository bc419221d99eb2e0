"""A sign of life: begun, done and failed arrive; nothing that goes wrong stops the run or tells the address."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from plan_lifecycle import heartbeat
from plan_lifecycle.heartbeat import Signal, beat
from plan_lifecycle.settings import Settings
from tests.channels.web import HOST, Talk, serving

pytestmark = pytest.mark.enable_socket
SECRET = "0f8a-bi-mat"


class Watch:
    """The watch outside: what it was told, and with which status it answers."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.status = 200
        self.at = ""

    def __call__(self, talk: Talk) -> None:
        self.heard.append(talk.path)
        talk.answer(b"OK", self.status, Location=f"{self.at}/elsewhere")


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    made = Watch()
    with serving(made) as server:
        made.at = f"http://{HOST}:{server.port}"
        monkeypatch.setenv("PLAN_LIFECYCLE_HEARTBEAT_URL", f"{made.at}/ping/{SECRET}?create=1")
        yield made


def of_run(**params: object) -> Mapping[str, Any]:
    return {"params": params}


def test_a_run_says_that_it_begins_is_done_or_failed(watch: Watch) -> None:
    for say in (heartbeat.on_start, heartbeat.on_success, heartbeat.on_failure):
        say(of_run(as_of=None, again=False))
    heartbeat.on_failure({})  # of a process that died: Airflow knows less
    ends = [f"/ping/{SECRET}{signal.value}?create=1" for signal in Signal]
    assert watch.heard == [*ends, ends[-1]]


def test_the_replay_of_a_past_day_is_no_sign_of_life(watch: Watch) -> None:
    heartbeat.on_success(of_run(as_of="2023-02-20", again=True))
    assert watch.heard == []


@pytest.mark.parametrize("status", [302, 404, 503])
def test_a_sign_that_does_not_arrive_is_logged_without_its_address(
    watch: Watch, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    watch.status = status
    assert not beat(Settings(), Signal.SUCCESS)
    assert len(watch.heard) == heartbeat.TRIES  # and nobody was led elsewhere
    assert f"status {status}" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("address", [f"http://{HOST}:9/{SECRET}", f"ftp://{HOST}/{SECRET}", f"http://[/{SECRET}"])
def test_a_watch_that_is_not_there_or_an_address_that_is_none_stops_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("PLAN_LIFECYCLE_HEARTBEAT_URL", address)
    assert not beat(Settings(), Signal.START)
    assert caplog.messages
    assert SECRET not in caplog.text + repr(Settings())


@pytest.mark.parametrize("given", ["", "  "])
def test_without_an_address_nothing_is_sent_and_nothing_said(
    given: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_HEARTBEAT_URL", given)
    assert not beat(Settings(), Signal.START)
    assert caplog.messages == []
