"""The fingerprint of all that shows in a report: two reports of one fingerprint would say the same.

States, signatures, late days, figures with their evidence, what units wrote, last year's base, months of news, the
kinds of report with their headings and indicators, and the version of what writes it all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from plan_lifecycle import __version__
from plan_lifecycle.domain.report import Consolidated


def fingerprint(whole: Consolidated, template: bytes = b"") -> str:
    """64 characters, the same for the same report in every process; ``template`` is the Word file that it fills."""
    digest = hashlib.sha256(__version__.encode() + template)
    for part in _parts(whole):
        digest.update(part.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _parts(whole: Consolidated) -> Iterator[str]:
    """What a report says, as text; what holds no set and no day of today is its own text."""
    settled = (whole.period, whole.profile, whole.indicators, whole.last_year.uneven, whole.last_year.label)
    yield json.dumps(_plain(settled), ensure_ascii=False)
    yield repr((whole.remarks, whole.last_year.notes, whole.plans_known))
    yield repr((sorted(whole.groups.items()), [(label, sorted(totals.items())) for label, totals in whole.earlier]))
    yield from map(repr, whole.contributions)
    yield from map(repr, whole.last_year.contributions)
    for published in whole.published:
        yield repr([(month.unit_id, month.period, month.count, month.verdict) for month in published.months])
    yield from map(repr, whole.indices)
    for plan in whole.plans:
        yield repr((plan.reference, plan.targets))
        yield from (repr((one.task, one.state, one.done_on, one.mark, one.reports)) for one in plan.tasks)
    for written in whole.written:
        placing = written.placing and (written.placing.target, written.placing.reason)
        yield repr((written.contribution.unit_id, written.passage, placing))


def _plain(value: object) -> Any:
    """What JSON knows; sets in an order of their own, so that they do not differ from process to process."""
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset | set):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
