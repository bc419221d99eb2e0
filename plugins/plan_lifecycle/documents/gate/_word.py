"""A part of a Word document as it streams past: marks of secrecy, fields that call programs, tables too wide."""

from __future__ import annotations

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._links import MAX_FIELD, judge_field
from plan_lifecycle.documents.gate._secrecy import secrecy_mark
from plan_lifecycle.documents.markup import Watcher

# Word itself stops at 63 columns; a reader's grid grows with rows times columns.
MAX_COLUMNS = 1_000
# The head, the title and the legal bases: the stamp stands above all of them.
_LINES_OF_HEAD = 40
_MAX_LINE = 1_000

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_DRAWN = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
_COLUMNS = ("tr", "tc", "gridSpan", "gridBefore", "gridAfter", "gridCol", "tblGrid")
_FIELDS = ("instrText", "fldChar", "fldSimple")
_TEXT = ("p", "r", "t", "br", "cr", "tab", "caps", "lastRenderedPageBreak")


def _tags(namespaces: tuple[str, ...], *names: str) -> dict[str, str]:
    return {f"{{{namespace}}}{name}": name for namespace in namespaces for name in names}


_BELOW_HEAD = _tags(_NAMESPACES, *_COLUMNS, *_FIELDS)
_HEAD = _BELOW_HEAD | _tags(_NAMESPACES, *_TEXT) | _tags(_DRAWN, "p", "t")
_HEAD["{urn:schemas-microsoft-com:vml}textpath"] = "textpath"
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
        self.wanted = _HEAD if head else _BELOW_HEAD
        self._lines_left = _LINES_OF_HEAD
        self._line_before = ""
        self._paragraphs: list[str] = []
        self._rows: list[int] = []
        self._text = self._caps = False
        self._field: str | None = None
        self._in_field_code = False

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """See an element open."""
        if name in _COLUMNS:
            self._count_columns(name, attributes)
        elif name in _FIELDS:
            self._follow_field(name, attributes)
        else:
            self._follow_text(name, attributes)

    def leave(self, name: str) -> None:
        """See an element close."""
        if name == "t":
            self._text = False
        elif name == "instrText":
            self._in_field_code = False
        elif name == "p" and self._paragraphs:
            self._end_line(self._paragraphs.pop())
        elif name in ("tr", "tblGrid") and self._rows:
            self._rows.pop()

    def data(self, text: str) -> None:
        """See text."""
        if self._in_field_code and self._field is not None and len(self._field) < MAX_FIELD:
            self._field += text if self._field else text.lstrip()
        elif self._text and self._paragraphs and len(self._paragraphs[-1]) < _MAX_LINE:
            self._paragraphs[-1] += text.upper() if self._caps else text

    def close(self) -> None:
        """Judge what is still open."""
        self._end_field()

    def _follow_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self._paragraphs.append("")
        elif name == "t":
            self._text = True
        elif name == "r":
            self._caps = False
        elif name == "caps":
            self._caps = _attribute(attributes, "val") not in ("0", "false", "off")
        elif name == "textpath":
            self._end_line(attributes.get("string", ""))
        elif name == "lastRenderedPageBreak" or _attribute(attributes, "type") == "page":
            if self._lines_left < _LINES_OF_HEAD:
                self._leave_head()
        elif name in ("br", "cr", "tab") and self._paragraphs:
            self._end_line(self._paragraphs[-1])
            self._paragraphs[-1] = ""

    def _end_line(self, line: str) -> None:
        if not line.strip():
            return
        # A title may break its line between BÍ and MẬT.
        if (mark := secrecy_mark(line)) and not self._line_before.rstrip().upper().endswith("BÍ"):
            self._findings.mark(mark)
        self._line_before = line
        self._lines_left -= 1
        if not self._lines_left:
            self._leave_head()

    def _leave_head(self) -> None:
        self.wanted = _BELOW_HEAD
        self._text = False

    def _follow_field(self, name: str, attributes: dict[str, str]) -> None:
        if name == "fldSimple":
            judge_field(_attribute(attributes, "instr"), self._findings)
        elif name == "instrText":
            self._in_field_code = True
            self._field = self._field or ""
        else:
            self._end_field()

    def _end_field(self) -> None:
        if self._field:
            judge_field(self._field, self._findings)
        self._field = None

    def _count_columns(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("tr", "tblGrid"):
            self._rows.append(0)
        elif self._rows:
            span = _whole_number(_attribute(attributes, "val"))
            self._rows[-1] += {"tc": 1, "gridCol": 1, "gridSpan": max(span - 1, 0)}.get(name, span)
            if self._rows[-1] > MAX_COLUMNS:
                raise bad("too_complex", f"bảng hơn {MAX_COLUMNS} cột")
