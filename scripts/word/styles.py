"""The named styles of the shipped documents: what an official sees in Word's style list, with the decree's sizes."""

from __future__ import annotations

from typing import NamedTuple

FONT = "Times New Roman"


class Style(NamedTuple):
    """A paragraph style. Sizes and spaces in points; ``first`` and ``left`` are indents in twips.

    ``line`` is the line height: 240 is single, or twentieths of a point where it is ``exact``.
    """

    id: str
    name: str
    size: float
    align: str = "left"
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    first: int = 0
    left: int = 0
    line: int = 240
    exact: bool = False
    keep_next: bool = False
    outline: int | None = None

    def xml(self) -> str:
        """The style element; properties in the order of the schema."""
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
            + ("<w:keepNext/>" if self.keep_next else "")
            + f'<w:spacing w:before="{round(self.before * 20)}" w:after="{round(self.after * 20)}"'
            f' w:line="{self.line}" w:lineRule="{"exact" if self.exact else "auto"}"/>'
            + (f'<w:ind w:left="{self.left}" w:firstLine="{self.first}"/>' if self.first or self.left else "")
            + f'<w:jc w:val="{self.align}"/>{outline}</w:pPr><w:rPr>'
            + ("<w:b/><w:bCs/>" if self.bold else "")
            + ("<w:i/><w:iCs/>" if self.italic else "")
            + f'<w:sz w:val="{round(self.size * 2)}"/><w:szCs w:val="{round(self.size * 2)}"/></w:rPr></w:style>'
        )


CM_1_27 = 720  # first line of the body, in twips
BODY = {"size": 14, "align": "both", "after": 6, "first": CM_1_27, "line": 259}

STYLES = (
    Style("NationalName", "Quốc hiệu", 13, "center", bold=True),
    Style("Motto", "Tiêu ngữ", 14, "center", bold=True),
    Style("SuperiorAgency", "Cơ quan chủ quản", 13, "center"),
    Style("IssuingAgency", "Cơ quan ban hành", 13, "center", bold=True),
    Style("Rule", "Đường kẻ", 2, "center"),
    Style("TypedRule", "Đường kẻ dưới tên", 8, "center", bold=True, after=3, line=130, exact=True),
    Style("Number", "Số, ký hiệu", 13, "center"),
    Style("PlaceDate", "Địa danh, thời gian", 14, "center", italic=True),
    Style("Subject", "Trích yếu công văn", 12, "center"),
    # Word makes the id from the name whenever somebody saves the template: this name gives the same id again.
    Style("DraftMark", "Draft Mark", 13, "left", bold=True, before=6),
    Style("DocumentType", "Tên loại", 14, "center", bold=True, before=18),
    Style("Abstract", "Trích yếu", 14, "center", bold=True),
    Style("Addressee", "Kính gửi", 14, "center", before=12, after=12),
    Style("AddresseeHead", "Kính gửi, nhiều nơi", 14, "left", before=12, left=1701),
    Style("AddresseeList", "Kính gửi, danh sách", 14, "left", left=2835),
    Style("LegalBasis", "Căn cứ", 14, "both", italic=True, after=6, first=CM_1_27, line=259),
    Style("Part", "Phần", 14, "both", bold=True, before=6, after=6, first=CM_1_27, keep_next=True, outline=0),
    Style("Item", "Mục", 14, "both", bold=True, after=6, first=CM_1_27, keep_next=True, outline=1),
    Style("BodyText30", "Nội dung", **BODY),
    Style("TableCaption", "Tên bảng", 14, "center", bold=True, before=6, after=6, keep_next=True),
    Style("Chart", "Biểu đồ", 14, "center", before=6, keep_next=True),
    Style("ChartCaption", "Tên biểu đồ", 13, "center", italic=True, after=6),
    Style("TableHead", "Đầu bảng", 13, "center", bold=True),
    Style("TableText", "Ô bảng", 13, "left"),
    Style("TableCentre", "Ô bảng, giữa", 13, "center"),
    Style("TableTotal", "Ô bảng, cộng", 13, "center", bold=True),
    Style("MatrixHead", "Đầu bảng, nhỏ", 11, "center", bold=True),
    Style("MatrixText", "Ô bảng, nhỏ", 11, "left"),
    Style("MatrixCentre", "Ô bảng, nhỏ, giữa", 11, "center"),
    Style("MatrixNumber", "Ô bảng, nhỏ, số", 11, "right"),
    Style("MatrixCode", "Ô bảng, mã", 8, "center"),
    Style("RecipientsTitle", "Nơi nhận", 12, "left", bold=True, italic=True),
    Style("Recipient", "Nơi nhận, danh sách", 11, "left"),
    Style("Signature", "Quyền hạn, chức vụ", 14, "center", bold=True, keep_next=True),
    Style("SignerName", "Họ và tên người ký", 14, "center", bold=True),
    Style("AnnexLabel", "Phụ lục", 14, "center", bold=True, keep_next=True),
    Style("AnnexTitle", "Tên phụ lục", 14, "center", bold=True, keep_next=True),
    Style("AnnexNote", "Kèm theo", 14, "center", italic=True, after=6, keep_next=True),
    Style("PageNumber30", "Số trang", 14, "center"),
    Style("TemplateTag", "Thẻ mẫu", 14, "left"),
)


def styles_xml() -> str:
    """``word/styles.xml``: Times New Roman throughout, Vietnamese as the language of proofing."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'{fonts}<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:rPr>{fonts}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="RuledTable"><w:name w:val="Bảng kẻ"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + "".join(style.xml() for style in STYLES)
    )
