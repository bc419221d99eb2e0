"""Outside addresses in a package: told, never fetched; refused where Office would load code from them by itself.

Hyperlinks, linked pictures, mail-merge sources, templates and objects on a disk are ordinary. A template, object,
frame or chunk on the web is how documents that attack officials load what they carry.
"""

from __future__ import annotations

import re

from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.markup import Watcher
from plan_lifecycle.documents.package import Relationship, relationship

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LOADED_AT_OPENING = {"attachedTemplate", "oleObject", "frame", "aFChunk", "subDocument", "control", "package"}
_WEB = re.compile(r"\s*(?:https?|ftps?|webdav)\s*:", re.IGNORECASE)
_RUNS = re.compile(
    r"\s*(?:mhtml|ms-msdt|ms-its|mk|its|search-ms|javascript|vbscript|script|scriptlet|ms-\w+)\s*:", re.IGNORECASE
)
_FIELD_TARGET = re.compile(r'\b(?:HYPERLINK|INCLUDEPICTURE|INCLUDETEXT|LINK|IMPORT|RD)\b[^"]*"([^"]{1,2000})"', re.I)
_FIELD_DDE = re.compile(r"\s*[{=]?\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_NOTED = {
    "attachedTemplate": "mẫu", "oleObject": "đối tượng", "image": "hình ảnh", "frame": "khung",
    "aFChunk": "phần văn bản", "subDocument": "văn bản con", "mailMergeSource": "nguồn trộn thư",
    "externalLinkPath": "sổ tính",
}  # fmt: skip


class LinkWatcher(Watcher):
    """Watches the .rels of one part."""

    wanted = {_RELATIONSHIP: "Relationship"}

    def __init__(self, part: str, findings: Findings) -> None:
        super().__init__()
        self._part, self._findings = part, findings

    def enter(self, _name: str, attributes: dict[str, str]) -> None:
        """Judge a relationship."""
        judge_relationship(relationship(self._part, attributes), self._findings)


def judge_relationship(one: Relationship, findings: Findings) -> None:
    """Note what a relationship points to outside the package, and whether that may stand."""
    if one.type == "vbaProject" or one.type == "xlMacrosheet":
        findings.macro(one.target)
    if not one.external:
        return
    findings.link(one.target)
    if one.type == "hyperlink":
        return
    if _RUNS.match(one.target) or (one.type in _LOADED_AT_OPENING and _WEB.match(one.target)):
        findings.refuse("dangerous_link", one.target)
    else:
        findings.warn(f"Tệp liên kết {_NOTED.get(one.type, 'nội dung')} ở ngoài ({one.target[:80]}); không tải về.")


def judge_field(instruction: str, findings: Findings) -> None:
    """Note what the instruction of a Word field calls or links to."""
    if _FIELD_DDE.match(instruction):
        findings.refuse("dde")
    for match in _FIELD_TARGET.finditer(instruction):
        if "://" in match[1] or match[1].startswith("\\\\"):
            findings.link(match[1])
