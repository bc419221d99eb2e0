"""A Word file around a body: parts, relationships and a zip whose bytes depend on nothing but its content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from scripts.word.markup import paragraph
from scripts.word.styles import FONT, styles_xml

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)

# A4; margins within Phụ lục I, mục I.3: 20 above and below, 30 left, 15 right (millimetres, here in twips)
_MARGINS = (
    '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
)
CHART = "rId5"
"""By which relation the body leads to its chart, the fifth that there is."""
TEXT_WIDTH = 11906 - 1701 - 851
LANDSCAPE_WIDTH = 16838 - 1701 - 851


def section(*, landscape: bool = False, annex: bool = False) -> str:
    """Section properties. The page number is centred in the top margin, save on a first page; an annex counts anew."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    count = '<w:pgNumType w:start="1"/>' if annex else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        f"<w:pgSz {size}/>{_MARGINS}{count}<w:titlePg/></w:sectPr>"
    )


def section_break(*, landscape: bool = False, annex: bool = False) -> str:
    """End a section within the document: an empty paragraph that carries its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="Rule"/>{section(landscape=landscape, annex=annex)}</w:pPr></w:p>'


def word_file(body: Sequence[str], *, title: str, last_section: str | None = None, chart: bytes = b"") -> bytes:
    """The finished .docx. ``title`` goes into the core properties and may hold template tags; ``chart`` is the part to
    which the body's drawings lead."""
    document = f"<w:document {_W} {_R}><w:body>{''.join(body)}{last_section or section()}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": _content_types(chart=bool(chart)),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("extended-properties", "docProps/app.xml"),
            core="docProps/core.xml",
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("header", "header1.xml"),
            *([("chart", "charts/chart1.xml")] if chart else []),
        ),
        "word/styles.xml": f"<w:styles {_W}>{styles_xml()}</w:styles>",
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": _page_number(),
        "docProps/core.xml": _core(title),
        "docProps/app.xml": _app(),
    }
    members = {name: (_DECLARATION + text).encode() for name, text in parts.items()}
    return _zip(members | ({"word/charts/chart1.xml": chart} if chart else {}))


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, data)
    return out.getvalue()


def _content_types(*, chart: bool) -> str:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    kinds["header1"] = "header"
    overrides = {f"/word/{name}.xml": f"{_WORD_TYPE}.{kind}+xml" for name, kind in kinds.items()}
    if chart:
        overrides["/word/charts/chart1.xml"] = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
        + "</Types>"
    )


def _relations(*targets: tuple[str, str], core: str = "") -> str:
    rows = [(f"{_OFFICE}/{kind}", target) for kind, target in targets]
    if core:
        rows.append((f"{_PACKAGE}/relationships/metadata/core-properties", core))
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(rows, start=1)
        )
        + "</Relationships>"
    )


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'<w:fonts {_W}><w:font w:name="{FONT}"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _page_number() -> str:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return f"<w:hdr {_W} {_R}>{paragraph('', 'PageNumber30').replace('</w:p>', field + '</w:p>')}</w:hdr>"


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator><dc:language>vi-VN</dc:language>"
        "</cp:coreProperties>"
    )


def _app() -> str:
    namespace = _OFFICE.replace("relationships", "extended-properties")
    return f'<Properties xmlns="{namespace}"><Company></Company></Properties>'
