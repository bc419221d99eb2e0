"""What a coordinator notes: how far a task is, what measures a target or what was reached, an index that was published.

Each note is kept beside the earlier ones and goes into the trail; the same note twice is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan_target import OWN_MEASURES, TargetMark
from plan_lifecycle.domain.plan_task import Said, TaskReport
from plan_lifecycle.domain.published_index import NamedIndex, PublishedIndex, check_index, with_last_year
from plan_lifecycle.domain.text import nfc
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.progress._plan import PlanProgress, progress_of_plan
from plan_lifecycle.store import progress as progress_rows
from plan_lifecycle.store import published_indices as index_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.audit import Act, append


def mark_task(
    office: Office,
    named: str,
    key: str,
    said: Said,
    decider: Decider,
    now: datetime,
    *,
    done_on: date | None = None,
    paper: str = "",
) -> bool:
    """Note how far a task of a registered plan is; False where that is noted already.

    Raises InputError where there is no such plan or task, a done task has no paper, or a day is after today.
    """
    progress = progress_of_plan(office, named, now)
    task = next((one.task for one in progress.tasks if one.task.key == key), None)
    if task is None:
        vi = f"Kế hoạch {progress.reference} không có nhiệm vụ “{key}”."
        raise InputError(f"the key of one of the plan's {len(progress.tasks)} tasks", field="task", found=key, vi=vi)
    paper = nfc(paper).strip()
    if said is Said.DONE and not paper:
        vi = "Đề nghị ghi số, ký hiệu văn bản hoặc sản phẩm cho thấy nhiệm vụ đã hoàn thành."
        raise InputError("the paper that shows that it is done", field="paper", found="nothing", vi=vi)
    if done_on is not None and said is not Said.DONE:
        raise InputError("a day only for what is done", field="done_on", found=done_on, vi="Chỉ ghi ngày khi đã xong.")
    if done_on is not None and done_on > now.date():
        vi = "Ngày hoàn thành sau ngày hôm nay."
        raise InputError(f"a day up to {now.date().isoformat()}", field="done_on", found=done_on, vi=vi)
    reason = decider.why if said is Said.OPEN else decider.reason or ""
    mark = TaskReport(said, decider.by, now.date(), "", done_on, paper, reason)
    details = {"task": key, "said": said.value, "done_on": done_on.isoformat() if done_on else None, "paper": paper}
    with office.store.write() as connection:
        new = progress_rows.mark_task(connection, progress.id, key, mark, now)
        if new:
            append(connection, _act(ActKind.MARK_TASK, progress, decider, now, details))
    return new


class TargetChoice(NamedTuple):
    """How a target is judged: by these indicators, else by what was reached and the ``paper`` that tells it, else by
    none (it is followed apart)."""

    indicators: tuple[str, ...] = ()
    result: float | None = None
    paper: str = ""


def settle_target(
    office: Office,
    named: str,
    key: str,
    decider: Decider,
    now: datetime,
    *,
    indicators: Sequence[str] = (),
    result: float | None = None,
    paper: str = "",
) -> bool:
    """Settle by which indicators a target is measured, that none measures it, or what was reached; False where that is
    settled already. Raises InputError where plan, target or an indicator is unknown, or a result has no paper."""
    choice = TargetChoice(tuple(indicators), result, paper)
    return _settle(office, progress_of_plan(office, named, now), key, choice, decider, now)


def settle_targets(
    office: Office, named: str, choices: Mapping[str, TargetChoice], decider: Decider, now: datetime
) -> dict[str, InputError]:
    """Settle several targets of a plan, each by itself, for the same reason; return why what was not settled, by key.

    Raises InputError where the plan is unknown, or no reason is given.
    """
    progress, problems = progress_of_plan(office, named, now), dict[str, InputError]()
    decider.why  # noqa: B018  a reason is owed before anything is settled
    for key, choice in choices.items():
        try:
            _settle(office, progress, key, choice, decider, now)
        except InputError as error:
            problems[key] = error
    return problems


def _settle(
    office: Office, progress: PlanProgress, key: str, choice: TargetChoice, decider: Decider, now: datetime
) -> bool:
    _require_target(progress, key)
    known = {one.code for profile in office.rules.profiles for one in profile.indicators} | OWN_MEASURES
    unknown = [code for code in choice.indicators if code not in known]
    if unknown:
        vi = f"Không có chỉ tiêu “{', '.join(unknown)}”."
        raise InputError("codes of indicators", field="indicator", found=", ".join(unknown), vi=vi)
    if choice.indicators and choice.result is not None:
        vi = "Đề nghị chọn chỉ tiêu hoặc ghi kết quả, chỉ một trong hai."
        raise InputError("either indicators or a result", field="result", found=choice.result, vi=vi)
    paper = nfc(choice.paper).strip()
    if choice.result is not None and not paper:
        vi = "Đề nghị ghi văn bản nêu kết quả."
        raise InputError("the paper that tells the result", field="paper", found="nothing", vi=vi)
    indicators = tuple(dict.fromkeys(choice.indicators))
    mark = TargetMark(indicators, decider.by, now.date(), decider.why, choice.result, paper)
    details = {"target": key, "indicators": list(choice.indicators), "result": choice.result, "paper": paper}
    return _settled(office, progress, key, mark, decider, now, details)


def reopen_target(office: Office, named: str, key: str, decider: Decider, now: datetime) -> bool:
    """Take back what was settled of a target, so that the rules decide again; False where nothing is settled.

    Raises InputError where plan or target is unknown, or no reason is given.
    """
    progress = progress_of_plan(office, named, now)
    _require_target(progress, key)
    if key not in progress.marks:
        return False
    mark = TargetMark(None, decider.by, now.date(), decider.why)
    return _settled(office, progress, key, mark, decider, now, {"target": key, "indicators": None})


def _require_target(progress: PlanProgress, key: str) -> None:
    """Raise InputError where the plan has no such target."""
    if key not in {target.key for target in progress.targets}:
        vi = f"Kế hoạch {progress.reference} không có mục tiêu “{key}”."
        expected = f"the key of one of the plan's {len(progress.targets)} targets"
        raise InputError(expected, field="target", found=key, vi=vi)


def _settled(
    office: Office,
    progress: PlanProgress,
    key: str,
    mark: TargetMark,
    decider: Decider,
    now: datetime,
    details: Mapping[str, object],
) -> bool:
    with office.store.write() as connection:
        new = progress_rows.mark_target(connection, progress.id, key, mark, now)
        if new:
            append(connection, _act(ActKind.SETTLE_TARGET, progress, decider, now, details))
    return new


def enter_index(office: Office, result: PublishedIndex, now: datetime) -> bool:
    """Keep an index that was published; False where it stands there already.

    Raises InputError, with the field, where it cannot be, or the unit is unknown.
    """
    by = Decider(result.entered_by).by
    kinds = office.rules.indices
    publisher = nfc(result.publisher).strip() or (kinds[result.code].publisher if result.code in kinds else "")
    result = replace(result, publisher=publisher, paper=nfc(result.paper).strip(), entered_by=by)
    check_index(result, kinds, now.date())
    return _entered(office, result, now)


def withdraw_index(office: Office, unit_id: str, code: str, year: int, decider: Decider, now: datetime) -> bool:
    """Take back what was entered of an index and year; False where nothing is. Raises InputError without a reason."""
    with office.store.read() as connection:
        known = [one for one in index_rows.entered(connection, unit_id, now) if (one.code, one.year) == (code, year)]
    if not known:
        return False
    gone = replace(known[0], value=None, rank=None, out_of=None, last_value=None, last_rank=None, entered_by=decider.by)
    return _entered(office, gone, now, decider.why)


def _entered(office: Office, result: PublishedIndex, now: datetime, reason: str | None = None) -> bool:
    with office.store.write() as connection:
        if result.unit_id not in unit_rows.load_tree(connection, now.date()):
            vi = f"Không có đơn vị với mã “{result.unit_id}”."
            raise InputError("the id of a unit that is imported", field="unit", found=result.unit_id, vi=vi)
        new = index_rows.enter(connection, result, now)
        if new:
            details = {"unit": result.unit_id, "index": result.code, "value": result.value, "rank": result.rank}
            kind, by = ActKind.ENTER_INDEX, result.entered_by
            append(connection, Act(now, by, kind, ActSubject.INDEX, result.year, reason, details))
    return new


def indices_of(office: Office, unit_id: str, now: datetime, last_year: int | None = None) -> list[NamedIndex]:
    """The newest result of each index of a unit that is known at a moment, in the order of the configuration."""
    with office.store.read() as connection:
        found = with_last_year(index_rows.entered(connection, unit_id, now, last_year))
    by_code = {result.code: result for result in found}
    return [NamedIndex(kind, by_code[code]) for code, kind in office.rules.indices.items() if code in by_code]


def _act(kind: ActKind, progress: PlanProgress, decider: Decider, now: datetime, details: Mapping[str, object]) -> Act:
    return Act(now, decider.by, kind, ActSubject.PLAN, progress.id, decider.reason, details)
