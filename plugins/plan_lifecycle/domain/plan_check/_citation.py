"""Whether the sub-plan cites the superior plan with the right number and date, and is of the right year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plan_lifecycle.domain.plan import LegalBasis, Plan
from plan_lifecycle.domain.plan_check._model import PlanFinding, PlanRule
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.writing import short_date

_OPENING = "Phần căn cứ"


def citation(sub: Plan, parent: Plan) -> Iterator[PlanFinding]:
    """What is wrong with how the superior plan is cited; nothing where the parent itself has no number yet."""
    if parent.reference is None:
        return
    expected = _named(parent.reference, parent)
    right = [basis for basis in sub.legal_bases if same_reference(basis.number, parent.reference)]
    if right:
        yield from _date(right[0], parent, expected)
        return
    near = next((basis for basis in sub.legal_bases if _meant(basis, parent)), None)
    if near is not None:
        text = f"Số, ký hiệu của văn bản cấp trên chưa đúng: đã ghi {near.number}, đúng là {parent.reference}."
        yield PlanFinding(PlanRule.CITATION_NUMBER, text, near.number, parent.reference, _OPENING)
    else:
        yield PlanFinding(PlanRule.CITATION_MISSING, f"Chưa nêu căn cứ là {expected}.", None, expected, _OPENING)


def _date(basis: LegalBasis, parent: Plan, expected: str) -> Iterator[PlanFinding]:
    if parent.issued_on is None or basis.issued_on == parent.issued_on:
        return
    found = short_date(basis.issued_on) if basis.issued_on else None
    right = short_date(parent.issued_on)
    wrong = f"đã ghi {found}, đúng là {right}" if found else f"chưa ghi ngày {right}"
    yield PlanFinding(PlanRule.CITATION_DATE, f"Ngày của {expected} chưa đúng: {wrong}.", found, right, _OPENING)


def same_reference(written: str | None, reference: str) -> bool:
    """Whether two numbers are one document's: 36/KH-UBND, 036/KH-UBND, 36-KH/UBND."""
    return written is not None and _key(written) == _key(reference)


def _key(reference: str) -> tuple[str, ...]:
    return tuple(part.lstrip("0") for part in re.split(r"[^\wđ]+", normalise(reference)) if part)


def _meant(basis: LegalBasis, parent: Plan) -> bool:
    """Whether a basis with another number must be the superior plan: same symbol, and same day or same subject."""
    if basis.number is None or _key(basis.number)[1:] != _key(parent.reference or "")[1:]:
        return False
    if basis.issued_on is not None and basis.issued_on == parent.issued_on:
        return True
    return bool(parent.abstract) and normalise(parent.abstract or "") in normalise(basis.text)


def _named(reference: str, parent: Plan) -> str:
    day = f" ngày {short_date(parent.issued_on)}" if parent.issued_on else ""
    issuer = f" của {parent.issuer}" if parent.issuer else ""
    return f"{parent.type or 'Kế hoạch'} số {reference}{day}{issuer}"


def year(sub: Plan, parent: Plan) -> Iterator[PlanFinding]:
    """A plan for other years than those of its superior plan."""
    if not sub.period or not parent.period:
        return
    if parent.period[0] <= sub.period[0] and sub.period[-1] <= parent.period[-1]:
        return
    found, expected = (" - ".join(map(str, plan.period)) for plan in (sub, parent))
    text = f"Kế hoạch của năm {found}, trong khi kế hoạch cấp trên của năm {expected}."
    yield PlanFinding(PlanRule.YEAR, text, found, expected, "Trích yếu")
