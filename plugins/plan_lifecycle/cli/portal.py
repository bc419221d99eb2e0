"""``plan-lifecycle portal``: serve the units' pages; list and revoke links; decide about proposed contacts."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import LARGEST, AsJson, one_way, say, say_each
from plan_lifecycle.cli._work import By, Reason, at_work, looking
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.telephone import telephones_of

app = typer.Typer(add_completion=False, no_args_is_help=True)
Request = Annotated[int, typer.Argument(help="Number of the proposal.", max=LARGEST)]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.", min=1, max=65535)] = 8088,
    proxy: Annotated[
        str, typer.Option(help="Addresses of the proxy, whose word for the client's address counts.")
    ] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Processes that share the work.", min=1, max=64)] = 1,
) -> None:
    """Serve the units' pages, behind a proxy with TLS. Needs PLAN_LIFECYCLE_PORTAL_URL and _LINK_SECRET."""
    import uvicorn

    from plan_lifecycle.logs import write_logs
    from plan_lifecycle.office_wiring import links
    from plan_lifecycle.settings import Settings

    if links(settings := Settings()) is None:
        raise InputError("an address https://…", field="PLAN_LIFECYCLE_PORTAL_URL", found="nothing")
    uvicorn.run(
        "plan_lifecycle.web.portal:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        proxy_headers=True,
        forwarded_allow_ips=proxy,
        access_log=False,  # a link stands in its path
        server_header=False,
        timeout_keep_alive=15,
        limit_concurrency=500,
        log_config=None if write_logs(settings) else uvicorn.config.LOGGING_CONFIG,
    )


@app.command("links")
def links_command(
    unit: Annotated[str, typer.Argument(help="Id of the unit.")],
    as_json: AsJson = False,
) -> None:
    """Show the address and the code of everything that a unit owes, to be read out or sent again."""
    from plan_lifecycle.lifecycle.portal import links_of

    with looking("") as (office, now):
        for link in links_of(office, unit, now):
            say(link, as_json=as_json, human=lambda one: f"{one['what']}\n  {one['address']}\n  {one['code']}")


@app.command()
def revoke(
    by: By,
    reason: Reason,
    unit: Annotated[str | None, typer.Option(help="Id of the unit: all its links.", show_default=False)] = None,
    obligation: Annotated[
        int | None, typer.Option(help="One obligation's links.", max=LARGEST, show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make links worthless that may have come into other hands; the next letters carry new ones."""
    from plan_lifecycle.lifecycle.portal import revoke_obligation, revoke_unit

    if (unit is None) == (obligation is None):
        raise one_way("either --unit or --obligation, and not both", "--unit", "--obligation")
    decider = Decider(by, reason)
    with at_work("portal revoke") as (office, now):
        if unit is not None:
            revoke_unit(office, unit, decider, now)
        elif obligation is not None:
            revoke_obligation(office, obligation, decider, now)
    answer = {"unit": unit, "obligation": obligation, "by": decider.by}
    say(answer, as_json=as_json, human=lambda _: "Đã thu hồi; thư sau sẽ có địa chỉ mới.")


@app.command()
def contacts(as_json: AsJson = False) -> None:
    """Show the contacts that units proposed and nobody decided about."""
    from plan_lifecycle.lifecycle.portal import proposed_contacts

    with looking("") as (office, _):
        none = "Không có đề nghị nào chờ xác nhận."
        say_each(proposed_contacts(office), as_json=as_json, human=_proposal, none=none)


@app.command()
def confirm(request: Request, by: By, as_json: AsJson = False) -> None:
    """Confirm a proposed contact: letters go there from now on."""
    _decide(request, by, as_json, confirmed=True)


@app.command()
def decline(request: Request, by: By, as_json: AsJson = False) -> None:
    """Decline a proposed contact."""
    _decide(request, by, as_json, confirmed=False)


def _decide(request: int, by: str, as_json: bool, *, confirmed: bool) -> None:
    from plan_lifecycle.lifecycle.portal import decide_contact

    decider = Decider(by)
    with at_work("portal confirm" if confirmed else "portal decline") as (office, now):
        decide_contact(office, request, decider, now, confirm=confirmed)
    answer = {"request": request, "confirmed": confirmed, "by": decider.by}
    say(answer, as_json=as_json, human=lambda _: "Đã xác nhận." if confirmed else "Đã ghi nhận không áp dụng.")


def _proposal(one: dict[str, Any]) -> str:
    phones = "".join(f", điện thoại {number.words}" for number in telephones_of(one["phone"]))
    who = f"{one['unit_id']}: {one['name']} <{one['email']}>{phones}"
    return f"{one['id']}. {who}, theo đề nghị của {one['stated_by']}"
