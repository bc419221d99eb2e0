"""What a walk over a phrase has noted so far, and the words that change no more than that: roles, commas, brackets.

"Thủ trưởng", "đề nghị" and "thông qua" give the addressees behind them their role; "các", a comma and a bracket say how
what follows belongs to what stands before; "trừ" turns the addressees behind it into a doubt.
"""

from __future__ import annotations

from plan_lifecycle.domain.audience._model import Mention, Role
from plan_lifecycle.domain.audience._notes import Note
from plan_lifecycle.domain.audience._tokens import Token, Walk
from plan_lifecycle.domain.phrase import Text
from plan_lifecycle.domain.unit import REQUESTED_ONLY


class Marks:
    """The state of one walk. A method of the name of a token's type, behind an underscore, takes that token in."""

    def __init__(self, phrase: str, text: Text) -> None:
        self.phrase, self.text, self.walk = phrase, text, Walk(text)
        self.notes: list[Note] = []
        self.reasons: list[str] = []
        self.role: Role | None = None
        self.outer: Role | None = None
        self.head = self.each = self.area = self.committee = self.opened = self.spread = self.excluded = False
        self.rounded = 0
        self.parted = ""
        self.listing = 0

    def _committee(self, _token: Token) -> None:
        self.head = self.head and self.walk.previous_type() == "head"
        if self.role is Role.VIA and self.parted and self.outer is None:
            self.role = None
        if self.area:
            return
        self.each = False
        self.committee, self.spread, self.listing = True, False, len(self.notes)

    def _head(self, _token: Token) -> None:
        self.head = True

    def _requested(self, _token: Token) -> None:
        self.role, self.head = Role.REQUESTED, False

    def _ordered(self, _token: Token) -> None:
        self.role, self.head = None, False

    def _via(self, _token: Token) -> None:
        self.role, self.head, self.listing = Role.VIA, False, len(self.notes)

    def _each(self, _token: Token) -> None:
        self.each = True
        self.spread = self.spread and not self.parted
        if self.parted:
            self.listing = len(self.notes)

    def _area(self, _token: Token) -> None:
        self.area = bool(self.notes)

    def _comma(self, token: Token) -> None:
        self.parted, self.each, self.area = token.type, False, False

    _and = _comma

    def _stop(self, token: Token) -> None:
        self._comma(token)
        self.excluded = self.excluded and self.opened
        self.role, self.head, self.spread, self.listing = self.outer, False, False, len(self.notes)

    def _colon(self, _token: Token) -> None:
        self.opened = True

    def _open(self, token: Token) -> None:
        self._comma(token)
        self.opened, self.outer = True, self.role

    def _close(self, token: Token) -> None:
        self._comma(token)
        self.excluded = False
        self.role, self.outer, self.opened = self.outer, None, False

    def _idle(self, _token: Token) -> None:
        self.each = self.area = False

    def _unclear(self, token: Token) -> None:
        self._doubt(token.start, token.end)

    def _except(self, _token: Token) -> None:
        self.excluded = True

    def _doubt(self, start: int, end: int) -> None:
        self.reasons.append(f"Cụm từ “{self.text.written[start:end]}” chưa xác định cụ thể đơn vị.")

    def _note(
        self, kind: str, word: str, start: int, end: int, *, name: str | None = None, every: bool = False
    ) -> None:
        if self.excluded:
            self._doubt(start, end)
            return
        if self.role is Role.VIA:
            role = Role.VIA
        elif self.head:
            role = Role.HEAD
        else:
            role = Role.REQUESTED if self.role is Role.REQUESTED or kind in REQUESTED_ONLY else Role.ORDERED
        self.notes.append(Note(Mention(kind, role, name, every=every), word, start, end))
        self.parted, self.committee, self.each, self.area, self.opened = "", False, False, False, False
