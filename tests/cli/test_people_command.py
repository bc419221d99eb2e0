"""``plan-lifecycle people``: what the board does with a unit's people, the command does by the same verbs."""

from __future__ import annotations

import json

import pytest
from tests.cli.running import Run
from tests.factories import BINH_AN, address

from plan_lifecycle.store.engine import Store

pytestmark = pytest.mark.enable_socket
BY = ("--by", "Trần Thị Hoa")
PERSON = ("--role", "head", "--name", "Lê Thị Mới", "--email", "moi@example.vn", "--phone", "0252.3822999 máy lẻ 12")


def test_a_person_is_added_corrected_replaced_and_each_change_is_taken_back(run: Run, store: Store) -> None:
    added = json.loads(run("people", "add", BINH_AN.id, *PERSON, *BY, "--json").out)["number"]
    shown = run("people", "show", BINH_AN.id).out
    assert f"{added}. Lê Thị Mới, lãnh đạo <moi@example.vn>, 0252 3822 999, máy lẻ 12" in shown
    assert "thay đổi 1: người số" in shown
    corrected = ("--role", "head", "--name", "Lê Thị Mới", "--email", "khac@example.vn", *BY)
    assert run("people", "change", str(added), *corrected, "--json").code == 0
    assert "khac@example.vn" in run("people", "show", BINH_AN.id).out
    assert run("people", "undo", BINH_AN.id, "2", *BY, "--json").code == 0
    assert "moi@example.vn" in run("people", "show", BINH_AN.id).out
    refused = run("people", "undo", BINH_AN.id, "2", *BY)
    assert (refused.code, "đã được bỏ" in refused.err) == (2, True)
    next_one = ("--role", "head", "--name", "Trần An", "--email", "an@example.vn", *BY)
    assert run("people", "replace", str(added), *next_one, "--since", "2099-01-01", "--json").code == 0
    assert run("people", "end", str(added), "--last", "2098-06-30", *BY, "--json").code == 0
    emails = [json.loads(line)["email"] for line in run("people", "show", BINH_AN.id, "--json").out.splitlines()]
    assert emails == [address(BINH_AN), "moi@example.vn"]


def test_who_is_away_comes_back_and_what_does_not_fit_is_told(run: Run, store: Store) -> None:
    away = (address(BINH_AN), "--from", "2026-01-05", "--until", "2099-01-31", *BY, "--reason", "Đi học")
    assert run("reminders", "away", *away, "--json").code == 0
    assert run("reminders", "back", address(BINH_AN), *BY, "--json").code == 0
    again = run("reminders", "back", address(BINH_AN), *BY)
    assert (again.code, "Không có ghi nhận đi vắng" in again.err) == (2, True)
    wrong = run("people", "add", BINH_AN.id, "--role", "head", "--name", "An", "--email", "x", "--phone", "123", *BY)
    assert (wrong.code, "Địa chỉ thư “x” chưa đúng" in wrong.err) == (2, True)
    assert "Số điện thoại “123”" in wrong.err
