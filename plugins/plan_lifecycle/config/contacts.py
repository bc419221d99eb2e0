"""The people of the units: ``config/contacts.csv`` (or .xlsx), and made-up ones for a demonstration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from plan_lifecycle.config._left_out import LeftOut, left_out, names_one_of
from plan_lifecycle.config._table_header import Columns
from plan_lifecycle.config.table_file import Faulty, Lasting, Table, faults_of, read_lines, told
from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.telephone import Telephone, kept_telephones, read_telephones
from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit
from plan_lifecycle.domain.unit_list import Place, validate_contacts

COLUMNS = Columns(
    {
        "unit": ("đơn vị", "cơ quan", "cơ quan, đơn vị"),
        "role": ("vai trò",),
        "name": ("họ tên", "họ và tên", "người phụ trách"),
        "email": ("e-mail", "thư điện tử", "địa chỉ thư", "hộp thư"),
        "valid_from": ("from", "từ ngày"),
        "valid_to": ("to", "đến ngày"),
        "substitute": ("người thay", "người thay thế"),
        "phone": ("điện thoại", "số điện thoại", "đt", "sđt", "điện thoại liên hệ", "điện thoại cơ quan", "tel"),
        "mobile": ("di động", "điện thoại di động", "số di động", "số điện thoại di động", "đtdđ", "dđ"),
    },
    ("unit", "role", "name", "email"),
    {"role": "cán bộ, lãnh đạo, điều phối"},
)

_ROLES = {
    "cán bộ": "officer",
    "công chức": "officer",
    "chuyên viên": "officer",
    "cán bộ đầu mối": "officer",
    "lãnh đạo": "head",
    "thủ trưởng": "head",
    "điều phối": "coordinator",
    "cán bộ điều phối": "coordinator",
}


def _role(value: Any) -> Any:
    return _ROLES.get(normalise(value), normalise(value)) if isinstance(value, str) else value


class _Row(Lasting):
    unit: str
    role: Annotated[ContactRole, BeforeValidator(_role)]
    name: str = Field(max_length=255)
    email: str = Field(max_length=254)
    substitute: str | None = None
    phone: str = ""
    mobile: str = ""


def read_contacts(path: Path, units: Iterable[Unit]) -> list[Contact]:
    """Read the table; a unit is named by id or name ("xã Bình An, huyện Bắc Bình"), a substitute by address or by the
    name of another row.

    Raises InputError with every problem: rows that do not fit, unknown or ambiguous units, bad addresses.
    """
    contacts, faulty = sound_contacts(path, units)
    raise_all(told(faulty))
    return contacts


def sound_contacts(
    source: Path | Table, units: Iterable[Unit], without: Sequence[Faulty] = ()
) -> tuple[list[Contact], list[Faulty]]:
    """The people of the lines that fit, and the lines that do not. ``without`` are the lines of agencies that are left
    out of ``units``: nobody is given to another of the same name. Raises InputError where it is no table."""
    lines = read_lines(source, COLUMNS, _Row)
    names, missing = UnitNames(units), left_out(without)
    addresses = {normalise(row.name): row.email for row, _ in lines.rows}
    problems: list[InputError] = []
    contacts: list[Contact] = []
    places: list[Place] = []
    for row, place in lines.rows:
        unit = _unit(row.unit, place, names, missing, problems)
        substitute = row.substitute and addresses.get(normalise(row.substitute), row.substitute)
        if unit is not None:
            phone = _numbers(row, place, problems)
            contacts.append(
                Contact(unit.id, row.role, row.name, row.email, row.valid_from, row.valid_to, substitute or None, phone)
            )
            places.append(place)
    problems += [*validate_contacts(contacts, places), *_twice(contacts, places)]
    problems += _ending_for(lines.rows, [*lines.faulty, *faults_of(lines.rows, problems)])
    wrong = {problem.line for problem in problems}
    sound = [contact for contact, place in zip(contacts, places, strict=True) if place.line not in wrong]
    return sound, [*lines.faulty, *faults_of(lines.rows, problems)]


def demo_contacts(units: Iterable[Unit], domain: str | None = None) -> list[Contact]:
    """An officer and a head for every unit, at addresses that can never exist: ``vn3-596@binh-thuan.example``.

    ``domain`` is made of the first unit's name where it is not given.
    """
    units = list(units)
    if domain is None:
        domain = f"{_slug(units[0].name)}.example" if units else "plan-lifecycle.example"
    return [
        contact
        for unit in units
        for contact in (
            Contact(unit.id, ContactRole.OFFICER, f"Cán bộ đầu mối {unit.agency}", f"{unit.id}@{domain}"),
            Contact(unit.id, ContactRole.HEAD, f"Lãnh đạo {unit.agency}", f"lanh-dao.{unit.id}@{domain}"),
        )
    ]


def _unit(
    text: str, place: Place, names: UnitNames, missing: Sequence[LeftOut], problems: list[InputError]
) -> Unit | None:
    if problem := names_one_of(text, missing, place, "unit"):
        problems.append(problem)
        return None
    found = names.find(text)
    if len(found) == 1:
        return found[0]
    shown = "; ".join(names.within(unit) for unit in found[:5])
    if found:
        vi = f"Dòng {place.line}: “{text[:120]}” có thể là {shown}; đề nghị ghi rõ."
        expected = f"one unit; this may be {shown}"
    else:
        vi = f"Dòng {place.line}: không có đơn vị “{text[:120]}” trong danh sách."
        expected = "the id or the name of a unit"
    problems.append(InputError(expected, file=place.file, line=place.line, field="unit", found=text, vi=vi))
    return None


def _numbers(row: _Row, place: Place, problems: list[InputError]) -> str | None:
    """The telephone numbers of both columns as they are kept; what is doubtful is asked."""
    numbers: dict[Telephone, None] = {}
    for field, text in (("phone", row.phone), ("mobile", row.mobile)):
        found, doubts = read_telephones(text)
        numbers |= dict.fromkeys(found)
        for doubt in doubts:
            vi = f"Dòng {place.line}: số điện thoại “{doubt.text[:60]}”: {doubt.vi}."
            expected = "a telephone number of Vietnam such as 0252 3822 999"
            problems.append(
                InputError(expected, file=place.file, line=place.line, field=field, found=doubt.text, vi=vi)
            )
    return kept_telephones(tuple(numbers)) or None


def _ending_for(rows: Sequence[tuple[_Row, Place]], faulty: Sequence[Faulty]) -> Iterable[InputError]:
    """Who ends in one line, and may go on in another that is left out, must not be stored as ended."""
    wrong = {(normalise(one.cells.get("unit", "")), one.cells.get("email", "").lower()): one for one in faulty}
    lines_out = {one.place.line for one in faulty}
    for row, place in rows:
        on = wrong.get((normalise(row.unit), row.email.lower()))
        if on is not None and row.valid_to is not None and place.line not in lines_out:
            vi = f"Dòng {place.line}: “{row.email}” còn có ở dòng {on.place.line} chưa đúng; đề nghị sửa dòng đó trước."
            expected = f"line {on.place.line} to be right first: it has the same address"
            yield InputError(expected, file=place.file, line=place.line, field="email", found=row.email, vi=vi)


def _twice(contacts: Sequence[Contact], places: Sequence[Place]) -> Iterable[InputError]:
    """The same address twice for one unit and role: only the first would be kept."""
    seen: dict[tuple[str, ContactRole, str], int | None] = {}
    for contact, place in zip(contacts, places, strict=True):
        key = (contact.unit_id, contact.role, contact.email.lower())
        if key in seen:
            vi = f"Dòng {place.line}: địa chỉ “{contact.email}” đã có ở dòng {seen[key]}."
            expected = f"an address once for a unit and role (line {seen[key]} has it)"
            yield InputError(expected, file=place.file, line=place.line, field="email", found=contact.email, vi=vi)
        seen.setdefault(key, place.line)


def _slug(name: str) -> str:
    bare = re.sub(r"^(?:tỉnh|thành phố)\s+", "", name.lower())
    return re.sub(r"[^a-z0-9]+", "-", without_accents(bare)).strip("-") or "plan-lifecycle"
