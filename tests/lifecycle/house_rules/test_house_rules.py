"""Settings on the board win over the files, with who, why and when; each change can be taken back."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.factories import ROOT, day, fill, make_office, obligation_of, owe

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.house_rules import (
    change_setting,
    faults_of,
    shown_setting,
    shown_settings,
    take_file,
    try_setting,
    undo_setting,
)
from plan_lifecycle.lifecycle.office import LiveOffice, Office, rules_in, rules_to_mend
from plan_lifecycle.store import audit, setting_changes
from plan_lifecycle.store.engine import Store

NOW = day("2026-03-02")
HOA = Decider("Trần Thị Hoa", "Đổi số điện thoại")
PHONE = "cascade.phone"


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    """An office whose configuration may be edited."""
    folder = shutil.copytree(ROOT / "config", tmp_path / "config")
    return replace(make_office(store), book=Adjustable(folder))


def test_a_change_counts_at_once_for_whoever_lives_on_and_for_who_comes(office: Office) -> None:
    live = LiveOffice(office)
    assert live.now().rules.phone is None
    assert change_setting(office, PHONE, '"0252 3822 888"', HOA, NOW)
    assert live.now().rules.phone == "0252 3822 888"
    assert live.now() is live.now()
    assert office.book is not None
    assert rules_in(office.store, office.book).phone == "0252 3822 888"
    assert not change_setting(office, PHONE, '"0252 3822 888"', HOA, NOW)
    with office.store.read() as connection:
        assert setting_changes.how_many(connection) == 1
        (act,) = audit.newest(connection, 5)
    assert (act.act, act.subject, act.by, act.reason) == (
        ActKind.CHANGE_SETTING, ActSubject.SETTING, "Trần Thị Hoa", "Đổi số điện thoại",
    )  # fmt: skip
    assert act.details == {"setting": PHONE, "value": '"0252 3822 888"'}


def test_where_a_value_comes_from_is_shown_and_a_file_that_says_otherwise(office: Office) -> None:
    shown = shown_setting(office, PHONE, NOW)
    assert (shown.value, shown.change, shown.differs) == (None, None, False)
    change_setting(office, PHONE, '"0252"', HOA, NOW)
    shown = shown_setting(office, PHONE, NOW)
    assert (shown.value, shown.in_file, shown.differs) == ("0252", None, True)
    assert shown.change is not None
    assert (shown.change.by, shown.change.reason, shown.change.at) == ("Trần Thị Hoa", "Đổi số điện thoại", NOW)
    assert office.book is not None
    edit(office.book.folder / "cascade.yaml", "phone: null", 'phone: "0252"')
    assert not shown_setting(office, PHONE, NOW).differs
    assert take_file(office, PHONE, HOA, NOW)
    assert not take_file(office, PHONE, HOA, NOW)
    assert shown_setting(office, PHONE, NOW).change is None
    assert LiveOffice(office).now().rules.phone == "0252"


def test_undoing_is_a_new_change_and_can_be_undone(office: Office) -> None:
    for phone in ('"1"', '"2"'):
        change_setting(office, PHONE, phone, HOA, NOW)
    seen = []
    for _ in range(3):
        assert undo_setting(office, PHONE, HOA, NOW)
        seen.append(shown_setting(office, PHONE, NOW).value)
    assert seen == ["1", "2", "1"]
    assert [change.number for change in shown_setting(office, PHONE, NOW).history] == [1, 2, 3, 4, 5]
    first = "cascade.leader_from"
    change_setting(office, first, "80", HOA, NOW)
    undo_setting(office, first, HOA, NOW)
    assert shown_setting(office, first, NOW).change is None


def test_undoing_twice_what_was_seen_once_does_not_take_the_first_undoing_back(office: Office) -> None:
    """The button is pressed again, because the first answer never came."""
    change_setting(office, PHONE, '"1"', HOA, NOW)
    assert undo_setting(office, PHONE, HOA, NOW, seen=1)
    with pytest.raises(InputError) as refused:
        undo_setting(office, PHONE, HOA, NOW, seen=1)
    assert refused.value.field == "da_xem"
    assert shown_setting(office, PHONE, NOW).change is None
    assert undo_setting(office, PHONE, HOA, NOW, seen=2)


@pytest.mark.parametrize(
    ("name", "value"), [("cascade.leader_from", "101"), ("khong.co", "1"), (PHONE, '"' + "1" * 300_000 + '"')]
)
def test_what_does_not_hold_is_not_kept(office: Office, name: str, value: str) -> None:
    with pytest.raises(InputError):
        change_setting(office, name, value, HOA, NOW)
    with pytest.raises(InputError):
        try_setting(office, name, value, NOW)
    with office.store.read() as connection:
        assert setting_changes.how_many(connection) == 0


def test_nothing_is_changed_without_a_name_and_a_reason_or_where_there_is_no_file(office: Office) -> None:
    for act in (lambda: change_setting(office, PHONE, '"1"', Decider("Hoa"), NOW),
                lambda: undo_setting(office, PHONE, HOA, NOW),
                lambda: undo_setting(office, "khong.co", HOA, NOW),
                lambda: take_file(office, "khong.co", HOA, NOW),
                lambda: shown_settings(replace(office, book=None), NOW)):  # fmt: skip
        with pytest.raises(InputError):
            act()


def test_an_edited_file_counts_while_a_process_lives_and_a_wrong_one_leaves_all_as_it_was(office: Office) -> None:
    live, book = LiveOffice(office), office.book
    assert book is not None
    edit(book.folder / "cascade.yaml", "leader_from: 50", "leader_from: 70")
    assert live.now().rules.leader_from == 70
    edit(book.folder / "cascade.yaml", "leader_from: 70", "leader_from: nhiều")
    assert live.now().rules.leader_from == 70
    shown = {shown.setting.name: shown for group in shown_settings(office, NOW) for shown in group.settings}
    assert shown["reminders.reply_within"].value == 1


def edit(path: Path, old: str, new: str) -> None:
    """Edit a file as an operator does, later than whoever read it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 2))


def test_what_holds_with_the_files_no_more_is_told_and_can_be_handed_back(office: Office) -> None:
    """A new indicator is counted by a sentence of a profile on the board; then both files are put back by hand."""
    book = office.book
    assert book is not None
    profile = (book.folder / "profiles/tuyen-truyen.yaml").read_text(encoding="utf-8")
    text = (book.folder / "indicators.yaml").read_text(encoding="utf-8")
    change_setting(office, "profiles/tuyen-truyen", f"{profile}\n# bảng\n", HOA, NOW)
    change_setting(office, PHONE, '"0252"', HOA, NOW)
    assert faults_of(office) == []
    gone = "\n".join(line for line in text.splitlines() if "code: model_cases" not in line)
    (book.folder / "indicators.yaml").write_text(gone, encoding="utf-8")
    (book.folder / "profiles/tuyen-truyen.yaml").write_text(
        profile.replace("model_cases", "contests"), encoding="utf-8"
    )
    assert any("model_cases" in fault for fault in faults_of(office))
    with pytest.raises(InputError):
        rules_in(office.store, book)
    with pytest.raises(InputError):
        change_setting(office, PHONE, '"0253"', HOA, NOW)
    assert rules_to_mend(office.store, book).phone is None
    assert take_file(office, PHONE, HOA, NOW)
    assert take_file(office, "profiles/tuyen-truyen", HOA, NOW)
    assert faults_of(office) == []


def test_a_ladder_that_is_changed_moves_the_next_letters_at_once(office: Office) -> None:
    """Not the next morning: the page says on which day a unit is written to."""
    fill(office.store)
    owe(office.store, due="2026-06-30", made="2026-03-02")
    ladder = "- {name: T-20, days: -20, letter: reminder_before}\n- {name: T-7, days: -7, letter: reminder_last}\n"
    assert change_setting(office, "reminders.ladders.sub_plan", ladder, HOA, NOW)
    assert obligation_of(office.store).next_rung_on == date(2026, 6, 10)
    assert undo_setting(office, "reminders.ladders.sub_plan", HOA, NOW)
    assert obligation_of(office.store).next_rung_on != date(2026, 6, 10)
