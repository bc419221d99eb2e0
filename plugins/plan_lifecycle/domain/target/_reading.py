"""Reading a sentence: each quantity, with the words on its left and on its right that belong to it.

"không quá 01 tập thể, 03 cá nhân": the second number stands in a list, so it shares the comparison of the first, and
the first shares the period that follows the last ("03 tin, 02 bài/tháng").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from plan_lifecycle.domain.phrase import Text
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.target._comparisons import explicit_comparison, implied_comparison, is_act, says_where
from plan_lifecycle.domain.target._dates import When, find_dates
from plan_lifecycle.domain.target._model import Target
from plan_lifecycle.domain.target._quantities import Quantity, find_quantities
from plan_lifecycle.domain.target._units import duration_after, find_per, read_unit, with_rate

_BREAK = regex(r"[,;:()]|\b(?:và|hoặc|đồng thời|trong đó|riêng)\b")
_LEADS = regex(
    r"\s*(?:ít nhất|tối thiểu|không quá|tối đa|phấn đấu|bảo đảm|đảm bảo|mỗi|hằng|từng|đến|vào|trong|trước|năm\s+·|·|"
    r"giai đoạn|định kỳ|riêng|trên|dưới|từ)"
)
_LISTED = regex(r"[\s,;(·]*(?:và|hoặc)?\s*")
_RISE = regex(r"(?<!trở )\b(?:lên|xuống|tới|đến)\b")
_FROM = regex(r"\btừ\s*$")
_CLOCK = regex(r"\s*(?:ngày|giờ)(?:\s+làm việc)?,?\s+(?:kể|tính|trước|sau|từ khi|từ ngày)\b")
_SAVES = regex(r"\b(?:giảm|rút ngắn|cắt giảm|còn|xuống)\b[^,;]*$")
_ASIDE = regex(r"[,;.(]\s*(?:định kỳ\s+)?(?:báo cáo|gửi|tổng hợp|tham mưu|ban hành|căn cứ|theo|thời gian|xong trước)\b")
_LED = regex(r"(?:^|[,;:(]|\b(?:đến|hết|cuối|vào|trong|trước|chậm nhất|đầu|giai đoạn|nay|năm))\s*$")


class _Found(NamedTuple):
    """A target and what its neighbours need to know of it."""

    target: Target
    listed: bool
    compared: bool
    evident: bool


class _Context(NamedTuple):
    """The words around a quantity, and the date that leads it or an earlier one."""

    left: str
    right: Text
    by: date | None


def read_sentence(text: Text, *, strict: bool) -> list[Target]:
    """The targets of one sentence, in order. ``strict`` leaves out numbers that merely describe."""
    dates = find_dates(text.plain)
    quantities, plain = find_quantities(text, dates)
    found = [
        each
        for quantity, context in _contexts(quantities, Text(text.written, plain), dates)
        if (each := _judge(quantity, context)) is not None
    ]
    return [each.target for each in _share(found) if each.evident or (each.target.unit is not None and not strict)]


def _contexts(quantities: list[Quantity], text: Text, dates: list[When]) -> Iterator[tuple[Quantity, _Context]]:
    leading: date | None = None
    start = 0
    for quantity, following in zip(quantities, [*quantities[1:], None], strict=False):
        stop = following.start if following else len(text.plain)
        right_end, next_start = _border(text.plain, quantity.end, stop) if following else (stop, stop)
        aside = _ASIDE.search(text.plain, quantity.end, right_end)
        right = text.part(quantity.end, aside.start() if aside else right_end)
        # "Đến năm 2025, đạt 80%; … 90%": a date that leads holds for what follows, until another leads
        led = [
            w.by
            for w in dates
            if start <= w.start < quantity.start and w.by and _LED.search(text.plain[max(0, w.start - 40) : w.start])
        ]
        leading = led[-1] if led else leading
        said = [when.by for when in dates if quantity.end <= when.start < quantity.end + len(right.plain) and when.by]
        by = led[-1] if led else said[0] if said else leading
        yield quantity, _Context(text.plain[start : quantity.start], right, by)
        start = next_start


def _border(plain: str, start: int, stop: int) -> tuple[int, int]:
    """Where, between two quantities, the words of the first end and those of the second begin."""
    gap = plain[start:stop]
    breaks = list(_BREAK.finditer(gap))
    if not breaks:
        return stop, start + read_unit(Text(gap, gap))[1]
    border = breaks[-1].start()
    for before, this in zip(reversed(breaks[:-1]), reversed(breaks[1:]), strict=True):
        if not _LEADS.match(gap[before.end() : this.start()]):
            break
        border = before.start()
    return start + border, start + border


def _judge(quantity: Quantity, context: _Context) -> _Found | None:
    left, right = context.left, context.right
    length = duration_after(right.plain) if quantity.comparison is None and not quantity.is_ratio else None
    unit, end = (quantity.unit, 0) if quantity.unit else read_unit(right)
    tail = right.plain[end:]
    elsewhere = says_where(left, right.plain)
    stated = None if elsewhere or quantity.comparison else explicit_comparison(left, tail)
    # "trong 5 ngày", "lúc 8 giờ" are no targets; "giảm còn 5 ngày" is one
    if length == "long" or (length == "short" and (_CLOCK.match(right.plain) or not (stated or _SAVES.search(left)))):
        return None
    # "tăng từ 80% lên 90%": the first number is where it stands, the second the target
    if _FROM.search(left) and _RISE.search(right.plain) and quantity.upper is None and not quantity.comparison:
        return None
    implied = implied_comparison(left, quantity.value, is_ratio=quantity.is_ratio)
    sign = quantity.comparison or ("range" if quantity.upper is not None else stated or implied)
    per = quantity.per or find_per(tail, left)
    unit = unit if per else with_rate(unit, tail, left)
    evident = bool(quantity.is_ratio or sign or per or is_act(left))
    target = Target(sign or "=", quantity.value, quantity.upper, quantity.is_ratio, unit, per, context.by)
    return _Found(target, bool(_LISTED.fullmatch(left)), sign is not None, evident)


def _share(found: list[_Found]) -> list[_Found]:
    """Settle what the members of a list have in common, forwards and then backwards."""
    shared: list[_Found] = []
    for each in found:
        if each.listed and shared:
            first = shared[-1].target
            sign = each.target.comparison if each.compared or first.comparison == "range" else first.comparison
            target = replace(each.target, comparison=sign, per=each.target.per or first.per)
            each = each._replace(
                target=target, compared=each.compared or shared[-1].compared, evident=each.evident or shared[-1].evident
            )
        shared.append(each)
    for at in range(len(shared) - 1, 0, -1):
        this, before = shared[at], shared[at - 1]
        if this.listed and (before.target.per is None or before.target.by is None):
            target = replace(
                before.target, per=before.target.per or this.target.per, by=before.target.by or this.target.by
            )
            shared[at - 1] = before._replace(target=target, evident=before.evident or this.evident)
    return shared
