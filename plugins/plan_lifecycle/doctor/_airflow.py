"""Airflow as its own database tells: which parts live, whether our DAGs are loaded and not paused, the pools."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from plan_lifecycle.doctor._check import Check, Name, Patient, State
from plan_lifecycle.doctor._servers import IMAP, SMTP, has_airflow
from plan_lifecycle.domain.writing import count_text, moment_words

if TYPE_CHECKING:
    from plan_lifecycle.airflow_state import DagState

DAGS = frozenset(
    {
        "cascade_plan",
        "collect_submissions",
        "compile_reports",
        "check_publications",
        "keep_within_time",
        "remind_deadlines",
    }
)
PARTS = {
    "SchedulerJob": "bộ lập lịch (scheduler)",
    "DagProcessorJob": "bộ đọc quy trình (dag-processor)",
    "TriggererJob": "bộ chờ (triggerer)",
}
CONNECTIONS = {SMTP: Name.MAIL, IMAP: Name.MAILBOX}
BEAT_WITHIN = timedelta(minutes=2)


def airflow(patient: Patient) -> Iterator[Check]:
    """Parts, DAGs and pools; nothing where no Airflow is set up here."""
    if not has_airflow():
        yield Check(Name.AIRFLOW, State.UNSET, "Máy này không có thiết lập của Airflow.")
        return
    from plan_lifecycle.airflow_state import read_state

    found = read_state(DAGS, frozenset(CONNECTIONS))
    for kind, name in PARTS.items():
        beat = found.beats.get(kind)
        if beat is None or patient.now - beat > BEAT_WITHIN:
            since = f"lần cuối {moment_words(beat.astimezone(patient.now.tzinfo))}" if beat else "chưa chạy lần nào"
            told = f"Airflow: {name} không chạy, {since}."
            yield Check(Name.AIRFLOW, State.FAULT, told, "Khởi động lại phần này.", kind)
        else:
            yield Check(Name.AIRFLOW, State.GOOD, f"Airflow: {name} đang chạy.", about=kind)
    for file in found.broken:
        told = f"Tệp quy trình {file} không đọc được."
        yield Check(Name.DAGS, State.FAULT, told, "Xem lỗi trong Airflow, sửa tệp.", file)
    for dag_id in sorted(DAGS):
        dag = found.dags.get(dag_id)
        if dag is None:
            told = f"Quy trình {dag_id} chưa được nạp."
            yield Check(Name.DAGS, State.FAULT, told, "Kiểm tra thư mục dags và bộ đọc quy trình.", dag_id)
        else:
            yield _dag(dag_id, dag, patient)
    yield from _logins(found.may_stop)
    yield from _hidden(found.connections)
    yield from _pools(patient, found.pools)


def _dag(dag_id: str, dag: DagState, patient: Patient) -> Check:
    if dag.paused:
        told = f"Quy trình “{dag.name}” đang tạm dừng."
        return Check(Name.DAGS, State.FAULT, told, "Bật lại trong Airflow.", dag_id)
    if dag.last_at is None:
        told = f"Quy trình “{dag.name}” đã nạp, không tạm dừng; chưa có lượt chạy nào kết thúc."
        return Check(Name.DAGS, State.GOOD, told, about=dag_id)
    last = f"kết thúc lúc {moment_words(dag.last_at.astimezone(patient.now.tzinfo))}"
    if dag.last_state == "failed":
        told = f"Lượt chạy gần nhất của “{dag.name}” không thành công, {last}."
        return Check(Name.DAGS, State.WARNING, told, "Xem ghi chú của lượt chạy trong Airflow.", dag_id)
    told = f"Quy trình “{dag.name}” đã nạp, không tạm dừng; lượt chạy gần nhất {last}."
    return Check(Name.DAGS, State.GOOD, told, about=dag_id)


def _logins(may_stop: Sequence[str]) -> Iterator[Check]:
    """Who may stop a DAG by a click: reminders would end without a word."""
    if may_stop:
        told = f"Không phải quản trị nhưng tạm dừng, xóa được quy trình: {'; '.join(may_stop)}."
        to_do = "Chuyển sang vai trò “Điều phối kế hoạch” hoặc “Xem kế hoạch” (plan-lifecycle access roles)."
        yield Check(Name.DAGS, State.WARNING, told, to_do, "logins")


def _hidden(stored: Collection[str]) -> Iterator[Check]:
    """Connections made in Airflow's pages that one of the same name in the environment hides."""
    for connection, name in CONNECTIONS.items():
        variable = f"AIRFLOW_CONN_{connection.upper()}"
        if connection in stored and os.environ.get(variable):
            told = f"Kết nối {connection} lập trong Airflow không có tác dụng: biến {variable} được dùng thay."
            yield Check(name, State.WARNING, told, "Bỏ biến trong .env, hoặc xóa kết nối trong Airflow.", connection)


def _pools(patient: Patient, pools: Mapping[str, int]) -> Iterator[Check]:
    file = patient.settings.path(patient.settings.config) / "pools.json"
    wanted = json.loads(file.read_text(encoding="utf-8"))
    missing = [name for name in wanted if pools.get(name, 0) < 1]
    for name in missing:
        told = f"Chưa có nhóm tài nguyên (pool) {name}: tác vụ thuộc nhóm không bao giờ chạy."
        yield Check(Name.POOLS, State.FAULT, told, "Chạy airflow pools import config/pools.json.", name)
    if not missing:
        yield Check(Name.POOLS, State.GOOD, f"Có đủ {count_text(len(wanted))} nhóm tài nguyên (pool).")
