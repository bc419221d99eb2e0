"""A change of a setting is a value with who, why and when; none means the file's."""

from __future__ import annotations

from tests.factories import day

from plan_lifecycle.domain.setting import SettingChange


def test_a_change_without_a_value_hands_the_setting_back_to_the_file() -> None:
    change = SettingChange("cascade.phone", 2, None, "Trần Thị B", "tệp đã đúng", day("2023-03-01"))
    assert change.value is None
    assert (change.by, change.reason) == ("Trần Thị B", "tệp đã đúng")
