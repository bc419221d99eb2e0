"""A version is made for what is new, by itself and once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, day, owe, plan_row
from tests.lifecycle.compile.reports import DUE, MORNING, compiled, letters, plain, send_in, stored

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.compile import compile_report, reports_asked, reports_due
from plan_lifecycle.lifecycle.office import Office


def test_the_same_inputs_are_not_compiled_twice(office: Office) -> None:
    send_in(office, BINH_AN)
    compiled(office)
    again = compiled(office, "2023-06-20")
    assert (again.version, again.new) == (1, False)
    assert len(stored(office)) == 1
    assert reports_due(office, day("2023-06-20")) == []


def test_plans_of_two_kinds_make_two_reports_and_two_of_one_kind_make_one(office: Office) -> None:
    reform = plan_row(office.store, number="21", abstract="V/v Cải cách hành chính nhà nước năm 2023")
    again = plan_row(office.store, number="22", abstract="Tuyên truyền cải cách hành chính năm 2023")
    owe(office.store, CHO_LAU, Item.REPORT, "2023-H1", "2023-06-16", plan_id=reform)
    owe(office.store, CHO_LAU, Item.REPORT, "2023-H1", "2023-06-16", plan_id=again)
    send_in(office, BINH_AN)
    of_two = [(one.profile, one.name) for one in reports_due(office, MORNING)]
    assert sorted(of_two) == [
        ("cchc", "Báo cáo CCHC 6 tháng đầu năm 2023"),
        ("tuyen-truyen", "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023"),
    ]
    assert [one.profile for one in reports_asked(office, "bb", "2023-H1")] == ["cchc", "tuyen-truyen"]
    for named in ("cchc", "báo cáo công tác  Cải cách hành chính"):
        assert [one.profile for one in reports_asked(office, "bb", "2023-H1", named)] == ["cchc"]
    for unknown in ("thi-dua", "khác"):
        with pytest.raises(InputError) as refused:
            reports_asked(office, "bb", "2023-H1", unknown)
        assert "báo cáo công tác cải cách hành chính" in refused.value.for_user
    made = [compile_report(office, "bb", "2023-H1", MORNING, profile=kind) for kind in ("cchc", "tuyen-truyen")]
    assert [(one.version, one.expected, one.received) for one in made] == [(0, 1, 0), (1, 3, 1)]
    assert [(one.version, one.profile) for one in stored(office)] == [(1, "tuyen-truyen")]
    (told,) = letters(office, "nothing_reported")
    assert "Báo cáo CCHC 6 tháng đầu năm 2023" in plain(told)


def test_what_comes_later_makes_a_new_version_by_itself_and_once(office: Office) -> None:
    send_in(office, BINH_AN, {"news_items": 12})
    compiled(office)
    assert reports_due(office, day("2023-06-20")) == []
    send_in(office, HOA_THANG, {"news_items": 30}, at="2023-06-20")
    assert reports_due(office, day("2023-06-21")) == [DUE]
    assert (compiled(office, "2023-06-21").version, compiled(office, "2023-06-21").new) == (2, False)
    assert reports_due(office, day("2023-06-22")) == []
    first, second = stored(office)
    assert (first.summary["totals"]["news_items"], second.summary["totals"]["news_items"]) == (12, 42)


def test_compiling_at_once_gives_one_version(office: Office) -> None:
    send_in(office, BINH_AN)
    send_in(office, HOA_THANG)
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: compiled(office), range(3)))
    assert [each.version for each in runs] == [1, 1, 1]
    assert sum(each.new for each in runs) == len(stored(office)) == 1


def test_a_morning_on_which_nothing_came_loads_no_papers_however_many_units_report(office: Office) -> None:
    """The questions to the store are counted, of a report of one unit and of one of three."""
    send_in(office, BINH_AN, {"news_items": 12})
    compiled(office)
    alone = asked_of_the_store(office, day("2023-06-20"))
    send_in(office, HOA_THANG, {"news_items": 30}, at="2023-06-20")
    compiled(office, "2023-06-21")
    assert asked_of_the_store(office, day("2023-06-22")) == alone


def asked_of_the_store(office: Office, now: datetime) -> int:
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(office.store.engine, "before_cursor_execute", note)
    assert reports_due(office, now) == []
    event.remove(office.store.engine, "before_cursor_execute", note)
    return len(asked)
