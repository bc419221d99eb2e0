"""Running the office program on one file: alone on this machine, in a folder that is thrown away, within bounds."""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from plan_lifecycle.documents.convert._box import command, environment, write_profile
from plan_lifecycle.documents.convert._program import TARGETS, Program
from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.limits import Limits
from plan_lifecycle.documents.package import MAX_FILE, MEGABYTE
from plan_lifecycle.domain.errors import PlanLifecycleError

WALL_SECONDS = 60
LIMITS = Limits(cpu_seconds=60, memory=1536 * MEGABYTE)
"""What one conversion may take: a large plan takes 4 seconds and 300 MB."""
PATIENCE_SECONDS = 30
"""How long a conversion waits for those before it."""
_LOOK_EVERY = 0.1
_OWNER_ONLY = 0o700


class ConverterBusyError(PlanLifecycleError):
    """Other files are being converted; the same may go through later."""


def convert(
    program: Program,
    data: bytes,
    kind: str,
    *,
    limits: Limits = LIMITS,
    seconds: float = WALL_SECONDS,
    patience: float = PATIENCE_SECONDS,
) -> bytes:
    """Convert a file of a kind of ``TARGETS``; the same bytes give the same copy.

    Raises BadDocument ``not_converted`` where nothing comes of it within the bounds, ConverterBusyError where others
    take too long before it.
    """
    with _alone(patience) as folder:
        paper, made = folder / f"paper.{kind}", folder / "out" / f"paper.{TARGETS[kind]}"
        paper.write_bytes(data)
        write_profile(folder / "profile")
        _run(command(program.path, kind, paper, folder, limits), environment(folder), folder, seconds)
        try:
            copy = _made(made)
            return _dated_alike(copy)
        except (OSError, zipfile.BadZipFile, ValueError) as error:
            raise not_converted(kind) from error


def not_converted(kind: str) -> BadDocument:
    """The refusal of a file that the office program makes nothing of."""
    return bad("not_converted", f"tệp .{kind} này để đọc; đề nghị lưu lại dạng .{TARGETS[kind]}")


def _run(line: list[str], environ: dict[str, str], folder: Path, seconds: float) -> None:
    """Run it to its end, or to the end of its time; whatever it started ends with it."""
    with subprocess.Popen(  # noqa: S603  no shell; the file's name is ours
        line,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _made(path: Path) -> bytes:
    """What was made of it: a plain file of a size that is taken in. Raises OSError, ValueError."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("not a file")
        copy = file.read(MAX_FILE + 1)
    if len(copy) > MAX_FILE:
        raise ValueError("too large")
    return copy


def _dated_alike(copy: bytes) -> bytes:
    """The package with every member of one date: by its digest the same conversion is known again."""
    out = bytearray(copy)
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        at = package.start_dir
        for member in package.infolist():
            out[member.header_offset + 10 : member.header_offset + 14] = _FIRST_DAY
            out[at + 12 : at + 16] = _FIRST_DAY
            at += 46 + sum(int.from_bytes(copy[at + field : at + field + 2], "little") for field in (28, 30, 32))
    return bytes(out)


_FIRST_DAY = b"\0\0\x21\0"  # midnight of 1 January 1980, where the calendar of packages begins


@contextlib.contextmanager
def _alone(patience: float) -> Iterator[Path]:
    """An empty folder for one conversion, which no other process of this user has meanwhile; it is emptied after it.

    What a killed process left is thrown away by the next one.
    """
    home = _home()
    with open(home / "lock", "w", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW, 0o600)) as lock:
        _take(lock.fileno(), time.monotonic() + patience)
        folder = home / "work"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            (folder / "out").mkdir(mode=_OWNER_ONLY, parents=True)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _home() -> Path:
    """Where conversions take place: a folder that only its owner gets into."""
    home = Path(tempfile.gettempdir()) / f"plan-lifecycle-convert-{os.geteuid()}"
    home.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    found = home.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise ConverterBusyError(f"{home} belongs to somebody else")
    return home


def _take(lock: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise ConverterBusyError("other files are being converted") from error
            time.sleep(_LOOK_EVERY)
        else:
            return
