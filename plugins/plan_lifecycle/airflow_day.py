"""The business day of a DAG's run: typed in its form, carried by what woke it, or the run's own date.

The coordinator replays 20/02 on 24/02: *Ngày nghiệp vụ* and *Chạy lại ngày cũ* in the form of *Tiếp nhận kế hoạch, báo
cáo*. Huyện Bắc Bình's plan is accepted on 20/02 then, and the cascade that this wakes works on 20/02, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from airflow.sdk import Param, get_current_context

from plan_lifecycle.domain.clock import LOCAL, TypedDay, business_moment, not_ahead, read_as_of
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.settings import Settings
from plan_lifecycle.store.engine import Store

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.cascade import WaitingPlan

MOMENT = "business_moment"
"""What an asset event carries: the business moment of the run that it comes from."""
AGAIN = "Chạy lại ngày cũ"
NOBODY = "airflow"
"""Who typed a day where Airflow knows no login."""


def day_params() -> dict[str, Param]:
    """The parameters that every DAG takes: ``as_of``, and ``again`` where an old day is meant."""
    return {
        "as_of": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Ngày nghiệp vụ",
            description="Chạy như vào ngày này, không sau hôm nay. Để trống: ngày của lần chạy.",
        ),
        "again": Param(
            False,
            type="boolean",
            title=AGAIN,
            description="Chọn khi ngày nghiệp vụ trước ngày làm việc gần nhất; người chạy và ngày được ghi nhật ký.",
        ),
    }


def begin_run(store: Store) -> datetime:
    """The run's business moment, noted in the store; clearing a task later gives the same one.

    Raises InputError where somebody typed a day after today, or an old one without saying that it is meant. A run's own
    date, and that of what woke it, is never refused. Raises ClockError where the machine's clock cannot be trusted.
    """
    # Readers of papers are behind it: not while a DAG is parsed.
    from plan_lifecycle.lifecycle.office import begin_by_the_clock, begin_day

    settings, wall = Settings(), datetime.now(UTC)
    as_of = _day_of_the_form()
    now = moments(store)[-1]
    if settings.simulation:
        begin_day(store, now, wall=now)
        return now
    not_ahead(as_of, wall=wall, field="as_of")
    begin_by_the_clock(store, now, wall=wall, typed=None if as_of is None else _typed(now.date()))
    return now


def moments(store: Store) -> list[datetime]:
    """The moments that the run works at, the oldest first: one, or those of several events of different days.

    A run of a played year that no day was typed for works at the newest day of that year.
    """
    from plan_lifecycle.lifecycle.office import moment_now

    context = get_current_context()
    as_of = _day_of_the_form()
    run = context["dag_run"]
    carried = [event.extra[MOMENT] for event in run.consumed_asset_events if MOMENT in event.extra]
    if as_of is None and carried:
        found = sorted(datetime.fromisoformat(str(moment)).astimezone(LOCAL) for moment in carried)
        return list({moment.date(): moment for moment in found}.values())
    if as_of is None:
        return [moment_now(store, wall=run.run_after, played=Settings().simulation)]
    return [business_moment(as_of, otherwise=run.run_after)]


def _day_of_the_form() -> date | datetime | None:
    """What was typed as ``as_of``; None for nothing. Raises InputError for what is no day."""
    text = get_current_context()["params"].get("as_of")
    try:
        return read_as_of(text)
    except ValueError as error:
        vi = f"Ngày nghiệp vụ “{text}” chưa đúng; đề nghị chọn trong lịch, hoặc ghi như 2026-02-20."
        raise InputError("a day such as 2026-02-20", field="as_of", found=text, vi=vi) from error


def at_their_moments(store: Store, plans: Sequence[WaitingPlan]) -> list[dict[str, Any]]:
    """The plans as items of a mapped task, each with the moment to work at: the first that it was registered by."""
    known = moments(store)
    return [
        {
            "plan_id": plan.plan_id,
            "issuer": plan.issuer,
            "at": next((at for at in known if plan.registered_at.date() <= at.date()), known[-1]).isoformat(),
        }
        for plan in plans
    ]


def _typed(day: date) -> TypedDay:
    """Who typed the day, in which run: its tasks and their retries are one typing."""
    context = get_current_context()
    run = context["dag_run"]
    who, again = run.triggering_user_name or NOBODY, bool(context["params"].get("again"))
    return TypedDay(
        day, who, run.dag_id, again, f"{run.dag_id}/{run.run_id}", "as_of", "again", f"chọn “{AGAIN}” khi chạy"
    )
