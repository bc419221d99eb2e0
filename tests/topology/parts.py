"""Processes of the topology: each leads a session of its own, so that nothing it started outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from plan_lifecycle.simulation.sessions import of_session, signal_session

STOPPED_WITHIN = 10.0
_POLL = 0.1


@dataclass
class Running:
    """One part: what starts it, where it prints, and its process while there is one.

    ``user`` is whom it runs as where that is another: PostgreSQL refuses root. ``asked_to_stop_by`` is the signal that
    ends it well.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    cwd: Path
    user: str | None = None
    asked_to_stop_by: int = signal.SIGTERM
    starts: list[float] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; what it prints is added to its log."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                list(self.command),
                env=dict(self.environment),
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.user,
                group=self.user,
            )
        self.starts.append(time.monotonic())

    @property
    def leader(self) -> int:
        """Its first process's id, which is its session's."""
        return self._process.pid if self._process else 0

    @property
    def is_up(self) -> bool:
        """Whether its first process runs."""
        return self._process is not None and self._process.poll() is None

    def processes(self) -> list[psutil.Process]:
        """All of it: its session, and children that lead sessions of their own, as PostgreSQL's do."""
        if self._process is None:
            return []
        with suppress(psutil.NoSuchProcess):
            below = psutil.Process(self.leader).children(recursive=True) if self.is_up else []
            return list({process.pid: process for process in (*of_session(self.leader), *below)}.values())
        return []

    @property
    def megabytes(self) -> float:
        """Memory of all of it, what is shared counted in parts (PSS)."""
        found = 0
        for process in self.processes():
            with suppress(OSError, ValueError):
                rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
                found += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return found / 1024

    @property
    def seconds(self) -> float:
        """Seconds of the processor that it has used, ended children that were waited for with them."""
        found = 0.0
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                found += times.user + times.system + times.children_user + times.children_system
        return found

    def kill(self) -> None:
        """SIGKILL to everything of it at once, as when a machine goes down."""
        if self._process is not None:
            signal_session(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def ask_to_stop(self) -> None:
        """Tell its first process to end."""
        if self.is_up and self._process is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, self.asked_to_stop_by)

    def end(self, until: float) -> None:
        """Wait for its end up to a moment of the monotonic clock, then kill what is left."""
        while self.is_up and time.monotonic() < until:
            time.sleep(_POLL)
        self.kill()
