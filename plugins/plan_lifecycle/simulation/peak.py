"""What this process and its children cost: the memory that they hold at most, the time that they compute."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import psutil

_EVERY = 0.5
_MB = 1024 * 1024


class Peak:
    """A context manager, watching from a thread; ``mb`` is the most that all processes held together at any look.

    ``cpu_seconds`` is what all of them computed, of a child as much as was seen at the last look at it.
    """

    def __init__(self) -> None:
        self.mb = 0.0
        self._began = time.process_time()
        self._own = 0.0
        self._of_children: dict[psutil.Process, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="peak", daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._look()
        self._own = time.process_time() - self._began

    @property
    def cpu_seconds(self) -> float:
        """Seconds of the processor."""
        return self._own + sum(self._of_children.values())

    def _watch(self) -> None:
        self._look()
        while not self._ended.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        own = psutil.Process()
        children = own.children(recursive=True)
        self.mb = max(self.mb, sum(map(_held, (own, *children))) / _MB)
        for child in children:
            with suppress(psutil.Error):
                times = child.cpu_times()
                self._of_children[child] = times.user + times.system


def _held(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0
