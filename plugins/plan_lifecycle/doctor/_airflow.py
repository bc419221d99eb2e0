"""Airflow as its own database tells: which parts live, whether our DAGs are loaded and not paused, the pools."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import timedelta

from plan_lifecycle.doctor._check import Check, Name, Patient, State
from plan_lifecycle.domain.writing import count_text, moment_words

DAGS = frozenset({"cascade_plan", "collect_submissions", "compile_reports", "check_publications", "remind_deadlines"})
PARTS = {
    "SchedulerJob": "bộ lập lịch (scheduler)",
    "DagProcessorJob": "bộ đọc quy trình (dag-processor)",
    "TriggererJob": "bộ chờ (triggerer)",
}
BEAT_WITHIN = timedelta(minutes=2)


def airflow(patient: Patient) -> Iterator[Check]:
    """Parts, DAGs and pools; nothing where no Airflow is set up here."""
    if not ("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" in os.environ or "AIRFLOW_HOME" in os.environ):
        yield Check(Name.AIRFLOW, State.UNSET, "Máy này không có thiết lập của Airflow.")
        return
    from plan_lifecycle.airflow_state import read_state

    found = read_state(DAGS)
    for kind, name in PARTS.items():
        beat = found.beats.get(kind)
        if beat is None or patient.now - beat > BEAT_WITHIN:
            since = f"lần cuối {moment_words(beat.astimezone(patient.now.tzinfo))}" if beat else "chưa chạy lần nào"
            yield Check(Name.AIRFLOW, State.FAULT, f"Airflow: {name} không chạy, {since}.", "Khởi động lại phần này.")
        else:
            yield Check(Name.AIRFLOW, State.GOOD, f"Airflow: {name} đang chạy.")
    for file in found.broken:
        yield Check(Name.DAGS, State.FAULT, f"Tệp quy trình {file} không đọc được.", "Xem lỗi trong Airflow, sửa tệp.")
    for dag_id in sorted(DAGS):
        dag = found.dags.get(dag_id)
        if dag is None:
            told = f"Quy trình {dag_id} chưa được nạp."
            yield Check(Name.DAGS, State.FAULT, told, "Kiểm tra thư mục dags và bộ đọc quy trình.")
        elif dag.paused:
            yield Check(Name.DAGS, State.FAULT, f"Quy trình “{dag.name}” đang tạm dừng.", "Bật lại trong Airflow.")
        elif dag.last_state == "failed":
            told = f"Lượt chạy gần nhất của “{dag.name}” không thành công."
            yield Check(Name.DAGS, State.WARNING, told, "Xem ghi chú của lượt chạy trong Airflow.")
        else:
            yield Check(Name.DAGS, State.GOOD, f"Quy trình “{dag.name}” đã nạp, không tạm dừng.")
    yield from _pools(patient, found.pools)


def _pools(patient: Patient, pools: Mapping[str, int]) -> Iterator[Check]:
    file = patient.settings.path(patient.settings.config) / "pools.json"
    wanted = json.loads(file.read_text(encoding="utf-8"))
    missing = [name for name in wanted if pools.get(name, 0) < 1]
    for name in missing:
        told = f"Chưa có nhóm tài nguyên (pool) {name}: tác vụ thuộc nhóm không bao giờ chạy."
        yield Check(Name.POOLS, State.FAULT, told, "Chạy airflow pools import config/pools.json.")
    if not missing:
        yield Check(Name.POOLS, State.GOOD, f"Có đủ {count_text(len(wanted))} nhóm tài nguyên (pool).")
