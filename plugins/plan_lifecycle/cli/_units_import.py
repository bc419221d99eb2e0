"""``plan-lifecycle units import``: a province, its agencies and its people into the store."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from plan_lifecycle.cli._output import AsJson, complain, day_of, say
from plan_lifecycle.cli._work import os_user
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import KIND_WORDS
from plan_lifecycle.domain.writing import short_date

if TYPE_CHECKING:
    from plan_lifecycle.domain.unit import Unit
    from plan_lifecycle.lifecycle.import_units import Province, Stored
    from plan_lifecycle.settings import Settings


def import_units(
    province: Annotated[str, typer.Option(help="The province, with or without its type: “Bình Thuận”.")],
    as_of: Annotated[str, typer.Option(help="The day whose tree is meant, YYYY-MM-DD.")],
    agencies: Annotated[
        Path | None, typer.Option(help="Departments and divisions, CSV or Excel.", show_default="config/agencies.csv")
    ] = None,
    contacts: Annotated[
        Path | None, typer.Option(help="People, CSV or Excel.", show_default="config/contacts.csv")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and count; store nothing.")] = False,
    skip_faulty: Annotated[
        bool, typer.Option("--skip-faulty", help="Leave out the lines that do not fit; without it nothing is stored.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import a province as of a day: its units, and the agencies and people of config/ where these files are there."""
    from plan_lifecycle.lifecycle.import_units import read_province

    day = day_of(as_of, field="--as-of")
    settings = _settings()
    folder = settings.path(settings.config)
    agencies, contacts = agencies or _own(folder, "agencies"), contacts or _own(folder, "contacts")
    known = _known(settings, day) if contacts and not agencies else ()
    read = read_province(province, day, agencies, contacts, skip_faulty=True, known=known)
    if read.skipped and not skip_faulty:
        _refuse(read)
    answer: dict[str, Any] = {
        "province": read.units[0].name,
        "id": read.units[0].id,
        "as_of": day,
        "units": read.counts,
        "contacts": len(read.contacts),
        "agencies_file": agencies,
        "contacts_file": contacts,
        "stored": None if dry_run else _store(settings, read),
        "note": read.note._asdict() if read.note else None,
        "skipped": [_line(problem) for problem in read.skipped],
    }
    say(answer, as_json=as_json, human=_for_people)


def _refuse(read: Province) -> NoReturn:
    """Tell every line that does not fit, and how to go on without them; nothing is stored."""
    for problem in read.skipped:
        complain(problem)
    lines = len({(problem.file, problem.line) for problem in read.skipped})
    sys.stderr.write(
        f"plan-lifecycle: {lines} faulty line(s), nothing was stored; --skip-faulty stores the rest\n"
        f"  ({lines} dòng chưa đúng, chưa ghi nội dung nào. Đề nghị sửa rồi nhập lại, hoặc thêm --skip-faulty để "
        "chỉ ghi các dòng đúng.)\n"
    )
    raise typer.Exit(2)


def _line(problem: InputError) -> dict[str, Any]:
    shown = {"file": problem.file, "line": problem.line, "field": problem.field, "expected": problem.expected}
    return shown | {"found": None if problem.found is None else str(problem.found), "vi": problem.for_user}


def _known(settings: Settings, day: date) -> list[Unit]:
    """The agencies of an earlier list, to which people may belong."""
    from plan_lifecycle.lifecycle.people import agencies_at_hand
    from plan_lifecycle.store_wiring import store_of

    store = store_of(settings)
    try:
        return agencies_at_hand(store, day)
    finally:
        store.close()


def _store(settings: Settings, read: Province) -> Stored:
    from plan_lifecycle.lifecycle.import_units import Confirmed, import_province
    from plan_lifecycle.store_wiring import store_of

    store = store_of(settings)
    try:
        return import_province(store, read, Confirmed(os_user(), datetime.now(UTC)))
    finally:
        store.close()


def _settings() -> Settings:
    from plan_lifecycle.settings import Settings

    return Settings()


def _own(folder: Path, name: str) -> Path | None:
    """The coordinator's own table, CSV before Excel; None where there is none."""
    return next((path for path in (folder / f"{name}.csv", folder / f"{name}.xlsx") if path.exists()), None)


def _for_people(answer: dict[str, Any]) -> str:
    from plan_lifecycle.config.country import REORGANISED_ON

    day = date.fromisoformat(answer["as_of"])
    counts = ", ".join(f"{number} {KIND_WORDS[kind]}" for kind, number in answer["units"].items())
    lines = [f"{answer['province']}, ngày {short_date(day)}: {counts}; {answer['contacts']} người nhận thư."]
    if stored := answer["stored"]:
        lines.append(f"Đã ghi: {stored['new_units']} đơn vị mới, {stored['new_contacts']} người nhận thư mới.")
        if stored["needed"]:
            last, names = short_date(REORGANISED_ON - timedelta(days=1)), ", ".join(stored["needed"])
            lines.append(f"Để so sánh với năm trước, cần nhập thêm danh sách đơn vị đến ngày {last} của: {names}.")
    else:
        lines.append("Chỉ kiểm tra, chưa ghi.")
    if answer["skipped"]:
        lines.append("Đã bỏ qua các dòng chưa đúng:" if stored else "Các dòng chưa đúng, sẽ bỏ qua khi ghi:")
        for one in answer["skipped"]:
            file = Path(one["file"]).name
            lines.append(f"- {one['vi']}" if file in one["vi"] else f"- {file}: {one['vi']}")
    if answer["note"]:
        lines.append(f"Lưu ý: {answer['note']['vi']}")
    return "\n".join(lines)
