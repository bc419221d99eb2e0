"""The plan's progress, its targets and published indices as the report says them: sentences and short tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from plan_lifecycle.documents.drafts import IndexRow, SectionTables, TargetRow, TaskRow
from plan_lifecycle.domain.plan_target import (
    VERDICT_WORDS,
    WHY_WORDS,
    TargetStanding,
    Verdict,
    Why,
    number_words,
    target_words,
)
from plan_lifecycle.domain.plan_task import STATE_WORDS, TaskStanding, TaskState, tally
from plan_lifecycle.domain.profile import Source
from plan_lifecycle.domain.published_index import NamedIndex
from plan_lifecycle.domain.report import Consolidated, PlanStanding
from plan_lifecycle.domain.writing import count_text, short_date
from plan_lifecycle.lifecycle.compile._numbers import percent_text

_JUDGED = (
    (Verdict.MET, "đạt"),
    (Verdict.NOT_MET, "chưa đạt"),
    (Verdict.NOT_DUE, "chưa đến kỳ đánh giá"),
)
_MOST_ROWS = 10
_MOST_TARGETS = 25
_LATE = (TaskState.OVERDUE, TaskState.SILENT, TaskState.UNDATED, TaskState.LATE)
_LONGEST = 220


def sentences_of(whole: Consolidated, today: date) -> dict[Source, tuple[str, ...]]:
    """What stands under the headings of progress, targets and indices."""
    return {
        Source.PROGRESS: tuple(_progress(plan, today) for plan in whole.plans if plan.tasks),
        Source.TARGETS: tuple(_targets(plan) for plan in whole.plans if plan.targets),
        Source.INDICES: tuple(map(_index, whole.indices)),
    }


def tables_of(whole: Consolidated) -> dict[Source, SectionTables]:
    """The tables that stand under these headings."""
    late = [one for plan in whole.plans for one in plan.tasks if one.state in _LATE]
    late.sort(key=lambda one: (_LATE.index(one.state), -one.days_late))
    judged = [one for plan in whole.plans for one in _judged(plan)]
    return {
        Source.PROGRESS: SectionTables(tasks=tuple(map(_task_row, count(1), late[:_MOST_ROWS]))),
        Source.TARGETS: SectionTables(targets=tuple(map(_target_row, count(1), judged[:_MOST_TARGETS]))),
        Source.INDICES: SectionTables(indices=tuple(map(_index_row, count(1), whole.indices))),
    }


def _progress(plan: PlanStanding, today: date) -> str:
    counts = tally(plan.tasks)
    late = [f"chậm {count_text(counts.late)}"] if counts.late else []
    late += [f"chưa rõ ngày hoàn thành {count_text(counts.undated)}"] if counts.undated else []
    done = f"đã hoàn thành {count_text(counts.done)} nhiệm vụ (đạt {percent_text(100 * counts.done / counts.all)})"
    if not counts.done:
        done = "chưa có nhiệm vụ nào hoàn thành"
    parts = [f"{done}, trong đó {', '.join(late)}" if late else done]
    parts += [
        f"{words} {count_text(count)}"
        for words, count in (
            ("đang thực hiện", counts.under_way),
            ("thực hiện thường xuyên", counts.regular),
            ("chưa đến hạn hoặc chưa có mốc thời gian cụ thể", counts.waiting),
            ("đã đến hạn, chưa có báo cáo kết quả", counts.silent),
            ("quá hạn chưa hoàn thành", counts.overdue),
        )
        if count
    ]
    parts += [] if counts.overdue or counts.silent else ["không có nhiệm vụ quá hạn"]
    return (
        f"Kế hoạch số {plan.reference} đặt ra {count_text(counts.all)} nhiệm vụ; đến ngày {short_date(today)} "
        f"{'; '.join(parts)}.{_more(plan.tasks)}"
    )


def _more(tasks: Sequence[TaskStanding]) -> str:
    late = sum(one.state in _LATE for one in tasks)
    if late > _MOST_ROWS:
        return f" Bảng dưới đây nêu {_MOST_ROWS}/{late} nhiệm vụ chậm, quá hạn; toàn bộ tại tệp Excel kèm theo."
    return ""


def _judged(plan: PlanStanding) -> list[TargetStanding]:
    """The targets that something measures, or of which somebody has told what was reached."""
    return [one for one in plan.targets if one.why not in (Why.ASKED, Why.NOT_MEASURED)]


def _targets(plan: PlanStanding) -> str:
    counts = {verdict: sum(one.verdict is verdict for one in plan.targets) for verdict in Verdict}
    why = {reason: sum(one.why is reason for one in plan.targets) for reason in Why}
    reasons = "; ".join(f"{WHY_WORDS[reason]} {count_text(count)}" for reason, count in why.items() if count)
    said = [f"{count_text(counts[verdict])} mục tiêu {words}" for verdict, words in _JUDGED if counts[verdict]]
    if counts[Verdict.NOT_MET] and not counts[Verdict.MET]:
        said.insert(0, "chưa có mục tiêu nào đạt")
    if open_ := counts[Verdict.UNKNOWN]:
        said.append(f"{count_text(open_)} mục tiêu chưa đủ căn cứ đánh giá" + (f" ({reasons})" if reasons else ""))
    return (
        f"Kế hoạch số {plan.reference} có {count_text(len(plan.targets))} mục tiêu định lượng; trong đó "
        f"{', '.join(said)}.{_more_targets(plan)}"
    )


def _more_targets(plan: PlanStanding) -> str:
    judged = len(_judged(plan))
    if judged > _MOST_TARGETS:
        return f" Bảng dưới đây nêu {_MOST_TARGETS}/{judged} mục tiêu có kết quả; toàn bộ tại tệp Excel kèm theo."
    return ""


def _task_row(number: int, one: TaskStanding) -> TaskRow:
    days = f" {count_text(one.days_late)} ngày" if one.days_late and one.state is not TaskState.SILENT else ""
    share = f"; {one.done}/{len(one.leads)} đơn vị báo cáo hoàn thành" if len(one.leads) > 1 and one.reports else ""
    name = one.task.name if not one.task.product else f"{one.task.name} ({_short(one.task.product, 100)})"
    state = f"{STATE_WORDS[one.state]}{days}{share}"
    lead = _short(one.task.lead, 120)
    return TaskRow(str(number), _short(name), one.task.phrase, lead, one.task.monitor, state)


def _target_row(number: int, one: TargetStanding) -> TargetRow:
    several = len(one.results) > 1
    known = [f"{result.name}: {result.text}" if several else result.text for result in one.results if result.text]
    verdict = VERDICT_WORDS[one.verdict]
    why = f", {WHY_WORDS[one.why]}" if one.why else ""
    wanted = target_words(one.target.target)
    return TargetRow(str(number), _short(one.target.text), wanted, "\n".join(known), f"{verdict}{why}")


def _index(one: NamedIndex) -> str:
    result = one.result
    value = f" đạt {_measured(one, result.value)}" if result.value is not None else ""
    rank = f", xếp thứ {result.rank}/{result.out_of}" if result.rank is not None else ""
    paper = f", {result.paper}" if result.paper else ""
    return (
        f"{one.kind.name} năm {result.year}{value}{rank}{_changes(one)} "
        f"({result.publisher} công bố ngày {short_date(result.published_on)}{paper})."
    )


def _changes(one: NamedIndex) -> str:
    """Against the year before: the difference of the values, and the places won or lost."""
    result, said = one.result, []
    if result.value is not None and result.last_value is not None:
        difference = round(result.value - result.last_value, 2)
        way = "tăng" if difference > 0 else "giảm"
        unit = "điểm %" if one.kind.unit == "%" else one.kind.unit
        said.append(f"{way} {number_words(abs(difference))} {unit}" if difference else "không đổi về kết quả")
    if result.rank is not None and result.last_rank is not None:
        places = result.last_rank - result.rank
        way = "tăng" if places > 0 else "giảm"
        said.append(f"{way} {count_text(abs(places))} bậc" if places else "giữ nguyên thứ hạng")
    return f", {', '.join(said)} so với năm {result.year - 1}" if said else ""


def _index_row(number: int, one: NamedIndex) -> IndexRow:
    result = one.result
    rank = f"{result.rank}/{result.out_of}" if result.rank is not None else ""
    last_rank = f"thứ {result.last_rank}" if result.last_rank is not None else ""
    last_value = _measured(one, result.last_value) if result.last_value is not None else ""
    before = "; ".join(part for part in (last_value, last_rank) if part)
    value = _measured(one, result.value) if result.value is not None else ""
    source = f"{result.publisher}, ngày {short_date(result.published_on)}"
    return IndexRow(str(number), f"{one.kind.name} năm {result.year}", value, rank, before, source)


def _measured(one: NamedIndex, value: float | None) -> str:
    if value is None:
        return ""
    percent = one.kind.unit == "%"
    return f"{number_words(value)}{'%' if percent else f' {one.kind.unit}'}"


def _short(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"
