"""Signed PDF files, as a leader's and the registry's tokens make them."""

from __future__ import annotations

import io
from datetime import datetime
from functools import lru_cache

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from tests.documents.hostile import pdf


def scan() -> bytes:
    """A page without signature."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page)


def signed(by: str, data: bytes | None = None, field: str = "leader") -> bytes:
    """The page with one more signature."""
    stream = io.BytesIO()
    meta = signers.PdfSignatureMetadata(field_name=field)
    writer = IncrementalPdfFileWriter(io.BytesIO(scan() if data is None else data))
    signers.sign_pdf(writer, meta, signer=_signer(by), output=stream)
    return stream.getvalue()


@lru_cache(maxsize=8)
def _signer(name: str) -> signers.SimpleSigner:
    key = rsa.generate_private_key(65537, 2048)
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(datetime(2023, 1, 1))  # noqa: DTZ001
    certificate = builder.not_valid_after(datetime(2033, 1, 1)).sign(key, hashes.SHA256())  # noqa: DTZ001
    encoded = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(encoded),
        cert_registry=SimpleCertificateStore(),
    )
