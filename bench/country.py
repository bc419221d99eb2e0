"""A country to arrive at once: 34 provinces, 3,321 communes, each owing its own plan and a report.

Every province has issued its plan of 25 tasks and sent each commune a draft. A commune's plan is that draft numbered,
dated and with tasks and wording of its own; its report is the Excel form or the same figures in a Word file, half and
half. Papers are made before anything is timed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import SecretStr
from tests.factories import make_office, rules

from plan_lifecycle.documents.drafts import (
    ActivityRow,
    DutyRow,
    IndicatorRow,
    Letterhead,
    PlanReference,
    ReportForm,
    ReportSection,
    SignatureBlock,
    SubPlanDraft,
)
from plan_lifecycle.documents.render import render_report_form, render_sub_plan
from plan_lifecycle.documents.report_form import write_report_form
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, Value
from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit, UnitKind
from plan_lifecycle.domain.writing import write_value
from plan_lifecycle.lifecycle.links import Links
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.obligations import owed_by, save_obligations
from plan_lifecycle.store.plans import register_plan, save_drafts
from plan_lifecycle.store.units import save_contacts, save_units

PROVINCES, COMMUNES = 34, 3321
NOW = opening_of(date(2026, 2, 20))
ISSUED = date(2026, 1, 12)
HALF = Period.parse("2026-H1")
HOME = "http://127.0.0.1"
TASKS = 25
_EVIDENCE = "danh sách kèm theo"
_ABOVE = PlanReference("76/NQ-CP", "15/7/2021", "Chính phủ", "ban hành Chương trình tổng thể", "Nghị quyết")
_SUBJECTS = (
    "thủ tục hành chính", "dịch vụ công trực tuyến", "chuyển đổi số", "chế độ công vụ", "tài chính công",
    "tổ chức bộ máy", "thể chế", "gương người tốt việc tốt", "phản ánh, kiến nghị của người dân",
)  # fmt: skip


class Paper(NamedTuple):
    """One file that a commune hands in for an obligation."""

    owed: Obligation
    name: str
    data: bytes


@dataclass(frozen=True)
class Country:
    """The office on a filled store, and what is owed, commune by commune."""

    office: Office
    owed: Sequence[Obligation]

    def papers(self, count: int, start: int = 0) -> list[Paper]:
        """The papers of so many obligations, province by province: neighbours' plans are compared with each other."""
        return [_paper(each, number) for number, each in enumerate(self.owed[start : start + count], start)]


@contextmanager
def country(folder: Path, url: str | None = None) -> Iterator[Country]:
    """A filled store in the folder, opened as an office opens it: it waits for the disk."""
    url = url or f"sqlite:///{folder / 'store.db'}"
    filling = open_store(url, folder / "blobs", durable=False)
    _fill(filling)
    owed = _owe(filling)
    filling.close()
    store = open_store(url, folder / "blobs")
    try:
        yield Country(office_on(store), owed)
    finally:
        store.close()


def office_on(store: Store) -> Office:
    """The office with its links and its secret."""
    return replace(make_office(store), links=Links(HOME, SecretStr("b" * 40)), replies=ReplyAddresses("k" * 32))


def address(unit_id: str) -> str:
    """Where a unit's officer writes from."""
    return f"{unit_id}@example.vn"


@lru_cache(maxsize=1)
def _provinces() -> list[Unit]:
    return [Unit(f"t{number}", f"tỉnh Số {number}", UnitKind.PROVINCE, 1) for number in range(1, PROVINCES + 1)]


@lru_cache(maxsize=1)
def _communes() -> dict[str, Unit]:
    communes = (
        Unit(f"x{number}", f"xã Bình An {number}", UnitKind.COMMUNE, 2, f"t{number % PROVINCES + 1}")
        for number in range(1, COMMUNES + 1)
    )
    return {each.id: each for each in communes}


def _fill(store: Store) -> None:
    provinces, communes = _provinces(), _communes().values()
    coordinators = [Unit(f"{each.id}-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, each.id) for each in provinces]
    units = [*provinces, *coordinators, *communes]
    with store.write() as connection:
        save_units(connection, units)
        save_contacts(
            connection,
            [Contact(each.id, ContactRole.OFFICER, f"Cán bộ {each.name}", address(each.id)) for each in units],
        )


def _owe(store: Store) -> list[Obligation]:
    plans = {each.id: _register(store, each) for each in _provinces()}
    communes = [(each, plans[each.parent_id or ""]) for each in _communes().values()]
    drafts = [
        {
            "plan_id": plan_id,
            "unit_id": each.id,
            "blob": store.blobs.put(render_sub_plan(_draft(each))),
            "file_name": "du-thao.docx",
        }
        for each, plan_id in communes
    ]
    with store.write() as connection:
        save_drafts(connection, drafts)
        save_obligations(connection, (one for each, plan_id in communes for one in _both(each, plan_id)))
        found = owed_by(connection, [each.id for each, _ in communes])
    owed = [one for some in found.values() for one in some]
    return sorted(owed, key=lambda each: (each.plan_id, each.unit_id, each.item is Item.REPORT))


def _both(unit: Unit, plan_id: int) -> tuple[Obligation, Obligation]:
    plan = Obligation(
        plan_id=plan_id, unit_id=unit.id, receiver_id=unit.parent_id or "", item=Item.SUB_PLAN, period="2026",
        clause="UBND các xã ban hành kế hoạch trước ngày 01/3/2026.", phrase="trước ngày 01/3/2026",
        basis=Basis.ISSUE, due_on=date(2026, 2, 28), next_rung_on=date(2026, 2, 24),
    )  # fmt: skip
    report = replace(
        plan, item=Item.REPORT, period=HALF.code, basis=Basis.RECEIPT, due_on=date(2026, 6, 16),
        phrase="trước ngày 17/6/2026", next_rung_on=date(2026, 6, 9),
    )  # fmt: skip
    return plan, report


def _register(store: Store, province: Unit) -> int:
    """The province's plan, its file in the store."""
    duties = (
        DutyRow("UBND các xã", "ban hành kế hoạch triển khai", "trước ngày 01/3/2026", province.agency),
        DutyRow("UBND các xã", "gửi báo cáo 6 tháng đầu năm", "trước ngày 17/6/2026", province.agency),
    )
    data = render_sub_plan(
        SubPlanDraft(
            head=_head(province, "KH", number=province.id[1:], issued_on=ISSUED),
            unit_name=province.agency,
            abstract="Thông tin, tuyên truyền cải cách hành chính năm 2026",
            parent=_ABOVE,
            activities=tuple(_task(number, "UBND các xã") for number in range(1, TASKS + 1)),
            targets=("Phát thanh ít nhất 02 lượt/tuần",),
            duties=duties,
            focal_point="Sở Nội vụ",
            recipients=("Bộ Nội vụ", "UBND các xã", "Lưu: VT"),
            signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn An"),
        )
    )
    values = {
        "issuer_id": province.id, "parent_id": None, "version": 1, "number": province.id[1:].zfill(2),
        "symbol": "KH-UBND", "issued_on": ISSUED, "year": 2026, "blob": store.blobs.put(data),
        "abstract": "thông tin, tuyên truyền cải cách hành chính năm 2026", "registered_at": NOW, "cascaded_at": NOW,
    }  # fmt: skip
    with store.write() as connection:
        return register_plan(connection, values)[0]


def _draft(commune: Unit) -> SubPlanDraft:
    """What the commune was sent: the province's tasks as its own."""
    agency = commune.agency
    province = (commune.parent_id or "")[1:]
    return SubPlanDraft(
        head=_head(commune, "KH"),
        unit_name=agency,
        abstract=f"Thông tin, tuyên truyền cải cách hành chính năm 2026 trên địa bàn {commune.name}",
        parent=PlanReference(
            f"{province.zfill(2)}/KH-UBND",
            "12/01/2026",
            f"UBND tỉnh Số {province}",
            "thông tin, tuyên truyền cải cách hành chính năm 2026",
        ),
        activities=tuple(_task(number, agency) for number in range(1, TASKS + 1)),
        targets=("Phát thanh ít nhất 02 lượt/tuần",),
        duties=(DutyRow(agency, "Báo cáo 6 tháng đầu năm", "trước ngày 17/6/2026", f"UBND tỉnh Số {province}"),),
        focal_point="công chức Văn phòng - Thống kê",
        recipients=(f"UBND tỉnh Số {province}", "Lưu: VT"),
        signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    )


def _task(number: int, lead: str) -> ActivityRow:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    return ActivityRow(
        ordinal=str(number),
        content=f"Tuyên truyền về {subject} theo chuyên đề {number} trên trang thông tin và hệ thống truyền thanh",
        lead=lead,
        support="Văn phòng HĐND và UBND; các thôn, tổ dân phố",
        deadline=f"Trước ngày {number % 28 + 1:02}/{number % 9 + 3}/2026",
        product="Tin, bài; lượt phát thanh",
    )


def _head(unit: Unit, document: str, **given: Any) -> Letterhead:
    return Letterhead(
        agency=("ỦY BAN NHÂN DÂN", unit.name.upper()),
        symbol=f"{document}-UBND",
        place=unit.name.partition(" ")[2],
        year=2026,
        **given,
    )


def _paper(owed: Obligation, number: int) -> Paper:
    commune = _communes()[owed.unit_id]
    if owed.item is Item.SUB_PLAN:
        return Paper(owed, "ke-hoach-2026.docx", _own_plan(commune, number))
    if number // 2 % 2:
        return Paper(owed, "bao-cao-6-thang.xlsx", _report_form(commune, number))
    return Paper(owed, "bao-cao-6-thang.docx", _report(commune, number))


def _own_plan(commune: Unit, number: int) -> bytes:
    """The draft as it is issued: numbered, dated, with the commune's own tasks and wording."""
    draft, name = _draft(commune), commune.name
    own = tuple(
        ActivityRow(
            str(TASKS + place), f"Tổ chức buổi {what} tại thôn {number % 9 + place} của {name}", commune.agency,
            "Công chức Văn hóa - Xã hội", f"Trước ngày {place + 9}/4/2026", "Buổi sinh hoạt",
        )
        for place, what in enumerate(("đối thoại với người dân", "giới thiệu dịch vụ công", "thi tìm hiểu"), start=1)
    )  # fmt: skip
    purposes = (
        f"Tiếp tục đưa nội dung cải cách hành chính đến từng hộ dân của {name} bằng hình thức gần gũi, dễ hiểu, gắn "
        f"với việc {_SUBJECTS[number % len(_SUBJECTS)]} mà bà con trên địa bàn đang quan tâm trong năm thứ {number}.",
        f"Mỗi thôn của {name} có ít nhất một buổi sinh hoạt chuyên đề do công chức đầu mối của xã trực tiếp trình bày.",
    )
    return render_sub_plan(
        replace(
            draft,
            head=_head(commune, "KH", number=str(number % 90 + 5), issued_on=NOW.date()),
            activities=draft.activities + own,
            purposes=purposes,
            budget=("Kinh phí thực hiện bố trí trong dự toán chi thường xuyên năm 2026 của xã.",),
            signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn An"),
        )
    )


def _figures(commune: Unit, number: int) -> dict[Indicator, Value]:
    """Figures that agree with each other: the same count throughout, totals the sum of their parts."""
    count = number % 9 + 1
    return {
        each: True if each.type is IndicatorType.BOOLEAN else count * max(len(each.checks.parts), 1)
        for each in rules().indicators_of(HALF.year, commune.level)
        if each.required or each.type is IndicatorType.COUNT
    }


def _report_form(commune: Unit, number: int) -> bytes:
    values = {each.code: value for each, value in _figures(commune, number).items()}
    indicators = rules().indicators_of(HALF.year, commune.level)
    return write_report_form(indicators, commune, HALF, values=values, evidence=dict.fromkeys(values, _EVIDENCE))


def _report(commune: Unit, number: int) -> bytes:
    province = (commune.parent_id or "")[1:]
    rows = tuple(
        IndicatorRow(str(place), each.code, each.name, each.unit_of_measure, write_value(value, each), _EVIDENCE)
        for place, (each, value) in enumerate(_figures(commune, number).items(), start=1)
    )
    return render_report_form(
        ReportForm(
            head=_head(commune, "BC", number=str(number % 90 + 5), issued_on=NOW.date()),
            unit_name=commune.agency,
            abstract=f"Kết quả thông tin, tuyên truyền cải cách hành chính {HALF.label}",
            addressees=(f"UBND tỉnh Số {province}",),
            parent=_draft(commune).parent,
            period=HALF.label,
            data_from="01/01/2026",
            data_to="31/5/2026",
            sections=(
                ReportSection("1", "Công tác chỉ đạo, điều hành", (f"UBND {commune.name} đã ban hành kế hoạch.",) * 6),
                ReportSection("2", "Kết quả thông tin, tuyên truyền", ("Các nhiệm vụ được thực hiện đúng hạn.",) * 12),
            ),
            indicators=rows,
            recipients=("Như trên", "Lưu: VT"),
            signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn An"),
        )
    )
