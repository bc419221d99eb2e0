"""Word files made for the renderer's tests, and a reading of a result that two renderers can be held against."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree
from scripts.word.package import word_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def template(folder: Path, *body: str, name: str = "mau.docx", extra: Mapping[str, str] | None = None) -> Path:
    """A template whose body is the given markup; ``extra`` replaces or adds members."""
    content = word_file(body, title="{{ title|default('') }}")
    if extra:
        content = with_members(content, extra)
    path = folder / name
    path.write_bytes(content)
    return path


def with_members(content: bytes, extra: Mapping[str, str]) -> bytes:
    """The Word file with some members replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, extra.get(name, old.read(name)))
        for name in extra.keys() - set(old.namelist()):
            new.writestr(name, extra[name])
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run, its text as markup."""
    return f'<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r>{properties}<w:t>{text}</w:t></w:r></w:p>'


def by_docxtpl(path: Path, context: Mapping[str, object]) -> bytes:
    """What docxtpl makes of the same template and data."""
    word = DocxTemplate(str(path))
    word.render(dict(context), autoescape=True)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def reading(content: bytes) -> dict[str, list[object]]:
    """Every filled part as nested (tag, attributes, text, children): equal readings are equal documents."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return {name: _element(etree.fromstring(archive.read(name))) for name in sorted(names)}


def _element(node: Any) -> list[object]:
    children = [_element(child) for child in node]
    return [node.tag, sorted(node.attrib.items()), node.text or "", node.tail or "", children]


def text_of(content: bytes, member: str = "word/document.xml") -> str:
    """The text of a part, a line a paragraph; breaks are new lines, tabs are tabs."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read(member))
    signs = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n"}
    lines = []
    for paragraph in root.iter(f"{{{W}}}p"):
        lines.append("".join(signs.get(node.tag, node.text or "") for node in paragraph.iter() if _shown(node)))
    return "\n".join(lines)


def _shown(node: Any) -> bool:
    in_run = node.getparent().tag == f"{{{W}}}r"
    return in_run and node.tag in (f"{{{W}}}t", f"{{{W}}}tab", f"{{{W}}}br")
