"""Single dates and windows: what is strict, what is included, what is inherited."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, time

import pytest

from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline


@pytest.mark.parametrize(
    ("phrase", "kind", "due"),
    [
        ("Trước 30/6", "before", "2023-06-29"),
        ("Xong trước 15/3/2023", "before", "2023-03-14"),
        ("TRƯỚC NGÀY 15 THÁNG 12 NĂM 2023", "before", "2023-12-14"),
        ("trước ngày 15 (mười lăm) tháng 12 năm 2023", "before", "2023-12-14"),
        ("Hoàn thành trước tháng 6/2023", "before", "2023-05-31"),
        ("Trước quý III", "before", "2023-06-30"),
        ("Trước năm 2025", "before", "2024-12-31"),
        ("đến trước ngày 30/6/2023", "before", "2023-06-29"),
        ("trươc ngày 31/12/2023", "before", "2023-12-30"),
        ("Trước 31 tháng Mười hai năm 2023", "before", "2023-12-30"),
        ("trước ngày 15/01 năm sau", "before", "2024-01-14"),
        ("trước Quốc khánh 02/9/2023", "before", "2023-09-01"),
        ("trước Tết Nguyên đán 2024", "before", "2024-02-09"),
        ("Trước Tết Nguyên đán Giáp Thìn", "before", "2024-02-09"),
        ("gửi báo cáo về UBND huyện (qua Phòng Nội vụ) trước ngày 20/11/2023 để tổng hợp", "before", "2023-11-19"),
        ("Báo cáo năm 2025 trước ngày 15/12", "before", "2025-12-14"),
        ("Quý I/2023 (trước ngày 15/3/2023)", "before", "2023-03-14"),
        ("tháng 6 (trước ngày 15)", "before", "2023-06-14"),
        ("muộn nhất ngày 15/3/2023", "by", "2023-03-15"),
        ("không muộn hơn ngày 15/3/2023", "by", "2023-03-15"),
        ("không quá ngày 15/3", "by", "2023-03-15"),
        ("chậm nhất là hết ngày 30/6/2023", "by", "2023-06-30"),
        ("trước hoặc trong ngày 15/3/2023", "by", "2023-03-15"),
        ("hạn chót 30/6/2023", "by", "2023-06-30"),
        ("đến hết ngày 30/6/2023", "by", "2023-06-30"),
        ("Hết quý III", "by", "2023-09-30"),
        ("Đến hết năm 2030", "by", "2030-12-31"),
        ("đến năm 2025", "by", "2025-12-31"),
        ("Trong năm", "by", "2023-12-31"),
        ("Trong quý II/2023", "by", "2023-06-30"),
        ("Hoàn thành trong 6 tháng đầu năm", "by", "2023-06-30"),
        ("ngày cuối cùng của tháng 6", "by", "2023-06-30"),
        ("vào ngày 15/3", "by", "2023-03-15"),
        ("nhân dịp Quốc khánh 2/9", "by", "2023-09-02"),
        ("Tết Dương lịch 2024", "by", "2024-01-01"),
        ("Thứ Sáu, ngày 17/3/2023", "by", "2023-03-17"),
    ],
)
def test_it_reads_one_date(phrase: str, kind: str, due: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, reading.due) == (kind, (date.fromisoformat(due),))
    assert not reading.needs_decision
    assert reading.opens is None


@pytest.mark.parametrize(
    ("phrase", "opens", "due"),
    [
        ("Tháng 3", "2023-03-01", "2023-03-31"),
        ("tháng 02 năm 2024", "2024-02-01", "2024-02-29"),
        ("T6/2023", "2023-06-01", "2023-06-30"),
        ("6/2023", "2023-06-01", "2023-06-30"),
        ("Quí III/2023", "2023-07-01", "2023-09-30"),
        ("quý 1-2/2023", "2023-01-01", "2023-06-30"),
        ("Quý III-IV/2023", "2023-07-01", "2023-12-31"),
        ("quý IV năm 2022 đến quý II năm 2023", "2022-10-01", "2023-06-30"),
        ("06 tháng đầu năm 2023", "2023-01-01", "2023-06-30"),
        ("6 tháng cuối năm", "2023-07-01", "2023-12-31"),
        ("9 tháng đầu năm", "2023-01-01", "2023-09-30"),
        ("Cả năm", "2023-01-01", "2023-12-31"),
        ("2026 – 2030", "2026-01-01", "2030-12-31"),
        ("từ ngày 20/11 đến ngày 03/12", "2023-11-20", "2023-12-03"),
        ("từ ngày 08 đến 10/12/2023", "2023-12-08", "2023-12-10"),
        ("Ngày 8-10/12/2023", "2023-12-08", "2023-12-10"),
        ("15-20/3/2023", "2023-03-15", "2023-03-20"),
        ("Từ ngày 01/3 đến trước ngày 15/3/2023", "2023-03-01", "2023-03-14"),
        ("Tháng 11/2023 - 02/2024", "2023-11-01", "2024-02-29"),
        ("từ ngày 15/12 năm trước đến ngày 14/6", "2022-12-15", "2023-06-14"),
        ("Từ đầu tháng 3 đến cuối tháng 6", "2023-03-01", "2023-06-30"),
        ("Thời gian hoàn thành: Quý I/2023", "2023-01-01", "2023-03-31"),
    ],
)
def test_it_reads_a_window_with_both_ends(phrase: str, opens: str, due: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert reading.kind is DeadlineKind.WINDOW
    assert (reading.opens, reading.due) == (date.fromisoformat(opens), (date.fromisoformat(due),))
    assert not reading.needs_decision


@pytest.mark.parametrize(
    ("phrase", "hour"),
    [
        ("trước 17h00 ngày 12/10/2023", time(17)),
        ("trước 10 giờ 30 phút ngày 12/10/2023", time(10, 30)),
        ("trước 17 giờ 00, ngày 12/10/2023", time(17)),
        ("17g00 ngày 12/10/2023", time(17)),
        ("trước 17h 12/10/2023", time(17)),
        ("trước 4 giờ chiều ngày 12/10", time(16)),
        ("ngày 12/10/2023, trước 17h00", time(17)),
        ("8h00 - 17h00 ngày 12/10/2023", time(17)),
        ("24h00 ngày 12/10/2023", time(23, 59)),
    ],
)
def test_it_counts_the_very_day_when_an_hour_is_named(phrase: str, hour: time) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.due, reading.due_at) == ((date(2023, 10, 12),), hour)


@pytest.mark.parametrize("start", ["Từ nay", "Từ ngày ban hành Kế hoạch", "Kể từ ngày ký"])
def test_it_opens_a_window_with_the_plan_when_it_runs_from_now(start: str) -> None:
    reading = read_deadline(f"{start} đến hết ngày 30/6/2023", year=2023, issued=date(2023, 1, 5))
    assert (reading.kind, reading.opens, reading.due) == ("window", date(2023, 1, 5), (date(2023, 6, 30),))


def test_it_says_the_same_of_a_date_and_its_gloss() -> None:
    reading = read_deadline("trước ngày 17/6/2026 (chậm nhất hết ngày 16/6/2026)", year=2026)
    assert (reading.kind, reading.due, reading.needs_decision) == ("before", (date(2026, 6, 16),), False)


def test_it_loads_the_grammar_only_when_a_phrase_is_read() -> None:
    program = "import sys, plan_lifecycle.domain.deadline; print(sorted({'lark', 'holidays'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
