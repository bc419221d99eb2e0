"""``plan-lifecycle publications``: count what units have published in a month against their quota."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say_each
from plan_lifecycle.cli._work import Again, AsOf, at_work
from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.domain.publication import MonthVerdict
from plan_lifecycle.domain.state_words import MONTH_WORDS
from plan_lifecycle.domain.writing import first_down

app = typer.Typer(add_completion=False)


@app.command()
def publications(
    month: Annotated[
        str,
        typer.Option(
            help="2023-M03; empty: the month of yesterday, and that before until it is final.", show_default=False
        ),
    ] = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Count the month's items of each unit in config/sources.yaml; exit code 1 where a site could not be read."""
    from plan_lifecycle.config.sources import read_sources
    from plan_lifecycle.domain.period import Period, PeriodKind
    from plan_lifecycle.lifecycle.publications import check_publications
    from plan_lifecycle.settings import Settings

    settings = Settings()
    period = Period.parse(month) if month else None
    if period is not None and period.kind is not PeriodKind.MONTH:
        vi = f"Tháng “{month}” chưa đúng; ví dụ 2023-M03."
        raise InputError("a month such as 2023-M03", field="--month", found=month, vi=vi)
    sources = read_sources(settings.sources_file)
    with at_work("publications", as_of, again) as (office, now):
        found = check_publications(office, sources, now, period)
    none = "Không có đơn vị nào được đếm tin, bài: config/sources.yaml chưa ghi chuyên mục, hoặc đã chốt tháng này."
    say_each(found, as_json=as_json, human=_told, none=none)
    failed = [f"{counted.unit}: {counted.why}" for counted in found if not counted.reached and not counted.final]
    if failed:
        raise PlanLifecycleError("; ".join(failed), vi="Có trang chưa truy cập được; chưa kết luận về số tin, bài.")


def _told(one: dict[str, Any]) -> str:
    whose = f"{one['unit']}, {one['period']}"
    if one["count"] is None:
        return f"{whose}: chưa đếm được ({one['why']})"
    count = f"{one['count']:02}/{one['quota']:02}" if one["quota"] else f"{one['count']:02}"
    verdict = MonthVerdict.MET if one["met"] else MonthVerdict.SHORT
    standing = f"chưa kết luận được ({one['why']})" if one["met"] is None else first_down(MONTH_WORDS[verdict])
    undated = f"; {one['undated']} tin, bài không rõ ngày" if one["undated"] else ""
    gone = f"; {len(one['gone'])} tin, bài không còn trên trang" if one["gone"] else ""
    return f"{whose}: {count} tin, bài, {standing}{undated}{gone}{'; đã chốt' if one['final'] else ''}"
