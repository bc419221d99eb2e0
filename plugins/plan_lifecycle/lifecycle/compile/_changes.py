"""What has changed in a report since the version before: which papers, which figures, which words, and by whom.

Xã Hòa Thắng's report comes after huyện Bắc Bình's was compiled: the new version says that the district has 42 items now
where it had 12, and by whose paper. The figures before are those that the version before had stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plan_lifecycle.documents.consolidated_excel import CHANGE_SHEET
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.indicator import Indicator, RollUp
from plan_lifecycle.domain.passage import OTHER
from plan_lifecycle.domain.report import Consolidated, Difference, Subject
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.writing import count_text, write_value
from plan_lifecycle.lifecycle.compile._material import Material, gather_material
from plan_lifecycle.lifecycle.compile._numbers import said_change, stored_text, total_text
from plan_lifecycle.lifecycle.compile._outline import OTHERS
from plan_lifecycle.lifecycle.compile._stored import plain, value_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.reports import StoredReport

_SHOWN = 5
_NAMED = 5
NONE = "chưa có"


def changes_since(office: Office, material: Material) -> tuple[Difference, ...]:
    """The differences from the version before, of an addendum from what was issued; none for a first version."""
    known = material.addendum.base if material.addendum else material.known
    if known is None:
        return ()
    then = gather_material(office, material.key, known.compiled_at, known).whole
    compared = _Compared(then, material.whole, known)
    return (*compared.papers(), *compared.figures(), *compared.words(), *compared.base())


def told_shortly(changes: Sequence[Difference]) -> Iterator[str]:
    """A few lines for a letter; the whole stands in the workbook."""
    if not changes:
        return
    for one in changes[:_SHOWN]:
        by = f" ({one.source})" if one.source else ""
        yield f"So với lần trước: {one.what}: {one.before} → {one.after}{by}."
    if len(changes) > _SHOWN:
        rest = count_text(len(changes) - _SHOWN)
        yield f"Còn {rest} thay đổi khác, nêu tại trang “{CHANGE_SHEET}” của tệp Excel."


class _Compared:
    """A report before and now. ``known`` is the version before as it was stored."""

    def __init__(self, then: Consolidated, now: Consolidated, known: StoredReport) -> None:
        self._then, self._now, self._summary = then, now, known.summary
        self._before = _by_unit(then.contributions)
        self._after = _by_unit(now.contributions)
        self._waited = set(known.summary.get("unsigned", ()))

    def papers(self) -> Iterator[Difference]:
        """Units whose paper came, was replaced, signed or withdrawn."""
        for key in dict.fromkeys((*self._before, *self._after)):
            before, after = self._before.get(key), self._after.get(key)
            name = (after or before).unit_name  # type: ignore[union-attr]
            said = (self._standing(before, after is None, then=True), self._standing(after, before is None))
            if said[0] != said[1] or (before and after and before.submission_id != after.submission_id):
                yield Difference(Subject.PAPER, f"Báo cáo của {name}", *_told_apart(*said))

    def _standing(self, one: Contribution | None, alone: bool, *, then: bool = False) -> str:
        if one is None:
            return "không thuộc diện gửi"
        if not one.counts:
            return "chưa tổng hợp" if not alone else NONE
        paper = f"số {one.document}" if one.document else "chưa có số"
        unsigned = one.unsigned or (then and one.obligation_id in self._waited)
        signed = ", chờ văn bản ký" if unsigned else ""
        late = f", chậm {count_text(one.days_late)} ngày" if one.days_late else ""
        return f"đã tổng hợp ({paper}{signed}{late})"

    def figures(self) -> Iterator[Difference]:
        """Totals that read otherwise, with the units whose figures made the difference."""
        then = {total.indicator: total for total in self._then.totals}
        known_then = {one.code: one for one in self._then.indicators}
        for indicator, now in zip(self._now.indicators, self._now.totals, strict=True):
            before = self._total_before(known_then.get(indicator.code, indicator), then.get(indicator.code))
            after = _written(now, indicator)
            if before != after:
                codes = (indicator.code, *indicator.checks.parts, *(indicator.checks.share_of or ()))
                source = _listed(self._whose(codes))
                told = _values_apart(then.get(indicator.code), now, indicator) or (before or NONE, after or NONE)
                said = self._apart(indicator, now)
                yield Difference(Subject.FIGURE, indicator.alone, *told, source, said)
        here = {one.code for one in self._now.indicators}
        for indicator in self._then.indicators:
            before = self._total_before(indicator, then[indicator.code])
            if indicator.code not in here and before:
                yield Difference(Subject.FIGURE, indicator.alone, before, NONE, _listed(self._whose((indicator.code,))))

    def _total_before(self, indicator: Indicator, total: Total | None) -> str:
        """As the version before had it; what was stored is believed before what is read again today."""
        stored = self._summary.get("totals", {})
        if total is None or indicator.code not in stored or plain(total) == stored[indicator.code]:
            return _written(total, indicator) if total else ""
        return stored_text(value_of(stored[indicator.code], indicator), indicator)

    def _apart(self, indicator: Indicator, now: Total) -> str:
        """How much more or less than was stored."""
        stored = value_of(self._summary.get("totals", {}).get(indicator.code), indicator)
        return said_change(indicator, now, replace(now, value=stored))

    def _whose(self, codes: Sequence[str]) -> Iterator[str]:
        for key in dict.fromkeys((*self._after, *self._before)):
            before, after = self._before.get(key), self._after.get(key)
            if any(_figure(before, code) != _figure(after, code) for code in codes):
                one = after if after and after.counts else before
                if one is not None:
                    yield f"{one.unit_name} (số {one.document})" if one.document else one.unit_name

    def words(self) -> Iterator[Difference]:
        """Paragraphs that came or went, by heading and unit."""
        headings = {one.section.code: one.section.heading for one in self._now.profile.numbered()} | {OTHER: OTHERS}
        before, after = _paragraphs(self._then), _paragraphs(self._now)
        for key in dict.fromkeys((*before, *after)):
            section, unit_id = key
            old, new = before.get(key, {}), after.get(key, {})
            gone = [text for plain_text, text in old.items() if plain_text not in new]
            come = [text for plain_text, text in new.items() if plain_text not in old]
            if gone or come:
                one = self._after.get((unit_id, 0)) or self._before[unit_id, 0]
                what = f"Lời văn, mục “{headings.get(section, OTHERS)}”"
                yield Difference(
                    Subject.TEXT, what, " ".join(gone) or NONE, " ".join(come) or "không còn", one.unit_name
                )

    def base(self) -> Iterator[Difference]:
        """Figures of last year that read otherwise."""
        stored = self._summary.get("last_year", {})
        for indicator in self._now.indicators:
            total = self._now.last_year.totals.get(indicator.code)
            after = plain(total) if total else None
            before = stored.get(indicator.code)
            if before != after and indicator.roll_up not in (RollUp.NONE, RollUp.LIST):
                what = f"{indicator.alone} (cùng kỳ năm trước)"
                told = (stored_text(value_of(one, indicator), indicator) or NONE for one in (before, after))
                yield Difference(Subject.BASE, what, *told)


def _by_unit(contributions: Iterable[Contribution]) -> dict[tuple[str, int], Contribution]:
    """The papers of each unit, numbered from 0: one that owes reports of two kinds has two."""
    found: dict[tuple[str, int], Contribution] = {}
    seen: Counter[str] = Counter()
    for one in contributions:
        found[one.unit_id, seen[one.unit_id]] = one
        seen[one.unit_id] += 1
    return found


def _figure(one: Contribution | None, code: str) -> object:
    figure = next((figure for figure in one.figures if figure.indicator == code), None) if one else None
    return (figure.value, figure.estimate) if figure else None


def _written(total: Total, indicator: Indicator) -> str:
    if indicator.roll_up is RollUp.NONE and total.reporters == 1:  # what one agency reports for all
        total = replace(total, value=total.figures[0].value)
    return total_text(total, indicator)


def _values_apart(then: Total | None, now: Total, indicator: Indicator) -> tuple[str, str] | None:
    """Of a list what went and what came, not the whole of it twice."""
    if indicator.roll_up is not RollUp.LIST:
        return None
    before, after = (total.value if total and isinstance(total.value, tuple) else () for total in (then, now))
    gone = "; ".join(write_value(one, indicator) for one in before if one not in after)
    come = "; ".join(write_value(one, indicator) for one in after if one not in before)
    return gone or NONE, come or "không còn"


def _told_apart(before: str, after: str) -> tuple[str, str]:
    return (before, after) if before != after else (before, f"{after}, bản gửi lại")


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" và {count_text(len(every) - _NAMED)} đơn vị khác" if len(every) > _NAMED else ""
    return "; ".join(every[:_NAMED]) + more


def _paragraphs(whole: Consolidated) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in whole.written:
        if one.left_out:
            continue
        key = (one.passage.section, one.contribution.unit_id)
        found.setdefault(key, {})[normalise(one.passage.text)] = one.passage.text
    return found
