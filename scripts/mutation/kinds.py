"""The kinds of faults, and how much each is preferred: boundaries and second branches are where tests are thin."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a fault does."""

    BOUNDARY = "boundary"  # < becomes <=, min becomes max
    EQUALITY = "equality"  # == becomes !=, in becomes not in
    CONNECTIVE = "connective"  # and becomes or, any becomes all, one operand is left out
    NEGATION = "negation"  # not x becomes x
    ARITHMETIC = "arithmetic"  # + becomes -
    CONSTANT = "constant"  # a number is one off
    DEFAULT = "default"  # True becomes False, get(key, default) forgets its default
    BRANCH = "branch"  # an else, an elif or one side of a conditional expression is left out
    GUARD = "guard"  # an early return, continue or raise never happens
    FILTER = "filter"  # a condition of a comprehension or a query is left out, or its order
    DROPPED = "dropped"  # a call or an addition that stands alone is left out


WEIGHTS = {
    Kind.BOUNDARY: 5,
    Kind.EQUALITY: 1,
    Kind.CONNECTIVE: 3,
    Kind.NEGATION: 1,
    Kind.ARITHMETIC: 2,
    Kind.CONSTANT: 1,
    Kind.DEFAULT: 2,
    Kind.BRANCH: 4,
    Kind.GUARD: 4,
    Kind.FILTER: 4,
    Kind.DROPPED: 3,
}
