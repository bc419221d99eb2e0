"""What tests of the checker share: the rules that a document is found to depart from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.documents.forms import BODY

from plan_lifecycle.documents.check import Finding, check_form

Case = tuple[dict[str, Any], str, str]


def rules(findings: tuple[Finding, ...]) -> dict[str, str]:
    """Rule to severity."""
    return {finding.rule: finding.severity for finding in findings}


def expect(build: Callable[..., bytes], changes: dict[str, Any], rule: str, severity: str) -> Finding:
    """The one finding of a document with one change."""
    findings = check_form(build(**changes))
    assert rules(findings) == {rule: severity}
    return findings[0]


def body(index: int, **changes: Any) -> dict[str, Any]:
    """The plan's text with one paragraph changed."""
    return {"body": (*BODY[:index], replace(BODY[index], **changes), *BODY[index + 1 :])}
