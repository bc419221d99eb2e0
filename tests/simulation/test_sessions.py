"""What runs in a session, and what is only still listed."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

from plan_lifecycle.simulation.sessions import is_the_one, of_session, runs, this_one


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


def test_a_process_is_known_again_until_it_ends_and_another_of_its_number_is_none() -> None:
    """Numbers come again, soonest in a container that starts anew: whoever left one behind is not whoever has it."""
    written = this_one()
    number, _, began = written.partition(" ")
    assert is_the_one(written)
    assert not is_the_one(f"{number} {float(began) - 1:.2f}")
    for other in ("", "x", number, "0", "99999999 1.00"):
        assert not is_the_one(other)


def test_a_process_that_ended_and_that_nobody_asked_after_is_not_taken_for_one_that_runs() -> None:
    told = "from plan_lifecycle.simulation.sessions import this_one; print(this_one(), flush=True)"
    with subprocess.Popen([sys.executable, "-c", told], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        written = started.stdout.read().strip()
        while psutil.Process(started.pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
        assert not is_the_one(written)
