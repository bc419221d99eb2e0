"""Reading a phrase: a walk over its tokens that notes each addressee, with its role and what narrows it.

"Thủ trưởng các sở, ban, ngành và Ủy ban nhân dân phường, xã": the head is of the departments, the committees stand for
themselves. "Phòng Nội vụ các huyện, thị xã": the levels narrow the division and are no addressees.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from plan_lifecycle.domain.audience._marks import Marks
from plan_lifecycle.domain.audience._model import ALL, Audience, Mention
from plan_lifecycle.domain.audience._notes import Note, may_be_division, may_be_part
from plan_lifecycle.domain.audience._tokens import Token
from plan_lifecycle.domain.audience._vocabulary import CENTRAL_CITIES, FIELD, TAIL
from plan_lifecycle.domain.unit import TERRITORIAL, UnitKind

_TIER = {UnitKind.PROVINCE: 1, UnitKind.DISTRICT: 2, UnitKind.COMMUNE: 3}
_FIELDED = {"sở": UnitKind.DEPARTMENT, "phòng": UnitKind.DIVISION}
_DANGLING = ("and", "each", "area", "head", "requested", "ordered", "via", "committee")
_CUT_OFF = "Cụm từ chưa đầy đủ."


class Reader(Marks):
    """Reads a phrase to its end. What is not understood becomes a reason for a person to decide, never nothing."""

    def read(self) -> Audience:
        """Walk to the end and settle what is left over."""
        last = None
        while token := self.walk.next():
            last = token
            if not (token.type == "word" and self._goes_on(token)):
                getattr(self, f"_{token.type}", self._idle)(token)
        if self.committee or (last and last.type in _DANGLING and not last.plain.endswith(("địa bàn", "toàn"))):
            self.reasons.append(_CUT_OFF)
        if not self.notes:
            self.reasons.append("Chưa xác định được đơn vị nào trong cụm từ.")
        mentions = dict.fromkeys(note.mention for note in self.notes)
        return Audience(self.phrase, tuple(mentions), tuple(dict.fromkeys(self.reasons)))

    # What an addressee is

    def _kind(self, token: Token) -> None:
        if self._repeats(token) or self._of_the_department(token):
            return
        if self.notes and (self.area or (not self.parted and self.notes[-1].word.endswith("thuộc"))):
            self._belongs(token)
            return
        kind = cast(UnitKind, token.kind)
        word = token.plain.removeprefix("các ")
        self.spread = self.committee = False
        if kind is UnitKind.FATHERLAND_FRONT:
            self.head = False
        if word in _FIELDED and self._fields(token, word):
            return
        if token.single:
            tail = TAIL.match(self.text.plain, token.end)
            end = self.walk.skip_to(tail.end()) if tail else self.walk.take_long_name()
            if kind is UnitKind.PUBLIC_UNIT:
                end = self.walk.take_fields(end or token.end)
            name = self.text.written[token.start : end or token.end]
            self._note(kind, word, token.start, end or token.end, name=name, every=self.each or self._in_plural())
        else:
            end = None if self.walk.upper else self.walk.take_title()
            if kind is UnitKind.PUBLIC_UNIT and end:
                end = self.walk.take_fields(end)
            title = self.text.written[token.start : end] if end else None
            self._note(kind, word, token.start, end or token.end, name=title)

    def _of_the_department(self, token: Token) -> bool:
        """ "Văn phòng Sở", "Thanh tra Sở": the department stands behind a part of it, and is no addressee."""
        last = self.notes[-1] if self.notes else None
        if token.plain != "sở" or last is None or self.parted or self.each or self.area or last.end + 1 != token.start:
            return False
        if not may_be_part(last) or FIELD.match(self.text.plain, token.end + 1):
            return False
        last.mention, last.end = replace(last.mention, audience=UnitKind.DIVISION), token.end
        return True

    def _belongs(self, token: Token) -> None:
        """ "các đơn vị thuộc Sở", "các phòng thuộc Sở Y tế": whose they are."""
        field = FIELD.match(self.text.plain, token.end + 1)
        end = self.walk.skip_to(field.end()) if field else token.end
        if token.plain == "sở" and self._rounds_off(token):
            first = self.notes[self.listing].mention
            self.notes[self.listing :] = []
            self._note(ALL, token.plain, token.start, token.end)
            self.notes[-1].mention = Mention(ALL, first.role, at=UnitKind.DEPARTMENT)
        if token.plain == "sở" and field and not self.each:
            for note in self.notes[self.listing :]:
                note.mention = replace(note.mention, within=self.text.written[token.start : end])
        elif field or token.single or self.each:
            self._doubt(token.start, end)
        self.area = False

    def _rounds_off(self, token: Token) -> bool:
        """ "các phòng, đơn vị thuộc Sở": every part of the department."""
        between = self.text.plain[self.rounded : token.start].strip()
        return bool(self.notes[self.listing :] and self.rounded) and between == "thuộc"

    def _in_plural(self) -> bool:
        """Within a list that "các" leads: "các trường đại học, cao đẳng"."""
        return bool(self.parted and self.notes[self.listing :] and self.notes[-1].mention.every)

    def _repeats(self, token: Token) -> bool:
        """A word typed twice: "Sở Sở Công Thương"."""
        following = self.walk.peek()
        return following is not None and following.plain == token.plain and following.start == token.end + 1

    def _fields(self, token: Token, word: str) -> bool:
        """Departments by name: "Sở Nội vụ", "các Sở: Nội vụ, Tài chính". Whether any was named."""
        at = token.end + len(self.text.plain[token.end :]) - len(self.text.plain[token.end :].lstrip(" :"))
        match = FIELD.match(self.text.plain, at)
        if match:
            self.walk.skip_to(match.end())
            name = f"{self.text.written[token.end - len(word) : token.end]} {self.text.written[at : match.end()]}"
            every = self.each and word == "phòng"
            self._note(_FIELDED[word], word, token.start, match.end(), name=name, every=every)
        return match is not None

    def _level(self, token: Token) -> None:
        end = self.walk.take_name(plural=self.each)
        self._place(cast(UnitKind, token.kind), token, end)

    def _city(self, token: Token) -> None:
        """ "thành phố": of a province where districts stand beside it; a province itself, or an adjective of it."""
        end = self.walk.take_name(plural=self.each)
        name = self.text.plain[token.end : end].strip() if end else ""
        beside = {note.mention.audience for note in self.notes[self.listing :]} & {*_TIER}
        if name:
            kind = UnitKind.PROVINCE if name in CENTRAL_CITIES else UnitKind.DISTRICT
        elif UnitKind.PROVINCE in beside:
            kind = UnitKind.PROVINCE
        else:
            kind = UnitKind.DISTRICT
        clear = name or beside & {UnitKind.PROVINCE, UnitKind.DISTRICT} or self.each or self.walk.has_level(kind)
        if not clear and not self._narrows(kind, named=False):
            self._note(UnitKind.PROVINCE, token.plain, token.start, token.end)
            self._doubt(token.start, token.end)
        self._place(kind, token, end, vague=not clear)

    def _place(self, kind: UnitKind, token: Token, end: int | None, *, vague: bool = False) -> None:
        if self._narrows(kind, named=end is not None):
            self._narrow(UnitKind.PROVINCE if vague else kind, token, end)
            return
        name = self.text.written[token.start : end] if end else None
        self._note(kind, token.plain, token.start, end or token.end, name=name)

    def _broad(self, token: Token) -> None:
        """ "cơ quan, đơn vị, địa phương": everyone, unless it only rounds off a list ("các sở, ngành, đơn vị")."""
        listed = self.notes[self.listing :]
        everyone = any(note.mention.audience == ALL for note in listed)
        if self.committee or everyone or (listed and not self.each and token.plain != "địa phương"):
            self.each = False
            self.rounded = token.end
        elif token.plain == "địa phương":
            for kind in (UnitKind.DISTRICT, UnitKind.COMMUNE):
                self._note(kind, token.plain, token.start, token.end)
            self._doubt(token.start, token.end)
        else:
            if token.plain not in ("cơ quan", "đơn vị") or (token.plain == "đơn vị" and self.notes):
                self._doubt(token.start, token.end)
            self._note(ALL, token.plain, token.start, token.end)

    def _tiers(self, token: Token) -> None:
        """ "UBND các cấp", "chính quyền các cấp"."""
        if self.committee:
            for kind in _TIER:
                self._note(kind, token.plain, token.start, token.end)

    # What narrows an addressee

    def _narrows(self, kind: UnitKind, *, named: bool) -> bool:
        if not self.notes or self.committee:
            return False
        last = self.notes[-1].mention
        if self.area or (self.spread and self.parted and not self.each):
            return True
        if last.audience in TERRITORIAL:
            lower = _TIER[UnitKind(last.audience)] > _TIER[kind]
            return named and lower and not self.each and self.parted in ("", "comma", "open")
        return not self.parted

    def _narrow(self, kind: UnitKind, token: Token, end: int | None) -> None:
        for note in self.notes[self.listing :]:
            mention = note.mention
            if end is not None and kind is not UnitKind.PROVINCE and mention.audience != UnitKind.DEPARTMENT:
                mention = replace(mention, within=self.text.written[token.start : end])
            if self.each and mention.name:
                mention = replace(mention, every=True, at=kind)
            if kind in (UnitKind.DISTRICT, UnitKind.COMMUNE) and may_be_division(note):
                mention = replace(mention, audience=UnitKind.DIVISION)
            note.mention = mention
        last = self.notes[-1]
        if last.mention.name and not (self.each or self.area or self.parted or end):
            last.mention = replace(last.mention, name=self.text.written[last.start : token.end])
        self.spread = self.each or self.spread
        self.each = self.area = False
        self.parted = ""

    # Lists of names

    def _goes_on(self, token: Token) -> bool:
        """Whether a name goes on with the list before it: "các Sở: Nội vụ, Tài chính", "các xã Bình An, Phan Hòa"."""
        last = self.notes[-1] if self.notes else None
        if last is None or not (self.parted or self.opened) or self.each or self.committee or self.excluded:
            return False
        if last.word in _FIELDED and (match := FIELD.match(self.text.plain, token.start)):
            self.walk.skip_to(match.end())
            self._another(last, token, match.end())
            return True
        if last.mention.audience not in TERRITORIAL or not self.walk.is_proper(token):
            return False
        if last.mention.name is None and not self.opened:
            return False
        self.walk.back()
        end = self.walk.take_name()
        self._another(last, token, end or token.end)
        return True

    def _another(self, last: Note, token: Token, end: int) -> None:
        name = self.text.written[token.start : end]
        kinds = {note.word for note in self.notes[self.listing :] if note.mention.audience == last.mention.audience}
        if last.mention.name is None:
            self.notes = [n for n in self.notes if n.mention.audience != last.mention.audience or n.mention.name]
        word = (
            ""
            if len(kinds) > 1 and last.mention.name is None
            else f"{last.word.capitalize() if last.word in _FIELDED else last.word} "
        )
        mention = replace(last.mention, name=word + name)
        self.notes.append(Note(mention, last.word if word else "", token.start, end))
        self.parted = ""

    # What else a phrase says

    def _word(self, token: Token) -> None:
        end = self.walk.take_words(token)
        last = self.notes[-1] if self.notes else None
        if last and not self.parted and last.mention.audience == UnitKind.ENTERPRISE:
            last.mention = replace(last.mention, limit=self.text.written[token.start : end])
        else:
            self._doubt(token.start, end)
