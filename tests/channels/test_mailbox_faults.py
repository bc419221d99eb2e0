"""A sample of the fault loops of ``make reliability``: nothing lost, nothing twice, nothing under another unit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.channels.dovecot import Dovecot, running
from tests.reliability import Fault
from tests.reliability.mailbox_faults import at_once, dropped, killed, restored

pytestmark = [pytest.mark.system, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


def _survived(fault: Fault) -> bool:
    return fault.done == fault.due > 0 and fault.lost == 0 and fault.duplicated == 0


@pytest.mark.parametrize("step", ["bytes_kept", "noted"])
def test_it_survives_a_kill(dovecot: Dovecot, step: str):
    assert _survived(killed(dovecot, step, 3))


def test_it_survives_a_lost_connection(dovecot: Dovecot):
    assert _survived(dropped(dovecot, 4))


def test_it_survives_a_restored_mailbox(dovecot: Dovecot):
    assert _survived(restored(dovecot))


def test_it_survives_others_at_the_same_mailbox(dovecot: Dovecot):
    assert _survived(at_once(dovecot))
