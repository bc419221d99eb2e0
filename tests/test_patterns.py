"""No pattern is held up by a text: what it costs grows with the text, not with its square.

Every pattern of the package is found by itself (``tests/patterns``) and given texts made of its own parts, over and
over, with an end that does not fit; as they arrive in the product: readers see one blank where several stood.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.growth import LINEAR, TIMES, growth
from tests.patterns import Found, every_pattern, hard_texts

TINY, SMALL = 24, 375
WORTH_MEASURING = 0.01
"""CPU seconds of one look from which on growth is measured: what is quicker is in nobody's way."""
OF_OUR_OWN = (
    "plan_lifecycle.documents.render", "plan_lifecycle.simulation", "plan_lifecycle.config", "plan_lifecycle.cli",
    "plan_lifecycle.domain.sentence",
)  # fmt: skip
"""What these look at is ours: templates, the configuration, a played year, the command line."""


def one_blank(text: str) -> str:
    return re.sub(r"\s+", " ", text)


AS_IT_ARRIVES: dict[str, Callable[[str], str]] = {
    "plan_lifecycle.channels._published_day": lambda text: text[:200],
    "plan_lifecycle.documents.read._columns": lambda text: one_blank(text)[:400],
    "plan_lifecycle.documents.read": one_blank,
    "plan_lifecycle.documents.report_form": one_blank,
    "plan_lifecycle.documents.check": one_blank,
    "plan_lifecycle.documents.registry_book": one_blank,
    "plan_lifecycle.domain": one_blank,
    "plan_lifecycle.lifecycle": one_blank,
}
PARTS = ("channels", "documents", "domain", "lifecycle", "mail", "store", "web")


def looked_for() -> list[Found]:
    return [found for found in every_pattern() if not found.where.startswith(OF_OUR_OWN)]


def test_patterns_of_every_part_are_found() -> None:
    assert {found.where.split(".")[1] for found in looked_for()} == {*PARTS}
    assert len(looked_for()) > 500


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"\s*x", "search"),
        (r"\s*[{=]?\s*DDE", "match"),
        (r"\d+/", "search"),
        (r"(a+)+b", "match"),
    ],
)
def test_a_pattern_that_costs_with_the_square_or_worse_is_told(pattern: str, way: str) -> None:
    assert _slow(Found("here", re.compile(pattern), frozenset({way})))


@pytest.mark.parametrize("part", PARTS)
def test_no_pattern_costs_more_than_in_proportion_to_its_text(part: str) -> None:
    of_part = [found for found in looked_for() if found.where.split(".")[1] == part]
    slow = {f"{found.where}: {found.pattern.pattern!r:.100}": _slow(found) for found in of_part}
    assert {where: text for where, text in slow.items() if text} == {}


def _slow(found: Found) -> str:
    """The beginning of a text on which the pattern costs more; empty where there is none."""
    arrives = next((how for where, how in AS_IT_ARRIVES.items() if found.where.startswith(where)), None)
    for way in found.ways:
        use = _use(found.pattern, way)
        for texts in _texts(found.pattern):
            tiny, small, large = map(arrives, texts) if arrives else texts
            if _beyond(use, tiny, small, large):
                return repr(large[:60])
    return ""


def _texts(pattern: re.Pattern[Any]) -> Iterator[tuple[Any, Any, Any]]:
    sizes = (TINY, SMALL, SMALL * TIMES)
    yield from zip(*(hard_texts(pattern, size) for size in sizes), strict=True)


def _use(pattern: re.Pattern[Any], way: str) -> Callable[[Any], object]:
    if way == "search":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    return getattr(pattern, way)  # type: ignore[no-any-return]


def _beyond(use: Callable[[Any], object], tiny: Any, small: Any, large: Any) -> bool:
    """Whether it grows beyond the text. What doubles with every letter shows in the tiny one already."""
    if _spent(use, tiny) > WORTH_MEASURING and growth(use, tiny[: len(tiny) // 2], tiny) > LINEAR:
        return True
    return _spent(use, large) > WORTH_MEASURING and growth(use, small, large) > LINEAR


def _spent(use: Callable[[Any], object], text: Any) -> float:
    begun = time.thread_time()
    use(text)
    return time.thread_time() - begun
