"""Font and colour of everything that is printed (Phụ lục I, Phần I, mục I, khoản 4)."""

from __future__ import annotations

from collections.abc import Iterator

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report
from plan_lifecycle.documents.formatting import Paragraph, Run, RunLook, every_paragraph

_FAMILY = "times new roman"
# Fonts of the encodings before Unicode (TCVN3, VNI): the text is unreadable without them.
_OLD_ENCODINGS = (".vn", "vni-", "vni ")
# What Word writes for its darkest text colours is hard to tell from black.
_NEARLY_BLACK = 0x40


def check_fonts(report: Report, elements: Elements) -> None:
    """Note each font other than Times New Roman and each colour other than black, once, with its places.

    Signs without letters or digits (bullets, ticks) may come from a font of symbols.
    """
    for paragraph in _all_paragraphs(elements):
        for run in paragraph.runs:
            if any(sign.isalnum() for sign in run.text):
                _check_run(report, run, paragraph)


def _check_run(report: Report, run: Run, paragraph: Paragraph) -> None:
    look = run.look
    if _plain(look):
        return
    for font in sorted(_fonts_used(run)):
        name = font.lower()
        if name.startswith(_OLD_ENCODINGS):
            report.note("font.encoding", f"phông {font}", "bộ mã Unicode TCVN 6909:2001", paragraph.place)
        elif name != _FAMILY:
            report.note("font.family", f"phông {font}", "phông Times New Roman", paragraph.place)
    if look.colour:
        report.note(
            "font.colour", f"màu {look.colour}", "màu đen", paragraph.place, warning=_is_nearly_black(look.colour)
        )


def _plain(look: RunLook) -> bool:
    return look.ascii == look.other == "Times New Roman" and not look.colour


def _fonts_used(run: Run) -> set[str]:
    plain = any(sign < "\x80" for sign in run.text if sign.isalnum())
    accented = any(sign >= "\x80" for sign in run.text if sign.isalnum())
    return ({run.look.ascii} if plain else set()) | ({run.look.other} if accented else set())


def _is_nearly_black(colour: str) -> bool:
    try:
        return len(colour) == 6 and max(bytes.fromhex(colour)) <= _NEARLY_BLACK
    except ValueError:
        return False


def _all_paragraphs(elements: Elements) -> Iterator[Paragraph]:
    yield from every_paragraph(elements.layout.blocks)
    seen: set[int] = set()
    for section in elements.layout.sections:
        for blocks in (*section.headers.values(), *section.footers.values()):
            if id(blocks) not in seen:
                seen.add(id(blocks))
                yield from every_paragraph(blocks)
