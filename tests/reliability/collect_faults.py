"""Collecting from a folder and over HTTP: killed at any durable step, killed from outside, done by several at once."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from plan_lifecycle.simulation.endpoint import Endpoint, Entry
from tests.patience import PATIENCE
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.dying import run as work
from tests.reliability.dying import start
from tests.reliability.world import DATABASES, NOW, World, count, world

HELD = "each paper once under its own obligation, receipted and decided once; the trail whole"
WAYS = ("folder", "http")
LAST_STEP = 70
"""One run over all papers takes somewhat more durable steps than this."""


def parts() -> dict[str, Produce]:
    """Every way on SQLite and on PostgreSQL."""
    return {kind: partial(_on, kind) for kind in DATABASES}


def _on(kind: str) -> Iterator[Fault]:
    for way in WAYS:
        yield at(Kind.KILLED, f"collecting: {way}", killed_at_steps(kind, way, 5))
        yield at(Kind.KILLED, f"collecting: {way}", killed_from_outside(kind, way, 4))
    yield at(Kind.AT_ONCE, "collecting: folder", at_once(kind))


def killed_at_steps(kind: str, way: str, times: int) -> Fault:
    """Each run dies at a durable step; the one after them finishes."""
    chance = random.Random(f"{kind} {way}")
    with _handed_in(kind, way) as (handed_in, channel):
        for step in sorted((chance.randint(1, LAST_STEP) for _ in range(times)), reverse=True):
            work("collect", handed_in.url, handed_in.blobs, channel, step)
        return _finish(f"{kind}: {way} collected, killed at {times} durable steps", handed_in, channel)


def killed_from_outside(kind: str, way: str, times: int) -> Fault:
    """Each run is killed at a random moment amid its work."""
    chance = random.Random(2023)
    with _handed_in(kind, way, communes=40) as (handed_in, channel):
        for _ in range(times):
            with start("collect", handed_in.url, handed_in.blobs, channel) as process:
                time.sleep(chance.random() * 0.8)
                process.kill()
        return _finish(f"{kind}: {way} collected, killed {times} times amid it", handed_in, channel)


def at_once(kind: str, processes: int = 3) -> Fault:
    """Several processes take in and file the same files at the same time."""
    with _handed_in(kind, "folder", communes=16) as (handed_in, channel), ExitStack() as running:
        each = [
            running.enter_context(start("collect", handed_in.url, handed_in.blobs, channel)) for _ in range(processes)
        ]
        ended = [process.wait(PATIENCE) for process in each]
        assert ended == [0] * processes, ended
        return count(f"{kind}: {processes} processes collect the same folder", handed_in)


def _finish(name: str, handed_in: World, channel: str) -> Fault:
    ended = work("collect", handed_in.url, handed_in.blobs, channel)
    assert ended == 0, f"the last run ended with {ended}"
    return count(name, handed_in, "run again")


@contextmanager
def _handed_in(kind: str, way: str, communes: int = 8) -> Iterator[tuple[World, str]]:
    """All papers lie in the folder, or are to be had from the endpoint."""
    with world(kind, communes) as made:
        if way == "folder":
            yield made, f"folder {_laid_in(made)}"
            return
        with Endpoint() as endpoint:
            for each in made.papers:
                owed = each.owed
                key = f"n{owed.id}"
                endpoint.hand_in(Entry(key, owed.unit_id, owed.item, owed.period, each.name, each.data, NOW))
            yield made, f"http {endpoint.url}"


def _laid_in(made: World) -> Path:
    inbox = made.folder / "inbox"
    for each in made.papers:
        file = inbox / each.owed.unit_id / f"{each.owed.item}-{each.owed.period}" / each.name
        file.parent.mkdir(parents=True)
        file.write_bytes(each.data)
    return inbox
