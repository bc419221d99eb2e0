"""When something is due: the reading of the phrases in which plans set their deadlines.

A commune's officer reads "trước ngày 15 tháng cuối quý" and knows four days of the year. So does this package, or it
says that a person must decide, and why: a reminder that rests on a guessed date is worse than none. The rules are
those of administrative usage: *trước* is strict, every other bound includes its day, windows include both ends, what
is left unsaid comes from the other end, the period or the plan.

``_lexicon`` and ``deadline.lark`` know the words, ``_points`` the calendar, ``_gathering`` which words
belong to one duty, ``_readings`` what a duty means.
"""

from __future__ import annotations

from plan_lifecycle.domain.deadline._model import Deadline, DeadlineKind
from plan_lifecycle.domain.deadline._reader import read_deadline
from plan_lifecycle.domain.deadline._typing import plainly_dated

__all__ = ["Deadline", "DeadlineKind", "plainly_dated", "read_deadline"]
