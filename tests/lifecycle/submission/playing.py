"""A half-year of three communes in two parts, between which a release may reword every sentence.

In the first part xã Bình An sends a signed plan without its Word file and figures without the signed report, xã Hòa
Thắng a plan that is complete and a report without figures; a stranger mails a plan, and thị trấn Chợ Lầu cannot be
reminded. In the second part comes what was missing, what was there already is sent again, and people decide.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select
from tests.channels.answering import answer
from tests.databases import migrated_sqlite
from tests.documents.signing import scan, signed
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
    WALL,
    address,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel, FakeMailer

from plan_lifecycle.channels import MailItem
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect, file_and_review, receive_mail
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import explain, remind
from plan_lifecycle.lifecycle.review import Subject, SubjectId, extend_this, place_these, reopen, waiting
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store import tables
from plan_lifecycle.store.engine import open_store

HOA = Decider("Trần Thị Hoa", "Đã xác minh.")
REPORT = {"item": "report", "period": "2023-H1"}
_KEYS = count(1)


class Inbox:
    """A mailbox with these messages in it."""

    name = "mailbox"

    def __init__(self, *messages: bytes) -> None:
        self._messages = messages

    def messages(self, *, now: Any, known: Any) -> Iterator[MailItem]:
        """All of them."""
        return (MailItem(f"INBOX;1;{next(_KEYS)}-{now}", now, len(data), data) for data in self._messages)

    def stored(self, key: str, verdict: object) -> None:
        """Nothing lies here."""


def write_files(folder: Path) -> None:
    """What the communes send, as files: they are the same whatever the software says."""
    shutil.copy(migrated_sqlite(), folder / "store.db")
    for name, data in {
        "binh-an.docx": plan_file(),
        "binh-an.pdf": signed("Nguyễn Văn An"),
        "binh-an.xlsx": report_file(),
        "hoa-thang.docx": plan_file(HOA_THANG, number="08", place="Hòa Thắng"),
        "hoa-thang.xlsx": report_file(HOA_THANG),
        "cho-lau.docx": plan_file(CHO_LAU, number="09", place="Chợ Lầu"),
        "report.pdf": scan("Hoa Thang"),
        "binh-an-report.pdf": scan(),
        "again.pdf": signed("Văn thư", scan(), "registry"),
    }.items():
        (folder / name).write_bytes(data)


def begin(folder: Path) -> None:
    """The first part."""
    with _office(folder) as office:
        fill(office.store, without=(CHO_LAU,))
        plan_id = plan_row(office.store)
        for unit in (BINH_AN, HOA_THANG):
            _owes(office, unit, plan_id)
        remind(office, day("2023-02-21"))
        _owes(office, CHO_LAU, plan_id)
        _send(office, folder / "binh-an.pdf", "2023-02-22")
        _send(office, folder / "hoa-thang.docx", "2023-02-22", unit=HOA_THANG)
        stranger = answer(
            [("ke-hoach.docx", (folder / "cho-lau.docx").read_bytes())], sender="la@example.net", message_id="<1@xa>"
        )
        remind(office, day("2023-02-27"))
        receive_mail(office, Inbox(stranger), day("2023-02-28"))  # type: ignore[arg-type]
        _send(office, folder / "binh-an.xlsx", "2023-06-05", **REPORT)
        _send(office, folder / "report.pdf", "2023-06-05", unit=HOA_THANG, **REPORT)


def go_on(folder: Path) -> dict[str, Any]:
    """The second part; what it came to, in codes (``outcome``) and in words (``told``)."""
    with _office(folder) as office:
        remind(office, day("2023-03-03"))
        send_outbox(office, FakeMailer().connect, now=day("2023-03-06"), wall=WALL, worker="a")
        _send(office, folder / "binh-an.docx", "2023-03-06")
        _send(office, folder / "again.pdf", "2023-03-07")
        _send(office, folder / "hoa-thang.docx", "2023-03-07", unit=HOA_THANG)
        again = answer(
            [("kh.docx", (folder / "hoa-thang.docx").read_bytes())], sender=address(HOA_THANG), message_id="<2@xa>"
        )
        nothing = answer(sender=address(BINH_AN), message_id="<3@xa>")
        receive_mail(office, Inbox(again, nothing), day("2023-06-06"))  # type: ignore[arg-type]
        _send(office, folder / "binh-an-report.pdf", "2023-06-07", **REPORT)
        _send(office, folder / "hoa-thang.xlsx", "2023-06-07", unit=HOA_THANG, **REPORT)
        (place,) = (each for each in waiting(office, day("2023-06-07")) if each.file == "ke-hoach.docx")
        to = [SubjectId(Subject.OBLIGATION, obligation_of(office.store, CHO_LAU).id)]
        placed = list(place_these(office, [SubjectId(Subject.ARRIVAL, int(place.id[1:]))], to, HOA, day("2023-06-08")))
        remind(office, day("2023-06-09"))
        reopen(office, SubjectId(Subject.SUBMISSION, 2), HOA, day("2023-06-09"))
        extend_this(office, _report_of(office), date(2023, 6, 30), HOA, day("2023-06-09"))
        file_and_review(office, day("2023-06-10"))
        return {"outcome": _outcome(office) | {"placed": [each.done for each in placed]}, "told": _told(office)}  # type: ignore[union-attr]


@contextmanager
def _office(folder: Path) -> Iterator[Office]:
    store = open_store(f"sqlite:///{folder / 'store.db'}", folder / "blobs", durable=False)
    yield make_office(store)
    store.close()


def _report_of(office: Office) -> SubjectId:
    return SubjectId(Subject.OBLIGATION, obligation_of(office.store, CHO_LAU, Item.REPORT, "2023-H1").id)


def _owes(office: Office, unit: Unit, plan_id: int) -> None:
    owe(office.store, unit, plan_id=plan_id)
    owe(office.store, unit, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)


def _send(office: Office, file: Path, at: str, **claim: Any) -> None:
    came = arrival(file.read_bytes(), key=f"{file.name} {at}", file_name=file.name, at=at, **claim)
    assert collect(office, [FakeChannel([came])], day(at)).faults == []


_CODES = (
    (tables.obligation, ("unit_id", "item", "period", "state", "next_rung_on", "due_on", "resend_by")),
    (tables.submission, ("obligation_id", "version", "state", "held", "days_late", "reference", "reviewed_by")),
    (tables.submission_file, ("submission_id", "arrival_id", "part")),
    (tables.arrival, ("channel", "state", "unit_id", "item", "period", "quarantined")),
    (tables.message, ("kind", "verdict")),
    (tables.letter, ("kind", "recipient", "state", "key")),
    (tables.reminder, ("obligation_id", "rung", "recipient", "letter_id", "why")),
    (tables.audit, ("by", "act", "subject", "subject_id")),
)


def _outcome(office: Office) -> dict[str, Any]:
    """Everything that was decided."""
    now = day("2023-06-10")
    with office.store.read() as connection:
        found: dict[str, Any] = {
            table.name: [
                [str(each) for each in row] for row in connection.execute(select(*(table.c[n] for n in names)))
            ]
            for table, names in _CODES
        }
        findings = connection.execute(select(tables.submission.c.findings)).scalars()
        found["findings"] = [[{**each, "text": None} for each in some] for some in findings]
    found["rungs"] = [[each.rung, each.state.value] for owed in explain(office, CHO_LAU.id, now).obligations
                      for each in owed.rungs]  # fmt: skip
    found["waiting"] = [[each.id, each.kind.value, each.clean] for each in waiting(office, now)]
    return found


def _told(office: Office) -> dict[str, list[str]]:
    """What people read of it."""
    with office.store.read() as connection:
        findings = connection.execute(select(tables.submission.c.findings)).scalars()
        reasons = connection.execute(select(tables.arrival.c.reason).order_by(tables.arrival.c.id)).scalars()
        return {
            "findings": [each["text"] for some in findings for each in some],
            "arrivals": [each for each in reasons if each],
            "reminders": [each for each in connection.execute(select(tables.reminder.c.reason)).scalars() if each],
            "subjects": list(connection.execute(select(tables.letter.c.subject)).scalars()),
        }
