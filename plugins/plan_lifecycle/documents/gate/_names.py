"""File names from outside made safe to store, to send on and to open under Windows, with their Vietnamese kept."""

from __future__ import annotations

import re
import unicodedata

from plan_lifecycle.domain.text import nfc

# 255 bytes is the limit of ext4 and NTFS counts characters; the rest is left for a prefix of ours.
MAX_NAME = 200
_MAX_EXTENSION = 10
_EMPTY = "tep"
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_EXTENSION = (
    "docx?|docm|dotx?|dotm|xlsx?|xlsm|xlsb|pptx?|pdf|rtf|odt|ods|zip|rar|7z|png|jpe?g|gif|html?|txt|exe|com|scr|pif|"
    "bat|cmd|js|jse|vbs|vbe|wsf|hta|lnk|ps1|msi|jar|dll|cpl|reg|url|chm|iso"
)
_INNER_EXTENSION = re.compile(rf"\.(?=(?:{_EXTENSION})\b[^.]*\.)", re.IGNORECASE)
_EXTENSION_BY_KIND = {"docx": ("docx",), "xlsx": ("xlsx",), "pdf": ("pdf",), "png": ("png",), "jpeg": ("jpg", "jpeg")}


def safe_name(name: str, kind: str = "") -> str:
    """Give the last part of ``name`` without what could mislead people or file systems; never empty, at most 200 bytes.

    Gone: folders, control and direction characters, characters and names that Windows forbids, leading dots, a second
    extension (``a.pdf.exe`` is ``a_pdf.exe``). Where ``kind`` is one the gate accepts, the extension follows it.
    Total, and applying it twice changes nothing.
    """
    name = nfc(name).replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    name = "".join(character for character in name if _harmless(character))
    name = _FORBIDDEN.sub("_", " ".join(name.split())).strip(". ")
    name = _INNER_EXTENSION.sub("_", name)
    stem, extension = _split(name)
    if kind in _EXTENSION_BY_KIND and extension.lower() not in _EXTENSION_BY_KIND[kind]:
        stem, extension = _INNER_EXTENSION.sub("_", f"{name}.x")[:-2], _EXTENSION_BY_KIND[kind][0]
    ending = f".{extension}" if extension else ""
    stem = _RESERVED.sub(lambda match: f"_{match[0]}", stem or _EMPTY, count=1) if _RESERVED.match(stem) else stem
    return _cut(stem, MAX_NAME - len(ending.encode())) + ending


def _harmless(character: str) -> bool:
    return character == " " or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _split(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    if not dot or not extension.isalnum() or not extension.isascii() or len(extension) > _MAX_EXTENSION:
        return name, ""
    return stem, extension


def _cut(stem: str, size: int) -> str:
    return stem.encode()[:size].decode(errors="ignore").rstrip(". ") or _EMPTY
