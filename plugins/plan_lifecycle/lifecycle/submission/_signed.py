"""What the signatures of a PDF are told as: what was verified, who signed and when, and what came after each."""

from __future__ import annotations

from collections.abc import Iterator

from plan_lifecycle.documents.signature import Added, Addition, Certificate, PdfSignature, PdfSignatures
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.writing import short_date

BROKEN = "Chữ ký số{by} không khớp với nội dung tệp; đề nghị gửi lại bản gốc đã ký."
CHANGED = "Nội dung tệp đã thay đổi sau chữ ký số{by}; đề nghị gửi lại bản gốc đã ký."
UNREADABLE = "Chưa đọc được chữ ký số{by} trong tệp PDF nên chưa kiểm tra được; đề nghị xem lại bản gốc."
SCAN = Finding(Rule.PAPER_SCAN, "Bản PDF không có chữ ký số, được ghi nhận là bản quét.", blocks=False)
UNKNOWN_SIGNER = "không ghi tên"


def signature_findings(read: PdfSignatures) -> Iterator[Finding]:
    """Tell what the signatures of a PDF say, no more than was verified of each; of a scan, that it is one."""
    found = read.signatures
    if not found:
        yield SCAN
    for number, signature in enumerate(found, start=1):
        yield signature_told(signature, str(number))


def signature_told(signature: PdfSignature, number: str) -> Finding:
    """Tell of one signature; its ``number`` tells it from others where neither name nor time is there."""
    by = f" của “{signature.signer}”" if signature.signer else ""
    at = signature.signed_at.isoformat() if signature.signed_at else ""
    about = f"{signature.signer} {at}".strip() or number
    if not signature.readable:
        return Finding(Rule.PAPER_UNCHECKED, UNREADABLE.format(by=by), blocks=False, doubt=True, about=about)
    if not signature.intact:
        return Finding(Rule.PAPER_BROKEN, BROKEN.format(by=by), about=about)
    if signature.changed:
        return Finding(Rule.PAPER_BROKEN, CHANGED.format(by=by), about=about)
    doubt = not signature.allowed or signature.certificate in (Certificate.EXPIRED, Certificate.NOT_YET_VALID)
    text = f"Chữ ký số “{signature.signer or UNKNOWN_SIGNER}”{_when(signature)}: nội dung được ký còn nguyên vẹn; "
    text += f"{_certificate(signature)}.{_after(signature)}"
    return Finding(Rule.PAPER_SIGNATURE, text, blocks=False, doubt=doubt, about=about)


def _when(signature: PdfSignature) -> str:
    if signature.signed_at is None:
        return ""
    day = short_date(signature.signed_at.date())
    if signature.stamped_by:
        return f", thời điểm theo dấu thời gian của “{signature.stamped_by}” {day}"
    return f", thời điểm ghi trong tệp {day}"


def _certificate(signature: PdfSignature) -> str:
    by = "tự cấp" if signature.self_issued else f"do “{signature.issuer}” cấp" if signature.issuer else ""
    words = f"chứng thư {by}".strip()
    ends = f" ngày {short_date(signature.certificate_ends.date())}" if signature.certificate_ends else ""
    if signature.certificate is Certificate.EXPIRED:
        return f"{words} đã hết hạn{ends}, trước thời điểm ký; đề nghị xem lại"
    if signature.certificate is Certificate.NOT_YET_VALID:
        return f"{words} chưa có hiệu lực tại thời điểm ký; đề nghị xem lại"
    return f"{words} chưa được xác minh"


def _after(signature: PdfSignature) -> str:
    if not signature.added:
        return ""
    added = "; ".join(map(_addition, signature.added))
    beyond = "" if signature.allowed else " (người ký không cho phép bổ sung như vậy; đề nghị xem lại)"
    return f" Sau khi ký, tệp có thêm: {added}{beyond}."


def _addition(added: Added) -> str:
    about = ", ".join(f"“{one or UNKNOWN_SIGNER}”" for one in added.about)
    if added.kind is Addition.SIGNATURE:
        return f"chữ ký số của {about}"
    if added.kind is Addition.FORM:
        return f"nội dung điền vào ô biểu mẫu {about}"
    if added.kind is Addition.ANNOTATION:
        return f"dấu hoặc ghi chú trên trang {', '.join(added.about)}"
    return "dữ liệu phục vụ xác thực lâu dài"
