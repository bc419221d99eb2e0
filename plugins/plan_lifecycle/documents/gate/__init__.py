"""The gate: every file from outside passes it before anything is stored, read or sent on.

A commune's upload arrives as bytes and a name. The gate says what it is by its content, whether this purpose takes that
kind, and whether it is safe to open: bounded, without DTD, macros or code that loads itself. A file that bears a mark
of secrecy is stopped and must not be stored at all. For any bytes there is an answer; nothing is ever fetched.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.gate import _compound, _images
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._kinds import NAMES, sniff
from plan_lifecycle.documents.gate._names import safe_name
from plan_lifecycle.documents.gate._office import inspect_office
from plan_lifecycle.documents.gate._pdf import inspect_pdf
from plan_lifecycle.documents.package import MAX_FILE, MEGABYTE


class Purpose(Enum):
    """What a file is sent for."""

    PLAN = "plan"
    REPORT = "report"
    EVIDENCE = "evidence"


ALLOWED = {
    Purpose.PLAN: ("docx",),
    Purpose.REPORT: ("docx", "xlsx", "pdf"),
    Purpose.EVIDENCE: ("docx", "xlsx", "pdf", "png", "jpeg"),
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


def inspect(data: bytes | Path, *, name: str, purpose: Purpose) -> Verdict:
    """Judge a file, given as bytes or as a path (of which at most MAX_FILE bytes are read).

    ``name`` is what the sender called it. For any bytes there is a Verdict; raises OSError only where a path cannot
    be read.
    """
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    content = _read(data)
    findings = _findings(content, max(size, len(content))).copy()
    refusal = _refusal(findings, name, purpose)
    if refusal is None:
        _warn_of_name(findings, name)
    return Verdict(
        accepted=refusal is None,
        reason=refusal.for_user if refusal else "",
        code=refusal.code if refusal else "",
        kind=findings.kind,
        size=max(size, len(content)),
        has_macros=findings.has_macros,
        external_links=findings.links,
        secret=bool(findings.secret),
        warnings=findings.warnings,
        name=safe_name(name, findings.kind),
    )


def _read(data: bytes | Path) -> bytes:
    if isinstance(data, bytes):
        return data
    with data.open("rb") as file:
        return file.read(MAX_FILE + 1)


_LOOKED_INTO: OrderedDict[tuple[bytes, int], Findings] = OrderedDict()
_REMEMBERED = 2048
"""A file is judged on arrival and again for its purpose; what is in it is looked at once."""


def _findings(content: bytes, size: int) -> Findings:
    key = (hashlib.sha256(content).digest(), size)
    findings = _LOOKED_INTO.get(key)
    if findings is None:
        findings = Findings()
        try:
            _inspect_content(content, size, findings)
        except BadDocument as error:
            findings.refusals.append(error.with_traceback(None))  # a traceback would keep the content alive
        _LOOKED_INTO[key] = findings  # only now: another thread may ask about the same file
        while len(_LOOKED_INTO) > _REMEMBERED:
            _LOOKED_INTO.popitem(last=False)
    return findings


def _inspect_content(content: bytes, size: int, findings: Findings) -> None:
    if not content:
        raise bad("zero_bytes")
    findings.kind = kind = sniff(content)
    if size > MAX_FILE:
        raise bad("too_large", f"{-(-size // MEGABYTE)} MB, mức tiếp nhận {MAX_FILE // MEGABYTE} MB")
    if kind == "zip":
        findings.kind = inspect_office(content, findings)
    elif kind == "ole":
        _inspect_compound(content, findings)
    elif kind == "pdf":
        inspect_pdf(content, findings)
    elif kind == "png":
        _images.inspect_png(content)
    elif kind == "jpeg":
        _images.inspect_jpeg(content)


def _inspect_compound(content: bytes, findings: Findings) -> None:
    names = _compound.stream_names(content)
    findings.kind = _compound.compound_kind(names)
    findings.has_macros = _compound.has_macro_project(names)
    findings.mark(_compound.marked_secret(content))
    if findings.kind == "encrypted":
        raise bad("password")


def _refusal(findings: Findings, name: str, purpose: Purpose) -> BadDocument | None:
    """The one thing to tell: secrecy before all, then macros, then the kind, then whatever was found first."""
    if findings.secret:
        return bad("secret", findings.secret)
    for refusal in findings.refusals:
        if refusal.code in ("macros", "password", "zero_bytes"):
            return refusal
    if findings.kind not in ALLOWED[purpose] and not (findings.kind == "zip" and findings.refusals):
        return bad("wrong_kind", _kind_for_user(findings.kind, name, purpose))
    return findings.refusals[0] if findings.refusals else None


def _kind_for_user(kind: str, name: str, purpose: Purpose) -> str:
    ending = name.rpartition(".")[2].lower()
    named = f" mang tên .{ending}" if ending in _ENDINGS and _ENDINGS[ending] != kind else ""
    wanted = ", ".join(NAMES[allowed] for allowed in ALLOWED[purpose])
    return f"{NAMES[kind]}{named}, trong khi chỉ tiếp nhận {wanted}"


def _warn_of_name(findings: Findings, name: str) -> None:
    ending = name.rpartition(".")[2].lower()
    if _ENDINGS.get(ending) != findings.kind:
        findings.warn(f"Tên tệp không khớp với nội dung: nội dung là {NAMES[findings.kind]}.")


__all__ = ["ALLOWED", "NAMES", "Purpose", "Verdict", "inspect", "safe_name"]
