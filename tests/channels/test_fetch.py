"""Fetching from servers that are weak for a while, or have nothing new to tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.channels.web import HEAD, MOST, OPEN, Talk, get, says, serving, why
from tests.patience import PATIENCE

from plan_lifecycle.channels import ChannelError, Validator
from plan_lifecycle.channels.fetch import Fetched, Web

pytestmark = pytest.mark.enable_socket


def hangs_up(talk: Talk) -> None:
    talk.connection.close()


def breaks_off(talk: Talk) -> None:
    talk.send(HEAD + b"Content-Length: 100\r\n\r\nhalf")


def patient(url: str, slept: list[float], *, retries: int = 2, seconds: float = PATIENCE) -> Fetched:
    with Web(OPEN, seconds=seconds, retries=retries, sleep=slept.append) as web:
        return web.get(url, most=MOST)


def test_what_has_not_changed_is_not_fetched() -> None:
    def script(talk: Talk) -> None:
        known = talk.header("If-None-Match") == '"v1"'
        talk.answer(b"" if known else b"list", 304 if known else 200, ETag='"v1"', Last_Modified="Mon, 05 Jun 2023")

    with serving(script) as server:
        first = get(server.url)
        again = get(server.url, validator=first.validator)
    assert (first.body, first.validator) == (b"list", Validator('"v1"', "Mon, 05 Jun 2023"))
    assert (again.body, again.validator) == (None, first.validator)
    assert server.asked[1].header("If-Modified-Since") == "Mon, 05 Jun 2023"


def test_nothing_changed_is_no_answer_where_nothing_is_known() -> None:
    with serving(says(status=304)) as server:
        assert "status 304" in why(server.url)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_weakness_that_passes_is_tried_again_after_a_growing_time(status: int) -> None:
    slept: list[float] = []
    with serving(says(status=status), says(status=status), says(b"ok")) as server:
        assert patient(server.url, slept).body == b"ok"
    assert slept == [0.3, 0.6]


def test_the_server_says_when_to_come_back() -> None:
    slept: list[float] = []
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True)
    with serving(says(status=503, Retry_After="2"), says(status=429, Retry_After=soon), says(b"ok")) as server:
        assert patient(server.url, slept).body == b"ok"
    assert slept[0] == 2
    assert 5 < slept[1] <= 9


@pytest.mark.parametrize("wish", ["x", "-1", "", "Mon, 99 Foo"])
def test_a_wish_that_cannot_be_read_is_none(wish: str) -> None:
    slept: list[float] = []
    with serving(says(status=503, Retry_After=wish), says(b"ok")) as server:
        assert patient(server.url, slept).body == b"ok"
    assert slept == [0.3]


def test_who_wants_to_be_left_alone_longer_than_there_is_time_is_told_of() -> None:
    slept: list[float] = []
    with serving(says(status=429, Retry_After="86400")) as server, pytest.raises(ChannelError, match="86400 seconds"):
        patient(server.url, slept)
    assert (slept, len(server.asked)) == ([], 1)


def test_a_connection_that_is_lost_is_tried_again() -> None:
    slept: list[float] = []
    with serving(hangs_up, breaks_off, says(b"ok")) as server:
        assert patient(server.url, slept).body == b"ok"
    assert len(slept) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500, 204, 206])
def test_another_status_is_told_at_once(status: int) -> None:
    slept: list[float] = []
    with serving(says(status=status)) as server, pytest.raises(ChannelError, match=f"status {status}"):
        patient(server.url, slept)
    assert slept == []
