"""What does not go together in a file of ``config/profiles``, though each field is what it has to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plan_lifecycle.config._profile_file import ProfileFile, SectionEntry
from plan_lifecycle.config.yaml_file import ConfigFile, Location
from plan_lifecycle.domain.chart import ChartAbout
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import Indicator, RollUp
from plan_lifecycle.domain.plan_target import OWN_MEASURES
from plan_lifecycle.domain.sentence import parse_sentence

_DEEPEST = 4
_OF_INDICATORS = frozenset({ChartAbout.LAST_YEAR, ChartAbout.PERIODS})
_ADDED = frozenset({RollUp.SUM, RollUp.MAX, RollUp.COMPUTED})


def profile_faults(source: ConfigFile, read: ProfileFile, indicators: Sequence[Indicator]) -> Iterator[InputError]:
    """What does not go together in a profile, each with its place."""
    yield from _words_amiss(source, read, {indicator.code for indicator in indicators})
    yield from _numbers_amiss(source, read)
    yield from _charts_amiss(source, read, indicators)


def _words_amiss(source: ConfigFile, read: ProfileFile, codes: set[str]) -> Iterator[InputError]:
    """Sections of one code, an outline that is too deep, sentences and targets of indicators that are none."""
    measures: list[tuple[Location, str]] = [
        (("targets", place, "indicators", index), code)
        for place, rule in enumerate(read.targets)
        for index, code in enumerate(rule.indicators)
    ]
    measures += [(("grow_until_year_end", place), code) for place, code in enumerate(read.grow_until_year_end)]
    for there, code in measures:
        if code not in codes | OWN_MEASURES:
            yield _unknown(source, there, "mục tiêu", code)
    for place, code in enumerate(read.headline):
        if code not in codes:
            yield _unknown(source, ("headline", place), "số liệu chính", code)
    every = [*_walk(read.sections, ("sections",))]
    names = Counter(section.code for section, _ in every)
    for section, where in every:
        if names[section.code] > 1:
            vi = f"mã đề mục “{section.code}” bị trùng."
            yield fault(source, (*where, "code"), "a code that no other section has", section.code, vi)
        if len(where) > 2 * _DEEPEST:
            vi = f"đề mục “{section.heading}” nằm quá {_DEEPEST} cấp."
            yield fault(source, where, f"at most {_DEEPEST} levels of headings", section.heading, vi)
        for place, code in enumerate(section.lists):
            if code not in codes:
                yield _unknown(source, (*where, "lists", place), "danh sách", code)
        for place, text in enumerate(section.sentences):
            for code in sorted(parse_sentence(text).codes - codes):
                yield _unknown(source, (*where, "sentences", place), "câu", code)


def _charts_amiss(source: ConfigFile, read: ProfileFile, indicators: Sequence[Indicator]) -> Iterator[InputError]:
    """Charts of indicators that are none, are no numbers, or are measured in several ways."""
    measures = {one.code: one.unit_of_measure for one in indicators if one.roll_up in _ADDED}
    for section, where in _walk(read.sections, ("sections",)):
        for place, chart in enumerate(section.charts):
            here = (*where, "charts", place, "of")
            if bool(chart.of) is not (chart.about in _OF_INDICATORS):
                vi = f"biểu đồ “{chart.title}”: {'thiếu chỉ tiêu' if not chart.of else 'không dùng chỉ tiêu'}."
                yield fault(source, here[:-1], "indicators where the chart is about some", chart.about.value, vi)
            for code in [code for code in chart.of if code not in measures]:
                vi = f"biểu đồ dùng chỉ tiêu “{code}” không có trong biểu mẫu hoặc không cộng được."
                yield fault(source, here, "the code of an indicator of this profile that is added up", code, vi)
            if len(found := {measures[code] for code in chart.of if code in measures}) > 1:
                vi = f"biểu đồ “{chart.title}” dùng chỉ tiêu có đơn vị tính khác nhau: {', '.join(sorted(found))}."
                yield fault(source, here, "indicators of one unit of measure", ", ".join(sorted(found)), vi)


def _walk(sections: Sequence[SectionEntry], where: Location) -> Iterator[tuple[SectionEntry, Location]]:
    for index, section in enumerate(sections):
        here = (*where, index)
        yield section, here
        yield from _walk(section.sections, (*here, "sections"))


def _numbers_amiss(source: ConfigFile, read: ProfileFile) -> Iterator[InputError]:
    """Rows of one form that have the same number: by it people speak of them."""
    for place, form in enumerate(read.forms):
        numbers = Counter(row.number for row in form.rows)
        for index, row in enumerate(form.rows):
            if row.number and numbers[row.number] > 1:
                where = ("forms", place, "rows", index, "number")
                vi = f"số thứ tự “{row.number}” có ở nhiều hàng của biểu “{form.title}”."
                yield fault(source, where, "a number that no other row of the form has", row.number, vi)


def _unknown(source: ConfigFile, where: Location, user: str, code: str) -> InputError:
    vi = f"{user} dùng chỉ tiêu “{code}” không có trong biểu mẫu."
    return fault(source, where, "the code of an indicator of this profile", code, vi)


def fault(source: ConfigFile, where: Location, expected: str, found: object, vi: str) -> InputError:
    """A problem of a file at one of its places, in both languages."""
    line = source.line(where)
    shown = f"Tệp {source.path}, dòng {line}: {vi}"
    return InputError(expected, file=source.path, line=line, field=".".join(map(str, where)), found=found, vi=shown)
