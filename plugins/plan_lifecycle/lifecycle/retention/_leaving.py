"""What has been kept for longer than its time, listed first and then let go, matter by matter.

Each batch is a transaction of its own with a row of the trail in it, so a run that is killed has done what it says and
the next goes on. One person who cannot be forgotten yet stops nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from plan_lifecycle.config.retention import Matter, Retention
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.office import Office, digest_for_gone, let_bytes_go, words_for_gone
from plan_lifecycle.lifecycle.people import forget_person
from plan_lifecycle.store import audit
from plan_lifecycle.store import retention as rows
from plan_lifecycle.store.database import Connection

AT_ONCE = 500
"""Rows of one transaction: nobody waits long for it."""
BY = "Quy định lưu giữ"
"""By whom, on the trail, where no person asked for it."""
EVERYTHING = 10**9
MATTER_WORDS = {
    Matter.LETTERS: "nội dung thư đã gửi",
    Matter.MESSAGES: "thư đến hộp thư nhận",
    Matter.DRAFTS: "bản nháp, dự thảo không còn dùng",
    Matter.LISTS: "tệp danh sách đã nạp",
    Matter.SESSIONS: "ghi nhận phiên làm việc của trang đơn vị",
    Matter.PEOPLE: "thông tin người đã thôi phụ trách",
}


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many of a matter may go: what was of use ``before`` a moment; None: all of it is kept for good."""

    matter: Matter
    before: datetime | None
    number: int


@dataclass(slots=True)
class LetGo:
    """What went, by matter, how many files with it; ``faults`` name who could not be forgotten, and why."""

    numbers: dict[Matter, int] = field(default_factory=dict)
    files: int = 0
    faults: list[str] = field(default_factory=list)


def what_may_go(office: Office, retention: Retention, now: datetime) -> tuple[Leaving, ...]:
    """What ``let_go`` would let go, every matter in order; nothing is written."""
    found, words = [], digest_for_gone()
    with office.store.read() as connection:
        for matter in Matter:
            before = retention.before(matter, now)
            found.append(Leaving(matter, before, _number(connection, matter, before, words) if before else 0))
    return tuple(found)


def let_go(office: Office, retention: Retention, now: datetime, by: str = BY) -> LetGo:
    """Let everything go that has been kept for longer than its time; once more does nothing."""
    done = LetGo()
    for matter in Matter:
        before = retention.before(matter, now)
        if before is None:
            continue
        if matter is Matter.PEOPLE:
            _forget_people(office, before, now, by, done)
            continue
        while _batch(office, matter, before, now, by, done):
            pass
    return done


def gone_words(numbers: Mapping[Matter, int], files: int) -> str:
    """What went, in one sentence."""
    if not numbers:
        return "Không có dữ liệu hết thời hạn lưu giữ."
    return f"Đã hủy: {_counted(numbers)}; {count_text(files)} tệp."


def may_go_words(found: Sequence[Leaving]) -> str:
    """What would go, in one sentence."""
    numbers = {one.matter: one.number for one in found if one.number}
    return f"Chưa hủy; sẽ hủy: {_counted(numbers)}." if numbers else gone_words({}, 0)


def _counted(numbers: Mapping[Matter, int]) -> str:
    return "; ".join(f"{count_text(number)} {MATTER_WORDS[matter]}" for matter, number in numbers.items())


def _number(connection: Connection, matter: Matter, before: datetime, words: str) -> int:
    if matter is Matter.LETTERS:
        return len(rows.letters_before(connection, before, words, EVERYTHING))
    if matter is Matter.MESSAGES:
        return len(rows.messages_before(connection, before, EVERYTHING))
    if matter is Matter.DRAFTS:
        forms = rows.forms_before(connection, before, EVERYTHING)
        return len(forms) + len(rows.drafts_before(connection, before, EVERYTHING))
    if matter is Matter.LISTS:
        return len(rows.lists_before(connection, before, EVERYTHING))
    if matter is Matter.SESSIONS:
        return rows.sessions_before(connection, before)
    return len(rows.people_before(connection, before))


def _batch(office: Office, matter: Matter, before: datetime, now: datetime, by: str, done: LetGo) -> bool:
    """Let one batch go; False where nothing was left."""
    words = words_for_gone(office.store)
    with office.store.write() as connection:
        number, digests = _STEPS[matter](connection, before, words)
        if not number:
            return False
        files = let_bytes_go(office.store, connection, digests)
        details = {"matter": matter.value, "number": number, "files": files, "before": before.isoformat()}
        day = int(f"{now:%Y%m%d}")
        audit.append(connection, audit.Act(now, by, ActKind.LET_GO, ActSubject.KEPT, day, None, details))
    done.numbers[matter] = done.numbers.get(matter, 0) + number
    done.files += files
    return True


def _letters(connection: Connection, before: datetime, words: str) -> tuple[int, list[str]]:
    found = rows.letters_before(connection, before, words, AT_ONCE)
    rows.put_words(connection, found, words)
    return len(found), [one.blob for one in found]


def _messages(connection: Connection, before: datetime, _words: str) -> tuple[int, list[str]]:
    found = rows.messages_before(connection, before, AT_ONCE)
    rows.empty_messages(connection, found)
    return len(found), [one.blob for one in found]


def _drafts(connection: Connection, before: datetime, _words: str) -> tuple[int, list[str]]:
    forms, drafts = (
        rows.forms_before(connection, before, AT_ONCE),
        rows.drafts_before(connection, before, AT_ONCE),
    )
    rows.remove_forms(connection, forms)
    rows.remove_drafts(connection, drafts)
    return len(forms) + len(drafts), [one.blob for one in drafts]


def _lists(connection: Connection, before: datetime, _words: str) -> tuple[int, list[str]]:
    found = rows.lists_before(connection, before, AT_ONCE)
    rows.remove_lists(connection, found)
    return len(found), [one.blob for one in found]


def _sessions(connection: Connection, before: datetime, _words: str) -> tuple[int, list[str]]:
    number = rows.sessions_before(connection, before)
    rows.remove_sessions(connection, before)
    return number, []


_STEPS: Mapping[Matter, Callable[[Connection, datetime, str], tuple[int, list[str]]]] = {
    Matter.LETTERS: _letters,
    Matter.MESSAGES: _messages,
    Matter.DRAFTS: _drafts,
    Matter.LISTS: _lists,
    Matter.SESSIONS: _sessions,
}


def _forget_people(office: Office, before: datetime, now: datetime, by: str, done: LetGo) -> None:
    with office.store.read() as connection:
        ids = rows.people_before(connection, before)
    decider = Decider(by)
    for person_id in ids:
        try:
            forget_person(office, person_id, decider, now)
        except InputError as error:
            done.faults.append(f"người liên hệ số {person_id}: {error.for_user}")
            continue
        done.numbers[Matter.PEOPLE] = done.numbers.get(Matter.PEOPLE, 0) + 1
