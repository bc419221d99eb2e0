"""How much memory this process and its children hold at most, watched from a thread."""

from __future__ import annotations

import threading
from contextlib import suppress

import psutil

_EVERY = 0.5
_MB = 1024 * 1024


class Peak:
    """A context manager; ``mb`` is the most that all processes held together at any look, in megabytes."""

    def __init__(self) -> None:
        self.mb = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="peak", daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._look()

    def _watch(self) -> None:
        self._look()
        while not self._ended.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        own = psutil.Process()
        self.mb = max(self.mb, sum(map(_held, (own, *own.children(recursive=True)))) / _MB)


def _held(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0
