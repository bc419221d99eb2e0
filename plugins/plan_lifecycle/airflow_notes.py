"""What came of a run, as the note under its title: tasks leave sentences, the scheduler of Airflow puts them there.

A task cannot write a note by itself. Its sentence lies in an XCom under ``NOTE``; when the run has ended the scheduler
calls this listener, which reads those rows in the same session and opens nothing of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.listeners import hookimpl
from airflow.sdk import get_current_context

from plan_lifecycle.domain.clock import read_as_of
from plan_lifecycle.domain.writing import short_date

NOTE = "ghi_chu"
"""The key under which a task leaves its sentence."""
LONGEST = 1000
MARK = "\u2063"
"""Stands, unseen, where a note's own part begins, and where its link does: what a person wrote lies before it."""
RESULT = "**Kết quả:** "
LINKS = {
    "cascade_plan": " [Mở trang Kế hoạch mới](/plan-lifecycle/ke-hoach-moi/)",
    "remind_deadlines": " [Mở trang Thư](/plan-lifecycle/thu/)",
    "collect_submissions": " [Mở trang Việc chờ xử lý](/plan-lifecycle/viec/)",
    "compile_reports": " [Mở trang Báo cáo](/plan-lifecycle/bao-cao/)",
    "keep_within_time": " [Mở trang Đơn vị](/plan-lifecycle/don-vi/)",
    "check_publications": " [Mở trang Đơn vị](/plan-lifecycle/don-vi/)",
}
"""Where the outcome of a run is seen, by its DAG, as the note ends."""


def note(text: str) -> str:
    """Leave a sentence for the note of the task's run, also where the task fails afterwards."""
    get_current_context()["ti"].xcom_push(key=NOTE, value=text)
    return text


@hookimpl
def on_dag_run_success(dag_run: Any, msg: str) -> None:  # noqa: ARG001
    """Note what the run's tasks said of it."""
    _annotate(dag_run)


@hookimpl
def on_dag_run_failed(dag_run: Any, msg: str) -> None:  # noqa: ARG001
    """Note what was done all the same, and which tasks were not."""
    _annotate(dag_run)


def _annotate(dag_run: Any) -> None:
    from airflow.models.xcom import XComModel  # every process of Airflow loads this module, the scheduler alone uses it
    from sqlalchemy import select
    from sqlalchemy.orm import object_session

    session = object_session(dag_run)
    if session is None:
        return
    query = select(XComModel).where(
        XComModel.dag_id == dag_run.dag_id, XComModel.run_id == dag_run.run_id, XComModel.key == NOTE
    )
    said = [str(XComModel.deserialize_value(row)) for row in session.scalars(query.order_by(XComModel.timestamp))]
    tasks = dag_run.get_task_instances(session=session)
    if text := note_of(said, failed_names(tasks)):
        dag_run.note = joined(dag_run.note or "", f"{day_of(dag_run.conf)}{text}", LINKS.get(dag_run.dag_id, ""))


def failed_names(tasks: list[Any]) -> list[str]:
    """The tasks that failed, as people call them, a mapped one with what it worked at."""
    failed = [one for one in tasks if one.state == "failed"]
    return [
        f"{one.task_display_name} ({one.rendered_map_index})" if one.rendered_map_index else one.task_display_name
        for one in failed
    ]


def note_of(said: list[str], failed: list[str]) -> str:
    """The sentences of the tasks in order, then what was not done; empty where there is nothing to say."""
    undone = [f"Chưa thực hiện được: {'; '.join(failed)}."] if failed else []
    return " ".join([*said, *undone])


def day_of(conf: Mapping[str, Any] | None) -> str:
    """The business day that was typed for the run, as the note begins; empty for a run of its own day."""
    try:
        typed = read_as_of((conf or {}).get("as_of"))
    except ValueError:
        return ""
    return f"Ngày nghiệp vụ {short_date(typed)}. " if typed else ""


def joined(note: str, text: str, link: str = "") -> str:
    """The note that a person gave the run, then what came of it, of several ends the newest, and a ``link``."""
    given = note.partition(MARK)[0].rstrip()
    result = f"{MARK}{RESULT}{text}"
    whole, end = f"{given}\n\n{result}" if given else result, f"{MARK}{link}" if link else ""
    most = LONGEST - len(end)
    return f"{whole}{end}" if len(whole) <= most else f"{whole[: most - 1]}…{end}"


def result_of(note: str) -> str:
    """What came of the run, by its note; empty where that is not known yet."""
    return note.partition(MARK)[2].partition(MARK)[0].removeprefix(RESULT).strip()
