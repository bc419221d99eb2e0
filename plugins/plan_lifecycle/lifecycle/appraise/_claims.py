"""What units say of themselves: their form goes out, comes back, and is taken whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from plan_lifecycle.documents.gate import Purpose, look, verdict_on
from plan_lifecycle.documents.score_form import ReadForm, read_score_form, write_score_form
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.appraisal import Side
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import file_name
from plan_lifecycle.lifecycle.appraise._round import ScoringRound, sheets_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import scores as score_rows
from plan_lifecycle.store.audit import Act, append


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a unit's form: how many criteria it scores, how many say something new, and which say nothing."""

    unit: str
    scored: int
    new: int
    unclaimed: tuple[str, ...]


def form_of(office: Office, of: ScoringRound, unit: Unit, side: Side = Side.SELF) -> tuple[str, bytes]:
    """The form of a unit with what it has said so far, or that of its appraisal: the file's name and its bytes."""
    sheet = sheets_of(office, of)[unit.id]
    called = "Bang tham dinh diem" if side is Side.APPRAISED else "Bang tu cham diem"
    name = file_name(f"{called} nam {of.year} - {unit.agency}", "xlsx")
    return name, write_score_form(sheet, unit.agency, of.year, side)


def take(
    office: Office,
    of: ScoringRound,
    data: bytes,
    name: str,
    decider: Decider,
    now: datetime,
    unit: str = "",
    seen: dict[str, str] | None = None,
) -> Taken:
    """Take what a unit says in its form; ``unit`` is whose it is where the form does not say.

    ``seen`` are the files of the same batch by their units, to which this one is added.
    Raises InputError with file, row and column for all that cannot be taken: nothing of the file is kept then.
    """
    form, whose = read_form(office, of, data, name, unit)
    if seen is not None and seen.setdefault(whose.id, name) != name:
        vi = f"Tệp {name}: {whose.agency} đã có tệp {seen[whose.id]}."
        raise InputError("one form a unit", file=name, field="unit", found=whose.name, vi=vi)
    with office.store.write() as connection:
        blob = office.store.blobs.put(data)
        claims = {code: replace(one, by=decider.by, at=now, blob=blob) for code, one in form.claims.items()}
        new = score_rows.add(connection, of.key, Side.SELF, {whose.id: claims})
        if new:
            details = {"scheme": of.scheme.code, "unit": whose.id, "file": name, "criteria": new}
            append(connection, Act(now, decider.by, ActKind.TAKE_SCORES, ActSubject.SCORES, of.year, None, details))
    silent = sheets_of(office, of)[whose.id].unclaimed()
    return Taken(whose.agency, len(claims), new, tuple(one.name for one in silent))


def read_form(
    office: Office, of: ScoringRound, data: bytes, name: str, unit: str = "", side: Side = Side.SELF
) -> tuple[ReadForm, Unit]:
    """A form and whose it is, through the gate. Raises InputError with all that is wrong in it."""
    verdict = verdict_on(office.bounded(look, data), name=name, purpose=Purpose.EVIDENCE)
    if not verdict.accepted or verdict.kind not in ("xlsx", "docx"):
        reason = verdict.reason or "Bảng tự chấm điểm phải là tệp Excel (.xlsx) hoặc Word (.docx)."
        raise InputError("a form, .xlsx or .docx", file=name, found=verdict.code or verdict.kind, vi=reason)
    form = office.bounded(read_score_form, data, of.scheme, name, side)
    whose = _whose(of, form.unit, unit, name)
    if form.year not in (None, of.year):
        vi = f"Tệp {name} ghi năm {form.year}, không phải năm {of.year}."
        raise InputError(f"the form of {of.year}", file=name, field="Năm", found=form.year, vi=vi)
    return form, whose


def _whose(of: ScoringRound, said: str, named: str, name: str) -> Unit:
    if not said and not named:
        vi = f"Tệp {name} chưa ghi tên cơ quan, đơn vị."
        raise InputError("whose form it is", file=name, field="unit", found="nothing", vi=vi)
    unit = of.unit(named or said)
    if said and named and of.unit(said) != unit:
        vi = f"Tệp {name} là của {said}, không phải của {unit.agency}."
        raise InputError(f"the form of {unit.name}", file=name, field="unit", found=said, vi=vi)
    return unit
