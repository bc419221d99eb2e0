"""The measure itself: it tells what grows with its size from what grows with the square of it."""

from __future__ import annotations

from tests.growth import LINEAR, TIMES, growth, steps


def _once(size: int) -> int:
    return sum(number & 3 for number in range(size))


def _for_each_other(size: int) -> int:
    return sum(_once(size) for _ in range(size))


def test_what_grows_with_its_size_lies_below_the_limit() -> None:
    assert growth(_once, 5_000, 5_000 * TIMES) < LINEAR


def test_what_grows_with_the_square_lies_above_it() -> None:
    assert growth(_for_each_other, 30, 30 * TIMES) > LINEAR


def test_steps_are_calls_and_the_same_each_time() -> None:
    assert steps(lambda: [abs(number) for number in range(50)]) == steps(lambda: [abs(number) for number in range(50)])
    assert 50 <= steps(lambda: [abs(number) for number in range(50)]) < 60
