"""PDF at the gate: marks on page 1, passwords, what it would run, carry or link to; cuts and endless streams."""

from __future__ import annotations

import re
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents import hostile

from plan_lifecycle.documents.gate import Purpose, Verdict, inspect


def judge(data: bytes) -> Verdict:
    return inspect(data, name="Báo cáo.pdf", purpose=Purpose.REPORT)


Line = tuple[float, float, str]
HEAD: list[Line] = [(60, 800, "UBND XÃ BÌNH AN"), (60, 780, "Số: 12/KH-UBND"), (320, 780, "Bình An, ngày 02/01/2026")]
CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
PAGES = b"<</Type /Pages /Kids [3 0 R] /Count 1 /Resources <</Font <</F1 5 0 R>>>>>>"
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
        return f"[{' -20 '.join(codes)}] TJ" if spelt else f"<{''.join(codes)}> Tj".replace("><", "")

    content = f"q {scale} 0 0 {scale} 0 0 cm BT /F1 14 Tf\n" + "".join(
        f"1 0 0 1 {x / scale} {y / scale} Tm {shown(text)}\n" for x, y, text in lines
    )
    font = b"<</Type /Font /Subtype /Type0 /ToUnicode 6 0 R>>"
    cmap = hostile.stream(b"", letters_map(alphabet, ranges=ranges))
    return hostile.pdf(CATALOG, PAGES, PAGE, hostile.stream(b"", (content + "ET Q").encode()), font, cmap)


def with_packed_objects(data: bytes) -> bytes:
    """The same with catalogue, tree and page in an object stream, as modern writers keep them."""
    objects = (CATALOG, PAGES, PAGE)
    starts = [sum(len(one) + 1 for one in objects[:n]) for n in range(3)]
    pairs = b" ".join(b"%d %d" % pair for pair in zip((1, 2, 3), starts, strict=True)) + b" "
    for number, one in enumerate(objects, start=1):
        data = data.replace(b"%d 0 obj\n%s\nendobj\n" % (number, one), b"")
    packed = hostile.stream(b"/Type /ObjStm /N 3 /First %d" % len(pairs), pairs + b" ".join(objects))
    return data.replace(b"%PDF-1.7\n", b"%PDF-1.7\n9 0 obj\n" + packed + b"\nendobj\n")


MARK: Line = (110, 760, "TỐI MẬT")
MARKED = {
    "a line": printed(*HEAD, MARK),
    "a line beside the date": printed(HEAD[0], (110, 780, "MẬT"), HEAD[2]),
    "letter by letter": printed(*HEAD, MARK, spelt=True),
    "a map of ranges": printed(*HEAD, MARK, ranges=True),
    "a scaled page": printed(*HEAD, MARK, scale=0.1),
    "packed objects": with_packed_objects(printed(*HEAD, MARK)),
}
UNMARKED = {
    "words about secrecy": printed(*HEAD, (150, 700, "KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC")),
    "a title on two lines": printed(*HEAD, (150, 700, "KẾ HOẠCH BẢO VỆ BÍ"), (280, 680, "MẬT")),
    "the foot of the page": printed(*HEAD, (110, 90, "MẬT")),
    "no text": hostile.pdf(CATALOG, PAGES, PAGE),
}


@pytest.mark.parametrize("place", MARKED)
def test_it_stops_a_mark_on_page_one(place: str) -> None:
    verdict = judge(MARKED[place])
    assert (verdict.accepted, verdict.secret, verdict.code) == (False, True, "secret")


@pytest.mark.parametrize("place", UNMARKED)
def test_it_lets_other_words_pass(place: str) -> None:
    verdict = judge(UNMARKED[place])
    assert (verdict.accepted, verdict.secret, verdict.warnings) == (True, False, ())


# The dictionaries of PDFs with the password "" or "pass": revision, length, O, U, first part of the ID.
ENCRYPTED = {
    ("", 2, 40): (
        "c92422687facee686e373f10b5c7d04738053152f7e2ee30e11c69ec442576ab",
        "7ff7fe3af0dddc45c08a047a6ec7841377a0a3287cb5d053a31a5328a0ce2824",
        "d8fc0b952b3e5af10fa11a4b99ee56c4",
    ),
    ("pass", 2, 40): (
        "91fa1f4519662a774442fb072e3d9f19e9d130ec09a4d0061e78fe920f7ab62f",
        "d6edc345a3a40a17ba7ff106bda2297dd496c7498532f26b91ef056e3356a699",
        "853d2b63a5a66e61fa6096992f1a736c",
    ),
    ("", 3, 128): (
        "566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5",
        "5bf7f34eaa9b74941827be895aacf80a28bf4e5e4e758a4164004e56fffa0108",
        "b610cae514447eb2b9cbe8fd2fc180cb",
    ),
    ("pass", 3, 128): (
        "0eb1955e88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671",
        "192e46740a61252955453f990f95561e28bf4e5e4e758a4164004e56fffa0108",
        "76533c30b07ca1ad66bf1b51c743e5f0",
    ),
    ("", 4, 128): (
        "566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5",
        "fb12419aba5082c0669fd8725c36ade028bf4e5e4e758a4164004e56fffa0108",
        "1d2ef53f61287ecdbd8184dcac22fe7c",
    ),
    ("", 5, 256): (
        "58664b7d6c0c60eecc8be3ebc3875db6127370b5df97aab2972e68d332f0148657dafb2fd11d2551e15beab9fe6fa0b3",
        "3ae4ff3ab40076460750a421e3ab93028494fa493a0ffca2ce46a5df8ce03713610d0bafe1a12bf8521ee29b97e04191",
        "439b7be534e6aa09992135b5fa9b6ad5",
    ),
    ("", 6, 256): (
        "c0ec2ca6077106c01a1cd16a35a4bbaa7384b62fd0b7f4e2fdf188264a5d5b22fa36222409ce6bb9b7eea0a0d7546d19",
        "b5b1186bbea85bed6277f92c4d939e485d87ddd95ea5fac515d2cc69ec28be15791be1ab83fc40208253f7a0c0d08785",
        "846a19b338d99ca34c772fff73d2e243",
    ),
    ("pass", 6, 256): (
        "ad52fac6ef405a2098e54ab59e45a1c87f70e13051db7b33c74e22119017406e544765aa83827aac16a2589d688622cf",
        "15eaec4eeba23122aa804d0db3d59d36db63fbfc619356411743f8c0c869115162bd088709b9793ad2e54c6afc3963ac",
        "779d46f8b8860dd8db061e8edd1a7624",
    ),
}


@pytest.mark.parametrize(("password", "revision", "length"), ENCRYPTED)
def test_it_refuses_a_password_and_accepts_restricted_printing(password: str, revision: int, length: int) -> None:
    owner, user, identity = ENCRYPTED[password, revision, length]
    entries = f"/Filter /Standard /V 4 /R {revision} /Length {length} /P 4294967292 /O <{owner}> /U <{user}>"
    data = hostile.pdf(
        CATALOG,
        f"<<{entries}>>".encode(),
        trailer=f"/Root 1 0 R /Encrypt 2 0 R /ID [<{identity}> <{identity}>]".encode(),
    )
    verdict = judge(data)
    assert (verdict.accepted, verdict.code) == (not password, "password" if password else "")
    assert bool(verdict.warnings) == (not password)


ACTIONS = {
    "script": b"<</S /JavaScript /JS (app.alert\\(1\\))>>",
    "hidden script": b"<</S /#4aavaScrip#74 /JS 4 0 R>>",
    "packed script": hostile.stream(b"/Type /ObjStm", b"5 0 <</S /JavaScript /JS (a)>>"),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_it_reports_a_script_and_accepts(action: str) -> None:
    verdict = judge(hostile.pdf(CATALOG, ACTIONS[action]))
    assert (verdict.accepted, verdict.has_macros, len(verdict.warnings)) == (True, True, 1)


def test_it_refuses_an_action_that_starts_a_program() -> None:
    assert judge(hostile.pdf(CATALOG, b"<</S /Launch /F (cmd.exe)>>")).code == "dangerous_object"


def test_it_reports_links_and_carried_files() -> None:
    verdict = judge(hostile.pdf(CATALOG, b"<</S /URI /URI (https://a.vn/\\(1\\))>>", b"<</Type /EmbeddedFile>>"))
    assert (verdict.accepted, verdict.external_links, len(verdict.warnings)) == (True, ("https://a.vn/(1)",), 1)


def test_it_refuses_a_file_cut_short() -> None:
    data = printed(*HEAD)
    assert judge(data[: data.index(b"xref")]).code == "damaged"
    assert judge(data[:200]).code == "damaged"
    assert judge(data + b"\r\n-- \r\nmail gateway\r\n" + bytes(5_000)).accepted


def with_page(content: bytes, cmap: bytes) -> bytes:
    """A first page of fifty times the same content, with fifty fonts of the same map."""
    fonts = b"".join(b"/F%d %d 0 R" % (n, 10 + n) for n in range(50))
    page = b"<</Type /Page /Contents [" + b"4 0 R " * 50 + b"] /Resources <</Font <<" + fonts + b">>>>>>"
    maps = [b"<</ToUnicode %d 0 R>>" % (60 + n) for n in range(50)] + [hostile.stream(b"", cmap)] * 50
    return hostile.pdf(CATALOG, PAGES, page, hostile.stream(b"", content), *[b"<<>>"] * 5, *maps)


ENDLESS = {
    "moves": with_page(b"BT " + b"1 0 Td (M) Tj " * 150_000, b""),
    "brackets": with_page(b"(" * 2_000_000, b""),
    "states": with_page(b"q " * 1_000_000, b""),
    "ranges": with_page(b"BT (x) Tj", b"beginbfrange " + b"<0000><ffff><0000>\n" * 100_000),
    "blocks": with_page(b"BT (x) Tj", b"beginbfchar" * 180_000),
    "lists": with_page(b"BT (x) Tj", b"beginbfrange " + b"<00><00>[" * 220_000),
    "object streams": b"%PDF-1.7\n"
    + hostile.stream(b"/Type/ObjStm", b"1 1 " * 1_000_000) * 1_000
    + b"endobj startxref",
    "objects": b"%PDF-1.7\n" + b"1 0 obj " * 4_000_000 + b"endobj startxref",
    "addresses": b"%PDF-1.7\n" + (b"/URI(" + b"a" * 1_990) * 10_000 + b"endobj startxref",
    "names": b"%PDF-1.7\n" + b"/S " * 600_000 + b"endobj startxref",
    "tree": hostile.pdf(CATALOG, b"<</Kids [2 0 R]>>"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_it_ends_in_two_seconds_whatever_repeats(name: str) -> None:
    began = time.perf_counter()
    verdict = judge(ENDLESS[name])
    assert verdict.accepted or verdict.reason
    assert time.perf_counter() - began < 2


def unpacked(data: bytes) -> bytes:
    """The same with its streams as they are, so that a mutation reaches what is in them."""
    packed = re.compile(rb"/FlateDecode( /Length \d+>>\nstream\n)(.*?)\nendstream", re.DOTALL)
    return packed.sub(lambda match: match[1] + zlib.decompress(match[2]) + b"\nendstream", data).replace(
        b"/Filter ", b""
    )


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
