"""A phrase cut into the words that matter: at each place the longest known expression, or else a single word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plan_lifecycle.domain.audience._vocabulary import CITY, KINDS, LEVELS, WORDS
from plan_lifecycle.domain.phrase import Text
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.unit import UnitKind


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the phrase. ``type`` is ``kind``, ``level``, ``city``, a key of ``WORDS``, ``word`` or a mark.

    ``single`` says that the words name one unit ("Hội Nông dân"); ``proper`` that it begins with a capital or digit.
    """

    type: str
    start: int
    end: int
    plain: str
    kind: UnitKind | None = None
    single: bool = False
    proper: bool = False


_PATTERNS: tuple[tuple[str, UnitKind | None, bool, re.Pattern[str]], ...] = (
    *(("kind", kind, single, pattern) for kind, single, pattern in KINDS),
    *(("level", kind, False, pattern) for kind, pattern in LEVELS),
    ("city", None, False, CITY),
    *((name, None, False, regex(words)) for name, words in WORDS.items()),
)
_WORD = regex(r"[\w&]+(?:[./-]\w+)*")
_MARKS = {",": "comma", "/": "comma", ";": "stop", "(": "open", ")": "close", ":": "colon", ".": "stop", "+": "and"}
_WITHIN_NAME = regex(r" ?-? ?")
_LONGEST_NAME = 5
_NO_NAME = frozenset(
    [
        *("theo", "nêu", "có", "chưa", "đã", "được", "còn", "như", "kèm", "khi", "nếu", "để", "cho", "sau", "trước"),
        *("danh", "xem", "tại", "ở", "vùng", "biên", "miền", "điểm", "mới", "khó", "ngoài", "trong", "này", "trên"),
    ]
)
"""Words that begin no name where everything is written in small letters: "các xã (theo phụ lục)"."""


class Walk:
    """The tokens of one phrase and the place reached. Names are taken from where it stands."""

    def __init__(self, text: Text) -> None:
        self._tokens = list(_tokens(text))
        self._text = text
        self._at = 0
        words = [token for token in self._tokens if token.type == "word"]
        # Where nothing is written with a capital, or everything is, capitals tell no names.
        self.flat = not any(token.proper for token in words)
        self.upper = text.written.isupper()

    def next(self) -> Token | None:
        """The next token, or None at the end."""
        self._at += 1
        return self._tokens[self._at - 1] if self._at <= len(self._tokens) else None

    def peek(self) -> Token | None:
        """The token after the present one."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def back(self) -> None:
        """Stand before the present token again."""
        self._at -= 1

    def previous_type(self) -> str | None:
        """The type of the token before the present one."""
        return self._tokens[self._at - 2].type if self._at > 1 else None

    def has_level(self, kind: UnitKind) -> bool:
        """Whether a level of this kind stands anywhere in the phrase."""
        return any(token.type == "level" and token.kind is kind for token in self._tokens)

    def is_proper(self, token: Token) -> bool:
        """Whether a word may begin a proper name."""
        return token.type == "word" and (token.proper or (self.flat and token.plain not in _NO_NAME))

    def skip_to(self, end: int) -> int:
        """Pass over what stands before ``end``, and return it."""
        while self._at < len(self._tokens) and (token := self._tokens[self._at]).start < end:
            # "Phòng Nội vụ/UBND các xã": what is typed onto the end of a name is not part of it.
            rest = _tokens(self._text.part(0, token.end), end) if token.end > end else ()
            self._tokens[self._at : self._at + 1] = [token, *rest]
            self._at += 1
        return end

    def take_name(self, *, plural: bool = False) -> int | None:
        """Take the proper name that follows ("Bình An", "Hội An", "5"); return where it ends, or None for none."""
        first = self._at
        while (token := self.peek()) and self._at - first < _LONGEST_NAME and self._joins(token):
            # Names of one syllable are rare: "xã Bình an" is written carelessly, not a commune of "Bình".
            careless = self._at == first + 1 and token.type == "word" and self._tokens[first].plain.isalpha()
            if not careless and not self._in_name(token, plural=plural):
                break
            self._at += 1
        return self._tokens[self._at - 1].end if self._at > first else None

    def take_long_name(self) -> int | None:
        """Take a name that may go on behind "và" ("Trung tâm Văn hóa - Thông tin và Thể thao"); its end or None."""
        end = self.take_name()
        link, word = self._tokens[self._at : self._at + 1], self._tokens[self._at + 1 : self._at + 2]
        if end and link and word and link[0].plain == "và" and word[0].type == "word" and word[0].proper:
            self._at += 2
            return self.take_words(word[0])
        return end

    def take_title(self) -> int | None:
        """Take the rest of a title that begins with a capital ("Trung tâm Phát triển quỹ đất"); its end or None."""
        token = self.peek()
        if token is None or self.flat or token.type != "word" or not token.proper or not self._joins(token):
            return None
        self._at += 1
        return self.take_words(token)

    def take_fields(self, end: int) -> int:
        """Take the fields in small letters that a name goes on with ("…, thương mại và du lịch tỉnh"), if it does.

        Only a list that ends with "và" is one name. ``end`` is where the name ends so far; return where it ends now.
        """
        begun, reached, listed = self._at, end, False
        coming = self.peek()
        if coming and coming.type == "word" and not coming.proper:
            self.take_words(coming)
        while (link := self.peek()) and link.plain in (",", "và") and (listed or link.plain == ","):
            word = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
            if word is None or word.type != "word" or word.proper:
                break
            self._at, listed = self._at + 2, True
            reached = self.take_words(word)
            if link.plain == "và":
                return self._take_level(reached)
        self._at = begun
        return end

    def _take_level(self, end: int) -> int:
        """Take a level that closes an agency's name ("… và du lịch tỉnh") and names no territory of its own."""
        level, following = self.peek(), self._tokens[self._at + 1 : self._at + 2]
        if level is None or level.type != "level" or not self._joins(level) or (following and following[0].proper):
            return end
        self._at += 1
        return level.end

    def take_words(self, first: Token) -> int:
        """Take the words that go on after ``first``; return where the last ends."""
        end = first.end
        while (token := self.peek()) and token.type == "word" and self._joins(token):
            end, self._at = token.end, self._at + 1
        return end

    def _joins(self, token: Token) -> bool:
        before = self._tokens[self._at - 1].end if self._at else 0
        return bool(_WITHIN_NAME.fullmatch(self._text.plain, before, token.start))

    def _before_proper(self) -> bool:
        """Whether a capital follows the coming word: "xã bÌnh An", "thị trấn hợ Lầu"."""
        coming, following = self._tokens[self._at], self._tokens[self._at + 1 : self._at + 2]
        return (
            bool(following)
            and following[0].type == "word"
            and following[0].proper
            and following[0].start == coming.end + 1
        )

    def _in_name(self, token: Token, *, plural: bool) -> bool:
        if token.type == "word":
            carelessly = self.flat and token.plain not in _NO_NAME
            return token.proper or (not plural and (carelessly or self._before_proper()))
        # "xã Hội An": a word of ours that is one syllable of a name.
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
        return (
            token.type in ("kind", "area", "each", "via", "and", "head")
            and token.proper
            and not self.upper
            and " " not in token.plain
            and following is not None
            and following.type == "word"
            and following.proper
            and following.start == token.end + 1
        )


def _tokens(text: Text, at: int = 0) -> Iterator[Token]:
    """The tokens of a phrase from ``at`` on, in order; quotation marks, dashes and other signs are passed over."""
    while at < len(text.plain):
        token = _known(text, at) or _other(text, at)
        if token:
            yield token
        at = token.end if token else at + 1


def _known(text: Text, at: int) -> Token | None:
    if not text.plain[at].isalpha() and text.plain[at] != "&":
        return None
    best: Token | None = None
    for type_, kind, single, pattern in _PATTERNS:
        match = pattern.match(text.plain, at)
        if match and match.end() > (best.end if best else at):
            best = Token(type_, at, match.end(), match[0], kind, single, _is_proper(text.written[at]))
    return best


def _other(text: Text, at: int) -> Token | None:
    sign = text.plain[at]
    if sign in _MARKS:
        return Token(_MARKS[sign], at, at + 1, sign)
    word = _WORD.match(text.plain, at)
    return Token("word", at, word.end(), word[0], proper=_is_proper(text.written[at])) if word else None


def _is_proper(character: str) -> bool:
    return character.isupper() or character.isdigit()
