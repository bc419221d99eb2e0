"""Headings and their order: ``I.``, ``1.``, ``a)``, ``Điều 1.``, ``Phần I`` (mục II, khoản 6, điểm đ)."""

from __future__ import annotations

import re

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, quoted
from plan_lifecycle.documents.check._spots import tidy
from plan_lifecycle.documents.check._style import ALIGNMENTS, is_capitals, lettered
from plan_lifecycle.documents.formatting import Line, Paragraph, Run, roman

# The order in which laws letter their points; ă, â, ê, ô, ơ and ư are passed over, though nothing forbids them.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_ROMAN_HEADING = re.compile(r"^([IVX]+)\s?([./)-])\s*(.+)$", re.DOTALL)
_CLAUSE = re.compile(r"^(\d{1,2})\.\s*(?![\d.])(\S.*)$", re.DOTALL)
_POINT = re.compile(r"^([a-zđăâêôơư])\)\s*\S")
_ARTICLE = re.compile(r"^Điều\s+(\d+)\s*([.:]?)", re.IGNORECASE)
_PART = re.compile(r"^(Phần|Chương|Mục|Tiểu mục)\s+(thứ\s+)?[IVX\d]+\s*[.:]?$", re.IGNORECASE)
_LONGEST_HEADING, _LONGEST_TITLE = 250, 90


def check_headings(report: Report, elements: Elements) -> None:
    """Check the look of headings, and that numbers and letters follow each other."""
    order = _Order(report)
    paragraphs = elements.paragraphs
    for index, paragraph in enumerate(paragraphs):
        text = tidy(paragraph.text)
        following = tidy(paragraphs[index + 1].text) if index + 1 < len(paragraphs) else ""
        if _PART.match(text):
            order.begin_part()
            _check_part(report, paragraph)
        elif (found := _ROMAN_HEADING.match(text)) and _is_roman(found[1]) and len(text) < _LONGEST_HEADING:
            order.roman(found[1], paragraph)
            _check_roman(report, paragraph, found)
        elif found := _ARTICLE.match(text):
            order.article(int(found[1][:6]), paragraph, ended=bool(found[2]))
            _check_article(report, paragraph, found)
        elif found := _CLAUSE.match(text):
            order.clause(int(found[1]), paragraph)
            _check_clause(report, paragraph, found[2], following)
        elif found := _POINT.match(text):
            order.point(found[1], paragraph)


def _is_roman(text: str) -> bool:
    return any(text == roman(number) for number in range(1, 40))


class _Order:
    """The last number or letter seen at each level."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._roman = self._clause = self._article = 0
        self._point = ""

    def begin_part(self) -> None:
        self._roman = self._clause = 0
        self._point = ""

    def roman(self, text: str, paragraph: Paragraph) -> None:
        number = next(number for number in range(1, 40) if roman(number) == text)
        if number not in (self._roman + 1, 1) or (number == 1 and self._roman == 1):
            self._note(f"{text}.", f"{roman(self._roman + 1)}.", paragraph, warning=True)
        self._roman, self._clause, self._point = number, 0, ""

    def article(self, number: int, paragraph: Paragraph, *, ended: bool) -> None:
        if ended and number not in (self._article + 1, 1):
            self._note(f"Điều {number}", f"Điều {self._article + 1}", paragraph, warning=True)
        self._article, self._clause, self._point = number, 0, ""

    def clause(self, number: int, paragraph: Paragraph) -> None:
        if number not in (self._clause + 1, 1):
            self._note(f"{number}.", f"{self._clause + 1}.", paragraph, warning=True)
        self._clause, self._point = number, ""

    def point(self, letter: str, paragraph: Paragraph) -> None:
        wanted = _next_letters(self._point)
        if letter != "a" and letter not in wanted:
            self._note(f"{letter})", f"{wanted[:1] or 'a'})", paragraph)
        self._point = letter

    def _note(self, found: str, expected: str, paragraph: Paragraph, *, warning: bool = False) -> None:
        after = " theo thứ tự bảng chữ cái tiếng Việt" if found.endswith(")") else ""
        self._report.note("heading.ordinal", found, expected + after, paragraph.place, warning=warning)


def _next_letters(letter: str) -> str:
    """The letters that may follow: the next of laws, the next of the alphabet."""
    if not letter:
        return "a"
    found = ""
    for order in (_LETTERS, _ALPHABET):
        at = order.find(letter)
        if at >= 0:
            found += order[at + 1 : at + 2]
    return found


def _check_part(report: Report, paragraph: Paragraph) -> None:
    if paragraph.look.alignment != "center":
        report.note(
            "heading.alignment", ALIGNMENTS.get(paragraph.look.alignment, "canh lệch"), "canh giữa", paragraph.place
        )
    _check_bold(report, paragraph, paragraph.text)
    if is_capitals(paragraph.text.split()[0]):
        report.note("heading.capitals", quoted(paragraph.text), "chữ in thường (Phần I)", paragraph.place)


def _check_roman(report: Report, paragraph: Paragraph, found: re.Match[str]) -> None:
    if found[2] != ".":
        report.note("heading.dot", quoted(found[1] + found[2]), f"“{found[1]}.”", paragraph.place)
    if found[3] != found[3].upper():
        report.note("heading.capitals", quoted(found[0]), "tiêu đề của mục bằng chữ in hoa", paragraph.place)
    _check_bold(report, paragraph, found[0])


def _check_article(report: Report, paragraph: Paragraph, found: re.Match[str]) -> None:
    label = found[0].rstrip(" .:")
    if not found[2]:
        return
    if found[2] == ":":
        report.note("heading.dot", quoted(f"{label}:"), f"“{label}.”", paragraph.place)
    begin = _beginning(paragraph, len(found[0]))
    if not all(run.look.bold for run in lettered(begin)):
        report.note("heading.bold", f"{quoted(label)} không đậm", "chữ đậm", paragraph.place)


def _check_clause(report: Report, paragraph: Paragraph, title: str, following: str) -> None:
    """A clause has a title when it is short, ends without a stop, and more follows under it."""
    titled = len(title) <= _LONGEST_TITLE and title[-1] not in ".;:,/…)" and bool(following)
    if titled and not _CLAUSE.match(following) and not _ROMAN_HEADING.match(following):
        bold = [run for line in paragraph.lines for run in lettered(line)]
        if not any(run.look.bold for run in bold):
            report.note(
                "heading.bold", quoted(paragraph.text), "khoản có tiêu đề: chữ đậm", paragraph.place, warning=True
            )


def _check_bold(report: Report, paragraph: Paragraph, text: str) -> None:
    runs = [run for line in paragraph.lines for run in lettered(line)]
    if any(not run.look.bold for run in runs):
        report.note("heading.bold", f"{quoted(text)} không đậm", "chữ đậm", paragraph.place)


def _beginning(paragraph: Paragraph, length: int) -> Line:
    runs: list[Run] = []
    for run in paragraph.lines[0].runs:
        if length <= 0:
            break
        runs.append(Run(run.text[:length], run.look))
        length -= len(run.text)
    return Line(tuple(runs))
