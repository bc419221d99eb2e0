"""What the appraiser says: points with a reason where they differ, questions to the unit, all the rest at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.appraisal import AMISS_WORDS, OWED_REASON, Entry, ScoreSheet, Side, amiss
from plan_lifecycle.domain.criteria import Criterion, Scheme
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.text import nfc, normalise
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.appraise._claims import read_form
from plan_lifecycle.lifecycle.appraise._round import ScoringRound, sheets_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import scores as score_rows
from plan_lifecycle.store.audit import Act, append


@dataclass(frozen=True, slots=True)
class Ruling:
    """Points for one criterion by its code or name; ``points`` None: it does not apply to the unit."""

    unit: str
    criterion: str
    points: Decimal | None
    reason: str = ""


def appraise(office: Office, of: ScoringRound, ruling: Ruling, decider: Decider, now: datetime) -> bool:
    """Appraise one criterion of one unit; False where the same is said already.

    Raises InputError where there is no such unit or criterion, the points are too many, or a reason is owed.
    """
    unit, criterion = of.unit(ruling.unit), _criterion(of.scheme, ruling.criterion)
    sheet = sheets_of(office, of)[unit.id]
    entry = Entry(ruling.points, ruling.points is not None, reason=nfc(ruling.reason).strip(), by=decider.by, at=now)
    for fault in amiss(criterion, entry, Side.APPRAISED, sheet.claims.get(criterion.code)):
        vi = f"{unit.agency}, tiêu chí “{criterion.name}”: {AMISS_WORDS[fault]}."
        expected = f"points from 0 to {criterion.maximum}, and a reason where they differ from the claim"
        raise InputError(expected, field="reason" if fault in OWED_REASON else "points", found=ruling.points, vi=vi)
    return _keep(office, of, Side.APPRAISED, {unit.id: {criterion.code: entry}}, ActKind.APPRAISE, decider, now) > 0


def appraise_rest(office: Office, of: ScoringRound, units: Sequence[Unit], decider: Decider, now: datetime) -> int:
    """Appraise what is not appraised yet: by the ledger or the scale where they propose, otherwise as claimed.

    A criterion of which neither is known, or about which the unit owes an answer, stays open. Returns how many were.
    """
    sheets = sheets_of(office, of)
    found = {unit.id: _rest(sheets[unit.id], decider, now) for unit in units}
    return _keep(office, of, Side.APPRAISED, found, ActKind.APPRAISE, decider, now)


def take_appraisal(
    office: Office, of: ScoringRound, data: bytes, name: str, decider: Decider, now: datetime, unit: str = ""
) -> int:
    """Appraise all that a file says of one unit, whole or not at all; returns how many criteria say something new.

    Raises InputError with file and row for all that cannot be taken.
    """
    form, whose = read_form(office, of, data, name, unit, Side.APPRAISED)
    sheet, errors = sheets_of(office, of)[whose.id], []
    for criterion in of.scheme.criteria():
        entry = form.claims.get(criterion.code)
        for fault in amiss(criterion, entry, Side.APPRAISED, sheet.claims.get(criterion.code)) if entry else ():
            vi = f"Tệp {name}, dòng {entry.place if entry else ''}, “{criterion.name}”: {AMISS_WORDS[fault]}."
            errors.append(InputError("a reason where points differ", file=name, field="tep", found=fault, vi=vi))
    raise_all(errors)
    entries = {code: replace(one, by=decider.by, at=now) for code, one in form.claims.items()}
    return _keep(office, of, Side.APPRAISED, {whose.id: entries}, ActKind.APPRAISE, decider, now)


def ask(
    office: Office, of: ScoringRound, unit: str, criterion: str, question: str, decider: Decider, now: datetime
) -> bool:
    """Ask a unit to explain; it stands in the unit's form. False where the same is asked already. Raises InputError."""
    text = nfc(question).strip()
    if not text:
        raise InputError("a question", field="--question", found="nothing", vi="Đề nghị ghi nội dung cần giải trình.")
    whose, about = of.unit(unit), _criterion(of.scheme, criterion)
    entry = Entry(None, reason=text, by=decider.by, at=now)
    return _keep(office, of, Side.QUESTION, {whose.id: {about.code: entry}}, ActKind.ASK_SCORE, decider, now) > 0


def _rest(sheet: ScoreSheet, decider: Decider, now: datetime) -> dict[str, Entry]:
    waiting = sheet.unanswered()
    found: dict[str, Entry] = {}
    for criterion in sheet.unappraised():
        claim, proposal = sheet.claims.get(criterion.code), sheet.proposals.get(criterion.code)
        if criterion in waiting:
            continue
        if proposal is not None and (claim is None or claim.applies):
            found[criterion.code] = Entry(proposal.points, reason=proposal.why, by=decider.by, at=now)
        elif claim is not None:
            found[criterion.code] = replace(claim, by=decider.by, at=now, evidence="", asked=None, done=None)
    return found


def _criterion(scheme: Scheme, text: str) -> Criterion:
    found = next((one for one in scheme.criteria() if text == one.code or normalise(text) == normalise(one.name)), None)
    if found is None:
        known = ", ".join(one.code for one in scheme.criteria())
        vi = f"Bộ tiêu chí không có tiêu chí “{text}”."
        raise InputError(f"a criterion: {known}", field="criterion", found=text, vi=vi)
    return found


def _keep(
    office: Office,
    of: ScoringRound,
    side: Side,
    entries: dict[str, dict[str, Entry]],
    act: ActKind,
    decider: Decider,
    now: datetime,
) -> int:
    """Keep what is new, with a row of the trail for each unit."""
    total = 0
    with office.store.write() as connection:
        for unit_id, sheet in entries.items():
            new = score_rows.add(connection, of.key, side, {unit_id: sheet})
            total += new
            if new:
                said = {code: None if one.points is None else f"{one.points:f}" for code, one in sheet.items()}
                details = {"scheme": of.scheme.code, "unit": unit_id, "points": said}
                append(connection, Act(now, decider.by, act, ActSubject.SCORES, of.year, decider.reason, details))
    return total
