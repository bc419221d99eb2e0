"""Papers that are made before they are handed in are the same as those made when they are sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.documents.test_read_ahead import Reads
from tests.factories import rules

from plan_lifecycle.documents.read_ahead import Answers, Question
from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation import country as module
from plan_lifecycle.simulation.behaviour import read_behaviour
from plan_lifecycle.simulation.country import DEPARTMENTS, country
from plan_lifecycle.simulation.hands import begin
from plan_lifecycle.simulation.world import Delivery, World


class Counts(Reads):
    """Makes at once, and counts."""

    begun = 0

    def begin(self, data: bytes, questions: Sequence[Question]) -> Callable[[], Answers]:
        self.begun += 1
        return super().begin(data, questions)


def opened(delivery: Delivery) -> tuple[Delivery, dict[str, bytes]]:
    """A delivery with what its file holds, but not when that was put together."""
    with zipfile.ZipFile(io.BytesIO(delivery.data)) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.startswith("docProps/")}
    return replace(delivery, data=b""), parts


def test_a_units_papers_are_the_same_whoever_makes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEPARTMENTS", DEPARTMENTS[:2])
    stage, hands = country(2026, provinces=1, communes=2), Counts()
    players = list(stage.case.players(stage.tree))
    behaviour = read_behaviour(ROOT / "config" / "simulation.yaml")
    sent = list[list[tuple[Delivery, dict[str, bytes]]]]()
    for lent in (None, hands):
        world = World(stage, players, behaviour, rules(), lent)
        world.take_up((player.unit.id, stage.case.papers[0].data) for player in players)
        every_day = (stage.case.begins + timedelta(days=number) for number in range(365))
        sent.append([opened(delivery) for day in every_day for delivery in world.deliveries(day)])
    assert sent[0] == sent[1]
    assert hands.begun == len(sent[0]) > 0


def test_what_no_hand_could_make_is_made_when_it_is_sent() -> None:
    class Lost(Reads):
        def begin(self, data: bytes, questions: Sequence[Question]) -> Callable[[], Answers]:
            return lambda: [None]

    assert begin(Lost(), bytes, b"abc")() == b"abc" == begin(None, bytes, b"abc")()
