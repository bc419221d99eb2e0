"""The note under a run's title: what its tasks said, in order, and what was not done."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from plan_lifecycle.airflow_notes import LONGEST, MARK, failed_names, joined, note_of


@dataclass
class Task:
    state: str
    task_display_name: str
    map_index: int = -1
    rendered_map_index: str | None = None


def test_it_says_what_the_tasks_said_and_what_was_not_done() -> None:
    assert note_of(["Trình lãnh đạo: Báo cáo A.", "Đã gửi 2 thư."], ["Gửi thư"]) == (
        "Trình lãnh đạo: Báo cáo A. Đã gửi 2 thư. Chưa thực hiện được: Gửi thư."
    )
    assert note_of([], []) == ""


def test_a_mapped_task_that_failed_is_named_with_what_it_worked_at() -> None:
    tasks = [
        Task("failed", "Tổng hợp", 0, "huyện Bắc Bình"),
        Task("success", "Tổng hợp", 1, "huyện Tuy Phong"),
        Task("failed", "Gửi thư"),
        Task("upstream_failed", "Chuyển"),
    ]
    assert failed_names(tasks) == ["Tổng hợp (huyện Bắc Bình)", "Gửi thư"]


def test_a_mapped_task_that_failed_before_it_had_a_name_is_named_alone() -> None:
    assert failed_names([Task("failed", "Tổng hợp", 3)]) == ["Tổng hợp"]


@pytest.mark.parametrize(
    ("given", "noted"),
    [
        ("", "|**Kết quả:** Đã gửi 2 thư."),
        ("Chạy lại theo đề nghị", "Chạy lại theo đề nghị\n\n|**Kết quả:** Đã gửi 2 thư."),
        ("Chạy lại\n\n|**Kết quả:** Đã gửi 1 thư.", "Chạy lại\n\n|**Kết quả:** Đã gửi 2 thư."),
        ("|**Kết quả:** Đã gửi 1 thư.", "|**Kết quả:** Đã gửi 2 thư."),
    ],
)
def test_a_persons_note_stays_and_of_two_results_the_newer(given: str, noted: str) -> None:
    assert joined(given.replace("|", MARK), "Đã gửi 2 thư.") == noted.replace("|", MARK)


def test_it_fits_into_airflows_column() -> None:
    assert len(joined("", "Báo cáo. " * 500)) == LONGEST
