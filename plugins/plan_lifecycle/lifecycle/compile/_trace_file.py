"""The trace beside a report, as JSON: every total, sentence and paragraph with the papers that it comes from.

It is written with the report and kept beside its Word file and workbook, so it says what that report was made from,
whatever comes afterwards. Papers stand in it once; figures name them by their submission
(``docs/schemas/files/report-trace.json``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.report import Consolidated
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.sentence import fill
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
            filled = fill(sentence, numbers.slot)
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
