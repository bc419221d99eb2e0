"""Digital signatures in a PDF: who signed, when, is the content still what was signed, and what was added afterwards.

Nothing is trusted beyond that: no certificate is checked against a root and nothing is fetched. A scan has no signature
and is sound. What registries and archives add to a signed paper is told with its kind and is no tampering: their own
signature, data for later validation, a form filled in, a stamp or note laid over a page. Everything else is.
"""

from __future__ import annotations

from plan_lifecycle.documents.signature._read import MAX_SIGNATURES, read_signatures
from plan_lifecycle.documents.signature._words import Added, Addition, Certificate, PdfSignature, PdfSignatures

__all__ = [
    "MAX_SIGNATURES",
    "Added",
    "Addition",
    "Certificate",
    "PdfSignature",
    "PdfSignatures",
    "read_signatures",
]
