"""What a person at the terminal sees of the demo: where to look, the simulated date with counts, a sum that adds up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.writing import first_down, short_date, weekday_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.simulation.findings import Outcome
from plan_lifecycle.simulation.year import Step
from plan_lifecycle.store import arrivals, letters, plans, reports

if TYPE_CHECKING:
    from plan_lifecycle.simulation.portal_server import Example

_VERBS = {
    "cascade": "Triển khai kế hoạch",
    "remind": "Nhắc, đôn đốc",
    "collect": "Tiếp nhận",
    "compile": "Tổng hợp báo cáo",
}


INVARIANT_WORDS = {
    "adds_up": "Đúng hạn, chậm và chưa gửi cộng lại bằng số nội dung phải gửi",
    "every_link_is_kept": "Mọi quan hệ kế thừa giữa đơn vị cũ và đơn vị mới được giữ",
    "nothing_owed_is_forgotten": "Không nội dung nào của đơn vị kết thúc hoạt động bị bỏ sót",
    "totals_kept": "Số liệu đã tổng hợp trước khi sắp xếp đơn vị không thay đổi",
    "every_unit_has_one_draft": "Mỗi đơn vị có đúng một dự thảo",
    "obligations_as_expected": "Nội dung phải gửi đúng như cấu hình",
    "timeliness_as_expected": "Đúng hạn, chậm, chưa gửi đúng như cấu hình",
    "returned_as_expected": "Số lần đề nghị hoàn thiện đúng như cấu hình",
    "letters_as_expected": "Số thư đúng như cấu hình",
    "every_letter_left": "Không thư nào còn nằm lại",
    "nobody_reminded_twice": "Không ai bị nhắc hai lần trong một ngày",
    "nobody_reminded_after_delivery": "Không ai bị nhắc sau khi đã gửi",
    "reports_as_expected": "Các báo cáo tổng hợp và số lần lập đúng như cấu hình",
    "report_counts_as_expected": "Số đơn vị trong từng báo cáo đúng như cấu hình",
    "report_totals_as_expected": "Tổng số liệu của từng báo cáo đúng như cấu hình",
    "no_faults": "Không việc nào không thực hiện được",
    "texts_in_the_workbook": "Mọi đoạn văn đã tiếp nhận có trong bảng tính",
    "texts_are_traced": "Mọi đoạn văn, số liệu dẫn được về văn bản đã gửi",
    "no_dotted_lines": "Không có dòng chấm chấm trong báo cáo",
    "nothing_is_retyped": "Báo cáo cấp dưới lên cấp trên không phải gõ lại",
    "sums_of_the_units": "Tổng bằng tổng tính lại từ các đơn vị",
    "withdrawn_leaves_nothing": "Văn bản đã rút không để lại số liệu",
    "rankings_as_expected": "Bảng xếp hạng từng năm đúng như tính lại",
    "reviews_as_expected": "Đề nghị khen thưởng khi sơ kết, tổng kết đúng như tính lại",
    "tasks_as_units_say": "Tình hình nhiệm vụ đúng như các đơn vị báo cáo",
    "targets_as_settled": "Mục tiêu được đánh giá đúng như cán bộ đầu mối đã xác định",
    "as_the_case_says": "Kết quả đúng như tệp của trường hợp",
}
"""The invariants as people read them."""


class Show:
    """A context manager that owns the terminal while a year is played from one day to another.

    Where nobody looks at a terminal (a log, a pipe) it says a line a month instead of a moving bar.
    """

    def __init__(self, begins: date, ends: date, console: Console | None = None) -> None:
        self._console = console or Console()
        self._begins, self._month = begins, (0, 0)
        self._progress = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._year = self._progress.add_task("Chuẩn bị", total=(ends - begins).days + 1, counts="")

    def __enter__(self) -> Show:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def starting(self, port: int) -> None:
        """Airflow is being started."""
        if not self._console.is_terminal:
            self._console.print(f"Khởi động Airflow ở cổng {port}; mất một, hai phút.")
        self._progress.update(self._year, description=f"Khởi động Airflow ở cổng {port}")

    def ready(self, url: str, users: Mapping[str, str], portal: str, folder: Path) -> None:
        """Airflow and the portal are up; from now on there is something to watch."""
        self._progress.console.print(
            f"Airflow: {url}  ({_logins(users)})\nCổng của đơn vị: {portal}\nThư đi: {folder / 'mail'}", soft_wrap=True
        )

    def step_of(self, office: Office) -> Callable[[Step], None]:
        """What is called before every step: shows the simulated date, the verb and the counts so far."""

        def told(step: Step) -> None:
            self._say_the_month(step.day, office)
            self._progress.update(
                self._year,
                completed=(step.day - self._begins).days + 1,
                description=f"{short_date(step.day)}  {_VERBS[step.verb]}",
                counts=_counts(office),
            )

        return told

    def _say_the_month(self, day: date, office: Office) -> None:
        month = (day.year, day.month)
        if not self._console.is_terminal and month != self._month:
            self._console.print(f"Tháng {day.month:02}/{day.year}: đến nay {_counts(office)}", highlight=False)
            self._month = month

    def summary(self, played: Outcome, *, seconds: float, task_instances: int, folder: Path) -> None:
        """The sum of the year."""
        self._progress.stop()
        table = Table(title="Kết quả", show_header=False)
        sent = played.submissions
        for name, value in (
            ("Đơn vị", played.units),
            ("Dự thảo", played.drafts),
            ("Thư đã gửi", played.letters),
            ("Thư tổng hợp buổi sáng", played.digests),
            ("Nội dung phải gửi", played.obligations),
            ("  đúng thời hạn", sent["on_time"]),
            ("  chậm", sent["late"]),
            ("  chưa gửi", played.missing),
            ("Đề nghị hoàn thiện", sent["returned"]),
            ("Báo cáo tổng hợp", played.reports),
            ("Lượt chạy tác vụ", task_instances),
            ("Thời gian", f"{seconds:.0f} giây"),
        ):
            table.add_row(name, str(value))
        self._console.print(table)
        for name, held in played.invariants.items():
            said = "đạt " if held else "CHƯA" if played.fails else "bỏ qua"
            self._console.print(f"  {said}  {INVARIANT_WORDS.get(name, name)}", soft_wrap=True)
        for difference in played.differences if played.fails else ():
            self._console.print(f"    {difference}", soft_wrap=True)
        if played.visits:
            self._console.print(f"{played.visits} việc do khách thực hiện, không tính vào đối chiếu")
        self._console.print(
            f"Thư: {folder / 'mail'}\nBáo cáo: {folder / 'reports'}\nSố liệu: {folder / 'summary.json'}",
            soft_wrap=True,
        )

    def portal(self, example: Example | None) -> None:
        """A link to try, as a letter carries it."""
        if example is None:
            return
        home = example.address.rpartition("n/")[0]
        self._console.print(
            f"Cổng của đơn vị: {home}\n  Ví dụ, {example.what} của {example.unit}:\n  {example.address}\n"
            f"  hoặc nhập mã {example.code} tại {home}",
            soft_wrap=True,
            highlight=False,
        )

    def scene(self, day: date, board: str, users: Mapping[str, str], waits: Sequence[str] = ()) -> None:
        """Where the morning is that waits for somebody to decide, and what waits there, in words."""
        self._console.print(
            f"Hôm nay là {first_down(weekday_date(day))}: {', '.join(waits) or 'không có việc chờ xử lý'}.\n"
            f"Mở Tình hình: {board}  ({_logins(users)})",
            soft_wrap=True,
            highlight=False,
        )

    def waiting(self) -> None:
        """Airflow runs on."""
        self._console.print("Airflow vẫn chạy. Nhấn Ctrl-C để kết thúc.")


def _counts(office: Office) -> str:
    with office.store.read() as connection:
        sent = letters.states(connection).get(LetterState.SENT.value, 0)
        return (
            f"dự thảo {plans.count_drafts(connection)}, thư {sent}, "
            f"tệp {sum(arrivals.states(connection).values())}, báo cáo {reports.count(connection)}"
        )


def _logins(users: Mapping[str, str]) -> str:
    return ", ".join(f"{name}/{password}" for name, password in users.items())
