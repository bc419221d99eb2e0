"""The trace beside a report, as JSON: totals, sentences, paragraphs, targets and tasks with the papers they come from.

It is written with the report and kept beside its Word file and workbook, so it says what that report was made from,
whatever comes afterwards. Papers stand in it once; figures name them by their submission
(``docs/schemas/files/report-trace.json``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.plan_target import VERDICT_WORDS, WHY_WORDS
from plan_lifecycle.domain.plan_task import SAID_WORDS, STATE_WORDS, TaskReport
from plan_lifecycle.domain.report import Consolidated
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.sentence import fill
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.compile._material import Material
from plan_lifecycle.lifecycle.compile._numbers import Numbers, text_of, total_text

Rows = Iterator[dict[str, Any]]


def trace_file(material: Material, version: int) -> bytes:
    """The trace of a report as UTF-8, a line for each thing traced, so that it can be read without a program."""
    whole = material.whole
    report = {
        "unit_id": material.unit.id,
        "unit": material.unit.agency,
        "period": whole.period.code,
        "version": version,
        "compiled_at": material.desk.now.isoformat(),
    }
    parts = (
        ("papers", _papers(whole)),
        ("totals", _totals(whole)),
        ("sentences", _sentences(whole)),
        ("paragraphs", _paragraphs(whole)),
        ("targets", _targets(whole)),
        ("tasks", _tasks(whole)),
    )
    lines = [f'{{"report": {_json(report)}', *(f'"{name}": [{_lines(rows)}]' for name, rows in parts)]
    return (",\n".join(lines) + "}\n").encode()


def _lines(rows: Rows) -> str:
    return ",".join(f"\n{_json(row)}" for row in rows)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _papers(whole: Consolidated) -> Rows:
    for one in whole.contributions:
        if one.submission_id is not None:
            yield {
                "submission_id": one.submission_id,
                "unit_id": one.unit_id,
                "unit": one.unit_name,
                "version": one.version,
                "document": one.document,
                "received_at": one.received_at.isoformat() if one.received_at else None,
                "files": list(one.files),
            }


def _totals(whole: Consolidated) -> Rows:
    sent = {one.unit_id: one.submission_id for one in whole.contributions}
    indicators = {one.code: one for one in whole.indicators}
    for indicator, total in zip(whole.indicators, whole.totals, strict=True):
        if total.figures:
            yield {
                "indicator": indicator.code,
                "name": indicator.alone,
                "text": total_text(total, indicator),
                "figures": [*_figures(indicator, total, indicators, sent)],
            }


def _figures(
    indicator: Indicator, total: Total, indicators: dict[str, Indicator], sent: dict[str, int | None]
) -> Iterator[list[object]]:
    """Submission, figure as it is written, what stands beside it; of a computed total the figures of its parts."""
    told: dict[tuple[str, object, type], str] = {}  # of thousands of units many say the same number
    for reported in total.figures:
        code, value = reported.figure.indicator, reported.value
        text = told.get(key := (code, value, type(value)))
        if text is None:
            text = told[key] = text_of(value, indicators.get(code, indicator))
        yield [sent[reported.unit_id], text, reported.figure.note]


def _sentences(whole: Consolidated) -> Rows:
    numbers = Numbers(whole)
    for one in whole.profile.numbered(whole.period.kind):
        for sentence in one.section.sentences:
            filled = fill(sentence, numbers.slot, numbers.is_nothing)
            if filled is not None and filled.codes:
                yield {"section": one.section.code, "text": filled.text, "indicators": list(filled.codes)}


def _paragraphs(whole: Consolidated) -> Rows:
    for written in whole.written:
        said, sent = written.passage, written.contribution.submission_id
        row = {"section": said.section, "text": said.text, "place": said.heading, "submission_id": sent}
        if placing := written.placing:
            row |= {
                "written_under": placing.section,
                "left_out": placing.target is None,
                "decided_by": placing.decided_by,
            }
            row |= {"reason": placing.reason} if placing.reason else {}
        yield row


def _targets(whole: Consolidated) -> Rows:
    """Each target of the plans with its verdict and the indicators that say so, or the note of whoever settled it."""
    for plan in whole.plans:
        for one in plan.targets:
            noted = f"{one.mark.by}: {one.mark.paper or one.mark.reason}" if one.mark else ""
            results = [
                {"indicator": result.indicator, "name": result.name, "text": result.text} for result in one.results
            ]
            verdict = VERDICT_WORDS[one.verdict] + (f", {WHY_WORDS[one.why]}" if one.why else "")
            yield {
                "plan": plan.reference,
                "text": one.target.text,
                "verdict": verdict,
                "results": results,
                "noted": noted,
            }


def _tasks(whole: Consolidated) -> Rows:
    """Each task of the plans with its state, what units said of it, and the coordinator's note where that decides."""
    sent = {one.unit_id: one.submission_id for one in whole.contributions if one.submission_id is not None}
    for plan in whole.plans:
        for one in plan.tasks:
            yield {
                "plan": plan.reference,
                "number": one.task.number,
                "name": one.task.name,
                "state": STATE_WORDS[one.state],
                "said": [[sent[said.unit_id], _said(said)] for said in one.reports if said.unit_id in sent],
                "noted": f"{one.mark.by}: {_said(one.mark)}" if one.mark else "",
            }


def _said(report: TaskReport) -> str:
    """ "Hoàn thành, ngày 10/3/2023, 12/KH-UBND"."""
    day = f"ngày {short_date(report.done_on)}" if report.done_on else ""
    return ", ".join(part for part in (SAID_WORDS[report.said], day, report.paper, report.note) if part)
