"""``plan-lifecycle review``: what waits for a person, and the acts on it, each by a named person with a reason.

Ids are those of ``review list``: S12 a submission, O5 an obligation, A7 an arrival. A reason is a code of
``config/reasons.yaml`` or a sentence of one's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, batch, day_of, one_way, say, say_each
from plan_lifecycle.cli._review_assign import SeveralTargets, assign
from plan_lifecycle.cli._review_given import Complain, ReasonCode, decided, decider_of, meant, read_ids
from plan_lifecycle.cli._review_handover import handover
from plan_lifecycle.cli._review_record import record
from plan_lifecycle.cli._work import Again, AsOf, By, at_work, looking
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.writing import short_date

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.review import Decided, SubjectId

app = typer.Typer(no_args_is_help=True, add_completion=False)

Ids = Annotated[list[str] | None, typer.Argument(help="S12, O5, A7 …", metavar="ID…", show_default=False)]
Unit = Annotated[str, typer.Option(help="Id or name of the unit, instead of ids.", show_default=False)]
ItemName = Annotated[str, typer.Option("--item", help="sub_plan | report | quota", show_default=False)]
PeriodCode = Annotated[str, typer.Option("--period", help="2023, 2023-H1, …", show_default=False)]


@app.callback()
def review() -> None:
    """See what waits for a person; accept, return, assign, waive, extend, decline, reopen, record, handover."""


@app.command("list")
def list_command(as_of: AsOf = "", as_json: AsJson = False) -> None:
    """List what waits for a person: submissions, arrivals, obligations without a day or of units that
    ended, what units say or ask on their page."""
    from plan_lifecycle.lifecycle.review import waiting

    with looking(as_of) as (office, now):
        found = waiting(office, now)
    say_each(found, as_json=as_json, human=_waits, none="Không có việc nào chờ xử lý.")


@app.command("accept")
def accept_command(
    by: By,
    ids: Ids = None,
    reason: ReasonCode = "",
    all_clean: Annotated[bool, typer.Option("--all-clean", help="Everything without findings.")] = False,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Accept submissions: their obligations are met, the units are told."""
    from plan_lifecycle.lifecycle.review import accept_these, clean_submissions

    if all_clean == bool(ids):
        raise one_way("either ids or --all-clean, and not both", "mã văn bản", "--all-clean")
    with at_work("review accept", as_of, again, by=by) as (office, now), batch() as complain:
        decider = decider_of(office, ActKind.ACCEPT, by, reason)
        wanted = clean_submissions(office) if all_clean else read_ids(ids, complain)
        _tell(accept_these(office, wanted, decider, now), as_json, complain)


@app.command("return")
def return_command(
    by: By, reason: ReasonCode, ids: Ids = None, as_of: AsOf = "", again: Again = False, as_json: AsJson = False
) -> None:
    """Return submissions to be completed, with a letter and a fresh day; lay aside an arrival that belongs nowhere."""
    from plan_lifecycle.lifecycle.review import Subject, lay_aside, return_these

    with at_work("review return", as_of, again, by=by) as (office, now), batch() as complain:
        decider = decider_of(office, ActKind.RETURN, by, reason)
        wanted = read_ids(ids, complain)
        arrivals = [subject for subject in wanted if subject.subject is Subject.ARRIVAL]
        sent = [subject for subject in wanted if subject.subject is not Subject.ARRIVAL]
        _tell(return_these(office, sent, decider, now), as_json, complain)
        _each(arrivals, lambda one: lay_aside(office, one, decider, now), as_json, complain)


@app.command("reopen")
def reopen_command(
    by: By, reason: ReasonCode, ids: Ids = None, as_of: AsOf = "", again: Again = False, as_json: AsJson = False
) -> None:
    """Take a decision back: it waits for a person again, and no rule decides it."""
    from plan_lifecycle.lifecycle.review import reopen

    with at_work("review reopen", as_of, again, by=by) as (office, now), batch() as complain:
        decider = decider_of(office, ActKind.REOPEN, by, reason)
        wanted = read_ids(ids, complain)
        _each(wanted, lambda one: reopen(office, one, decider, now), as_json, complain)


@app.command("waive")
def waive_command(
    by: By,
    reason: ReasonCode,
    ids: Ids = None,
    unit: Unit = "",
    item: ItemName = "",
    period: PeriodCode = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Let units off what they owe: by id (O5; S12 means its obligation), or by unit, item and period."""
    from plan_lifecycle.lifecycle.review import waive_these

    with at_work("review waive", as_of, again, by=by) as (office, now), batch() as complain:
        decider = decider_of(office, ActKind.WAIVE, by, reason)
        wanted = meant(office, now, ids, (unit, item, period), complain)
        _tell(waive_these(office, wanted, decider, now), as_json, complain)


@app.command("extend")
def extend_command(
    by: By,
    reason: ReasonCode,
    until: Annotated[str, typer.Option(help="The new last day, YYYY-MM-DD.", show_default=False)],
    ids: Ids = None,
    unit: Unit = "",
    item: ItemName = "",
    period: PeriodCode = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Put the last day of obligations later: by id, or by unit, item and period. Their reminders follow the new day."""
    from plan_lifecycle.lifecycle.review import extend_these

    last_day = day_of(until, field="--until")
    with at_work("review extend", as_of, again, by=by) as (office, now), batch() as complain:
        decider = decider_of(office, ActKind.EXTEND, by, reason)
        wanted = meant(office, now, ids, (unit, item, period), complain)
        _tell(extend_these(office, wanted, last_day, decider, now), as_json, complain)


@app.command("decline")
def decline_command(
    by: By,
    reason: ReasonCode,
    ids: Ids = None,
    unit: Unit = "",
    item: ItemName = "",
    period: PeriodCode = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Decline what units say or ask on their page (sent elsewhere, more time): by id, or by unit, item and period."""
    from plan_lifecycle.lifecycle.review import decline_this

    with at_work("review decline", as_of, again, by=by) as (office, now), batch() as complain:
        decider = decider_of(office, ActKind.DECLINE_STATEMENT, by, reason)
        wanted = meant(office, now, ids, (unit, item, period), complain)
        _each(wanted, lambda one: decline_this(office, one, decider, now), as_json, complain)


app.command("assign", cls=SeveralTargets)(assign)
app.command("record")(record)
app.command("handover")(handover)


def _each(ids: Iterable[SubjectId], act: Callable[[SubjectId], Decided], as_json: bool, complain: Complain) -> None:
    """Act on every id; one that is refused is told, and the others are done all the same."""
    for subject in ids:
        try:
            say(act(subject), as_json=as_json, human=decided)
        except InputError as error:
            complain(error)


def _tell(outcomes: Iterable[Decided | InputError], as_json: bool, complain: Complain) -> None:
    for outcome in outcomes:
        if isinstance(outcome, InputError):
            complain(outcome)
        else:
            say(outcome, as_json=as_json, human=decided)


def _waits(one: dict[str, Any]) -> str:
    from plan_lifecycle.lifecycle.review import WaitingKind

    late = f", chậm {one['days_late']:02} ngày" if one["days_late"] else ""
    added = " (đến sau khi đã tổng hợp, để bổ sung phụ lục)" if one["kind"] == WaitingKind.ADDENDUM else ""
    who = one["unit"] or "chưa rõ đơn vị"
    lines = [f"{one['id']}  {who}: {one['what']}{late}{added}", *(f"- {text}" for text in one["why"])]
    return "\n      ".join(map(_printable, [*lines, *_around(one["arrival"] or {})]))


def _printable(line: str) -> str:
    """What strangers wrote, without anything that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in line)


def _around(arrival: dict[str, Any]) -> Iterator[str]:
    """What is known around an arrival that could not be placed."""
    for name, label in (("sender", "Người gửi"), ("subject", "Tiêu đề thư")):
        if arrival.get(name):
            yield f"{label}: {arrival[name]}"
    for name, label in (("together", "Gửi cùng"), ("units", "Có thể của")):
        if arrival.get(name):
            yield f"{label}: {'; '.join(arrival[name])}"
    for each in arrival.get("candidates", []):
        due = f", hạn {_day(each['due_on'])}" if each["due_on"] else ""
        yield f"{each['id']}  {each['unit']}: {each['what']}{due}"
    yield from _stated(arrival.get("stated") or {})
    yield from arrival.get("commands", [])


def _stated(said: dict[str, Any]) -> Iterator[str]:
    """What a message without a file says."""
    if sent := said.get("sent"):
        told = [f"số {sent['reference']}"] if sent["reference"] else []
        told += [f"ngày {_day(sent['issued_on'])}"] if sent["issued_on"] else []
        told += [f"gửi ngày {_day(sent['sent_on'])}"] if sent["sent_on"] else []
        told += [_WAYS[sent["way"]]] if sent["way"] else []
        yield f"Đơn vị cho biết đã gửi: {', '.join(told) or 'chưa nêu số, ngày'} (“{sent['words']}”)"
    if asked := said.get("extension"):
        more = f"thêm {asked['days']:02} ngày" if asked["days"] else "chưa nêu ngày"
        until = f"đến hết ngày {_day(asked['until'])}" if asked["until"] else more
        yield f"Đơn vị đề nghị gia hạn: {until} (“{asked['words']}”)"


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso))


_WAYS = {"axis": "qua hệ thống quản lý văn bản", "paper": "bản giấy", "hand": "nộp trực tiếp"}
