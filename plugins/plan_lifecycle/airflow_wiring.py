"""Between Airflow and the verbs: a run's office, what all DAGs share.

The DAG files stay one screen: they wire tasks that call these functions. No business state passes through XCom, only
ids and names of what the store says is to be done.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, AssetAlias, CronTriggerTimetable, get_current_context

from plan_lifecycle import airflow_metrics as metrics
from plan_lifecycle.airflow_connections import imap_server, mail_server, object_store
from plan_lifecycle.airflow_day import MOMENT, begin_run
from plan_lifecycle.airflow_failures import fail_once, input_fails_once, tell
from plan_lifecycle.airflow_lateness import OWNER
from plan_lifecycle.airflow_notes import note
from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.settings import Settings

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.office import Office

MAIL_POOL = "plan_lifecycle_mail"
DOCUMENT_POOL = "plan_lifecycle_documents"
MAIL_QUEUE, DOCUMENT_QUEUE = "mail", "documents"
"""What Celery workers listen to (``airflow celery worker --queues``): letters never wait behind documents."""
SOURCES = "config/sources.yaml"
"""The task that stands for endpoints which cannot be read from there."""
NAMES_OF_CHANNELS = {
    "folder": "Thư mục nhận",
    "mailbox": "Hộp thư",
    "http": "Hệ thống được kết nối",
    SOURCES: "Danh sách nguồn",
}

ACCEPTED_PLANS = Asset("plan-lifecycle://accepted-plans")
"""Wakes the cascade and says at which business moment; which plans are to be cascaded is for the store to say."""
ACCEPTED_PLANS_ALIAS = AssetAlias("plan-lifecycle-accepted-plans")

DEFAULTS: dict[str, Any] = {
    "owner": OWNER,
    "queue": DOCUMENT_QUEUE,
    "retries": 2,
    "retry_delay": timedelta(minutes=1),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=15),
    "execution_timeout": timedelta(minutes=30),
}


class LettersFailedError(PlanLifecycleError):
    """Letters could not leave: the server cannot be reached, so a retry may help."""


class SourcesFailedError(PlanLifecycleError):
    """Channels or items could not be taken in; everything else was."""


class UnitsFailedError(PlanLifecycleError):
    """Some units of a batch failed; the others are done, and clearing the task redoes only these."""


def fail_for(faults: Sequence[str]) -> None:
    """Fail at the end of a batch: how many failed is seen, the faults, which may name ids, are folded."""
    if faults:
        tell(f"Có {len(faults):02} trường hợp chưa thực hiện được; phần còn lại đã thực hiện.", "\n".join(faults))
        raise UnitsFailedError(f"{len(faults)} failed: {'; '.join(faults)}")


def fail_for_sites(unreached: Sequence[tuple[str, str | None]]) -> None:
    """Fail at the end where units' sites could not be reached: (unit, why) of each."""
    if unreached:
        names = "; ".join(dict.fromkeys(unit for unit, _ in unreached))
        why = [f"{unit}: {reason or 'not reached'}" for unit, reason in unreached]
        tell(f"Chưa truy cập được trang của: {names}. Các đơn vị khác đã được kiểm tra.", "\n".join(why))
        raise SourcesFailedError("; ".join(why))


def as_items(faults: Sequence[str], *, name: str) -> list[dict[str, object]]:
    """Faults as items of a mapped task, so that each shows red under its own name beside those that go well."""
    return [{name: fault.partition(":")[0], "fault": fault} for fault in faults]


def fail_for_item(item: Mapping[str, object]) -> None:
    """Fail where the item is a fault (``as_items``)."""
    if "fault" in item:
        fail_for([str(item["fault"])])


def asked_report(office: Office, now: datetime) -> list[dict[str, str]] | None:
    """The reports that the run's form names, as items of a mapped task; None where it names none.

    There is one of each kind that plans ask for, where the form names none.

    Raises InputError where unit or period alone is named, or what is named is not known.
    """
    from plan_lifecycle.lifecycle.compile import reports_asked
    from plan_lifecycle.lifecycle.office import find_unit

    params = get_current_context()["params"]
    unit, period, kind = (str(params[name] or "").strip() for name in ("unit", "period", "profile"))
    if not unit and not period and not kind:
        return None
    if not unit or not period:
        raise InputError("unit and period together", vi="Đề nghị ghi cả cơ quan và kỳ báo cáo.")
    found = find_unit(office, unit, now)
    return [one._asdict() for one in reports_asked(office, found.id, period, kind or None)]


def asked_by() -> str | None:
    """Who asked for the report that the run's form names; None where the run compiles what is due."""
    context = get_current_context()
    return (context["dag_run"].triggering_user_name or None) if context["params"]["unit"] else None


def accepted_plans(now: datetime) -> None:
    """Tell that plans were accepted, at this moment: the cascade that it wakes works at the same one."""
    events = get_current_context()["outlet_events"][ACCEPTED_PLANS_ALIAS]
    events.add(ACCEPTED_PLANS, extra={MOMENT: now.isoformat()})


def schedule(cron: Any) -> Any:
    """The schedule, or None where the settings leave the DAGs to be set off by hand (the demo), not by the clock.

    A cron line in the settings stands in its place: a trial that does not wait until tomorrow morning.
    """
    given = Settings().schedules
    if isinstance(given, str):
        return CronTriggerTimetable(given, timezone="Asia/Ho_Chi_Minh")
    return cron if given else None


def working_mornings() -> Any:
    """The schedule of reminders: 07:30 on every working day of ``config/calendar.yaml``."""
    from plan_lifecycle.airflow_timetable import WorkingDay

    return schedule(WorkingDay(7, 30))


@contextmanager
def at_work(moment: str | None = None) -> Iterator[tuple[Office, datetime]]:
    """The office and the business moment of the current task's run, or of the item that it works on.

    Whatever input is wrong, a file, the form, the configuration: the task fails at once (``airflow_failures``).
    """
    from plan_lifecycle.lifecycle.office import about
    from plan_lifecycle.office_wiring import open_office

    with input_fails_once(), open_office(Settings()) as office:
        now = begin_run(office.store)
        run = get_current_context()["dag_run"]
        with about(run=run.run_id, dag=run.dag_id):
            yield office, datetime.fromisoformat(moment) if moment else now


def send_letters() -> str:
    """Send what is queued; fail, naming the letters, where any newly failed or the server cannot be reached.

    Letters that failed are not tried again by a retry: the task fails at once, and only once for each of them.
    """
    from plan_lifecycle.lifecycle.send import send_outbox, sent_today
    from plan_lifecycle.mail.transport import Transport
    from plan_lifecycle.office_wiring import worker_name

    with at_work() as (office, now):
        wall = datetime.now(UTC)
        done = send_outbox(
            office,
            lambda: Transport(mail_server(), sent_today=sent_today(office, now, wall)),
            now=now,
            wall=wall,
            worker=worker_name(),
        )
        metrics.count("letters.sent", done.sent)
        metrics.count("letters.failed", len(done.failed))
        metrics.tell_standing(office.store, now)
    told = f"Đã gửi {done.sent} thư; không còn cần gửi {done.superseded}; chờ gửi lại {done.later}."
    if done.paused:
        told = f"{done.queued} thư chờ gửi; mọi thư đang được {done.paused}"
    note(f"{told} Chưa gửi được {len(done.failed)} thư." if done.failed else told)
    if done.stopped:
        tell(f"Chưa gửi hết thư; {done.queued} thư chờ gửi ở lần chạy sau.", done.stopped)
        raise LettersFailedError(f"{done.stopped}; {done.queued} letters stay queued for the next run")
    if done.failed:
        why = "\n".join(f"{address}: {reason}" for address, reason in done.failed.items())
        fail_once(f"Chưa gửi được {len(done.failed)} thư, đến: {'; '.join(done.failed)}.", why)
    _fail_with_upstream()
    return told


def let_go() -> str:
    """Let go what has been kept for longer than its time, or note how much that is where the form asks only that."""
    from plan_lifecycle.lifecycle.retention import gone_words, may_go_words, what_may_go
    from plan_lifecycle.lifecycle.retention import let_go as verb
    from plan_lifecycle.office_wiring import retention_of

    with at_work() as (office, now):
        rules = retention_of(Settings())
        if get_current_context()["params"]["list_only"]:
            return note(may_go_words(what_may_go(office, rules, now)))
        done = verb(office, rules, now)
    told = note(gone_words(done.numbers, done.files))
    fail_for(done.faults)
    return told


def channel_names() -> list[str]:
    """The ways in that the settings name; each is a task of its own, so one that is down is seen by name.

    Asked when the DAG is parsed, so no connection is looked up: ``PLAN_LIFECYCLE_IMAP_HOST`` says that there is one.
    Where ``config/sources.yaml`` is wrong, one task tells so (``SOURCES``), and the others go on.
    """
    from plan_lifecycle.config.sources import read_sources

    settings = Settings()
    try:
        endpoints = [endpoint.channel for endpoint in read_sources(settings.sources_file).endpoints]
    except InputError:
        endpoints = [SOURCES]
    mailbox = os.environ.get("PLAN_LIFECYCLE_IMAP_HOST") or os.environ.get("AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP")
    return ["folder", *(["http"] if settings.source_url else []), *endpoints, *(["mailbox"] if mailbox else [])]


def name_of_channel(name: str) -> str:
    """The way in as people call it: "http:truc" is *Hệ thống “truc”*, as ``config/sources.yaml`` names it."""
    kind, _, own = name.partition(":")
    return f"Hệ thống “{own}”" if own else NAMES_OF_CHANNELS[kind]


def receive_from(name: str) -> str:
    """Take in from one channel; fail at the end where the channel or one of its items could not be had."""
    from plan_lifecycle.channel_wiring import channel
    from plan_lifecycle.lifecycle.collect import Collected, receive

    done, settings = Collected(), Settings()
    with at_work() as (office, now):
        mailbox = imap_server() if name == "mailbox" else None
        receive(office, channel(settings, name, mailbox, object_store(settings.inbox_store)), now, done)
        metrics.count("arrivals", done.arrived)
    if done.faults:
        tell("Chưa nhận được hết văn bản từ nguồn này; các nguồn khác không bị ảnh hưởng.", "\n".join(done.faults))
        raise SourcesFailedError("; ".join(done.faults))
    return f"nhận {done.arrived} tệp"


def _fail_with_upstream() -> None:
    """A run is judged by its last task, so the last task, its own work done, repeats that an earlier one failed."""
    context = get_current_context()
    ti, run = context["ti"], context["dag_run"]
    states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[run.run_id]).get(run.run_id, {})
    failed = sorted(task for task, state in states.items() if state in ("failed", "upstream_failed"))
    if failed:
        told = "Thư đã gửi xong; lần chạy này còn việc khác chưa thực hiện được, lý do ở cuối nhật ký của việc đó."
        fail_once(told, f"these tasks of the run failed: {', '.join(failed)}")
