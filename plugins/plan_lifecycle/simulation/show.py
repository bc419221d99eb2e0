"""What a person at the terminal sees of the demo: where to look, the simulated date with counts, a sum that adds up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from plan_lifecycle.domain.writing import short_date
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


class Show:
    """A context manager that owns the terminal while the year is played."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._progress = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            console=self._console,
        )
        self._year = self._progress.add_task("Chuẩn bị", total=365, counts="")

    def __enter__(self) -> Show:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def starting(self, port: int) -> None:
        """Airflow is being started."""
        self._progress.update(self._year, description=f"Khởi động Airflow ở cổng {port}")

    def ready(self, url: str, users: Mapping[str, str], portal: str, folder: Path) -> None:
        """Airflow and the portal are up; from now on there is something to watch."""
        self._progress.console.print(
            f"Airflow: {url}  ({_logins(users)})\nCổng của đơn vị: {portal}\nThư đi: {folder / 'mail'}", soft_wrap=True
        )

    def step_of(self, office: Office) -> Callable[[Step], None]:
        """What is called before every step: shows the simulated date, the verb and the counts so far."""

        def told(step: Step) -> None:
            with office.store.read() as connection:
                sent = letters.states(connection).get("sent", 0)
                counts = (
                    f"dự thảo {plans.count_drafts(connection)}, thư {sent}, "
                    f"tệp {sum(arrivals.states(connection).values())}, báo cáo {reports.count(connection)}"
                )
            self._progress.update(
                self._year,
                completed=step.day.timetuple().tm_yday,
                description=f"{short_date(step.day)}  {_VERBS[step.verb]}",
                counts=counts,
            )

        return told

    def summary(self, played: Outcome, *, seconds: float, task_instances: int, folder: Path) -> None:
        """The sum of the year."""
        self._progress.update(self._year, completed=365, description="Đã hết năm")
        self._progress.stop()
        table = Table(title="Kết quả", show_header=False)
        sent = played.submissions
        for name, value in (
            ("Đơn vị", played.units),
            ("Dự thảo", played.drafts),
            ("Thư đã gửi", played.letters),
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
            self._console.print(f"  {'đạt ' if held else 'CHƯA'}  {name}")
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

    def waiting(self, url: str, users: Mapping[str, str]) -> None:
        """The year is over; Airflow runs on."""
        self._console.print(f"Airflow vẫn chạy: {url}  ({_logins(users)}). Nhấn Ctrl-C để kết thúc.")


def _logins(users: Mapping[str, str]) -> str:
    return ", ".join(f"{name}/{password}" for name, password in users.items())
