"""A database with rows in it is brought to the newest schema, and loses none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.store.engine import make_engine
from plan_lifecycle.store.migrations import FOLDER, HEAD, current, migrate

ROWS = (
    "INSERT INTO unit (id, name, kind, level, standing) VALUES ('bb', 'huyện Bắc Bình', 'district', 2, 'ordered')",
    "INSERT INTO plan (id, issuer_id, version, year, blob, registered_at) VALUES (1, 'bb', 1, 2023, 'x', '2023-01-05')",
    "INSERT INTO obligation (id, plan_id, unit_id, receiver_id, item, period, clause, phrase, basis, state) "
    "VALUES (1, 1, 'bb', 'bb', 'report', '2023-H1', '', '', 'receipt', 'received')",
    "INSERT INTO arrival (id, channel, key, received_at, file_name, size, state) "
    "VALUES (1, 'folder', 'k', '2023-06-10', 'bao-cao.xlsx', 1, 'filed')",
    "INSERT INTO submission (id, obligation_id, arrival_id, version, received_at, blob, days_late, state, findings) "
    "VALUES (1, 1, 1, 1, '2023-06-10', 'b', 0, 'received', '[]')",
    "INSERT INTO figure (submission_id, indicator, number) VALUES (1, 'news_items', 5)",
)


@pytest.fixture
def at_0002(empty_url: str) -> Any:
    engine = make_engine(empty_url)
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    yield engine
    engine.dispose()


def test_rows_and_what_refers_to_them_survive(at_0002: Engine, tmp_path: Path) -> None:
    migrate(at_0002)
    assert current(at_0002) == HEAD
    with at_0002.connect() as connection:
        assert connection.execute(text("SELECT number FROM figure WHERE submission_id = 1")).scalar_one() == 5
        assert tuple(connection.execute(text("SELECT blob, part FROM submission_file")).one()) == ("b", "figures")


def test_one_paper_may_then_belong_to_two_submissions(at_0002: Engine) -> None:
    migrate(at_0002)
    with at_0002.begin() as connection:
        connection.execute(text(ROWS[2].replace("VALUES (1,", "VALUES (2,").replace("2023-H1", "2023")))
        connection.execute(text(ROWS[4].replace("VALUES (1, 1,", "VALUES (2, 2,")))
        assert connection.execute(text("SELECT count(*) FROM submission")).scalar_one() == 2


def test_foreign_keys_hold_again_afterwards(at_0002: Engine) -> None:
    migrate(at_0002)
    with at_0002.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_a_ledger_that_was_kept_in_words_has_their_codes_afterwards(at_0002: Engine) -> None:
    words = {"T-7": "đã qua nấc nhắc sau", "T-1": "đơn vị chưa có địa chỉ thư liên hệ", "T+3": "a@b: not an address"}
    insert = (
        "INSERT INTO reminder (obligation_id, rung, recipient, reason, on_day) "
        "VALUES (1, :rung, '', :reason, '2023-02-21')"
    )
    with at_0002.begin() as connection:
        for rung, reason in words.items():
            connection.execute(text(insert), {"rung": rung, "reason": reason})
    migrate(at_0002)
    with at_0002.connect() as connection:
        kept = {row.rung: (row.why, row.reason) for row in connection.execute(text("SELECT * FROM reminder"))}
    codes = {"T-7": WhyUnsent.SKIPPED, "T-1": WhyUnsent.NO_CONTACT, "T+3": None}
    assert kept == {rung: (codes[rung], reason) for rung, reason in words.items()}
