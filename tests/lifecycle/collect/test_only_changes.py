"""The document axis is asked every quarter of an hour, and says in one line that nothing is new."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from tests.channels.web import Served, Talk, serving
from tests.factories import BINH_AN, day, fill, make_office, owe, plan_file

from plan_lifecycle.channels.http import HttpChannel
from plan_lifecycle.lifecycle.collect import Collected, receive
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store

pytestmark = pytest.mark.enable_socket
NOW = day("2023-02-20")


class Axis:
    """A list with an ETag, and one file; ``file_status`` is how the file is answered."""

    def __init__(self) -> None:
        self.data, self.file_status, self.received = plan_file(), 200, "2023-02-19T08:00:00+07:00"

    def __call__(self, talk: Talk) -> None:
        if "/files/" in talk.path:
            talk.answer(self.data, self.file_status)
            return
        body = json.dumps([self.entry()]).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()}"'
        if talk.header("If-None-Match") == tag:
            talk.answer(b"", 304, ETag=tag)
        else:
            talk.answer(body, Content_Type="application/json", ETag=tag)

    def entry(self) -> dict[str, Any]:
        return {
            "id": "e-1",
            "unit": BINH_AN.id,
            "item": "sub_plan",
            "period": "2023",
            "filename": "ke-hoach.docx",
            "sha256": hashlib.sha256(self.data).hexdigest(),
            "received_at": self.received,
            "url": "/files/e-1",
        }


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    owe(store)
    return make_office(store)


def ask(office: Office, server: Served, at: str = "2023-02-20") -> Collected:
    done = Collected()
    receive(office, HttpChannel(server.url, retries=0), day(at), done)
    return done


def lists(server: Served) -> list[bool]:
    """Of each time the list was asked for, whether only changes were."""
    return [talk.header("If-None-Match") is not None for talk in server.asked if "/files/" not in talk.path]


def test_a_list_that_was_taken_in_is_asked_for_only_where_it_has_changed(office: Office) -> None:
    with serving(Axis()) as server:
        assert [ask(office, server).arrived for _ in range(3)] == [1, 0, 0]
    assert lists(server) == [False, False, True]  # after the first arrival it is asked since a month before that
    assert sum("/files/" in talk.path for talk in server.asked) == 1


def test_a_file_that_could_not_be_had_is_asked_for_again(office: Office) -> None:
    axis = Axis()
    with serving(axis) as server:
        axis.file_status = 500
        assert [bool(ask(office, server).faults) for _ in range(2)] == [True, True]
        axis.file_status = 200
        assert ask(office, server).arrived == 1
    assert not any(lists(server))


def test_an_entry_of_tomorrow_comes_tomorrow(office: Office) -> None:
    axis = Axis()
    axis.received = "2023-02-21T08:00:00+07:00"
    with serving(axis) as server:
        assert ask(office, server).arrived == 0
        assert ask(office, server, "2023-02-21").arrived == 1
