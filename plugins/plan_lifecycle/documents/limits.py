"""What work on one paper may cost: a process sets the bounds on itself, and the system ends what goes beyond them.

A unit's file is read by a process of its own that stays and takes the next one; an office program that converts it is
started and ends. Both are held here, so that what nobody foresaw costs one paper and no more. Memory is what the
process may write to (RLIMIT_DATA): its address space also holds libraries that all processes share, and stacks that
are reserved and never touched. Linux holds all of it; elsewhere the time alone is sure.

Run as a program the module limits itself and becomes another program; it needs nothing but the standard library then.
"""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """``cpu_seconds`` of one core, ``memory`` in bytes that the process may write to, itself included."""

    cpu_seconds: int
    memory: int


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Bound what is done meanwhile in this process; the bounds before come back after it.

    Too much time ends the process (SIGXCPU), as no library can hold it up; too much memory raises MemoryError, or ends
    the process where a library does not look.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    before = {what: resource.getrlimit(what) for what in (resource.RLIMIT_CPU, resource.RLIMIT_DATA)}
    try:
        _lower(resource.RLIMIT_CPU, seconds, before[resource.RLIMIT_CPU][1])
        _lower(resource.RLIMIT_DATA, limits.memory, before[resource.RLIMIT_DATA][1])
        yield
    finally:
        for what, bounds in before.items():
            resource.setrlimit(what, bounds)


def prepare_process(parent: int) -> None:
    """Let this process end by its bounds and with its parent, whose id is given, and leave no core behind.

    A parent that is gone already ends it here. (Linux tells a process of the end of the thread that started it.)
    """
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def limited_command(command: Sequence[str], limits: Limits) -> list[str]:
    """Give the command line that runs another program, found by its path, within these limits and with this parent.

    The program and each process that it starts have the limits, each for itself. Only the program itself ends with its
    parent: what starts others is to be given a session of its own and ended as a group.
    """
    bounds = (str(limits.cpu_seconds), str(limits.memory), str(os.getpid()))
    return [sys.executable, "-I", "-S", __file__, *bounds, *command]


def _lower(what: int, wanted: int, hard: int) -> None:
    resource.setrlimit(what, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _become(cpu_seconds: str, memory: str, parent: str, *command: str) -> None:
    prepare_process(int(parent))
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds), int(cpu_seconds) + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (int(memory), int(memory)))
    os.execv(command[0], command)  # noqa: S606  no shell, a path that our caller knows


if __name__ == "__main__":
    _become(*sys.argv[1:])
