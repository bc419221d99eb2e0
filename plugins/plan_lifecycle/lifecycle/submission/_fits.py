"""Whether an arrival can be what a person takes it for: by what the file says of itself, then by what its sender said.

The coordinator means xã Bình An's report of the first half-year; the form in the file is that of the whole year, or the
file is a plan. Better told now than returned to the commune tomorrow. A person who is sure has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import Verdict
from plan_lifecycle.documents.report_form import NotAReportFormError, read_report_form
from plan_lifecycle.domain.obligation import RELEASED, Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.state_words import RELEASED_WORDS
from plan_lifecycle.domain.submission import NOT_AWAITED, Finding, Rule
from plan_lifecycle.lifecycle.office import Desk
from plan_lifecycle.lifecycle.submission._bytes import SECRECY_MARK, TooCostlyError, Upload, is_message
from plan_lifecycle.lifecycle.submission._checks import Checked
from plan_lifecycle.lifecycle.submission._judge import Judged
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.obligations import Owed
from plan_lifecycle.store.submission_files import Part

ONLY_A_MESSAGE = (
    "là nội dung thư, không có tệp văn bản để xếp; đề nghị ghi nhận thay bằng “review record”, "
    "hoặc trả lại bằng “review return”"
)
_OF_ANOTHER = NOT_AWAITED | {Rule.PLAN_YEAR}
"""Findings by which a file says that it belongs elsewhere."""
_UNREADABLE = frozenset({Rule.REPORT_UNREADABLE, Rule.PLAN_UNREADABLE, Rule.PAPER_KIND})


def may_be_placed(arrival: StoredArrival, owed: Sequence[Obligation]) -> str | None:
    """Say why nobody can place it there, whatever is in it; None where it may be looked into."""
    if arrival.blob is None:
        return f"{SECRECY_MARK}; đề nghị xử lý theo quy định bảo vệ bí mật nhà nước"
    if is_message(arrival.channel, arrival.key):
        return ONLY_A_MESSAGE
    for obligation in owed:
        if obligation.state in RELEASED:
            why = RELEASED_WORDS[obligation.state]
            return f"“{obligation.what}” {why}; nếu cần, đề nghị mở lại trước khi xếp"
    return None


def fits(
    judged: Judged | Verdict,
    arrival: StoredArrival,
    owed: Sequence[Obligation],
    known: Mapping[Owed, Sequence[Obligation]],
    *,
    sure: bool,
) -> str | None:
    """Say why the file is not what it is taken for; None where it may be. ``known`` is all that the unit owes."""
    if isinstance(judged, Verdict):
        if judged.secret:
            return f"{SECRECY_MARK}; đề nghị xử lý theo quy định bảo vệ bí mật nhà nước"
        if judged.code == "wrong_kind" and judged.kind in ("docx", "xlsx"):
            return f"tệp không phải loại của {owed[0].what}: {judged.reason}"
        return None
    if sure:
        return None
    why = next(_by_content(judged), None) or _by_claim(judged, arrival, owed, known)
    return f"{why}; nếu chắc chắn đúng, thêm --sure" if why else None


def other_item(desk: Desk, upload: Upload, judged: Judged | Verdict, owed: Obligation) -> bool:
    """Say whether a file is by content another kind of paper than it was taken for: the report for the plan."""
    if isinstance(judged, Verdict):
        return judged.code == "wrong_kind" and judged.kind == "xlsx" and _is_report_form(desk, upload, owed)
    findings = (finding for checked in judged.checked.values() for finding in checked.findings)
    return any(finding.rule is Rule.PAPER_KIND for finding in findings)


def _is_report_form(desk: Desk, upload: Upload, owed: Obligation) -> bool:
    try:
        upload.read(read_report_form, desk.asked(owed), Period.parse(owed.period))
    except (NotAReportFormError, BadDocument, TooCostlyError):
        return False
    return True


def belongs_elsewhere(checked: Checked) -> bool:
    """Say whether a file that was read for an obligation tells itself that it is for another one, or another's."""
    return next(_elsewhere([checked]), None) is not None


def _by_content(filed: Judged) -> Iterator[str]:
    return (finding.whole.rstrip(".") for finding in _elsewhere(filed.checked.values()))


def _elsewhere(read: Iterable[Checked]) -> Iterator[Finding]:
    findings = (finding for checked in read for finding in checked.findings)
    return (finding for finding in findings if finding.blocks and finding.rule in _OF_ANOTHER)


def _by_claim(
    filed: Judged, arrival: StoredArrival, owed: Sequence[Obligation], known: Mapping[Owed, Sequence[Obligation]]
) -> str | None:
    """Say that what its sender sent it for is something else that is owed too, and the file itself does not tell."""
    told = (
        filed.part is Part.SOURCE
        and owed[0].item is Item.SUB_PLAN
        and not any(finding.rule in _UNREADABLE for checked in filed.checked.values() for finding in checked.findings)
    )
    claimed = known.get((owed[0].unit_id, arrival.item or "", arrival.period or ""), [])
    if told or not claimed or {claim.id for claim in claimed} & {obligation.id for obligation in owed}:
        return None
    return f"tài liệu được gửi cho “{claimed[0].what}”, khác với “{owed[0].what}”"
