"""``reminders letter`` and ``reminders digest``: what is laid before coordinators and leaders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plan_lifecycle.cli._files import write_file
from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.cli._work import Again, AsOf, at_work, looking
from plan_lifecycle.domain.errors import PlanLifecycleError


def letter(
    unit: Annotated[str, typer.Option(help="Id of the unit that the item is owed to.")],
    item: Annotated[str, typer.Option(help="sub_plan or report.")],
    period: Annotated[str, typer.Option(help="2023, 2023-H1, …")],
    out: Annotated[Path, typer.Option(help="Where the Word file goes.")],
    profile: Annotated[
        str | None,
        typer.Option(help="The kind of plan, a code of config/profiles, where two ask.", show_default=False),
    ] = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Draft the official letter (công văn đôn đốc) that names all late units, for the leader to sign."""
    from plan_lifecycle.lifecycle.digest import official_letter

    with looking(as_of) as (office, now):
        draft = official_letter(office, unit, item, period, now, profile=profile)
    write_file(out, draft.data)
    answer = {"file": out, "late": draft.late}
    say(answer, as_json=as_json, human=lambda each: f"{each['file']}: {each['late']:02} đơn vị quá hạn")


def confirm(
    email: Annotated[str, typer.Argument(help="Address of the contact.")],
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Note that a contact confirmed itself; an address that was given up is used again."""
    from plan_lifecycle.lifecycle.remind import confirm_contact

    with at_work("reminders confirm", as_of, again) as (office, now):
        confirm_contact(office, email, now)
    answer = {"email": email, "confirmed_on": now.date()}
    say(answer, as_json=as_json, human=lambda each: f"Đã ghi nhận xác nhận của {each['email']}.")


def digest(as_of: AsOf = "", again: Again = False, as_json: AsJson = False) -> None:
    """Queue this morning's digests for coordinators, and the week's for leaders."""
    from plan_lifecycle.lifecycle.digest import tell_coordinators

    with at_work("reminders digest", as_of, again) as (office, now):
        told = tell_coordinators(office, now)
    say(
        told,
        as_json=as_json,
        human=lambda each: f"{each['coordinators']} bản cho đầu mối, {each['leaders']} cho lãnh đạo",
    )
    if told.faults:
        raise PlanLifecycleError("; ".join(told.faults), vi="Có bản tổng hợp chưa lập được; các bản khác đã lập xong.")
