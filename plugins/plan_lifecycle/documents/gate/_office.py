"""Every member of an Office package streamed once past the watcher of its kind, and what is embedded opened in turn."""

from __future__ import annotations

from dataclasses import dataclass, field

from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.gate import _compound
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._links import LinkWatcher
from plan_lifecycle.documents.gate._open_document import inspect_open_document
from plan_lifecycle.documents.gate._same_parts import MAX_PART, SameParts
from plan_lifecycle.documents.gate._sheet import SharedTexts, SheetWatcher, WorkbookLinkWatcher
from plan_lifecycle.documents.gate._word import WordWatcher
from plan_lifecycle.documents.markup import MAX_NODES, Watcher, refuse_many_nodes, too_complex, watch
from plan_lifecycle.documents.package import MAX_MEMBERS, MAX_TOTAL, MEGABYTE, Package, open_package

# Below this no part can hold too many nodes; above, a count is cheaper than parsing up to the limit.
_WORTH_COUNTING = 4 * MAX_NODES
# A plan with a chart holds a workbook; a collection of plans holds plans with charts.
MAX_NESTING = 3
_CONTENT_TYPES = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_KINDS = {
    _WORD + "document.main+xml": "docx",
    _WORD + "template.main+xml": "dotx",
    "application/vnd.ms-word.document.macroenabled.main+xml": "docm",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml": "dotm",
    _EXCEL + "sheet.main+xml": "xlsx",
    _EXCEL + "template.main+xml": "xltx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "xltm",
    "application/vnd.ms-excel.addin.macroenabled.main+xml": "xlam",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": "xlsb",
}
_WITH_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlam"}
_MACRO_PARTS = ("vbaproject", "ms-excel.macrosheet", "ms-excel.intlmacrosheet", "ms-excel.dialogsheet")
_SAME = SameParts()
_CORE_ENDINGS = ("relationships+xml", "document.main+xml", "sheet.main+xml", "worksheet+xml", "sharedstrings+xml")


@dataclass(slots=True)
class Allowance:
    """What all packages within one file may cost together."""

    members: int = MAX_MEMBERS
    size: int = MAX_TOTAL
    nodes: int = MAX_NODES

    def open(self, package: Package) -> None:
        """Take a package's members and size from what is left. Raises BadDocument ``too_many_members`` or ``bomb``."""
        self.members -= len(package.names)
        self.size -= package.inflated_size
        if self.members < 0:
            raise bad("too_many_members", f"hơn {MAX_MEMBERS} thành phần")
        if self.size < 0:
            raise bad("bomb", f"hơn {MAX_TOTAL // MEGABYTE} MB sau khi giải nén")

    def parse(self, watcher: Watcher) -> None:
        """Take a part's nodes from what is left. Raises BadDocument ``too_complex``."""
        self.nodes -= watcher.nodes
        if self.nodes < 0:
            raise too_complex()


@dataclass(slots=True)
class _Visit:
    package: Package
    findings: Findings
    allowance: Allowance
    nesting: int
    texts: SharedTexts = field(default_factory=SharedTexts)
    numbers: set[str] = field(default_factory=set)


def inspect_office(data: bytes, findings: Findings, allowance: Allowance | None = None, nesting: int = 0) -> str:
    """Inspect a zip; returns its kind (``docx``, ``xlsx``, ``docm``, …, ``odt``, ``zip``).

    Raises BadDocument where it cannot be read on; what else speaks against it is in ``findings``.
    """
    package = open_package(data)
    allowance = allowance or Allowance()
    allowance.open(package)
    if nesting == 0:
        findings.kind = "zip"
    if _CONTENT_TYPES not in package:
        kind = _kind_without_types(package)
        if kind in ("odt", "ods"):
            inspect_open_document(package, findings)
        return kind
    kind = _office_kind(package)
    if nesting == 0:
        findings.kind = kind
    if kind in _WITH_MACROS:
        findings.macro(kind)
    visit = _Visit(package, findings, allowance, nesting)
    for name in sorted(package.names, key=lambda name: not name.lower().endswith("sharedstrings.xml")):
        _visit_member(visit, name)
    return kind


def _kind_without_types(package: Package) -> str:
    if "mimetype" not in package or package.size("mimetype") > 200:
        return "zip"
    media_type = package.read("mimetype").decode("ascii", "replace")
    return {"text": "odt", "spreadsheet": "ods"}.get(media_type.strip().rpartition("opendocument.")[2], "zip")


def _office_kind(package: Package) -> str:
    content_type = package.content_type(package.main).lower()
    if content_type in _KINDS:
        return _KINDS[content_type]
    return "pptx" if "presentation" in content_type else "zip"


def _visit_member(visit: _Visit, name: str) -> None:
    content_type = visit.package.content_type(name).lower()
    if any(word in content_type for word in _MACRO_PARTS) or name.lower().endswith("vbaproject.bin"):
        visit.findings.macro(name)
    if _is_xml(name, content_type):
        _visit_xml(visit, name, content_type)
    else:
        _visit_binary(visit, name)


def _is_xml(name: str, content_type: str) -> bool:
    if "svg" in content_type:
        return False
    return content_type.endswith(("+xml", "/xml")) or name.lower().endswith((".xml", ".rels", ".vml"))


def _visit_xml(visit: _Visit, name: str, content_type: str) -> None:
    watcher = _watcher(visit, name, content_type)
    of_a_template = type(watcher) is Watcher or (type(watcher) is WordWatcher and not _is_text(content_type))
    if of_a_template and visit.package.size(name) <= MAX_PART:
        data = visit.package.read(name)
        nodes = _SAME.find(content_type, data)
        if nodes is None:
            _stream(visit, name, content_type, watcher)
            if visit.findings.nothing_yet:
                _SAME.keep(content_type, data, watcher.nodes)
        else:
            watcher.nodes = nodes
    else:
        _stream(visit, name, content_type, watcher)
    visit.allowance.parse(watcher)


def _stream(visit: _Visit, name: str, content_type: str, watcher: Watcher) -> None:
    """Stream a part past its watcher."""
    try:
        if visit.package.size(name) > _WORTH_COUNTING:
            refuse_many_nodes(visit.package.pieces(name))
        watch(visit.package.pieces(name), watcher)
    except BadDocument as error:
        # Office repairs or passes over a broken theme or property part, and readers never open one.
        if error.code != "malformed" or _is_core(visit.package, name, content_type):
            raise
        visit.findings.warn(f"Phần {name} trong tệp không đọc được.")


def _is_core(package: Package, name: str, content_type: str) -> bool:
    return name in (_CONTENT_TYPES, package.main) or content_type.endswith(_CORE_ENDINGS) or _WORD in content_type


def _is_text(content_type: str) -> bool:
    """Whether a part of a Word file is its text, with marks where a paper bears them."""
    return ".main+xml" in content_type or "header+xml" in content_type


def _watcher(visit: _Visit, name: str, content_type: str) -> Watcher:
    if name.lower().endswith(".rels"):
        folder, _, part = name.rpartition("/")
        return LinkWatcher(f"{folder.removesuffix('_rels')}{part.removesuffix('.rels')}", visit.findings, visit.numbers)
    if ".wordprocessingml." in content_type or "ms-word" in content_type:
        return WordWatcher(visit.findings, head=_is_text(content_type))
    if content_type.endswith("sharedstrings+xml"):
        return visit.texts
    if content_type.endswith("worksheet+xml"):
        return SheetWatcher(visit.findings, visit.texts)
    if content_type.endswith(("externallink+xml", "connections+xml")):
        return WorkbookLinkWatcher(visit.findings)
    if content_type.endswith("drawing+xml"):
        return WordWatcher(visit.findings, head=True)
    return Watcher()


def _visit_binary(visit: _Visit, name: str) -> None:
    pieces = visit.package.pieces(name)
    begin = next(pieces, b"")
    if begin.startswith(b"PK\x03\x04"):
        _visit_embedded_zip(visit, begin + b"".join(pieces), name)
    elif begin.startswith(_compound.SIGNATURE):
        _visit_compound(visit, begin + b"".join(pieces), name)
    elif begin.startswith(b"MZ"):
        visit.findings.refuse("dangerous_object", name)
    for _ in pieces:
        pass


def _visit_embedded_zip(visit: _Visit, data: bytes, name: str) -> None:
    if visit.nesting + 1 >= MAX_NESTING:
        raise bad("too_deep", f"{name}: hơn {MAX_NESTING} tệp lồng nhau")
    if name not in visit.numbers:  # every chart brings a workbook of its numbers, which says nothing to anybody
        visit.findings.warn(f"Tệp nhúng tệp khác ({name}).")
    inspect_office(data, visit.findings, visit.allowance, visit.nesting + 1)


def _visit_compound(visit: _Visit, data: bytes, name: str) -> None:
    names = _compound.stream_names(data)
    if _compound.has_macro_project(names):
        visit.findings.macro(name)
    if _compound.carries_program(data, names):
        visit.findings.refuse("dangerous_object", name)
    visit.findings.warn(f"Tệp nhúng đối tượng ({name}).")
