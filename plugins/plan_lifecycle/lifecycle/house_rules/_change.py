"""Change a setting: nothing counts before all rules hold with it, and each change can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.config.yaml_file import plain_yaml
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.house_rules._changed_ladder import follow_changes
from plan_lifecycle.lifecycle.house_rules._shown import book_of
from plan_lifecycle.lifecycle.office import Office, rules_below, rules_in
from plan_lifecycle.store import audit, setting_changes
from plan_lifecycle.store.database import Connection

LONGEST = 300_000
CHANGED_SINCE = "Thiết lập này vừa được sửa hoặc hoàn tác; đề nghị xem lại trước khi ghi."
"""Characters of a value: three times the longest file there is."""


def try_setting(office: Office, name: str, value: str, now: datetime) -> Rules:
    """The rules as they would be with a value, without keeping it. Raises InputError with file, line and field."""
    return _with(office, _in_force(office), name, value, now)


def faults_of(office: Office) -> list[str]:
    """Why what was changed on the board does not hold with the files any more; empty where it does, as it should."""
    try:
        rules_in(office.store, book_of(office))
    except InputError as error:
        return error.for_user.splitlines()
    return []


def change_setting(office: Office, name: str, value: str, decider: Decider, now: datetime) -> bool:
    """Let a value, as YAML, count from now on; False where it does already. Raises InputError."""
    return _record(office, name, value, decider, now)


def take_file(office: Office, name: str, decider: Decider, now: datetime) -> bool:
    """Let the file's value count again; False where it does already. Raises InputError.

    Where the rules do not hold together, each setting may be handed back, for that is how they are put right.
    """
    if name not in _in_force(office):
        book_of(office).find(name, now.date().year)
        return False
    return _record(office, name, None, decider, now)


def undo_setting(office: Office, name: str, decider: Decider, now: datetime, *, seen: int | None = None) -> bool:
    """Let the value before the newest change count again; that is a change, too.

    ``seen`` is how many changes whoever decides has seen: pressed twice, the second would take the first back. Raises
    InputError, also where there are others by now.
    """
    with office.store.read() as connection:
        history = setting_changes.histories(connection).get(name, [])
    if not history:
        book_of(office).find(name, now.date().year)
        vi = "Thiết lập này chưa được sửa trên bảng, không có gì để hoàn tác."
        raise InputError("a setting that was changed", field="name", found=name, vi=vi)
    if seen is not None and len(history) != seen:
        raise InputError(f"{len(history)} changes", field="da_xem", found=seen, vi=CHANGED_SINCE)
    before = history[-2].value if len(history) > 1 else None
    return _record(office, name, before, decider, now)


def _record(office: Office, name: str, value: str | None, decider: Decider, now: datetime) -> bool:
    by, why = decider.by, decider.why
    while True:
        with office.store.read() as connection:
            seen, changes = setting_changes.how_many(connection), setting_changes.in_force(connection)
        broken = bool(faults_of(office))
        rules = None if broken and value is None else _with(office, changes, name, value, now)
        with office.store.write() as connection:
            if setting_changes.how_many(connection) != seen:
                continue  # somebody else changed one meanwhile: both together have to hold
            if not broken:
                follow_changes(connection, rules_below(book_of(office), changes), now.date())
            row = setting_changes.change(connection, name, value, by=by, reason=why, at=now)
            if row is not None:
                _tell(connection, row, name, value, decider, now)
                if rules is not None:
                    follow_changes(connection, rules, now.date())
            return row is not None


def _with(office: Office, changes: Mapping[str, str], name: str, value: str | None, now: datetime) -> Rules:
    """The rules with a value above the others, or with the file's."""
    book = book_of(office)
    if value is None:
        return rules_below(book, {key: kept for key, kept in changes.items() if key != name})
    setting = book.find(name, now.date().year)
    if len(value) > LONGEST:
        vi = "Nội dung quá dài; đề nghị kiểm tra lại tệp."
        raise InputError(f"at most {LONGEST} characters", field=name, found=f"{len(value)} characters", vi=vi)
    plain_yaml(value, book.folder / setting.file)
    return rules_below(book, {**changes, name: value})


def _in_force(office: Office) -> dict[str, str]:
    with office.store.read() as connection:
        return setting_changes.in_force(connection)


def _tell(connection: Connection, row: int, name: str, value: str | None, decider: Decider, now: datetime) -> None:
    details = {"setting": name, "value": value}
    act = audit.Act(now, decider.by, ActKind.CHANGE_SETTING, ActSubject.SETTING, row, decider.why, details)
    audit.append(connection, act)
