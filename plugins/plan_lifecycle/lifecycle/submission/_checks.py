"""What a submission says, and what is to be mended in it, by the kind of thing that is owed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import NAMES, Purpose, Verdict
from plan_lifecycle.documents.read import NotAPlan, read_plan
from plan_lifecycle.documents.report_form import (
    NotAReportFormError,
    ReportFormReading,
    read_evidence_links,
    read_report_docx,
    read_report_form,
)
from plan_lifecycle.documents.signature import read_signatures
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.figure import NOT_KNOWN, Figure, NotKnown
from plan_lifecycle.domain.figure_check import NOTHING_KNOWN, TO_LOOK_AT, Background, check_figures, evidence_links
from plan_lifecycle.domain.indicator import FigureRule, Indicator
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.passage import Words
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.plan_check import COPIED, PlanRule, Wording, check_plan, same_reference, text_of
from plan_lifecycle.domain.publication import monthly_quotas
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.target import find_targets
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.submission._bytes import Upload
from plan_lifecycle.lifecycle.submission._signed import signature_findings
from plan_lifecycle.lifecycle.submission._standard import Standard
from plan_lifecycle.mail.contexts import PlanRef
from plan_lifecycle.store.progress import SaidOfTask

PURPOSES = {Item.SUB_PLAN: Purpose.PLAN, Item.REPORT: Purpose.REPORT, Item.QUOTA: Purpose.EVIDENCE}
"""Which kinds of file each item may be."""

NO_FIGURES = Finding(Rule.REPORT_FIGURES, "Chưa có số liệu: đề nghị gửi kèm biểu số liệu (Excel hoặc Word).")
NO_SOURCE = Finding(Rule.PLAN_SOURCE, "Bản PDF chưa kèm bản Word nên chưa đối chiếu được; đề nghị gửi kèm bản Word.")

_FigureReader = Callable[[bytes, Sequence[Indicator], Period | None, Collection[str]], ReportFormReading]

OF_A_PLAN = {rule: Rule(f"plan.{rule.value}") for rule in PlanRule}
OF_A_FIGURE = {rule: Rule(f"report.{rule.value}") for rule in FigureRule}
"""As which rule of a submission each of the comparison's, and of the figures', comes to the unit; a rule that has no
such counterpart fails when this module is read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read of a submission: findings for the unit, number and date of the paper, figures by indicator and
    those not known yet, the wording of a plan, with which its neighbours' are compared, the agencies of its letterhead,
    superiors first, the words of a report, and what it says of the superior plan's tasks."""

    findings: tuple[Finding, ...] = ()
    reference: str | None = None
    issued_on: date | None = None
    figures: tuple[Figure, ...] = ()
    unknown: tuple[NotKnown, ...] = ()
    wording: Wording | None = None
    letterhead: tuple[str, ...] = ()
    words: Words | None = None
    tasks: tuple[SaidOfTask, ...] = ()


def check_submission(
    upload: Upload,
    verdict: Verdict,
    obligation: Obligation,
    parent: PlanRef | None,
    indicators: tuple[Indicator, ...],
    standard: Standard | None = None,
    background: Background = NOTHING_KNOWN,
    form_rows: Collection[str] = (),
) -> Checked:
    """Read and check what passed the gate. Whatever is wrong with it is a finding, not an error.

    A sub-plan is held against its ``standard``; without one only whether it cites ``parent`` is seen. The figures of a
    report are held against each other and ``background``; ``form_rows`` are the names of all rows of its forms.
    Raises TooCostlyError.
    """
    if verdict.kind == "pdf" and obligation.item is not Item.QUOTA:
        awaited = NO_SOURCE if obligation.item is Item.SUB_PLAN else NO_FIGURES
        return Checked((awaited, *signature_findings(upload.read(read_signatures))))
    if obligation.item is Item.SUB_PLAN:
        return _check_sub_plan(upload, obligation, parent, standard)
    if obligation.item is Item.REPORT:
        return _check_report(upload, verdict, obligation, indicators, background, form_rows)
    return _check_evidence(upload, verdict, obligation)


def other_kind(taken_for: str, obligation: Obligation) -> Finding:
    """Tell what kind of paper came, and which one is awaited."""
    text = f"Văn bản là {taken_for}, nội dung đang chờ là {obligation.what}; đề nghị gửi đúng văn bản này."
    return Finding(Rule.PAPER_KIND, text)


def check_copy(verdict: Verdict, name: str, why_not: str = "") -> Checked:
    """Take a file that is kept and counts in time, but cannot be read: a readable copy is asked for.

    ``why_not`` is told instead where it was tried.
    """
    text = f"Tệp “{name}” ({NAMES[verdict.kind]}) đã được nhận và giữ lại, ngày gửi được ghi nhận"
    if why_not:
        return Checked((Finding(Rule.COPY_UNREADABLE, f"{text}. {why_not}", about="not_converted"),))
    return Checked((Finding(Rule.COPY_UNREADABLE, f"{text}; đề nghị gửi bản đọc được (.docx, .xlsx hoặc PDF)."),))


def _check_sub_plan(
    upload: Upload, obligation: Obligation, parent: PlanRef | None, standard: Standard | None
) -> Checked:
    try:
        plan = upload.read(read_plan)
    except NotAPlan as error:
        if error.taken_for:
            return Checked((other_kind(error.taken_for, obligation),))
        return Checked((Finding(Rule.PLAN_UNREADABLE, error.for_user),))
    except BadDocument as error:
        return Checked((Finding(Rule.PLAN_UNREADABLE, error.for_user),))
    findings = []
    if plan.reference is None:
        findings.append(Finding(Rule.PLAN_NUMBER, "Kế hoạch chưa có số, ký hiệu."))
    if plan.issued_on is None:
        findings.append(Finding(Rule.PLAN_DATE, "Kế hoạch chưa có ngày ban hành."))
    wording = Wording.of(text_of(plan))
    if standard is not None:
        findings += _against(plan, wording, standard)
    else:
        findings += _alone(plan, obligation, parent)
    return Checked(tuple(findings), plan.reference, plan.issued_on, wording=wording, letterhead=plan.letterhead)


def _against(plan: Plan, wording: Wording, standard: Standard) -> Iterator[Finding]:
    """Tell what falls short of the superior plan; copied wording is told once, of the neighbour most like it."""
    found = check_plan(
        plan,
        standard.plan,
        unit=None,
        siblings=standard.neighbours,
        draft=standard.draft,
        text=wording,
        parent_text=standard.whole,
    )
    shares = [copy.share for copy in found.copied if copy.share >= COPIED]
    copied = [finding for finding in found.findings if finding.rule is PlanRule.COPIED]
    likest = [finding for finding, share in zip(copied, shares, strict=True) if share == max(shares)]
    for finding in (*(told for told in found.findings if told.rule is not PlanRule.COPIED), *likest[:1]):
        placed = finding.where and finding.rule not in (PlanRule.COPIED, PlanRule.MISSING)
        where = f" ({finding.where})" if placed else ""
        yield Finding(
            OF_A_PLAN[finding.rule], f"{finding.text.rstrip('.')}{where}.", finding.blocks, about=finding.about
        )


def _alone(plan: Plan, obligation: Obligation, parent: PlanRef | None) -> Iterator[Finding]:
    """Tell what can be seen where the superior plan's own file is not to be read."""
    if plan.period and int(obligation.period) not in range(plan.period[0], plan.period[-1] + 1):
        found = "–".join(map(str, plan.period))
        yield Finding(Rule.PLAN_YEAR, f"Kế hoạch của năm {found}, chưa phải năm {obligation.period}.")
    if parent is not None and not any(same_reference(basis.number, parent.number) for basis in plan.legal_bases):
        text = f"Kế hoạch chưa nêu căn cứ là Kế hoạch số {parent.number} của {parent.issuer}."
        yield Finding(Rule.PLAN_CITATION, text)
    if not plan.activities:
        yield Finding(Rule.PLAN_ACTIVITIES, "Kế hoạch chưa có nhiệm vụ cụ thể.")


def _check_evidence(upload: Upload, verdict: Verdict, obligation: Obligation) -> Checked:
    """Count the links of a month: a list has one for every item that is asked for, a picture has none."""
    quotas = monthly_quotas(find_targets(obligation.clause), every_month=True)
    wanted = min((ceil(quota.value) for quota in quotas), default=0)
    if verdict.kind not in ("xlsx", "docx") or not wanted:
        return Checked()
    try:
        found = len(upload.read(read_evidence_links, verdict.kind) | evidence_links(verdict.external_links))
    except BadDocument as error:
        return Checked((Finding(Rule.QUOTA_UNREADABLE, error.for_user),))
    if found >= wanted:
        return Checked()
    text = (
        f"{TO_LOOK_AT}danh sách có {count_text(found)} đường dẫn khác nhau, ít hơn định mức {count_text(wanted)} tin, "
        "bài; đề nghị ghi đường dẫn của từng tin, bài."
    )
    return Checked((Finding(Rule.QUOTA_LINKS, text, blocks=False, doubt=True),))


def _check_report(
    upload: Upload,
    verdict: Verdict,
    obligation: Obligation,
    indicators: tuple[Indicator, ...],
    background: Background,
    form_rows: Collection[str],
) -> Checked:
    try:
        found = upload.read(reader_for(verdict), *figures_asked(obligation, indicators, form_rows))
    except (NotAReportFormError, BadDocument) as error:
        return Checked((Finding(Rule.REPORT_UNREADABLE, error.for_user),))
    reading = _with_links(found, verdict)
    findings = (
        *of_another(reading, obligation.unit_id, obligation.period),
        *check_reading(reading, indicators, background),
    )
    return Checked(findings, figures=reading.figures, unknown=reading.unknown)


def read_report(
    data: bytes,
    verdict: Verdict,
    indicators: Sequence[Indicator],
    period: Period | None,
    form_rows: Collection[str] = (),
) -> ReportFormReading:
    """Read the figures of a form or a Word report, with the links that lie behind its words too.

    Raises NotAReportFormError, BadDocument.
    """
    return _with_links(reader_for(verdict)(data, indicators, period, form_rows), verdict)


def figures_asked(
    obligation: Obligation, indicators: Sequence[Indicator], form_rows: Collection[str]
) -> tuple[Sequence[Indicator], Period | None, Collection[str]]:
    """Say what the reader of a report's figures is given."""
    return indicators, period_of(obligation.period), form_rows


def reader_for(verdict: Verdict) -> _FigureReader:
    """Choose who reads a report's figures."""
    return read_report_form if verdict.kind == "xlsx" else read_report_docx


def _with_links(reading: ReportFormReading, verdict: Verdict) -> ReportFormReading:
    return replace(reading, links=reading.links | evidence_links(verdict.external_links))


def check_reading(
    reading: ReportFormReading, indicators: Sequence[Indicator], background: Background = NOTHING_KNOWN
) -> Iterator[Finding]:
    """Tell what could not be read, what is missing, and what does not agree, in this order."""
    given = {figure.indicator: figure for figure in reading.figures}
    unknown = {one.indicator: one for one in reading.unknown}
    yield from reading.findings
    for indicator in indicators:
        if indicator.code in unknown:
            yield _not_known(indicator, unknown[indicator.code])
        elif indicator.required and indicator.code not in given and indicator.code not in reading.unread:
            yield Finding(
                Rule.REPORT_REQUIRED, f"Chưa có số liệu của chỉ tiêu “{indicator.name}”.", about=indicator.code
            )
    listed = reading.links - evidence_links(figure.evidence for figure in reading.figures)
    for amiss in check_figures(indicators, given, replace(background, links=background.links | listed)):
        rule, code = OF_A_FIGURE[amiss.rule], amiss.indicator.code
        yield Finding(rule, amiss.text, amiss.blocks, doubt=not amiss.blocks, about=code)


def _not_known(indicator: Indicator, one: NotKnown) -> Finding:
    """Tell what the unit does not know yet: it is no 0. Without a reason it is asked for, of a required one first."""
    what, code = f"“{indicator.name}” {NOT_KNOWN}", indicator.code
    if one.note:
        return Finding(Rule.REPORT_NOT_KNOWN, f"{what} ({one.note}); đề nghị bổ sung khi có.", blocks=False, about=code)
    ask = "đề nghị ghi rõ lý do ở cột bên cạnh; chưa phát sinh thì ghi 0"
    if indicator.required:
        return Finding(Rule.REPORT_REQUIRED, f"{what}; {ask}.", about=code)
    return Finding(Rule.REPORT_NOT_KNOWN, f"{TO_LOOK_AT}{what}; {ask}.", blocks=False, doubt=True, about=code)


def of_another(reading: ReportFormReading, unit_id: str | None, period: str) -> Iterator[Finding]:
    """Tell a neighbour's form, or last year's, sent by mistake: our own form says whose it is and of which period."""
    if reading.unit_id and reading.unit_id != unit_id:
        text = "Biểu số liệu được lập cho đơn vị khác; đề nghị dùng biểu của đơn vị mình."
        yield Finding(Rule.REPORT_UNIT, text, about=reading.unit_id)
    if reading.period and reading.period != period:
        found, wanted = (known.label if (known := period_of(code)) else code for code in (reading.period, period))
        yield Finding(
            Rule.REPORT_PERIOD, f"Biểu số liệu của kỳ {found}, chưa phải kỳ {wanted}; đề nghị gửi biểu của kỳ {wanted}."
        )


def period_of(code: str) -> Period | None:
    """Read a period's code; None where it is none."""
    try:
        return Period.parse(code)
    except InputError:
        return None
