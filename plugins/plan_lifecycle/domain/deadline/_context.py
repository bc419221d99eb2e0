"""What is known besides the phrase, and what is noted while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from plan_lifecycle.domain.deadline._model import Deadline, DeadlineKind


@dataclass(frozen=True, slots=True)
class Context:
    """The plan around the phrase: its year, its own date, the unit's day of receipt, its first and last day.

    ``reported`` are the months in which the periods end that are reported on, where something else tells them.
    """

    phrase: str
    year: int
    issued: date | None
    received: date | None
    plan_from: date | None
    plan_to: date | None
    reported: tuple[int, ...] = ()

    @property
    def last_day(self) -> date:
        """The plan's last day."""
        return self.plan_to or date(self.year, 12, 31)

    @property
    def first_day(self) -> date | None:
        """The day before which nothing can be due."""
        return self.issued or self.plan_from


@dataclass(slots=True)
class Notes:
    """Remarks for the coordinator; ``decide`` also asks for a decision."""

    remarks: list[str] = field(default_factory=list)
    undecided: bool = False

    def remark(self, text: str) -> None:
        """Say something worth knowing."""
        self.remarks.append(text)

    def decide(self, text: str) -> None:
        """Say why a person must decide."""
        self.remarks.append(text)
        self.undecided = True

    def reading(
        self,
        context: Context,
        kind: DeadlineKind,
        due: tuple[date, ...] = (),
        *,
        opens: date | None = None,
        due_at: time | None = None,
    ) -> Deadline:
        """The deadline with these notes; ``due`` is put in order, each day once."""
        ordered = tuple(sorted(set(due)))
        return Deadline(context.phrase, kind, ordered, opens, due_at, self.undecided, tuple(self.remarks))
