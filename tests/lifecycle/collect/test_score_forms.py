"""A unit's self-score comes back like any paper, by whatever channel: it is taken whole, and answered."""

from __future__ import annotations

import email
import io
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from sqlalchemy import select
from tests.factories import BINH_AN, DISTRICT, HOA_THANG, ROOT, arrival, day, fill, make_office, owe
from tests.fakes import FakeChannel
from tests.lifecycle.remind.reminded import text_of

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.config.scoring import NO_SCORES, read_score_rules
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.appraise import open_round, send_forms, sheets_of
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import arrival as arrivals
from plan_lifecycle.store.tables import letter

NOW = day("2023-12-05")
CRITERION = "Chấp hành kỷ luật, kỷ cương hành chính"
BY = Decider("Trần Thị Bình")


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return replace(make_office(store), book=Adjustable(ROOT / "config"))


def form(points: object, unit: str = "UBND xã Bình An", year: int = 2023) -> bytes:
    """A form of ours as a unit has filled it in and saved it."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        book.set_properties({"title": f"Bảng tự chấm điểm năm {year}"})
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, (f"Cơ quan, đơn vị: {unit}", f"Năm: {year}"))
        sheet.write_row(2, 0, ("Tiêu chí", "Điểm tự chấm"))
        sheet.write_row(3, 0, (CRITERION, points))
    return data.getvalue()


def came(office: Office, data: bytes, unit: str | None = BINH_AN.id, key: str = "1") -> list[str]:
    """The states of all arrivals after this one was collected."""
    channel = FakeChannel([arrival(data, unit, None, None, "2023-12-05", key=key, file_name="tra loi.xlsx")])
    collect(office, [channel], NOW)
    with office.store.read() as connection:
        return list(connection.execute(select(arrivals.c.state).order_by(arrivals.c.id)).scalars())


def claimed(office: Office) -> dict[str, list[str]]:
    of = open_round(office, read_score_rules(ROOT / "config/scoring.yaml"), "communes", 2023, DISTRICT.id, NOW)
    return {unit: [str(one.points) for one in sheet.claims.values()] for unit, sheet in sheets_of(office, of).items()}


def letters(office: Office) -> list[tuple[str, str, str]]:
    """Kind, subject and words of every letter."""
    with office.store.read() as connection:
        rows = connection.execute(select(letter.c.kind, letter.c.subject, letter.c.blob).order_by(letter.c.id)).all()
    return [(kind, subject, text_of(office.store.blobs.get(blob))) for kind, subject, blob in rows]


def test_a_form_is_taken_and_answered_beside_whatever_else_the_unit_owes(office: Office) -> None:
    owe(office.store)
    assert came(office, form("2,5")) == ["filed"]
    assert claimed(office)[BINH_AN.id] == ["2.5"]
    ((kind, subject, _),) = letters(office)
    assert (kind, subject) == ("receipt", "Đã nhận: Bảng tự chấm điểm năm 2023 – UBND xã Bình An")


def test_a_faulty_form_is_not_taken_and_each_row_is_named_in_the_answer(office: Office) -> None:
    assert came(office, form(99)) == ["refused"]
    assert claimed(office)[BINH_AN.id] == []
    ((kind, _, words),) = letters(office)
    assert (kind, "dòng 4" in words, "điểm vượt điểm tối đa" in words) == ("return", True, True)


def test_a_neighbours_form_is_not_the_units(office: Office) -> None:
    assert came(office, form(1, "UBND xã Hòa Thắng")) == ["refused"]
    assert (claimed(office)[BINH_AN.id], claimed(office)[HOA_THANG.id]) == ([], [])


def test_what_was_left_to_a_person_before_is_taken_by_the_next_run(office: Office) -> None:
    without = replace(office, rules=replace(office.rules, score_rules=NO_SCORES))
    assert came(without, form(1)) == ["unmatched"]
    assert came(office, form(2, "UBND xã Hòa Thắng"), HOA_THANG.id, key="2") == ["filed", "filed"]
    assert (claimed(office)[BINH_AN.id], claimed(office)[HOA_THANG.id]) == (["1"], ["2"])


@pytest.mark.parametrize("data", [form(1, year=2031), b"PK no workbook"])
def test_what_is_no_form_of_a_year_waits_for_a_person_as_ever(office: Office, data: bytes) -> None:
    assert came(office, data)[0] in ("unmatched", "refused")
    assert claimed(office)[BINH_AN.id] == []


def test_each_unit_gets_its_form_by_mail_once(office: Office) -> None:
    of = open_round(office, read_score_rules(ROOT / "config/scoring.yaml"), "communes", 2023, DISTRICT.id, NOW)
    with pytest.raises(InputError):
        send_forms(office, of, date(2023, 12, 4), BY, NOW)
    sent = [send_forms(office, of, date(2023, 12, 20), BY, NOW).queued for _ in range(2)]
    assert sent == [len(of.units), 0]
    with office.store.read() as connection:
        blob = connection.execute(select(letter.c.blob).where(letter.c.unit_id == BINH_AN.id)).scalar_one()
    message = email.message_from_bytes(office.store.blobs.get(blob))
    ((name, data),) = [
        (part.get_filename(), part.get_payload(decode=True)) for part in message.walk() if part.get_filename()
    ]
    assert name == "Bang tu cham diem nam 2023 - UBND xa Binh An.xlsx"
    assert isinstance(data, bytes)
    assert came(office, data) == ["refused"]
