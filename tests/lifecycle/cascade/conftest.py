"""The units of tests, and nothing owed yet."""

from __future__ import annotations

import pytest
from tests.factories import fill, make_office

from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return make_office(store)
