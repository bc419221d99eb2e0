"""One look at a content: what kind it is, what is in it and which marks it bears, whoever sends it for whatever.

It is the dear part of a judgement, so it is taken once and kept as plain data; what a purpose makes of it is asked of
the look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from plan_lifecycle import __version__
from plan_lifecycle.documents import markup, package
from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.gate import _compound, _images
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._kinds import sniff
from plan_lifecycle.documents.gate._office import inspect_office
from plan_lifecycle.documents.gate._pdf import inspect_pdf
from plan_lifecycle.documents.gate._rtf import inspect_rtf
from plan_lifecycle.documents.package import MAX_FILE, MEGABYTE


class Refusal(NamedTuple):
    """Why a content cannot be let in: a code of ``documents.errors.REASONS``, and what was found, worded for users."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Look:
    """What the gate saw in one content.

    ``kind`` is by content (see ``Verdict``), ``size`` in bytes. ``secret`` is the mark of secrecy as it stands there,
    else empty. ``refusals`` stand in the order in which they were found, at most 20. ``external_links`` (at most 100)
    and ``warnings`` (Vietnamese sentences) are told with whatever becomes of the file.
    """

    kind: str
    size: int
    has_macros: bool = False
    secret: str = ""
    refusals: tuple[Refusal, ...] = ()
    external_links: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the look as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Look:
        """Take it from plain data that ``to_json`` gave in the same version of the gate."""
        sequences = {name: tuple(kept[name]) for name in ("external_links", "warnings")}
        return cls(**dict(kept) | sequences | {"refusals": tuple(Refusal(*refusal) for refusal in kept["refusals"])})


def look(data: bytes | Path) -> Look:
    """Look into a content, given as bytes or as a path (of which at most MAX_FILE bytes are read).

    For any bytes there is a Look; raises OSError only where a path cannot be read.
    """
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    content = _read(data)
    size = max(size, len(content))
    findings = Findings()
    try:
        _inspect_content(content, size, findings)
    except BadDocument as error:
        findings.refusals.append(error)
    return Look(
        kind=findings.kind,
        size=size,
        has_macros=findings.has_macros,
        secret=findings.secret,
        refusals=tuple(Refusal(refusal.code, refusal.detail) for refusal in findings.refusals),
        external_links=findings.links,
        warnings=findings.warnings,
    )


def not_looked_into(data: bytes, why: BadDocument) -> Look:
    """Give the look at a content that was too much to be looked into: its kind and size, refused for ``why``."""
    return Look(kind=sniff(data), size=len(data), refusals=(Refusal(why.code, why.detail),))


@cache
def version() -> str:
    """Name the gate as it is: a digest of the release, its reader of PDF and its own text; nobody raises a number.

    A look that another version took says nothing of what this one would see.
    """
    digest = sha256(f"{__version__} {metadata.version('pypdf')}".encode())
    for file in (*sorted(Path(__file__).parent.glob("*.py")), Path(markup.__file__), Path(package.__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _read(data: bytes | Path) -> bytes:
    if isinstance(data, bytes):
        return data
    with data.open("rb") as file:
        return file.read(MAX_FILE + 1)


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
    elif kind == "rtf":
        inspect_rtf(content, findings)
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
    if _compound.carries_program(content, names):
        findings.refuse("dangerous_object", findings.kind)
    if findings.kind == "encrypted" or _compound.asks_for_password(content):
        raise bad("password")
