"""A sample of the fault loops of ``make reliability``: nothing lost, nothing twice, nothing under another unit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.channels.dovecot import Dovecot, running
from tests.reliability.mailbox_faults import at_once, dropped, killed, killed_amid, restored

pytestmark = [pytest.mark.system, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


@pytest.mark.parametrize(("kind", "step"), [("sqlite", "bytes_kept"), ("sqlite", "noted"), ("postgresql", "noted")])
def test_it_survives_a_kill(dovecot: Dovecot, kind: str, step: str):
    assert killed(kind, dovecot, step, 3).survived


def test_it_survives_kills_at_any_moment(dovecot: Dovecot):
    assert killed_amid("sqlite", dovecot, 2).survived


def test_it_survives_a_lost_connection(dovecot: Dovecot):
    assert dropped("postgresql", dovecot, 4).survived


def test_it_survives_a_restored_mailbox(dovecot: Dovecot):
    assert restored("sqlite", dovecot).survived


def test_it_survives_others_at_the_same_mailbox(dovecot: Dovecot):
    assert at_once("postgresql", dovecot).survived
