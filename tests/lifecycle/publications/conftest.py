"""A web server with columns of news, and two communes that owe plans."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.channels.web import serving
from tests.factories import HOA_THANG, fill, make_office, owe
from tests.lifecycle.publications.columns import Site

from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store


@pytest.fixture
def site() -> Iterator[Site]:
    shown = Site()
    with serving(shown) as server:
        shown.url = server.url
        yield shown


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An and xã Hòa Thắng owe plans."""
    fill(store)
    plan = owe(store)
    owe(store, HOA_THANG, plan_id=plan.plan_id)
    return make_office(store)
