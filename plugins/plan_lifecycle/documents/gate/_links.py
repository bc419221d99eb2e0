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
# The word that links, or what stands in quotes; an instruction is walked through once, from one to the next.
_FIELD_PART = re.compile(r'\b(HYPERLINK|INCLUDEPICTURE|INCLUDETEXT|LINK|IMPORT|RD)\b|"([^"]*)"', re.IGNORECASE)
_FIELD_DDE = re.compile(r"[{=]?\s*DDE(?:AUTO)?\b", re.IGNORECASE)
# Word writes an address of at most 2,083 characters into a field, and little beside it.
MAX_FIELD = 10_000
_NOTED = {
    "attachedTemplate": "mẫu", "oleObject": "đối tượng", "image": "hình ảnh", "frame": "khung",
    "aFChunk": "phần văn bản", "subDocument": "văn bản con", "mailMergeSource": "nguồn trộn thư",
    "externalLinkPath": "sổ tính",
}  # fmt: skip


class LinkWatcher(Watcher):
    """Watches the .rels of one part; ``numbers`` gathers the workbooks that charts keep their numbers in."""

    wanted = {_RELATIONSHIP: "Relationship"}

    def __init__(self, part: str, findings: Findings, numbers: set[str]) -> None:
        super().__init__()
        self._part, self._findings, self._numbers = part, findings, numbers

    def enter(self, _name: str, attributes: dict[str, str]) -> None:
        """Judge a relationship."""
        one = relationship(self._part, attributes)
        if "/charts/" in self._part and one.type == "package" and not one.external:
            self._numbers.add(one.target)
        judge_relationship(one, self._findings)


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
    """Note what the instruction of a Word field calls or links to, within its first MAX_FIELD characters."""
    instruction = instruction.lstrip()[:MAX_FIELD]
    if _FIELD_DDE.match(instruction):
        findings.refuse("dde")
    links = False
    for match in _FIELD_PART.finditer(instruction):
        if match[1]:
            links = True
        elif links and match[2]:
            links = False
            if "://" in match[2] or match[2].startswith("\\\\"):
                findings.link(match[2])
