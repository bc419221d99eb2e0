"""Word files in the form of Nghị định 30/2020/NĐ-CP, of which a test changes one thing.

``good_plan(number=Text("Số: 5/KH-UBND", size=13))`` is a plan of xã Bình An, correct but for its number. Paragraphs are
plain values; styles, theme, lists and headers are given as XML, so that formatting can come from anywhere.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

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


def prose(text: str, **changes: Any) -> Text:
    """A paragraph of the text proper."""
    return replace(Text(text, size=14, align="both", first_cm=1.27, after=6), **changes)


def heading(text: str, **changes: Any) -> Text:
    """A heading of the text proper."""
    return prose(text, **({"bold": True} | changes))


def basis(text: str, **changes: Any) -> Text:
    """A legal basis."""
    return prose(text, **({"italic": True} | changes))


def item(text: str, **changes: Any) -> Text:
    """A line of the recipients."""
    return replace(Text(text, size=11, align="left"), **changes)


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


NATIONAL = Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
MOTTO = Text("Độc lập - Tự do - Hạnh phúc", size=14, bold=True, rule=178)
ISSUER = (Text("ỦY BAN NHÂN DÂN", size=13, bold=True), Text("XÃ BÌNH AN", size=13, bold=True, rule=45))
NUMBER = Text("Số: 05/KH-UBND", size=13)
DATE = Text("Bình An, ngày 05 tháng 01 năm 2023", size=14, italic=True)
NAME = Text("KẾ HOẠCH", size=14, bold=True)
ABSTRACT = (Text("Thông tin, tuyên truyền cải cách hành chính năm 2023", size=14, bold=True, rule=130),)
BASES = (
    basis("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
    basis("Căn cứ Kế hoạch số 36/KH-UBND ngày 05 tháng 01 năm 2023 của Ủy ban nhân dân tỉnh Bình Thuận."),
)
_LONG = (
    " Các cơ quan, đơn vị, thôn trên địa bàn xã chủ động xây dựng nội dung, lựa chọn hình thức tuyên truyền phù hợp "
    "với điều kiện của địa phương, bảo đảm thiết thực, hiệu quả, tiết kiệm; phối hợp chặt chẽ với các đoàn thể trong "
    "quá trình thực hiện và kịp thời báo cáo kết quả về Ủy ban nhân dân xã để tổng hợp, theo dõi."
)
BODY = (
    prose("Ủy ban nhân dân xã Bình An ban hành Kế hoạch thông tin, tuyên truyền năm 2023 như sau:"),
    heading("I. MỤC ĐÍCH, YÊU CẦU"),
    heading("1. Mục đích"),
    prose("a) Nâng cao nhận thức của cán bộ, công chức và Nhân dân." + _LONG),
    prose("b) Cung cấp thông tin kịp thời, chính xác." + _LONG),
    prose("c) Tạo sự đồng thuận trong xã hội." + _LONG),
    prose("d) Phát huy vai trò giám sát của Nhân dân." + _LONG),
    prose("đ) Nhân rộng mô hình mới, cách làm hay." + _LONG),
    prose("e) Tiếp nhận, trả lời phản ánh, kiến nghị." + _LONG),
    heading("2. Yêu cầu"),
    prose("Nội dung tuyên truyền bám sát Kế hoạch của tỉnh và của huyện Bắc Bình." + _LONG),
    heading("II. TỔ CHỨC THỰC HIỆN"),
    prose("1. Công chức Văn hóa - Xã hội tham mưu, theo dõi việc thực hiện Kế hoạch này." + _LONG),
    prose("2. Đài truyền thanh xã phát ít nhất 05 tin, bài mỗi tháng." + _LONG),
    prose("Trên đây là Kế hoạch thông tin, tuyên truyền cải cách hành chính năm 2023 của xã Bình An./."),
)
AUTHORITY = (
    Text("TM. ỦY BAN NHÂN DÂN", size=14, bold=True),
    Text("CHỦ TỊCH", size=14, bold=True),
)
SIGNER = Text("Nguyễn Văn An", size=14, bold=True)
RECIPIENTS_TITLE = Text("Nơi nhận:", size=12, bold=True, italic=True, align="left")
RECIPIENTS = (item("- UBND huyện Bắc Bình;"), item("- Các thôn;"), item("- Lưu: VT, VHXH."))


def good_plan(**changes: Any) -> bytes:
    """A plan without findings. Each element is a keyword; a string stands for the element's text alone."""
    return build(_PLAN | changes)


def good_report(**changes: Any) -> bytes:
    """A report to the district, with its addressee."""
    return build(
        _PLAN
        | {
            "number": replace(NUMBER, text="Số: 45/BC-UBND"),
            "name": replace(NAME, text="BÁO CÁO"),
            "abstract": (replace(ABSTRACT[0], text="Kết quả cải cách hành chính 6 tháng đầu năm 2023"),),
            "addressee": (Text("Kính gửi: Ủy ban nhân dân huyện Bắc Bình.", size=14),),
            "bases": (),
            "recipients": (item("- Như trên;"), *RECIPIENTS[1:]),
        }
        | changes
    )


def good_letter(**changes: Any) -> bytes:
    """An official letter of a department: no type, a subject under the number, two addressees."""
    return build(
        _PLAN
        | {
            "superior": (Text("UBND TỈNH BÌNH THUẬN", size=13),),
            "issuer": (Text("SỞ NỘI VỤ", size=13, bold=True, rule=30),),
            "number": replace(NUMBER, text="Số: 05/SNV-CCHC"),
            "subject": (Text("V/v đôn đốc gửi báo cáo cải cách hành chính", size=12),),
            "name": None,
            "abstract": (),
            "bases": (),
            "addressee": (
                Text("Kính gửi:", size=14),
                Text("- Ủy ban nhân dân xã Bình An;", size=14),
                Text("- Ủy ban nhân dân xã Phan Hòa.", size=14),
            ),
            "authority": (Text("GIÁM ĐỐC", size=14, bold=True),),
            "recipients": (item("- Như trên;"), item("- Lưu: VT, CCHC.")),
        }
        | changes
    )


def good_decision(**changes: Any) -> bytes:
    """A decision of the chairman's committee in articles."""
    return build(
        _PLAN
        | {
            "number": replace(NUMBER, text="Số: 12/QĐ-UBND"),
            "name": replace(NAME, text="QUYẾT ĐỊNH"),
            "abstract": (replace(ABSTRACT[0], text="Về việc ban hành Kế hoạch cải cách hành chính năm 2023"), Text("")),
            "authority_line": Text("ỦY BAN NHÂN DÂN XÃ BÌNH AN", size=14, bold=True, after=6),
            "bases": (
                *BASES[:1],
                basis("Theo đề nghị của công chức Văn hóa - Xã hội."),
                Text("QUYẾT ĐỊNH:", size=14, bold=True, after=6),
            ),
            "body": (
                _article("Điều 1.", " Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2023." + _LONG),
                _article("Điều 2.", " Quyết định này có hiệu lực kể từ ngày ký." + _LONG * 4),
                _article("Điều 3.", " Công chức Văn hóa - Xã hội và các thôn chịu trách nhiệm thi hành./."),
            ),
            "recipients": (item("- Như Điều 3;"), item("- Lưu: VT, VHXH.")),
        }
        | changes
    )


def _article(label: str, text: str) -> Text:
    runs = (
        f'<w:r><w:rPr><w:b/></w:rPr><w:t>{label}</w:t></w:r><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )
    return prose("", xml=runs)


ANNEX = (
    Text("Phụ lục I", size=14, bold=True),
    Text("DANH MỤC NHIỆM VỤ", size=14, bold=True),
    Text("(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 01 năm 2023", size=14, italic=True),
    Text("của Ủy ban nhân dân xã Bình An)", size=14, italic=True, rule=150),
)


def good_annexed_plan(**changes: Any) -> bytes:
    """A plan with two annexes, each a section of its own, one across the sheet."""
    own = '<w:pgNumType w:start="1"/><w:titlePg/>'
    return build(
        _PLAN
        | {
            "body": (*BODY[:-1], prose("Nhiệm vụ cụ thể tại Phụ lục I và Phụ lục II kèm theo."), BODY[-1]),
            "main_section": section(),
            "annexes": (
                *ANNEX,
                table(
                    [
                        [[Text("STT", size=12)], [Text("Nhiệm vụ", size=12)]],
                        [[Text("1", size=12)], [Text("Tin, bài", size=12)]],
                    ]
                ),
                Text("", section=section(width=297, height=210, left=20, right=20, top=30, bottom=15, more=own)),
                replace(ANNEX[0], text="Phụ lục II"),
                *ANNEX[1:],
            ),
            "page": section(more=own),
        }
        | changes
    )


_PLAN: dict[str, Any] = {
    "national": NATIONAL,
    "motto": MOTTO,
    "superior": (),
    "issuer": ISSUER,
    "number": NUMBER,
    "date": DATE,
    "subject": (),
    "name": NAME,
    "abstract": ABSTRACT,
    "addressee": (),
    "authority_line": None,
    "bases": BASES,
    "body": BODY,
    "authority": AUTHORITY,
    "signer": SIGNER,
    "recipients_title": RECIPIENTS_TITLE,
    "recipients": RECIPIENTS,
    "annexes": (),
    "page": section(),
    "main_section": "",
    "head": None,
    "foot": None,
    "styles": FORM_STYLES,
    "header": PAGE_NUMBER,
    "footer": "",
    "first_header": "<w:p/>",
    "minor_font": "Times New Roman",
    "major_font": "Times New Roman",
    "settings": "",
    "numbering": "",
}


def build(parts: dict[str, Any]) -> bytes:
    """Put a document together from its elements (see ``_PLAN`` for their names)."""
    given = {
        name: replace(_PLAN[name], text=value)
        if isinstance(value, str) and isinstance(_PLAN.get(name), Text)
        else value
        for name, value in parts.items()
    }
    head = given["head"] if given["head"] is not None else _head(given)
    foot = given["foot"] if given["foot"] is not None else _foot(given)
    end = Text("", section=given["main_section"]) if given["main_section"] else ""
    title = [each for each in (given["name"], *given["abstract"]) if each is not None]
    blocks = [head, Text(""), *title, Text(""), *given["addressee"], given["authority_line"] or "", *given["bases"]]
    blocks += [*given["body"], Text(""), foot, end, *given["annexes"]]
    return package(
        "".join(map(str, blocks)) + f"<w:sectPr>{given['page']}</w:sectPr>",
        **{name: given[name] for name in _PACKAGE_PARTS},
    )


def _head(given: dict[str, Any]) -> str:
    left = [*given["superior"], *given["issuer"]]
    return table(
        [
            [left, [each for each in (given["national"], given["motto"]) if each]],
            [
                [each for each in (given["number"], *given["subject"]) if each],
                [each for each in (given["date"],) if each],
            ],
        ]
    )


def _foot(given: dict[str, Any]) -> str:
    left = [*([given["recipients_title"]] if given["recipients_title"] else []), *given["recipients"]]
    right = [*given["authority"], Text(""), Text(""), *([given["signer"]] if given["signer"] else [])]
    return table([[left, right]])


_PACKAGE_PARTS = (
    "styles", "header", "footer", "first_header", "minor_font", "major_font", "settings", "numbering",
)  # fmt: skip


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
    relations = {
        "rIdStyles": ("styles", "styles.xml"),
        "rIdSettings": ("settings", "settings.xml"),
        "rIdLists": ("numbering", "numbering.xml"),
        "rIdTheme": ("theme", "theme/theme1.xml"),
        "rIdHeader": ("header", "header1.xml"),
        "rIdFirst": ("header", "header2.xml"),
        "rIdFooter": ("footer", "footer1.xml"),
    }
    members["word/_rels/document.xml.rels"] = _relationships(relations)
    members["_rels/.rels"] = _relationships({"rId1": ("officeDocument", "word/document.xml")})
    members["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
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
