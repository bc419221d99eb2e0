"""What a new file would change of what is counted, told before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.profile import walk
from plan_lifecycle.lifecycle.house_rules._change import try_setting
from plan_lifecycle.lifecycle.house_rules._shown import shown_setting
from plan_lifecycle.lifecycle.office import Office


@dataclass(frozen=True, slots=True)
class FileChanges:
    """Names of the indicators that are new, gone or otherwise, and of the headings that are new or gone; the lines of
    the file that are new or gone, remarks left out."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    otherwise: tuple[str, ...]
    new_headings: tuple[str, ...]
    gone_headings: tuple[str, ...]
    new_lines: tuple[str, ...] = ()
    gone_lines: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        """Whether nothing of all that changes."""
        return not (self.new or self.gone or self.otherwise or self.new_headings or self.gone_headings)


def changed_indicators(office: Office, name: str, text: str, now: datetime) -> FileChanges:
    """Hold the rules with a file's new text against those that count. Raises InputError where they do not hold."""
    before, after = _indicators(office.rules), _indicators(made := try_setting(office, name, text, now))
    old, new = _headings(office.rules), _headings(made)
    lines, written = _lines(str(shown_setting(office, name, now).value)), _lines(text)
    return FileChanges(
        tuple(after[code][0].name for code in after if code not in before),
        tuple(before[code][0].name for code in before if code not in after),
        tuple(after[code][0].name for code in after if code in before and after[code] != before[code]),
        tuple(old_or_new for old_or_new in new if old_or_new not in old),
        tuple(old_or_new for old_or_new in old if old_or_new not in new),
        tuple(line for line in written if line not in lines),
        tuple(line for line in lines if line not in written),
    )


def _lines(text: str) -> dict[str, None]:
    """What a file says line by line, in its order, without remarks."""
    lines = (line.strip() for line in text.splitlines())
    return dict.fromkeys(line for line in lines if line and not line.startswith("#"))


def _indicators(rules: Rules) -> dict[str, list[Indicator]]:
    """Every version of each indicator, by its code."""
    found: dict[str, list[Indicator]] = {}
    for profile in rules.profiles:
        for indicator in profile.indicators:
            found.setdefault(indicator.code, []).append(indicator)
    return found


def _headings(rules: Rules) -> list[str]:
    return [section.heading for profile in rules.profiles for section in walk(profile.sections)]
