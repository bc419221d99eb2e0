"""Settings of the board: one row a change, the newest of each counts, and None hands it back to the file."""

from __future__ import annotations

from pathlib import Path

from tests.factories import day

from plan_lifecycle.domain.setting import SettingChange
from plan_lifecycle.store import setting_changes
from plan_lifecycle.store.engine import Store

NOW = day("2023-03-01")
WHO = {"by": "Trần Thị B", "reason": "đổi số", "at": NOW}


def test_the_newest_change_of_each_setting_counts_until_it_is_handed_back_to_the_file(store: Store) -> None:
    with store.write() as connection:
        assert setting_changes.how_many(connection) == 0
        first = setting_changes.change(connection, "cascade.phone", '"0252"', **WHO)  # type: ignore[arg-type]
        second = setting_changes.change(connection, "cascade.phone", '"0253"', **WHO)  # type: ignore[arg-type]
        setting_changes.change(connection, "indicators", "indicators: []", **WHO)  # type: ignore[arg-type]
        assert (first or 0) < (second or 0)
        assert setting_changes.in_force(connection) == {"cascade.phone": '"0253"', "indicators": "indicators: []"}
        setting_changes.change(connection, "indicators", None, **WHO)  # type: ignore[arg-type]
        assert setting_changes.in_force(connection) == {"cascade.phone": '"0253"'}
        assert setting_changes.how_many(connection) == 4
        assert setting_changes.histories(connection)["cascade.phone"] == [
            SettingChange("cascade.phone", 1, '"0252"', "Trần Thị B", "đổi số", NOW),
            SettingChange("cascade.phone", 2, '"0253"', "Trần Thị B", "đổi số", NOW),
        ]


def test_the_same_change_twice_is_one(store: Store) -> None:
    with store.write() as connection:
        assert setting_changes.change(connection, "cascade.phone", '"0252"', **WHO)  # type: ignore[arg-type]
        assert setting_changes.change(connection, "cascade.phone", '"0252"', **WHO) is None  # type: ignore[arg-type]
        assert setting_changes.how_many(connection) == 1


def test_a_store_is_asked_without_being_made_and_one_that_does_not_answer_says_nothing(
    store: Store, tmp_path: Path
) -> None:
    with store.write() as connection:
        setting_changes.change(connection, "cascade.phone", '"0252"', **WHO)  # type: ignore[arg-type]
    url = store.engine.url.render_as_string(hide_password=False)
    assert setting_changes.peek(url) == {"cascade.phone": '"0252"'}
    assert setting_changes.peek(f"sqlite:///{tmp_path / 'none.db'}") == {}
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "other.db").write_bytes(b"no database")
    assert setting_changes.peek(f"sqlite:///{tmp_path / 'other.db'}") == {}
