"""What a coordinator changed of the rules on the board: it stands above the file until it is taken back.

Trần Thị Hoa puts the telephone number right; the file still has the old one, and whoever edits it later is shown that
the board says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One change of one setting: ``value`` as YAML, None where the file's counts from then on.

    ``number`` counts the changes of a setting from 1; the highest counts.
    """

    name: str
    number: int
    value: str | None
    by: str
    reason: str
    at: datetime
