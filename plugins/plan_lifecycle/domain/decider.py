"""Who decided, and why: every act of a person bears a full name, and most of them owe a reason.

"Trần Thị Hoa" lets xã Bình An off its plan because the commune is flooded; a rule decides under a name of its own,
which no person may bear.
"""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.text import nfc

BY_RULE = "quy tắc tự động"
"""The name in the trail of what a rule decided, and no person."""
LONGEST_NAME = 128


@dataclass(frozen=True, slots=True)
class Decider:
    """A person who decides: ``by`` is the name, ``reason`` None where none is given; spaces and accents are put right.

    Raises InputError where the name is empty, a rule's, or longer than ``LONGEST_NAME`` characters.
    """

    by: str
    reason: str | None = None

    def __post_init__(self) -> None:
        name = " ".join(nfc(self.by).split())
        if not name or name.casefold() == BY_RULE or len(name) > LONGEST_NAME:
            vi = "Đề nghị ghi rõ họ tên người xử lý."
            raise InputError("the name of a person", field="--by", found=name, vi=vi)
        object.__setattr__(self, "by", name)
        object.__setattr__(self, "reason", nfc(self.reason or "").strip() or None)

    @property
    def why(self) -> str:
        """The reason of an act that owes one. Raises InputError where none is given."""
        if self.reason is None:
            raise InputError("a reason", field="--reason", found="nothing", vi="Đề nghị chọn hoặc ghi rõ lý do.")
        return self.reason
