"""Plans of the field that went wrong, each with its right outcome in ``expected.json``; and a real province's year."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plan_lifecycle.documents.read import NotAPlan, read_plan
from plan_lifecycle.domain.plan import Plan

NAMES = (
    "01-chu-tri-phoi-hop-crash", "02-thang-cuoi-ky-bao-cao", "03-thang-lien-ke", "05-deadline-next-sentence",
    "06-two-days-for-one-subplan", "07-duties-in-table", "08-continued-table-after-subtitle",
    "08c-second-table-other-headings", "09-deadline-column-du-kien", "10-strike-deadline", "10b-strike-row",
    "12-tick-as-sym", "13-tcvn3",
)  # fmt: skip


def days_of_tasks(plan: Plan) -> list[str]:
    return sorted(str(day) for row in plan.activities if row.deadline for day in row.deadline.due)


def days_of(plan: Plan, item: str) -> list[str]:
    found = (duty.deadline.due for duty in plan.reporting if duty.item.value == item and duty.deadline)
    return sorted({str(day) for due in found for day in due})


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_of_the_field_has_its_right_outcome(samples: Path, name: str) -> None:
    expected: dict[str, Any] = json.loads((samples / "field" / "expected.json").read_text("utf-8"))[f"{name}.docx"]
    data = (samples / "field" / "docs" / f"{name}.docx").read_bytes()
    if expected["read"] == "refused":
        with pytest.raises(NotAPlan) as refused:
            read_plan(data)
        assert all(word in refused.value.for_user for word in expected["reason_names"])
        return
    plan = read_plan(data)
    if "tasks" in expected:
        assert len(plan.activities) == expected["tasks"]
    if "due" in expected:
        assert days_of_tasks(plan) == expected["due"]
    for item, due in expected.get("duties", {}).items():
        assert days_of(plan, item) == due


def test_every_word_file_of_the_field_is_held_against_its_outcome(samples: Path) -> None:
    assert {path.stem for path in (samples / "field" / "docs").glob("*.docx")} == set(NAMES)


def test_the_reform_plan_of_a_province_is_read_row_by_row(samples: Path) -> None:
    plan = read_plan((samples / "lam-dong" / "ke-hoach-cchc-2026.docx").read_bytes())
    assert len(plan.activities) == 52
    by_field = Counter(row.section.split(".")[0] for row in plan.activities)
    assert by_field == {"I": 4, "II": 12, "III": 5, "IV": 4, "V": 6, "VI": 11, "VII": 10}
    assert all(row.content and row.lead and row.monitor and row.deadline for row in plan.activities)
    assert sum(not row.product for row in plan.activities) == 1
    yearly = next(row for row in plan.activities if row.deadline and row.deadline.phrase.endswith("năm liền kề"))
    assert yearly.deadline is not None
    assert yearly.deadline.due == (date(2027, 1, 30),)
    monthly = next(row for row in plan.activities if row.deadline and row.deadline.phrase.endswith("tháng liền kề"))
    assert monthly.deadline is not None
    assert (monthly.deadline.due[0], monthly.deadline.due[-1]) == (date(2026, 2, 4), date(2027, 1, 4))
    assert days_of(plan, "sub_plan") == ["2026-01-15"]
    asked = [point.phrase for point in plan.open_points if point.field == "lead"]
    vague = ("Theo phân công tại", "có nguồn thu", "trực tiếp sử dụng")
    assert len(asked) == 5
    assert all(any(words in phrase for words in vague) for phrase in asked)
    assert {point.field for point in plan.open_points} == {"lead", "deadline"}
    assert len(plan.open_points) == 17
    (guided,) = (point for point in plan.open_points if point.phrase == "Theo hướng dẫn của Trung ương")
    assert (guided.source, len(guided.also)) == ("Phụ lục, Bảng 1, hàng 27; Phụ lục, Bảng 1, hàng 40", 1)


def test_a_communication_plan_of_a_province_has_no_duty_that_is_folded_into_another(samples: Path) -> None:
    plan = read_plan((samples / "lam-dong" / "ke-hoach-tuyen-truyen-cchc-2026.docx").read_bytes())
    assert (len(plan.activities), days_of_tasks(plan)[0]) == (21, "2026-01-23")
    assert days_of(plan, "sub_plan") == ["2026-01-30"]
    assert [(duty.item.value, duty.audience[:12]) for duty in plan.reporting] == [
        ("report", "Báo và Phát "),
        ("sub_plan", "Các sở, ban,"),
    ]
    quotas = [(point.phrase, point.source) for point in plan.open_points if point.field == "targets"]
    assert quotas == [("2 chuyên mục", "Mục IV.1.a; Mục IV.6.b"), ("1 tin, bài", "Mục IV.8.c")]


def test_a_movement_names_two_days_for_one_plan_and_a_day_for_nominations(samples: Path) -> None:
    plan = read_plan((samples / "lam-dong" / "ke-hoach-thi-dua-cchc-2026.docx").read_bytes())
    assert days_of(plan, "sub_plan") == ["2026-03-14"]
    assert all("trong Quý I/2026" in duty.deadline.warnings[0] for duty in plan.reporting if duty.deadline)
    assert [(point.field, point.phrase) for point in plan.open_points if point.field == "reporting"] == [
        ("reporting", "trước ngày 15/02/2027")
    ]
