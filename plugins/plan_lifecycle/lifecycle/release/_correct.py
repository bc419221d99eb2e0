"""A draft that the coordinator corrected in Word comes back and becomes the text of that version.

Phòng Nội vụ took the draft of huyện Bắc Bình's report away, reworded a paragraph and corrected a number: her file is
kept as it came, what it says otherwise is told, figure by figure, and it is what goes to the leader and is issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from plan_lifecycle.documents.gate import Purpose
from plan_lifecycle.documents.read import Heading, NotAPlan, read_heading, read_lines
from plan_lifecycle.documents.report_word import LeftOver, left_over, origin_name, origin_of
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.correction import Comparison, Correction, compare_lines
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.release import Version, Way
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.office import Office, open_desk
from plan_lifecycle.lifecycle.release._hold import act_on
from plan_lifecycle.lifecycle.release._letters import title_of
from plan_lifecycle.lifecycle.release._named import named_version, named_way, require_as_seen
from plan_lifecycle.lifecycle.release._paper import JudgedPaper, Paper, judged
from plan_lifecycle.store import corrections, reports
from plan_lifecycle.store.audit import append

_ENOUGH = 0.5
"""The part of a draft's lines that a corrected file has still; below it somebody has to say that it is one."""
_REPLACED = "Thay bằng bản đã sửa nộp sau."
_DIGITS = re.compile(r"\d+")


def correct_report(
    office: Office,
    unit_id: str,
    period: str,
    paper: Paper,
    decider: Decider,
    now: datetime,
    *,
    version: int | None = None,
    sure: bool = False,
    seen: int | None = None,
    profile: str | None = None,
) -> bool:
    """Take a corrected Word file as the text of a version, the newest unless told; False where it is that already.

    One that was given before goes; ``seen`` says which that was, or 0 for none. ``sure`` says that the file is this
    version's though it does not say so itself.

    Raises InputError where there is no such version, it was issued, the file is another's, nothing in it was changed,
    or another corrected file came meanwhile; BadDocument where the gate has something against it.
    """
    let_in = judged(office, paper, Purpose.PLAN)
    with office.store.read() as connection:
        way = named_way(office, connection, unit_id, period, profile)
        chosen = _open(way, named_version(way, version))
        stored, desk = reports.get(connection, chosen.id), open_desk(office, connection, now)
    if stored is None or way.unit_id not in desk.tree:
        raise InputError("a report of a unit", field="REPORT", found=way.unit_id, vi="Không có đơn vị này.")
    addendum = int(stored.summary.get("addendum", 0))
    called = title_of(way.period, chosen.number, addendum, about=way.about)
    origin = office.bounded(origin_of, let_in.data)
    own = origin == origin_name(way.key, chosen.number)
    if origin is not None and not own:
        raise _another(origin, way, called)
    draft = office.store.blobs.get(stored.word_blob)
    if draft == let_in.data:
        vi = "Tệp này chính là bản dự thảo, chưa sửa."
        raise InputError("a corrected file", field="FILE", found=let_in.name, vi=vi)
    compared = _compared(office, draft, let_in)
    _require_the_same(office, draft, let_in, compared, called, told=own, sure=sure)
    new = Correction(
        chosen.id, "", let_in.name, now, decider.by, compared.figures, compared.texts,
        (*let_in.warnings, *_notes(office.bounded(left_over, let_in.data))),
    )  # fmt: skip
    return _kept(office, way, chosen, new, let_in, decider, seen)


def take_back_correction(
    office: Office,
    unit_id: str,
    period: str,
    decider: Decider,
    now: datetime,
    *,
    version: int | None = None,
    seen: int | None = None,
    profile: str | None = None,
) -> bool:
    """Let a version's text be as it was compiled again; False where no corrected file stands.

    Raises InputError where there is no such version, it was issued, another file than the one ``seen`` stands, or no
    reason is given.
    """
    why = decider.why
    with office.store.write() as connection:
        way = named_way(office, connection, unit_id, period, profile)
        chosen = _open(way, named_version(way, version))
        require_as_seen(connection, chosen, seen)
        stands = corrections.standing(connection, chosen.id)
        if stands is None or not corrections.take_back(connection, stands.id, at=now, by=decider.by, reason=why):
            return False
        append(connection, act_on(ActKind.UNDO_CORRECTION, way, chosen, decider, now, {"file": stands.name}))
    return True


def corrected_file(office: Office, report_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of a version's corrected file as it was given back; None where none stands."""
    with office.store.read() as connection:
        stands, stored = corrections.standing(connection, report_id), reports.get(connection, report_id)
    if stored is None or not office.sight.has(stored.unit_id):
        return None
    return (stands.name, office.store.blobs.get(stands.blob)) if stands else None


def _kept(
    office: Office,
    way: Way,
    chosen: Version,
    new: Correction,
    let_in: JudgedPaper,
    decider: Decider,
    seen: int | None,
) -> bool:
    new = replace(new, blob=office.store.blobs.put(let_in.data))
    with office.store.write() as connection:
        _open(now_way := named_way(office, connection, *way.key), named_version(now_way, chosen.number))
        before = corrections.standing(connection, chosen.id)
        if before is not None:
            if before.blob == new.blob:
                return False
            require_as_seen(connection, chosen, seen)
            corrections.take_back(connection, before.id, at=new.given_at, by=decider.by, reason=_REPLACED)
        if corrections.give(connection, new) is None:
            return False
        details = {"file": new.name, "figures": len(new.figures), "texts": len(new.texts)}
        append(connection, act_on(ActKind.CORRECT_REPORT, way, chosen, decider, new.given_at, details))
    return True


def _open(way: Way, chosen: Version) -> Version:
    """The same. Raises InputError where it or a later version was issued: its text stands."""
    if any(one.issued and one.number >= chosen.number for one in way.versions):
        vi = "Bản này đã ghi nhận ban hành; muốn thay nội dung, đề nghị rút ghi nhận ban hành trước."
        raise InputError("a version that was not issued", field="REPORT", found=f"version {chosen.number}", vi=vi)
    return chosen


def _another(origin: str, way: Way, called: str) -> InputError:
    """Say of which report the file is, as far as that can be said in words."""
    unit_id, period, profile, number, *_ = (*origin.split(":"), "", "", "")
    vi = f"Tệp này sửa từ báo cáo khác, không phải “{called}”."
    if (unit_id, period, profile) == way.key and number.isdecimal():
        version = next((one for one in way.versions if str(one.number) == number), None)
        if version is not None:
            vi = f"Tệp này sửa từ bản lập lần {count_text(version.number)}, không phải “{called}”."
            if version.number < way.newest.number:
                vi = f"{vi} Đề nghị tải bản mới, chuyển nội dung đã sửa sang bản đó rồi nộp lại."
    elif (unit_id, period) == (way.unit_id, way.period):
        vi = f"Tệp này sửa từ báo cáo loại khác của kỳ này, không phải “{called}”."
    elif unit_id == way.unit_id:
        vi = f"Tệp này sửa từ báo cáo kỳ khác, không phải “{called}”."
    elif period == way.period:
        vi = f"Tệp này sửa từ báo cáo của đơn vị khác, không phải “{called}” của đơn vị này."
    return InputError("a file made of this version", field="FILE", found=origin, vi=vi)


def _compared(office: Office, draft: bytes, let_in: JudgedPaper) -> Comparison:
    try:
        return compare_lines(office.bounded(read_lines, draft), office.bounded(read_lines, let_in.data))
    except NotAPlan as error:
        vi = "Không đọc được chữ trong tệp Word này; đề nghị mở lại, kiểm tra và lưu ở dạng Word (.docx)."
        raise InputError("a readable Word file", field="FILE", found=let_in.name, vi=vi) from error


def _require_the_same(
    office: Office, draft: bytes, let_in: JudgedPaper, compared: Comparison, called: str, *, told: bool, sure: bool
) -> None:
    """Raise InputError where the file is another paper, or where it has to be asked whether it is this one."""
    ours, theirs = (office.bounded(read_heading, data) for data in (draft, let_in.data))
    if not told and _numbers(theirs) != _numbers(ours):
        vi = f"Tệp này là “{theirs.abstract or 'văn bản không có tiêu đề'}”, không phải bản sửa của “{called}”."
        raise InputError(f"a corrected {called}", field="FILE", found=let_in.name, vi=vi)
    if sure or (told and compared.shared >= _ENOUGH):
        return
    share = f"{round(100 * compared.shared)}% nội dung bản dự thảo còn trong tệp"
    why = f"Chỉ {share}" if told else f"Tệp không cho biết được sửa từ bản nào; {share}"
    vi = f"{why}. Nếu đúng là bản sửa của “{called}”, đề nghị đánh dấu xác nhận và gửi lại."
    raise InputError("a file that is known to be this version's", field="sure", found=let_in.name, vi=vi)


def _numbers(heading: Heading) -> tuple[str | None, list[str]]:
    """What tells a report from that of another period: its kind and the numbers of its title."""
    return heading.type, _DIGITS.findall(normalise(heading.abstract or ""))


def _notes(left: LeftOver) -> Iterator[str]:
    if left.changes:
        yield f"Tệp còn {count_text(left.changes)} chỗ sửa đang theo dõi (Track Changes) chưa chấp nhận."
    if left.comments:
        yield f"Tệp còn {count_text(left.comments)} ghi chú (Comment)."
    if left.draft_around:
        yield "Đầu trang, chân trang hoặc hình nền của tệp còn ghi “dự thảo”."
