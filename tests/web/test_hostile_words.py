"""What strangers write stays words on every page: names of units and files, subjects, reasons, the text of plans.

Every text that the store holds of people gets markup into it, then every address of the board is opened, every form is
sent with markup in its fields, and every address is opened again.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import String, literal, update
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import BINH_AN, HOA_THANG, ROOT, address, arrival, day, district_plan, fill, make_office, task
from tests.fakes import FakeChannel
from tests.web.boards import HOME
from tests.web.everyone import WITH_FILES, Board, a_year, addresses, decide, look
from tests.web.rights import FORM, NOW, WHO

from plan_lifecycle.domain.pausing import Suspension
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.remind import remind, suspend
from plan_lifecycle.store import portal, units
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables._base import metadata
from plan_lifecycle.web.board._app import create_board
from plan_lifecycle.web.board._frame import Guards

MARK = "x-hostile"
HOSTILE = (
    f"\"'><{MARK} onerror=\"1\" data-{MARK}='1'></textarea></title></script><{MARK}>&lt;{MARK}&gt;\\u003c{{{{7*7}}}}"
)
WRITTEN = frozenset({
    "name", "short_name", "reason", "decided_by", "file_name", "sender", "abstract", "clause", "phrase", "title",
    "stated_by", "paper", "note", "text", "evidence", "signer", "recorded_by", "paper_name", "held_by", "by",
    "reviewed_by", "answer", "uploaded_by", "imported_by", "phone", "subject", "recipient", "publisher", "reference",
    "given_by", "undone_by", "undone_reason", "lifted_by", "lifted_reason", "entered_by", "doubt", "number",
})  # fmt: skip
"""Columns that hold what people wrote, whatever table they are in."""
NOT_WRITTEN = frozenset({"fetched", "fingerprint", "setting_change", "decision", "link_generation", "score"})
"""Tables whose columns of these names hold names of ours, or what is read again as rules."""


def spoil(store: Store) -> int:
    """Put markup to everything that people wrote; how many rows that were."""
    count = 0
    with store.write() as connection:
        for table in metadata.sorted_tables:
            columns = [one for one in table.columns if one.name in WRITTEN and isinstance(one.type, String)]
            if table.name in NOT_WRITTEN or not columns:
                continue
            if table.name == "audit":  # its subject is a code
                columns = [one for one in columns if one.name != "subject"]
            if table.name in ("plan", "report_issue"):  # a number is digits
                columns = [one for one in columns if one.name != "number"]
            values = {one.name: one + literal(HOSTILE) for one in columns}
            count += connection.execute(update(table).values(values)).rowcount
    return count


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A year of a district in which everybody writes markup."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    a_year(office)
    tasks = (task("1", f"Phát tờ rơi {HOSTILE}", "UBND các xã", f"Tháng 12/2023 {HOSTILE}"),)
    register_plan(office, district_plan(number="17", activities=tasks), issuer_id="bb", now=day("2023-02-12"))
    strange = arrival(b"PK" + HOSTILE.encode(), "bb-khong-co", "", "", key="9", file_name=f"{HOSTILE}.docx")
    collect(office, [FakeChannel([strange])], NOW)
    remind(office, NOW)
    suspend(office, Suspension(NOW.date(), None, "Hoa", HOSTILE, unit_id=HOA_THANG.id), NOW)
    values = {
        "unit_id": BINH_AN.id, "replaces": None, "name": HOSTILE, "email": "moi@example.vn", "stated_by": HOSTILE,
        "requested_at": NOW,
    }  # fmt: skip
    with store.write() as connection:
        portal.request_contact(connection, values)
        units.mark_unreachable(connection, address(HOA_THANG), NOW)
    assert spoil(store) > 50
    app = create_board(office, ROOT / "templates", ROOT / "config", guards=Guards(look, decide), clock=lambda: NOW)
    yield Board(office, app, TestClient(app, base_url=HOME))
    store.close()


def harmless(page: str, where: str) -> int:
    """Hold that no markup of a stranger is markup on a page; how often its words are read there."""
    root = html.document_fromstring(page)
    assert root.findall(f".//{MARK}") == [], where
    assert root.xpath(f"//*[@data-{MARK} or @onerror]") == [], where
    assert "49" not in [text.strip() for text in root.itertext()], where
    assert root.findall(".//script") == [] or HOSTILE not in page, where
    return page.count(escape(f"<{MARK}", quote=False))


def opened(board: Board) -> dict[str, int]:
    """How often the strangers' words are read at each address that shows a page."""
    found = {}
    for where in addresses("GET"):
        answer = board.client.get(where, headers={WHO: "coordinator"})
        if "text/html" in answer.headers["content-type"]:
            found[where] = harmless(answer.text, where)
    return found


def test_nothing_that_strangers_wrote_is_markup_on_any_page_before_and_after_every_form(board: Board) -> None:
    before = opened(board)
    seen = [where for where, times in before.items() if times]
    for where in ("/", "/viec/", "/viec/S1/", "/don-vi/", "/don-vi/bb-binh-an/", "/thu/", "/ke-hoach/", "/bao-cao/"):
        assert where in seen, "the words are there to be read"
    headers = {WHO: "coordinator", "Sec-Fetch-Site": "same-origin"}
    for where in addresses("POST"):
        files = {"files": {"tep": (f"{HOSTILE}.docx", b"PK" + HOSTILE.encode())}} if where in WITH_FILES else {}
        for form in (FORM | {"ly_do_rieng": HOSTILE}, {name: f"{text}{HOSTILE}" for name, text in FORM.items()}):
            answer = board.client.post(where, data=form, headers=headers, **files)  # type: ignore[arg-type]
            assert answer.status_code < 500, where
            if "text/html" in answer.headers["content-type"]:
                harmless(answer.text, where)
    opened(board)
