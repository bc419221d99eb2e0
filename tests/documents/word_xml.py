"""Word files written by hand: paragraphs as plain values, parts as XML, zipped into a package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
FORM_STYLES = """<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/></w:rPr>
</w:style>"""
PAGE_NUMBER = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


@dataclass(frozen=True)
class Text:
    """A paragraph: None for what its style shall say; ``rule`` is a line under it, in points; ``xml`` its runs."""

    text: str = ""
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    align: str | None = "center"
    first_cm: float = 0.0
    after: float | None = None
    line: int | None = None
    font: str | None = None
    colour: str | None = None
    underline: bool = False
    rule: float = 0.0
    style: str | None = None
    properties: str = ""
    xml: str = ""
    section: str = ""

    def runs(self) -> str:
        """The runs of the paragraph; a line feed is a line break, a tab a tab."""
        rpr = self._rpr()
        text = escape(self.text).replace("\n", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")
        runs = self.xml or f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
        return runs.replace("<w:t>", '<w:t xml:space="preserve">') + (drawn(self.rule) if self.rule else "")

    def _rpr(self) -> str:
        return "".join(
            (
                f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}"/>' if self.font else "",
                _switch("b", self.bold),
                _switch("i", self.italic),
                f'<w:color w:val="{self.colour}"/>' if self.colour else "",
                f'<w:sz w:val="{int(self.size * 2)}"/>' if self.size else "",
                '<w:u w:val="single"/>' if self.underline else "",
            )
        )

    def __str__(self) -> str:
        spacing = (f' w:after="{int(self.after * 20)}"' if self.after is not None else "") + (
            f' w:line="{self.line}" w:lineRule="auto"' if self.line else ""
        )
        ppr = "".join(
            (
                f'<w:pStyle w:val="{self.style}"/>' if self.style else "",
                self.properties,
                f"<w:spacing{spacing}/>" if spacing else "",
                f'<w:ind w:firstLine="{round(self.first_cm * 566.93)}"/>' if self.first_cm else "",
                f'<w:jc w:val="{self.align}"/>' if self.align else "",
                f"<w:sectPr>{self.section}</w:sectPr>" if self.section else "",
            )
        )
        return f"<w:p><w:pPr>{ppr}</w:pPr>{self.runs()}</w:p>"


def _switch(name: str, on: bool | None) -> str:
    return "" if on is None else f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'


def drawn(points: float, *, old: bool = False) -> str:
    """A horizontal line as Word draws it today, or as VML."""
    if old:
        return f'<w:r><w:pict><v:line from="10pt,2pt" to="{10 + points}pt,2pt"/></w:pict></w:r>'
    size = int(points * 12700)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f'<wp:extent cx="{size}" cy="0"/><a:graphic><a:graphicData><wps:wsp><wps:cNvCnPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="0"/></a:xfrm><a:prstGeom prst="line"/></wps:spPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:line from="0,0" to="{points}pt,0"/></w:pict></mc:Fallback></mc:AlternateContent>'
        "</w:r>"
    )


def section(
    width: float = 210,
    height: float = 297,
    top: float = 20,
    bottom: float = 20,
    left: float = 30,
    right: float = 15,
    more: str = "<w:titlePg/>",
    references: str = '<w:headerReference w:type="default" r:id="rIdHeader"/>',
) -> str:
    """The inside of a ``w:sectPr``; lengths in millimetres."""
    twips = {
        name: round(mm * 56.6929) for name, mm in (("top", top), ("right", right), ("bottom", bottom), ("left", left))
    }
    margins = " ".join(f'w:{name}="{length}"' for name, length in twips.items())
    return (
        f'{references}<w:pgSz w:w="{round(width * 56.6929)}" w:h="{round(height * 56.6929)}"/>'
        f'<w:pgMar {margins} w:header="567" w:footer="567" w:gutter="0"/>{more}'
    )


def table(rows: Sequence[Sequence[Sequence[Text]]], *, style: str = "") -> str:
    """A table without borders."""
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{''.join(map(str, cell)) or '<w:p/>'}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    return f"<w:tbl><w:tblPr>{named}</w:tblPr>{cells}</w:tbl>"


_RELATIONS = {
    "rIdStyles": ("styles", "styles.xml"),
    "rIdSettings": ("settings", "settings.xml"),
    "rIdLists": ("numbering", "numbering.xml"),
    "rIdTheme": ("theme", "theme/theme1.xml"),
    "rIdHeader": ("header", "header1.xml"),
    "rIdFirst": ("header", "header2.xml"),
    "rIdFooter": ("footer", "footer1.xml"),
}
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def package(
    body: str,
    *,
    styles: str = FORM_STYLES,
    header: str = PAGE_NUMBER,
    footer: str = "",
    first_header: str = "<w:p/>",
    minor_font: str = "Times New Roman",
    major_font: str = "Times New Roman",
    settings: str = "",
    numbering: str = "",
    strict: bool = False,
) -> bytes:
    """Zip a ``w:body`` with the parts around it."""
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{font}"/></a:{kind}Font>'
        for kind, font in (("major", major_font), ("minor", minor_font))
    )
    members = {
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_NAMESPACES}>{styles}</w:styles>",
        "word/settings.xml": f"<w:settings {_NAMESPACES}>{settings}</w:settings>",
        "word/numbering.xml": f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>",
        "word/header1.xml": f"<w:hdr {_NAMESPACES}>{header}</w:hdr>",
        "word/header2.xml": f"<w:hdr {_NAMESPACES}>{first_header}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_NAMESPACES}>{footer}</w:ftr>",
        "word/theme/theme1.xml": f"<a:theme {_NAMESPACES}><a:themeElements><a:fontScheme>{fonts}</a:fontScheme>"
        "</a:themeElements></a:theme>",
    }
    members["word/_rels/document.xml.rels"] = _relationships(_RELATIONS)
    members["_rels/.rels"] = _relationships({"rId1": ("officeDocument", "word/document.xml")})
    members["[Content_Types].xml"] = _CONTENT_TYPES
    return _zipped(members, strict=strict)


def _relationships(relations: dict[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>' for key, (kind, target) in relations.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def _zipped(members: dict[str, str], *, strict: bool) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, (text.replace(W, STRICT) if strict else text).encode())
    return made.getvalue()
