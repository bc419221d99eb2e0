"""From the fields of a form to the value of a setting, each wrong one answered beside its field.

The fields of a form are named as the places of the value: ``before`` of the quiet days, ``2.days`` of the third rung of
a ladder; ``gia_tri`` where the value is one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from plan_lifecycle.config.adjustable import Kind, Setting
from plan_lifecycle.domain.errors import CombinedInputError, InputError, raise_all
from plan_lifecycle.domain.reminder import AFTER, BEFORE, LAST, QUOTA
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.house_rules import ShownSetting
from plan_lifecycle.web.board._given import Given

VALUE = "gia_tri"
"""The field of a value that is one thing."""
BEFORE_IT, PAST_IT = "truoc", "qua"
"""On which side of the last day a rung is."""
SPARE = 2
"""Empty rungs at the end of a ladder's form."""
_BESIDE = {"repeat": "every", "name": "days", "letter": "days"}
"""The field of a rung that a rule of the ladder means."""


class _Wrong:
    """What is wrong with a form so far."""

    def __init__(self, given: Given) -> None:
        self.given, self.errors = given, list[InputError]()

    def add(self, field: str, vi: str) -> None:
        self.errors.append(InputError("another value", field=field, found=self.given.text(field), vi=vi))

    def number(self, field: str, least: int, most: int, *, otherwise: int | None = None) -> int | None:
        """A whole number; ``otherwise`` where nothing was typed."""
        text = self.given.text(field)
        if not text and otherwise is not None:
            return otherwise
        if not (text.isascii() and text.isdecimal()) or not least <= int(text[:9]) <= most:
            self.add(field, f"Cần một số từ {least} đến {most}.")
            return otherwise
        return int(text)

    def days(self, field: str, year: int) -> list[str]:
        """Days of a year, "02/01/2026, 31/8/2026"; each that is none is told."""
        found = []
        for part in filter(None, re.split(r"[,;\s]", self.given.text(field))):
            day = _day(part)
            if day is None or day.year != year:
                self.add(field, f"“{part}” chưa đúng là một ngày của năm {year}; cách ghi: 02/01/{year}.")
            else:
                found.append(day.isoformat())
        return found


def typed_value(shown: ShownSetting, given: Given) -> Any:
    """The value that the form says, in what JSON knows. Raises InputError, of all that is wrong together."""
    wrong = _Wrong(given)
    value = _READ[shown.setting.kind](shown, wrong)
    raise_all(wrong.errors)
    return value


def beside_fields(setting: Setting, error: InputError) -> InputError:
    """The same error with the fields of the setting's form; what belongs to no field of it is told above."""
    errors = error.errors if isinstance(error, CombinedInputError) else (error,)
    return CombinedInputError.of([_moved(setting, one) for one in errors])


def _moved(setting: Setting, error: InputError) -> InputError:
    above = ".".join(map(str, setting.where))
    field = error.field or ""
    if field == above:
        rest = VALUE
    elif field.startswith(f"{above}."):
        rest = field[len(above) + 1 :]
    else:
        return error
    head, _, tail = rest.partition(".")
    if head.isdecimal() and setting.kind is Kind.LADDER:
        of_rung = tail.partition(".")[0]
        return _told(error, f"{head}.{_BESIDE.get(of_rung, of_rung)}", _of_rung(of_rung))
    return _told(error, head, "Giá trị này chưa đúng; đề nghị kiểm tra lại.")


def _told(error: InputError, field: str, vi: str) -> InputError:
    return InputError(error.expected, found=error.found, field=field, vi=vi)


def _of_rung(name: str) -> str:
    return {
        "name": "Hai nấc trùng ngày với nhau.",
        "repeat": "Chỉ nấc sau ngày cuối cùng mới nhắc lại.",
        "roles": "Đề nghị chọn ít nhất một người nhận.",
    }.get(name, "Nấc này chưa đúng; đề nghị kiểm tra lại số ngày.")


def _text(shown: ShownSetting, wrong: _Wrong) -> str | None:
    text = wrong.given.text(VALUE)
    if not text and not shown.setting.empty:
        wrong.add(VALUE, "Đề nghị ghi giá trị.")
    return text or None


def _choice(shown: ShownSetting, wrong: _Wrong) -> str:
    text = wrong.given.text(VALUE)
    if text not in shown.setting.choices:
        wrong.add(VALUE, "Đề nghị chọn một giá trị.")
    return text


def _yes_no(_shown: ShownSetting, wrong: _Wrong) -> bool:
    text = wrong.given.text(VALUE)
    if text not in ("co", "khong"):
        wrong.add(VALUE, "Đề nghị chọn có hoặc không.")
    return text == "co"


def _number(shown: ShownSetting, wrong: _Wrong) -> int | None:
    setting = shown.setting
    return None if setting.empty and not wrong.given.text(VALUE) else wrong.number(VALUE, setting.least, setting.most)


def _lines(_shown: ShownSetting, wrong: _Wrong) -> list[str]:
    return [line.strip() for line in wrong.given.text(VALUE).splitlines() if line.strip()]


def _hours(_shown: ShownSetting, wrong: _Wrong) -> dict[str, str]:
    found = {}
    for name in ("opens", "closes"):
        text = wrong.given.text(name)
        try:
            found[name] = time.fromisoformat(text).strftime("%H:%M")
        except ValueError:
            wrong.add(name, "Cần một giờ, cách ghi: 07:00.")
    if len(found) == 2 and found["opens"] >= found["closes"]:
        wrong.add("closes", f"Giờ cuối phải sau {found['opens']}.")
    return found


def _quiet(shown: ShownSetting, wrong: _Wrong) -> dict[str, int | None]:
    return {name: wrong.number(name, 0, shown.setting.most) for name in ("before", "after")}


def _year(shown: ShownSetting, wrong: _Wrong) -> dict[str, Any]:
    year = int(shown.setting.where[-1])
    notice = wrong.given.text("notice")
    if not notice:
        wrong.add("notice", "Đề nghị ghi tên thông báo.")
    off, working = wrong.days("days_off", year), wrong.days("working_days", year)
    for day in sorted(set(off) & set(working)):
        wrong.add("working_days", f"Ngày {short_date(date.fromisoformat(day))} đã ghi là ngày nghỉ.")
    return {"notice": notice, "days_off": off, "working_days": working}


def _ladder(shown: ShownSetting, wrong: _Wrong) -> list[dict[str, Any]]:
    """The rungs, those before the last day first as they are typed; a rung without a side is none."""
    rungs = shown.value or []
    numbers = [number for number in range(len(rungs) + SPARE) if wrong.given.text(f"{number}.side")]
    known = {(rung.get("days", 0), rung.get("working_days", 0)): rung for rung in rungs}
    return [_rung(shown.setting, number, known, wrong) for number in numbers]


def _rung(
    setting: Setting, number: int, known: Mapping[tuple[int, int], Mapping[str, Any]], wrong: _Wrong
) -> dict[str, Any]:
    given = wrong.given
    sign = 1 if given.text(f"{number}.side") == PAST_IT else -1
    if sign > 0 and not given.text(f"{number}.days") and not given.text(f"{number}.working_days"):
        wrong.add(f"{number}.days", "Đề nghị ghi số ngày.")
    days = sign * (wrong.number(f"{number}.days", 0, 366, otherwise=0) or 0)
    working = sign * (wrong.number(f"{number}.working_days", 0, 250, otherwise=0) or 0)
    old = known.get((days, working), {})
    rung: dict[str, Any] = {
        "name": old.get("name") or _name(days, working),
        "days": days,
        "working_days": working,
        "letter": old.get("letter") or _letter(setting, days, working),
        "roles": [role for role in given.fields.get(f"{number}.roles", []) if role],
    }
    rung |= {name: f"{number}.{name}" in given.fields for name in ("superior", "escalates", "courtesy")}
    if given.text(f"{number}.every") or given.text(f"{number}.at_most"):
        every, most = wrong.number(f"{number}.every", 1, 60), wrong.number(f"{number}.at_most", 1, 20)
        rung["repeat"] = {"every": every, "at_most": most, "escalates": f"{number}.repeat_escalates" in given.fields}
    return rung


def _name(days: int, working: int) -> str:
    """How the ledger knows a rung: "T-7", "T+5lv" where working days count."""
    return f"T{days or working:+d}{'lv' if working else ''}" if days or working else "T"


def _letter(setting: Setting, days: int, working: int) -> str:
    if setting.where[-1] == "quota":
        return QUOTA
    if days > 0 or working > 0:
        return AFTER
    return LAST if abs(days) + abs(working) <= 1 else BEFORE


def _day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def _nothing(shown: ShownSetting, wrong: _Wrong) -> Sequence[str]:  # noqa: ARG001
    wrong.add(VALUE, "Thiết lập này được sửa bằng tệp.")
    return ()


_READ: dict[Kind, Callable[[ShownSetting, _Wrong], Any]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
    Kind.LINES: _lines,
    Kind.HOURS: _hours,
    Kind.QUIET: _quiet,
    Kind.YEAR: _year,
    Kind.LADDER: _ladder,
    Kind.FILE: _nothing,
}
