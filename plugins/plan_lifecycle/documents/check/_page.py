"""Paper, margins and page numbers (Phụ lục I, Phần I, mục I, khoản 1–3 and 7)."""

from __future__ import annotations

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, measure
from plan_lifecycle.documents.check._style import Type as Kind
from plan_lifecycle.documents.check._style import check_type, lettered
from plan_lifecycle.documents.formatting import Block, Line, Paragraph, Section, Table, every_paragraph

_A4 = (210.0, 297.0)
# Word rounds to twentieths of a point and to hundredths of an inch.
_TOLERANCE, _PAPER_TOLERANCE = 0.35, 1.5
_SIDES = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
# The same sheet turned: its left edge is then at the top or at the bottom.
_TURNED = (
    {"top": (30, 35), "bottom": (15, 20), "left": (20, 25), "right": (20, 25)},
    {"top": (15, 20), "bottom": (30, 35), "left": (20, 25), "right": (20, 25)},
)
_NUMBER = Kind(13, 14, bold=False, italic=False)
_ARABIC = "decimal"
_FORMATS = {
    "upperRoman": "chữ số La Mã",
    "lowerRoman": "chữ số La Mã",
    "upperLetter": "chữ cái",
    "lowerLetter": "chữ cái",
}
# A page of text in size 14 holds some 2,500 characters.
_ONE_PAGE = 2_300


def check_page(report: Report, elements: Elements) -> None:
    """Check every section's paper, and the page numbers of the text proper."""
    main = _main_sections(elements)
    for index, section in enumerate(elements.layout.sections):
        where = "trang" if index == 0 else f"trang, phần (section) {index + 1}"
        _check_paper(report, section, where, annex=index not in main)
        _check_orientation(report, elements, index, where, annex=index not in main)
        _check_margins(report, section, where)
    if elements.layout.mirrored:
        report.note(
            "page.margin.mirror",
            "lề đối xứng, trang chẵn có lề trái 15–20 mm",
            "lề trái 30–35 mm ở mọi trang",
            "trang",
            warning=True,
        )
    _check_numbers(report, elements, max(main, default=0))


def _main_sections(elements: Elements) -> range:
    """Sections up to the one in which the foot ends."""
    blocks = elements.layout.blocks
    if not blocks:
        return range(1)
    return range(blocks[min(elements.closing.last_block, len(blocks) - 1)].section + 1)


def _check_paper(report: Report, section: Section, where: str, *, annex: bool) -> None:
    short, long = sorted((section.width, section.height))
    if abs(short - _A4[0]) > _PAPER_TOLERANCE or abs(long - _A4[1]) > _PAPER_TOLERANCE:
        found = f"{measure(round(section.width))} mm x {measure(round(section.height))} mm"
        report.note("page.size", found, "khổ A4 (210 mm x 297 mm)", where, warning=annex)


def _check_orientation(report: Report, elements: Elements, index: int, where: str, *, annex: bool) -> None:
    """A text may lie across the sheet where it holds tables that are no annex (khoản 2): the first page only warns."""
    section = elements.layout.sections[index]
    if annex or not section.landscape:
        return
    tables = [block for block in elements.body if isinstance(block, Table) and block.section == index]
    if not tables or index == 0:
        report.note(
            "page.orientation", "khổ giấy ngang", "trình bày theo chiều dài của khổ A4", where, warning=bool(tables)
        )


def _check_margins(report: Report, section: Section, where: str) -> None:
    given = {side: getattr(section, side) for side in _SIDES}
    if section.landscape and any(_fits(given, sides) for sides in _TURNED):
        return
    for side, (low, high) in _SIDES.items():
        if not low - _TOLERANCE <= given[side] <= high + _TOLERANCE:
            report.note(f"page.margin.{side}", f"{measure(round(given[side], 1))} mm", f"{low}–{high} mm", where)


def _fits(given: dict[str, float], sides: dict[str, tuple[int, int]]) -> bool:
    return all(low - _TOLERANCE <= given[side] <= high + _TOLERANCE for side, (low, high) in sides.items())


def _check_numbers(report: Report, elements: Elements, last: int) -> None:
    sections = elements.layout.sections
    if not sections:
        return
    first = sections[0]
    if _numbered(first.footers, ("default", "first", "even")):
        report.note("page.number.place", "số trang ở phần lề dưới", "số trang ở giữa phần lề trên", "trang")
    elif not _numbered(first.headers, ("default",)):
        report.note(
            "page.number",
            "không có số trang",
            "số trang ở giữa phần lề trên, từ trang thứ hai",
            "trang",
            warning=last == 0 and _is_short(elements),
        )
    else:
        _check_first_page(report, first)
        if elements.layout.even_headers and not _numbered(first.headers, ("even",)):
            report.note(
                "page.number.even",
                "trang chẵn không có số trang",
                "số trang ở mọi trang, trừ trang thứ nhất",
                "phần lề trên",
            )
    for paragraph in _number_paragraphs(first.headers, ("default", "even")):
        _check_number_look(report, paragraph, alone_in_box=_boxed(first.headers, paragraph))
    if first.number_format != _ARABIC:
        report.note("page.number.format", _FORMATS.get(first.number_format, "kiểu số khác"), "chữ số Ả Rập", "trang")
    if first.number_start not in (None, 1):
        report.note("page.number.start", f"đánh từ số {first.number_start}", "đánh từ số 1", "trang")


def _check_first_page(report: Report, section: Section) -> None:
    shown = _numbered(section.headers, ("first",)) if section.title_page else True
    if shown:
        report.note(
            "page.number.first", "trang thứ nhất hiển thị số trang", "không hiển thị số trang thứ nhất", "trang 1"
        )


def _check_number_look(report: Report, paragraph: Paragraph, *, alone_in_box: bool) -> None:
    number = Line(tuple(run for line in paragraph.lines for run in line.runs if run.field == "PAGE"))
    check_type(report, "page.number", number, paragraph.place, _NUMBER)
    before = "".join(line.text for line in paragraph.lines).partition(number.text)[0]
    centred = paragraph.look.alignment == "center" or (before.endswith("\t") and before.strip() == "")
    if not centred and not alone_in_box and paragraph.look.frame not in ("center", "page"):
        report.note("page.number.alignment", "số trang không ở giữa", "canh giữa theo chiều ngang", paragraph.place)


def _boxed(parts: dict[str, tuple[Block, ...]], paragraph: Paragraph) -> bool:
    """Where the number stands in a text box, its place on the page is the box's, which is not judged."""
    return any(
        paragraph in tuple(every_paragraph(outer.boxes))
        for blocks in parts.values()
        for outer in every_paragraph(blocks)
        if outer.boxes
    )


def _number_paragraphs(parts: dict[str, tuple[Block, ...]], kinds: tuple[str, ...]) -> list[Paragraph]:
    return [
        paragraph
        for kind in kinds
        for paragraph in every_paragraph(parts.get(kind, ()))
        if any(run.field == "PAGE" for line in paragraph.lines for run in line.runs)
    ]


def _numbered(parts: dict[str, tuple[Block, ...]], kinds: tuple[str, ...]) -> bool:
    return bool(_number_paragraphs(parts, kinds))


def _is_short(elements: Elements) -> bool:
    """Whether all fits on one page, where no number is shown anyway."""
    paragraphs = tuple(every_paragraph(elements.layout.blocks))
    letters = sum(len(run.text) for paragraph in paragraphs for line in paragraph.lines for run in lettered(line))
    return letters < _ONE_PAGE and not any(paragraph.page_break for paragraph in paragraphs)
