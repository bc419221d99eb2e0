"""From the commune's mail to its receipt: the command asks a real mailbox, files what came and answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.channels.answering import answer
from tests.channels.dovecot import PASSWORD, Dovecot, running
from tests.databases import migrated_copy
from tests.documents.signing import scan
from tests.factories import BINH_AN, HOA_THANG, MAIL_FROM, address, fill, obligation_of, owe, plan_file

from plan_lifecycle.cli import main
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.tables import letter

pytestmark = [pytest.mark.system, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


def in_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dovecot: Dovecot, user: str = "cchc") -> None:
    """The settings of an office with its own store and a mailbox."""
    for name, value in {
        "VAR": tmp_path,
        "INBOX": tmp_path / "inbox",
        "MAIL_FROM": MAIL_FROM,
        "IMAP_HOST": "localhost",
        "IMAP_PORT": dovecot.port,
        "IMAP_USER": user,
        "IMAP_PASSWORD": PASSWORD,
        "IMAP_CA_FILE": dovecot.folder / "ca.pem",
    }.items():
        monkeypatch.setenv(f"PLAN_LIFECYCLE_{name}", str(value))


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """A command as a person types it; the lines that it prints."""
    monkeypatch.setattr("sys.argv", ["plan-lifecycle", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    return capsys.readouterr().out.splitlines()


def test_the_command_files_an_answer_and_queues_its_receipt(
    dovecot: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    store = open_store(migrated_copy(tmp_path / "plan_lifecycle.db"), tmp_path / "blobs", durable=False)
    fill(store)
    owe(store, due="2026-02-28", period="2026", made="2026-02-10")
    file = plan_file(year=2026, issued="2026-02-20")
    dovecot.deliver("cchc", answer([("07-KH-UBND.docx", file)], sender=address(BINH_AN)))
    in_environment(monkeypatch, tmp_path, dovecot)
    told = json.loads(run(monkeypatch, capsys, "collect", "--json")[0])
    assert (told["arrived"], told["filed"], told["unmatched"], told["faults"]) == (1, 1, 0, [])
    assert obligation_of(store, period="2026").state in (
        ObligationState.RECEIVED, ObligationState.MET, ObligationState.RETURNED, ObligationState.FIGURES_ONLY,
    )  # fmt: skip
    with store.read() as connection:
        kinds = [row.kind for row in connection.execute(letter.select())]
    assert "receipt" in kinds
    assert dovecot.messages("cchc") == []
    assert len(dovecot.messages("cchc", "Đã nhận")) == 1
    store.close()


def test_what_waits_is_acknowledged_and_not_reminded_of_and_what_a_mailbox_answers_is_neither(
    dovecot: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    store = open_store(migrated_copy(tmp_path / "plan_lifecycle.db"), tmp_path / "blobs", durable=False)
    fill(store)
    owe(store, due="2026-02-28", period="2026", made="2026-02-10")
    owe(store, HOA_THANG, due="2026-02-28", period="2026", made="2026-02-10", plan_id=1)
    at = datetime(2026, 2, 19, 9, 0, tzinfo=LOCAL)
    stranger = answer([("a.pdf", scan())], sender="an@thu-rieng.example", subject="KH xa Binh An")
    away = answer([("lich.pdf", scan())], sender=address(HOA_THANG), subject="Trả lời tự động: Nhắc thời hạn gửi")
    dovecot.deliver("waits", stranger, away, at=at)
    in_environment(monkeypatch, tmp_path, dovecot, "waits")
    told = json.loads(run(monkeypatch, capsys, "collect", "--as-of", "2026-02-20", "--json")[0])
    assert (told["arrived"], told["filed"], told["refused"], told["faults"]) == (1, 0, 0, [])
    assert (len(dovecot.messages("waits", "Chờ xem xét")), len(dovecot.messages("waits", "Đã nhận"))) == (1, 1)
    days = ("--from", "2026-02-20", "--to", "2026-02-27", "--as-of", "2026-02-20", "--json")
    shown = [json.loads(line) for line in run(monkeypatch, capsys, "reminders", "preview", *days)]
    assert WhyUnsent.FILE_WAITS.words in json.dumps(shown, ensure_ascii=False)
    with store.read() as connection:
        sent = [(row.kind, row.recipient) for row in connection.execute(letter.select())]
    assert sent == [("file_waits", "an@thu-rieng.example")]
    run(monkeypatch, capsys, "remind", "--as-of", "2026-02-27")
    with store.read() as connection:
        sent = [(row.kind, row.recipient) for row in connection.execute(letter.select())]
    assert sent == [("file_waits", "an@thu-rieng.example"), ("reminder_last", address(HOA_THANG))]
    store.close()
