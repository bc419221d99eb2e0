"""What work costs, told without a number of seconds: how it grows with its size, and how many steps it takes.

A busy or slow machine slows the small and the large alike, so their ratio stays. What grows with the square of its
size takes ``TIMES`` squared, 64 times as long; what grows with the size takes 8. The limit lies between the two.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from sqlalchemy import event

from plan_lifecycle.store.engine import Store

Sized = TypeVar("Sized")

TIMES = 8
"""How many times larger the large input is than the small one."""
LINEAR = 3.0 * TIMES
"""The limit: three times what is in proportion, well below the square."""
_ROUNDS = 5
_ENOUGH = 0.005
"""CPU seconds that a small run must last to be told from the clock's own grain; it is repeated until then."""


def growth(work: Callable[[Sized], object], small: Sized, large: Sized) -> float:
    """Return how many times more CPU time ``large`` takes than ``small``.

    It is the least of up to five rounds, and the first that lies below ``LINEAR`` ends them: what else the machine
    does can only add to a round.
    """
    work(small)  # what is made once is made here
    with _no_collection():
        ratio = _ratio(work, small, large)
        for _ in range(_ROUNDS - 1):
            if ratio < LINEAR:
                break
            ratio = min(ratio, _ratio(work, small, large))
    return ratio


def steps(work: Callable[[], object]) -> int:
    """Return how many calls ``work`` makes, of functions in Python and in C."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@contextmanager
def asked(store: Store) -> Iterator[list[str]]:
    """List the statements that the store's database is sent meanwhile, save those that open and end transactions."""
    sent: list[str] = []

    def note(*given: Any) -> None:
        if not given[2].startswith("BEGIN"):
            sent.append(given[2])

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def _ratio(work: Callable[[Sized], object], small: Sized, large: Sized) -> float:
    return _cost(work, large) / _cost(work, small)


def _cost(work: Callable[[Sized], object], given: Sized) -> float:
    """CPU seconds of this thread for one call."""
    calls = 1
    while True:
        begun = time.thread_time()
        for _ in range(calls):
            work(given)
        if (spent := time.thread_time() - begun) >= _ENOUGH:
            return spent / calls
        calls *= 4


@contextmanager
def _no_collection() -> Iterator[None]:
    """Garbage collection walks over whatever the process holds, and would be counted as the work's own."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
