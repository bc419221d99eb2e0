"""docxtemplater as a peer: the shipped sub-plan template in its language, and its time for a document.

Needs Node and npm; the two packages are installed under build/, once.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from plan_lifecycle.documents.drafts import SubPlanDraft

_HERE = Path(__file__).parent
_BUILD = Path("build/docxtemplater")
_PACKAGES = ("docxtemplater@3.71.0", "pizzip@3.3.0")
_ROW = re.compile(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p>(?:(?!</w:p>).)*</w:p>", re.DOTALL)
_TEXT = '<w:t xml:space="preserve">'


class Peer:
    """docxtemplater with the template and drafts at hand."""

    def __init__(self, template: Path, drafts: Sequence[SubPlanDraft]) -> None:
        self.template, self.data, self.out = (_BUILD / name for name in ("mau.docx", "drafts.json", "out.docx"))
        self.template.write_bytes(translated(template.read_bytes()))
        self.data.write_text(json.dumps([_flat(draft) for draft in drafts], ensure_ascii=False))

    def milliseconds(self) -> float:
        """Time of one document, over all drafts, after one round to get warm."""
        modules = (_BUILD / "node_modules").resolve()
        command = ["node", str(_HERE / "render.js"), str(modules), str(self.template), str(self.data), str(self.out)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def installed() -> bool:
    """Whether docxtemplater can be run; tries to install it where npm is found."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    _BUILD.mkdir(parents=True, exist_ok=True)
    if not (_BUILD / "node_modules" / "pizzip").is_dir():
        command = ["npm", "install", "--prefix", str(_BUILD), "--no-audit", "--no-fund", "--silent", *_PACKAGES]
        subprocess.run(command, check=False, capture_output=True, timeout=50)
    return (_BUILD / "node_modules" / "pizzip").is_dir()


def translated(content: bytes) -> bytes:
    """The template with docxtpl's tags turned into docxtemplater's."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, _translate(data.decode()) if name in ("word/document.xml", "docProps/core.xml") else data
            )
    return out.getvalue()


def _translate(xml: str) -> str:
    xml = xml.replace("{% if loop.last %}.{% else %};{% endif %}", ";")
    xml = re.sub(r"\{% if (\w+)\.(\w+) %\}(.*?)\{% endif %\}", r"{#\2}\3{/\2}", xml)
    xml = _loops_over_rows(_without_fields(xml))
    xml = re.sub(r"\{%p for \w+ in ([\w.]+) %\}", lambda m: "{#" + m[1].replace(".", "_") + "}", xml)
    xml = re.sub(r"\{%p if (\w+) %\}", r"{#has_\1}", xml)
    xml = _PARAGRAPH.sub(_otherwise, xml).replace("{%p endfor %}", "{/}").replace("{%p endif %}", "{/}")
    xml = re.sub(r"\{\{ (basis)[^}]*\}\}|\{\{ (line|target) \}\}", "{.}", xml)
    xml = re.sub(r"\{\{ (?:row|duty)\.(\w+) \}\}", r"{\1}", xml)
    return re.sub(r"\{\{ ([\w.]+) \}\}", lambda m: "{" + m[1].replace(".", "_") + "}", xml)


def _otherwise(paragraph: re.Match[str]) -> str:
    """docxtemplater has no else: a second condition takes its place (only the budget has one)."""
    if "{%p else %}" not in paragraph[0]:
        return paragraph[0]
    return paragraph[0].replace("{%p else %}", "{/}") + paragraph[0].replace("{%p else %}", "{^budget}")


def _without_fields(xml: str) -> str:
    """Rows that are headings of fields are left out, with the choice between them and tasks: the drafts have none."""
    left_out = False
    for row in _ROW.findall(xml):
        begins, otherwise, ends = ("{%tr if row.field %}" in row, "{%tr else %}" in row, "{%tr endif %}" in row)
        left_out = left_out or begins
        if left_out or ends:
            xml = xml.replace(row, "", 1)
        left_out = left_out and not otherwise
    return xml


def _loops_over_rows(xml: str) -> str:
    """A loop's tags stand in the first and the last cell of the row itself."""
    rows = _ROW.findall(xml)
    for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
        if loop := re.search(r"\{%tr for \w+ in (\w+) %\}", before):
            first, rest = row.split(_TEXT, 1)
            rest, last = rest.rsplit("</w:t>", 1)
            looped = f"{first}{_TEXT}{{#{loop[1]}}}{rest}{{/{loop[1]}}}</w:t>{last}"
            xml = xml.replace(before + row + after, looped)
    return xml


def _flat(value: Any, prefix: str = "") -> Any:
    """Data without dots: ``parent.full`` becomes ``parent_full``; properties included."""
    if isinstance(value, tuple):
        return [_flat(item) for item in value]
    if not is_dataclass(value):
        return value
    names = [field.name for field in fields(value)]
    names += [name for name, member in vars(type(value)).items() if isinstance(member, property)]
    flat: dict[str, Any] = {}
    for name in names:
        inner = getattr(value, name)
        if is_dataclass(inner):
            flat |= _flat(inner, f"{prefix}{name}_")
        else:
            flat[prefix + name] = _flat(inner) if isinstance(inner, tuple) else str(inner)
            flat[f"has_{prefix}{name}"] = bool(inner)
    return flat
