"""Compiling: from the accepted reports of the units below to one consolidated report, Word and Excel, on time.

Huyện Bắc Bình's report of 2023-H1 is compiled on the working morning after its communes' last day: what was accepted
is rolled up, who is missing or was late is named, every number keeps the way back to its submissions. The same inputs
are never compiled twice; what comes later makes a new version that says what has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plan_lifecycle.documents.consolidated_excel import write_consolidated_excel
from plan_lifecycle.documents.render import render_consolidated_report, template_of_consolidated_report
from plan_lifecycle.documents.report_word import origin_name, with_origin
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.report import Difference
from plan_lifecycle.lifecycle.compile._addendum import as_addendum
from plan_lifecycle.lifecycle.compile._changes import changes_since
from plan_lifecycle.lifecycle.compile._charts import charts_of
from plan_lifecycle.lifecycle.compile._due import reports_asked
from plan_lifecycle.lifecycle.compile._fingerprint import fingerprint
from plan_lifecycle.lifecycle.compile._letters import may_go_up, number_of, told_of_nothing
from plan_lifecycle.lifecycle.compile._material import Material, gather_material
from plan_lifecycle.lifecycle.compile._outline import gathered
from plan_lifecycle.lifecycle.compile._stored import summary_of
from plan_lifecycle.lifecycle.compile._texts import keep_texts
from plan_lifecycle.lifecycle.compile._told import told_by
from plan_lifecycle.lifecycle.compile._trace_file import trace_file
from plan_lifecycle.lifecycle.compile._wording import consolidated_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.audit import Act, append
from plan_lifecycle.store.reports import StoredReport


@dataclass(frozen=True, slots=True)
class Compiled:
    """One report: whose, of which period and kind, how many units are in it; ``new`` is False when nothing had changed.

    ``version`` is 0 where no unit has reported and so no report was made.
    """

    unit_id: str
    unit: str
    period: str
    profile: str
    version: int
    expected: int
    received: int
    missing: tuple[str, ...]
    new: bool


def compile_report(
    office: Office,
    unit_id: str,
    period: str,
    now: datetime,
    *,
    profile: str | None = None,
    asked_by: str | None = None,
) -> Compiled:
    """Compile one unit's report of one period from what is accepted now: of the kind of a ``profile``, else of the
    first kind that is asked for. A version that a person asks for (``asked_by``) stands in the trail under that name.

    Raises InputError where the period is none, or nobody owes the unit a report of it.
    """
    kind = profile or reports_asked(office, unit_id, period)[0].profile
    material = gather_material(office, ReportKey(unit_id, Period.parse(period).code, kind), now)
    whole, known = material.whole, material.known
    inputs = fingerprint(whole, template_of_consolidated_report(office.word_templates))
    if known is not None and known.inputs == inputs and _still(material, known):
        return _compiled(material, known.version, new=False)
    if known is None and not whole.standing.received:
        return _told_of_nothing(material)
    changes = changes_since(office, material)
    version = known.version + 1 if known else 1
    word, excel = _written(material, changes, version)
    stored = StoredReport(
        unit_id=unit_id,
        period=whole.period.code,
        version=version,
        compiled_at=now,
        inputs=inputs,
        word_blob=office.store.blobs.put(word),
        excel_blob=office.store.blobs.put(excel),
        trace_blob=office.store.blobs.put(trace_file(material, version)),
        profile=material.key.profile,
        summary=summary_of(whole)
        | told_by(material, changes)
        | {
            "full": may_go_up(material),
            "addendum": number_of(material),
            "about": material.about,
            "placings": list(material.placings),
        },
    )
    return _compiled(material, stored.version, new=_kept(material, stored, asked_by))


def _kept(material: Material, stored: StoredReport, asked_by: str | None) -> bool:
    """Keep the version with its sources and texts, and who asked for it; False where another process was quicker."""
    whole = material.whole
    sources = [_source(contribution) for contribution in whole.contributions]
    with material.desk.office.store.write() as connection:
        number = report_rows.save(connection, stored, sources)
        if number is None:
            return False
        keep_texts(connection, material.texts, whole.profile)
        if asked_by is not None:
            named = {"unit": stored.unit_id, "period": stored.period, "profile": stored.profile}
            details = named | {"version": stored.version}
            by, at = Decider(asked_by).by, stored.compiled_at
            append(connection, Act(at, by, ActKind.COMPILE_REPORT, ActSubject.REPORT, number, None, details))
    return True


def _still(material: Material, known: StoredReport) -> bool:
    """Whether the newest version is as it was issued, or is the draft of the report or of the addendum that is due."""
    issued = material.addendum.base.version if material.addendum else 0
    return known.version == issued or known.summary.get("addendum", 0) == number_of(material)


def _told_of_nothing(material: Material) -> Compiled:
    """Make no report of nothing; the coordinator is told once who is missing."""
    letters = told_of_nothing(material)
    with material.desk.office.store.write() as connection:
        letter_rows.queue(connection, letters)
    return _compiled(material, 0, new=False)


def _written(material: Material, changes: Sequence[Difference], version: int) -> tuple[bytes, bytes]:
    unit, whole = material.unit, material.whole
    groups, charts = gathered(whole), charts_of(whole)
    report = consolidated_report(material.desk, unit, whole, groups, charts)
    if material.addendum:
        report = as_addendum(report, material.addendum, changes)
    title = f"{report.abstract} (tổng hợp)"
    word = render_consolidated_report(report, material.desk.office.word_templates)
    return with_origin(word, origin_name(material.key, version)), write_consolidated_excel(
        title, whole, groups, unit.id, changes, [chart for below in charts.values() for chart in below]
    )


def _source(each: Contribution) -> dict[str, Any]:
    return {
        "obligation_id": each.obligation_id,
        "submission_id": each.submission_id,
        "days_late": each.days_late if each.submission_id else None,
    }


def _compiled(material: Material, version: int, *, new: bool) -> Compiled:
    unit, standing = material.unit, material.whole.standing
    of = (unit.id, unit.agency, material.key.period, material.key.profile)
    return Compiled(*of, version, standing.expected, standing.received, standing.missing, new)
