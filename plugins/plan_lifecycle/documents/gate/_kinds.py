"""What a file is, by its first bytes; its name is not asked."""

from __future__ import annotations

from plan_lifecycle.documents.gate import _compound, _images

_BEGINNINGS = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"PK\x07\x08", "zip"), (_compound.SIGNATURE, "ole"),
    (_images.PNG, "png"), (_images.JPEG, "jpeg"), (b"%PDF-", "pdf"), (b"GIF8", "gif"), (b"BM", "bmp"),
    (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"), (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"), (b"{\\rtf", "rtf"), (b"MZ", "exe"), (b"\x7fELF", "exe"),
    (b"L\x00\x00\x00\x01\x14\x02", "lnk"),
)  # fmt: skip
_HEIC = (b"heic", b"heix", b"mif1", b"msf1", b"hevc")
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"mime-version:")
NAMES = {
    "docx": "văn bản Word (.docx)", "docm": "văn bản Word có macro (.docm)", "dotx": "mẫu Word (.dotx)",
    "dotm": "mẫu Word có macro (.dotm)", "xlsx": "bảng tính Excel (.xlsx)", "xlsm": "bảng tính Excel có macro (.xlsm)",
    "xltx": "mẫu Excel (.xltx)", "xltm": "mẫu Excel có macro (.xltm)", "xlsb": "bảng tính Excel nhị phân (.xlsb)",
    "xlam": "phần bổ trợ Excel (.xlam)", "pptx": "bản trình chiếu (.pptx)", "pdf": "tệp PDF",
    "png": "ảnh PNG", "jpeg": "ảnh JPEG", "gif": "ảnh GIF", "bmp": "ảnh BMP", "tiff": "ảnh TIFF", "webp": "ảnh WebP",
    "heic": "ảnh HEIC", "doc": "văn bản Word 97-2003 (.doc)", "xls": "bảng tính Excel 97-2003 (.xls)",
    "ppt": "bản trình chiếu 97-2003 (.ppt)", "msg": "thư Outlook (.msg)", "ole": "tệp Office định dạng cũ",
    "encrypted": "tệp Office đặt mật khẩu",
    "odt": "văn bản OpenDocument (.odt)", "ods": "bảng tính OpenDocument (.ods)",
    "rtf": "văn bản RTF", "zip": "tệp nén zip", "rar": "tệp nén RAR", "7z": "tệp nén 7z", "gz": "tệp nén gzip",
    "html": "trang web (HTML)", "xml": "tệp XML", "text": "tệp văn bản thuần", "exe": "chương trình",
    "lnk": "lối tắt Windows", "unknown": "tệp không xác định được loại",
}  # fmt: skip


def sniff(data: bytes) -> str:
    """Tell the kind by signature: ``zip`` and ``ole`` are containers to look into; ``unknown`` where nothing fits."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "heic"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _sniff_text(data[:2048])


def _sniff_text(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_HTML):
        return "html"
    if text.startswith(b"<?xml"):
        return "html" if b"<html" in text else "xml"
    if not text or any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head):
        return "unknown"
    return "text"
