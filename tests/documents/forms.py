"""Word files in the form of Nghị định 30/2020/NĐ-CP, of which a test changes one thing.

``good_plan(number=Text("Số: 5/KH-UBND", size=13))`` is a plan of xã Bình An, correct but for its number. Paragraphs are
plain values; styles, theme, lists and headers are given as XML, so that formatting can come from anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from tests.documents.word_xml import FORM_STYLES, PAGE_NUMBER, Text, package, section, table


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
