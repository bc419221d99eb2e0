"""A server's quota is kept, and a letter that may pass waits longer each time."""

from __future__ import annotations

from datetime import timedelta

from plan_lifecycle.mail.pace import Pace, later


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_no_minute_sees_more_letters_than_allowed():
    clock = Clock()
    pace = Pace(3, None, clock=clock, sleep=clock.sleep)
    times = []
    for _ in range(8):
        assert pace.step()
        times.append(clock.now)
        clock.now += 1
    assert times == [0, 1, 2, 60, 61, 62, 120, 121]


def test_the_day_ends_at_its_limit():
    pace = Pace(None, 2, sent_today=1)
    assert [pace.step(), pace.step()] == [True, False]
    assert pace.left_today == 0


def test_without_limits_nothing_waits():
    clock = Clock()
    pace = Pace(None, None, clock=clock, sleep=clock.sleep)
    assert all(pace.step() for _ in range(100))
    assert not clock.slept
    assert pace.left_today is None


def test_a_letter_waits_longer_each_time():
    waits = [later(attempt) for attempt in range(1, 12)]
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits[-1] == timedelta(hours=6)
    assert waits == sorted(waits)
