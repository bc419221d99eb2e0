"""The targets that a plan sets, the indicators that they are measured by, and whether what was reached meets them.

"Tối thiểu 98% hồ sơ thủ tục hành chính … được giải quyết trước và đúng hạn" is measured by the shares of departments
and of communes that the profile names for it. A target that no rule of the profile fits, or that two fit, is asked of
the coordinator; it is never guessed, and until then its result is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.decision import point_key
from plan_lifecycle.domain.period import Period, PeriodKind
from plan_lifecycle.domain.plan import Plan, Section
from plan_lifecycle.domain.plan_task import tasks_of
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.target import Target, target_clauses
from plan_lifecycle.domain.text import normalise

_WORD = regex(r"\w+")
OWN_TASKS_IN_TIME = "own_tasks_in_time"
OWN_MEASURES = frozenset({OWN_TASKS_IN_TIME})
"""What is measured by no figure of the units: the share of the plan's own tasks that were done in time."""
OWN_MEASURE_WORDS = {OWN_TASKS_IN_TIME: "Tỷ lệ nhiệm vụ của Kế hoạch hoàn thành đúng thời hạn"}
_BY_YEAR_END = regex(r"\b(?:(?:đến|trước|vào) (?:hết|cuối) năm|đến (?:ngày )?31/12)(?:[ /](20\d\d))?\b")

_RULES = regex(
    r"\b(?:(?:chấm|tính|thang|bảng) điểm|bình xét|khen thưởng|bằng khen|giấy khen|danh hiệu thi đua"
    r"|tiêu chí (?:chấm|thi đua|đánh giá|bình xét|xếp))\b"
)
_AIMS = regex(r"\b(?:mục tiêu|chỉ tiêu|phấn đấu)\b")
_SCORED = regex(
    r"\b(?:không chấm điểm|chấm (?:điểm )?tối đa|tính điểm|điểm tối đa|tính theo tỷ lệ"
    r"|(?:cộng|trừ|được|tối đa) \d{1,3}(?:[,.]\d{1,2})? điểm)\b|: \d{1,3}(?:[,.]\d{1,2})? điểm\b"
)
"""How points are given: "Hoàn thành 100% nhiệm vụ: 10 điểm; dưới 90%: không chấm điểm"."""
_LONGEST_HEADING = 150


class Verdict(StrEnum):
    """Whether a target is met: đạt, chưa đạt, chưa đến kỳ đánh giá, chưa rõ."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why nothing is known: no indicator is named yet, a person said that none measures it, nobody reported."""

    ASKED = "asked"
    NOT_MEASURED = "not_measured"
    NO_FIGURES = "no_figures"


VERDICT_WORDS = {
    Verdict.MET: "Đạt",
    Verdict.NOT_MET: "Chưa đạt",
    Verdict.NOT_DUE: "Chưa đến kỳ đánh giá",
    Verdict.UNKNOWN: "Chưa rõ",
}
WHY_WORDS = {
    Why.ASKED: "chưa xác định chỉ tiêu thống kê để đánh giá",
    Why.NOT_MEASURED: "không có chỉ tiêu thống kê, theo dõi riêng",
    Why.NO_FIGURES: "chưa có số liệu",
}


@dataclass(frozen=True, slots=True)
class PlanTarget:
    """A target of a plan. ``key`` outlives a new reading; ``text`` is the sentence that sets it, ``sources`` its
    places in the plan. ``alone`` says that the sentence sets no other, so that its words speak of this one. ``due`` is
    the day by which it is to be reached, where the sentence or its task names one."""

    key: str
    text: str
    target: Target
    sources: tuple[str, ...]
    alone: bool = True
    due: date | None = None


@dataclass(frozen=True, slots=True)
class TargetRule:
    """By which indicators a target is measured whose sentence holds all of ``words`` and none of ``without``, each a
    phrase in normal form."""

    indicators: tuple[str, ...]
    words: tuple[str, ...]
    without: tuple[str, ...] = ()

    def fits(self, text: str, ratios: Mapping[str, bool], *, is_ratio: bool) -> bool:
        """Whether it speaks of this sentence, and its indicators are measured as the target is."""
        words = _plain(text)
        return (
            all(f" {phrase} " in words for phrase in self.words)
            and not any(f" {phrase} " in words for phrase in self.without)
            and all(ratios.get(code) is is_ratio for code in self.indicators)
        )


@dataclass(frozen=True, slots=True)
class TargetMark:
    """What a person settled of a target: by which indicators it is measured (empty: by none), or what was reached and
    which paper shows it. ``indicators`` is None where an earlier note was taken back and the rules decide again."""

    indicators: tuple[str, ...] | None
    by: str
    day: date
    reason: str
    result: float | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class TargetResult:
    """What one indicator says: its name, the value as it is written, whether that is enough."""

    indicator: str
    name: str
    text: str
    verdict: Verdict
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A target beside its results. ``why`` says what is missing where the verdict is not known."""

    target: PlanTarget
    verdict: Verdict
    results: tuple[TargetResult, ...] = ()
    why: Why | None = None
    mark: TargetMark | None = None


def targets_of(plan: Plan) -> tuple[PlanTarget, ...]:
    """Every target of a plan, in reading order; the same sentence with the same number stands once with its places."""
    found: dict[str, PlanTarget] = {}
    for text, source, due in _passages(plan):
        for clause, targets in target_clauses(text):
            by_end = _year_end(clause, plan)
            for target in targets:
                alike = f"{target.comparison}{target.value:g}{target.per or ''}"
                key = point_key("target", alike, clause)
                known = found.get(key)
                sources = dict.fromkeys([*(known.sources if known else ()), source])
                alone = len(targets) == 1
                found[key] = PlanTarget(key, clause.strip(" -+•"), target, tuple(sources), alone, due or by_end)
    return tuple(_once(found.values()))


def _year_end(clause: str, plan: Plan) -> date | None:
    """The last day of the year that a sentence names, or of the plan's last one."""
    named = _BY_YEAR_END.search(normalise(clause))
    year = int(named[1]) if named and named[1] else max(plan.period, default=0)
    return date(year, 12, 31) if named and year else None


def _once(targets: Iterable[PlanTarget]) -> Iterator[PlanTarget]:
    """A task that repeats an objective in its product is the same target: one sentence holds the other's words."""
    kept: list[PlanTarget] = []
    for one in targets:
        words = frozenset(_WORD.findall(normalise(one.text)))
        same = next((place for place, other in enumerate(kept) if _same(one, other, words)), None)
        if same is None:
            kept.append(one)
        else:
            sources = tuple(dict.fromkeys((*kept[same].sources, *one.sources)))
            kept[same] = replace(kept[same], sources=sources, due=kept[same].due or one.due)
    yield from kept


def _same(one: PlanTarget, other: PlanTarget, words: frozenset[str]) -> bool:
    if _number(one.target) != _number(other.target):
        return False
    known = frozenset(_WORD.findall(normalise(other.text)))
    shorter, longer = sorted((words, known), key=len)
    return len(shorter) > 4 and len(shorter & longer) >= 0.9 * len(shorter) and len(longer) < 2 * len(shorter)


def _number(target: Target) -> tuple[object, ...]:
    return target.comparison, target.value, target.upper, target.per


def _passages(plan: Plan) -> Iterator[tuple[str, str, date | None]]:
    for section in plan.sections:
        yield from _of_section(section, ())
    for task, activity in zip(tasks_of(plan.activities), plan.activities, strict=True):
        for text in (activity.content, activity.product):
            yield text, activity.source, None if task.regular else task.due


def _of_section(section: Section, above: tuple[str, ...]) -> Iterator[tuple[str, str, None]]:
    """Its sentences and those of its parts; of rules for points and awards none, for these set no target."""
    if _is_rules(section.title):
        return
    path = (*above, section.ordinal.strip(" .)")) if section.ordinal.strip(" .)") else above
    place = f"Mục {'.'.join(path)}" if path else section.title
    for text in (section.title, *section.text):  # a numbered sentence may stand alone under its number
        if not _SCORED.search(normalise(text)):
            yield text, place, None
    for part in section.sections:
        yield from _of_section(part, path)


def _is_rules(heading: str) -> bool:
    """Whether what stands under a heading says how points or awards are given."""
    text = normalise(heading)
    return len(text) <= _LONGEST_HEADING and bool(_RULES.search(text)) and not _AIMS.search(text)


def indicators_for(
    target: PlanTarget, rules: Iterable[TargetRule], ratios: Mapping[str, bool]
) -> tuple[str, ...] | None:
    """The indicators that measure a target by the rules; None where no rule fits, or rules that disagree, or where its
    sentence sets several targets.

    ``ratios`` says of each indicator whether it is a share. A rule with more words stands above one that it contains.
    """
    if not target.alone:
        return None
    fitting = [rule for rule in rules if rule.fits(target.text, ratios, is_ratio=target.target.is_ratio)]
    own = [rule for rule in fitting if not any({*rule.words} < {*other.words} for other in fitting)]
    named = {rule.indicators for rule in own}
    return next(iter(named)) if len(named) == 1 else None


def meets(target: Target, value: float) -> bool:
    """Whether a value is enough. A bare number is to be reached, and more than it is no fault."""
    match target.comparison:
        case ">":
            return value > target.value
        case "<":
            return value < target.value
        case "<=":
            return value <= target.value
        case "range":
            return value >= target.value
    return value >= target.value


def not_due(target: PlanTarget, period: Period) -> bool:
    """Whether what a period reports may still fall short of a target: its day, or the year that it counts, is not over.

    The report of the year judges all that belongs to the year.
    """
    ends = date(period.year, 12, 31) if period.kind is PeriodKind.YEAR else period.data_to
    counts_a_year = target.target.per == "year" and not target.target.is_ratio
    due = target.due or (date(period.year, 12, 31) if counts_a_year else None)
    return due is not None and due > ends


def overall(results: Sequence[TargetResult]) -> Verdict:
    """Not met where one result is not, met where all are."""
    verdicts = {result.verdict for result in results}
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.MET if verdicts == {Verdict.MET} else Verdict.UNKNOWN


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(normalise(text)))} "


def rule_phrase(text: str) -> str:
    """A phrase of a rule as sentences are searched for it."""
    return _plain(text).strip()


def target_words(target: Target) -> str:
    """The number to reach as people write it: "≥ 98%", "> 90%", "≥ 05 tin, bài/tháng"."""
    sign = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}.get(target.comparison, "")
    number = number_words(target.value, padded=not target.is_ratio)
    if target.upper is not None:
        number = f"{number} - {number_words(target.upper)}"
    if target.is_ratio:
        return f"{sign}{number}%"
    per = {"month": "/tháng", "quarter": "/quý", "half_year": "/6 tháng", "year": "/năm", "unit": "/đơn vị"}
    return f"{sign}{number} {target.unit or ''}".rstrip() + per.get(target.per or "", "")


def number_words(value: float, *, padded: bool = False) -> str:
    """98,5; 1.200; 05 where it is padded."""
    if padded and value < 10 and float(value).is_integer():
        return f"{int(value):02}"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
