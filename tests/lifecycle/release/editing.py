"""A coordinator edits the draft of a report in Word, as far as tests need it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph


def edited(word: bytes, changes: Mapping[str, str]) -> bytes:
    """The file with each text replaced wherever it stands; a paragraph that becomes empty goes.

    Whenever it is made, it is the same file: who gives it once more gives no other one.
    """
    document = docx.Document(io.BytesIO(word))
    left = set(changes)
    for paragraph in [*_paragraphs(document)]:
        for old, new in changes.items():
            if old in paragraph.text:
                left.discard(old)
                paragraph.text = paragraph.text.replace(old, new)
                if not paragraph.text:
                    paragraph._p.getparent().remove(paragraph._p)
    assert not left
    file = io.BytesIO()
    document.save(file)
    return _undated(file.getvalue())


def _undated(package: bytes) -> bytes:
    """The package without the moment at which each of its parts was written."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as dated, ZipFile(file, "w", ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            undated.writestr(ZipInfo(name), dated.read(name), ZIP_DEFLATED)
    return file.getvalue()


def words(word: bytes) -> str:
    """All that a file says, paragraph by paragraph."""
    return "\n".join(paragraph.text for paragraph in _paragraphs(docx.Document(io.BytesIO(word))))


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
