"""``plan-lifecycle people``: the people of a unit, and each of them changed by hand, as the board does it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, iso_date, say
from plan_lifecycle.cli._work import Again, AsOf, at_work, looking
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import ContactRole

app = typer.Typer(no_args_is_help=True, add_completion=False)
By = Annotated[str, typer.Option(help="Who decides.")]
Reason = Annotated[str | None, typer.Option(help="Why.", show_default=False)]
Unit = Annotated[str, typer.Argument(help="Id of the unit.")]
PersonId = Annotated[int, typer.Argument(help="Number of the person, as `people show` has it.")]
Role = Annotated[ContactRole, typer.Option(help="Who the person is within the unit.")]
Name = Annotated[str, typer.Option(help="Full name.")]
Email = Annotated[str, typer.Option(help="Address for letters.")]
Phone = Annotated[str, typer.Option(help="Telephone numbers; several with semicolons.")]
Substitute = Annotated[str, typer.Option(help="Address of who gets the letters while the person is away.")]


@app.callback()
def people() -> None:
    """The people of a unit: show, add, correct, replace, end, take back."""


@app.command()
def show(unit: Unit, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """Show the people of a unit with their numbers, and what was changed by hand."""
    from plan_lifecycle.lifecycle.people import people_of_unit

    with looking(as_of) as (office, now):
        found = people_of_unit(office, unit, now)
    for person in found.now:
        say(person, as_json=as_json, human=_person)
    if not as_json:
        for change in found.changes:
            say(change, as_json=False, human=_change)


@app.command()
def add(
    unit: Unit,
    role: Role,
    name: Name,
    email: Email,
    by: By,
    phone: Phone = "",
    substitute: Substitute = "",
    reason: Reason = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Add a person to a unit from today on."""
    from plan_lifecycle.lifecycle.people import PersonGiven, add_person

    given = PersonGiven(role, name, email, phone, substitute)
    with at_work("people add", as_of, again, by=by) as (office, now):
        number = add_person(office, unit, given, Decider(by, reason), now)
    _done(number, as_json)


@app.command()
def change(
    person: PersonId,
    role: Role,
    name: Name,
    email: Email,
    by: By,
    phone: Phone = "",
    substitute: Substitute = "",
    reason: Reason = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Correct what is known of a person; all of it is written again."""
    from plan_lifecycle.lifecycle.people import PersonGiven, change_person

    given = PersonGiven(role, name, email, phone, substitute)
    with at_work("people change", as_of, again, by=by) as (office, now):
        change_person(office, person, given, Decider(by, reason), now)
    _done(person, as_json)


@app.command()
def replace(
    person: PersonId,
    role: Role,
    name: Name,
    email: Email,
    by: By,
    since: Annotated[str, typer.Option(help="First day of the new person, YYYY-MM-DD.", show_default="today")] = "",
    phone: Phone = "",
    substitute: Substitute = "",
    reason: Reason = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Let another person take a person's place from a day on."""
    from plan_lifecycle.lifecycle.people import PersonGiven, replace_person

    given, first = PersonGiven(role, name, email, phone, substitute), iso_date(since, field="--since")
    with at_work("people replace", as_of, again, by=by) as (office, now):
        number = replace_person(office, person, given, first or now.date(), Decider(by, reason), now)
    _done(number, as_json)


@app.command()
def end(
    person: PersonId,
    last: Annotated[str, typer.Option(help="Last day on which the person is written to, YYYY-MM-DD.")],
    by: By,
    reason: Reason = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Write to a person no longer than until a day."""
    from plan_lifecycle.lifecycle.people import end_person

    day = iso_date(last, field="--last")
    if day is None:
        raise InputError("a date YYYY-MM-DD", field="--last", found=last)
    with at_work("people end", as_of, again, by=by) as (office, now):
        end_person(office, person, day, Decider(by, reason), now)
    _done(person, as_json)


@app.command()
def undo(
    unit: Unit,
    number: Annotated[int, typer.Argument(help="Number of the change, as `people show` has it.")],
    by: By,
    reason: Reason = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Take back the last change of a person."""
    from plan_lifecycle.lifecycle.people import undo_change

    with at_work("people undo", as_of, again, by=by) as (office, now):
        undo_change(office, unit, number, Decider(by, reason), now)
    _done(number, as_json)


def _done(number: int, as_json: bool) -> None:
    say({"number": number}, as_json=as_json, human=lambda one: f"Đã ghi (số {one['number']}).")


def _person(one: dict[str, Any]) -> str:
    from plan_lifecycle.domain.telephone import telephones_of
    from plan_lifecycle.domain.unit import ROLE_WORDS

    phones = "".join(f", {phone.words}" for phone in telephones_of(one["phone"]))
    dead = " (thư không đến)" if one["unreachable_since"] else ""
    return f"{one['id']}. {one['name']}, {ROLE_WORDS[one['role']]} <{one['email']}>{phones}{dead}"


def _change(one: dict[str, Any]) -> str:
    undone = f"; đã bỏ ({one['undone_by']})" if one["undone_at"] else ""
    return f"  thay đổi {one['id']}: người số {one['contact_id']}, {one['by']}{undone}"
