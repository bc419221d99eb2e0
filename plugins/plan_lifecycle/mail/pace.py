"""How fast letters may go: a server's quota a minute and a day, and how long to wait before a letter is tried again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta

from tenacity import RetryCallState, Retrying, wait_exponential

_MINUTE = 60.0
_LATER = wait_exponential(multiplier=300, exp_base=2, max=6 * 3600)


def later(attempts: int) -> timedelta:
    """How long after the ``attempts``-th failed attempt (from 1) a letter is due again: 5, 10, 20 … minutes, 6 hours.

    Greylisting servers want some minutes; a full mailbox wants a day.
    """
    state = RetryCallState(retry_object=Retrying(), fn=None, args=(), kwargs={})
    state.attempt_number = max(1, attempts)
    return timedelta(seconds=_LATER(state))


class Pace:
    """Counts the letters of one batch. ``sent_today`` is what earlier batches of the day have used up."""

    def __init__(
        self,
        per_minute: int | None,
        per_day: int | None,
        *,
        sent_today: int = 0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_minute, self._per_day, self._sent = per_minute, per_day, sent_today
        self._clock, self._sleep = clock, sleep
        self._recent: deque[float] = deque(maxlen=per_minute)

    @property
    def left_today(self) -> int | None:
        """Letters that the day still allows; None without a limit."""
        return None if self._per_day is None else max(0, self._per_day - self._sent)

    def step(self) -> bool:
        """Take one letter's turn, waiting for the minute if need be; False where the day allows no more."""
        if self.left_today == 0:
            return False
        if self._per_minute is not None:
            if len(self._recent) == self._per_minute:
                self._sleep(max(0.0, self._recent[0] + _MINUTE - self._clock()))
            self._recent.append(self._clock())
        self._sent += 1
        return True
