"""A part of a Word document as it streams past: marks of secrecy, fields that call programs, tables too wide."""

from __future__ import annotations

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._links import judge_field
from plan_lifecycle.documents.gate._secrecy import secrecy_mark
from plan_lifecycle.documents.markup import Watcher

# Word itself stops at 63 columns; a reader's grid grows with rows times columns.
MAX_COLUMNS = 1_000
# The head, the title and the legal bases: the stamp stands above all of them.
_LINES_OF_HEAD = 40
_MAX_FIELD = 10_000
_MAX_LINE = 1_000

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_LOCAL = {
    f"{{{namespace}}}{name}": name
    for namespace in _NAMESPACES
    for name in ("p", "r", "t", "br", "cr", "tab", "caps", "lastRenderedPageBreak", "instrText", "fldChar", "fldSimple",
                 "tr", "tc", "gridSpan", "gridBefore", "gridAfter", "gridCol", "tblGrid")
}  # fmt: skip
_DRAWN = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
_LOCAL |= {f"{{{namespace}}}{name}": name for namespace in _DRAWN for name in ("p", "t")}
_LOCAL["{urn:schemas-microsoft-com:vml}textpath"] = "textpath"
_VAL = tuple(f"{{{namespace}}}" for namespace in _NAMESPACES)


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((attributes[prefix + name] for prefix in _VAL if prefix + name in attributes), "")


def _whole_number(text: str) -> int:
    digits = text.strip().lstrip("+").lstrip("0")
    if not digits.isascii() or not digits.isdigit():
        return 0
    return int(digits) if len(digits) < 10 else 10**9


class WordWatcher(Watcher):
    """Watches a main part, header, footer or notes; ``head`` says whether a mark may stand in it."""

    def __init__(self, findings: Findings, *, head: bool) -> None:
        super().__init__()
        self._findings = findings
        self._head = head
        self._lines_left = _LINES_OF_HEAD
        self._line_before = ""
        self._paragraphs: list[str] = []
        self._rows: list[int] = []
        self._text = self._caps = False
        self._field: str | None = None
        self._in_field_code = False

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        """See an element open."""
        local = _LOCAL.get(tag)
        if local is None:
            return
        if local in ("tr", "tc", "gridSpan", "gridBefore", "gridAfter", "gridCol", "tblGrid"):
            self._count_columns(local, attributes)
        elif local in ("instrText", "fldChar", "fldSimple"):
            self._follow_field(local, attributes)
        elif self._head:
            self._follow_text(local, attributes)

    def leave(self, tag: str) -> None:
        """See an element close."""
        local = _LOCAL.get(tag)
        if local == "t":
            self._text = False
        elif local == "instrText":
            self._in_field_code = False
        elif local == "p" and self._paragraphs:
            self._end_line(self._paragraphs.pop())
        elif local in ("tr", "tblGrid") and self._rows:
            self._rows.pop()

    def data(self, text: str) -> None:
        """See text."""
        if self._in_field_code and self._field is not None and len(self._field) < _MAX_FIELD:
            self._field += text
        elif self._text and self._paragraphs and len(self._paragraphs[-1]) < _MAX_LINE:
            self._paragraphs[-1] += text.upper() if self._caps else text

    def close(self) -> None:
        """Judge what is still open."""
        self._end_field()

    def _follow_text(self, local: str, attributes: dict[str, str]) -> None:
        if local == "p":
            self._paragraphs.append("")
        elif local == "t":
            self._text = True
        elif local == "r":
            self._caps = False
        elif local == "caps":
            self._caps = _attribute(attributes, "val") not in ("0", "false", "off")
        elif local == "textpath":
            self._end_line(attributes.get("string", ""))
        elif local == "lastRenderedPageBreak" or _attribute(attributes, "type") == "page":
            self._head = self._head and self._lines_left == _LINES_OF_HEAD
        elif local in ("br", "cr", "tab") and self._paragraphs:
            self._end_line(self._paragraphs[-1])
            self._paragraphs[-1] = ""

    def _end_line(self, line: str) -> None:
        if not self._head or not line.strip():
            return
        # A title may break its line between BÍ and MẬT.
        if (mark := secrecy_mark(line)) and not self._line_before.rstrip().upper().endswith("BÍ"):
            self._findings.mark(mark)
        self._line_before = line
        self._lines_left -= 1
        self._head = self._lines_left > 0

    def _follow_field(self, local: str, attributes: dict[str, str]) -> None:
        if local == "fldSimple":
            judge_field(_attribute(attributes, "instr"), self._findings)
        elif local == "instrText":
            self._in_field_code = True
            self._field = self._field or ""
        else:
            self._end_field()

    def _end_field(self) -> None:
        if self._field:
            judge_field(self._field, self._findings)
        self._field = None

    def _count_columns(self, local: str, attributes: dict[str, str]) -> None:
        if local in ("tr", "tblGrid"):
            self._rows.append(0)
        elif self._rows:
            span = _whole_number(_attribute(attributes, "val"))
            self._rows[-1] += {"tc": 1, "gridCol": 1, "gridSpan": max(span - 1, 0)}.get(local, span)
            if self._rows[-1] > MAX_COLUMNS:
                raise bad("too_complex", f"bảng hơn {MAX_COLUMNS} cột")
