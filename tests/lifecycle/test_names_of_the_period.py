"""Everything that leaves the office is walked, before and after units were merged: names of the period, and no id."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    DISTRICT,
    DIVISION,
    HOA_THANG,
    PROVINCE,
    ROOT,
    arrival,
    day,
    district_plan,
    report_file,
)
from tests.factories import make_office as office_on
from tests.fakes import FakeChannel, FakeMailer

from plan_lifecycle.cli import main
from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.documents.report_form import COMPILED
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.unit import Contact, ContactRole, Succession, Unit
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.digest import tell_coordinators
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import deliver_reports
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.review import ended_ids, hand_over_these
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import save_contacts, save_units

LAST = date(2023, 6, 30)
TOP = replace(PROVINCE, id="vn3-60")
BAC_BINH = replace(DISTRICT, id="vn3-596", parent_id="vn3-60")
COORDINATOR = replace(DIVISION, id="vn3-596-pnv", parent_id="vn3-596")
OLD = replace(BINH_AN, id="vn3-23001", parent_id="vn3-596")
OTHER = replace(HOA_THANG, id="vn3-23002", parent_id="vn3-596")
NEW = replace(OLD, id="vn3-23101", name="xã Bình Hòa", valid_from=LAST + timedelta(days=1))
UNITS = (TOP, BAC_BINH, COORDINATOR, OLD, OTHER)
PEOPLE = {COORDINATOR: "phong", OLD: "binh.an", OTHER: "hoa.thang", NEW: "binh.hoa"}
SHIPPED = read_rules(ROOT / "config").reminding
OF_OURS = re.compile(r"vn[23]-[\w-]+|\bsub_plan\b|\b\d{4}-(?:H1|H2|Q\d|M\d\d)\b|\d{4}-\d\d-\d\d")


def contact(unit: Unit, name: str, role: ContactRole = ContactRole.OFFICER) -> Contact:
    return Contact(unit.id, role, f"Cán bộ {unit.name}", f"{name}@example.vn")


@pytest.fixture(name="office")
def _office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("PLAN_LIFECYCLE_STORE_URL", raising=False)
    store = open_store(migrated_copy(tmp_path / "var/plan_lifecycle.db"), tmp_path / "var/blobs", durable=False)
    with store.write() as connection:
        save_units(connection, UNITS)
        heads = [contact(BAC_BINH, "chu.tich", ContactRole.HEAD)]
        save_contacts(connection, [*heads, *(contact(unit, name) for unit, name in PEOPLE.items() if unit is not NEW)])
    digest = replace(SHIPPED.digest, draft_from=1)
    yield office_on(store, reminding=replace(SHIPPED, digest=digest, attach_form=True))
    store.close()


def send(office: Office, at: str) -> None:
    send_outbox(office, FakeMailer().connect, now=day(at), wall=day(at), worker="a")


def play(office: Office) -> None:
    """A half-year; then xã Bình An and xã Hòa Thắng become xã Bình Hòa, and the coordinator hands over."""
    plan_id = register_plan(office, district_plan(), issuer_id=BAC_BINH.id, now=day("2023-02-10"))
    cascade_plan(office, plan_id, day("2023-02-10"))
    for at in ("2023-02-10", "2023-02-21", "2023-02-27", "2023-03-03", "2023-06-09"):
        remind(office, day(at))
        tell_coordinators(office, day(at))
        send(office, at)
    paper = arrival(report_file(OLD), OLD.id, "report", "2023-H1", "2023-06-12")
    collect(office, [FakeChannel([paper])], day("2023-06-12"))
    compile_report(office, BAC_BINH.id, "2023-H1", day("2023-06-20"))
    for at in ("2023-06-20", "2023-06-21"):
        deliver_reports(office, day(at))
        send(office, at)
    late = arrival(report_file(OTHER), OTHER.id, "report", "2023-H1", "2023-06-22", key="2")
    collect(office, [FakeChannel([late])], day("2023-06-22"))
    with office.store.write() as connection:
        links = [Succession(OLD.id, NEW.id), Succession(OTHER.id, NEW.id)]
        save_units(connection, [*(replace(unit, valid_to=LAST) for unit in (OLD, OTHER)), NEW], links)
        save_contacts(connection, [contact(NEW, PEOPLE[NEW])])
    tell_coordinators(office, day("2023-07-03"))
    hand_over_these(office, ended_ids(office, day("2023-07-03")), "", Decider("Hoa", "sắp xếp"), day("2023-07-03"))
    send(office, "2023-07-03")
    compile_report(office, BAC_BINH.id, "2023-H1", day("2023-07-10"))
    for at in ("2023-07-10", "2023-07-11"):
        deliver_reports(office, day(at))


def messages(store: Store) -> list[EmailMessage]:
    with store.read() as connection:
        blobs = connection.execute(select(letter.c.blob).order_by(letter.c.id)).scalars().all()
    found = [email.message_from_bytes(store.blobs.get(blob), policy=email.policy.default) for blob in blobs]
    return [message for message in found if isinstance(message, EmailMessage)]


def read_in(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """Where, and what: subject, bodies, names of files, words in files."""
    yield "subject", str(message["Subject"])
    for part in message.walk():
        name = part.get_filename()
        if name:
            yield "file name", name
        if part.get_content_type() in ("text/plain", "text/html") and not name:
            yield part.get_content_type(), re.sub(r"<[^>]+>", " ", part.get_content())
        elif name and name.endswith((".docx", ".xlsx")):
            yield name, words_of(name, part.get_payload(decode=True))


def words_of(name: str, data: object) -> str:
    """What people see of a file; the first column of a form or of totals is hidden and says to us what it is."""
    assert isinstance(data, bytes)
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return re.sub(r"<[^>]+>", " ", archive.read("word/document.xml").decode())
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names]
    form = name.startswith("Bieu so lieu")
    shown = [[row[form or rows[0][0] == COMPILED :] for row in rows] for rows in sheets if rows]
    return " ".join(str(cell) for rows in shown for row in rows for cell in row)


def test_no_id_and_no_code_of_ours_stands_in_any_letter_or_file(office: Office) -> None:
    play(office)
    found = [
        (str(message["Subject"]), where, OF_OURS.findall(re.sub(r"\S+@\S+", " ", text)))
        for message in messages(office.store)
        for where, text in read_in(message)
    ]
    kinds = {where for _, where, _ in found}
    assert {"subject", "text/plain", "text/html", "file name"} <= kinds
    assert len(found) > 40
    assert [each for each in found if each[2]] == []


def test_a_report_of_the_period_keeps_its_names_after_the_merger(office: Office) -> None:
    play(office)
    about = ("Trình dự thảo", "Dự thảo để xem xét")
    reports = [message for message in messages(office.store) if str(message["Subject"]).startswith(about)]
    assert len(reports) == 3
    for message in reports:
        words = " ".join(text for _, text in read_in(message))
        assert "UBND xã Bình An" in words
        assert "Bình Hòa" not in words


def test_the_successor_is_told_in_the_names_of_then_and_now(office: Office) -> None:
    play(office)
    (message,) = [each for each in messages(office.store) if str(each["Subject"]).startswith("Bàn giao")]
    words = " ".join(text for _, text in read_in(message))
    assert "của UBND xã Bình An" in words
    assert "bàn giao cho UBND xã Bình Hòa" in words


def test_no_id_stands_in_what_the_commands_tell_people(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    play(office)
    for arguments in (
        ("review", "list", "--as-of", "2023-07-10"),
        ("reminders", "preview", "--from", "2023-07-10", "--to", "2023-12-31", "--as-of", "2023-07-10"),
        ("reminders", "explain", OLD.id, "--as-of", "2023-07-10"),
        ("reminders", "explain", NEW.id, "--as-of", "2023-07-10"),
        ("review", "extend", "O3", "--until", "2023-12-29", "--by", "Hoa", "--reason", "Lũ.", "--as-of", "2023-07-10"),
    ):
        with pytest.raises(SystemExit):
            main(list(arguments))
        said = capsys.readouterr().out
        assert OF_OURS.findall(re.sub(r"\S+@\S+", " ", said)) == [], arguments
