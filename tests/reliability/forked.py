"""Work in a process of its own that is there at once: a copy of this one (fork), which may die at a durable step.

Durable steps are all that outlasts a process: before and after every file that is kept and every transaction that
commits in any database. Between two of them nothing can be lost, so dying at each of them is dying everywhere.
"""

from __future__ import annotations

import os
import resource
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.store import backup
from plan_lifecycle.store.backup._manifest import Manifest
from plan_lifecycle.store.blobs import Blobs

STEPS = ((Blobs, "put"), (DefaultDialect, "do_commit"), (backup, "_keep"), (Manifest, "write"))
"""What is kept, committed, and written into a back-up."""


class Ended(IntEnum):
    """How work ended: done, refused in our own words, or in a way that nobody foresaw. Killed is -9."""

    DONE = 0
    REFUSED = 3
    UNFORESEEN = 4
    KILLED = -signal.SIGKILL


def die() -> None:
    """Be gone, as if the kernel had done it."""
    os.kill(os.getpid(), signal.SIGKILL)


def begin(work: Callable[[], object], *, at: int = 0, then: Callable[[], None] = die, gate: int | None = None) -> int:
    """Start work in a process of its own and return its id; at its step of that number ``then`` happens (0: never).

    With a ``gate`` (the reading end of a pipe) it waits until the other end is closed.
    """
    process = os.fork()
    if process:
        return process
    ended = Ended.UNFORESEEN
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if gate is not None:
            os.read(gate, 1)
        _watch(at, then)
        work()
        ended = Ended.DONE
    except PlanLifecycleError:
        ended = Ended.REFUSED
    except BaseException:  # noqa: BLE001 - a process of its own ends here, whatever it was
        traceback.print_exc()
    finally:
        os._exit(ended)


def end(process: int) -> Ended:
    """Wait until it has ended."""
    _, status = os.waitpid(process, 0)
    return Ended(os.waitstatus_to_exitcode(status))


def done(work: Callable[[], object], *, at: int = 0, then: Callable[[], None] = die) -> Ended:
    """Do work in a process of its own."""
    return end(begin(work, at=at, then=then))


def steps_of(work: Callable[[], object]) -> int:
    """Do work in a process of its own, and say how many durable steps it had."""
    reading, writing = os.pipe()

    def counted() -> None:
        seen = [0]

        def count() -> None:
            seen[0] += 1

        _each_step(count)
        work()
        os.write(writing, str(seen[0]).encode())

    process = begin(counted)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.read()
    assert end(process) is Ended.DONE
    return int(number)


def at_once(works: list[Callable[[], object]]) -> list[Ended]:
    """Do several works, each in a process of its own, from the same moment on."""
    with _gate() as gate:
        processes = [begin(work, gate=gate) for work in works]
    return [end(process) for process in processes]


@contextmanager
def _gate() -> Iterator[int]:
    reading, writing = os.pipe()
    try:
        yield reading
    finally:
        os.write(writing, b"." * 64)
        os.close(writing)
        os.close(reading)


def _watch(last: int, then: Callable[[], None]) -> None:
    left = [last]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            then()

    if last:
        _each_step(count)


def _each_step(count: Callable[[], None]) -> None:
    for owner, name in STEPS:
        _around(owner, name, count)


def _around(owner: Any, name: str, count: Callable[[], None]) -> None:
    original = getattr(owner, name)

    def counted(*given: Any, **named: Any) -> Any:
        count()
        result = original(*given, **named)
        count()
        return result

    setattr(owner, name, counted)
