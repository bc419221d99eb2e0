"""A report that is compiled because a person asks: by a run of Airflow, where there is one."""

from __future__ import annotations

import re

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.compile import compile_report, reports_asked
from plan_lifecycle.web.board._given import Given
from plan_lifecycle.web.board._runs import COMPILE, LongAct, run_address

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9-]")


def compile_now(given: Given, unit: Unit, period: str, profile: str | None = None) -> str | None:
    """Compile a report of the kind of a ``profile``, else one of each kind that is asked for.

    Returns the address of the run that does it, from the board's own, None where it is done.
    Raises InputError where none of that kind is owed, or nothing was accepted.
    """
    wanted = reports_asked(given.office, unit.id, period, profile)
    if given.runs is not None:
        form = {"unit": unit.id, "period": period} | ({"profile": profile} if profile else {})
        name = ".".join([COMPILE, period, _NOT_PLAIN.sub("-", unit.id), *([profile] if profile else [])])
        act = LongAct("compile_reports", name, form)
        return run_address(act.dag, given.runs.start(act, given.who.name, given.now.date()))
    done = [
        compile_report(given.office, one.unit_id, one.period, given.now, profile=one.profile, asked_by=given.who.name)
        for one in wanted
    ]
    if not any(one.version for one in done):
        vi = f"Chưa có đơn vị nào gửi báo cáo cho {unit.agency}; chưa lập được báo cáo tổng hợp."
        raise InputError("reports that were accepted", field="don_vi", found=unit.id, vi=vi)
    return None
