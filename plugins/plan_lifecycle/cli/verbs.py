"""``plan-lifecycle cascade|remind|collect|compile|send``: the verbs that the DAGs run, as commands.

Each works at ``--as-of`` (empty: now) on the store of the settings, and may be run twice. Letters are queued; ``send``
sends what is queued, and every verb does so too with ``--send``.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.cli._work import Again, AsOf, at_work
from plan_lifecycle.domain.errors import InputError, PlanLifecycleError

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.office import Office

AndSend = Annotated[bool, typer.Option("--send", help="Send what is queued afterwards.")]

cascade = typer.Typer(add_completion=False)
remind = typer.Typer(add_completion=False)
collect = typer.Typer(add_completion=False)
compile_ = typer.Typer(add_completion=False)
send = typer.Typer(add_completion=False)


@cascade.command()
def cascade_command(
    plan: Annotated[Path | None, typer.Option(help="The issued plan, .docx.", show_default=False)] = None,
    province: Annotated[
        str | None, typer.Option(help="The province whose plan it is, or whose unit --unit names.", show_default=False)
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="Whose plan it is, where its letterhead does not say.", show_default=False)
    ] = None,
    year: Annotated[int | None, typer.Option(help="Its year, to be sure.", show_default=False)] = None,
    as_of: AsOf = "",
    again: Again = False,
    and_send: AndSend = False,
    as_json: AsJson = False,
) -> None:
    """Register a plan, or what was accepted, and give every unit below its draft, obligations and letter.

    The plan is its letterhead's, as the units were named on its date; --province alone says that it is the province's.
    Exit code 1 where a plan or a unit failed; the others have got theirs.
    """
    from plan_lifecycle.lifecycle.cascade import register_accepted, register_file
    from plan_lifecycle.settings import Settings

    if plan is None and (province or unit or year):
        vi = "Ghi --province, --unit hoặc --year thì ghi cả --plan."
        raise InputError("--plan, where --province, --unit or --year is given", field="--plan", found="nothing", vi=vi)
    with at_work("cascade", as_of, again) as (office, now):
        named = None
        if plan is not None:
            file = Settings().plan_file(plan)
            named = register_file(office, file, province=province, unit=unit, now=now, year=year)
        faults = [*register_accepted(office, now).faults, *_cascade_waiting(office, now, named, as_json)]
        _send_if(and_send, office, now, as_json)
    if faults:
        raise PlanLifecycleError("; ".join(faults), vi="Có kế hoạch, đơn vị chưa triển khai được; sẽ làm lại.")


def _cascade_waiting(office: Office, now: datetime, named: int | None, as_json: bool) -> list[str]:
    """Cascade plan by plan; return what failed. One plan that fails does not stop the others."""
    from plan_lifecycle.lifecycle.cascade import cascade_plan, ordered_plans

    faults: list[str] = []
    ordered = list(ordered_plans(office, now, named))
    if not ordered and not as_json:
        typer.echo(
            "Kế hoạch đã được triển khai trước đó; không có gì mới."
            if named is not None
            else "Không có kế hoạch nào chờ triển khai."
        )
    for waiting in ordered:
        try:
            done = cascade_plan(office, waiting.plan_id, now)
        except PlanLifecycleError as error:
            faults.append(f"{waiting.issuer}: {error}")
            continue
        say(asdict(done) | {"issuer": waiting.issuer}, as_json=as_json, human=_cascaded)
        faults += done.faults
    return faults


@remind.command()
def remind_command(as_of: AsOf = "", again: Again = False, and_send: AndSend = False, as_json: AsJson = False) -> None:
    """Record every reminder that is due and queue its letter, and those of drafts whose unit had nobody to write to."""
    from plan_lifecycle.lifecycle.cascade import hand_over
    from plan_lifecycle.lifecycle.remind import remind as verb

    with at_work("remind", as_of, again) as (office, now):
        faults: list[str] = []
        handed_over = hand_over(office, now, faults)
        done = verb(office, now)
        say(asdict(done) | {"handed_over": handed_over}, as_json=as_json, human=_reminded)
        _send_if(and_send, office, now, as_json)
    if faults := [*faults, *done.faults]:
        raise PlanLifecycleError("; ".join(faults), vi="Có thư chưa lập được; các thư khác đã lập xong.")


@collect.command()
def collect_command(as_of: AsOf = "", again: Again = False, and_send: AndSend = False, as_json: AsJson = False) -> None:
    """Take in what came over every channel, file it, answer it. Exit code 1 where a channel could not be asked."""
    from plan_lifecycle.channel_wiring import channels
    from plan_lifecycle.lifecycle.collect import collect as verb
    from plan_lifecycle.settings import Settings

    with at_work("collect", as_of, again) as (office, now):
        done = verb(office, channels(Settings()), now)
        say(done, as_json=as_json, human=_collected)
        _send_if(and_send, office, now, as_json)
    if done.faults:
        raise PlanLifecycleError("; ".join(done.faults), vi="Có nguồn tiếp nhận chưa lấy được; sẽ thử lại.")


@compile_.command()
def compile_command(
    unit: Annotated[str | None, typer.Option(help="Id of the unit whose report it is.", show_default=False)] = None,
    period: Annotated[str | None, typer.Option(help="2023-H1, 2023, …", show_default=False)] = None,
    profile: Annotated[
        str | None,
        typer.Option(help="Its kind, a code of config/profiles; else all that are asked for.", show_default=False),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who asks for that one.", show_default=False)] = None,
    as_of: AsOf = "",
    again: Again = False,
    and_send: AndSend = False,
    as_json: AsJson = False,
) -> None:
    """Compile every report that is due; with --unit and --period that one, as a new version if its inputs changed.

    Where plans of two kinds ask for one of that period, it is two, or that of --profile.

    The coordinator's letter is queued with a new version, the leader's on the next working morning unless it is held.
    Exit code 1 where a report could not be compiled or given; the others are.
    """
    from plan_lifecycle.lifecycle.compile import compile_report, reports_asked, reports_due
    from plan_lifecycle.lifecycle.release import deliver_reports

    if (unit is None) != (period is None) or ((profile or by) and not unit):
        raise InputError("--unit and --period together", vi="Đề nghị ghi cả --unit và --period.")
    with at_work("compile", as_of, again) as (office, now):
        wanted = reports_asked(office, unit, period, profile) if unit and period else reports_due(office, now)
        if not wanted and not as_json:
            typer.echo("Không có báo cáo nào đến kỳ tổng hợp.")
        faults = []
        for one in wanted:
            try:
                done = compile_report(office, one.unit_id, one.period, now, profile=one.profile, asked_by=by)
                say(done, as_json=as_json, human=_compiled)
            except PlanLifecycleError as error:
                if unit is not None:
                    raise
                faults.append(f"{one.unit}, {one.name}: {error}")
        faults += deliver_reports(office, now).faults
        _send_if(and_send, office, now, as_json)
    if faults:
        raise PlanLifecycleError("; ".join(faults), vi="Có báo cáo chưa tổng hợp được; các báo cáo khác đã lập xong.")


@send.command()
def send_command(as_of: AsOf = "", again: Again = False, as_json: AsJson = False) -> None:
    """Send every letter that is queued. Exit code 1 where letters failed or the server could not be reached."""
    with at_work("send", as_of, again) as (office, now):
        _send_if(True, office, now, as_json)


def _send_if(wanted: bool, office: Office, now: datetime, as_json: bool) -> None:
    if not wanted:
        return
    from plan_lifecycle.lifecycle.send import send_outbox, sent_today
    from plan_lifecycle.mail.transport import Transport
    from plan_lifecycle.office_wiring import mail_server, worker_name
    from plan_lifecycle.settings import Settings

    wall = datetime.now(UTC)

    def connect() -> Transport:
        server = mail_server(Settings())
        if server is None:
            vi = "Chưa đặt máy chủ gửi thư (PLAN_LIFECYCLE_SMTP_HOST). Thư được giữ lại; đặt xong chạy lệnh send."
            raise InputError("the name of a mail server", field="PLAN_LIFECYCLE_SMTP_HOST", found="nothing", vi=vi)
        return Transport(server, sent_today=sent_today(office, now, wall))

    done = send_outbox(office, connect, now=now, wall=wall, worker=worker_name())
    say(done, as_json=as_json, human=_sent)
    if done.stopped or done.failed:
        raise PlanLifecycleError(
            done.stopped or f"{len(done.failed)} letters failed", vi="Có thư chưa gửi được; thư được giữ lại."
        )


def _cascaded(done: dict[str, Any]) -> str:
    from plan_lifecycle.lifecycle.cascade import nothing_asked

    if told := nothing_asked(done["without_duties"], done["nobody"]):
        return f"{done['issuer']}: {told}"
    if not any(done[what] for what in ("drafts", "letters", "moved", "closed", "undecided", "faults")):
        return f"{done['issuer']}: không có đơn vị nào phải triển khai thêm"
    text = f"{done['issuer']}: {done['drafts']} dự thảo, {done['obligations']} nội dung phải gửi, {done['letters']} thư"
    text += f"; giao {done['handed_over']} dự thảo cho đơn vị mới có liên hệ" if done.get("handed_over") else ""
    return text + _named("chưa có liên hệ", done["without_contact"]) + _named("chờ xác định hạn", done["undecided"])


def _reminded(done: dict[str, Any]) -> str:
    text = f"{done['reminders']} nội dung nhắc trong {done['letters']} thư; bỏ qua {done['skipped']} nấc đã qua"
    text += f"; giao {done['handed_over']} dự thảo cho đơn vị mới có liên hệ" if done.get("handed_over") else ""
    return text + _named("chưa có liên hệ", done["without_contact"]) + _named("đã kết thúc hoạt động", done["ended"])


def _named(what: str, names: list[str]) -> str:
    return f"; {what}: {', '.join(names)}" if names else ""


def _collected(done: dict[str, Any]) -> str:
    return (
        f"nhận {done['arrived']}, ghi nhận {done['filed']}, tiếp nhận {done['accepted']}, "
        f"đề nghị hoàn thiện {done['returned']}, chưa nhận {done['refused']}, chưa rõ {done['unmatched']}, "
        f"trùng {done['duplicates']}"
    )


def _compiled(done: dict[str, Any]) -> str:
    made = f"bản {done['version']}" if done["version"] else "chưa lập báo cáo"
    return f"{done['unit']}, {done['period']}: {done['received']}/{done['expected']} đơn vị ({made})"


def _sent(done: dict[str, Any]) -> str:
    if done["paused"]:
        return f"còn chờ {done['queued']} thư; mọi thư đang được {done['paused']}"
    return f"đã gửi {done['sent']} thư; gửi lại sau {done['later']}; còn chờ {done['queued']}"
