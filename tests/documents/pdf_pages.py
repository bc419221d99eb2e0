"""PDF files of a page, written by hand."""

from __future__ import annotations

import re
import zlib

from tests.documents import hostile

from plan_lifecycle.documents.gate import Purpose, Verdict, inspect


def judge(data: bytes) -> Verdict:
    return inspect(data, name="Báo cáo.pdf", purpose=Purpose.REPORT)


Line = tuple[float, float, str]
HEAD: list[Line] = [(60, 800, "UBND XÃ BÌNH AN"), (60, 780, "Số: 12/KH-UBND"), (320, 780, "Bình An, ngày 02/01/2026")]
CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
PAGES = b"<</Type /Pages /Kids [3 0 R] /Count 1 /Resources <</Font <</F1 5 0 R>>>>>>"
FONT = (
    b"<</Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 6 0 R>>"
)
GLYPHS = b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /Times /DW 600>>"
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>"


def letters_map(text: str, *, ranges: bool) -> bytes:
    """A ToUnicode map in which the code of a letter is its place in ``text``."""
    codes = [letter.encode("utf-16-be").hex() for letter in text]
    if ranges:
        lines = "".join(f"<{code:04x}> <{code:04x}> <{letter}>\n" for code, letter in enumerate(codes))
        return f"{len(codes)} beginbfrange\n{lines}endbfrange".encode()
    lines = "".join(f"<{code:04x}> <{letter}>\n" for code, letter in enumerate(codes))
    return f"{len(codes)} beginbfchar\n{lines}endbfchar".encode()


def printed(*lines: Line, ranges: bool = False, scale: float = 1, spelt: bool = False) -> bytes:
    """A PDF whose first page shows the lines at x, y (points from below); ``spelt``: letter by letter."""
    alphabet = "".join(sorted({letter for _, _, text in lines for letter in text}))

    def shown(text: str) -> str:
        codes = [f"<{alphabet.index(letter):04x}>" for letter in text]
        return f"[{' -20 '.join(codes)}] TJ" if spelt else f"{''.join(codes)} Tj".replace("><", "")

    content = f"q {scale} 0 0 {scale} 0 0 cm BT /F1 14 Tf\n" + "".join(
        f"1 0 0 1 {x / scale} {y / scale} Tm {shown(text)}\n" for x, y, text in lines
    )
    cmap = hostile.stream(b"", letters_map(alphabet, ranges=ranges))
    return hostile.pdf(CATALOG, PAGES, PAGE, hostile.stream(b"", (content + "ET Q").encode()), FONT, cmap, GLYPHS)


def with_packed_objects(data: bytes) -> bytes:
    """The same with catalogue, tree and page in an object stream, as modern writers keep them."""
    objects = (CATALOG, PAGES, PAGE)
    starts = [sum(len(one) + 1 for one in objects[:n]) for n in range(3)]
    pairs = b" ".join(b"%d %d" % pair for pair in zip((1, 2, 3), starts, strict=True)) + b" "
    for number, one in enumerate(objects, start=1):
        data = data.replace(b"%d 0 obj\n%s\nendobj\n" % (number, one), b"")
    packed = hostile.stream(b"/Type /ObjStm /N 3 /First %d" % len(pairs), pairs + b" ".join(objects))
    return data.replace(b"%PDF-1.7\n", b"%PDF-1.7\n9 0 obj\n" + packed + b"\nendobj\n")


def in_a_simple_font(shown: bytes, entries: bytes = b"") -> bytes:
    """A PDF whose first page shows a mark alone, in a font of one byte a letter that maps none of them."""
    font = b"<</Type /Font /Subtype /TrueType /BaseFont /.VnTimeH %s>>" % entries
    content = b"BT /F1 14 Tf 110 760 Td (" + shown + b") Tj ET"
    return hostile.pdf(CATALOG, PAGES, PAGE, hostile.stream(b"", content), font)


def with_page(content: bytes, cmap: bytes, fonts: int = 50, more: bytes = b"") -> bytes:
    """A first page of fifty times the same content, with fonts of the same map."""
    named = b"".join(b"/F%d %d 0 R" % (n, 10 + n) for n in range(fonts))
    page = b"<</Type /Page /Contents [" + b"4 0 R " * 50 + b"] /Resources <</Font <<" + named + b">>>>" + more + b">>"
    maps = [b"<</Subtype /Type0 /Encoding /Identity-H /ToUnicode %d 0 R>>" % (60 + n) for n in range(50)]
    streams = [hostile.stream(b"", cmap)] * 50
    return hostile.pdf(CATALOG, PAGES, page, hostile.stream(b"", content), *[b"<<>>"] * 5, *maps, *streams)


def unpacked(data: bytes) -> bytes:
    """The same with its streams as they are, so that a mutation reaches what is in them."""
    packed = re.compile(rb"/FlateDecode( /Length \d+>>\nstream\n)(.*?)\nendstream", re.DOTALL)
    return packed.sub(lambda match: match[1] + zlib.decompress(match[2]) + b"\nendstream", data).replace(
        b"/Filter ", b""
    )


MARK: Line = (110, 760, "TỐI MẬT")
MARKED = {
    "a line": printed(*HEAD, MARK),
    "a line beside the date": printed(HEAD[0], (110, 780, "MẬT"), HEAD[2]),
    "letter by letter": printed(*HEAD, MARK, spelt=True),
    "a map of ranges": printed(*HEAD, MARK, ranges=True),
    "a scaled page": printed(*HEAD, MARK, scale=0.1),
    "packed objects": with_packed_objects(printed(*HEAD, MARK)),
    "a font of before Unicode": in_a_simple_font("TèI MËT".encode("cp1252")),
    "a font that says it is Windows'": in_a_simple_font("MËT".encode("cp1252"), b"/Encoding /WinAnsiEncoding"),
    "a font of named letters": in_a_simple_font(b"M\1T", b"/Encoding <</Differences [1 /uni1EAC]>>"),
}
