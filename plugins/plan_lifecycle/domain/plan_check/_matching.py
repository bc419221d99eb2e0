"""Which row of the sub-plan takes up which task of the superior plan, and which tasks are this unit's at all.

A commune words a task in its own way, so contents are compared by the words that tell tasks apart, whatever their
order, with what is abbreviated written out. In the example plans different tasks of one plan stay below 0.36, but for
two that share most words (sơ kết, tổng kết: 0.43); a task in a commune's own words reaches 0.4 to 0.9.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from plan_lifecycle.domain.audience import ALL, Mention, read_audience
from plan_lifecycle.domain.plan import Activity
from plan_lifecycle.domain.plan_check._model import Covered, Role
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.short_forms import written_out
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit

ALIKE = 0.4
NEARLY = 0.85
_SAME_TARGET = 0.12
_WORD = regex(r"[\wđ]+")
# Words that every row has say nothing about which task it is.
_COMMON = frozenset(
    [
        "các",
        "của",
        "và",
        "trên",
        "tại",
        "cho",
        "về",
        "với",
        "theo",
        "trong",
        "những",
        "được",
        "để",
        "là",
        "có",
        "đến",
        "từ",
        "việc",
        "công",
        "tác",
        "thực",
        "hiện",
        "tổ",
        "chức",
        "triển",
        "khai",
        "địa",
        "bàn",
        "xã",
        "phường",
        "thị",
        "trấn",
        "huyện",
        "tỉnh",
        "thành",
        "phố",
        "ủy",
        "ban",
        "nhân",
        "dân",
        "cơ",
        "quan",
        "đơn",
        "vị",
        "năm",
    ]
)


@lru_cache(maxsize=4096)
def words_of(content: str) -> str:
    """A content as the words that tell it from others."""
    words = written_out(_WORD.findall(normalise(content)))
    return " ".join(word for word in words if word not in _COMMON and not word.isdigit())


def likeness(rows: Sequence[Activity], others: Sequence[Activity]) -> list[list[float]]:
    """How alike contents are, 0 to 1: a line for each of ``rows``, a value in it for each of ``others``.

    A word counts the less, the more rows have it: in a plan on administrative reform those two words tell nothing.
    """
    left, right = [_features(row) for row in rows], [_features(row) for row in others]
    counts = Counter(feature for features in (*left, *right) for feature in features)
    total = len(left) + len(right)
    weights = {feature: math.log(1 + total / count) ** 2 for feature, count in counts.items()}
    sizes = [sum(weights[feature] for feature in features) for features in right]
    having = _places(right)
    asked, given = [_targets(row) for row in rows], [_targets(row) for row in others]
    table = []
    for one, wanted in zip(left, asked, strict=True):
        shared, size = [0.0] * len(right), sum(weights[feature] for feature in one)
        for feature in one:
            for place in having.get(feature, ()):
                shared[place] += weights[feature]
        table.append(
            [
                _alike(shared[place], size, sizes[place]) + (_SAME_TARGET if wanted and wanted == given[place] else 0.0)
                for place in range(len(right))
            ]
        )
    return table


def _places(rows: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """In which rows each feature stands: two rows are compared by what they share, not pair by pair of features."""
    having: dict[str, list[int]] = {}
    for place, features in enumerate(rows):
        for feature in features:
            having.setdefault(feature, []).append(place)
    return having


def _features(activity: Activity) -> tuple[str, ...]:
    """A content's words and pairs of neighbours, each once: most Vietnamese words are two syllables."""
    words = words_of(activity.content).split()
    return tuple(dict.fromkeys((*words, *(f"{first} {second}" for first, second in pairwise(words)))))


def _alike(shared: float, size: float, other: float) -> float:
    """Half the cosine, half how much of the shorter is in the longer: a row may say more than its task."""
    if not size or not other:
        return 0.0
    return 0.5 * shared / math.sqrt(size * other) + 0.5 * shared / min(size, other)


def _targets(activity: Activity) -> list[tuple[float, str | None]]:
    return [(target.value, target.per) for target in activity.targets]


def cover(superior: Sequence[Activity], own: Sequence[Activity]) -> tuple[dict[int, Covered], list[Activity]]:
    """The best row for each superior task, by the task's place; and the rows that take up none.

    A row takes up the task it is most like, and others only if it is nearly as like them.
    """
    table = likeness(superior, own)
    best = [max((scores[index] for scores in table), default=0.0) for index in range(len(own))]
    covered: dict[int, Covered] = {}
    for at, scores in enumerate(table):
        fit = [(score, -index) for index, score in enumerate(scores) if score >= max(ALIKE, NEARLY * best[index])]
        if fit:
            score, index = max(fit)
            covered[at] = Covered(superior[at], own[-index], round(min(score, 1.0), 2))
    return covered, [row for row, score in zip(own, best, strict=True) if score < ALIKE]


def role_of(activity: Activity, unit: Unit | None) -> Role | None:
    """Whether a task is this unit's as ``lead`` or ``support``; None where it is another's.

    Without a unit every task counts; so does one that names nobody.
    """
    if unit is None or not (activity.lead or activity.support):
        return Role.LEAD
    if addresses(activity.lead, unit):
        return Role.LEAD
    return Role.SUPPORT if addresses(activity.support, unit) else None


def addresses(phrase: str, unit: Unit) -> bool:
    """Whether a phrase means the unit, by its kind or by name."""
    return bool(phrase) and any(_means(mention, unit) for mention in read_audience(phrase).mentions)


def _means(mention: Mention, unit: Unit) -> bool:
    if mention.audience != ALL and mention.audience != unit.kind.value:
        return False
    if mention.name is None:
        return True
    name, own = normalise(mention.name), normalise(unit.name)
    return name == own or name in own or own in name
