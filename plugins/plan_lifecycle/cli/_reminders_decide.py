"""``reminders suspend|resume|away|resend``: what people decide, with ``--by`` and ``--reason``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import LARGEST, AsJson, batch, day_of, iso_date, say
from plan_lifecycle.cli._work import Again, AsOf, By, Reason, at_work
from plan_lifecycle.domain.decider import Decider


def suspend(
    by: By,
    reason: Reason,
    unit: Annotated[str | None, typer.Option(help="Only letters to this unit (id).", show_default=False)] = None,
    plan: Annotated[
        int | None, typer.Option(help="Only letters under this plan (id).", max=LARGEST, show_default=False)
    ] = None,
    obligation: Annotated[
        int | None, typer.Option(help="Only letters about this (id).", max=LARGEST, show_default=False)
    ] = None,
    begin: Annotated[str, typer.Option("--from", help="First day without letters.", show_default="today")] = "",
    until: Annotated[str, typer.Option(help="Last day without letters.", show_default="until resumed")] = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Send no reminders about a unit, a plan or one thing owed; with none of them, no mail at all."""
    from plan_lifecycle.domain.pausing import Suspension
    from plan_lifecycle.lifecycle.remind import suspend as verb

    with at_work("reminders suspend", as_of, again, by=by) as (office, now):
        first = iso_date(begin, field="--from") or now.date()
        last = iso_date(until, field="--until")
        new = Suspension(first, last, by, reason, plan_id=plan, unit_id=unit, obligation_id=obligation)
        suspension_id = verb(office, new, now)
    answer = {"suspension": suspension_id, "unit": unit, "plan": plan, "from": first, "until": new.until_on}
    say(answer, as_json=as_json, human=lambda each: f"Đã tạm dừng gửi thư (số {each['suspension']}).")


def resume(
    suspension: Annotated[int, typer.Argument(help="Number of the suspension.", max=LARGEST)],
    by: By,
    reason: Reason,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Let reminders go again from today; what fell due meanwhile is caught up with the newest rung."""
    from plan_lifecycle.lifecycle.remind import resume as verb

    with at_work("reminders resume", as_of, again, by=by) as (office, now):
        verb(office, suspension, Decider(by, reason), now)
    answer = {"suspension": suspension, "lifted_on": now.date()}
    say(answer, as_json=as_json, human=lambda each: f"Gửi thư trở lại từ ngày {each['lifted_on']}.")


def away(
    email: Annotated[str, typer.Argument(help="Address of who is away.")],
    begin: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option(help="Last day, YYYY-MM-DD.")],
    by: By,
    reason: Reason,
    substitute: Annotated[str | None, typer.Option(help="Who gets the letters meanwhile.", show_default=False)] = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Note that a contact is away; without a substitute the unit's next contact gets the letters."""
    from plan_lifecycle.domain.pausing import Absence
    from plan_lifecycle.lifecycle.remind import stand_in

    first, last = day_of(begin, field="--from"), day_of(until, field="--until")
    with at_work("reminders away", as_of, again, by=by) as (office, now):
        new = stand_in(office, Absence(email, first, last, substitute, by, reason), now)
    answer = {"email": email, "from": first, "until": last, "substitute": substitute, "new": new}
    say(answer, as_json=as_json, human=lambda each: f"Đã ghi nhận: {each['email']} vắng đến {each['until']}.")


def resend(
    ids: Annotated[list[str], typer.Argument(help="O5 …: what is owed.", metavar="ID…")],
    by: By,
    reason: Annotated[str, typer.Option(help="Why, if there is something to say.", show_default=False)] = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Write once more about what is owed, to the people of today: one letter to each address, once a day."""
    from plan_lifecycle.cli._review_given import read_ids
    from plan_lifecycle.lifecycle.remind import remind_again

    decider = Decider(by, reason)
    with at_work("reminders resend", as_of, again, by=by) as (office, now), batch() as complain:
        wanted = [which.number for which in read_ids(ids, complain, "O")]
        outcomes = remind_again(office, wanted, decider, now)
    for outcome in outcomes:
        say(outcome, as_json=as_json, human=_resent)


def sample(
    ids: Annotated[list[str], typer.Argument(help="O5 …: what is owed.", metavar="ID…")],
    by: By,
    to: Annotated[str, typer.Option(help="Your own address.", show_default=False)],
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Send a letter as a unit would get it to an address of your own, without the links with which one acts."""
    from plan_lifecycle.cli._review_given import read_ids
    from plan_lifecycle.lifecycle.remind import send_sample

    with at_work("reminders sample", as_of, again, by=by) as (office, now), batch() as complain:
        wanted = [which.number for which in read_ids(ids, complain, "O")]
        subject = send_sample(office, wanted, to, Decider(by), now)
        say({"subject": subject, "to": to}, as_json=as_json, human=lambda one: f"{one['to']}: {one['subject']}")


def _resent(one: dict[str, Any]) -> str:
    became = f"chưa gửi: {one['why']}" if one["why"] else f"gửi đến {'; '.join(one['to'])}"
    return f"O{one['obligation']}  {one['unit']}: {one['what']}: {became}"


def back(
    email: Annotated[str, typer.Argument(help="Address of who is back.")],
    by: By,
    reason: Reason = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Take back that a contact is away."""
    from plan_lifecycle.lifecycle.remind import come_back

    with at_work("reminders back", as_of, again, by=by) as (office, now):
        come_back(office, email, Decider(by, reason), now)
    say({"email": email}, as_json=as_json, human=lambda each: f"Thư lại gửi đến {each['email']}.")
