"""Telling the administrator by mail: when something is wrong, once for each state, and when it is right again.

What was last told is a small file beside the kept bytes, not a row: the database may be what is wrong. Where it cannot
be written the same is told once more, which is better than not at all.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from plan_lifecycle.doctor._check import Check, Patient, State, shortened
from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.domain.writing import count_text, moment_words
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.office_wiring import mail_server

FIELD = "PLAN_LIFECYCLE_ADMIN_MAIL"
PATIENCE = 30.0
"""Seconds that the mail server has for the letter."""
_MARKS = {State.FAULT: "LỖI", State.WARNING: "LƯU Ý"}
_Key = tuple[str, str, str]


class NotToldError(PlanLifecycleError):
    """The administrator could not be written to."""


def tell_administrator(patient: Patient, checks: Sequence[Check]) -> bool:
    """Write to the administrator where what is wrong is not what was last told; return whether a letter went.

    Raises InputError without an address or a mail server, NotToldError where the server does not take the letter.
    """
    people = [one.strip() for one in patient.settings.admin_mail.replace(";", ",").split(",") if one.strip()]
    server = mail_server(patient.settings)
    if not people:
        vi = f"Chưa đặt địa chỉ của người quản trị ({FIELD})."
        raise InputError("an address to write to", field=FIELD, vi=vi)
    if server is None:
        vi = "Chưa đặt máy chủ gửi thư trong môi trường."
        raise InputError("a mail server", field="PLAN_LIFECYCLE_SMTP_HOST", vi=vi)
    wrong = {_key(check): check for check in checks if check.state in _MARKS}
    file = patient.settings.path(patient.settings.var) / "doctor.json"
    told = _last_told(file)
    if set(wrong) == set(told):
        return False
    letter = _letter(wrong, told, patient.now)
    letter["From"], letter["To"] = str(server.sender.email), ", ".join(people)
    letter["Message-ID"] = make_msgid(domain=server.sender.email.rpartition("@")[2])
    with Transport(replace(server, timeout=PATIENCE), attempts=1) as transport:
        outcome = transport.send(letter.as_bytes(), server.sender.email, people)
    if not outcome.accepted:
        vi = "Chưa gửi được thư cho người quản trị."
        raise NotToldError(f"the administrator's letter was not taken: {shortened(outcome.reason)}", vi=vi)
    _note(file, wrong)
    return True


def _key(check: Check) -> _Key:
    return check.name.value, check.about, check.state.value


def _letter(wrong: dict[_Key, Check], told: dict[_Key, str], now: datetime) -> EmailMessage:
    right = [found for key, found in told.items() if not any(key[:2] == one[:2] for one in wrong)]
    letter = EmailMessage(policy.SMTP)
    if wrong:
        letter["Subject"] = f"Hệ thống kế hoạch, báo cáo có {count_text(len(wrong))} nội dung cần xử lý"
    else:
        letter["Subject"] = "Hệ thống kế hoạch, báo cáo đã trở lại bình thường"
    letter["Date"] = format_datetime(now)
    letter["Auto-Submitted"] = "auto-generated"
    parts = [f"Kết quả kiểm tra lúc {moment_words(now)}."]
    if wrong:
        parts.append("\n\n".join(_line(check, is_new=key not in told) for key, check in wrong.items()))
    if right:
        parts.append("Đã trở lại bình thường:\n" + "\n".join(f"- {found}" for found in right))
    if wrong:
        parts.append("Thư này được gửi một lần cho mỗi tình trạng. Xem toàn bộ bằng lệnh plan-lifecycle doctor.")
    letter.set_content("\n\n".join(parts) + "\n")
    return letter


def _line(check: Check, *, is_new: bool) -> str:
    mark = f"{_MARKS[check.state]}{', mới' if is_new else ''}"
    return f"[{mark}] {check.found}" + (f"\n  Cần làm: {check.to_do}" if check.to_do else "")


def _last_told(file: Path) -> dict[_Key, str]:
    """What was wrong when the administrator was last written to, with its words; nothing where nobody knows."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return {(str(name), str(about), str(state)): str(found) for name, about, state, found in rows}
    except (OSError, ValueError, TypeError):
        return {}


def _note(file: Path, wrong: dict[_Key, Check]) -> None:
    rows = [[*key, check.found] for key, check in wrong.items()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as written:
            json.dump(rows, written, ensure_ascii=False)
        Path(written.name).replace(file)
    except OSError:
        return
