"""One year of a small province through a real Airflow scheduler: two districts, three communes each.

The mails lie in a Maildir, the reports are Word files, the store has the rows; all three are asked.
"""

from __future__ import annotations

import email
import io
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from email.message import Message
from ipaddress import ip_address

import pytest
import requests
from tests.leaks import leaks, secrets_in
from tests.listening import addresses_of, free_port, listening
from tests.patience import PATIENCE

from plan_lifecycle.domain.release import Receiver, ReportKey
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation.airflow_year import AirflowYear, airflow_year
from plan_lifecycle.simulation.case import Stage, case_of_a_province
from plan_lifecycle.store import releases, reports

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(3600)]

PLAN = ROOT / "examples" / "bac-binh-2023" / "ke-hoach-tinh-36.docx"
TINH = Unit("tinh", "tỉnh Bình Thuận", UnitKind.PROVINCE, 1)
BAC_BINH = Unit("bac-binh", "huyện Bắc Bình", UnitKind.DISTRICT, 2, "tinh")
TUY_PHONG = Unit("tuy-phong", "huyện Tuy Phong", UnitKind.DISTRICT, 2, "tinh")
COMMUNES = {
    "bac-binh": ("xã Bình An", "xã Phan Hòa", "xã Hải Ninh"),
    "tuy-phong": ("xã Chí Công", "xã Phú Lạc", "xã Vĩnh Tân"),
}
UNITS = (
    TINH,
    Unit("snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "tinh", symbol="SNV"),
    BAC_BINH,
    TUY_PHONG,
    *(Unit(f"{at}-pnv", "Phòng Nội vụ", UnitKind.DIVISION, 2, at, symbol="PNV") for at in COMMUNES),
    *(
        Unit(f"{at}-xa-{number}", name, UnitKind.COMMUNE, 3, at)
        for at, names in COMMUNES.items()
        for number, name in enumerate(names, start=1)
    ),
)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AirflowYear]:
    """The year, played to its end once for all tests here; Airflow is still up."""
    folder = tmp_path_factory.mktemp("year")
    stage = Stage(case_of_a_province(TINH, 2023, PLAN.read_bytes()), UnitTree.on(date(2023, 1, 1), UNITS))
    with airflow_year(folder, free_port(), free_port(), stage) as staged:
        staged.play(lambda step: None)
        yield staged


def test_everything_comes_out_as_the_configuration_says(year: AirflowYear) -> None:
    played = year.outcome()
    assert played.invariants == dict.fromkeys(played.invariants, True)
    assert (played.units, played.drafts, played.obligations, played.reports) == (11, 11, 33, 6)


def test_a_commune_gets_its_draft_citing_its_districts_plan(year: AirflowYear) -> None:
    own = [each for each in _letters(year) if _to(each) == "bac-binh-xa-1"]
    ((name, data),) = [(name, data) for each in own for name, data in _files(each) if name.startswith("Du thao")]
    text = _word_text(data)
    assert name.endswith(".docx")
    assert "XÃ BÌNH AN" in text
    assert "của UBND huyện Bắc Bình" in text
    assert "Số:       /KH-UBND" in text
    assert "Phan Hòa" not in text
    assert "Tuy Phong" not in text


def test_what_an_accepted_plan_wakes_works_on_the_day_of_its_acceptance(year: AirflowYear) -> None:
    """Nobody set the districts' cascades off: the event did, years after 2023 by the wall clock."""
    with sqlite3.connect(year.folder / "var" / "plan_lifecycle.db") as store:
        districts = store.execute(
            "SELECT p.issuer_id, date(p.registered_at, '+7 hours'), date(p.cascaded_at, '+7 hours'),"
            " (SELECT max(date(s.reviewed_at, '+7 hours')) FROM submission s WHERE s.blob = p.blob)"
            " FROM plan p WHERE p.parent_id IS NOT NULL ORDER BY 1"
        ).fetchall()
    assert [issuer for issuer, *_ in districts] == ["bac-binh", "tuy-phong"]
    for _, registered, cascaded, accepted in districts:
        assert registered == cascaded == accepted
        assert accepted.startswith("2023-")


def test_reminders_reach_only_those_who_owe_and_name_nobody_else(year: AirflowYear) -> None:
    reminders = [each for each in _letters(year) if _subject(each).startswith(("Nhắc", "Còn", "Đôn đốc"))]
    assert reminders
    for letter in reminders:
        own = next(unit for unit in UNITS if unit.id == _to(letter))
        body = _text(letter)
        others = [unit.name for unit in UNITS if unit.kind is UnitKind.COMMUNE and unit.id != own.id]
        assert own.name in body or own.kind is not UnitKind.COMMUNE
        assert not [name for name in others if name in body]


def test_no_secret_and_no_link_stands_in_any_log_of_the_year(year: AirflowYear) -> None:
    """Of all parts of Airflow and of every task, at the end of a whole year."""
    airflow = year.airflow
    logs = [airflow.log, airflow.layout.home / "logs"]
    assert len([each for each in logs[1].rglob("*.log") if "attempt" in each.name]) > 50
    assert leaks(logs, secrets_in(airflow.environment) | airflow.users) == []


def test_no_two_letters_share_a_message_id(year: AirflowYear) -> None:
    counted = Counter(str(each["Message-ID"]) for each in _letters(year))
    assert set(counted.values()) == {1}


def test_the_province_report_names_who_is_missing_and_goes_to_the_leader(year: AirflowYear) -> None:
    with year.office.store.read() as connection:
        report = reports.newest(connection, ReportKey("tinh", "2023-H1", "tuyen-truyen"))
        versions = {version.id for version in reports.every(connection) if version.unit_id == "tinh"}
        deliveries = releases.deliveries(connection)
    given = sum(Receiver.LEADER in deliveries.get(version, {}) for version in versions)
    assert report is not None
    text = _word_text(year.office.store.blobs.get(report.word_blob))
    assert f"{report.summary['received']:02}/{report.summary['expected']:02}" in text
    for name in report.summary["missing"]:
        assert name in text
    leaders = [each for each in _letters(year) if _to(each) == "lanh-dao.tinh"]
    # at mid-year and at the year's end the draft, and once more when a district's paper had changed it
    assert len(leaders) == given > 2
    assert {len(_files(letter)) for letter in leaders} == {2}


def test_a_letters_link_opens_what_the_commune_owes(year: AirflowYear) -> None:
    mine = [_text(each) for each in _letters(year) if _to(each) == "bac-binh-xa-1"]
    links = re.findall(r"http://localhost:\d+/n/[\w.-]+", "\n".join(mine))
    browser = requests.Session()
    browser.trust_env = False
    page = browser.get(links[-1], timeout=PATIENCE).text
    assert "UBND xã Bình An" in page
    assert "Báo cáo thông tin, tuyên truyền CCHC năm 2023" in page


def test_the_store_keeps_one_row_for_one_thing(year: AirflowYear) -> None:
    with sqlite3.connect(year.folder / "var" / "plan_lifecycle.db") as store:
        twice = store.execute(
            "SELECT unit_id, item, period, count(*) FROM obligation GROUP BY 1, 2, 3 HAVING count(*) > 1"
        ).fetchall()
        unsent = store.execute("SELECT count(*) FROM letter WHERE state <> 'sent'").fetchone()
    assert twice == []
    assert unsent == (0,)


def test_running_every_dag_once_more_changes_nothing(year: AirflowYear) -> None:
    before = _rows(year)
    for dag in ("cascade_plan", "collect_submissions", "compile_reports", "remind_deadlines"):
        year.airflow.run(dag, {"as_of": "2023-12-31"})
    assert _rows(year) == before


def test_nothing_of_it_listens_beyond_this_machine(year: AirflowYear) -> None:
    """Neither Airflow, whose log servers are off, nor mail server, document system and portal."""
    airflow = {each for process in year.airflow.processes() for each in addresses_of(process)}
    assert {(each.host, each.port) for each in airflow} == {("127.0.0.1", year.airflow.layout.port)}
    everything = listening(year.airflow.processes())
    assert len(everything) >= 4
    assert [each for each in everything if not ip_address(each.host).is_loopback] == []


def test_the_tasks_follow_districts_and_batches(year: AirflowYear) -> None:
    assert year.airflow.task_instances() <= 250


def _rows(year: AirflowYear) -> dict[str, int]:
    tables = ("plan", "draft", "obligation", "letter", "reminder", "arrival", "submission", "figure", "report")
    with sqlite3.connect(year.folder / "var" / "plan_lifecycle.db") as store:
        return {table: store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


def _letters(year: AirflowYear) -> list[Message]:
    maildir = year.folder / "mail" / "new"
    return [email.message_from_bytes(path.read_bytes()) for path in sorted(maildir.iterdir())]


def _to(letter: Message) -> str:
    return str(letter["Delivered-To"]).partition("@")[0]


def _subject(letter: Message) -> str:
    from email.header import decode_header, make_header

    return str(make_header(decode_header(str(letter["Subject"]))))


def _text(letter: Message) -> str:
    (part,) = [each for each in letter.walk() if each.get_content_type() == "text/plain"]
    return part.get_payload(decode=True).decode()  # type: ignore[union-attr]


def _files(letter: Message) -> list[tuple[str, bytes]]:
    return [(each.get_filename() or "", each.get_payload(decode=True)) for each in letter.walk() if each.get_filename()]  # type: ignore[misc]


def _word_text(data: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(data))
    return "\n".join("".join(node.itertext()) for node in document.element.body.iter() if node.tag.endswith("}p"))
