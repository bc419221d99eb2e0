"""Who may see and do what on the board: every address that it answers, as each kind of person that there is.

The addresses are asked of the application itself, so one that is new is tried, too: it fails here until somebody says
in ``OF_BAC_BINH`` under which address it shows something of huyện Bắc Bình.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI, HTTPException, Request
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    OTHER_DISTRICT,
    PHUOC_THE,
    ROOT,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel
from tests.web.boards import HOME

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.people import ListFile, keep_list
from plan_lifecycle.lifecycle.review import Subject, SubjectId, accept_these
from plan_lifecycle.store import audit, submissions
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.list_uploads import ListKind
from plan_lifecycle.web.board import (
    _acts,
    _letters,
    _overdue,
    _paragraphs,
    _plans,
    _progress,
    _reports,
    _scores,
    _settings,
    _units,
)
from plan_lifecycle.web.board._alive import ALIVE
from plan_lifecycle.web.board._app import create_board
from plan_lifecycle.web.board._frame import Guards, Person
from plan_lifecycle.web.board._listings import LISTS
from plan_lifecycle.web.board._runs import LateRun, LongAct, SeenRun, SeenStep, Step

NOW = day("2023-06-20")
WHO = "x-who"
LIMITS = """\
others: everything
limits:
  - {role: Điều phối Bắc Bình, below: UBND huyện Bắc Bình}
  - {user: tuy-phong, below: huyện Tuy Phong}
"""
PEOPLE = {
    "viewer": Person("xem", decides=False),
    "coordinator": Person("dieu-phoi", decides=True),
    "bac-binh": Person("bac-binh", decides=True, roles=frozenset({"User", "Điều phối Bắc Bình"})),
    "tuy-phong": Person("tuy-phong", decides=True, roles=frozenset({"User"})),
    "administrator": Person("tuy-phong", decides=True, administers=True),
}
"""The administrator bears a name that the rules limit, and is not limited."""
A_FILE = "(tệp)"
"""Stands for the bytes of a file, all of which are huyện Bắc Bình's here."""
TELLING = ("Bình An", "Hòa Thắng", "Chợ Lầu", "Bắc Bình", "bb-", "15/KH-UBND", "kh-binh-an", "kh-la", A_FILE)
"""What only somebody who sees huyện Bắc Bình may read."""
OTHERS = ("Phước Thể", "Tuy Phong", "tp-", "99/KH-UBND", "kh-pt", "S2", "A3")
"""What only somebody who sees huyện Tuy Phong may read."""
WHOLE = ("/nhap/", "/luot-chay/")
"""Where the pages begin that are for people who see every unit."""
FORM = {
    "id": "S1",
    "ve": "O1",
    "email": "hoa@example.vn",
    "nguoi": "6",
    "ho_ten": "Lê An",
    "thu": "le-an@example.vn",
    "vai_tro": "officer",
    "noi_dung": "O1",
    "don_vi": "bb",
    "den": "bb-hoa-thang",
    "den_ngay": "2023-06-30",
    "ly_do_rieng": "Theo đề nghị của đơn vị.",
    "tam_dung": "1",
    "ky": "2023-H1",
    "lan": "1",
    "so": "45",
    "ngay": "2023-06-19",
    "nguoi_ky": "Nguyễn Văn An",
    "ma": "1",
    "nhiem_vu": "x",
    "tinh_hinh": "done",
    "bo": "communes",
    "nam": "2023",
    "cua": "bb",
    "tieu_chi": "discipline",
    "diem": "7",
}
"""What is sent with every form, about huyện Bắc Bình; a form takes what it knows."""


class Route(NamedTuple):
    """A way to call an address: by which method, under which path of the application."""

    method: str
    path: str


OF_BAC_BINH: dict[Route, list[str]] = {
    Route("GET", "/"): ["/"],
    Route("GET", "/da-dang-nhap"): [],  # says nothing of anybody
    Route("POST", "/qua-han/{act}"): [f"/qua-han/{act}" for act in _overdue.OVERDUE_ACTS],
    Route("GET", "/so-van-ban/"): [],  # says nothing of anybody
    Route("POST", "/so-van-ban/{act}"): ["/so-van-ban/xem", "/so-van-ban/ghi"],
    Route("GET", "/tin-bai/"): [],  # nobody's pages were looked at here (test_news_page)
    Route("GET", "/viec/"): ["/viec/", "/viec/?tai_lieu=A9&don_vi=bb-hoa-thang"],
    Route("GET", "/viec/{which}/"): ["/viec/S1/"],
    Route("POST", "/viec/{act}"): [
        *(f"/viec/{act}" for act in _acts.ACTS),
        "/viec/xem-thu-tiep-nhan",
        "/viec/xem-thu-hoan-thien",
    ],
    Route("GET", "/don-vi/"): ["/don-vi/", "/don-vi/?tim=binh+an"],
    Route("GET", "/don-vi/{unit_id}/"): ["/don-vi/bb-binh-an/", "/don-vi/bb/"],
    Route("GET", "/don-vi/{unit_id}/nguoi/{number}/"): [],  # for those who decide alone (test_people_of_a_unit)
    Route("GET", "/don-vi/{unit_id}/nguoi/{number}/tep"): [],
    Route("POST", "/don-vi/{unit_id}/{act}"): [f"/don-vi/bb-binh-an/{act}" for act in _units.UNIT_ACTS],
    Route("GET", "/thu/"): ["/thu/"],
    Route("GET", "/thu/{number}"): ["/thu/1"],
    Route("POST", "/thu/{act}"): [*(f"/thu/{act}" for act in _letters.ACTS), "/thu/xem-thu"],
    Route("GET", "/ke-hoach-moi/"): ["/ke-hoach-moi/"],
    Route("POST", "/ke-hoach-moi/{act}"): ["/ke-hoach-moi/nap"],
    Route("GET", "/ke-hoach-moi/{plan_id}/"): ["/ke-hoach-moi/1/"],
    Route("GET", "/ke-hoach-moi/{plan_id}/xem-thu"): ["/ke-hoach-moi/2/xem-thu"],
    Route("GET", "/ke-hoach-moi/{plan_id}/tep"): ["/ke-hoach-moi/1/tep"],
    Route("POST", "/ke-hoach-moi/{plan_id}/{act}"): [f"/ke-hoach-moi/1/{act}" for act in _plans.ACTS],
    Route("GET", "/ke-hoach/"): ["/ke-hoach/", "/ke-hoach/?ma=1"],
    Route("POST", "/ke-hoach/{act}"): [f"/ke-hoach/{act}" for act in _progress.ACTS],
    Route("GET", "/bao-cao/"): ["/bao-cao/", "/bao-cao/?ky=2023-H1"],
    Route("GET", "/bao-cao/tep/{number}/{ending}"): ["/bao-cao/tep/1/docx", "/bao-cao/tep/1/xlsx"],
    Route("GET", "/bao-cao/{kind}/{number}"): [],
    Route("GET", "/bao-cao/noi-dung/{number}/"): ["/bao-cao/noi-dung/1/"],
    Route("POST", "/bao-cao/noi-dung/{number}/{act}"): [f"/bao-cao/noi-dung/1/{act}" for act in _paragraphs.ACTS],
    Route("POST", "/bao-cao/{act}"): [f"/bao-cao/{act}" for act in _reports.ACTS],
    Route("GET", "/diem/"): ["/diem/?bo=communes&nam=2023&cua=bb&don_vi=bb-binh-an"],
    Route("GET", "/diem/tep"): ["/diem/tep?bo=communes&nam=2023&cua=bb"],
    Route("GET", "/diem/bieu"): ["/diem/bieu?bo=communes&nam=2023&cua=bb&don_vi=bb-binh-an"],
    Route("GET", "/diem/to-trinh"): ["/diem/to-trinh?bo=communes&nam=2023&cua=bb&giai=communes-merit"],
    Route("POST", "/diem/{act}"): [f"/diem/{act}" for act in _scores.ACTS],
    Route("GET", "/thiet-lap/"): [],  # says nothing of any unit; see ``OF_ALL``
    Route("GET", "/thiet-lap/tep"): [],
    Route("GET", "/thiet-lap/xem"): [],
    Route("POST", "/thiet-lap/thu"): ["/thiet-lap/thu"],
    Route("POST", "/thiet-lap/{act}"): [f"/thiet-lap/{act}" for act in _settings.ACTS],
    Route("GET", "/nhap/"): ["/nhap/"],
    Route("GET", "/nhap/mau/{name}"): ["/nhap/mau/nguoi-lien-he-hien-co.xlsx"],
    Route("POST", "/nhap/{act}"): ["/nhap/nap"],
    Route("GET", "/nhap/{number}/"): ["/nhap/1/"],
    Route("GET", "/nhap/{number}/tep"): ["/nhap/1/tep"],
    Route("POST", "/nhap/{number}/{act}"): ["/nhap/1/nhap"],
    Route("GET", "/danh-sach/{which}/{form}"): [
        *(f"/danh-sach/{which}/tin-nhan" for which in LISTS if which not in ("qua-han", "ke-hoach", "chi-tieu")),
        "/danh-sach/qua-han/xem",
        "/danh-sach/don-vi/dien-thoai",
        "/danh-sach/don-vi/xem?tim=binh+an",
        "/danh-sach/ke-hoach/tin-nhan?ma=1",
    ],
    Route("GET", "/luot-chay/{dag}/{run_id}"): ["/luot-chay/cascade_plan/x"],
    Route("GET", "/bang-theo-doi/"): ["/bang-theo-doi/", "/bang-theo-doi/?nam=2023&nhom=UBND+huyện+Bắc+Bình"],
    # everybody gets a file of their own units (lifecycle/situation/test_matrix)
    Route("GET", "/bang-theo-doi/tep"): [],
    Route("GET", "/tep/{which}"): ["/tep/S1", "/tep/O1"],
}
"""Every address of the board with what it shows or does to huyện Bắc Bình; none where nothing of it is there to show
(nothing of the report has come back, signed or corrected)."""


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


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """Two districts: Bắc Bình has issued a plan, a paper that waits, one of nobody known, letters, a report."""
    folder = tmp_path_factory.mktemp("who")
    config = folder / "config"
    config.mkdir()
    for path in (ROOT / "config").iterdir():
        (config / path.name).symlink_to(path)
    (config / "access.yaml").unlink()
    (config / "access.yaml").write_text(LIMITS, encoding="utf-8")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    a_year(office)
    office = replace(office, book=Adjustable(config))
    app = create_board(
        office, ROOT / "templates", config, guards=Guards(look, decide), clock=lambda: NOW, runs=OneRun()
    )
    yield Board(office, app, TestClient(app, base_url=HOME))
    store.close()


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


def test_every_address_of_the_board_is_tried_here(board: Board) -> None:
    assert sorted(routes(board.app)) == sorted(OF_BAC_BINH)


@pytest.mark.parametrize("address", addresses("GET"))
def test_a_page_is_for_whoever_may_look_at_these_units(board: Board, address: str) -> None:
    assert board.get("nobody", address)[0] == 401
    for who in ("viewer", "coordinator", "administrator"):
        status, text = board.get(who, address)
        assert status == 200, (who, text)
        assert any(word in text for word in TELLING), (who, text)
    status, text = board.get("tuy-phong", address)
    assert status in (200, 403, 404, 422), text
    assert [word for word in TELLING if word in text] == []


@pytest.mark.parametrize("address", OF_ALL)
def test_what_is_about_every_unit_alike_is_for_whoever_sees_them_all(board: Board, address: str) -> None:
    found = {who: board.get(who, address)[0] for who in ("nobody", "tuy-phong", "bac-binh", "viewer")}
    assert (found["nobody"], found["tuy-phong"], found["bac-binh"]) == (401, 403, 403)
    assert found["viewer"] == 200


@pytest.mark.parametrize("address", addresses("GET"))
def test_who_sees_some_of_the_units_finds_these_on_the_pages_that_keep_to_them(board: Board, address: str) -> None:
    status, text = board.get("bac-binh", address)
    if address.startswith(WHOLE):
        assert status in (403, 404), text
        return
    assert status == 200, text
    assert any(word in text for word in TELLING), text
    assert [word for word in OTHERS if word in text] == []


@pytest.mark.parametrize("address", addresses("POST"))
def test_an_act_is_for_whoever_may_decide_on_these_units_from_a_page_of_ours(board: Board, address: str) -> None:
    before = board.done()
    assert board.post("nobody", address)[0] == 401
    assert board.post("viewer", address)[0] == 403
    for site in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://la.vn"}):
        assert board.post("coordinator", address, **site)[0] == 400
    assert board.post("coordinator", address, Accept="*/*")[0] == 400
    status, text = board.post("tuy-phong", address)
    assert [word for word in TELLING if word in text] == []
    if address == OF_ONES_OWN:
        assert {act.subject_id for act in board.acts(since=before[0])} == {board.of_tuy_phong()}
    else:
        assert status in (403, 404, 422), (status, text)
        assert board.done() == before


@pytest.mark.parametrize("address", addresses("POST"))
@pytest.mark.parametrize(("who", "length", "status"), [("nobody", 200_000_000, 401), ("coordinator", 10**12, 413)])
def test_a_body_is_refused_before_any_of_it_is_read(
    board: Board, address: str, who: str, length: int, status: int
) -> None:
    headers = {WHO: who, "sec-fetch-site": "same-origin", "content-length": str(length), "content-type": FORM_TYPE}
    scope = {
        "type": "http",
        "method": "POST",
        "path": address,
        "query_string": b"",
        "root_path": "",
        "http_version": "1.1",
    }
    scope |= {"headers": [(name.encode(), value.encode()) for name, value in headers.items()], "scheme": "https"}
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("somebody reads the body")

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(dict(message))

    asyncio.run(board.app(scope, receive, send))
    assert sent[0]["status"] == status


def test_who_sees_some_of_the_units_decides_about_these(board: Board) -> None:
    owed = obligation_of(board.office.store, BINH_AN, Item.REPORT, "2023")
    form = FORM | {"id": f"O{owed.id}", "den_ngay": "2023-12-30"}
    headers = {WHO: "bac-binh", "Sec-Fetch-Site": "same-origin"}
    answer = board.client.post("/don-vi/bb-binh-an/thoi-han", data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == 303
    assert obligation_of(board.office.store, BINH_AN, Item.REPORT, "2023").due_on == date(2023, 12, 30)
