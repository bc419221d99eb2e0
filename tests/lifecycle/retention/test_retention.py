"""What has been kept for longer than its time goes, and evidence never: listed first, once more does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    ROOT,
    address,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
)
from tests.fakes import FakeChannel, FakeClock, FakeMailer

from plan_lifecycle.config.retention import Matter, read_retention
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office, letter_text
from plan_lifecycle.lifecycle.people import end_person
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.retention import gone_words, let_go, may_go_words, what_may_go
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.settings import ROOT as PROJECT
from plan_lifecycle.store import audit, list_uploads, portal
from plan_lifecycle.store.backup import back_up
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.list_uploads import ListKind
from plan_lifecycle.store.people import ids_of_address
from plan_lifecycle.store.tables import arrival as arrivals
from plan_lifecycle.store.tables import letter, list_upload, message, submission

SENT, LATER = day("2023-03-02"), day("2026-02-10")
RULES = read_retention(PROJECT / "config/retention.yaml")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Letters of 2023, a plan that came, a mail that is done with, a form, lists, a person who left."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    made = make_office(store, accept_clean=True)
    collect(made, [FakeChannel([arrival(plan_file(), BINH_AN, key="1")])], day("2023-02-21"))
    remind(made, SENT)
    send_outbox(made, FakeMailer().connect, now=SENT, wall=SENT, worker="a", clock=FakeClock())
    with store.write() as connection:
        mail = {"identity": "1", "subject": "Bận", "received_at": SENT, "size": 4, "kind": "auto_reply"}
        mail |= {"verdict": "done", "sender": address(BINH_AN), "blob": store.blobs.put(b"mail")}
        connection.execute(message.insert().values(**mail))
        portal.save_draft(connection, obligation_of(store).id, {"ten": "Lê An"}, over=0, at=SENT)
        (officer,) = ids_of_address(connection, address(BINH_AN))
    for number, on in enumerate(("2023-01-05", "2023-02-05")):
        values = {
            "kind": ListKind.PEOPLE, "province": ROOT.name, "as_of": day(on).date(), "file_name": "a.csv",
            "blob": store.blobs.put(b"list %d" % number), "uploaded_by": "Hoa", "uploaded_at": day(on),
        }  # fmt: skip
        with store.write() as connection:
            list_uploads.keep(connection, values)
    end_person(made, officer, day("2023-12-31").date(), Decider("Hoa"), SENT)
    yield made
    store.close()


def found(office: Office, now: datetime) -> dict[Matter, int]:
    return {one.matter: one.number for one in what_may_go(office, RULES, now)}


def evidence(office: Office) -> tuple[object, ...]:
    """What may never go: submissions with their bytes, arrivals, which letters went to how many."""
    with office.store.read() as connection:
        blobs = [*connection.execute(select(submission.c.blob)).scalars()]
        numbers = [connection.execute(select(func.count()).select_from(one)).scalar_one() for one in (arrivals, letter)]
        sent = connection.execute(select(letter.c.id, letter.c.kind, letter.c.sent_at).order_by(letter.c.id)).all()
    return [office.store.blobs.get(blob) for blob in blobs], numbers, [tuple(row) for row in sent]


def test_within_its_time_nothing_goes(office: Office) -> None:
    assert set(found(office, day("2023-03-03")).values()) == {0}
    done = let_go(office, RULES, day("2023-03-03"))
    assert (done.numbers, done.files) == ({}, 0)
    assert gone_words(done.numbers, 0) == "Không có dữ liệu hết thời hạn lưu giữ."


def test_what_is_listed_is_what_goes_and_evidence_stays(office: Office, tmp_path: Path) -> None:
    before, listed = evidence(office), found(office, LATER)
    assert listed[Matter.LETTERS] >= 2
    assert {matter: listed[matter] for matter in list(Matter)[1:]} == {
        Matter.MESSAGES: 1, Matter.DRAFTS: 1, Matter.LISTS: 1, Matter.SESSIONS: 0, Matter.PEOPLE: 1,
    }  # fmt: skip
    assert evidence(office) == before
    assert may_go_words(what_may_go(office, RULES, LATER)).startswith("Chưa hủy; sẽ hủy: 0")
    done = let_go(office, RULES, LATER)
    assert done.numbers == {matter: number for matter, number in listed.items() if number}
    assert done.faults == []
    assert evidence(office) == before
    with office.store.read() as connection:
        bodies = set(connection.execute(select(letter.c.blob)).scalars())
        assert connection.execute(select(message.c.blob)).scalar_one() is None
        assert connection.execute(select(list_upload.c.uploaded_at)).scalars().all() == [day("2023-02-05")]
        assert not portal.get_draft(connection, obligation_of(office.store).id).fields
        acts = list(audit.acts(connection, ActSubject.KEPT, 20260210))
        assert audit.verify(connection).broken is None
    assert [act.details["matter"] for act in acts] == ["letters", "messages", "drafts", "lists"]
    assert {act.act for act in acts} == {ActKind.LET_GO}
    (words,) = bodies
    assert letter_text(office.store.blobs.get(words)).text.startswith("Nội dung thư này đã được hủy theo thời hạn")
    assert back_up(office.store, tmp_path / "copy", LATER).damaged == ()

    again = let_go(office, RULES, LATER)
    assert (again.numbers, again.files) == ({}, 0)
    assert set(found(office, LATER).values()) == {0}


def test_killed_in_the_middle_the_next_run_ends_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are gone and the transaction is not: the rows are found once more."""
    before = evidence(office)

    def killed(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("plan_lifecycle.lifecycle.retention._leaving.audit.append", killed)
        with pytest.raises(KeyboardInterrupt):
            let_go(office, RULES, LATER)
    assert evidence(office) == before
    with office.store.read() as connection:
        blob = connection.execute(select(letter.c.blob).limit(1)).scalar_one()
    with pytest.raises(BlobError):
        office.store.blobs.get(blob)
    assert let_go(office, RULES, LATER).numbers[Matter.LETTERS] >= 2
    assert set(found(office, LATER).values()) == {0}


def test_who_cannot_be_forgotten_yet_stops_nothing_else(office: Office) -> None:
    with office.store.write() as connection:
        connection.execute(letter.update().values(state="queued"))
    done = let_go(office, replace(RULES, months={**RULES.months, Matter.PEOPLE: 1}), LATER)
    assert Matter.PEOPLE not in done.numbers
    assert len(done.faults) == 1
    assert "thư chờ gửi đến người này" in done.faults[0]
    assert done.numbers[Matter.MESSAGES] == 1


def test_what_has_no_time_is_kept_for_good(office: Office) -> None:
    rules = replace(RULES, months={})
    assert [one.before for one in what_may_go(office, rules, LATER + timedelta(days=9999))] == [None] * len(Matter)
    assert let_go(office, rules, LATER).numbers == {}
