"""From the commune's mail to its receipt: the command asks a real mailbox, files what came and answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.channels.answering import answer
from tests.channels.dovecot import PASSWORD, Dovecot, running
from tests.databases import migrated_copy
from tests.factories import BINH_AN, MAIL_FROM, address, fill, obligation_of, owe, plan_file

from plan_lifecycle.cli import main
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.tables import letter

pytestmark = [pytest.mark.system, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


def test_the_command_files_an_answer_and_queues_its_receipt(
    dovecot: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    store = open_store(migrated_copy(tmp_path / "plan_lifecycle.db"), tmp_path / "blobs", durable=False)
    fill(store)
    owe(store, due="2026-02-28", period="2026", made="2026-02-10")
    file = plan_file(year=2026, issued="2026-02-20")
    dovecot.deliver("cchc", answer([("07-KH-UBND.docx", file)], sender=address(BINH_AN)))
    for name, value in {
        "VAR": tmp_path,
        "INBOX": tmp_path / "inbox",
        "MAIL_FROM": MAIL_FROM,
        "IMAP_HOST": "localhost",
        "IMAP_PORT": dovecot.port,
        "IMAP_USER": "cchc",
        "IMAP_PASSWORD": PASSWORD,
        "IMAP_CA_FILE": dovecot.folder / "ca.pem",
    }.items():
        monkeypatch.setenv(f"PLAN_LIFECYCLE_{name}", str(value))
    monkeypatch.setattr("sys.argv", ["plan-lifecycle", "collect", "--json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    told = json.loads(capsys.readouterr().out.splitlines()[0])
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
