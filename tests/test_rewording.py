"""Nothing is decided by a sentence that people read: such a text is compared with nothing, in no set and no key."""

from __future__ import annotations

import ast

import pytest

from tests.rewording import PACKAGE, decided_by_words, is_reader, messages, reworded, speaks

READ = {
    ("documents/report_word.py", "_DRAFT in normalise(text)"),
    ("lifecycle/release/_paper.py", "line.startswith(_TYPE)"),
    ("domain/appraisal.py", "normalise(text) == normalise(NOT_APPLICABLE)"),
    ("domain/plan_task.py", "{'hoàn thành': Said.DONE, "),
    ("domain/plan_check/_rows.py", "'kinh phí' not in normalise(text_of(plan))"),
    ("domain/publication.py", "words[0] in _NEWS"),
    ("domain/publication.py", "'tuần' not in (unit or '')"),
    ("lifecycle/publications/_quota.py", "'hằng tháng' in normalise(row.deadline.phrase)"),
    ("cli/_scores_rank.py", "{'': True, 'yes': True, 'có': True, "),
}
"""Words that are looked for in a plan, or that stand for points in a form or a table: others wrote them."""
KEPT = {
    ("airflow_roles.py", "{VIEWER: _LOOKS, COORDINATOR: (*_LOOKS, (RESOURCE, DECIDES))}"),
    ("lifecycle/publications/_quota.py", "{'ngày': str(item.published_on), 'tên': item.title, 'địa chỉ': item.link}"),
    ("lifecycle/publications/_quota.py", "{'kỳ': owed.period, 'tin, bài': shown}"),
    ("lifecycle/review/_record.py", "{'đơn vị': paper.unit_id, 'nội dung': paper.item.value, 'kỳ': paper.period, "),
}
"""Roles that Airflow knows by name; records that are kept as files and known by their bytes, whose spelling tests of
their own pin."""


def test_no_code_of_ours_decides_by_a_sentence() -> None:
    trees = {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not is_reader(path)
    }
    allowed = {
        each
        for each in decided_by_words(trees)
        for module, code in READ | KEPT
        if each.startswith(f"{module}:") and f": {code}" in each
    }
    assert [each for each in decided_by_words(trees) if each not in allowed] == []
    assert len(allowed) == len(READ | KEPT)


@pytest.mark.parametrize(
    "code",
    [
        'why != "đã hết tháng"',
        'OVER = "đã hết tháng"\nwhy in (None, OVER)',
        'OVER = "đã hết tháng"\nKNOWN = frozenset({OVER})',
        'A = Finding("x", "Chưa có số liệu")\nB = {A}',
        'A = Finding("x", "Chưa có số liệu")\nA in found',
        'words = {"Tiếp nhận": 1}',
        'reason.startswith("Cần xem lại: ")',
        'OVER = f"đã hết {month}"\nmodule.OVER == why',
    ],
)
def test_a_decision_by_words_is_found(code: str) -> None:
    assert decided_by_words({"x.py": ast.parse(code)})


@pytest.mark.parametrize(
    "code",
    [
        'WORDS = {Kind.A: "đã hết tháng"}\nkind in WORDS',
        'say("đã hết tháng")',
        'rule == "report.unit"',
        'text = "đã" + x',
        'MONTH = "tháng"\nkind is Kind.MONTH',
    ],
)
def test_what_only_speaks_is_let_be(code: str) -> None:
    assert decided_by_words({"x.py": ast.parse(code)}) == []


def test_every_text_is_reworded_and_what_is_filled_in_stays() -> None:
    texts = [text for found in messages().values() for text in found]
    assert len(texts) > 500
    assert [text for text in texts if reworded(text) == text] == []
    assert reworded("Chưa có {what}: “{vi}”") == "aưhC óc {what}: “{vi}”"
    assert not speaks("report.unit")
