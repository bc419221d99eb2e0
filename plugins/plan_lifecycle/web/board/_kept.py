"""What a page has read, kept as long as nothing was written and no rule was changed: the next reader need not wait.

At 8 a.m. many open the same page. The first has it read from the store; the others get the same until somebody, or a
DAG's task, commits anything. No answer is older than the last commit before it was asked for.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.watch import Stamp

T = TypeVar("T")
P = ParamSpec("P")
MOST_KEPT = 24
"""Answers in memory; of the whole country one is a few megabytes."""


@dataclass
class _Answer:
    lock: threading.Lock = field(default_factory=threading.Lock)
    of: tuple[Stamp, object] | None = None
    value: Any = None


class Kept:
    """The answers of one process."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._most, self._lock = most, threading.Lock()

    def look(
        self,
        verb: Callable[Concatenate[Office, datetime, P], T],
        office: Office,
        now: datetime,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What ``verb`` answers; it may depend on the store, the rules, the units that may be seen and the day of
        ``now``, and on no hour. Nobody may change what it gives. Several who ask at once have it worked out once."""
        key = (verb, office.sight, now.date(), args, tuple(sorted(kwargs.items())))
        answer = self._answer(key)
        with answer.lock:
            stamp = office.store.stamp()
            if answer.of is None or answer.of[0] != stamp or answer.of[1] is not office.rules:
                answer.value = verb(office, now, *args, **kwargs)
                answer.of = stamp, office.rules
            return answer.value  # type: ignore[no-any-return]

    def _answer(self, key: Hashable) -> _Answer:
        with self._lock:
            answer = self._answers.setdefault(key, _Answer())
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
            return answer
