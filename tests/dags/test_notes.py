"""The note under a run's title: what its tasks said, in order, and what was not done."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.factories import ROOT

from plan_lifecycle.airflow_notes import LINKS, LONGEST, MARK, day_of, failed_names, joined, note_of, result_of


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


def test_it_fits_into_airflows_column_with_its_link() -> None:
    assert len(joined("", "Báo cáo. " * 500)) == LONGEST
    link = LINKS["remind_deadlines"]
    whole = joined("", "Báo cáo. " * 500, link)
    assert len(whole) == LONGEST
    assert whole.endswith(link)


def test_it_ends_with_the_way_to_the_board_and_gives_what_came_of_the_run_without_it() -> None:
    note = joined("Chạy lại", "Đã gửi 2 thư.", LINKS["remind_deadlines"])
    assert note.endswith("Đã gửi 2 thư." + MARK + " [Mở trang Thư](/plan-lifecycle/thu/)")
    assert result_of(note) == "Đã gửi 2 thư."
    assert joined(note, "Đã gửi 3 thư.", LINKS["remind_deadlines"]).count("/plan-lifecycle/") == 1
    assert result_of("Chạy lại") == ""


@pytest.mark.parametrize(
    ("conf", "said"),
    [({"as_of": "2023-02-20"}, "Ngày nghiệp vụ 20/02/2023. "), ({"as_of": None}, ""), ({"as_of": "x"}, ""), (None, "")],
)
def test_it_begins_with_the_business_day_that_was_typed(conf: dict[str, object] | None, said: str) -> None:
    assert day_of(conf) == said


def test_every_dag_has_a_page_to_look_at_afterwards() -> None:
    assert set(LINKS) == {path.stem for path in (ROOT / "dags").glob("*.py")}
