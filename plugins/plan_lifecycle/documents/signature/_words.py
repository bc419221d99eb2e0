"""What is told of the signatures in a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Addition(StrEnum):
    """What stands in the file beyond what was signed. Only a ``CHANGE`` makes it another paper."""

    VALIDATION = "validation"
    SIGNATURE = "signature"
    FORM = "form"
    ANNOTATION = "annotation"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Added:
    """One kind of addition. ``about`` is who signed, which form fields, or the pages with a stamp (numbers from 1)."""

    kind: Addition
    about: tuple[str, ...] = ()


class Certificate(StrEnum):
    """How a certificate stood at the time of signing, by its own dates; whether it is to be trusted was not asked."""

    IN_TERM = "in_term"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature. ``intact``: what it signed is unchanged. ``signer``, ``issuer``, ``signed_at`` as the file says.

    ``stamped_by`` is the authority whose time stamp on this signature holds; ``signed_at`` is then its time. ``added``
    is what came after it; ``allowed`` tells whether the signer let that be added. One that is not ``readable`` says
    nothing of the content. Times are local; ``certificate_ends`` is the last moment of the certificate.
    """

    signer: str
    signed_at: datetime | None
    intact: bool
    issuer: str = ""
    self_issued: bool = False
    certificate: Certificate = Certificate.UNKNOWN
    certificate_ends: datetime | None = None
    stamped_by: str = ""
    added: tuple[Added, ...] = ()
    allowed: bool = True
    readable: bool = True

    @property
    def changed(self) -> bool:
        """Whether the paper itself was changed after this signature."""
        return any(added.kind is Addition.CHANGE for added in self.added)


@dataclass(frozen=True, slots=True)
class PdfSignatures:
    """All signatures, oldest first."""

    signatures: tuple[PdfSignature, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether each is intact, and nothing but what may be added was added after any of them."""
        return all(signature.intact and not signature.changed for signature in self.signatures)
