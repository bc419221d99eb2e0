"""``plan check``: files in, the comparison as an answer out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plan_lifecycle.cli._files import paper_bytes, shown
from plan_lifecycle.cli._output import plain
from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan, Paragraph, read_blocks, read_plan
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan import Activity, Plan
from plan_lifecycle.domain.plan_check import Deviation, PlanCheck, check_plan, text_of, unit_named


@dataclass(frozen=True, slots=True)
class Superior:
    """What sub-plans are held against: the superior plan, the siblings' plans and the draft that was sent."""

    path: Path
    plan: Plan
    siblings: tuple[tuple[str, str], ...]
    draft: str

    @classmethod
    def read(cls, path: Path, *, siblings: Iterable[Path], draft: Path | None) -> Superior:
        """Read all of it. Raises InputError where the plan is none, or a file cannot be read."""
        try:
            plan = read_plan(paper_bytes(path).data, name=path.name)
        except NotAPlan as error:
            raise InputError("a plan", file=shown(path), found=error.kind, vi=error.for_user) from error
        except BadDocument as error:
            raise error.of(shown(path)) from error
        texts = tuple((shown(sibling), _wording(sibling)) for sibling in siblings)
        return cls(path, plan, texts, _wording(draft) if draft else "")


def check_file(path: Path, superior: Superior, unit: str) -> dict[str, Any]:
    """The answer for one sub-plan; a file that is no plan is an answer too. Raises InputError where it is no file."""
    head = {"file": shown(path), "against": shown(superior.path)}
    try:
        sub = read_plan(paper_bytes(path).data, name=path.name)
    except (NotAPlan, BadDocument) as refusal:
        return {**head, "refused": refusal.for_user}
    whose = unit_named(unit or sub.issuer or "")
    if unit and whose is None:
        raise InputError('a unit\'s name ("xã Bình An")', field="unit", found=unit)
    found = check_plan(sub, superior.plan, unit=whose, siblings=superior.siblings, draft=superior.draft)
    return {**head, "unit": whose.name if whose else None, **_answer(found)}


def _answer(found: PlanCheck) -> dict[str, Any]:
    return {
        "covered": [
            {"superior": _row(pair.superior), "own": _row(pair.own), "likeness": pair.likeness}
            for pair in found.covered
        ],
        "missing": [{**_row(one.superior), "role": one.role} for one in found.missing],
        "later": [_deviation(one) for one in found.later],
        "lower": [_deviation(one) for one in found.lower],
        "extra": [_row(row) for row in found.extra],
        "copied": plain(found.copied),
        "findings": plain(found.findings),
    }


def _row(activity: Activity) -> dict[str, str]:
    deadline = activity.deadline.phrase if activity.deadline else ""
    return {
        "ordinal": activity.ordinal,
        "content": activity.content,
        "lead": activity.lead,
        "deadline": deadline,
        "source": activity.source,
    }


def _deviation(one: Deviation) -> dict[str, Any]:
    return {
        "superior": _row(one.superior),
        "own": _row(one.own),
        "found": one.found,
        "expected": one.expected,
    }


def _wording(path: Path) -> str:
    """The text of a Word file: of a plan what it asks for, of anything else all its paragraphs."""
    try:
        data = paper_bytes(path).data
        return text_of(read_plan(data, name=path.name))
    except BadDocument as error:
        raise error.of(shown(path)) from error
    except NotAPlan as error:
        if error.kind not in ("other_type", "no_type"):
            raise InputError("a Word file", file=shown(path), found=error.kind, vi=error.for_user) from error
    return "\n".join(block.text for block in read_blocks(data) if isinstance(block, Paragraph))


def findings_text(answer: dict[str, Any]) -> str:
    """The comparison for people at a terminal."""
    head = f"{answer['file']} (so với {answer['against']})"
    if "refused" in answer:
        return f"{head}: không đọc được. {answer['refused']}"
    counts = (
        f"  Nhiệm vụ được giao: {len(answer['covered']) + len(answer['missing']):02}; "
        f"đã có: {len(answer['covered']):02}; còn thiếu: {len(answer['missing']):02}; "
        f"bổ sung: {len(answer['extra']):02}"
    )
    if not answer["findings"]:
        return f"{head}\n{counts}\n  Không có nội dung cần hoàn thiện."
    lines = [
        f"    {number}. {finding['text']}" + (f" [{finding['where']}]" if finding["where"] else "")
        for number, finding in enumerate(answer["findings"], start=1)
    ]
    return "\n".join([head, counts, f"  Nội dung đề nghị bổ sung, hoàn thiện ({len(lines):02}):", *lines])
