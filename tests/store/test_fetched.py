"""What a server said of an address is remembered for who asked, until it says nothing of use."""

from __future__ import annotations

import pytest
from tests.factories import BINH_AN, HOA_THANG, day

from plan_lifecycle.store import fetched
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.fetched import Remembered

FEED = "https://binhan.example.vn/rss"


def test_what_a_server_said_is_remembered_for_who_asked(store: Store) -> None:
    said = Remembered('"v1"', None, day("2023-05-04"))
    with store.write() as connection:
        fetched.remember(connection, BINH_AN.id, FEED, said)
        assert fetched.recall(connection, BINH_AN.id, FEED) == said
        assert fetched.recall(connection, HOA_THANG.id, FEED) is None
        fetched.remember(connection, BINH_AN.id, FEED, said._replace(etag='"v2"'))
        found = fetched.recall(connection, BINH_AN.id, FEED)
        assert found is not None
        assert found.etag == '"v2"'
        fetched.remember(connection, BINH_AN.id, FEED, Remembered(None, None, day("2023-05-05")))
        assert fetched.recall(connection, BINH_AN.id, FEED) is None


@pytest.mark.parametrize(("etag", "modified"), [('"v1"', None), (None, "Thu, 04 May 2023 01:00:00 GMT")])
def test_either_validator_is_enough(store: Store, etag: str | None, modified: str | None) -> None:
    said = Remembered(etag, modified, day("2023-05-04"))
    with store.write() as connection:
        fetched.remember(connection, BINH_AN.id, FEED, said)
        assert fetched.recall(connection, BINH_AN.id, FEED) == said


def test_forgetting_one_address_keeps_the_others(store: Store) -> None:
    said = Remembered('"v1"', None, day("2023-05-04"))
    with store.write() as connection:
        fetched.remember(connection, BINH_AN.id, FEED, said)
        fetched.remember(connection, HOA_THANG.id, FEED, said)
        fetched.remember(connection, BINH_AN.id, FEED, said._replace(etag=None))
        assert fetched.recall(connection, HOA_THANG.id, FEED) == said
