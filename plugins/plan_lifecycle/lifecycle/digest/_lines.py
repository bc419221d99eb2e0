"""The lines of a coordinator's digest: first what a person has to decide, then who is late and what cannot be reached.

Each leads to the part of the board where it is done, where there is a board.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from plan_lifecycle.domain.letter import why_refused
from plan_lifecycle.domain.obligation import Gathering, Obligation
from plan_lifecycle.domain.state_words import OWN_DUTY
from plan_lifecycle.domain.writing import count_text, short_date
from plan_lifecycle.lifecycle.digest._months import ToldMonth, standing_lines, urgent, waiting_lines
from plan_lifecycle.lifecycle.office import Desk, EndedDuty
from plan_lifecycle.mail.contexts import DigestLine
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store.guesses import WaitingFile
from plan_lifecycle.store.overview import DeadAddress, FailedLetter

MOST_NAMES = 20
"""Units that a line names before it says how many more there are."""


@dataclass
class Standing:
    """What one receiver's coordinator has to know."""

    receiver_id: str
    received: int = 0
    due: list[Obligation] = field(default_factory=list)
    overdue: list[Obligation] = field(default_factory=list)
    own: list[Obligation] = field(default_factory=list)
    ended: list[EndedDuty] = field(default_factory=list)
    failed: list[FailedLetter] = field(default_factory=list)
    dead: list[DeadAddress] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    months: list[ToldMonth] = field(default_factory=list)
    files: list[WaitingFile] = field(default_factory=list)
    to_review: int = 0
    stated: int = 0
    without_day: int = 0
    missed: tuple[date, ...] = ()
    trail: str | None = None

    def empty(self, today: date) -> bool:
        """Whether there is nothing to tell on this day."""
        waits = self.due or self.overdue or self.own or self.ended or self.failed or self.unreachable or self.files
        return not (self.received or waits or self.missed or self.stated or urgent(self.months, today))


def lines_of_standing(desk: Desk, standing: Standing) -> Iterator[DigestLine]:
    """How things stand: what came, what falls due, the months."""
    if standing.received:
        yield DigestLine("Mới nhận từ buổi làm việc trước", standing.received)
    for what, items in _grouped(standing.due):
        soonest = short_date(min(obligation.due_on for obligation in items if obligation.due_on))
        link = _page(desk, "")
        yield DigestLine(f"Đến hạn trong tuần: {what}", len(items), f"sớm nhất ngày {soonest}", link)
    yield from standing_lines(standing.months)


def lines_of_mornings(missed: Sequence[date]) -> Iterator[DigestLine]:
    """Working mornings on which nobody was reminded, for nothing ran: the day, or the first and the last of several."""
    if missed:
        days = [short_date(day) for day in (missed[0], missed[-1])]
        when = f"ngày {days[0]}" if len(missed) == 1 else f"từ ngày {days[0]} đến ngày {days[1]}"
        label = "Lượt nhắc, đôn đốc buổi sáng chưa chạy; thư còn cần gửi đã chuyển sang lượt hôm nay"
        yield DigestLine(label, len(missed), when)


def lines_to_decide(desk: Desk, standing: Standing) -> Iterator[DigestLine]:
    """What waits for a person to decide."""
    if standing.to_review:
        yield DigestLine("Văn bản chờ xem xét, tiếp nhận", standing.to_review, None, _page(desk, "viec/#van-ban"))
    if standing.stated:
        label = "Đơn vị cho biết đã gửi, đề nghị thêm thời gian"
        yield DigestLine(label, standing.stated, None, _page(desk, "viec/#don-vi-cho-biet"))
    if standing.files:
        units = dict.fromkeys(desk.tree.called(file.unit_id) for file in standing.files)
        count = len({file.arrival_id for file in standing.files})
        label = "Tệp chờ xem xét, tạm chưa nhắc nội dung có thể là tệp đó"
        yield DigestLine(label, count, _listed(list(units)), _page(desk, "viec/#tai-lieu"))
    if standing.without_day:
        yield DigestLine("Nội dung chưa có thời hạn", standing.without_day, None, _page(desk, "viec/#thoi-han"))
    if standing.ended:
        label = "Nội dung của đơn vị đã kết thúc hoạt động, chờ bàn giao hoặc kết thúc"
        yield DigestLine(label, len(standing.ended), _ended_names(standing.ended), _page(desk, "viec/#ban-giao"))
    for owed in standing.own:
        last_day = f"chậm nhất hết ngày {short_date(owed.due_on)}" if owed.due_on else None
        yield DigestLine(f"{OWN_DUTY}: {owed.what}", 1, last_day, _page(desk, "viec/#viec-cua-minh"))


def lines_of_late(desk: Desk, standing: Standing, files: Sequence[Attachment]) -> Iterator[DigestLine]:
    """Who is late, with the drafts of official letters that are attached; who cannot be reached."""
    for what, items in _grouped(standing.overdue):
        yield DigestLine(f"Quá hạn: {what}", len(items), _names(desk, items), _page(desk, ""))
    yield from waiting_lines(standing.months, desk.now.date(), MOST_NAMES)
    if files:
        label = "Dự thảo công văn đôn đốc, trình lãnh đạo xem xét, ký ban hành"
        yield DigestLine(label, len(files), "gửi kèm")
    if standing.unreachable:
        names = "; ".join(standing.unreachable)
        yield DigestLine("Đơn vị chưa có địa chỉ thư liên hệ", len(standing.unreachable), names, _page(desk, "don-vi/"))
    if standing.failed:
        why = [(letter.recipient, why_refused(letter.reason or "")) for letter in standing.failed[:MOST_NAMES]]
        shown = "; ".join(f"{recipient}: {words}" if words else recipient for recipient, words in why)
        yield DigestLine("Thư không gửi được", len(standing.failed), shown, _page(desk, "thu/"))


def _page(desk: Desk, path: str) -> str | None:
    """The address of a page of the board; None where nobody said where it is."""
    return f"{desk.office.board}/{path}" if desk.office.board else None


def by_gathering(owed: Iterable[Obligation]) -> dict[Gathering, list[Obligation]]:
    """What is counted together: the item of a period that is owed to one receiver."""
    found: dict[Gathering, list[Obligation]] = {}
    for obligation in owed:
        found.setdefault(obligation.gathering, []).append(obligation)
    return found


def _grouped(owed: Sequence[Obligation]) -> Iterator[tuple[str, list[Obligation]]]:
    for alike in by_gathering(owed).values():
        yield alike[0].what, alike


def _names(desk: Desk, owed: Sequence[Obligation]) -> str:
    return _listed([desk.tree.named(desk.tree[obligation.unit_id]) for obligation in owed])


def _listed(names: Sequence[str]) -> str:
    more = f" và {len(names) - MOST_NAMES} đơn vị khác" if len(names) > MOST_NAMES else ""
    return "; ".join(names[:MOST_NAMES]) + more


def _ended_names(ended: Sequence[EndedDuty]) -> str:
    """Which unit owed how much: "UBND xã Phan Hòa (02 nội dung); …"."""
    counts = Counter(duty.unit for duty in ended)
    shown = [f"{name} ({count_text(count)} nội dung)" for name, count in counts.items()]
    more = f" và {count_text(len(shown) - MOST_NAMES)} đơn vị khác" if len(shown) > MOST_NAMES else ""
    return "; ".join(shown[:MOST_NAMES]) + more
