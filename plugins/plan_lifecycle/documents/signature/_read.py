"""Reading the signatures of a PDF with pyHanko: each by itself, so that one that is odd hides none of the others."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from plan_lifecycle.documents.signature._words import Certificate, PdfSignature, PdfSignatures
from plan_lifecycle.domain.clock import LOCAL

_MARK = b"/ByteRange"
_HEADER = b"%PDF-"
_MAX_BEFORE_HEADER = 1_024
_END = re.compile(rb"%%EOF\r?\n?")
_MAX_TAIL = 512
TIME_STAMP = "/DocTimeStamp"
MAX_SIGNATURES = 20
_MAX_NAME = 200
_UNREADABLE = PdfSignature("", None, False, readable=False)
# Where tables of contents are broken, viewers look for objects; an object after the last table is seen by them alone.
_OBJECT = re.compile(rb"\d\s{1,9}obj\b")

# What is odd in a stranger's file is told of the signature, and a hostile one could fill a log with it.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


def read_signatures(data: bytes) -> PdfSignatures:
    """The signatures of a PDF that passed the gate; none where it has none. Total: what cannot be read is not sound.

    Mail gateways and registries write lines before the header. A PDF begins at its header, and so does what was signed;
    only where that does not hold is the file taken with those lines.
    """
    if _MARK not in data:
        return PdfSignatures()
    begin = max(data.find(_HEADER, 0, _MAX_BEFORE_HEADER), 0)
    found = _read_all(io.BytesIO(_without_tail(data[begin:])), data)
    if begin and not all(signature.intact for signature in found.signatures):
        whole = _read_all(_FromHeader(_without_tail(data), begin), data)
        return whole if whole.sound else found
    return found


class _FromHeader(io.BytesIO):
    """A file in which whoever looks for the header first finds it; every place counts from the first byte."""

    def __init__(self, data: bytes, begin: int) -> None:
        super().__init__(data)
        self._begin = begin

    def seek(self, at: int, whence: int = 0, /) -> int:
        """Go to a place; the first time to the header instead of the first byte."""
        if at == whence == 0:
            at, self._begin = self._begin, 0
        return super().seek(at, whence)


def _without_tail(data: bytes) -> bytes:
    """The file without what stands far behind its end, where the library would not look for the end."""
    ends = list(_END.finditer(data, max(data.rfind(b"%%EOF"), 0)))
    return data[: ends[-1].end()] if ends and len(data) - ends[-1].end() > _MAX_TAIL else data


def _read_all(stream: io.BytesIO, data: bytes) -> PdfSignatures:
    from pyhanko.pdf_utils.reader import PdfFileReader

    broken = _broken()
    try:
        reader = PdfFileReader(stream, strict=False)
        if reader.encrypted:
            reader.decrypt("")
        embedded, others = _embedded(reader, broken)
    except broken:
        return PdfSignatures((_UNREADABLE,))
    hidden = _OBJECT.search(data, max(data.rfind(b"startxref"), 0)) is not None
    signed = [one for one in embedded if one.sig_object_type != TIME_STAMP][:MAX_SIGNATURES]
    read = tuple(_read(one, embedded, hidden, broken) for one in signed)
    return PdfSignatures(read + (_UNREADABLE,) * min(others, 1))


def _embedded(reader: Any, broken: tuple[type[Exception], ...]) -> tuple[list[Any], int]:
    """The signatures and time stamps that can be opened, oldest first, and how many cannot."""
    from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
    from pyhanko.sign.validation import EmbeddedPdfSignature

    opened, others = [], 0
    for name, held, field in enumerate_sig_fields(reader, filled_status=True):
        try:
            SigSeedSubFilter(held.get_object().get("/SubFilter"))
            opened.append(EmbeddedPdfSignature(reader, field, name))
        except broken:
            others += 1
    return sorted(opened, key=lambda one: int(one.signed_revision)), others


def _broken() -> tuple[type[Exception], ...]:
    """What the library raises over a file that is none, or over a way of signing that it does not know."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError

    return (
        PdfError, SigningError, SignatureValidationError, InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError,
        LookupError, AttributeError, AssertionError, RecursionError, ArithmeticError, NotImplementedError,
    )  # fmt: skip


def _read(embedded: Any, everything: Sequence[Any], hidden: bool, broken: tuple[type[Exception], ...]) -> PdfSignature:
    from plan_lifecycle.documents.signature._later import added_after

    try:
        signature = _signature(embedded)
    except broken:
        return _UNREADABLE
    try:
        added, allowed = added_after(embedded, everything, hidden=hidden)
    except broken:
        return replace(signature, intact=False, readable=False)
    return replace(signature, added=added, allowed=allowed)


def _signature(embedded: Any) -> PdfSignature:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    signed, certificate = embedded.signer_info, embedded.signer_cert
    intact, valid = validate_sig_integrity(
        signed, certificate, expected_content_type="data", actual_digest=embedded.compute_digest()
    )
    stamped_at, stamped_by = _time_stamp(embedded)
    signed_at = _local(stamped_at or embedded.self_reported_timestamp)
    begins, ends = _local(certificate.not_valid_before), _local(certificate.not_valid_after)
    return PdfSignature(
        name_of(certificate.subject),
        signed_at,
        bool(intact and valid),
        issuer=name_of(certificate.issuer),
        self_issued=certificate.issuer == certificate.subject,
        certificate=_term(signed_at, begins, ends),
        certificate_ends=ends,
        stamped_by=stamped_by,
    )


def name_of(name: Any) -> str:
    """The common name of a certificate's subject or issuer, else its organisation; at most 200 characters."""
    native = name.native
    found = native.get("common_name") or native.get("organization_name") or ""
    first = found if isinstance(found, str) or not isinstance(found, Sequence) else next(iter(found), "")
    return str(first)[:_MAX_NAME]


def _time_stamp(embedded: Any) -> tuple[datetime | None, str]:
    """The time that an authority wrote beside the signature, and its name, if its own signature holds."""
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.generic_cms import (
        extract_certs_for_validation,
        extract_tst_data_iter,
        message_imprint_checker,
        validate_sig_integrity,
    )

    for stamp in extract_tst_data_iter(embedded.signer_info, signed=False):
        info = stamp["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]
        expected = message_imprint_checker(embedded.signer_info)(imprint["hash_algorithm"]["algorithm"].native)
        signer, certificate = extract_signer_info(stamp), extract_certs_for_validation(stamp).signer_cert
        intact, valid = validate_sig_integrity(signer, certificate, "tst_info", _digest_of(stamp, signer))
        if expected == imprint["hashed_message"].native and intact and valid:
            return info["gen_time"].native, name_of(certificate.subject)
    return None, ""


def _digest_of(stamp: Any, signer: Any) -> bytes:
    from hashlib import new

    return new(signer["digest_algorithm"]["algorithm"].native, bytes(stamp["encap_content_info"]["content"])).digest()


def _local(moment: datetime | None) -> datetime | None:
    """A moment in local time; one without a zone is local already, one at the end of all times is none."""
    if moment is None:
        return None
    try:
        return moment.replace(tzinfo=LOCAL) if moment.tzinfo is None else moment.astimezone(LOCAL)
    except (OverflowError, ValueError):
        return None


def _term(at: datetime | None, begins: datetime | None, ends: datetime | None) -> Certificate:
    if at is None or begins is None or ends is None:
        return Certificate.UNKNOWN
    if at > ends:
        return Certificate.EXPIRED
    return Certificate.NOT_YET_VALID if at < begins else Certificate.IN_TERM
