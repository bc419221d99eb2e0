"""The plans of the six cases: made by the script, in the form of the decree, and readable with their known facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from scripts import make_examples
from scripts.cases import lam_dong_2026_communication, lam_dong_2026_reform

from plan_lifecycle.documents.check import check_form
from plan_lifecycle.documents.read import read_plan

EXAMPLES = make_examples.EXAMPLES
FILES = {case.FILE: case for case in make_examples.CASES}


@pytest.mark.parametrize("file", FILES)
def test_the_script_makes_the_example(file: str) -> None:
    assert FILES[file].document() == (EXAMPLES / file).read_bytes()


@pytest.mark.parametrize("file", FILES)
def test_the_example_is_in_the_form_of_the_decree(file: str) -> None:
    assert check_form((EXAMPLES / file).read_bytes()) == ()


@pytest.mark.parametrize("file", FILES)
def test_the_case_says_what_is_fact_and_what_is_invented(file: str) -> None:
    readme = (EXAMPLES / file).with_name("README.md").read_text()
    assert "**Facts**" in readme
    assert "**Invented**" in readme
    assert Path(file).name in readme


@pytest.mark.parametrize(
    ("case", "reference", "issued_on", "period", "activities"),
    [
        ("bac-binh-2023/ke-hoach-tinh-36.docx", "36/KH-UBND", date(2023, 1, 5), (2023,), 13),
        ("dak-mil-2020/ke-hoach-huyen-04.docx", "04/KH-UBND", date(2020, 1, 7), (2020,), 8),
        ("emulation-2022-2025/ke-hoach-huyen-111.docx", "111/KH-UBND", date(2022, 8, 2), (2022, 2025), 8),
        ("tay-ninh-so-ngoai-vu-2020/ke-hoach-so-ngoai-vu.docx", "05/KH-SNgV", date(2020, 1, 20), (2020,), 5),
        ("duc-xuan-2024/ke-hoach-phuong.docx", "18/KH-UBND", date(2024, 1, 29), (2024,), 6),
        ("lam-dong-2026/ke-hoach-cchc-9669.docx", "9669/KH-UBND", date(2025, 12, 24), (2026,), 52),
        ("lam-dong-2026/ke-hoach-tuyen-truyen-428.docx", "428/KH-UBND", date(2026, 1, 10), (2026,), 19),
    ],
)
def test_the_plan_can_be_read(
    case: str, reference: str, issued_on: date, period: tuple[int, ...], activities: int
) -> None:
    plan = read_plan((EXAMPLES / case).read_bytes())
    assert (plan.reference, plan.issued_on, len(plan.activities)) == (reference, issued_on, activities)
    assert (plan.period[0], plan.period[-1]) == (period[0], period[-1])


def test_the_reform_plan_of_lam_dong_names_a_monitoring_agency_for_each_task_of_seven_fields() -> None:
    tasks = read_plan((EXAMPLES / lam_dong_2026_reform.FILE).read_bytes()).activities
    assert all(task.monitor and task.product and task.lead for task in tasks)
    assert len({task.section for task in tasks}) == 7


def test_the_reform_plan_of_lam_dong_asks_for_four_reports_and_tells_whose_days_are_no_days() -> None:
    asked = read_plan((EXAMPLES / lam_dong_2026_reform.FILE).read_bytes()).reporting
    days = [(duty.item, duty.deadline.due) for duty in asked if duty.deadline and not duty.deadline.needs_decision]
    assert days == [
        ("sub_plan", (date(2026, 1, 15),)),
        ("report_quarter", (date(2026, 3, 17),)),
        ("report_h1", (date(2026, 6, 17),)),
        ("report_quarter", (date(2026, 9, 17),)),
        ("report_year", (date(2026, 12, 17),)),
    ]


def test_the_communication_plan_of_lam_dong_folds_its_quarters_into_the_reform_report() -> None:
    asked = read_plan((EXAMPLES / lam_dong_2026_communication.FILE).read_bytes()).reporting
    assert [duty.item for duty in asked if duty.deadline] == ["sub_plan", "report_year"]
