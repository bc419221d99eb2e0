"""``plan diff``: two versions of a plan in, what is different out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plan_lifecycle.cli._files import paper_bytes, shown
from plan_lifecycle.cli._output import plain
from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan, read_plan
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan import Activity, Plan, ReportingDuty
from plan_lifecycle.domain.plan_check import same_reference
from plan_lifecycle.domain.plan_version import Altered, Relation, RelationKind, difference, relation

_KINDS = {"amends": "sửa đổi, bổ sung", "replaces": "thay thế", "withdraws": "thu hồi"}
_FIELDS = {
    "content": "nội dung",
    "lead": "đơn vị chủ trì",
    "support": "đơn vị phối hợp",
    "monitor": "đơn vị theo dõi, đôn đốc",
    "deadline": "thời hạn",
    "product": "sản phẩm",
    "budget": "kinh phí",
    "audience": "đơn vị thực hiện",
    "addressee": "nơi nhận",
    "receiving_office": "cơ quan tiếp nhận",
}


def compare_files(old: Path, new: Path) -> dict[str, Any]:
    """The answer. Raises InputError where one of the two is no plan."""
    before, after = _read(old), _read(new)
    found = relation(after)
    kind = found.kind if found else RelationKind.REPLACES
    altered = difference(before, after, kind)
    return {
        "old": {"file": shown(old), "reference": before.reference, "issued_on": plain(before.issued_on)},
        "new": {"file": shown(new), "reference": after.reference, "issued_on": plain(after.issued_on)},
        "relation": _relation(found, before) if found else None,
        "activities": _sorted(altered.activities),
        "reporting": _sorted(altered.duties),
    }


def _read(path: Path) -> Plan:
    try:
        return read_plan(paper_bytes(path).data, name=path.name)
    except (NotAPlan, BadDocument) as error:
        raise InputError("a plan", file=shown(path), found=type(error).__name__, vi=error.for_user) from error


def _relation(found: Relation, old: Plan) -> dict[str, Any]:
    numbers = [cited.number.upper() for cited in found.cited]
    meant = any(same_reference(cited.number, old.reference or "") for cited in found.cited)
    return {"kind": found.kind.value, "cited": numbers, "names_old": meant}


def _sorted(altered: Iterable[Altered]) -> dict[str, Any]:
    found: dict[str, Any] = {"added": [], "removed": [], "changed": []}
    for each in altered:
        if each.before is None and each.after is not None:
            found["added"].append(_shown(each.after))
        elif each.after is None and each.before is not None:
            found["removed"].append(_shown(each.before))
        elif each.before is not None and each.after is not None:
            changes = [change._asdict() for change in each.changes]
            found["changed"].append({"old": _shown(each.before), "new": _shown(each.after), "changes": changes})
    return found


def _shown(asked: Activity | ReportingDuty) -> dict[str, Any]:
    deadline = {"deadline": asked.deadline.phrase, "due": plain(asked.deadline.due)} if asked.deadline else {}
    head = {"deadline": "", "due": []} | deadline | {"source": asked.source}
    if isinstance(asked, Activity):
        return {"ordinal": asked.ordinal, "content": asked.content, "lead": asked.lead, "support": asked.support} | head
    return {"item": asked.item, "audience": asked.audience, "clause": asked.clause} | head


def difference_text(answer: dict[str, Any]) -> str:
    """The difference for people at a terminal."""
    old, new, kind = answer["old"], answer["new"], answer["relation"]
    lines = [f"{new['reference'] or new['file']} so với {old['reference'] or old['file']}"]
    if kind is not None:
        lines[0] += f" ({_KINDS[kind['kind']]})"
        if not kind["names_old"]:
            lines.append(f"  Văn bản mới nêu kế hoạch khác: {', '.join(kind['cited']) or 'không ghi số'}.")
    lines += _listed("Nhiệm vụ", answer["activities"]) + _listed("Kế hoạch, báo cáo phải gửi", answer["reporting"])
    return "\n".join(lines)


def _listed(title: str, found: dict[str, Any]) -> list[str]:
    if not any(found.values()):
        return [f"  {title}: không thay đổi"]
    lines = [f"  {title}:"]
    lines += [f"    + {_line(each)}" for each in found["added"]]
    lines += [f"    - {_line(each)}" for each in found["removed"]]
    for each in found["changed"]:
        lines.append(f"    * {_line(each['new'])}")
        lines += [
            f"        {_FIELDS[change['field']]}: {change['after'] or 'không ghi'} "
            f"(trước đây: {change['before'] or 'không ghi'})"
            for change in each["changes"]
        ]
    return lines


def _line(shown_row: dict[str, Any]) -> str:
    text = " ".join((shown_row.get("content") or shown_row.get("clause") or "").split())
    return f"{text} [{shown_row['source']}]"
