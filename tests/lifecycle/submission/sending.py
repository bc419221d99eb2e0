"""What xã Bình An sends, and how its obligation stands."""

from __future__ import annotations

import io
from email import message_from_bytes, policy

from docx import Document
from sqlalchemy import select
from tests.factories import arrival, day, obligation_of
from tests.fakes import FakeChannel

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.submission import Submission, SubmissionState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.submission_files import parts
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import letter

S = SubmissionState
H1 = {"item": "report", "period": "2023-H1"}
_KEYS = iter(range(10_000))


def send(office: Office, data: bytes, name: str, at: str = "2023-02-20", **claim: str) -> None:
    came = arrival(data, key=f"k{next(_KEYS)}", file_name=name, at=at, **claim)  # type: ignore[arg-type]
    assert collect(office, [FakeChannel([came])], day(at)).faults == []


def stands(
    office: Office, item: Item = Item.SUB_PLAN, period: str = "2023"
) -> tuple[ObligationState, list[S], list[set[str]]]:
    owed = obligation_of(office.store, item=item, period=period)
    sent = sent_for(office, item, period)
    with office.store.read() as connection:
        made_of = parts(connection, [each.id for each in sent])
    return owed.state, [each.state for each in sent], [{str(part) for part in made_of[each.id]} for each in sent]


def sent_for(office: Office, item: Item = Item.SUB_PLAN, period: str = "2023") -> list[Submission]:
    with office.store.read() as connection:
        return versions(connection, obligation_of(office.store, item=item, period=period).id)


def letters_of(office: Office, kind: str) -> list[tuple[str, str, str]]:
    """Subject, text and HTML of the letters of a kind, as a mail program shows them."""
    with office.store.read() as connection:
        rows = connection.execute(select(letter.c.blob).where(letter.c.kind == kind).order_by(letter.c.id)).scalars()
        messages = [message_from_bytes(office.store.blobs.get(blob), policy=policy.default) for blob in rows]
    return [
        (
            str(each["Subject"]),
            each.get_body(("plain",)).get_content(),  # type: ignore[attr-defined]
            each.get_body(("html",)).get_content(),  # type: ignore[attr-defined]
        )
        for each in messages
    ]


def receipts(office: Office) -> list[str]:
    """The words of every receipt that was queued, in order."""
    with office.store.read() as connection:
        blobs = connection.execute(select(letter.c.blob).where(letter.c.kind == "receipt").order_by(letter.c.id))
        sent = [message_from_bytes(office.store.blobs.get(blob), policy=policy.default) for blob in blobs.scalars()]
    bodies = [made.get_body(("plain",)) for made in sent]
    return [" ".join(body.get_content().split()) for body in bodies if body]


def narrative() -> bytes:
    """A report in words, without a table of figures."""
    document, stream = Document(), io.BytesIO()
    head = ("ỦY BAN NHÂN DÂN XÃ BÌNH AN", "Số: 45/BC-UBND", "Bình An, ngày 12 tháng 6 năm 2023", "BÁO CÁO")
    for line in (*head, "Kết quả CCHC", "Thực hiện Kế hoạch số 15/KH-UBND ngày 10/02/2023", "1. Đã làm."):
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def send_all(office: Office, *files: tuple[str, bytes], at: str = "2023-02-20", **claim: str) -> None:
    """Several files that come at one moment, in this order."""
    came = [arrival(data, key=f"k{next(_KEYS)}", file_name=name, at=at, **claim) for name, data in files]  # type: ignore[arg-type]
    assert collect(office, [FakeChannel([*came])], day(at)).faults == []
