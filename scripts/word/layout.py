"""The elements of an administrative document (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II), from head to signature."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.word.markup import paragraph, tag
from scripts.word.package import CHART, TEXT_WIDTH
from scripts.word.table import cell, row, table

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_LEFT, _RIGHT = 3400, TEXT_WIDTH - 3400
_MOTTO_WIDTH = 3140  # "Độc lập - Tự do - Hạnh phúc" in 14 point bold: its rule is as long as the text


def letterhead(
    superior: Sequence[str], agency: Sequence[str], agency_rule: str, number: str, date_line: str, subject: str = ""
) -> str:
    """Agency and number on the left, the nation's name, motto and date on the right. Lines may be template tags."""
    left = _lines(superior, "SuperiorAgency") + _lines(agency, "IssuingAgency") + paragraph(agency_rule, "TypedRule")
    right = (
        paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "NationalName")
        + paragraph("Độc lập - Tự do - Hạnh phúc", "Motto")
        + rule(_RIGHT, _MOTTO_WIDTH)
    )
    numbered = paragraph(number, "Number") + (paragraph(subject, "Subject") if subject else "")
    dated = paragraph(date_line, "PlaceDate")
    rows = row(cell(left, _LEFT) + cell(right, _RIGHT)) + row(cell(numbered, _LEFT) + cell(dated, _RIGHT))
    return table([_LEFT, _RIGHT], rows, margins=False)


def draft_mark() -> str:
    """*DỰ THẢO*, in a style of its own: by that style it is found and taken out once the document is issued."""
    return paragraph("DỰ THẢO", "DraftMark")


def title(kind: str, abstract: str, abstract_rule: str) -> str:
    """Type and abstract with the rule below them, which is as long as the abstract asks."""
    return (
        paragraph(kind, "DocumentType")
        + paragraph(abstract, "Abstract")
        + paragraph(abstract_rule, "TypedRule")
        + spacer()
    )


def rule(width: int, length: int) -> str:
    """A solid line of ``length`` twips in the middle of ``width``: the top border of an almost empty paragraph."""
    inset = max((width - length) // 2, 0)
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    exact = '<w:spacing w:before="60" w:after="0" w:line="60" w:lineRule="exact"/>'
    return paragraph("", "Rule", f'{border}{exact}<w:ind w:left="{inset}" w:right="{inset}"/>')


def spacer() -> str:
    """A little room under a rule."""
    return paragraph("", "Rule", '<w:spacing w:before="0" w:after="120"/>')


def closing(recipients: Sequence[str], signature: Sequence[str], name: str) -> str:
    """Recipients on the left, authority, office, room for the signature and name on the right; kept on one page."""
    left = paragraph("Nơi nhận:", "RecipientsTitle") + _lines(recipients, "Recipient")
    right = _lines(signature, "Signature") + paragraph("", "Signature") * 4 + paragraph(name, "SignerName")
    sides = table([4535, TEXT_WIDTH - 4535], row(cell(left, 4535) + cell(right, TEXT_WIDTH - 4535)))
    return spacer() + sides + paragraph("", "Rule")


def annex(label: str, heading: str, note: str, width: int = TEXT_WIDTH) -> str:
    """The head of an annex; ``note`` is its "(Kèm theo …)"."""
    return (
        paragraph(label, "AnnexLabel")
        + paragraph(heading, "AnnexTitle")
        + paragraph(note, "AnnexNote")
        + rule(width, 2400)
        + spacer()
    )


def part(text: str) -> str:
    """A heading "I. MỤC ĐÍCH, YÊU CẦU"."""
    return paragraph(text, "Part")


def item(text: str) -> str:
    """A heading "1. Mục đích"."""
    return paragraph(text, "Item")


def body(*texts: str) -> str:
    """Paragraphs of the body."""
    return "".join(paragraph(text, "BodyText30") for text in texts)


def bases(*texts: str) -> str:
    """Legal bases, one a paragraph, each with its closing sign."""
    return "".join(paragraph(text, "LegalBasis") for text in texts)


def chart(description: str, caption: str) -> str:
    """Room for a chart as wide as the text and 7 cm high, and its caption below; the drawing is the file's sample."""
    width, height = TEXT_WIDTH * 635, 2_520_000
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="Biểu đồ" descr="{description}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/chart">'
        f'<c:chart xmlns:c="{_DRAWING}/chart" r:id="{CHART}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    place = paragraph("", "Chart").replace("</w:p>", f"<w:r>{drawing}</w:r></w:p>")
    return place + paragraph(caption, "ChartCaption")


def _lines(lines: Sequence[str], style: str) -> str:
    return "".join(tag(line) if line.startswith("{%p") else paragraph(line, style) for line in lines)
