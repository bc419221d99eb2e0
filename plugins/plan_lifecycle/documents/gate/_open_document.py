"""A document of LibreOffice (.odt, .ods): macros, a password, a mark of secrecy, each part streamed past once."""

from __future__ import annotations

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._secrecy import secrecy_mark
from plan_lifecycle.documents.markup import Enough, Watcher, watch
from plan_lifecycle.documents.package import Package

_LINES_OF_HEAD = 60
_MAX_LINE = 1_000
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_SCRIPTS = ("basic/", "scripts/")
# Lists of scripts, which are there without one, too.
_NO_SCRIPTS = ("script-lc.xml", "script-lb.xml", "/")


def inspect_open_document(package: Package, findings: Findings) -> None:
    """Fill the findings. Raises BadDocument: ``password``, or what the markup is refused for."""
    for name in package.names:
        if name.lower().startswith(_SCRIPTS) and not name.lower().endswith(_NO_SCRIPTS):
            findings.has_macros = True
    if "META-INF/manifest.xml" in package:
        manifest = _Manifest()
        watch(package.pieces("META-INF/manifest.xml"), manifest)
        if manifest.encrypted:
            raise bad("password")
    for part in ("styles.xml", "content.xml"):
        if part in package:
            watch(package.pieces(part), _Lines(findings))


class _Manifest(Watcher):
    wanted = {f"{_MANIFEST}encryption-data": "encryption-data"}
    encrypted = False

    def enter(self, _name: str, _attributes: dict[str, str]) -> None:
        """See that a part is encrypted."""
        self.encrypted = True
        raise Enough


class _Lines(Watcher):
    """Watches the first paragraphs for a mark of secrecy."""

    wanted = {f"{_TEXT}p": "p", f"{_TEXT}h": "p", f"{_TEXT}line-break": "br", f"{_TEXT}tab": "br"}

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings
        self._lines = [""]
        self._left = _LINES_OF_HEAD

    def enter(self, name: str, _attributes: dict[str, str]) -> None:
        """See a paragraph open, or a line end within it."""
        if name == "p":
            self._lines.append("")
        else:
            self._end()

    def leave(self, name: str) -> None:
        """See a paragraph close."""
        if name == "p" and len(self._lines) > 1:
            self._end()
            self._lines.pop()

    def data(self, text: str) -> None:
        """See text."""
        if self._left > 0 and len(self._lines[-1]) < _MAX_LINE:
            self._lines[-1] += text

    def _end(self) -> None:
        line, self._lines[-1] = self._lines[-1], ""
        if line.strip() and self._left > 0:
            self._left -= 1
            self._findings.mark(secrecy_mark(line))
