"""Messages of the field that went wrong, with a province's real register: whose paper it is, and our own draft."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.factories import ROOT, day, make_office, obligation_of, owe
from tests.lifecycle.submission.playing import Inbox

from plan_lifecycle.domain.submission import Rule, SubmissionState
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_accepted, register_file
from plan_lifecycle.lifecycle.collect import Collected, file_and_review, receive_mail
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.import_units import import_province, read_province
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.review import WaitingKind, waiting
from plan_lifecycle.store import guesses
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.submissions import find
from plan_lifecycle.store.tables import arrival, letter, obligation, submission, submission_file
from plan_lifecycle.store.units import get_unit

ARRIVES = datetime(2023, 2, 9, 14, 0, tzinfo=UTC)
TUY, BAC = "tuy@tuy-phong.example", "cuong.pnv@bac-binh.example"


@pytest.fixture
def mail(samples: Path) -> Path:
    return samples / "field" / "mail"


@pytest.fixture
def office(store: Store, mail: Path) -> Office:
    """Tỉnh Bình Thuận has cascaded its plan, and reminded of it."""
    read = read_province("Bình Thuận", date(2023, 1, 10), mail / "00-agencies.csv", mail / "00-contacts-2023.csv")
    import_province(store, read)
    office = make_office(store)
    plan = ROOT / "examples/bac-binh-2023/ke-hoach-tinh-36.docx"
    cascade_plan(office, register_file(office, plan, province="Bình Thuận", now=day("2023-01-10")), day("2023-01-10"))
    remind(office, day("2023-02-07"))
    return office


def comes(office: Office, message: Path, recipient: str) -> Collected:
    """The message arrives as an answer to the reminder that its sender got."""
    with office.store.read() as connection:
        asked = select(letter.c.message_id).where(letter.c.recipient == recipient, letter.c.kind == "reminder_before")
        answered = connection.execute(asked).scalar_one()
    data = re.sub(rb"(?m)^(In-Reply-To|References): <[^>]*>", rb"\1: " + answered.encode(), message.read_bytes())
    receive_mail(office, Inbox(data), ARRIVES)  # type: ignore[arg-type]
    return file_and_review(office, ARRIVES)


def kinds(office: Office, recipient: str) -> list[str]:
    with office.store.read() as connection:
        rows = connection.execute(select(letter.c.kind).where(letter.c.recipient == recipient).order_by(letter.c.id))
        return [kind for kind in rows.scalars() if kind in ("receipt", "accepted", "return")]


def test_a_districts_plan_from_another_district_waits_and_its_owners_own_is_accepted(
    office: Office, mail: Path
) -> None:
    done = comes(office, mail / "01-neighbours-plan.eml", TUY)
    assert (done.filed, done.accepted, done.returned) == (1, 0, 0)
    assert register_accepted(office, ARRIVES).plan_ids == ()
    done = comes(office, mail / "01b-the-real-owner-sends-the-same-file.eml", BAC)
    assert (done.filed, done.accepted) == (1, 1)
    assert (kinds(office, TUY), kinds(office, BAC)) == (["receipt"], ["receipt", "accepted"])
    with office.store.read() as connection:
        strangers, owners = find(connection, [1, 2]).values()
    assert (strangers.state, strangers.held, owners.state) == (SubmissionState.RECEIVED, True, SubmissionState.ACCEPTED)
    texts = {finding.rule: finding.whole for finding in strangers.findings}
    assert "mang tên UBND huyện Bắc Bình" in texts[Rule.PAPER_ISSUER]
    assert "UBND huyện Bắc Bình gửi" in texts[Rule.PAPER_SAME]
    assert "UBND huyện Tuy Phong gửi ngày 09/02/2023" in owners.findings[0].whole
    assert len(register_accepted(office, ARRIVES).plan_ids) == 1


def test_our_draft_sent_back_is_no_delivery(office: Office, mail: Path) -> None:
    done = comes(office, mail / "08-our-draft-resaved.eml", TUY)
    assert (done.refused, done.filed) == (1, 0)
    assert kinds(office, TUY) == ["return"]
    with office.store.read() as connection:
        assert connection.execute(select(submission)).all() == []
        assert set(connection.execute(select(obligation.c.first_received_at)).scalars()) == {None}


def arrived(office: Office) -> list[tuple[str | None, str, str | None]]:
    with office.store.read() as connection:
        rows = connection.execute(select(arrival).order_by(arrival.c.id))
        return [(row.unit_id, row.state, row.doubt) for row in rows]


def acknowledged(office: Office) -> list[str]:
    with office.store.read() as connection:
        return list(connection.execute(select(letter.c.recipient).where(letter.c.kind == "file_waits")).scalars())


def test_a_communes_plan_before_it_owes_one_is_acknowledged_and_filed_when_its_district_asks(
    office: Office, mail: Path
) -> None:
    receive_mail(office, Inbox((mail / "03-early-plan.eml").read_bytes()), ARRIVES)  # type: ignore[arg-type]
    assert file_and_review(office, ARRIVES).filed == 0
    ((commune, *waits),) = arrived(office)
    assert waits == ["unmatched", Doubt.NOTHING_OWED.value]
    assert acknowledged(office) == ["em.binhan@bac-binh.example"]
    with office.store.read() as connection:
        unit = get_unit(connection, commune or "")
    assert unit is not None
    owed = owe(office.store, unit, plan_id=1)
    remind(office, day("2023-02-21"))
    with office.store.read() as connection:
        assert owed.id in guesses.awaiting(connection)
    for _ in range(2):
        file_and_review(office, day("2023-02-21"))
    assert [state for _, state, _ in arrived(office)] == ["filed"]
    assert obligation_of(office.store, unit).first_received_at == ARRIVES
    assert "reminder_before" not in kinds(office, "em.binhan@bac-binh.example")


@pytest.mark.parametrize("name", ["04-calendar-accept.eml", "05-ooo-no-header-with-pdf.eml"])
def test_what_a_mailbox_answers_by_itself_is_nothing_to_anybody(office: Office, mail: Path, name: str) -> None:
    done = comes(office, mail / name, TUY)
    assert (done.filed, done.unmatched, done.refused) == (0, 0, 0)
    assert arrived(office) == []
    assert acknowledged(office) == []
    with office.store.read() as connection:
        assert guesses.awaiting(connection) == frozenset()


def test_a_photograph_inside_the_text_is_kept_as_a_copy(office: Office, mail: Path) -> None:
    assert comes(office, mail / "07-photo-inline-cid.eml", TUY).filed == 1
    with office.store.read() as connection:
        assert list(connection.execute(select(submission_file.c.part)).scalars()) == [Part.COPY]


def test_two_files_that_name_two_units_of_one_mailbox_are_proposed_to_each(office: Office, mail: Path) -> None:
    comes(office, mail / "09-two-units-two-files.eml", "chung@ham-thuan.example")
    shown = [one for one in waiting(office, ARRIVES) if one.kind is WaitingKind.ARRIVAL]
    assert [(one.unit, one.file) for one in shown] == [
        ("UBND huyện Hàm Thuận Bắc", "KH Ham Thuan Bac.docx"),
        ("UBND huyện Hàm Thuận Nam", "KH Ham Thuan Nam.docx"),
    ]
    assert all(one.arrival and "--to O…" not in one.arrival.commands[0] for one in shown)
    assert acknowledged(office) == ["chung@ham-thuan.example"]
