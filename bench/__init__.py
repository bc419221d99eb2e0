"""Benchmarks: each module here named ``*_bench.py`` has ``measure() -> list[Figure]``; ``make bench`` runs them all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured ratio; higher is better. ``ours`` and ``peer`` are in the unit that ``note`` names."""

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    goal: float | None
    n: int
    note: str


def alternate(ours: Callable[[], object], peer: Callable[[], object], rounds: int = 5) -> tuple[float, float, float]:
    """Time two calls in turn, A B A B …; return the median seconds of each and the median of the ratios peer/ours."""
    a: list[float] = []
    b: list[float] = []
    for _ in range(rounds):
        a.append(seconds(ours))
        b.append(seconds(peer))
    ratios = [theirs / mine for mine, theirs in zip(a, b, strict=True)]
    return statistics.median(a), statistics.median(b), statistics.median(ratios)


def seconds(call: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
