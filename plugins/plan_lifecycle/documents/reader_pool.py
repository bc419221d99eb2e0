"""Processes that read papers: warm, bounded, and replaced when a paper is the end of one.

Xã Bình An's file is read by one of them while the portal answers everybody else. Whatever is wrong with the file and
was not foreseen, the system ends that process after so much time or memory; the unit is told that the file is too
complex, the next paper has a fresh process. The first paper starts them, so whoever reads none pays nothing.

The processes come from a server that forks them and ends when its parent does, and each ends with the server: none is
left behind by a parent that was killed.
"""

from __future__ import annotations

import logging
import math
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from hashlib import sha256
from multiprocessing import current_process
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import ModuleType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.limits import Limits, limited, prepare_process
from plan_lifecycle.documents.read_ahead import Answers, Question, answer_all
from plan_lifecycle.domain.errors import PlanLifecycleError

if TYPE_CHECKING:
    from pebble import ProcessPool

Given = ParamSpec("Given")
Made = TypeVar("Made")
log = logging.getLogger(__name__)

ONE_PAPER = Limits(cpu_seconds=5, memory=512 << 20)
WORKERS = 2
_WAIT = 60.0
"""Seconds after which a reader that does not even compute is ended."""
_PAPERS_A_PROCESS = 200
_REMEMBERED = 1_000
_OUT_OF_MEMORY = 86
_ENDLESS = 1e9
_WARM = (
    "plan_lifecycle.documents.gate._pdf_text", "plan_lifecycle.documents.read", "plan_lifecycle.documents.report_form",
    "plan_lifecycle.documents.reader_pool",
)  # fmt: skip
"""What the server has read in before it forks."""
_starting = threading.Lock()


class ReaderError(RuntimeError):
    """A reader failed in its process: ``str()`` names what was raised, a note has the trace."""

    def __init__(self, trace: str, what: str) -> None:
        super().__init__(trace, what)
        self.add_note(trace)

    def __str__(self) -> str:
        return str(self.args[1])


class ReaderPool:
    """A ``Bounded`` with ``workers`` processes; ``close`` ends them. It may be called by several threads.

    The readers of one content share its CPU time: what one has taken is not there for the next.
    """

    def __init__(self, *, workers: int = WORKERS, limits: Limits = ONE_PAPER) -> None:
        self._workers, self._limits = workers, limits
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()
        self._spent = _Spent()

    def __call__(
        self, read: Callable[Concatenate[bytes, Given], Made], data: bytes, /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Made:
        """Read in one of the processes. Raises as ``Bounded`` says."""
        digest = sha256(data).digest()
        seconds = math.ceil(self._limits.cpu_seconds - self._spent.by_others(digest, read.__name__))
        answer = self._answer(pickle.dumps((read, (data, *args), kwargs)), seconds) if seconds > 0 else None
        if answer is None:
            log.warning("%s: given up, %s bytes, sha256 %s", read.__name__, len(data), digest.hex())
            self._spent.note(digest, read.__name__, _ENDLESS)
            raise bad("too_costly")
        made, error, spent = pickle.loads(answer)  # noqa: S301  from our own process
        self._spent.note(digest, read.__name__, spent)
        if error is not None:
            raise error
        return made  # type: ignore[no-any-return]

    def begin(self, data: bytes, questions: Sequence[Question]) -> Callable[[], Answers]:
        """Have one process answer them all, one after the other; what is returned waits for the answers.

        Where the paper was the end of the process, each is to be asked again in its turn, and is refused then.
        """
        pool, work = self._running(), pickle.dumps((answer_all, (data, questions), {}))
        try:
            future = pool.schedule(_work, (work, self._limits), timeout=_WAIT)
        except RuntimeError as error:
            log.warning("the readers are started again: %s", error)
            self._give_up(pool)
            return lambda: [None] * len(questions)

        @cache
        def answers() -> Answers:
            try:
                made, error, spent = pickle.loads(future.result())  # noqa: S301  from our own process
            except (OSError, RuntimeError, CancelledError) as why:
                log.warning("%s bytes are read again in their turn: %s", len(data), why)
                return [None] * len(questions)
            self._spent.note(sha256(data).digest(), answer_all.__name__, spent)
            return made if error is None else [None] * len(questions)

        return answers

    def close(self) -> None:
        """End the processes, whatever they do."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            _end(pool)

    def _answer(self, work: bytes, seconds: int) -> bytes | None:
        """What a process answers; None where the work was its end.

        One that ends without having gone beyond its limits may have been unlucky, so a second one tries.
        """
        from pebble import ProcessExpired

        for _ in range(2):
            pool = self._running()
            try:
                return pool.schedule(_work, (work, replace(self._limits, cpu_seconds=seconds)), timeout=_WAIT).result()
            except ProcessExpired as error:
                log.warning("a reader ended by %s", error.exitcode)
                if error.exitcode in (-signal.SIGXCPU, _OUT_OF_MEMORY):
                    return None
            except TimeoutError:
                return None
            except (BrokenExecutor, CancelledError, RuntimeError) as error:
                log.warning("the readers are started again: %s", error)
                self._give_up(pool)
        return None

    def _running(self) -> ProcessPool:
        from pebble import ProcessPool

        with self._lock:
            if self._pool is None:
                context = _Context()
                context.set_forkserver_preload(list(_WARM))
                self._pool = ProcessPool(self._workers, _PAPERS_A_PROCESS, _prepare, (), context)
            return self._pool

    def _give_up(self, pool: ProcessPool) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        _end(pool)


class _Spent:
    """CPU seconds that each reader took for the contents that were read of late; endless for what it gave up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_content: OrderedDict[bytes, dict[str, float]] = OrderedDict()

    def by_others(self, digest: bytes, reader: str) -> float:
        """Say what the other readers took, and this one where it gave the content up."""
        spent = self._by_content.get(digest, {})
        return sum(seconds for name, seconds in spent.items() if name != reader or seconds == _ENDLESS)

    def note(self, digest: bytes, reader: str, seconds: float) -> None:
        """Note what a reader took just now."""
        with self._lock:
            self._by_content[digest] = {**self._by_content.get(digest, {}), reader: seconds}
            self._by_content.move_to_end(digest)
            if len(self._by_content) > _REMEMBERED:
                self._by_content.popitem(last=False)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _prepare() -> None:
    """Begin a process: it ends with the server that forked it, which ends with us."""
    prepare_process(os.getppid())


def _work(work: bytes, limits: Limits) -> bytes:
    """In the process: read, and give back what was made, or else what was raised; and the CPU seconds that it took."""
    read, args, kwargs = pickle.loads(work)  # noqa: S301  from our own parent
    begun = time.process_time()
    try:
        with limited(limits):
            return pickle.dumps((read(*args, **kwargs), None, time.process_time() - begun))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except PlanLifecycleError as error:
        raised: Exception = error
    except Exception as error:  # noqa: BLE001  whatever it is, it is raised where the file was handed in
        raised = ReaderError("".join(traceback.format_exception(error)), f"{type(error).__name__}: {error}")
    return pickle.dumps((None, raised, time.process_time() - begun))


class _Process(ForkServerProcess):
    def start(self) -> None:
        """Start without the main module of this program, which would be run again: Airflow's takes three seconds."""
        with _starting, _without_main(), _as_celery_forbids(self):
            super().start()


class _Context(ForkServerContext):
    Process = _Process


@contextmanager
def _without_main() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _as_celery_forbids(started: ForkServerProcess) -> Iterator[None]:
    """Start from a process of a Celery worker, too.

    It is daemonic, so that it leaves no child behind, and ours end with it; its key is one of Celery's own kind,
    which refuses to be handed on.
    """
    told = current_process()._config  # type: ignore[attr-defined]
    before = dict(told)
    started.authkey = bytes(started.authkey)
    told |= {"daemon": False, "authkey": started.authkey}
    try:
        yield
    finally:
        told.update(before)
