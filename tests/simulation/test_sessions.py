"""What runs in a session, and what is only still listed."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

from plan_lifecycle.simulation.sessions import of_session, runs


def test_what_has_ended_does_not_run_though_nobody_has_asked_how_it_ended() -> None:
    """So it stays in a container without an init, for good: nothing waits there for what lost its parent."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True) as started:
        process = psutil.Process(started.pid)
        assert runs(process)
        assert of_session(started.pid) == [process]
        assert started.stdin is not None
        started.stdin.close()
        while process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
        assert process.is_running()
        assert not runs(process)
        assert of_session(started.pid) == []
    assert not runs(process)
