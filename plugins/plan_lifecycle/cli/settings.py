"""``plan-lifecycle settings``: the rules of the house as they count, and changes of them above the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, one_way, say
from plan_lifecycle.cli._work import Again, AsOf, By, Reason, at_work, looking
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError

if TYPE_CHECKING:
    from plan_lifecycle.config.adjustable import Setting
    from plan_lifecycle.domain.setting import SettingChange
    from plan_lifecycle.lifecycle.house_rules import ShownSetting

app = typer.Typer(no_args_is_help=True, add_completion=False)

Name = Annotated[str, typer.Argument(help="A setting as `settings show` names it, such as cascade.phone.")]


@app.callback()
def settings() -> None:
    """Settings: show, set, undo, take the file's."""


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="One setting, with its changes; empty: all.")] = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show what counts, where it comes from (file or board), and where the file says otherwise."""
    from plan_lifecycle.lifecycle.house_rules import shown_setting, shown_settings

    with looking(as_of, mending=True) as (office, now):
        if name:
            one = shown_setting(office, name, now)
            say(_plain(one) | {"history": list(map(_change, one.history))}, as_json=as_json, human=_told_with_changes)
            return
        for group in shown_settings(office, now):
            for each in group.settings:
                say(_plain(each), as_json=as_json, human=_told)


@app.command("set")
def set_(
    name: Name,
    by: By,
    reason: Reason,
    value: Annotated[str | None, typer.Argument(help="The value, as YAML where it is no text.")] = None,
    file: Annotated[Path | None, typer.Option(help="A file that holds the value.", show_default=False)] = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Let a value count from now on, above the file's; nothing is kept where any rule does not hold with it."""
    from plan_lifecycle.lifecycle.house_rules import change_setting

    if (value is None) == (file is None):
        raise one_way("either VALUE or --file, and not both", "giá trị", "--file")
    with at_work("settings set", as_of, again, by=by, mending=True) as (office, now):
        if office.book is None:
            raise InputError("an office whose rules are read from files")
        setting = office.book.find(name, now.date().year)
        new = change_setting(office, name, _given(setting, value, file), Decider(by, reason), now)
        say({"name": name, "new": new}, as_json=as_json, human=_done)


@app.command()
def undo(name: Name, by: By, reason: Reason, as_of: AsOf = "", again: Again = False, as_json: AsJson = False) -> None:
    """Let the value before the newest change count again; that is a change, too."""
    from plan_lifecycle.lifecycle.house_rules import undo_setting

    with at_work("settings undo", as_of, again, by=by, mending=True) as (office, now):
        new = undo_setting(office, name, Decider(by, reason), now)
        say({"name": name, "new": new}, as_json=as_json, human=_done)


@app.command("revert")
def take_file(
    name: Name, by: By, reason: Reason, as_of: AsOf = "", again: Again = False, as_json: AsJson = False
) -> None:
    """Let the file's value count again."""
    from plan_lifecycle.lifecycle.house_rules import take_file as verb

    with at_work("settings revert", as_of, again, by=by, mending=True) as (office, now):
        new = verb(office, name, Decider(by, reason), now)
        say({"name": name, "new": new}, as_json=as_json, human=_done)


def _given(setting: Setting, value: str | None, file: Path | None) -> str:
    """What is to be kept: a file's text, a text in quotes, else YAML as it was typed. Raises InputError."""
    from plan_lifecycle.config.adjustable import Kind, written

    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("a readable file of UTF-8 text", file=file, found=str(error)) from error
    if setting.kind is Kind.TEXT:
        return written(value or None)
    return value or "null"


def _plain(shown: ShownSetting) -> dict[str, Any]:
    from plan_lifecycle.config.adjustable import Kind
    from plan_lifecycle.lifecycle.house_rules import value_words

    whole_file = shown.setting.kind is Kind.FILE
    return {
        "name": shown.setting.name,
        "label": shown.setting.label,
        "value": None if whole_file else shown.value,
        "words": value_words(shown.setting, shown.value),
        "from": "board" if shown.change else "file",
        "file": shown.setting.file,
        "changed": _change(shown.change) if shown.change else None,
        "differs": shown.differs,
        "in_file": None if whole_file else shown.in_file,
    }


def _change(change: SettingChange) -> dict[str, Any]:
    values = {"number": change.number, "value": change.value, "by": change.by, "reason": change.reason}
    return {**values, "at": change.at.astimezone(LOCAL)}


def _told(answer: dict[str, Any]) -> str:
    source = f"tệp {answer['file']}"
    if changed := answer["changed"]:
        source = f"bảng, {changed['by']}: {changed['reason']}" + ("; tệp ghi khác" if answer["differs"] else "")
    return f"{answer['name']}: {answer['label']}: {' | '.join(answer['words'])} ({source})"


def _told_with_changes(answer: dict[str, Any]) -> str:
    lines = [_told(answer)]
    for change in answer["history"]:
        what = "lấy theo tệp" if change["value"] is None else "sửa"
        lines.append(f"  lần {change['number']}: {what}, {change['by']}, {change['at']}: {change['reason']}")
    return "\n".join(lines)


def _done(answer: dict[str, Any]) -> str:
    return "Đã ghi." if answer["new"] else "Giá trị này đang được áp dụng, không có gì thay đổi."
