"""PDF files that cut short, lead back to themselves or repeat without end cost in proportion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents import hostile
from tests.documents.pdf_pages import CATALOG, MARKED, judge, unpacked, with_page
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.gate import look

CHOSEN = b"BT " + b"".join(b"/F%d 9 Tf " % font for font in range(50)) + b"(x) Tj ET"


def endless(body: bytes) -> bytes:
    return b"%PDF-1.7\n" + body + b"endobj startxref"


ENDLESS: dict[str, tuple[Callable[[int], bytes], int]] = {
    "moves": (lambda n: with_page(b"BT /F1 9 Tf " + b"1 0 Td (M) Tj\n" * n, b""), 150_000),
    "letters": (lambda n: with_page(b"BT /F1 9 Tf " + b"(M)'\n" * n, b""), 150_000),
    "brackets": (lambda n: with_page(b"(" * n, b""), 2_000_000),
    "arrays": (lambda n: with_page(b"[\n" * n, b""), 1_000_000),
    "dictionaries": (lambda n: with_page(b"<</a\n" * n, b""), 400_000),
    "pictures in the text": (lambda n: with_page(b"BI /W 1 ID\n" * n, b""), 200_000),
    "states": (lambda n: with_page(b"q\n" * n, b""), 1_000_000),
    "both directions": (
        lambda n: with_page(
            b"BT /F1 9 Tf <" + b"05d00041" * n + b"> Tj ET", b"1 beginbfrange <0000><ffff><0000> endbfrange"
        ),
        30_000,
    ),
    "ranges": (lambda n: with_page(CHOSEN, b"beginbfrange " + b"<0000><ffff><0000>\n" * n), 100_000),
    "fonts of wide ranges": (lambda n: with_page(CHOSEN, b"1 beginbfrange <0000><1fff><0000> endbfrange", n), 50),
    "blocks": (lambda n: with_page(CHOSEN, b"beginbfchar" * n), 180_000),
    "letters of a font": (lambda n: with_page(CHOSEN, b"9 beginbfchar " + b"<00><00>\n" * n + b"endbfchar"), 200_000),
    "lists": (lambda n: with_page(CHOSEN, b"beginbfrange " + b"<00><00>[" * n), 220_000),
    "numbers": (lambda n: with_page(CHOSEN, b"", more=b"/X [" + b"1 " * n + b"]"), 200_000),
    "object streams": (
        lambda n: endless(hostile.stream(b"/Type/ObjStm", b"1 1 " * 1_000_000) * n),
        1_000,
    ),
    "objects": (lambda n: endless(b"1 0 obj " * n), 4_000_000),
    "addresses": (lambda n: endless((b"/URI(" + b"a" * 1_990) * n), 10_000),
    "names": (lambda n: endless(b"/S " * n), 600_000),
}
HEAVIEST = ("object streams", "objects", "fonts of wide ranges", "letters of a font", "numbers", "moves")


@pytest.mark.parametrize("name", ENDLESS)
def test_whatever_repeats_costs_no_more_than_in_proportion(name: str) -> None:
    build, count = ENDLESS[name]
    large = build(count)
    verdict = judge(large)
    assert verdict.accepted or verdict.reason
    assert growth(look, build(count // TIMES), large) < LINEAR


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_the_command_judges_the_heaviest_within_200_megabytes(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.pdf" for number, _ in enumerate(HEAVIEST)]
    for file, name in zip(files, HEAVIEST, strict=True):
        build, count = ENDLESS[name]
        file.write_bytes(build(count))
    verdicts, peak = hostile.judged_by_the_command(files)
    assert len(verdicts) == len(files)
    assert peak < 200 * 1024


def test_a_tree_of_pages_that_holds_itself_has_an_end() -> None:
    assert judge(hostile.pdf(CATALOG, b"<</Kids [2 0 R]>>")).accepted


GOOD = [unpacked(MARKED["a line"]), unpacked(MARKED["a map of ranges"]), MARKED["packed objects"]]
PIECE = st.sampled_from([b"", b"<", b"[", b"(", b">>", b"9999999999", b"-1e999", b"1 0 R", b"/Kids", b"/Encrypt 3 0 R"])


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(GOOD), st.lists(st.tuples(st.floats(0, 1), PIECE | st.binary(max_size=3)), min_size=1, max_size=8)
)
def test_it_answers_to_any_mutation_of_a_page(data: bytes, edits: list[tuple[float, bytes]]) -> None:
    changed = bytearray(data)
    for place, piece in edits:
        at = int(place * len(changed))
        changed[at : at + len(piece)] = piece
    verdict = judge(bytes(changed))
    assert verdict.accepted != bool(verdict.reason)
