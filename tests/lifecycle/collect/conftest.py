"""An office that knows its own letters by the addresses that answers go to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories import fill, make_office

from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store.engine import Store


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return replace(make_office(store), replies=ReplyAddresses("k" * 32))
