"""A store with the units of tỉnh Bình Thuận in the test's own folder, and the command on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.running import Ran, Run, hold_to_schema
from tests.databases import migrated_copy
from tests.factories import MAIL_FROM, fill

from plan_lifecycle.cli import main
from plan_lifecycle.store.engine import Store, open_store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything that the commands touch lies in the test's own folder."""
    for name, value in {
        "VAR": tmp_path / "var",
        "INBOX": tmp_path / "inbox",
        "MAIL_FROM": MAIL_FROM,
        "REMINDERS": "reminders.simulation.yaml",
        "DURABLE": "false",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": "1",
        "SMTP_SENDER": MAIL_FROM,
        "SMTP_SECURITY": "none",
        "SMTP_TIMEOUT": "5",
    }.items():
        monkeypatch.setenv(f"PLAN_LIFECYCLE_{name}", str(value))
    for name in ("STORE_URL", "SOURCE_URL", "CONFIG"):
        monkeypatch.delenv(f"PLAN_LIFECYCLE_{name}", raising=False)
    return tmp_path


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The store that the commands work on, with the units of tỉnh Bình Thuận."""
    opened = open_store(migrated_copy(home / "var/plan_lifecycle.db"), home / "var/blobs", durable=False)
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def run(store: Store, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        ran = Ran(int(end.value.code or 0), *capsys.readouterr())
        hold_to_schema(ran, arguments)
        return ran

    return call
