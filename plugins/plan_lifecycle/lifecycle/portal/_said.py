"""What a unit says on its page: its paper was sent over the document axis, or it asks for more time.

Nothing is met or moved by it: it waits in *Việc chờ xử lý*, and a coordinator records, extends or declines.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import statements
from plan_lifecycle.store.statements import Said, StatementKind, StoredStatement


def what_was_said(office: Office, obligation: Obligation) -> list[StoredStatement]:
    """Find what the unit said of an obligation last, of each kind."""
    with office.store.read() as connection:
        return statements.newest_of(connection, obligation.id)


def check_sent(reference: str, issued_on: date | None, today: date) -> list[InputError]:
    """Find what is wrong with what is said of a paper, by the field that it stands beside."""
    found = []
    if not any(sign.isdigit() for sign in reference):
        vi = "Đề nghị ghi số, ký hiệu văn bản, ví dụ 45/BC-UBND."
        found.append(InputError("number and symbol", field="so_ky_hieu", found=reference, vi=vi))
    if issued_on is None:
        vi = "Đề nghị ghi ngày của văn bản."
        found.append(InputError("a day", field="ngay_van_ban", vi=vi))
    elif issued_on > today:
        vi = f"Ngày của văn bản không được sau hôm nay ({short_date(today)})."
        found.append(InputError("a day that has come", field="ngay_van_ban", found=issued_on, vi=vi))
    return found


def check_more_time(obligation: Obligation, until: date | None, reason: str, today: date) -> list[InputError]:
    """Find what is wrong with what is asked for, by the field that it stands beside."""
    found = []
    first = max(obligation.due_on + timedelta(days=1) if obligation.due_on else today, today)
    if until is None:
        found.append(InputError("a day", field="den_ngay", vi="Đề nghị ghi ngày cuối cùng đơn vị đề nghị."))
    elif until < first:
        vi = f"Ngày đề nghị sớm nhất là {short_date(first)}."
        found.append(InputError("a later day", field="den_ngay", found=until, vi=vi))
    if not reason:
        found.append(InputError("a reason", field="ly_do", vi="Đề nghị ghi lý do."))
    return found


def say_sent(
    office: Office, obligation: Obligation, reference: str, issued_on: date, *, by: str, now: datetime
) -> bool:
    """Note that the paper was sent over the document axis; False where the same is noted already."""
    said = Said(obligation.id, StatementKind.SENT, by, now, reference, issued_on, now.date())
    return _note(office, said)


def ask_for_time(office: Office, obligation: Obligation, until: date, reason: str, *, by: str, now: datetime) -> bool:
    """Note that more time is asked for, until the end of a day; False where the same is noted already."""
    return _note(office, Said(obligation.id, StatementKind.MORE_TIME, by, now, until=until, reason=reason))


def _note(office: Office, said: Said) -> bool:
    with office.store.write() as connection:
        return statements.note(connection, said)
