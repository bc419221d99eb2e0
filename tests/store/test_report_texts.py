"""What a report says is kept by file, kind of report and version of the readers, and read no second time."""

from __future__ import annotations

from tests.factories import BINH_AN, CHO_LAU, DISTRICT, HOA_THANG, fill

from plan_lifecycle.domain.passage import Passage
from plan_lifecycle.store import report_texts
from plan_lifecycle.store.engine import Store

READ = {
    "a" * 64: (Passage("outlook", "Tiếp tục thực hiện.", "Mục IV Phương hướng", 7), Passage("", "Việc khác.", "", 9)),
    "b" * 64: (),
}


def test_what_was_read_comes_back_as_it_was_and_a_file_that_says_nothing_is_known_too(store: Store) -> None:
    with store.write() as connection:
        report_texts.keep(connection, READ, "cchc", "readers-1")
    with store.read() as connection:
        assert report_texts.known(connection, [*READ, "c" * 64], "cchc", "readers-1") == READ


def test_another_kind_of_report_or_version_of_the_readers_knows_nothing_of_it(store: Store) -> None:
    with store.write() as connection:
        report_texts.keep(connection, READ, "cchc", "readers-1")
    with store.read() as connection:
        assert report_texts.known(connection, READ, "tuyen-truyen", "readers-1") == {}
        assert report_texts.known(connection, READ, "cchc", "readers-2") == {}


def test_keeping_it_twice_changes_nothing(store: Store) -> None:
    for read in (READ, {"a" * 64: ()}):
        with store.write() as connection:
            report_texts.keep(connection, read, "cchc", "readers-1")
    with store.read() as connection:
        assert report_texts.known(connection, READ, "cchc", "readers-1") == READ


def test_who_shares_runs_of_words_is_found_the_one_with_most_first_and_nobody_of_another_report(store: Store) -> None:
    fill(store)
    file, other = "a" * 64, "b" * 64
    with store.write() as connection:
        for _twice in range(2):
            report_texts.keep_runs(connection, DISTRICT.id, "2023-H1", HOA_THANG.id, file, [(1, 7), (2, 7), (3, 8)])
            report_texts.keep_runs(connection, DISTRICT.id, "2023-H1", CHO_LAU.id, other, [(3, 5)])
            report_texts.keep_runs(connection, DISTRICT.id, "2022-H1", CHO_LAU.id, other, [(1, 5), (2, 5)])
    with store.read() as connection:
        found = report_texts.sharing_runs(connection, DISTRICT.id, "2023-H1", BINH_AN.id, {1, 2, 3, 2**32 - 1})
        assert found == [(HOA_THANG.id, file), (CHO_LAU.id, other)]
        assert report_texts.sharing_runs(connection, DISTRICT.id, "2023-H1", HOA_THANG.id, {1, 2}) == []
        assert report_texts.sharing_runs(connection, BINH_AN.id, "2023-H1", CHO_LAU.id, {1}) == []
