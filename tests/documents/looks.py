"""Documents of a line or two, and how they look."""

from __future__ import annotations

from typing import Any

from tests.documents.word_xml import package, section

from plan_lifecycle.documents.formatting import Layout, Paragraph, RunLook, every_paragraph, read_layout
from plan_lifecycle.documents.package import open_package


def layout(body: str, styles: str = "", **parts: Any) -> Layout:
    return read_layout(open_package(package(body + f"<w:sectPr>{section()}</w:sectPr>", styles=styles, **parts)))


def first(body: str, styles: str = "", **parts: Any) -> Paragraph:
    return next(every_paragraph(layout(body, styles, **parts).blocks))


def look(body: str, styles: str = "", **parts: Any) -> RunLook:
    return first(body, styles, **parts).runs[0].look


def run(rpr: str = "", text: str = "Bình An") -> str:
    return f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(ppr: str = "", runs: str | None = None) -> str:
    return f"<w:p><w:pPr>{ppr}</w:pPr>{run() if runs is None else runs}</w:p>"


def defaults(rpr: str = "", ppr: str = "") -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{rpr}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{ppr}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def style(
    name: str, rpr: str = "", ppr: str = "", *, based_on: str = "", kind: str = "paragraph", own: str = ""
) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}" {own}><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


NORMAL = 'w:default="1"'
BOLD, PLAIN = "<w:b/>", '<w:b w:val="0"/>'
