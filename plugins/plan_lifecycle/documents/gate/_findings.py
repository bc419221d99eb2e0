"""What one inspection has found so far: a ``Look`` is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from plan_lifecycle.documents.errors import BadDocument, bad

# A workbook may link every cell; a verdict is read by people.
MAX_LINKS = 100
MAX_LINK_LENGTH = 500
MAX_WARNINGS = 20
MAX_REFUSALS = 20


@dataclass(slots=True)
class Findings:
    """Filled by the inspectors of each kind; ``refusals`` in the order they were found."""

    kind: str = "unknown"
    has_macros: bool = False
    secret: str = ""
    refusals: list[BadDocument] = field(default_factory=list)
    _links: dict[str, None] = field(default_factory=dict)
    _warnings: dict[str, None] = field(default_factory=dict)

    @property
    def links(self) -> tuple[str, ...]:
        """Outside addresses, each once, in the order met."""
        return tuple(self._links)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Vietnamese sentences about what is accepted but should be known, each once."""
        return tuple(self._warnings)

    @property
    def nothing_yet(self) -> bool:
        """Whether nothing at all was noted."""
        return not (self.has_macros or self.secret or self.refusals or self._links or self._warnings)

    def refuse(self, code: str, detail: str = "") -> None:
        """Note a reason to refuse and go on looking."""
        if len(self.refusals) < MAX_REFUSALS:
            self.refusals.append(bad(code, detail))

    def warn(self, sentence: str) -> None:
        """Note something that does not stop the file."""
        if len(self._warnings) < MAX_WARNINGS:
            self._warnings[sentence] = None

    def link(self, target: str) -> None:
        """Note an outside address; it is never fetched."""
        if target and len(self._links) < MAX_LINKS:
            self._links[target[:MAX_LINK_LENGTH]] = None

    def macro(self, where: str) -> None:
        """Note program code in the file."""
        self.has_macros = True
        self.refuse("macros", where)

    def mark(self, secrecy: str) -> None:
        """Note a mark of secrecy, if it is one; the first is told."""
        self.secret = self.secret or secrecy
