"""What a commune answers is the same in the store, whichever form it answers in: the portal's, Excel or Word."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DIVISION,
    HOA_THANG,
    UNITS,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    owe,
    plan_row,
    rules,
    task,
)
from tests.fakes import FakeChannel

from plan_lifecycle.documents.render import render_report_form
from plan_lifecycle.documents.report_form import write_report_form
from plan_lifecycle.documents.version import readers_version
from plan_lifecycle.domain.earlier import Earlier
from plan_lifecycle.domain.figure import Figure, NotKnown, note_of
from plan_lifecycle.domain.indicator import IndicatorType
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan_task import Said
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import readable_files
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.portal import Asked, asked_of, known_fields, own_report, read_fields, workbook
from plan_lifecycle.lifecycle.portal._form import texts_typed
from plan_lifecycle.lifecycle.portal._page import Owed, describe
from plan_lifecycle.lifecycle.portal._tasks import tasks_typed
from plan_lifecycle.store import figures as figure_rows
from plan_lifecycle.store import progress as progress_rows
from plan_lifecycle.store import report_texts as text_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.progress import SaidOfTask

SENT = day("2023-06-10")
BY_PORTAL, BY_EXCEL, BY_WORD = WAYS = (BINH_AN, HOA_THANG, CHO_LAU)
NUMBERS = (
    "0",
    "3",
    "12",
    "1.250",
    "1 250",
    "không",
    "ước 12",
    "12 (ước)",
    "'7",
    "-",
    "chưa có số liệu",
    "nhiều",
    "12.5",
)
ANSWERS: Mapping[IndicatorType, tuple[str, ...]] = {
    IndicatorType.COUNT: NUMBERS,
    IndicatorType.RATIO: (*NUMBERS, "85,5%", "33,333", "0,5", "0,5%", "1%", "1", "99,995", "5/6"),
    IndicatorType.MONEY: (*NUMBERS, "12,345", "1 tỷ 200 triệu đồng", "12.345.678 đồng", "0,0125", "1.234,5678"),
    IndicatorType.BOOLEAN: ("Có", "Chưa", "đã ban hành", "chưa có", "có thể"),
    IndicatorType.DATE: ("05/01/2023", "ngày 5 tháng 1 năm 2023", "2023-01-05", "31/02/2023"),
    IndicatorType.TEXT: (
        "Mô hình “Ngày thứ năm”",
        "12",
        "05/01/2023",
        "=1+1",
        "ước đạt",
        "07/KH-UBND",
        "chưa có số liệu",
    ),
}
NOTES = (
    "",
    "",
    "https://binhan.example.vn/tin",
    "Công văn số 5/UBND",
    "ước",
    "Ước, theo số 7",
    "chưa có, chờ huyện",
    "-",
)
LINES = (
    "Đã niêm yết công khai thủ tục hành chính.",
    "- Tổ chức 02 hội nghị tuyên truyền;",
    "1. Đề nghị bổ sung kinh phí.",
    "a) Phát thanh hằng tuần.",
    "Kết quả: đạt 100% kế hoạch",
    "Tỷ lệ < 5% & còn “khó khăn”",
)
_MARK = re.compile(r"^(?:-|\w[.)])\s+")
"""What an item of a list begins with: Word's lists have it in a form of their own."""


@dataclass(frozen=True)
class Kept:
    """What the store holds of one unit's report."""

    figures: tuple[Figure, ...]
    unknown: tuple[NotKnown, ...]
    texts: list[tuple[str, str]]


@contextmanager
def an_office() -> Iterator[Office]:
    """An office with units and nothing asked of them yet."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(migrated_copy(Path(folder) / "store.db"), Path(folder) / "blobs", durable=False)
        fill(store)
        yield make_office(store)
        store.close()


@contextmanager
def communes() -> Iterator[tuple[Office, UnitTree, dict[str, Owed]]]:
    """Three communes that owe the report of the same half-year."""
    with an_office() as office:
        plan_id, tree = plan_row(office.store), UnitTree.on(SENT.date(), UNITS)
        owed = {}
        for unit in WAYS:
            of_unit = owe(office.store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
            described = describe(office, tree, of_unit, SENT.date())
            assert described is not None
            owed[unit.id] = described
        yield office, tree, owed


def files(
    office: Office, tree: UnitTree, owed: Mapping[str, Owed], fields: Mapping[str, str]
) -> Iterator[tuple[Unit, bytes, str]]:
    """The same fields as the portal hands them in, as somebody types them into Excel, and as the report in Word."""
    for unit in WAYS:
        asked = asked_of(office, owed[unit.id], tree, SENT)
        filled = read_fields(asked.indicators, fields)
        if unit is BY_WORD:
            report = own_report(office, tree, owed[unit.id], asked, filled, fields)
            yield unit, render_report_form(report, office.word_templates), "bao-cao.docx"
        elif unit is BY_EXCEL:
            yield unit, by_hand(owed[unit.id], asked, fields), "bieu.xlsx"
        else:
            yield unit, workbook(owed[unit.id], asked, filled, Earlier("", {}), fields), "bieu.xlsx"


def by_hand(owed: Owed, asked: Asked, fields: Mapping[str, str]) -> bytes:
    """The form in Excel with every cell as it was typed."""
    codes = [one.code for one in asked.indicators]
    values = {code: fields[f"v_{code}"] for code in codes if f"v_{code}" in fields}
    notes = {code: note_of(fields.get(f"e_{code}", ""), estimate=f"u_{code}" in fields) for code in codes}
    return write_report_form(
        asked.indicators,
        owed.unit,
        owed.period,
        values=values,
        evidence=notes,
        texts=texts_typed(asked, fields),
        tasks=[
            replace(one, said=one.said.lower(), done_on=fields.get(f"d_{one.key}", ""))
            for one in tasks_typed(asked.plan.tasks, fields)
        ],
        forms=asked.profile.forms,
    )


def kept(office: Office, owed: Owed) -> Kept:
    """What the store has of a unit's report."""
    with office.store.read() as connection:
        (sent,) = submission_rows.versions(connection, owed.obligation.id)
        indicators = {one.code: one for one in INDICATORS}
        (figures,) = figure_rows.figures(connection, [sent.id], indicators).values()
        (unknown,) = figure_rows.unknown(connection, [sent.id]).values() or ((),)
        blobs = readable_files(connection, [sent.id])[sent.id]
        found = text_rows.known(connection, blobs, PROFILE.reading, readers_version())
    return Kept(figures, unknown, [(one.section, _MARK.sub("", one.text)) for blob in blobs for one in found[blob]])


PROFILE = rules().profile_of()
INDICATORS = PROFILE.of_year(2023, BINH_AN.level)
HEADINGS = [f"t_{one.section.code}" for one in PROFILE.asked(Period.parse("2023-H1").kind, BINH_AN.level)]


@st.composite
def answers(draw: st.DrawFn) -> dict[str, str]:
    """The fields of a form, most of them filled in, in the ways in which people write."""
    fields = {}
    for one in INDICATORS:
        fields[f"v_{one.code}"] = draw(st.sampled_from(("", *ANSWERS[one.type])))
        fields[f"e_{one.code}"] = draw(st.sampled_from(NOTES))
        fields[f"u_{one.code}"] = draw(st.sampled_from(("", "", "1")))
    for heading in HEADINGS:
        fields[heading] = "\n".join(draw(st.lists(st.sampled_from(LINES), max_size=3, unique=True)))
    return {name: value for name, value in fields.items() if value}


@settings(max_examples=5, derandomize=True)
@given(answers())
def test_the_same_answers_are_the_same_in_the_store_whichever_form_they_came_in(fields: dict[str, str]) -> None:
    with communes() as (office, tree, owed):
        for unit, data, name in files(office, tree, owed, fields):
            came = arrival(data, unit, "report", "2023-H1", "2023-06-10", key=unit.id, file_name=name)
            assert collect(office, [FakeChannel([came])], SENT).filed == 1
        portal, excel, word = (kept(office, owed[unit.id]) for unit in WAYS)
        again = read_fields(INDICATORS, known_fields(office, owed[BY_PORTAL.id], INDICATORS))
    assert excel == portal
    assert word == portal
    assert sorted(again.figures.values(), key=lambda one: one.indicator) == list(portal.figures)


TASKS = (
    task("1", "Ban hành kế hoạch kiểm tra “đột xuất” (đợt 1 & 2)", "Phòng Nội vụ", "Trước ngày 01/3/2023"),
    task("2", "Rà soát thủ tục hành chính", "Phòng Nội vụ", "Trước ngày 01/4/2023"),
    task("3", "Rà soát thủ tục hành chính", "Phòng Nội vụ", "Trước ngày 01/6/2023"),
)
"""Two of them have one name, and are told apart by their time."""


@st.composite
def task_answers(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """Of each task how far it is, the day as the page's field sends it or as people write it, the paper, a note."""
    states = st.sampled_from(("", *(one.value for one in Said if one is not Said.OPEN)))
    days = st.sampled_from(("", "2023-02-28", "05/3/2023", "ngày 5 tháng 4 năm 2023"))
    papers = st.sampled_from(("", "Kế hoạch số 12/KH-PNV", "=1+1", "-"))
    notes = st.sampled_from(("", "Chờ ý kiến của < Sở Nội vụ >", "…"))
    return [draw(st.tuples(states, days, papers, notes)) for _ in TASKS]


@contextmanager
def division() -> Iterator[tuple[Office, UnitTree, Owed]]:
    """A division that leads three tasks of the plan on which it reports."""
    with an_office() as office:
        plan = district_plan(activities=TASKS, abstract="Cải cách hành chính năm 2023 huyện Bắc Bình")
        plan_id = register_plan(office, plan, issuer_id="bb", now=day("2023-02-10"))
        tree = UnitTree.on(SENT.date(), UNITS)
        of_unit = owe(office.store, DIVISION, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
        owed = describe(office, tree, of_unit, SENT.date())
        assert owed is not None
        yield office, tree, owed


def said_in(office: Office, owed: Owed, data: bytes, name: str) -> list[SaidOfTask]:
    """What the store has of the tasks once a file has come; one that is the same byte for byte is known already."""
    came = arrival(data, DIVISION, "report", "2023-H1", "2023-06-10", key=name, file_name=name)
    assert collect(office, [FakeChannel([came])], SENT).refused == 0
    with office.store.read() as connection:
        sent = submission_rows.versions(connection, owed.obligation.id)[-1]
        return progress_rows.of_submissions(connection, [sent.id]).get(sent.id, [])


@settings(max_examples=3, derandomize=True)
@given(task_answers())
def test_the_same_is_said_of_the_plans_tasks_whichever_form_it_came_in(
    answers: list[tuple[str, str, str, str]],
) -> None:
    with division() as (office, tree, owed):
        asked = asked_of(office, owed, tree, SENT)
        assert [one.time for one in asked.plan.tasks] == [one.deadline for one in TASKS]
        fields = {
            f"{cell}_{one.key}": typed
            for one, said in zip(asked.plan.tasks, answers, strict=True)
            for cell, typed in zip("ndpg", said, strict=True)
        }
        filled = read_fields(asked.indicators, fields)
        report = own_report(office, tree, owed, asked, filled, fields)
        portal = said_in(office, owed, workbook(owed, asked, filled, Earlier("", {}), fields), "portal.xlsx")
        excel = said_in(office, owed, by_hand(owed, asked, fields), "bieu.xlsx")
        word = said_in(office, owed, render_report_form(report, office.word_templates), "bao-cao.docx")
    assert sorted(one.said.value for one in portal) == sorted(state for state, *_ in answers if state)
    assert excel == portal
    assert word == portal
