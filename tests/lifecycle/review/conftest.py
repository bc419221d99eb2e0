"""Xã Bình An owes its plan and two reports, and nothing is left to rules."""

from __future__ import annotations

import pytest
from tests.factories import fill, make_office, owe, plan_row

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An owes its plan and two reports; nothing is left to rules."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023", due="2023-12-18", plan_id=plan_id)
    return make_office(store, accept_clean=False, return_with_findings=False)
