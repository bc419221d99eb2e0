"""The lists that a coordinator takes along: who is late, the units, letters, what waits, the tasks of a plan, the
indicators of the year."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import APIRouter
from starlette.datastructures import QueryParams

from plan_lifecycle.documents.list_table import Heading
from plan_lifecycle.domain.indicator import RollUp
from plan_lifecycle.domain.plan_task import STATE_WORDS
from plan_lifecycle.domain.unit_group import group_names
from plan_lifecycle.domain.writing import count_text, moment_words, short_date
from plan_lifecycle.lifecycle.progress import plans_to_follow, progress_of_plan
from plan_lifecycle.lifecycle.review import in_doubt, waiting
from plan_lifecycle.lifecycle.situation import CONTACT_WORDS, Reach, newest_letters, reach_of, today, units_now
from plan_lifecycle.web.board._along import Line, Listing, Lists, along
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._letters import LETTER_WORDS, MOST

_UNIT, _GROUP, _WHAT, _DAY = Heading("Đơn vị", 36), Heading("Nhóm", 28), Heading("Nội dung", 50), Heading("Ngày", 14)


def _late(frame: Frame, who: Person, asked: QueryParams) -> Listing:
    what = asked.get("noi_dung", "")
    found = [
        each for each in frame.kept.look(today, frame.office_of(who), frame.clock()).overdue if what in ("", each.what)
    ]
    lines = [
        Line(
            each.id,
            each.unit,
            f"{each.unit}: {each.what}, quá hạn {count_text(each.days)} ngày",
            (each.unit, each.group.name, each.what, short_date(each.due_on), each.days, each.told),
            each.group.name,
            each.unit,
            each.people,
        )
        for each in found
    ]
    headings = (
        _UNIT,
        _GROUP,
        _WHAT,
        Heading("Ngày cuối cùng", 14),
        Heading("Quá hạn (ngày)", 10),
        Heading("Đã nhắc", 8),
    )
    return Listing("Nội dung quá hạn", "", headings, lines, group_names(each.group for each in found))


def _units(frame: Frame, who: Person, asked: QueryParams) -> Listing:
    found = [
        each
        for each in frame.kept.look(units_now, frame.office_of(who), frame.clock(), as_tree=asked.get("xem") == "cay")
        if asked.get("lien_he", "") in ("", each.state.value)
    ]
    lines = [
        Line(
            each.id,
            each.name,
            f"{each.name}: đã nhận {count_text(each.received)}/{count_text(each.expected)}"
            + (f", quá hạn {count_text(each.overdue)} nội dung" if each.overdue else ""),
            (each.name, each.group.name, each.expected, each.received, each.overdue, CONTACT_WORDS[each.state]),
            each.group.name,
            each.name,
            each.people,
        )
        for each in found
    ]
    counts = (Heading("Phải gửi", 10), Heading("Đã nhận", 10), Heading("Quá hạn", 10))
    headings = (_UNIT, _GROUP, *counts, Heading("Liên hệ", 30))
    return Listing("Danh sách đơn vị", "don-vi/", headings, lines, group_names(each.group for each in found))


def _letters(frame: Frame, who: Person, asked: QueryParams) -> Listing:  # noqa: ARG001
    letters = newest_letters(frame.office_of(who), MOST)
    people = _people(frame, who, {each.unit_id for each in letters if each.unit_id})
    lines = []
    for each in letters:
        result = LETTER_WORDS[each.state] + (f": {each.why}" if each.why else "")
        at = moment_words(each.sent_at or each.queued_at)
        text = f"{each.subject}, gửi {each.recipient}, {at}: {result}"
        cells = (at, each.subject, each.recipient, result)
        state = LETTER_WORDS[each.state]
        lines.append(
            Line(f"T{each.id}", each.subject, text, cells, state, each.recipient, people.get(each.unit_id or "", ()))
        )
    headings = (Heading("Lúc", 24), Heading("Thư", 60), Heading("Người nhận", 32), Heading("Kết quả", 40))
    return Listing("Thư gần đây", "thu/", headings, lines)


_WAITING_WORDS = {
    "submission": "Văn bản chờ xem xét",
    "arrival": "Tài liệu chưa xếp được",
    "obligation": "Nội dung chưa có thời hạn",
    "addendum": "Đến sau khi đã tổng hợp",
    "own_duty": "Việc của chính cơ quan điều phối",
    "ended": "Của đơn vị đã kết thúc hoạt động",
    "doubt": "Báo cáo cần xem lại",
    "stated": "Đơn vị cho biết hoặc đề nghị",
}


def _waiting(frame: Frame, who: Person, asked: QueryParams) -> Listing:  # noqa: ARG001
    office, now = frame.office_of(who), frame.clock()
    waits = [*waiting(office, now), *in_doubt(office, now)]
    people = _people(frame, who, {each.unit_id for each in waits if each.unit_id})
    lines = []
    for each in waits:
        group, unit, why = _WAITING_WORDS[each.kind.value], each.unit or "chưa rõ đơn vị", "; ".join(each.why)
        came = short_date(each.received_at.date()) if each.received_at else ""
        text = f"{unit}: {each.what}" + (f", nhận ngày {came}" if came else "") + (f" ({why})" if why else "")
        called = people.get(each.unit_id or "", ())
        lines.append(Line(each.id, unit, text, (group, unit, each.what, came, why), group, unit, called))
    headings = (Heading("Việc", 30), _UNIT, _WHAT, _DAY, Heading("Cần xem xét", 60))
    return Listing("Việc chờ xử lý", "viec/", headings, lines)


def _tasks(frame: Frame, who: Person, asked: QueryParams) -> Listing:
    office, now = frame.office_of(who), frame.clock()
    headings = (Heading("TT", 8), Heading("Nhiệm vụ", 60), Heading("Thời gian", 24), Heading("Chủ trì", 36),
                Heading("Theo dõi", 28), Heading("Tình hình", 28))  # fmt: skip
    choices = plans_to_follow(office, now)
    chosen = next((each for each in choices if str(each.id) == asked.get("ma")), next(iter(choices), None))
    progress = progress_of_plan(office, str(chosen.id), now) if chosen else None
    if chosen is None or progress is None:
        return Listing("Tiến độ kế hoạch", "ke-hoach/", headings, ())
    people = _people(frame, who, {lead for one in progress.tasks for lead in one.leads})
    lines = []
    for number, one in enumerate(progress.tasks):
        task, state = one.task, STATE_WORDS[one.state]
        called = tuple(person for lead in one.leads for person in people.get(lead, ()))
        name = f"{task.number}. {task.name}" if task.number else task.name
        text = f"{name} – {task.lead or 'chưa ghi chủ trì'}: {state}"
        cells = (task.number, task.name, task.phrase or "", task.lead or "", task.monitor or "", state)
        lines.append(Line(f"N{number}", name, text, cells, state, task.lead or "", called))
    return Listing(f"Tiến độ {chosen.name}", f"ke-hoach/?ma={chosen.id}", headings, lines)


_ROLL_UP_WORDS = {
    RollUp.SUM: "cộng",
    RollUp.MEAN: "trung bình",
    RollUp.WEIGHTED: "trung bình theo trọng số",
    RollUp.MIN: "nhỏ nhất",
    RollUp.MAX: "lớn nhất",
    RollUp.LAST: "lấy giá trị cuối",
    RollUp.LIST: "liệt kê",
    RollUp.SHARE: "tỷ lệ đơn vị",
    RollUp.COMPUTED: "tính từ các chỉ tiêu thành phần",
    RollUp.NONE: "không tổng hợp",
}


def _indicators(frame: Frame, who: Person, asked: QueryParams) -> Listing:  # noqa: ARG001
    year = frame.clock().year
    headings = (Heading("Loại báo cáo", 44), Heading("Chỉ tiêu", 60), Heading("Đơn vị tính", 16),
                Heading("Tổng hợp", 30), Heading("Bắt buộc", 10))  # fmt: skip
    lines: list[Line] = []
    for profile in frame.office.rules.profiles:
        for one in profile.of_year(year):
            must = "có" if one.required else "không"
            measure = f" ({one.unit_of_measure})" if one.unit_of_measure else ""
            cells = (profile.name, one.alone, one.unit_of_measure, _ROLL_UP_WORDS[one.roll_up], must)
            lines.append(Line(f"C{len(lines)}", one.alone, f"{one.alone}{measure}", cells, profile.name))
    return Listing(f"Chỉ tiêu báo cáo năm {year}", "thiet-lap/", headings, lines)


def _people(frame: Frame, who: Person, units: Collection[str]) -> dict[str, tuple[Reach, ...]]:
    return reach_of(frame.office_of(who), frame.clock().date(), units)


LISTS: Lists = {
    "qua-han": _late,
    "don-vi": _units,
    "thu": _letters,
    "viec": _waiting,
    "ke-hoach": _tasks,
    "chi-tieu": _indicators,
}
"""By the part of an address that names them."""


def taking_along(frame: Frame) -> APIRouter:
    """The routes of all of them."""
    return along(frame, LISTS)
