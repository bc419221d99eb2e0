"""Any number of communes whose half-year reports are in, with figures and text, ready to be compiled into one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert

from plan_lifecycle.documents.version import readers_version
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.passage import Passage
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.submission import Submission, SubmissionState
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import arrivals, obligations, report_texts, submission_files, submissions, tables
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.units import save_units
from tests.factories import arrival, day, make_office, plan_row

HALF = Period.parse("2026-H1")
NOW = day("2026-06-17")
MINISTRY = Unit("bnv", "Bộ Nội vụ", UnitKind.DEPARTMENT, 0)
_SHARED = (
    "Các thủ tục hành chính được niêm yết công khai, giải quyết đúng quy định.",
    "Cán bộ, công chức chấp hành tốt kỷ luật, kỷ cương hành chính; không có trường hợp bị xử lý kỷ luật.",
    "{agency} đã ban hành kế hoạch cải cách hành chính và giao nhiệm vụ cụ thể cho từng bộ phận.",
)
_COUNTED = "Trong kỳ đã tổ chức {count} hội nghị quán triệt nội dung này đến công chức và người dân."
_WORDS = tuple(
    word
    for phrase in (
        "hồ sơ thôn bản người dân họp tổ công nghệ số cộng đồng hướng dẫn nộp trực tuyến qua cổng dịch vụ công",
        "khảo sát hài lòng rà soát thời gian giải quyết phân công cán bộ trực bộ phận một cửa kiểm tra định kỳ",
    )
    for word in phrase.split()
)


@dataclass(frozen=True)
class Reporting:
    """The office on the store, and whose report is to be compiled."""

    office: Office
    unit: Unit
    communes: Sequence[Unit]


def country(store: Store, communes: int, *, provinces: int = 34, missing: float = 0.03, late: float = 0.2) -> Reporting:
    """So many communes, spread over provinces, that report to the ministry; of one province: to it, under one plan."""
    whole = communes > 0 and provinces > 1
    tops = [
        Unit(f"t{n}", f"tỉnh Số {n}", UnitKind.PROVINCE, 1, MINISTRY.id if whole else None) for n in range(provinces)
    ]
    below = [
        Unit(f"x{n}", f"xã Số {n}", UnitKind.COMMUNE, 2, tops[n * provinces // communes].id) for n in range(communes)
    ]
    receiver = MINISTRY if whole else tops[0]
    office = make_office(store)
    with store.write() as connection:
        save_units(connection, [*([MINISTRY] if whole else []), *tops, *below])
    plan_id = plan_row(
        store, receiver, abstract="cải cách hành chính năm 2026", year=2026, issued_on=date(2026, 1, 5), number="36"
    )
    _report(office, receiver, below, plan_id, missing=missing, late=late)
    return Reporting(office, receiver, below)


def _report(
    office: Office, receiver: Unit, units: Sequence[Unit], plan_id: int, *, missing: float, late: float
) -> None:
    profile = office.rules.profile_of("cải cách hành chính năm 2026")
    indicators = profile.of_year(2026)
    rnd = random.Random(7)
    store = office.store
    with store.write() as connection:
        obligations.save_obligations(connection, [_owed(plan_id, unit, receiver) for unit in units])
        owed = obligations.owed_to(connection, receiver.id, Item.REPORT.value, HALF.code)
        by_unit = {obligation.unit_id: obligation.id for obligation in owed}
        texts, rows = {}, []
        for unit in units:
            if rnd.random() < missing:
                continue
            blob = store.blobs.put(f"Báo cáo của {unit.id}".encode())
            came = arrival(
                blob.encode(), unit, "report", HALF.code, "2026-06-14", key=unit.id, file_name="bao-cao.docx"
            )
            arrivals.record(connection, came, blob)
            arrival_id = arrivals.id_of(connection, "fake", unit.id)
            assert arrival_id is not None
            sent = Submission(
                by_unit[unit.id], arrival_id, 1, came.received_at, blob, int(rnd.random() < late),
                reference=f"{rnd.randint(10, 300)}/BC-UBND", state=SubmissionState.ACCEPTED,
            )  # fmt: skip
            number = submissions.add(connection, sent)
            submission_files.add_file(connection, number, arrival_id, blob, Part.PAPER)
            rows += [_row(number, figure) for figure in _figures(indicators, rnd)]
            texts[blob] = tuple(_written(profile, unit, rnd))
        if rows:
            connection.execute(insert(tables.figure), rows)
        report_texts.keep(connection, texts, profile.reading, readers_version())


def _owed(plan_id: int, unit: Unit, receiver: Unit) -> Obligation:
    return Obligation(
        plan_id=plan_id, unit_id=unit.id, receiver_id=receiver.id, item=Item.REPORT, period=HALF.code,
        clause="UBND các xã gửi báo cáo trước ngày 17/6/2026.", phrase="trước ngày 17/6/2026", basis=Basis.RECEIPT,
        due_on=date(2026, 6, 16), next_rung_on=date(2026, 6, 9),
    )  # fmt: skip


def _figures(indicators: Sequence[Indicator], rnd: random.Random) -> Iterator[Figure]:
    given: dict[str, Value] = {}
    for one in indicators:
        if one.roll_up is RollUp.COMPUTED:
            continue
        highest = given.get(one.checks.at_most or "")
        count = rnd.randint(1, 400)
        match one.type:
            case IndicatorType.TEXT:
                given[one.code] = f"Mô hình {one.code} {count}"
            case IndicatorType.BOOLEAN:
                given[one.code] = count % 2
            case IndicatorType.CODE:
                given[one.code] = one.options[count % len(one.options)][0]
            case IndicatorType.DATE:
                given[one.code] = date(2026, 1, 1 + count % 28)
            case IndicatorType.RATIO:
                given[one.code] = count % 100
            case _:
                given[one.code] = int(highest * 0.9) if isinstance(highest, int) else count
    return (Figure(code, value) for code, value in given.items())


def _row(submission_id: int, figure: Figure) -> dict[str, object]:
    number = float(figure.value) if isinstance(figure.value, int | float) else None
    return {
        "submission_id": submission_id, "indicator": figure.indicator, "number": number,
        "text": str(figure.value) if number is None else None, "evidence": None, "estimate": False,
    }  # fmt: skip


def _written(profile: Profile, unit: Unit, rnd: random.Random) -> Iterator[Passage]:
    """Some of what everybody writes, some with a number of its own, some that nobody else says."""
    for numbered in profile.asked(HALF.kind, unit.level):
        section, shared = numbered.section, _SHARED[len(numbered.section.code) % len(_SHARED)]
        if rnd.random() < 0.35:
            yield Passage(section.code, shared.format(agency=unit.agency), section.heading, 1)
        if rnd.random() < 0.12:
            yield Passage(section.code, _COUNTED.format(count=rnd.randint(2, 40)), section.heading, 2)
        if rnd.random() < 0.12:
            own = " ".join(rnd.sample(_WORDS, 18))
            yield Passage(section.code, f"{unit.agency} {own}.", section.heading, 3)
