"""What is amiss with figures of which each can be read: a part above its whole, a year below its half, a leap.

Xã Bình An reports 12 of 10 tasks done: that has to be put right. It reports 250 items where it had 12 a year ago: that
may well be so, and is only to be looked at again. What is checked is said by each indicator (``Indicator.checks``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose
from urllib.parse import urlsplit

from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.indicator import Evidence, FigureRule, Indicator, Value
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.writing import count_text, first_up, write_value

_LINK = regex(r"https?://(?:(?!https?://)[^\s;\"'<>])+|(?<![\w.@/])www\.[^\s;,\"'<>]+", re.IGNORECASE)
_ATTACHED = regex(r"kèm theo|gửi kèm|phụ lục|danh sách|danh mục|bảng kê")
_REASON = regex(r"\b(?:lý do|nguyên nhân|do|vì|điều chỉnh)\b")
_SHARE_TOLERANCE = 1.0
"""In points of per cent: shares are often given without decimals."""
TO_LOOK_AT = "Cần xem lại: "
"""How a sentence begins that only asks to look again; a list of nothing else leaves it out."""


@dataclass(frozen=True, slots=True)
class Known:
    """Values of an earlier period, by indicator; ``label`` is the period in words ("6 tháng đầu năm 2022")."""

    label: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Background:
    """What a unit's figures are held against beside each other.

    ``before`` is the last period, ``within`` are accepted figures of shorter periods of the same time, ``links`` those
    found elsewhere in the file, ``published`` how many items were counted on the unit's own site, by indicator.
    """

    before: Known | None = None
    within: tuple[Known, ...] = ()
    links: frozenset[str] = frozenset()
    published: Mapping[str, int] = field(default_factory=dict)


NOTHING_KNOWN = Background()


@dataclass(frozen=True, slots=True)
class FigureFinding:
    """What is amiss with one figure. ``says`` goes on after the indicator's name; one that does not block is only to be
    looked at again."""

    rule: FigureRule
    indicator: Indicator
    says: str
    blocks: bool

    @property
    def text(self) -> str:
        """The whole sentence, for a list."""
        return f"{self._grade}“{self.indicator.name}” {self.says}."

    @property
    def beside(self) -> str:
        """The same without the name, for the place beside the field."""
        return f"{self._grade}{first_up(self.says) if self.blocks else self.says}."

    @property
    def _grade(self) -> str:
        return "" if self.blocks else TO_LOOK_AT


def check_figures(
    indicators: Sequence[Indicator], given: Mapping[str, Figure], background: Background = NOTHING_KNOWN
) -> list[FigureFinding]:
    """Hold a unit's figures against each other and against ``background``, in the order of ``indicators``.

    What is missing is no finding here: it holds nothing against anything.
    """
    by_code = {each.code: each for each in indicators}
    table = _Table(by_code, given, background)
    return [
        FigureFinding(rule, indicator, says, rule in indicator.checks.blocking)
        for indicator in indicators
        if indicator.code in given
        for rule, check in _CHECKS
        for says in check(table, indicator)
    ]


def evidence_links(texts: Iterable[str]) -> frozenset[str]:
    """The distinct links in some texts, each as one key: the same page is one, however its address is written."""
    return frozenset(_key(link) for text in texts for link in _LINK.findall(text))


def _key(link: str) -> str:
    link = link.rstrip(".,:!?)]}”’")
    try:
        parts = urlsplit(link if "//" in link else f"//{link}")
    except ValueError:
        return link
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


@dataclass(frozen=True, slots=True)
class _Table:
    indicators: Mapping[str, Indicator]
    given: Mapping[str, Figure]
    background: Background

    def number(self, code: str) -> float | None:
        return _number(self.given[code].value) if code in self.given else None

    def explained(self, code: str) -> bool:
        """Whether the unit says why a figure is as it is: then it was looked at."""
        return _REASON.search(normalise(self.given[code].evidence)) is not None

    def name(self, code: str) -> str:
        return self.indicators[code].name


def _number(value: Value | None) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _parts(table: _Table, indicator: Indicator) -> Iterator[str]:
    """A total is the sum of its parts; with some of them missing it is at least what is there."""
    total = table.number(indicator.code)
    codes = [code for code in indicator.checks.parts if code in table.indicators]
    numbers = [number for code in codes if (number := table.number(code)) is not None]
    if total is None or not numbers:
        return
    whole = sum(numbers)
    complete = len(numbers) == len(codes)
    if isclose(total, whole, abs_tol=0.005) or (not complete and total > whole):
        return
    added = " + ".join(_written(number, indicator) for number in numbers)
    sign = f"{added} = " if len(numbers) > 1 else ""
    compared = "khác" if complete else "nhỏ hơn"
    yield (
        f"là {_written(total, indicator)}, {compared} tổng các chỉ tiêu thành phần "
        f"({sign}{_written(whole, indicator)}); đề nghị kiểm tra lại"
    )


def _at_most(table: _Table, indicator: Indicator) -> Iterator[str]:
    code = indicator.checks.at_most
    part, whole = table.number(indicator.code), table.number(code) if code else None
    if code is None or part is None or whole is None or part <= whole or isclose(part, whole):
        return
    yield (
        f"là {_written(part, indicator)}, lớn hơn “{table.name(code)}” ({_written(whole, table.indicators[code])}); "
        "đề nghị kiểm tra lại hai số liệu"
    )


def _share_of(table: _Table, indicator: Indicator) -> Iterator[str]:
    codes = indicator.checks.share_of
    share = table.number(indicator.code)
    part, whole = (table.number(code) for code in codes) if codes else (None, None)
    if codes is None or share is None or part is None or not whole:
        return
    right = 100 * part / whole
    if abs(share - right) > _SHARE_TOLERANCE:
        shown, expected = _written(share, indicator), _written(round(right, 1), indicator)
        yield (
            f"là {shown}%, trong khi “{table.name(codes[0])}” trên “{table.name(codes[1])}” là "
            f"{part:g}/{whole:g} ({expected}%); đề nghị kiểm tra lại"
        )


def _cumulative(table: _Table, indicator: Indicator) -> Iterator[str]:
    """What is counted from the beginning of the year does not become less."""
    now = table.number(indicator.code)
    if not indicator.checks.cumulative or now is None or table.explained(indicator.code):
        return
    for known in table.background.within:
        then = _number(known.values.get(indicator.code))
        if then is not None and now < then and not isclose(now, then):
            yield (
                f"là {_written(now, indicator)}, nhỏ hơn số liệu {known.label} ({_written(then, indicator)}) trong khi "
                "được tính lũy kế; đề nghị kiểm tra, nếu đúng thì ghi rõ lý do ở cột minh chứng"
            )


def _jump(table: _Table, indicator: Indicator) -> Iterator[str]:
    jump, before = indicator.checks.jump, table.background.before
    now = table.number(indicator.code)
    then = _number(before.values.get(indicator.code)) if before else None
    if jump is None or before is None or now is None or then is None or now == then:
        return
    if table.explained(indicator.code) or (jump.by is not None and abs(now - then) < jump.by):
        return
    low, high = sorted((abs(now), abs(then)))
    if jump.factor is not None and (high < low * jump.factor or (low == 0 and jump.by is None)):
        return
    way = "tăng" if now > then else "giảm"
    times = f", {way} {_times(high / low)} lần" if jump.factor is not None and low else f", {way} nhiều"
    yield (
        f"là {_written(now, indicator)}; kỳ trước ({before.label}) là {_written(then, indicator)}{times}; "
        "đề nghị kiểm tra, nếu đúng thì ghi rõ lý do ở cột minh chứng"
    )


def _evidence(table: _Table, indicator: Indicator) -> Iterator[str]:
    """Links are told apart and counted, never opened."""
    wanted, given = indicator.checks.evidence, table.given[indicator.code]
    number = _number(given.value)
    claimed = int(number) if number is not None else int(given.value is True)
    if wanted is None or claimed <= 0 or table.background.published.get(indicator.code, 0) >= claimed:
        return
    shown = f"là {write_value(given.value, indicator)}"
    said = re.sub(r"^ước(?: thực hiện| tính)?\W*", "", normalise(given.evidence))
    if wanted is Evidence.DOCUMENT:
        if not said:
            yield f"{shown} nhưng chưa có minh chứng; đề nghị ghi số, ký hiệu văn bản hoặc đường dẫn"
        return
    count = len(evidence_links((given.evidence,)) | table.background.links)
    if count >= claimed or (not count and _ATTACHED.search(said)):
        return
    if not count:
        yield f"{shown} nhưng chưa có minh chứng; đề nghị ghi đường dẫn của từng mục hoặc gửi kèm danh sách"
    else:
        yield (
            f"{shown} nhưng minh chứng mới có {count_text(count)} đường dẫn khác nhau; đề nghị bổ sung đường dẫn hoặc "
            "sửa lại số liệu"
        )


_CHECKS: tuple[tuple[FigureRule, Callable[[_Table, Indicator], Iterator[str]]], ...] = (
    (FigureRule.PARTS, _parts),
    (FigureRule.AT_MOST, _at_most),
    (FigureRule.SHARE_OF, _share_of),
    (FigureRule.CUMULATIVE, _cumulative),
    (FigureRule.JUMP, _jump),
    (FigureRule.EVIDENCE, _evidence),
)


def _written(number: float, indicator: Indicator) -> str:
    return write_value(int(number) if float(number).is_integer() else number, indicator)


def _times(factor: float) -> str:
    return f"{factor:.1f}".rstrip("0").rstrip(".").replace(".", ",")
