"""Everybody answers by mail at once: a real Dovecot, then the same papers read, checked, filed and accepted.

Each message answers the letter that brought the draft; it is fetched over TLS, told for what it is, kept with its file
and moved. The peer, beside it in the same run, is imaplib in a bare loop that fetches, stores the bytes and moves. The
peer of filing is a loop that only passes the gate and reads the same files, which is where the time must go.
By default the communes of the first provinces; ``FULL=1`` has all of them.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from imaplib import IMAP4_SSL
from pathlib import Path

import psutil
from sqlalchemy import func, select
from tests.channels.answering import answer
from tests.channels.dovecot import PASSWORD, Dovecot, running

from bench import Figure, seconds
from bench.country import COMMUNES, NOW, Country, address, country, provinces_for
from bench.papers import Paper, asked_of
from plan_lifecycle.channels import MailboxChannel
from plan_lifecycle.documents.gate import Purpose, inspect
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.documents.report_form import read_report_docx, read_report_form
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.collect import file_and_review, receive_mail
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.message import stable_message_id
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store.tables import submission

PAPERS = 2 * COMMUNES if os.environ.get("FULL") else 240
ROUNDS = 6
GOAL_RATE = 40.0


@dataclass
class Seen:
    """Seconds of each round, ours and the peer's, of taking in and of filing; memory after each round (MB)."""

    taking: list[float] = field(default_factory=list)
    fetching: list[float] = field(default_factory=list)
    filing: list[float] = field(default_factory=list)
    reading: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def measure() -> list[Figure]:
    """All rounds; nothing where there is no Dovecot (`make system`)."""
    if shutil.which("dovecot") is None:
        print("bench: no Dovecot here, the mailbox is left out (make system)", file=sys.stderr)
        return []
    seen, size = Seen(), -(-PAPERS // ROUNDS)
    with (
        running() as dovecot,
        tempfile.TemporaryDirectory() as name,
        country(Path(name), provinces=provinces_for(PAPERS)) as land,
    ):
        _write_to_all(land)
        for start in range(0, PAPERS, size):
            _round(land, dovecot, land.papers(size, start), seen)
        with land.office.store.read() as connection:
            filed = connection.execute(select(func.count()).select_from(submission)).scalar_one()
    assert filed == PAPERS, f"{filed} filed of {PAPERS}"
    return _figures(seen)


def _figures(seen: Seen) -> list[Figure]:
    third = ROUNDS // 3
    early, late = max(seen.memory[:third]), max(seen.memory[-third:])
    whole = "all 3,321 communes × 2" if PAPERS == 2 * COMMUNES else f"{PAPERS} of the country's {2 * COMMUNES:,} papers"
    taken = PAPERS / sum(seen.taking)
    rows = (
        ("mailbox.taken_in_limit", taken, GOAL_RATE, taken / GOAL_RATE, 1.0, "letters a second, one process"),
        ("mailbox.taken_in", *_rates(seen.taking, seen.fetching), None, f"a second; {whole}; peer: bare imaplib"),
        ("mailbox.filed", *_rates(seen.filing, seen.reading), None, f"a second; {whole}; peer: gate and readers alone"),
        ("mailbox.memory_flat", late, early, early / late, 0.9, "MB at most, last third; peer: first third"),
    )
    return [Figure(name, mine, theirs, ratio, goal, PAPERS, note) for name, mine, theirs, ratio, goal, note in rows]


def _rates(ours: list[float], theirs: list[float]) -> tuple[float, float, float]:
    return PAPERS / sum(ours), PAPERS / sum(theirs), sum(theirs) / sum(ours)


def _round(land: Country, dovecot: Dovecot, papers: Sequence[Paper], seen: Seen) -> None:
    """Some papers: taken in by both, filed and read."""
    messages = [_message(land.office, each) for each in papers]
    for user in ("ours", "bare"):
        _lay_in(dovecot, user, messages)
    mailbox, moment = MailboxChannel(dovecot.server("ours")), datetime.now(UTC) + timedelta(minutes=1)
    seen.taking.append(seconds(lambda: receive_mail(land.office, mailbox, moment)))
    seen.fetching.append(seconds(lambda: _fetch(land, dovecot)))
    seen.reading.append(seconds(lambda: _read(papers)))
    seen.filing.append(seconds(lambda: file_and_review(land.office, NOW)))
    seen.memory.append(psutil.Process().memory_info().rss / 1e6)


def _write_to_all(land: Country) -> None:
    """The letters that brought the drafts, which everybody answers."""
    units = {(each.plan_id, each.unit_id) for each in land.owed}
    blob = land.office.store.blobs.put(b"the letter")
    letters = [
        Letter(
            key=key,
            message_id=stable_message_id(key, domain=land.office.mail_domain),
            kind="draft",
            recipient=address(unit_id),
            subject="Dự thảo kế hoạch",
            blob=blob,
            queued_at=NOW,
            unit_id=unit_id,
        )
        for plan_id, unit_id in sorted(units)
        for key in [f"cascade:{plan_id}:{unit_id}"]
    ]
    with land.office.store.write() as connection:
        letter_rows.queue(connection, letters)


def _message(office: Office, paper: Paper) -> bytes:
    asked = stable_message_id(f"cascade:{paper.owed.plan_id}:{paper.owed.unit_id}", domain=office.mail_domain)
    own = f"<{paper.owed.unit_id}.{paper.owed.item}@xa.example.vn>"
    sender = address(paper.owed.unit_id)
    return answer([(paper.name, paper.data)], sender=sender, to=office.mail_from, answers=asked, message_id=own)


def _lay_in(dovecot: Dovecot, user: str, messages: Sequence[bytes]) -> None:
    """Put messages into an inbox, as a mail server does that delivers into the same Maildir."""
    folder = dovecot.folder / "mail" / user / "new"
    if not folder.exists():
        dovecot.messages(user)
        folder.mkdir(exist_ok=True)
    for number, data in enumerate(messages):
        file = folder / f"{datetime.now(UTC).timestamp():.6f}.{number}.bench"
        file.write_bytes(data)
        shutil.chown(file, "nobody", "nogroup")


def _fetch(land: Country, dovecot: Dovecot) -> None:
    """imaplib alone: every message fetched, its bytes stored, the message moved."""
    from ssl import create_default_context

    context = create_default_context(cafile=str(dovecot.folder / "ca.pem"))
    with IMAP4_SSL("localhost", dovecot.port, ssl_context=context) as client:
        client.login("bare", PASSWORD)
        client.create("done")
        client.select()
        for uid in client.uid("SEARCH", "ALL")[1][0].split():
            data = client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1][0][1]  # type: ignore[index]
            land.office.store.blobs.beside("bare").put(data)  # type: ignore[arg-type]
            assert client.uid("MOVE", uid.decode(), "done")[0] == "OK"


def _read(papers: Sequence[Paper]) -> None:
    """Gate and readers, without anything being filed."""
    for each in papers:
        purpose = Purpose.PLAN if each.owed.item is Item.SUB_PLAN else Purpose.REPORT
        assert inspect(each.data, name=each.name, purpose=purpose).accepted
        indicators = asked_of(Unit(each.owed.unit_id, "xã Bình An", UnitKind.COMMUNE, 2))
        if each.owed.item is Item.SUB_PLAN:
            read_plan(each.data)
        elif each.name.endswith(".xlsx"):
            read_report_form(each.data, indicators)
        else:
            read_report_docx(each.data, indicators)


if __name__ == "__main__":
    for figure in measure():
        print(figure)
