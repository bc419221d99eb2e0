"""``plan-lifecycle people``: the people of a unit, and each of them changed by hand, as the board does it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import LARGEST, AsJson, day_of, iso_date, say, say_each
from plan_lifecycle.cli._work import Again, AsOf, By, Reason, at_work, looking
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.unit import ContactRole

app = typer.Typer(no_args_is_help=True, add_completion=False)
Unit = Annotated[str, typer.Argument(help="Id of the unit.")]
PersonId = Annotated[int, typer.Argument(help="Number of the person, as `people show` has it.", max=LARGEST)]
Role = Annotated[ContactRole, typer.Option(help="Who the person is within the unit.")]
Name = Annotated[str, typer.Option(help="Full name.")]
Email = Annotated[str, typer.Option(help="Address for letters.")]
Phone = Annotated[str, typer.Option(help="Telephone numbers; several with semicolons.")]
Substitute = Annotated[str, typer.Option(help="Address of who gets the letters while the person is away.")]


@app.callback()
def people() -> None:
    """The people of a unit: show, add, correct, replace, end, take back; what is held of one, and forgetting it."""


@app.command()
def show(unit: Unit, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """Show the people of a unit with their numbers, and what was changed by hand."""
    from plan_lifecycle.lifecycle.people import people_of_unit

    with looking(as_of) as (office, now):
        found = people_of_unit(office, unit, now)
    say_each(found.now, as_json=as_json, human=_person, none="Đơn vị chưa có người liên hệ.")
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
    reason: Reason = "",
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
    reason: Reason = "",
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
    reason: Reason = "",
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
    reason: Reason = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Write to a person no longer than until a day."""
    from plan_lifecycle.lifecycle.people import end_person

    day = day_of(last, field="--last")
    with at_work("people end", as_of, again, by=by) as (office, now):
        end_person(office, person, day, Decider(by, reason), now)
    _done(person, as_json)


@app.command()
def export(person: PersonId, as_of: AsOf = "") -> None:
    """Write out everything that is held of a person, as JSON: for whoever asks what is held of them.

    Rows by where they stand: the list of people and its changes, letters, mails, what units handed in under the name,
    acts on the trail.
    """
    import json

    from plan_lifecycle.lifecycle.people import held_of

    with looking(as_of) as (office, _):
        found = held_of(office, person)
    typer.echo(json.dumps({"person": person, "held": found}, ensure_ascii=False, indent=2, default=str))


@app.command()
def anonymise(
    person: PersonId,
    by: By,
    reason: Reason = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go; nothing is written.")] = False,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Forget a person whose term is over: name, address and numbers go; what a unit handed in, and the trail, stay.

    It cannot be taken back. Refused while the term lasts or a letter to the person waits; a second time does nothing.
    """
    from plan_lifecycle.lifecycle.people import foresee_forgetting, forget_person

    if dry_run:
        with looking(as_of) as (office, now):
            found = foresee_forgetting(office, person, now)
    else:
        with at_work("people anonymise", as_of, again, by=by) as (office, now):
            found = forget_person(office, person, Decider(by, reason), now)
    say(found, as_json=as_json, human=_forgotten)


@app.command()
def undo(
    unit: Unit,
    number: Annotated[int, typer.Argument(help="Number of the change, as `people show` has it.", max=LARGEST)],
    by: By,
    reason: Reason = "",
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


def _forgotten(one: dict[str, Any]) -> str:
    from plan_lifecycle.domain.held import held_words

    told = f"Ẩn danh: {held_words(one['gone']) or 'không còn nội dung nào'}."
    if one["kept"]:
        told += f"\nGiữ lại làm căn cứ: {held_words(one['kept'])}."
    return told + ("\nĐịa chỉ thư còn là của người khác: thư giữ nguyên." if one["shared"] else "")


def _person(one: dict[str, Any]) -> str:
    from plan_lifecycle.domain.telephone import telephones_of
    from plan_lifecycle.domain.unit import ROLE_WORDS

    phones = "".join(f", {phone.words}" for phone in telephones_of(one["phone"]))
    dead = " (thư không đến)" if one["unreachable_since"] else ""
    return f"{one['id']}. {one['name']}, {ROLE_WORDS[one['role']]} <{one['email']}>{phones}{dead}"


def _change(one: dict[str, Any]) -> str:
    undone = f"; đã bỏ ({one['undone_by']})" if one["undone_at"] else ""
    return f"  thay đổi {one['id']}: người số {one['contact_id']}, {one['by']}{undone}"
