"""Lines of the upper part of a PDF's first page, as far as a mark of secrecy needs them.

Fragments at one height make a line, and so do those of its left and of its right half: beside the mark, or on its
height, stands the date. A scanned page is a picture and has no lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice

from plan_lifecycle.documents.gate._pdf_fonts import Letters, fonts_of
from plan_lifecycle.documents.gate._pdf_objects import Objects, first_page, references, unescape, unhex

_MAX_TOKENS = 200_000
_MAX_CONTENT = 4 << 20
# Points; fragments of one line differ by less, lines by more.
_SAME_HEIGHT = 4
_HEAD_OF_PAGE = 0.55
_FARTHEST = 1e6
_TOKEN = re.compile(
    rb"\([^()\\]*(?:\\.[^()\\]*){0,4000}\)|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\]()]+|[-+]?(?:\d+\.?\d*|\.\d+)|[A-Za-z'\"*]+",
    re.DOTALL,
)
_BOX = re.compile(rb"/MediaBox\s*\[\s*[-\d.]+\s+[-\d.]+\s+([\d.]{1,9})\s+([\d.]{1,9})")

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def head_lines(objects: Objects) -> Iterator[str]:
    """Yield the lines of the upper part of page 1."""
    page, resources = first_page(objects)
    text = _PageText(fonts_of(objects, resources))
    left = _MAX_CONTENT
    for number in references(page, b"/Contents"):
        content = objects.stream(number)[: max(left, 0)]
        left -= len(content)
        text.read(content)
    box = _BOX.search(page)
    yield from text.lines(*((_number(box[1]), _number(box[2])) if box else (595.0, 842.0)))


class _PageText:
    """Where each fragment of text stands: follows the transformations of a page's content."""

    def __init__(self, fonts: dict[bytes, Letters]) -> None:
        self._fonts = fonts
        self._letters: Letters = {}
        self._page, self._stack = _IDENTITY, list[Matrix]()
        self._line = _IDENTITY
        self._leading = 0.0
        self._tokens_left = _MAX_TOKENS
        self._operands: list[bytes] = []
        self._fragments: list[tuple[float, float, str]] = []
        self._operators: dict[bytes, Callable[[], None]] = {
            b"q": lambda: self._stack.append(self._page),
            b"Q": self._restore,
            b"cm": lambda: setattr(self, "_page", _product(self._matrix(), self._page)),
            b"BT": lambda: setattr(self, "_line", _IDENTITY),
            b"Tm": lambda: setattr(self, "_line", self._matrix()),
            b"Td": lambda: self._move(*self._numbers(2)),
            b"TD": self._move_and_lead,
            b"TL": lambda: setattr(self, "_leading", self._numbers(1)[0]),
            b"T*": lambda: self._move(0, -self._leading),
            b"Tf": self._choose_font,
            b"Tj": self._show, b"TJ": self._show, b"'": self._show_below, b'"': self._show_below,
        }  # fmt: skip

    def read(self, content: bytes) -> None:
        """Follow a content stream; at most 200,000 tokens of all streams."""
        for match in islice(_TOKEN.finditer(content), self._tokens_left):
            self._tokens_left -= 1
            token = match[0]
            if token[:1].isalpha() or token in (b"'", b'"'):
                if operator := self._operators.get(token):
                    operator()
                self._operands.clear()
            else:
                self._operands.append(token)

    def lines(self, width: float, height: float) -> Iterator[str]:
        """Each line of the upper part, and its left and right half; not what follows a line that ends with BÍ."""
        rows: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
        for x, y, text in self._fragments:
            if height * (1 - _HEAD_OF_PAGE) < y < _FARTHEST:
                rows[round(y / _SAME_HEIGHT)].append((x, text))
        before = ""
        for _, row in sorted(rows.items(), reverse=True):
            line = "".join(text for _, text in row)
            if not before.rstrip().endswith("BÍ"):
                yield line
                yield "".join(text for x, text in row if x < width / 2)
                yield "".join(text for x, text in row if x >= width / 2)
            before = line

    def _numbers(self, count: int) -> list[float]:
        numbers = [_number(token) for token in self._operands[-count:]]
        return [0.0] * (count - len(numbers)) + numbers

    def _matrix(self) -> Matrix:
        a, b, c, d, e, f = self._numbers(6)
        return a, b, c, d, e, f

    def _restore(self) -> None:
        if self._stack:
            self._page = self._stack.pop()

    def _move(self, x: float, y: float) -> None:
        self._line = _product((1, 0, 0, 1, x, y), self._line)

    def _move_and_lead(self) -> None:
        x, y = self._numbers(2)
        self._leading = -y
        self._move(x, y)

    def _choose_font(self) -> None:
        if len(self._operands) >= 2:
            self._letters = self._fonts.get(self._operands[-2][1:], {})

    def _show_below(self) -> None:
        self._move(0, -self._leading)
        self._show()

    def _show(self) -> None:
        _, _, _, _, x, y = _product(self._line, self._page)
        text = "".join(self._decode(token) for token in self._operands if token[:1] in (b"(", b"<"))
        self._fragments.append((x, y, text))

    def _decode(self, token: bytes) -> str:
        raw = unescape(token[1:-1]) if token[:1] == b"(" else unhex(token[1:-1])
        if not self._letters:
            return raw.decode("cp1252", "replace")
        size = len(next(iter(self._letters)))
        return "".join(self._letters.get(raw[at : at + size], "") for at in range(0, len(raw), size))


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _number(token: bytes) -> float:
    try:
        return float(token)
    except ValueError:
        return 0.0
