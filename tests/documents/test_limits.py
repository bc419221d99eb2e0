"""What bounds a process: time ends it, memory is refused to it, and it goes when its parent goes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.patience import PATIENCE

from plan_lifecycle.documents.limits import Limits, limited, limited_command

MEGABYTE = 1 << 20
ENOUGH = Limits(cpu_seconds=20, memory=512 * MEGABYTE)


def _run(program: str, limits: Limits) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        limited_command([sys.executable, "-c", program], limits), capture_output=True, text=True, check=False
    )


def test_a_program_within_its_limits_runs_as_ever() -> None:
    done = _run("import sys; print('xong'); sys.exit(3)", ENOUGH)
    assert (done.stdout, done.returncode) == ("xong\n", 3)


def test_a_program_that_computes_on_and_on_is_ended() -> None:
    assert _run("while True: pass", Limits(1, ENOUGH.memory)).returncode == -signal.SIGXCPU


def test_a_program_that_asks_for_too_much_memory_is_refused_it() -> None:
    done = _run("bytearray(600 << 20)", ENOUGH)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "MemoryError"


def test_a_program_has_no_more_than_the_memory_it_is_given() -> None:
    assert _run("bytearray(400 << 20)", ENOUGH).returncode == 0


def test_what_a_program_starts_is_limited_too() -> None:
    child = "import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', 'bytearray(600 << 20)']))"
    assert _run(child, ENOUGH).returncode == 1


def test_a_program_goes_when_its_parent_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    os.mkfifo(told)
    child = f"import os, signal; open({str(told)!r}, 'w').write(str(os.getpid())); signal.pause()"
    parent = (
        "import subprocess, sys; from plan_lifecycle.documents.limits import Limits, limited_command; "
        f"subprocess.run(limited_command([sys.executable, '-c', {child!r}], Limits(20, 1 << 29)))"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        number = int(told.read_text())
        process.kill()
        assert process.stdout is not None
        assert process.stdout.read() == b""  # its end comes when the last that held it is gone
    for _ in range(int(PATIENCE * 100)):  # or has closed it, on its way out
        if not _alive(number):
            return
        time.sleep(0.01)
    pytest.fail("the program is left")


def test_a_program_whose_parent_is_gone_already_does_not_begin() -> None:
    command = limited_command([sys.executable, "-c", "print('x')"], ENOUGH)
    command[command.index(str(os.getpid()))] = "1"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 1)


def test_limits_hold_while_something_is_done_and_no_longer() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA), resource.getrlimit(resource.RLIMIT_CPU)
    with limited(Limits(1_000, 4_096 * MEGABYTE)):
        assert resource.getrlimit(resource.RLIMIT_DATA)[0] == 4_096 * MEGABYTE
        assert resource.getrlimit(resource.RLIMIT_CPU)[0] >= 1_000
        with pytest.raises(MemoryError):
            bytearray(5_000 * MEGABYTE)
    assert (resource.getrlimit(resource.RLIMIT_DATA), resource.getrlimit(resource.RLIMIT_CPU)) == before


def _alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False
