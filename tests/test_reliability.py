"""The page of what is survived says what was found; and a sample of the faults, cheap enough for each run."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from scripts.make_reliability_page import PAGE, page, survived

from tests.reliability import Fault, Kind, at
from tests.reliability.configuration_faults import broken
from tests.reliability.disk_faults import may_mount
from tests.reliability.verb_faults import (
    cut_off_at_each_step,
    disk_full,
    killed_at_each_step,
    prepared,
    several_at_once,
)
from tests.reliability.verbs import VERBS

NAMED = {verb.name: verb for verb in VERBS}
LEAST = 182
"""Faults that the page tells of at least."""


def test_the_page_tells_of_every_fault_and_each_is_survived() -> None:
    told = re.search(r"\*\*(\d+) faults, (\d+) survived\.\*\*", PAGE.read_text(encoding="utf-8"))
    assert told
    assert told[1] == told[2]
    assert int(told[1]) >= LEAST


def test_what_is_not_survived_stands_out_on_the_page() -> None:
    good = at(Kind.KILLED, "sending", Fault("killed amid a letter", 2, 2, 0, 1, 0, window=True, note="", held="once"))
    bad = good._replace(fault="two senders", lost=1, kind=Kind.AT_ONCE)
    rows = [good._asdict(), bad._asdict()]
    text = page(rows)
    assert [survived(row) for row in rows] == [good.survived, bad.survived] == [True, False]
    assert "**2 faults, 1 survived.**" in text
    assert "| sending | 1 | **0 of 1** |" in text
    assert "| killed | killed amid a letter | 2 / 2 | 1 repeated |" in text
    assert "two senders **lost 1, twice 1, misfiled 0**" in text


FAULTS: dict[str, Callable[[], Fault]] = {
    "killed": lambda: _on("sqlite", "pause", killed_at_each_step),
    "a setting undone": lambda: _on("sqlite", "undo setting", killed_at_each_step),
    "at once": lambda: _on("sqlite", "hand over", several_at_once),
    "cut off": lambda: _on("postgresql", "waive", lambda ground: cut_off_at_each_step(ground, [3, 5])),
    "template broken": lambda: broken("templates/mail/reminder_before.txt.j2", ["no text", "a word too many"]),
}


def _on(kind: str, name: str, fault: Callable[..., Fault]) -> Fault:
    with prepared(kind, NAMED[name]) as ground:
        return fault(ground)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_what_is_there_where_nothing_fails(name: str) -> None:
    fault = FAULTS[name]()
    assert fault.survived, fault


@pytest.mark.system
def test_a_verb_on_a_full_disk_says_so_and_is_done_when_there_is_room() -> None:
    if not may_mount():
        pytest.skip("a small disk needs the right to mount one")
    fault = _on("sqlite", "record", disk_full)
    assert fault.survived, fault
