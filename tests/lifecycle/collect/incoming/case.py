"""One message of a commune, and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.factories import address, plan_file

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit


class Outcome(StrEnum):
    """What becomes of a message. ``PROPOSED``: each file waits, with the unit and the content that it is for named."""

    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    FILED = "filed"
    COPY = "copy"
    PROPOSED = "proposed"
    WAITS = "waits"
    QUESTION = "question"
    REFUSED = "refused"
    NOTED = "noted"


@dataclass(frozen=True)
class Sender:
    """Who writes: the commune, a second one in the same mailbox, and the letter that it was sent."""

    unit: Unit
    second: Unit
    letter: str
    reply_to: str
    letter_bytes: bytes

    @property
    def email(self) -> str:
        """The address of both."""
        return address(self.unit)

    def plan(self, unit: Unit | None = None) -> bytes:
        """The commune's own plan in Word."""
        unit = unit or self.unit
        return plan_file(unit, number="07", place=unit.name.removeprefix("xã "))


@dataclass(frozen=True)
class Case:
    """One message. ``owes``: items and periods besides the plan; ``shared``: the mailbox serves a second commune.

    ``files``: what is filed, of the commune, as (item, period). ``acknowledged``: what is said to its sender, by kind
    of letter. ``held``: whether reminders of the plan stop.
    """

    name: str
    make: Callable[[Sender], bytes]
    outcome: Outcome
    owes: tuple[tuple[Item, str, str], ...] = ()
    shared: bool = False
    plan_owed: bool = True
    files: tuple[tuple[Item, str], ...] = ((Item.SUB_PLAN, "2023"),)
    acknowledged: tuple[str, ...] = ()
    held: bool = False


H1 = (Item.REPORT, "2023-H1", "2023-06-16")
YEAR = (Item.REPORT, "2023", "2023-12-18")
NHAC = "Nhắc thời hạn gửi trước ngày 01/3/2023: Kế hoạch thông tin, tuyên truyền CCHC năm 2023"
