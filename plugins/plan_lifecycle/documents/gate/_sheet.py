"""Parts of a workbook as they stream past: what a reader would have to unfold, calls to programs, marks of secrecy."""

from __future__ import annotations

import re
from functools import lru_cache

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._secrecy import secrecy_mark
from plan_lifecycle.documents.markup import Watcher

# Readers make a full grid from the first filled cell to the last, some 32 bytes each: two cells in far corners are
# 17 thousand million. A report on every commune with 100 columns has 332,100.
MAX_GRID = 5_000_000
# A cell names its text by number, so one long text can be unfolded a million times.
MAX_UNFOLDED = 64_000_000
_LONG_TEXT = 1_000
_ROWS_OF_HEAD = 15
_MAX_LINE = 200
_HEADER_CODE = re.compile(r'&(?:[LCRPNDTAFGZEXYSUBIHO]|"[^"]*"|K[0-9A-F]{6}|\d+)')


_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)


def _tags(*names: str) -> dict[str, str]:
    return {f"{{{namespace}}}{name}": name for namespace in _NAMESPACES for name in names}


class SharedTexts(Watcher):
    """Watches sharedStrings: keeps the numbers of the marks of secrecy and the lengths of long texts."""

    wanted = _tags("si", "t")

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[int, str] = {}
        self.lengths: dict[int, int] = {}
        self._number = -1
        self._line, self._length, self._in_text = "", 0, False

    def enter(self, name: str, _attributes: dict[str, str]) -> None:
        """See an element open."""
        if name == "si":
            self._number += 1
            self._line, self._length = "", 0
        self._in_text = name == "t"

    def leave(self, name: str) -> None:
        """See an element close."""
        self._in_text = False
        if name == "si":
            if self._length > _LONG_TEXT:
                self.lengths[self._number] = self._length
            elif mark := _mark_in(self._line):
                self.marks[self._number] = mark

    def data(self, text: str) -> None:
        """See text."""
        if self._in_text:
            self._length += len(text)
            if len(self._line) < _MAX_LINE:
                self._line += text


class SheetWatcher(Watcher):
    """Watches a worksheet: the box of its filled cells, the texts they repeat, its first rows, header and footer."""

    wanted = _tags("c", "f", "row", "t", "v", "oddHeader", "firstHeader", "evenHeader")

    def __init__(self, findings: Findings, texts: SharedTexts) -> None:
        super().__init__()
        self._findings, self._texts = findings, texts
        self._box = (1 << 30, 1 << 30, 0, 0)
        self._row = self._column = self._unfolded = 0
        self._shared, self._filled = False, False
        self._want, self._got = False, ""

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """See an element open."""
        if name == "c":
            self._place(attributes.get("r", ""))
            self._shared, self._filled = attributes.get("t") == "s", False
        elif name == "row":
            self._row, self._column = _row_number(attributes.get("r", ""), self._row + 1), 0
        elif name in ("v", "t", "f", "oddHeader", "firstHeader", "evenHeader"):
            self._want, self._got, self._filled = name != "f", "", True

    def leave(self, name: str) -> None:
        """See an element close."""
        if name == "v" and self._shared and self._got.strip().isdigit():
            self._look_up(int(self._got.strip()[:10]))
        elif name == "t" and self._row <= _ROWS_OF_HEAD:
            self._findings.mark(_mark_in(self._got))
        elif name.endswith("Header") and self._want:
            self._findings.mark(_mark_in(_HEADER_CODE.sub("\n", self._got)))
        elif name == "c" and self._filled:
            self._fill()
        self._want = False

    def data(self, text: str) -> None:
        """See text."""
        if self._want and len(self._got) < _MAX_LINE:
            self._got += text

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        self._row = _row_number(reference[len(letters) :], self._row)
        self._column = (_column_number(letters) if len(letters) <= 3 else 0) or self._column + 1

    def _look_up(self, number: int) -> None:
        if self._row <= _ROWS_OF_HEAD:
            self._findings.mark(self._texts.marks.get(number, ""))
        self._unfolded += self._texts.lengths.get(number, 0)
        if self._unfolded > MAX_UNFOLDED:
            raise bad("too_complex", "một đoạn dài lặp lại quá nhiều lần")

    def _fill(self) -> None:
        row, column = self._row, self._column
        top, left, bottom, right = self._box
        if top <= row <= bottom and left <= column <= right:
            return
        self._box = top, left, bottom, right = min(top, row), min(left, column), max(bottom, row), max(right, column)
        if (bottom - top + 1) * (right - left + 1) > MAX_GRID:
            raise bad("too_complex", f"bảng {bottom - top + 1} dòng × {right - left + 1} cột")


class WorkbookLinkWatcher(Watcher):
    """Watches an external link or a connection of a workbook."""

    wanted = _tags("ddeLink", "webPr", "dbPr")

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """Refuse a call to another program (DDE); note a query to elsewhere."""
        if name == "ddeLink":
            self._findings.refuse("dde")
        elif name == "webPr":
            self._findings.link(attributes.get("url", ""))
        elif name == "dbPr":
            self._findings.link(attributes.get("connection", ""))


def _mark_in(text: str) -> str:
    return next(filter(None, map(secrecy_mark, text.splitlines())), "")


def _row_number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


@lru_cache(maxsize=1 << 14)
def _column_number(letters: str) -> int:
    """Number a column, 1 for A, 16384 for XFD; 0 where it is no column."""
    number = 0
    for letter in letters if letters.isascii() and letters.isalpha() else "":
        number = number * 26 + ord(letter.upper()) - 64
    return number
