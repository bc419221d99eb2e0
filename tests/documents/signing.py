"""Signed PDF files, as a leader's and the registry's tokens make them, and what comes into such a file afterwards."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from tests.documents.hostile import pdf

STAMP_OFFICE = "Cơ quan cấp dấu thời gian"
_CONTENT = b"BT /F1 14 Tf 72 700 Td (So: 45/BC-UBND) Tj ET"


def scan(of: str = "") -> bytes:
    """A page without signature; ``of`` makes it the page of somebody in particular."""
    own = f" /Title ({of})" if of else ""
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]{own} >>".encode()
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page)


def written(before: bytes = b"") -> bytes:
    """A page with a line of text and a field that is filled in by hand."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>"
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    rest = b"/Contents 4 0 R /Annots [6 0 R] /Resources 5 0 R"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.303937007874 841.889763779528] %s >>" % rest
    content = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_CONTENT), _CONTENT)
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (so_den) /Rect [10 10 90 30] /P 3 0 R >>"
    return pdf(catalog, tree, page, content, font, field, before=before)


def restricted(data: bytes) -> bytes:
    """The file under a password of its owner alone, as offices that allow no changes keep it."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("", "owner", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def signed(
    by: str,
    data: bytes | None = None,
    field: str = "leader",
    *,
    ends: int = 2033,
    issuer: str | None = None,
    stamped: bool = False,
    visible: bool = False,
    **meta: Any,
) -> bytes:
    """The page with one more signature; its certificate is in force until the first day of the year ``ends``."""
    stream = io.BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name=field, **meta)
    writer = IncrementalPdfFileWriter(io.BytesIO(scan() if data is None else data), strict=False)
    if writer.prev.encrypted:
        writer.encrypt("")
    place = SigFieldSpec(field, box=(300, 50, 500, 120)) if visible else None
    signer = _signer(by, ends, issuer)
    stamper = _time_stamper() if stamped else None
    signers.PdfSigner(metadata, signer, timestamper=stamper, new_field_spec=place).sign_pdf(writer, output=stream)
    return stream.getvalue()


def time_stamped(data: bytes) -> bytes:
    """The file with a document time stamp behind everything, as long-term validation adds it."""
    stream = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    signers.PdfTimeStamper(_time_stamper(), field_name="archive").timestamp_pdf(writer, "sha256", output=stream)
    return stream.getvalue()


def later(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with a change written behind it, as an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def with_certificates(writer: IncrementalPdfFileWriter) -> None:
    """Add a security store with a certificate, as a validator keeps it for later."""
    held = generic.StreamObject(stream_data=_certified("Cơ quan cấp chứng thư", 2033, None)[0].dump())
    certificates = generic.ArrayObject([writer.add_object(held)])
    store = generic.DictionaryObject({generic.pdf_name("/Type"): generic.pdf_name("/DSS")})
    store["/Certs"] = certificates
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()


def incoming_stamp(writer: IncrementalPdfFileWriter, subtype: str = "/Stamp", page: int = 0) -> None:
    """Lay the receiving office's stamp over a page, with a picture of its own."""
    look = generic.StreamObject(stream_data="CÔNG VĂN ĐẾN".encode("utf-16-be"))
    look["/Type"], look["/Subtype"] = generic.pdf_name("/XObject"), generic.pdf_name("/Form")
    numbers = [generic.NumberObject(at) for at in (20, 700, 180, 780)]
    stamp = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name(subtype),
            generic.pdf_name("/Rect"): generic.ArrayObject(numbers),
            generic.pdf_name("/Contents"): generic.TextStringObject("CÔNG VĂN ĐẾN số 12"),
            generic.pdf_name("/AP"): generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(look)}),
        }
    )
    held = writer.root["/Pages"]["/Kids"][page]
    stamp["/P"] = writer.root["/Pages"]["/Kids"].raw_get(page)
    if "/Annots" not in held:
        held["/Annots"] = generic.ArrayObject()
    held["/Annots"].append(writer.add_object(stamp))
    writer.update_container(held)


def stamped_by_another_program(data: bytes) -> bytes:
    """The file with a note over its first page, as a program writes it that rounds the page's measures."""
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.add_annotation(0, FreeText(text="CÔNG VĂN ĐẾN số 12", rect=(20, 700, 180, 780)))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def other_text(writer: IncrementalPdfFileWriter) -> None:
    """Put other text into the page's content, under its old number."""
    content = writer.root["/Pages"]["/Kids"][0]["/Contents"]
    content._data = _CONTENT.replace(b"45", b"99")
    content._encoded_data = None
    writer.update_container(content)


def one_more_page(writer: IncrementalPdfFileWriter) -> None:
    """Append a page."""
    pages = writer.root["/Pages"]
    added = generic.DictionaryObject(dict(pages["/Kids"][0].items()))
    pages["/Kids"].append(writer.add_object(added))
    pages["/Count"] = generic.NumberObject(2)
    writer.update_container(pages)


def other_content(writer: IncrementalPdfFileWriter) -> None:
    """Have the page show another stream; the one that was signed stays where it is."""
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=_CONTENT.replace(b"45", b"99")))
    writer.update_container(page)


def filled_in(writer: IncrementalPdfFileWriter) -> None:
    """Write a number into the field of the form."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    field["/V"] = generic.TextStringObject("12")
    writer.update_container(field)


def _time_stamper() -> DummyTimeStamper:
    certificate, key = _certified(STAMP_OFFICE, 2033, None, x509.ExtendedKeyUsageOID.TIME_STAMPING)
    return DummyTimeStamper(certificate, key, fixed_dt=datetime.fromisoformat("2023-02-20T09:00:00+07:00"))


def _signer(name: str, ends: int, issuer: str | None) -> signers.SimpleSigner:
    certificate, key = _certified(name, ends, issuer)
    return signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=SimpleCertificateStore())


@lru_cache(maxsize=16)
def _certified(
    name: str, ends: int, issuer: str | None, usage: x509.ObjectIdentifier | None = None
) -> tuple[asn1.Certificate, keys.PrivateKeyInfo]:
    key = rsa.generate_private_key(65537, 2048)
    who, by = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, one)]) for one in (name, issuer or name))
    builder = x509.CertificateBuilder().subject_name(who).issuer_name(by).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(datetime(2020, 1, 1))  # noqa: DTZ001
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    certificate = builder.not_valid_after(datetime(ends, 1, 1)).sign(key, hashes.SHA256())  # noqa: DTZ001
    encoded = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)), keys.PrivateKeyInfo.load(
        encoded
    )
