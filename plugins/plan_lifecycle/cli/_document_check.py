"""The answer of ``plan-lifecycle document check``: one file's findings, or why it cannot be read as a Word document."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from plan_lifecycle.cli._files import require_file
from plan_lifecycle.documents.check import ERROR, check_form, rule_of
from plan_lifecycle.documents.gate import Purpose, inspect
from plan_lifecycle.documents.package import MAX_FILE, BadDocument
from plan_lifecycle.domain.errors import unreadable

_SEVERITIES = {True: "Cần chỉnh", False: "Lưu ý"}


def check_file(path: Path, *, draft: bool) -> dict[str, Any]:
    """The findings of one file, or its refusal. Raises InputError where there is no file to read."""
    shown = os.fsencode(path).decode("utf-8", "replace")
    require_file(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise unreadable(shown, error) from error
    try:
        return {"file": shown, "findings": check_form(data, draft=draft)}
    except BadDocument as refusal:
        return {"file": shown, "refused": _reason(data, path.name, refusal)}


def _reason(data: bytes, name: str, refusal: BadDocument) -> str:
    """The gate knows what a file is that is no Word document: a PDF, an old .doc, one under a password."""
    verdict = inspect(data, name=name, purpose=Purpose.PLAN)
    return verdict.reason if verdict.code in ("wrong_kind", "password", "zero_bytes") else refusal.for_user


def for_people(answer: dict[str, Any]) -> str:
    """The same in Vietnamese, a finding a paragraph."""
    if "refused" in answer:
        return f"{answer['file']}: {answer['refused']}"
    findings = answer["findings"]
    if not findings:
        return f"{answer['file']}: thể thức, kỹ thuật trình bày đạt yêu cầu."
    errors = sum(finding["severity"] == ERROR for finding in findings)
    head = f"{answer['file']}: {errors:02d} nội dung cần chỉnh, {len(findings) - errors:02d} nội dung lưu ý."
    return "\n".join([head, *(_paragraph(number, finding) for number, finding in enumerate(findings, start=1))])


def _paragraph(number: int, finding: dict[str, str]) -> str:
    severity = _SEVERITIES[finding["severity"] == ERROR]
    return (
        f"{number}. {severity}: {rule_of(finding['rule']).title} ({finding['where']}): {finding['found']}; "
        f"quy định: {finding['expected']}.\n   Căn cứ: {finding['article']}."
    )
