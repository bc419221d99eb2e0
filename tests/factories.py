"""The imagined world of all tests: xã Bình An of huyện Bắc Bình, tỉnh Bình Thuận, and what they write to each other."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from plan_lifecycle.config.rules import Rules, read_rules
from plan_lifecycle.documents.drafts import (
    ActivityRow,
    DutyRow,
    Letterhead,
    PlanReference,
    SignatureBlock,
    SubPlanDraft,
)
from plan_lifecycle.documents.render import render_sub_plan
from plan_lifecycle.documents.report_form import write_report_form
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.indicator import IndicatorType, Value
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Basis, Item, Obligation, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.reminder import first_rung_on, ladder_days
from plan_lifecycle.domain.submission import Arrival
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit, UnitKind
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.letters import LetterTemplates
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import save_contacts, save_units

ROOT = Path(__file__).resolve().parents[1]
WALL = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
MAIL_FROM = "cchc@binhthuan.example.vn"

PROVINCE = Unit("bt", "tỉnh Bình Thuận", UnitKind.PROVINCE, 1)
DEPARTMENT = Unit("bt-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "bt", symbol="SNV")
FINANCE = Unit("bt-stc", "Sở Tài chính", UnitKind.DEPARTMENT, 1, "bt", symbol="STC")
DISTRICT = Unit("bb", "huyện Bắc Bình", UnitKind.DISTRICT, 2, "bt")
DIVISION = Unit("bb-pnv", "Phòng Nội vụ", UnitKind.DIVISION, 2, "bb", symbol="PNV")
BINH_AN = Unit("bb-binh-an", "xã Bình An", UnitKind.COMMUNE, 3, "bb")
HOA_THANG = Unit("bb-hoa-thang", "xã Hòa Thắng", UnitKind.COMMUNE, 3, "bb")
CHO_LAU = Unit("bb-cho-lau", "thị trấn Chợ Lầu", UnitKind.COMMUNE, 3, "bb")
OTHER_DISTRICT = Unit("tp", "huyện Tuy Phong", UnitKind.DISTRICT, 2, "bt")
PHUOC_THE = Unit("tp-phuoc-the", "xã Phước Thể", UnitKind.COMMUNE, 3, "tp")
UNITS = (
    PROVINCE, DEPARTMENT, FINANCE, DISTRICT, DIVISION, BINH_AN, HOA_THANG, CHO_LAU, OTHER_DISTRICT, PHUOC_THE,
)  # fmt: skip


def day(text: str) -> datetime:
    """The opening hour of a day: "2023-02-21"."""
    return opening_of(date.fromisoformat(text))


def address(unit: Unit | str) -> str:
    """Where a unit's officer is written to."""
    return f"{unit if isinstance(unit, str) else unit.id}@example.vn"


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The shipped rules with the plain ladder: T-7, T-1, T+3."""
    return read_rules(ROOT / "config", "reminders.simulation.yaml")


@lru_cache(maxsize=1)
def _letters() -> LetterTemplates:
    return LetterTemplates(ROOT / "templates/mail")


def make_office(store: Store, **changed: object) -> Office:
    """The office on a store in a played year, with the shipped rules and templates; ``changed`` are fields of Rules."""
    ruled = replace(rules(), **changed)  # type: ignore[arg-type]
    return Office(store, ruled, _letters(), ROOT / "templates/documents", MAIL_FROM, played=True)


def fill(store: Store, units: tuple[Unit, ...] = UNITS, *, without: tuple[Unit, ...] = ()) -> None:
    """Put the units into the store, each with an officer except those ``without``."""
    people = [Contact(unit.id, ContactRole.OFFICER, f"Cán bộ {unit.name}", address(unit)) for unit in units]
    with store.write() as connection:
        save_units(connection, units)
        save_contacts(connection, [each for each in people if each.unit_id not in {unit.id for unit in without}])


ABSTRACT = "thông tin, tuyên truyền cải cách hành chính năm 2023"


def plan_row(store: Store, issuer: Unit = DISTRICT, number: str = "15", **changed: object) -> int:
    """A plan in the store whose file nobody will read."""
    values = {
        "issuer_id": issuer.id,
        "parent_id": None,
        "version": 1,
        "number": number,
        "symbol": "KH-UBND",
        "issued_on": date(2023, 2, 10),
        "year": 2023,
        "abstract": ABSTRACT,
        "blob": number.rjust(64, "0"),
        "registered_at": day("2023-02-10"),
    }
    with store.write() as connection:
        plan_id, _ = plan_rows.register_plan(connection, values | changed)
    return plan_id


def owe(
    store: Store,
    unit: Unit = BINH_AN,
    item: Item = Item.SUB_PLAN,
    period: str = "2023",
    due: str | None = "2023-02-28",
    *,
    plan_id: int | None = None,
    made: str = "2023-02-10",
    **changed: object,
) -> Obligation:
    """An obligation in the store as the cascade makes one; its next rung is the ladder's."""
    due_on = date.fromisoformat(due) if due else None
    plan_id = plan_row(store) if plan_id is None else plan_id
    days = ladder_days(rules().ladders.get(item, ()), due_on, rules().calendar) if due_on else ()
    made_of = Obligation(
        plan_id=plan_id,
        unit_id=unit.id,
        receiver_id=unit.parent_id or "bt",
        item=item,
        period=period,
        clause="Các phòng, ban và UBND các xã, thị trấn ban hành kế hoạch trước ngày 01/3/2023.",
        phrase="trước ngày 01/3/2023",
        basis=Basis.ISSUE if item is Item.SUB_PLAN else Basis.RECEIPT,
        due_on=due_on,
        next_rung_on=first_rung_on(days, date.fromisoformat(made)),
    )
    with store.write() as connection:
        obligation_rows.save_obligations(connection, [replace(made_of, **changed)])  # type: ignore[arg-type]
        return obligation_rows.owed_by(connection, [unit.id])[unit.id, item.value, period][0]


def obligation_of(store: Store, unit: Unit = BINH_AN, item: Item = Item.SUB_PLAN, period: str = "2023") -> Obligation:
    """The obligation as the store has it now."""
    with store.read() as connection:
        return obligation_rows.owed_by(connection, [unit.id])[unit.id, item.value, period][0]


def set_state(store: Store, obligation: Obligation, state: ObligationState, at: str = "2023-02-20") -> None:
    """Move an obligation."""
    with store.write() as connection:
        obligation_rows.set_state(connection, obligation.id, state, day(at))


def letter(number: int = 1, **changed: object) -> Letter:
    """A letter for the outbox whose bytes nobody will read."""
    made = Letter(
        key=f"letter:{number}",
        message_id=f"<{number}@binhthuan.example.vn>",
        kind="receipt",
        recipient=address(BINH_AN),
        subject="Đã nhận: Báo cáo",
        blob="0" * 64,
        queued_at=day("2023-02-20"),
        unit_id=BINH_AN.id,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def arrival(
    data: bytes,
    unit: Unit | str | None = BINH_AN,
    item: str | None = "sub_plan",
    period: str | None = "2023",
    at: str = "2023-02-20",
    *,
    key: str = "1",
    file_name: str = "ke-hoach.docx",
    channel: str = "fake",
) -> Arrival:
    """A file that came in."""
    unit_id = unit.id if isinstance(unit, Unit) else unit
    return Arrival(channel, key, day(at), file_name, data, unit_id=unit_id, item=item, period=period)


def plan_file(
    issuer: Unit = BINH_AN,
    *,
    number: str | None = "07",
    issued: str | None = "2023-02-20",
    parent: str | None = "15/KH-UBND",
    activities: tuple[ActivityRow, ...] | None = None,
    duties: tuple[DutyRow, ...] = (),
    year: int = 2023,
    place: str = "Bình An",
    abstract: str = "",
) -> bytes:
    """An issued plan as a Word file, by default xã Bình An's own under the district's plan 15/KH-UBND."""
    above = PlanReference(parent, f"10/02/{year}", "UBND huyện Bắc Bình", f"tuyên truyền năm {year}") if parent else (
        PlanReference("76/NQ-CP", "15/7/2021", "Chính phủ", "ban hành Chương trình tổng thể", "Nghị quyết")
    )  # fmt: skip
    if activities is None:
        activities = (task("1", "Đăng tin, bài trên trang thông tin điện tử", issuer.agency, "Hằng tháng"),)
    head = Letterhead(
        agency=("ỦY BAN NHÂN DÂN", issuer.name.upper()),
        symbol="KH-UBND",
        place=place,
        year=year,
        number=number,
        issued_on=date.fromisoformat(issued) if issued else None,
    )
    draft = SubPlanDraft(
        head=head,
        unit_name=issuer.agency,
        abstract=abstract or f"Thông tin, tuyên truyền cải cách hành chính năm {year}",
        parent=above,
        activities=activities,
        targets=(),
        duties=duties,
        focal_point="Phòng Nội vụ",
        recipients=("UBND huyện Bắc Bình",),
        signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn An"),
    )
    return render_sub_plan(draft)


def task(ordinal: str, content: str, lead: str, deadline: str, support: str = "") -> ActivityRow:
    """A row of a task table."""
    return ActivityRow(ordinal, content, lead, support, deadline, "Kết quả thực hiện")


BELOW_DISTRICT = "Các phòng, ban chuyên môn và UBND các xã, thị trấn"


def district_plan(deadline: str = "trước ngày 01/3/2023", **changed: object) -> bytes:
    """Plan 15/KH-UBND of huyện Bắc Bình: communes and divisions issue plans, and report twice."""
    duties = (
        DutyRow(BELOW_DISTRICT, "ban hành kế hoạch triển khai", deadline, "UBND huyện Bắc Bình (qua Phòng Nội vụ)"),
        DutyRow(BELOW_DISTRICT, "gửi báo cáo 6 tháng đầu năm", "trước ngày 17/6/2023", "UBND huyện Bắc Bình"),
        DutyRow(BELOW_DISTRICT, "gửi báo cáo năm", "trước ngày 19/12/2023", "UBND huyện Bắc Bình"),
    )
    activities = (
        task("1", "Đăng ít nhất 05 tin, bài trên trang thông tin điện tử", "UBND các xã, thị trấn", "Hằng tháng"),
        task("2", "Tập huấn nghiệp vụ cho công chức đầu mối", "Phòng Nội vụ", "Trong tháng 5/2023"),
        task("3", "Phổ biến, quán triệt kế hoạch", BELOW_DISTRICT, "Hoàn thành trong quý I/2023"),
    )
    values: dict[str, object] = {
        "number": "15",
        "issued": "2023-02-10",
        "parent": "36/KH-UBND",
        "activities": activities,
        "duties": duties,
        "place": "Bắc Bình",
    }
    return plan_file(DISTRICT, **values | changed)  # type: ignore[arg-type]


def report_file(unit: Unit = BINH_AN, period: str = "2023-H1", values: Mapping[str, Value] | None = None) -> bytes:
    """The report form, every required indicator filled in with 3 unless ``values`` says otherwise."""
    of_period = Period.parse(period)
    indicators = rules().profile_of().of_year(of_period.year, unit.level)
    given: dict[str, Value] = {
        each.code: True if each.type is IndicatorType.BOOLEAN else 3 for each in indicators if each.required
    }
    return write_report_form(indicators, unit, of_period, values=given | dict(values or {}))


def invitation() -> bytes:
    """A Word file that is no plan."""
    from docx import Document

    document = Document()
    for line in ("GIẤY MỜI", "UBND xã Bình An trân trọng kính mời", "Dự hội nghị giao ban tháng 02."):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
