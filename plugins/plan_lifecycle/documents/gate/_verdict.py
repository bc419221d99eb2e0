"""May a file of this look serve this purpose: a question of kinds and names, answered without its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.gate._kinds import NAMES
from plan_lifecycle.documents.gate._look import Look
from plan_lifecycle.documents.gate._names import safe_name


class Purpose(Enum):
    """What a file is sent for."""

    PLAN = "plan"
    REPORT = "report"
    EVIDENCE = "evidence"
    ISSUED = "issued"
    LIST = "list"


ALLOWED = {
    Purpose.PLAN: ("docx",),
    Purpose.REPORT: ("docx", "xlsx", "pdf"),
    Purpose.EVIDENCE: ("docx", "xlsx", "pdf", "png", "jpeg"),
    Purpose.ISSUED: ("pdf", "docx"),
    Purpose.LIST: ("xlsx", "xls", "text"),
}
_ENDINGS = {"docx": "docx", "xlsx": "xlsx", "pdf": "pdf", "png": "png", "jpg": "jpeg", "jpeg": "jpeg"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one file.

    ``reason`` is a Vietnamese sentence for the sender, ``code`` its short English slug; both empty when accepted.
    ``kind`` is by content: ``docx``, ``xlsx``, ``pdf``, ``png``, ``jpeg``, or what it is instead (``docm``, ``doc``,
    ``encrypted``, ``zip``, ``unknown``, …). ``size`` is in bytes. ``external_links`` are addresses outside the file,
    at most 100, never fetched. ``secret``: the file must not be stored. ``warnings`` are Vietnamese sentences about
    what is accepted but should be known. ``name`` is safe to store under.
    """

    accepted: bool
    reason: str
    code: str
    kind: str
    size: int
    has_macros: bool
    external_links: tuple[str, ...]
    secret: bool
    warnings: tuple[str, ...]
    name: str


def verdict_on(seen: Look, *, name: str, purpose: Purpose) -> Verdict:
    """Say whether a file of this look serves a purpose. ``name`` is what the sender called it."""
    refusal = _refusal(seen, name, purpose)
    return Verdict(
        accepted=refusal is None,
        reason=refusal.for_user if refusal else "",
        code=refusal.code if refusal else "",
        kind=seen.kind,
        size=seen.size,
        has_macros=seen.has_macros,
        external_links=seen.external_links,
        secret=bool(seen.secret),
        warnings=seen.warnings if refusal else seen.warnings + _warning_of_name(seen.kind, name),
        name=safe_name(name, seen.kind),
    )


def _refusal(seen: Look, name: str, purpose: Purpose) -> BadDocument | None:
    """The one thing to tell: secrecy before all, then macros, then the kind, then whatever was found first."""
    if seen.secret:
        return bad("secret", seen.secret)
    for refusal in seen.refusals:
        if refusal.code in ("macros", "password", "zero_bytes", "too_costly"):
            return bad(*refusal)
    if seen.kind not in ALLOWED[purpose] and not (seen.kind == "zip" and seen.refusals):
        return bad("wrong_kind", _kind_for_user(seen.kind, name, purpose))
    return bad(*seen.refusals[0]) if seen.refusals else None


def _kind_for_user(kind: str, name: str, purpose: Purpose) -> str:
    ending = name.rpartition(".")[2].lower()
    named = f" mang tên .{ending}" if ending in _ENDINGS and _ENDINGS[ending] != kind else ""
    wanted = ", ".join(NAMES[allowed] for allowed in ALLOWED[purpose])
    return f"{NAMES[kind]}{named}, trong khi chỉ tiếp nhận {wanted}"


def _warning_of_name(kind: str, name: str) -> tuple[str, ...]:
    if _ENDINGS.get(name.rpartition(".")[2].lower()) == kind:
        return ()
    return (f"Tên tệp không khớp với nội dung: nội dung là {NAMES[kind]}.",)
