"""``plan-lifecycle access``: who sees which units on the board, and the roles of Airflow that let them in."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.cli._work import AsOf, looking

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def access() -> None:
    """Who may see and decide what on the board."""


@app.command()
def show(
    user: Annotated[str | None, typer.Option(help="A login name: what it sees.", show_default=False)] = None,
    role: Annotated[list[str] | None, typer.Option(help="A role of that login; may stand several times.")] = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show whose units each limit of config/access.yaml gives, or what a login of these roles sees.

    Exit code 2 where the file is wrong: the board lets nobody in then.
    """
    from plan_lifecycle.lifecycle.office import access_of, sight_of
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store import units as unit_rows

    settings = Settings()
    with looking(as_of) as (office, now):
        found = access_of(office.store, settings.path(settings.config), now)
        with office.store.read() as connection:
            names = {unit.id: unit.agency for unit in unit_rows.every_unit(connection)}
        asked = (
            [(user or "", role or [])]
            if user or role
            else [(each.user or "", [each.role or ""]) for each in found.limits]
        )
        for name, roles in asked:
            sight = sight_of(office.store, found, name, roles)
            units = None if sight.units is None else sorted(names.get(unit, unit) for unit in sight.units)
            answer = {"user": name or None, "roles": [one for one in roles if one], "units": units}
            say(answer, as_json=as_json, human=_told)
    if not as_json:
        others = "được xem toàn bộ" if found.others else "chưa được xem gì"
        typer.echo(f"Người không có tên trong config/access.yaml: {others}.")


@app.command()
def roles(as_json: AsJson = False) -> None:
    """Make the roles of Airflow's FAB logins for viewers and coordinators; once more adds nothing.

    Run by the installation after `airflow db migrate`. Give them with `airflow users add-role`. Other kinds of login
    have roles of their own: with Airflow's simple ones a viewer looks, a user decides, op and admin see to Airflow.
    """
    from plan_lifecycle.airflow_roles import make_roles

    made = make_roles()
    if made is None:
        answer: dict[str, Any] = {"role": None, "added": 0}
        say(answer, as_json=as_json, human=lambda _: "Đăng nhập của Airflow không dùng FAB; không cần tạo vai trò.")
        return
    for one in made:
        say(one._asdict(), as_json=as_json, human=lambda done: f"Vai trò “{done['role']}”: thêm {done['added']} quyền.")


def _told(answer: dict[str, Any]) -> str:
    who = answer["user"] or f"vai trò {', '.join(answer['roles'])}"
    units = answer["units"]
    if units is None:
        return f"{who}: toàn bộ các đơn vị"
    return f"{who}: {len(units)} đơn vị: {'; '.join(units)}"
