"""Plans that amend, replace or withdraw another, and what is put right."""

from __future__ import annotations

import base64
import email
from typing import Any

from sqlalchemy import select
from tests.factories import BELOW_DISTRICT, BINH_AN, DISTRICT, day, obligation_of, plan_file, task

from plan_lifecycle.documents.drafts import DutyRow
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.cascade._for_one_unit import Cascaded
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.tables import draft, letter

FIRST, LATER = day("2023-02-10"), day("2023-02-16")
AMENDS = "Sửa đổi, bổ sung Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện Bắc Bình"
REPLACES = "Thông tin, tuyên truyền cải cách hành chính năm 2023 (thay thế Kế hoạch số 15/KH-UBND ngày 10/02/2023)"
WITHDRAWS = "Thu hồi Kế hoạch số 15/KH-UBND ngày 10/02/2023"


def duty(what: str, deadline: str) -> DutyRow:
    return DutyRow(BELOW_DISTRICT, what, deadline, "UBND huyện Bắc Bình")


def version(abstract: str, number: str = "22", **changed: Any) -> bytes:
    """A later paper of the district with this subject; by default it asks for nothing."""
    values: dict[str, Any] = {"number": number, "issued": "2023-02-15", "activities": (), "duties": (), "parent": None}
    return plan_file(DISTRICT, abstract=abstract, place="Bắc Bình", **(values | changed))


AMENDMENT = version(AMENDS, duties=(duty("ban hành kế hoạch triển khai", "trước ngày 16/3/2023"),))
REPLACEMENT = version(
    REPLACES,
    duties=(
        duty("ban hành kế hoạch triển khai", "trước ngày 16/3/2023"),
        duty("gửi báo cáo năm", "trước ngày 12/12/2023"),
    ),
    activities=(
        task("1", "Đăng ít nhất 05 tin, bài trên trang thông tin điện tử", "UBND các xã, thị trấn", "Hằng tháng"),
    ),
)
WITHDRAWAL = version(WITHDRAWS)


def reissued(office: Office, data: bytes, now: Any = LATER) -> Cascaded:
    return cascade_plan(office, register_plan(office, data, issuer_id=DISTRICT.id, now=now), now)


def met(office: Office, item: Item = Item.SUB_PLAN, period: str = "2023") -> None:
    with office.store.write() as connection:
        owed = obligation_of(office.store, item=item, period=period)
        obligation_rows.set_state(connection, owed.id, ObligationState.MET, LATER)


def letters(office: Office, unit_id: str = BINH_AN.id) -> dict[str, Any]:
    """The unit's letters by key."""
    with office.store.read() as connection:
        rows = connection.execute(select(letter).where(letter.c.unit_id == unit_id).order_by(letter.c.id))
        return {row.key: row for row in rows}


def text_of(office: Office, row: Any) -> str:
    message = email.message_from_bytes(office.store.blobs.get(row.blob))
    plain = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    return base64.b64decode(str(plain.get_payload())).decode()


def drafts(office: Office, unit_id: str = BINH_AN.id) -> list[tuple[int, str]]:
    with office.store.read() as connection:
        return [
            tuple(row)
            for row in connection.execute(select(draft.c.plan_id, draft.c.blob).where(draft.c.unit_id == unit_id))
        ]


def sent(office: Office) -> None:
    """Every letter has left."""
    with office.store.write() as connection:
        connection.execute(letter.update().values(state="sent", sent_at=FIRST))
