"""Every address of the board, as each kind of person that there is asks for it."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI, HTTPException, Request
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    OTHER_DISTRICT,
    PHUOC_THE,
    arrival,
    day,
    district_plan,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel
from tests.web.rights import A_FILE, FORM, OF_BAC_BINH, PEOPLE, WHO, Route

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.people import ListFile, keep_list
from plan_lifecycle.lifecycle.review import Subject, SubjectId, accept_these
from plan_lifecycle.store import audit, submissions
from plan_lifecycle.store.list_uploads import ListKind
from plan_lifecycle.web.board._alive import ALIVE
from plan_lifecycle.web.board._frame import Person
from plan_lifecycle.web.board._runs import LateRun, LongAct, SeenRun, SeenStep, Step


class Board(NamedTuple):
    """The board, what it answers to, and the office behind it."""

    office: Office
    app: FastAPI
    client: TestClient

    def get(self, who: str, address: str) -> tuple[int, str]:
        """What somebody gets."""
        answer = self.client.get(address, headers={WHO: who}, follow_redirects=False)
        typed = [word for words in parse_qs(urlsplit(address).query).values() for word in words]
        a_file = answer.headers["content-type"] == "application/octet-stream"
        return answer.status_code, A_FILE if a_file else _without(unescape(answer.text), typed)

    def post(self, who: str, address: str, **headers: str) -> tuple[int, str]:
        """What somebody gets who sends the form."""
        site = headers or {"Sec-Fetch-Site": "same-origin"}
        sent = {"files": {"tep": ("kh-la.docx", district_plan())}} if address in WITH_FILES else {}
        answer = self.client.post(address, data=FORM, headers={WHO: who} | site, follow_redirects=False, **sent)  # type: ignore[arg-type]
        return answer.status_code, unescape(answer.text)

    def done(self) -> list[int]:
        """What was ever decided, paused or registered."""
        with self.office.store.read() as connection:
            tables = (
                "suspension", "plan", "ruling", "score", "published_index", "report_issue", "report_hold", "contact",
                "contact_change", "absence", "list_upload",
            )  # fmt: skip
            names = [name for name in tables if connection.dialect.has_table(connection, name)]
            counts = [connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names]  # noqa: S608
            return [audit.newest_number(connection), *counts]

    def acts(self, since: int) -> list[audit.Act]:
        """What was decided since a row of the trail."""
        with self.office.store.read() as connection:
            return audit.newest(connection, 50, after=since)

    def of_tuy_phong(self) -> int:
        """The submission that waits of huyện Tuy Phong."""
        owed = obligation_of(self.office.store, PHUOC_THE)
        with self.office.store.read() as connection:
            return submissions.versions(connection, owed.id)[-1].id


OF_ONES_OWN = "/viec/tiep-nhan-het"
"""The act that names nothing: it is about all that waits of the units that somebody sees."""
OF_ALL = ["/thiet-lap/", "/thiet-lap/xem?ten=profiles/cchc", "/thiet-lap/tep?ten=profiles/cchc"]
"""What is about every unit alike: for whoever sees them all."""
FORM_TYPE = "application/x-www-form-urlencoded"
WITH_FILES = ("/ke-hoach-moi/nap", "/bao-cao/ban-hanh")


class OneRun:
    """An Airflow with one run, at work for huyện Bắc Bình."""

    def see(self, dag: str, run_id: str) -> SeenRun | None:
        """The run, whatever it is called."""
        steps = (SeenStep("Lập dự thảo", "UBND huyện Bắc Bình", Step.FAILED),)
        return SeenRun("Triển khai", Step.RUNNING, "dieu-phoi", None, None, "", paused=False, steps=steps)

    def late(self) -> list[LateRun]:
        """What only somebody who sees every unit is told of."""
        return [LateRun("Triển khai ở Bắc Bình", None, "luot-chay/cascade_plan/x")]

    def start(self, act: LongAct, by: str, on: date) -> str:
        """Nobody here may."""
        raise AssertionError((act, by, on))


def a_year(office: Office) -> None:
    """Everything that a page may show of huyện Bắc Bình, and one obligation of huyện Tuy Phong."""
    plan = register_plan(office, district_plan(), issuer_id="bb", now=day("2023-02-10"))
    cascade_plan(office, plan, day("2023-02-10"))
    register_plan(office, district_plan(number="16"), issuer_id="bb", now=day("2023-02-11"))
    other = plan_row(office.store, OTHER_DISTRICT, "99")
    owe(office.store, PHUOC_THE, plan_id=other)
    came = [
        arrival(plan_file(), BINH_AN, key="1", file_name="kh-binh-an.docx"),
        arrival(plan_file(HOA_THANG, number="09"), "bb-khong-co", "", "", key="2", file_name="kh-la.docx"),
        arrival(plan_file(PHUOC_THE, number="11", parent="99/KH-UBND"), PHUOC_THE, key="3", file_name="kh-pt.docx"),
        arrival(report_file(), BINH_AN, Item.REPORT, "2023-H1", key="4", file_name="kh-binh-an.xlsx"),
    ]
    collect(office, [FakeChannel(came)], day("2023-06-10"))
    report = SubjectId(Subject.OBLIGATION, obligation_of(office.store, BINH_AN, Item.REPORT, "2023-H1").id)
    assert [one.done for one in accept_these(office, [report], Decider("an"), day("2023-06-10"))] == [True]  # type: ignore[union-attr]
    people = "Đơn vị,Vai trò,Họ và tên,Thư điện tử\nxã Bình An,cán bộ,An,an@example.vn\n".encode()
    listed = ListFile("kh-binh-an.csv", people)
    keep_list(office, ListKind.PEOPLE, "Bình Thuận", day("2023-06-10").date(), listed, Decider("an"), day("2023-06-10"))
    assert compile_report(office, "bb", "2023-H1", day("2023-06-19")).new


def _without(text: str, typed: list[str]) -> str:
    """The text without what whoever asks has typed."""
    for word in typed:
        text = text.replace(f"“{word}”", "").replace(f'value="{word}"', "")
    return text


def look(request: Request) -> Person:
    """Whoever the request names, else nobody."""
    who = PEOPLE.get(request.headers.get(WHO, ""))
    if who is None:
        raise HTTPException(401)
    return who


def decide(request: Request) -> Person:
    """The same, if they may decide."""
    who = look(request)
    if not who.decides:
        raise HTTPException(403)
    return who


def routes(app: FastAPI) -> list[Route]:
    """Every address of the application, save what says nothing of anybody: the files that all pages share, and the
    sign of life."""
    found = []
    for route in app.routes:
        if isinstance(route, APIRoute) and route.path == ALIVE:
            assert route.methods == {"GET"}
        elif isinstance(route, APIRoute):
            found += [Route(method, route.path) for method in sorted(route.methods)]
        else:
            assert (type(route).__name__, route.path) == ("Mount", "/tinh"), route  # type: ignore[attr-defined]
    return found


def addresses(method: str) -> list[str]:
    """What to call by a method."""
    return [address for route, found in OF_BAC_BINH.items() if route.method == method for address in found]
