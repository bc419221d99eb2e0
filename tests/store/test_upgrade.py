"""A store as stores out there are is brought to the newest version with all its data."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text
from tests.store.store_0009 import ROWS, SEAL_2, insert, rows_of

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.figures import figures
from plan_lifecycle.store.migrations import HEAD, current, migrate
from plan_lifecycle.store.submissions import versions

NEWS = Indicator("n", "Tin, bài", "", IndicatorType.COUNT, RollUp.SUM, (3,))


def test_the_store_of_that_day_has_rows_in_every_column_of_every_table(at_0009: Engine) -> None:
    found = inspect(at_0009)
    assert set(found.get_table_names()) == {*ROWS, "alembic_version"}
    for table, rows in ROWS.items():
        columns = [each["name"] for each in found.get_columns(table)]
        assert sorted(rows[0]) == sorted(columns)
        assert [name for name in columns if all(row[name] is None for row in rows)] == []


def test_every_row_is_there_afterwards_as_it_was(at_0009: Engine) -> None:
    with at_0009.connect() as connection:
        before = {table: rows_of(connection, table) for table in ROWS}
    migrate(at_0009)
    with at_0009.connect() as connection:
        after = {table: rows_of(connection, table) for table in ROWS}
    (estimate,) = (row for row in before["figure"] if row["indicator"] == "dialogues")
    estimate["evidence"] = None  # the words are a column of their own now
    assert current(at_0009) == HEAD
    assert [len(rows) for rows in after.values()] == [len(rows) for rows in ROWS.values()]
    for table in ROWS:
        assert after[table] == sorted(before[table], key=str), table


def test_the_software_goes_on_with_it(at_0009: Engine, empty_url: str, tmp_path: Path) -> None:
    store = open_store(empty_url, tmp_path / "blobs")
    with store.write() as connection:
        first, second = versions(connection, 1)
        assert [each.rule for each in first.findings] == ["report.jump"]
        assert audit.verify(connection) == audit.Verified(2, SEAL_2, without_key=2)
        act = audit.Act(second.received_at, "Trần Thị Bình", ActKind.REOPEN, ActSubject.SUBMISSION, second.id)
        assert audit.append(connection, act) == 3
    store.close()


def test_reports_that_are_there_went_to_those_who_read_them_and_go_to_nobody_again(at_0009: Engine) -> None:
    migrate(at_0009)
    with at_0009.connect() as connection:
        reports = {row.id: row.compiled_at for row in connection.execute(text("SELECT id, compiled_at FROM report"))}
        given = connection.execute(text("SELECT report_id, receiver, at FROM report_delivery")).all()
    assert reports
    assert sorted((row.report_id, row.receiver, row.at) for row in given) == sorted(
        (number, receiver, at) for number, at in reports.items() for receiver in ("coordinator", "leader")
    )


def test_a_report_that_is_there_is_of_the_kind_that_its_plan_asks_for(at_0009: Engine) -> None:
    migrate(at_0009)
    with at_0009.connect() as connection:
        kinds = connection.execute(text("SELECT DISTINCT profile FROM report")).scalars().all()
    assert kinds == ["tuyen-truyen"]


WORDED = {
    "ước thực hiện": (None, True),
    "ước thực hiện; https://binhan.example.vn/1": ("https://binhan.example.vn/1", True),
    "ước thực hiện; ước thực hiện": ("ước thực hiện; ước thực hiện", True),
    "ước thực hiện; ước, theo số 5": ("ước thực hiện; ước, theo số 5", True),
    "Ước thực hiện": ("Ước thực hiện", True),
    "ƯỚC": ("ƯỚC", True),
    "ước": ("ước", True),
    "ước thực hiện: theo số 5": ("ước thực hiện: theo số 5", True),
    "ước thực hiện ; theo số 5": ("ước thực hiện ; theo số 5", True),
    "Ước thực hiện; theo số 5": ("Ước thực hiện; theo số 5", True),
    "số ước thực hiện; theo số 5": ("số ước thực hiện; theo số 5", False),
    "ướcmong": ("ướcmong", False),
    "nước sạch": ("nước sạch", False),
    "07/KH-UBND": ("07/KH-UBND", False),
    "": ("", False),
}
"""What may stand in the evidence of a store of that day; what is left of it, and whether it told of an estimate."""


def test_an_estimate_is_kept_as_one_and_only_our_own_words_for_it_leave_the_evidence(at_0009: Engine) -> None:
    indicators = {f"n{place}": note for place, note in enumerate(WORDED)}
    with at_0009.begin() as connection:
        for code, note in (*indicators.items(), ("nothing", None)):
            row = {"submission_id": 2, "indicator": code, "number": 1.0, "text": None, "evidence": note}
            insert(connection, "figure", row)
    migrate(at_0009)
    with at_0009.connect() as connection:
        rows = connection.execute(text("SELECT indicator, evidence, estimate FROM figure WHERE submission_id = 2"))
        kept = {row.indicator: (row.evidence, bool(row.estimate)) for row in rows}
    assert {note: kept[code] for code, note in indicators.items()} == WORDED
    assert kept["nothing"] == (None, False)


def test_what_people_read_beside_a_figure_is_the_same_as_before(at_0009: Engine) -> None:
    with at_0009.begin() as connection:
        for place, note in enumerate(WORDED):
            row = {"submission_id": 2, "indicator": f"n{place}", "number": 1.0, "text": None, "evidence": note}
            insert(connection, "figure", row)
    migrate(at_0009)
    known = {f"n{place}": NEWS for place in range(len(WORDED))}
    with at_0009.connect() as connection:
        kept = {figure.indicator: figure for figure in figures(connection, [2], known)[2]}
    assert [kept[code].note for code in known] == list(WORDED)


def test_more_figures_than_are_read_at_once_are_all_seen(at_0009: Engine) -> None:
    with at_0009.begin() as connection:
        copying = (
            "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 10001) "
            "INSERT INTO figure (submission_id, indicator, number, evidence) "
            "SELECT 1, 'n' || n, n, 'ước thực hiện; số ' || n FROM counted"
        )
        connection.execute(text(copying))
    migrate(at_0009)
    with at_0009.connect() as connection:
        counting = "SELECT count(*) FROM figure WHERE estimate AND evidence = 'số ' || CAST(number AS INTEGER)"
        assert connection.execute(text(counting)).scalar_one() == 10001
