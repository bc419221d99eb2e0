"""The library that reads a PDF's first page is handed little of it, however much there is."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject
from tests.documents import hostile

from plan_lifecycle.documents.gate._pdf_objects import Objects
from plan_lifecycle.documents.gate._pdf_reader import MOST_CONTENT, MOST_TEXT, FoundObjects

CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"


def reader(*objects: bytes) -> FoundObjects:
    return FoundObjects(Objects(hostile.pdf(CATALOG, *objects), []))


def page_of(content: bytes, often: int = 1) -> FoundObjects:
    contents = b"4 0 R " * often
    return reader(b"<</Kids [3 0 R]>>", b"<</Contents [" + contents + b"]>>", hostile.stream(b"", content))


def shown(found: FoundObjects) -> bytes:
    page = found.first_page()
    assert page is not None
    return found.content(page).get_data()


def test_objects_are_read_until_they_come_to_too_much() -> None:
    found = reader(*[b"<</X (" + b"x" * 60_000 + b")>>"] * 9)
    read = range(2, 2 + MOST_TEXT // 60_000)
    assert all(isinstance(found.get_object(number), DictionaryObject) for number in read)
    with pytest.raises(LimitReachedError):
        found.get_object(read.stop)
    assert isinstance(found.get_object(2), DictionaryObject)


def test_an_object_is_read_once_however_often_it_is_asked_for() -> None:
    found = reader(b"<</X (" + b"x" * 60_000 + b")>>")
    assert len({id(found.get_object(2)) for _ in range(100)}) == 1


def test_a_page_is_read_up_to_the_last_whole_block_of_its_text() -> None:
    block = b"BT (" + b"M" * 1_000 + b") Tj ET "
    read = shown(page_of(block * 1_000))
    assert (len(read) <= MOST_CONTENT, read.endswith(b"ET"), read.count(b"BT")) == (
        True,
        True,
        MOST_CONTENT // len(block),
    )


def test_content_that_is_named_fifty_times_over_is_not_read_fifty_times() -> None:
    line = b"0 0 Td (MMMM) Tj\n"
    read = shown(page_of(line * 8_000, 50))
    assert (len(read) <= MOST_CONTENT, read.endswith(b"Tj\n")) == (True, True)


def test_a_stream_that_inflates_without_end_is_cut() -> None:
    assert len(shown(page_of(b"q\n" * 20_000_000))) <= MOST_CONTENT


def test_pictures_and_programs_of_fonts_are_not_inflated() -> None:
    found = reader(hostile.stream(b"/Subtype /Image", b"x" * 9), hostile.stream(b"/Length1 9", b"x" * 9))
    assert [type(found.get_object(number)) for number in (2, 3)] == [DictionaryObject, DictionaryObject]


def test_no_more_than_eight_fonts_are_looked_into() -> None:
    named = b"".join(b"/F%d 4 0 R" % number for number in range(50))
    found = reader(b"<</Kids [3 0 R] /Resources <</Font <<" + named + b">>>>>>", b"<</Parent 2 0 R>>", b"<<>>")
    page = found.first_page()
    assert page is not None
    assert list(found.fonts(page, ["/F9", "/F3", "/F9", "/none"])) == ["/F9", "/F3"]
    assert len(found.fonts(page, [f"/F{number}" for number in range(50)])) == 8


def test_the_library_is_loaded_for_a_pdf_only() -> None:
    program = "import sys, plan_lifecycle.documents.gate as gate; gate.look(b'PK'); print('pypdf' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert run.stdout == "False\n"
