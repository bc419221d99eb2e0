"""``plan-lifecycle settings``: what counts and where it comes from; set, undone, handed back to the file."""

from __future__ import annotations

import json

import pytest
from tests.cli.running import Run

pytestmark = pytest.mark.enable_socket
WHO = ("--by", "Trần Thị Hoa", "--reason", "Đổi số điện thoại")


def test_a_setting_is_shown_set_undone_and_handed_back_to_the_file(run: Run) -> None:
    def shown() -> dict[str, object]:
        return json.loads(run("settings", "show", "cascade.phone", "--json").out)

    assert (shown()["value"], shown()["from"]) == (None, "file")
    assert run("settings", "set", "cascade.phone", "0252 3822 888", *WHO).out == "Đã ghi.\n"
    again = run("settings", "set", "cascade.phone", "0252 3822 888", *WHO)
    assert again.out == "Giá trị này đang được áp dụng, không có gì thay đổi.\n"
    found = shown()
    assert (found["value"], found["from"], found["differs"], found["in_file"]) == ("0252 3822 888", "board", True, None)
    assert [(each["by"], each["reason"]) for each in found["history"]] == [("Trần Thị Hoa", "Đổi số điện thoại")]  # type: ignore[attr-defined]
    assert run("settings", "undo", "cascade.phone", *WHO).code == 0
    assert json.loads(run("settings", "undo", "cascade.phone", *WHO, "--json").out)["new"]
    assert shown()["value"] == "0252 3822 888"
    assert run("settings", "revert", "cascade.phone", *WHO).out == "Đã ghi.\n"
    assert shown()["from"] == "file"
    same = json.loads(run("settings", "set", "cascade.phone", "0252 3822 888", *WHO, "--json").out)
    assert same == {"name": "cascade.phone", "new": True}
    assert json.loads(run("settings", "revert", "cascade.phone", *WHO, "--json").out)["new"]
    assert run("settings", "show", "--json").code == 0
    everything = run("settings", "show").out
    assert "Trình lãnh đạo báo cáo tổng hợp: tự trình sáng ngày làm việc tiếp theo" in everything
    assert "07 ngày trước ngày cuối cùng: cán bộ phụ trách" in everything
    assert "lần 6: lấy theo tệp, Trần Thị Hoa" in run("settings", "show", "cascade.phone").out


@pytest.mark.parametrize(
    "call",
    [
        ("set", "cascade.leader_from", "nhiều", *WHO),
        ("set", "khong.co", "1", *WHO),
        ("set", "cascade.phone", *WHO),
        ("set", "indicators", "--file", "khong-co.yaml", *WHO),
        ("undo", "cascade.phone", *WHO),
        ("show", "khong.co"),
    ],
)
def test_what_does_not_hold_is_refused_with_2(run: Run, call: tuple[str, ...]) -> None:
    done = run("settings", *call)
    assert (done.code, done.out) == (2, "")
    assert done.err
