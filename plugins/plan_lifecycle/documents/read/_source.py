"""From a file's bytes to its blocks: only a Word document in the Office format goes on, the rest is told what to do."""

from __future__ import annotations

from lxml import etree

from plan_lifecycle.documents.last_read import LastRead
from plan_lifecycle.documents.package import Package, open_package
from plan_lifecycle.documents.read._blocks import Block
from plan_lifecycle.documents.read._body import Body, children_of_body
from plan_lifecycle.documents.read._errors import NotAPlan
from plan_lifecycle.documents.read._names import parse_part
from plan_lifecycle.documents.read._numbering import Numbering
from plan_lifecycle.documents.read._styles import Styles

_SAVE_AS = "đề nghị mở bằng phần mềm soạn thảo, lưu lại ở dạng Word (.docx) và gửi lại."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_KINDS = {
    "pdf": "Tệp là PDF nên không đọc được nội dung kế hoạch; đề nghị gửi bản Word (.docx) của chính văn bản này.",
    "doc": f"Tệp là Word kiểu cũ (.doc); {_SAVE_AS}",
    "encrypted": "Tệp Word được đặt mật khẩu nên không đọc được; đề nghị gỡ mật khẩu và gửi lại.",
    "odt": f"Tệp là OpenDocument (.odt); {_SAVE_AS}",
    "rtf": f"Tệp là RTF; {_SAVE_AS}",
    "html": f"Tệp là trang web (HTML) mang tên tệp Word; {_SAVE_AS}",
    "xls": "Tệp là bảng tính, không phải văn bản kế hoạch; đề nghị gửi bản Word (.docx) của kế hoạch.",
    "ppt": "Tệp là bản trình chiếu, không phải văn bản kế hoạch; đề nghị gửi bản Word (.docx) của kế hoạch.",
    "image": "Tệp là ảnh nên không đọc được nội dung kế hoạch; đề nghị gửi bản Word (.docx) của chính văn bản này.",
    "empty": "Tệp không có nội dung (0 byte); đề nghị kiểm tra và gửi lại.",
    "other": f"Tệp không phải là văn bản Word (.docx); {_SAVE_AS}",
    "tcvn3": "Văn bản dùng phông chữ TCVN3 (như .VnTime), không phải Unicode, nên không đọc được; đề nghị chuyển mã "
    "sang Unicode (phông chữ Times New Roman) và gửi lại.",
    "vni": "Văn bản dùng phông chữ VNI (như VNI-Times), không phải Unicode, nên không đọc được; đề nghị chuyển mã "
    "sang Unicode (phông chữ Times New Roman) và gửi lại.",
    "no_text": "Tệp Word không có nội dung chữ (có thể là ảnh quét); đề nghị gửi bản Word soạn thảo của kế hoạch.",
}
_STARTS = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)


def read_blocks(data: bytes) -> list[Block]:
    """The blocks of a Word document, in reading order.

    Raises NotAPlan where the bytes are of another kind or hold no text, BadDocument where they are damaged or unsafe.
    """
    return list(_last(data))


def _blocks(data: bytes) -> tuple[Block, ...]:
    kind = _kind(data)
    if kind is not None:
        raise refused(kind)
    package = open_package(data)
    if "mimetype" in package and b"opendocument" in package.read("mimetype")[:100]:
        raise refused("odt")
    root = parse_part(package.read(_main(package)))
    body = children_of_body(root)
    if body is None:
        raise refused("other")
    part = package.main
    styles = Styles(lambda: _part(package, part, "styles"))
    numbering = Numbering(_part(package, part, "numbering"), styles.list_of)
    return tuple(Body(styles, numbering).blocks(body))


_last = LastRead(_blocks)


def refused(kind: str) -> NotAPlan:
    """The refusal of a kind of file."""
    return NotAPlan(kind, _KINDS[kind])


def _kind(data: bytes) -> str | None:
    if not data:
        return "empty"
    if data.startswith(_ZIP):
        return None
    if data.startswith(_OLE):
        return _old_office(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if head.startswith((b"<html", b"<!doctype html", b"mime-version:")) else "other"


def _old_office(data: bytes) -> str:
    """Tell old Word from old Excel, and both from an encrypted new file, by the names in the container's directory."""
    for name, kind in (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls")):
        if name.encode("utf-16-le") in data:
            return kind
    return "ppt" if "PowerPoint Document".encode("utf-16-le") in data else "doc"


def _main(package: Package) -> str:
    part = package.main
    kind = package.content_type(part)
    for word, refusal in (("spreadsheet", "xls"), ("excel", "xls"), ("presentation", "ppt"), ("powerpoint", "ppt")):
        if word in kind.lower():
            raise refused(refusal)
    return part


def _part(package: Package, main: str, kind: str) -> etree._Element | None:
    """The root of a part that the document points to; None where there is none, or it is damaged beyond use."""
    for one in package.relationships(main):
        if one.type == kind and not one.external and one.target in package:
            return parse_part(package.read(one.target))
    return None
