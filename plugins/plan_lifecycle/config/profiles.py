"""The kinds of consolidated report: ``config/profiles/*.yaml``, each with its outline, its forms and its indicators."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from plan_lifecycle.config._profile_faults import fault, profile_faults
from plan_lifecycle.config._profile_file import HeadingEntry, ProfileFile, RowEntry
from plan_lifecycle.config.indicators import checked, read_indicators
from plan_lifecycle.config.yaml_file import ConfigFile, ConfigFolder, read_yaml
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.gathering import Likeness
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.profile import Form, FormRow, Profile, told_apart
from plan_lifecycle.domain.text import nfc, normalise


def read_profiles(profiles: Path, above: ConfigFolder | None = None) -> tuple[Profile, ...]:
    """The profiles of a folder, the default one last: it is taken where no other is asked for. ``above`` is the folder
    that it lies in, with what counts instead of its files.

    Raises InputError, with file, line and field, for what does not fit; also where there is not just one default.
    """
    folder = above or ConfigFolder(profiles.parent)
    read = {
        source: read_yaml(source, ProfileFile) for source in map(folder.source, folder.names(f"{profiles.name}/*.yaml"))
    }
    defaults = [source for source, profile in read.items() if profile.default]
    if len(defaults) != 1:
        found = ", ".join(source.path.name for source in defaults) or None
        vi = "Cần đúng một tệp có “default: true” trong thư mục mẫu báo cáo."
        raise InputError("one profile with default: true", file=profiles, field="default", found=found, vi=vi)
    made = {source: _made(folder, source, profile) for source, profile in read.items()}
    raise_all([*_twice(made)])
    return tuple(sorted(made.values(), key=lambda profile: profile.code == read[defaults[0]].code))


def _made(folder: ConfigFolder, source: ConfigFile, read: ProfileFile) -> Profile:
    indicators, forms = _forms(folder, source, read)
    raise_all([*profile_faults(source, read, indicators)])
    return Profile(
        code=read.code,
        name=read.name,
        title=read.title,
        asked_by=tuple(map(normalise, read.asked_by)),
        opening=read.opening,
        closing=read.closing,
        sections=tuple(section.made() for section in read.sections),
        forms=forms,
        indicators=indicators,
        likeness=Likeness(read.alike.same, read.alike.copied),
        singles=read.singles,
        paragraphs=read.paragraphs,
        blocking=read.blocking,
        orders=tuple((order.since, order.document) for order in read.orders),
        targets=tuple(rule.made() for rule in read.targets),
        grow_until_year_end=frozenset(read.grow_until_year_end),
        tasks=read.tasks,
        headline=read.headline,
    )


def _forms(
    folder: ConfigFolder, source: ConfigFile, read: ProfileFile
) -> tuple[tuple[Indicator, ...], tuple[Form, ...]]:
    """The indicators of the rows, and the forms that name them."""
    own = [
        (("forms", place, "rows", index), row)
        for place, form in enumerate(read.forms)
        for index, row in enumerate(form.rows)
        if isinstance(row, RowEntry)
    ]
    indicators = list(checked(source, own, read.jump))
    forms = []
    for form in read.forms:
        rows = tuple(_form_row(row) for row in form.rows)
        if form.rows_of is not None:
            others = read_indicators(folder.source(posixpath.normpath(f"{source.path.parent.name}/{form.rows_of}")))
            indicators += others
            names = {other.code: other.name for other in others}
            rows += tuple(FormRow(str(number), names[code], code) for number, code in enumerate(names, start=1))
        forms.append(Form(form.number, form.title, rows, counted=form.rows_of is not None and not form.rows))
    within = told_apart(forms)
    return tuple(replace(one, within=within.get(one.code, "")) for one in indicators), tuple(forms)


def _form_row(row: HeadingEntry | RowEntry) -> FormRow:
    if isinstance(row, HeadingEntry):
        return FormRow(row.number, row.heading)
    return FormRow(row.number, nfc(row.name), row.code)


def _twice(profiles: dict[ConfigFile, Profile]) -> Iterator[InputError]:
    """Profiles of one code, and indicators that two of them have: a figure is kept by its indicator's code."""
    named: dict[str, Path] = {}
    owner: dict[str, Path] = {}
    for source, profile in profiles.items():
        if (other := named.setdefault(profile.code, source.path)) != source.path:
            vi = f"mã mẫu báo cáo “{profile.code}” đã có ở tệp {other.name}."
            yield fault(source, ("code",), "a code that no other profile has", profile.code, vi)
        for code in dict.fromkeys(indicator.code for indicator in profile.indicators):
            if (other := owner.setdefault(code, source.path)) != source.path:
                vi = f"mã chỉ tiêu “{code}” đã có ở tệp {other.name}."
                yield fault(source, ("forms",), f"a code that {other.name} does not have", code, vi)
