"""The gate: the slowest of all hostile files against the two seconds it may take, and a sound plan."""

from __future__ import annotations

import random
import statistics

from tests.documents import hostile

from bench import Figure, seconds
from plan_lifecycle.documents.gate import Purpose, inspect

LIMIT = 2.0


def _random_word(words: random.Random) -> str:
    return "".join(words.choices("aăâbcdđeêghiklmnoôơpqrstuưvxy", k=8))


def _files() -> dict[str, bytes]:
    chance = random.Random(2026)
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}"><v>{chance.random()}</v></c>' for column in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, 20_001)
    )
    texts = [_random_word(chance) * 4 for _ in range(300_000)]
    return {
        "flat bomb": hostile.flat_bomb(),
        "lying bomb": hostile.lying_bomb(),
        "many parts": hostile.many_parts_bomb(),
        "overlapping": hostile.overlapping_bomb(),
        "nested": hostile.nested_bomb(),
        "full directory": hostile.full_directory(),
        "billion laughs": hostile.billion_laughs(),
        "10,000 columns": hostile.wide_table(),
        "100,000 levels": hostile.deep(),
        "empty elements": hostile.word("<w:p/>" * 990_000),
        "too many elements": hostile.word("<w:p/>" * 2_500_000),
        "200,000 cells": hostile.workbook(f"<sheetData>{cells}</sheetData>"),
        "300,000 texts": hostile.workbook("<sheetData/>", texts=texts),
        "150,000 links": hostile.word(links=[("hyperlink", f"http://{n}.vn/", True) for n in range(150_000)]),
        "stored pictures": hostile.zipped(
            [*hostile.word_members(), *((f"word/media/{n}.png", chance.randbytes(1 << 20)) for n in range(45))],
            method=0,
        ),
        "names in a PDF": b"%PDF-1.7\n" + b"/S " * 1_900_000 + b"endobj startxref",
        "addresses in a PDF": b"%PDF-1.7\n" + (b"/URI(" + b"a" * 490) * 99_000 + b"endobj startxref",
        "letters on a PDF's page": hostile.pdf(
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Kids [3 0 R]>>",
            b"<</Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>",
            hostile.stream(b"", b"BT /F1 9 Tf " + b"(M)'\n" * 50_000 + b"ET"),
            b"<</Subtype /TrueType>>",
        ),
        "noise": chance.randbytes(48 << 20),
    }


def measure() -> list[Figure]:
    """Worst seconds over hostile files, and seconds on a plan of 330 rows."""
    times = {
        name: seconds(lambda data=data: inspect(data, name="a.docx", purpose=Purpose.EVIDENCE))
        for name, data in _files().items()
    }
    slowest = max(times, key=times.__getitem__)
    row = "<w:tr>" + f"<w:tc>{hostile.paragraph('Sở Nội vụ chủ trì')}</w:tc>" * 8 + "</w:tr>"
    plan = hostile.word(f"<w:tbl>{row * 330}</w:tbl>")
    sound = statistics.median(seconds(lambda: inspect(plan, name="a.docx", purpose=Purpose.PLAN)) for _ in range(15))
    return [
        Figure("gate_slowest_hostile_file", times[slowest], LIMIT, LIMIT / times[slowest], 1.0, len(times),
               f"seconds against the limit; slowest: {slowest}"),
        Figure("gate_sound_plan", sound, LIMIT, LIMIT / sound, 20.0, 15, "seconds on a plan of 330 rows"),
    ]  # fmt: skip
