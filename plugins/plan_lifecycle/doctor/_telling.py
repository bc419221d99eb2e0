"""Telling the administrator by mail: when something is wrong, once for each state, and when it is right again.

What was last told is a small file beside the kept bytes, not a row: the database may be what is wrong. Where it cannot
be written the same is told once more, which is better than not at all.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from plan_lifecycle.administrator import administrator_of
from plan_lifecycle.doctor._check import Check, Patient, State
from plan_lifecycle.domain.writing import count_text, moment_words

_MARKS = {State.FAULT: "LỖI", State.WARNING: "LƯU Ý"}
_Key = tuple[str, str, str]


def tell_administrator(patient: Patient, checks: Sequence[Check]) -> bool:
    """Write to the administrator where what is wrong is not what was last told; return whether a letter went.

    Raises InputError without an address or a mail server, NotToldError where the server does not take the letter.
    """
    administrator = administrator_of(patient.settings)
    wrong = {_key(check): check for check in checks if check.state in _MARKS}
    file = patient.settings.path(patient.settings.var) / "doctor.json"
    told = _last_told(file)
    if set(wrong) == set(told):
        return False
    administrator.write(_subject(wrong), list(_parts(wrong, told, patient.now)), patient.now)
    _note(file, wrong)
    return True


def _key(check: Check) -> _Key:
    return check.name.value, check.about, check.state.value


def _subject(wrong: dict[_Key, Check]) -> str:
    if wrong:
        return f"Hệ thống kế hoạch, báo cáo có {count_text(len(wrong))} nội dung cần xử lý"
    return "Hệ thống kế hoạch, báo cáo đã trở lại bình thường"


def _parts(wrong: dict[_Key, Check], told: dict[_Key, str], now: datetime) -> Iterator[str]:
    right = [found for key, found in told.items() if not any(key[:2] == one[:2] for one in wrong)]
    yield f"Kết quả kiểm tra lúc {moment_words(now)}."
    if wrong:
        yield "\n\n".join(_line(check, is_new=key not in told) for key, check in wrong.items())
    if right:
        yield "Đã trở lại bình thường:\n" + "\n".join(f"- {found}" for found in right)
    if wrong:
        yield "Thư này được gửi một lần cho mỗi tình trạng. Xem toàn bộ bằng lệnh plan-lifecycle doctor."


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
