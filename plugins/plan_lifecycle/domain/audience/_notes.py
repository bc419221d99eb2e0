"""An addressee while its surroundings are still being read, and what it may be besides what its word says."""

from __future__ import annotations

from plan_lifecycle.domain.audience._model import Mention
from plan_lifecycle.domain.unit import UnitKind

# Words that mean departments in a province and divisions in a district or a commune.
_EITHER = ("ban", "ngành", "cơ quan chuyên môn", "thanh tra")
_PARTS_OF_A_DEPARTMENT = (UnitKind.DIVISION, UnitKind.DEPARTMENT, UnitKind.PUBLIC_UNIT)


class Note:
    """A mention while its surroundings are still being read: its first word, and where it stands."""

    def __init__(self, mention: Mention, word: str, start: int, end: int) -> None:
        self.mention, self.word, self.start, self.end = mention, word, start, end


def may_be_part(note: Note) -> bool:
    """Whether it may be a part of a department that is named behind it: "Văn phòng Sở", "Thanh tra Sở"."""
    return note.mention.audience in _PARTS_OF_A_DEPARTMENT and not note.word.endswith("thuộc")


def may_be_division(note: Note) -> bool:
    """Whether it is a division where it stands below a district or a commune: "các ban, ngành"."""
    either = note.word in _EITHER or note.word.startswith(("văn phòng", "vp"))
    return note.mention.audience == UnitKind.DEPARTMENT and either
