"""Deadlines read a second, against dateparser, on dates that both understand; every phrase is read once, uncached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import dateparser

from bench import Figure, alternate
from plan_lifecycle.domain.deadline import read_deadline

_STYLES = (
    "{0.day:02}/{0.month:02}/{0.year}",
    "{0.day}/{0.month}/{0.year}",
    "{0.day:02}-{0.month:02}-{0.year}",
    "{0.day:02}.{0.month:02}.{0.year}",
    "ngày {0.day} tháng {0.month} năm {0.year}",
    "{0.day:02} tháng {0.month} năm {0.year}",
)
_ROUNDS = 5


def measure() -> list[Figure]:
    """The ratio of dateparser's time to ours; both must agree on every date first."""
    batches = [list(_phrases(date(2019 + at, 1, 1))) for at in range(_ROUNDS + 1)]
    for phrase, day in batches.pop():
        assert read_deadline(phrase, year=2023).due == (day,), phrase
        found = dateparser.parse(phrase, languages=["vi"])
        assert found is not None, phrase
        assert found.date() == day, phrase
    ours, theirs = iter(batches), iter(batches)
    a, b, ratio = alternate(
        lambda: [read_deadline(phrase, year=2023) for phrase, _ in next(ours)],
        lambda: [dateparser.parse(phrase, languages=["vi"]) for phrase, _ in next(theirs)],
        rounds=_ROUNDS,
    )
    n = len(batches[0])
    return [Figure("deadline phrases", n / a, n / b, ratio, 10.0, n * _ROUNDS, "phrases a second, each read once")]


def _phrases(first: date) -> Iterator[tuple[str, date]]:
    """Days of one year in turn through the styles; no phrase comes twice in a run."""
    for offset in range(300):
        day = first + timedelta(days=offset)
        yield _STYLES[offset % len(_STYLES)].format(day), day
