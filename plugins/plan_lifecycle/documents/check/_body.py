"""The text: size, alignment, indents and spacing of its paragraphs (mục II, khoản 6, điểm e).

Tables are left out: the decree gives no size for them and offices set them in 11 to 13. So are lines that are no prose:
centred headings, ``QUYẾT ĐỊNH:`` and the agency above it, notes in brackets, what a chart or table is called. A heading
or a line so short that it never reaches the right margin looks the same justified or not, so only its size is judged.
"""

from __future__ import annotations

import re
from itertools import pairwise

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, measure, quoted
from plan_lifecycle.documents.check._spots import fold
from plan_lifecycle.documents.check._style import ALIGNMENTS, Type, check_size, is_capitals, lettered
from plan_lifecycle.documents.formatting import Block, Paragraph

_TYPE = Type(13, 14)
_POINTS_PER_CM = 72 / 2.54
_INDENTS = (1.0, 1.27)
_INDENT_TOLERANCE = 0.06
_DEFAULT_TAB = 36.0
_LEAST_GAP, _ROUNDING = 6.0, 0.11
# Times New Roman sets single lines at 1.15 of its size.
_SINGLE = 1.15
# Some 70 characters of size 14 fill a line of 16 cm.
_ONE_LINE = 62
_STANDALONE = re.compile(r"^(phan|chuong|muc|tieu muc)\s+(thu\s+)?[ivx\d]+\b|^(quyet dinh|quyet nghi|chi thi)\s*:?$")
_CAPTION = re.compile(r"^(?:bieu do|hinh|bang) \d{1,3}\b")
_NOTE = re.compile(r"^[(\[*].*[)\].*]$|^(ghi chu|luu y)\b", re.DOTALL)


def check_body(report: Report, elements: Elements) -> None:
    """Check every paragraph of the text, and the space between neighbours."""
    bases = set(map(id, elements.bases))
    prose = [paragraph for paragraph in elements.paragraphs if _is_prose(paragraph)]
    for paragraph in prose:
        is_basis = id(paragraph) in bases
        for line in paragraph.lines if not is_basis else ():
            check_size(report, "body", lettered(line), paragraph.place, _TYPE)
        _check_alignment(report, paragraph)
        _check_indent(report, paragraph)
        _check_line_spacing(report, paragraph)
        if not is_basis:
            _check_slant(report, paragraph)
            _check_capitals(report, paragraph)
    _check_gaps(report, elements.body, set(map(id, prose)))
    _check_end(report, elements)


def _is_prose(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    if not any(sign.isalpha() for sign in text):
        return False
    return not (_STANDALONE.match(fold(text)) or _is_centred_heading(paragraph, text))


def _is_centred_heading(paragraph: Paragraph, text: str) -> bool:
    return paragraph.look.alignment == "center" and (
        is_capitals(text)
        or (text.endswith(":") and len(text) <= _ONE_LINE)
        or all(run.look.bold for run in paragraph.runs)
        or bool(_NOTE.match(text))
        or bool(_CAPTION.match(fold(text)))
    )


def _check_alignment(report: Report, paragraph: Paragraph) -> None:
    alignment = paragraph.look.alignment
    text = paragraph.text.strip()
    short = len(text) <= _ONE_LINE or all(run.look.bold for run in paragraph.runs)
    if alignment == "both" or (alignment == "left" and short):
        return
    if _NOTE.match(text):
        return
    report.note("body.alignment", ALIGNMENTS.get(alignment, alignment), "canh đều cả hai lề", paragraph.place)


def _check_indent(report: Report, paragraph: Paragraph) -> None:
    """The first line begins 1 or 1.27 cm from the margin, by indent or by a tab at its start; lists count alike."""
    look = paragraph.look
    start = look.left + look.first_line
    text = paragraph.lines[0].text if paragraph.lines else ""
    tabs = len(text) - len(text.lstrip("\t"))
    if tabs and not paragraph.label:
        start = _DEFAULT_TAB * (int(start / _DEFAULT_TAB) + tabs)
    centimetres = start / _POINTS_PER_CM
    if look.alignment in ("center", "right") or any(abs(centimetres - one) <= _INDENT_TOLERANCE for one in _INDENTS):
        return
    report.note(
        "body.indent",
        f"dòng đầu lùi {measure(round(centimetres, 2))} cm",
        "dòng đầu lùi 1 cm hoặc 1,27 cm",
        paragraph.place,
        warning=bool(paragraph.label),
    )


def _check_line_spacing(report: Report, paragraph: Paragraph) -> None:
    look = paragraph.look
    size = max((run.look.size for run in paragraph.runs), default=14.0)
    lines = look.line if look.line_rule == "auto" else look.line / (size * _SINGLE)
    if look.line_rule == "atLeast":
        lines = max(lines, 1.0)
    low = 0.98 if look.line_rule == "auto" else 0.93
    if not low <= lines <= 1.53:
        found = f"{measure(look.line)} dòng" if look.line_rule == "auto" else f"{measure(look.line)} pt"
        report.note("body.line_spacing", found, "từ dòng đơn đến 1,5 dòng", paragraph.place)


def _check_slant(report: Report, paragraph: Paragraph) -> None:
    runs = [run for line in paragraph.lines for run in lettered(line)]
    text = paragraph.text.strip()
    if len(text) > _ONE_LINE and runs and all(run.look.italic for run in runs) and not _NOTE.match(text):
        report.note("body.italic", "cả đoạn chữ nghiêng", "chữ đứng", paragraph.place)


def _check_capitals(report: Report, paragraph: Paragraph) -> None:
    text = paragraph.text.strip()
    if len(text) > 3 * _ONE_LINE and is_capitals(text):
        report.note("body.capitals", quoted(text), "chữ in thường", paragraph.place)


def _check_gaps(report: Report, body: tuple[Block, ...], prose: set[int]) -> None:
    for first, second in pairwise(body):
        if not (isinstance(first, Paragraph) and isinstance(second, Paragraph)):
            continue
        if id(first) not in prose or id(second) not in prose:
            continue
        gap = _gap(first, second)
        if gap < _LEAST_GAP - _ROUNDING:
            report.note(
                "body.spacing",
                f"cách đoạn trước {measure(round(gap, 1))} pt",
                "khoảng cách giữa các đoạn tối thiểu 6 pt",
                second.place,
            )


def _gap(first: Paragraph, second: Paragraph) -> float:
    """The space that Word leaves: what follows the one and precedes the other, nothing between alike in a style that
    says so.
    """
    alike = first.style == second.style
    after = 0.0 if first.look.contextual and alike else first.look.after
    before = 0.0 if second.look.contextual and alike else second.look.before
    return after + before


def _check_end(report: Report, elements: Elements) -> None:
    """The text ends with ``./.`` (the models of Phụ lục III); a text that ends with a table has nowhere to put it."""
    if elements.closing.title is None and not elements.closing.signature:
        return
    last = next((block for block in reversed(elements.body) if _has_text(block)), None)
    if isinstance(last, Paragraph) and not re.search(r"\.\s?/\s?\.\s*[”\"]?$", last.text.rstrip()):
        report.note(
            "body.end", quoted("…" + last.text.strip()[-40:]), "kết thúc nội dung bằng “./.”", last.place, warning=True
        )


def _has_text(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text.strip())
