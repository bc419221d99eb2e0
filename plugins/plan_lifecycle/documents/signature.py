"""Digital signatures in a PDF: is one there, is the content still what was signed, who and when by the file's word.

Nothing is trusted beyond that: no certificate is checked against a root, nothing is fetched, and the time is the
signer's own. A scan has no signature and is valid. The registry signs a second time over the leader's signature: what
the last signature covers was there when it was made, so it is no tampering.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_MARK = b"/ByteRange"
MAX_SIGNATURES = 20


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature. ``intact``: what it signed is unchanged. ``signer`` and ``signed_at`` as the file says."""

    signer: str
    signed_at: datetime | None
    intact: bool


@dataclass(frozen=True, slots=True)
class PdfSignatures:
    """All signatures, oldest first. ``sound``: each is intact, and nothing was changed after the last but forms."""

    signatures: tuple[PdfSignature, ...] = ()
    sound: bool = True


def read_signatures(data: bytes) -> PdfSignatures:
    """The signatures of a PDF that passed the gate; none where it has none. Total: what cannot be read is not sound."""
    if _MARK not in data:
        return PdfSignatures()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError

    try:
        embedded = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures[:MAX_SIGNATURES]
        found = tuple(_read(each) for each in embedded)
        return PdfSignatures(
            found, all(signature.intact for signature in found) and (not found or _closed(embedded[-1]))
        )
    except (PdfError, SigningError, ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError):
        return PdfSignatures((PdfSignature("", None, False),), False)


def _read(embedded: Any) -> PdfSignature:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    embedded.compute_integrity_info()
    signed = embedded.signer_info
    intact, valid = validate_sig_integrity(
        signed, embedded.signer_cert, expected_content_type="data", actual_digest=embedded.compute_digest()
    )
    name = embedded.signer_cert.subject.native.get("common_name", "")
    return PdfSignature(str(name)[:200], embedded.self_reported_timestamp, bool(intact and valid))


def _closed(last: Any) -> bool:
    """Whether the last signature covers the whole file, or only what a reader may add stands after it."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if last.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return bool(
        last.coverage == SignatureCoverageLevel.ENTIRE_REVISION
        and last.modification_level is not None
        and last.modification_level < ModificationLevel.ANNOTATIONS
    )
