"""Every setting as it counts now, with where it comes from: the file, or a change on the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from plan_lifecycle.config.adjustable import Adjustable, Kind, Setting
from plan_lifecycle.config.yaml_file import ConfigFolder
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.setting import SettingChange
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import setting_changes


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """One setting: the value that counts, what the file says, the changes on the board, the newest last.

    ``value`` and ``in_file`` are what JSON knows, a whole file its text.
    """

    setting: Setting
    value: Any
    in_file: Any
    history: tuple[SettingChange, ...]

    @property
    def change(self) -> SettingChange | None:
        """The change that counts; None where the file's value does."""
        return self.history[-1] if self.history and self.history[-1].value is not None else None

    @property
    def differs(self) -> bool:
        """Whether the file says otherwise than the board."""
        return self.change is not None and self.value != self.in_file


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Settings that belong together."""

    name: str
    settings: tuple[ShownSetting, ...]


def book_of(office: Office) -> Adjustable:
    """Where the office's rules are written. Raises InputError where they were handed in without files."""
    if office.book is None:
        raise InputError("an office whose rules are read from files", field="config", found="nothing")
    return office.book


def shown_settings(office: Office, now: datetime) -> list[ShownGroup]:
    """All settings by group, with the calendar of this year and the next. Raises InputError."""
    book = book_of(office)
    with office.store.read() as connection:
        histories = setting_changes.histories(connection)
    groups = book.groups(now.date().year)
    settings = [setting for group in groups for setting in group.settings]
    value = _values(book, settings, _above(book, {name: history[-1] for name, history in histories.items()}))
    in_file = _values(book, settings, ConfigFolder(book.folder))

    def shown(setting: Setting) -> ShownSetting:
        history = tuple(histories.get(setting.name, ()))
        return ShownSetting(setting, value[setting.name], in_file[setting.name], history)

    return [ShownGroup(group.name, tuple(map(shown, group.settings))) for group in groups]


def shown_setting(office: Office, name: str, now: datetime) -> ShownSetting:
    """One setting. Raises InputError where there is none of this name."""
    book_of(office).find(name, now.date().year)
    found = (shown for group in shown_settings(office, now) for shown in group.settings if shown.setting.name == name)
    return next(found)


def _above(book: Adjustable, newest: dict[str, SettingChange]) -> ConfigFolder:
    return book.above({name: change.value for name, change in newest.items() if change.value is not None})


def _values(book: Adjustable, settings: Sequence[Setting], folder: ConfigFolder) -> dict[str, Any]:
    """The values; where a file as a whole is wrong, what was changed stands for itself, so that it can be undone."""
    found: dict[str, Any] = {}
    for _, group in groupby(settings, key=lambda setting: setting.file):
        of_file = list(group)
        try:
            found |= book.values(of_file, folder)
        except InputError:
            found |= {setting.name: _changed(setting, folder) for setting in of_file}
    return found


def _changed(setting: Setting, folder: ConfigFolder) -> Any:
    if setting.kind is Kind.FILE:
        return folder.texts.get(setting.file, "")
    return folder.values.get(setting.file, {}).get(setting.where)
