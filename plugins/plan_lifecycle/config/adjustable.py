"""What a coordinator may change on the board, by name: each is a place in a file of the configuration, or a whole file.

``reminders.quiet_around_tet`` is that field of the ladder's file, ``calendar.years.2026`` one year's notice,
``profiles/cchc`` the whole of that file. What is changed stands above the file (``yaml_file.ConfigFolder``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from plan_lifecycle.config.reminding import RemindersFile
from plan_lifecycle.config.rules import CALENDAR, CASCADE, CalendarFile, CascadeFile, OnDoubt
from plan_lifecycle.config.yaml_file import ConfigFile, ConfigFolder, Location, Strict, read_yaml
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.release import ReleaseMode


class Kind(StrEnum):
    """How a setting is written, and so how it is shown and asked for."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    LINES = "lines"
    HOURS = "hours"
    QUIET = "quiet"
    LADDER = "ladder"
    YEAR = "year"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that may be changed: ``where`` in which ``file`` it stands (empty: all of it), what people call it.

    ``choices`` are values with their words, ``least`` and ``most`` bounds of a number; ``empty``: it may be left out.
    """

    name: str
    file: str
    where: Location
    label: str
    kind: Kind
    choices: Mapping[str, str] = field(default_factory=dict)
    least: int = 0
    most: int = 0
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together on the page."""

    name: str
    settings: tuple[Setting, ...]


WHOLE = {
    "indicators": "Chỉ tiêu thông tin, tuyên truyền",
    "scoring": "Bộ tiêu chí, xếp loại, khen thưởng",
    "indices": "Chỉ số do cơ quan khác công bố",
    "reasons": "Lý do thường dùng khi xử lý",
}
"""The settings that are whole files, beside the profiles."""
FILES = (*WHOLE, "profiles/")
"""How the names of settings begin that are whole files."""
_STEMS: dict[str, type[Strict]] = {"reminders": RemindersFile, "cascade": CascadeFile, "calendar": CalendarFile}
_ON_DOUBT = {
    OnDoubt.ACCEPT.value: "tự tiếp nhận, nêu trong thư và báo cáo",
    OnDoubt.WAIT.value: "chờ cán bộ đầu mối",
    OnDoubt.RETURN.value: "gửi lại đơn vị",
}
_RELEASE = {
    ReleaseMode.AUTOMATIC.value: "tự trình sáng ngày làm việc tiếp theo, trừ khi được giữ lại",
    ReleaseMode.BY_HAND.value: "chỉ trình khi cán bộ đầu mối chuyển",
}


@dataclass(frozen=True, slots=True)
class Adjustable:
    """The configuration as it may be changed: its folder, and the name of the ladder's file in it."""

    folder: Path
    reminders: str = "reminders.yaml"

    def above(self, changes: Mapping[str, str]) -> ConfigFolder:
        """The folder with what was changed above its files, by the settings' names. Raises InputError."""
        texts: dict[str, str] = {}
        values: dict[str, dict[Location, object]] = {}
        for name, value in changes.items():
            file, where = self._place(name)
            if where:
                values.setdefault(file, {})[where] = parsed(name, value)
            else:
                texts[file] = value
        return ConfigFolder(self.folder, texts, values)

    def values(self, settings: Iterable[Setting], folder: ConfigFolder) -> dict[str, Any]:
        """The settings' values as the folder has them, in what JSON knows, by name; None where one is left out. Each
        file is read once. Raises InputError."""
        files: dict[str, Any] = {}
        found: dict[str, Any] = {}
        for setting in settings:
            if setting.file not in files:
                files[setting.file] = _content(setting, folder.source(setting.file))
            value = files[setting.file]
            for step in setting.where:
                value = value.get(str(step), value.get(step)) if isinstance(value, dict) else None
            found[setting.name] = value
        return found

    def groups(self, year: int) -> tuple[Group, ...]:
        """All settings, with the notices of the year and the next."""
        return (
            Group("Nhắc, đôn đốc", tuple(self._reminding())),
            Group("Ngày nghỉ, ngày làm bù", tuple(self._years(year))),
            Group("Tiếp nhận, báo cáo", tuple(self._receiving())),
            Group("Thư gửi đơn vị", tuple(self._letters())),
            Group("Chỉ tiêu, mẫu báo cáo", tuple(self._files())),
            Group("Chấm điểm, chỉ số, lý do", tuple(self._lists())),
        )

    def find(self, name: str, year: int) -> Setting:
        """A setting by its name. Raises InputError."""
        found = {setting.name: setting for group in self.groups(year) for setting in group.settings}
        if name not in found:
            vi = f"Không có thiết lập “{name}”."
            raise InputError(f"one of {', '.join(found)}", field="name", found=name, vi=vi)
        return found[name]

    def _reminding(self) -> Iterator[Setting]:
        yield self._of("reminders.ladders.sub_plan", "Nấc nhắc gửi kế hoạch", Kind.LADDER)
        yield self._of("reminders.ladders.report", "Nấc nhắc gửi báo cáo", Kind.LADDER)
        yield self._of("reminders.ladders.quota", "Nấc nhắc số tin, bài trong tháng", Kind.LADDER)
        yield self._of("reminders.returned", "Nấc nhắc văn bản được đề nghị hoàn thiện", Kind.LADDER)
        yield self._of("reminders.hours", "Giờ gửi thư nhắc", Kind.HOURS)
        yield self._of("reminders.quiet_around_tet", "Ngày làm việc không nhắc quanh Tết", Kind.QUIET, most=10)
        yield self._of("reminders.reply_within", "Số ngày làm việc đề nghị gửi khi đã quá hạn", Kind.NUMBER, 1, 20)
        label = "Dự thảo công văn đôn đốc khi có từ bao nhiêu đơn vị quá hạn"
        yield self._of("reminders.digest.draft_letter_from", label, Kind.NUMBER, 1, 9999, empty=True)

    def _years(self, year: int) -> Iterator[Setting]:
        for one in (year, year + 1):
            yield self._of(f"calendar.years.{one}", f"Năm {one}", Kind.YEAR)

    def _receiving(self) -> Iterator[Setting]:
        yield self._of("cascade.accept_without_findings", "Tự tiếp nhận văn bản đã đủ nội dung", Kind.YES_NO)
        yield self._of("cascade.return_with_findings", "Tự gửi lại văn bản chưa đủ nội dung", Kind.YES_NO)
        label = "Văn bản đủ nội dung nhưng có số liệu cần xem lại"
        yield self._of("cascade.on_doubt", label, Kind.CHOICE, choices=_ON_DOUBT)
        yield self._of("cascade.release", "Trình lãnh đạo báo cáo tổng hợp", Kind.CHOICE, choices=_RELEASE)
        label = "Chỉ trình khi đã có báo cáo của ít nhất (% số đơn vị)"
        yield self._of("cascade.leader_from", label, Kind.NUMBER, 0, 100)

    def _letters(self) -> Iterator[Setting]:
        yield self._of("cascade.sender", "Tên người gửi hiện trong hộp thư", Kind.TEXT, empty=True)
        yield self._of("cascade.phone", "Điện thoại cơ quan ghi trong thư", Kind.TEXT, empty=True)
        yield self._of("cascade.closing", "Các dòng ghi thêm sau tên cơ quan ở cuối thư", Kind.LINES, empty=True)

    def _files(self) -> Iterator[Setting]:
        yield Setting("indicators", "indicators.yaml", (), WHOLE["indicators"], Kind.FILE)
        for name in ConfigFolder(self.folder).names("profiles/*.yaml"):
            yield Setting(name.removesuffix(".yaml"), name, (), self._called(name), Kind.FILE)

    def _lists(self) -> Iterator[Setting]:
        for name in ("scoring", "indices", "reasons"):
            yield Setting(name, f"{name}.yaml", (), WHOLE[name], Kind.FILE)

    def _called(self, name: str) -> str:
        """What a profile's file calls itself; the file's own name where it does not."""
        try:
            said = ConfigFolder(self.folder).source(name).data()
        except (InputError, yaml.YAMLError):
            said = None
        own = said.get("name") if isinstance(said, dict) else None
        return str(own or name)

    def _of(self, name: str, label: str, kind: Kind, least: int = 0, most: int = 0, **more: Any) -> Setting:
        file, where = self._place(name)
        return Setting(name, file, where, label, kind, least=least, most=most, **more)

    def _place(self, name: str) -> tuple[str, Location]:
        """The file and the place in it that a name stands for. Raises InputError."""
        files = {"reminders": self.reminders, "cascade": CASCADE, "calendar": CALENDAR}
        stem, *steps = name.split(".")
        if stem in files and steps:
            return files[stem], tuple(int(step) if step.isdecimal() else step for step in steps)
        if name in WHOLE or (name.startswith("profiles/") and "." not in name):
            return f"{name}.yaml", ()
        raise InputError("the name of a setting", field="name", found=name, vi=f"Không có thiết lập “{name}”.")


def _content(setting: Setting, source: ConfigFile) -> Any:
    """What a file says, in what JSON knows; of one that is changed as a whole its text."""
    if setting.kind is Kind.FILE:
        return source.text
    return read_yaml(source, _STEMS[setting.name.partition(".")[0]]).model_dump(mode="json")


def written(value: object) -> str:
    """A value as it is kept."""
    return json.dumps(value, ensure_ascii=False)


def parsed(name: str, value: str) -> object:
    """A kept value, as YAML reads it. Raises InputError."""
    try:
        return yaml.safe_load(value)
    except yaml.YAMLError as error:
        raise InputError("valid YAML", field=name, found=value, vi="Giá trị chưa đúng cách viết YAML.") from error
