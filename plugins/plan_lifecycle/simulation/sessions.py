"""Sessions of processes: a part of Airflow has children that a signal to it alone would orphan."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil


@contextmanager
def undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not leave half of Airflow running."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {sign: signal.signal(sign, signal.SIG_IGN) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def signal_session(leader: int, sign: int) -> None:
    """Signal every process of the session: task processes have process groups of their own."""
    for process in of_session(leader):
        with suppress(ProcessLookupError):
            os.kill(process.pid, sign)


def of_session(leader: int) -> list[psutil.Process]:
    """All that runs now in the session of this leader."""
    found = []
    for process in psutil.process_iter():
        with suppress(ProcessLookupError, PermissionError):
            if os.getsid(process.pid) == leader and runs(process):
                found.append(process)
    return found


def runs(process: psutil.Process) -> bool:
    """Whether it still does anything: one that has ended stays listed for as long as nobody asks how it ended.

    In a container without an init nobody ever asks after what lost its parent.
    """
    with suppress(psutil.NoSuchProcess):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False


def this_one() -> str:
    """This process as a later one can tell it: by its number and when it began, for numbers come again."""
    process = psutil.Process()
    return f"{process.pid} {process.create_time():.2f}"


def is_the_one(written: str) -> bool:
    """Whether the process that wrote this of itself (``this_one``) still runs; no for what is none such."""
    number, _, began = written.partition(" ")
    if not number.isdecimal():
        return False
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(int(number))
        return runs(process) and began == f"{process.create_time():.2f}"
    return False
