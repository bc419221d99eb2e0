"""A login that ends while somebody types: the form leads to the login and back, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from httpx import Response
from starlette.testclient import TestClient
from tests.web.boards import HOME, MORNING, Desk, a_morning, board_of

from plan_lifecycle.store import overview
from plan_lifecycle.web.board._form import MOST_BYTES

TYPED = 'theo đề nghị tại Công văn số 12/UBND-VP "<b>& Phòng</b>"'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The morning of 07/3."""
    yield from a_morning(tmp_path_factory.mktemp("login"))


def sent(desk: Desk, fields: dict[str, str | list[str]], **headers: str) -> Response:
    """The form sent by a browser whose login has ended."""
    client = TestClient(board_of(desk.office, MORNING, refused=401), base_url=HOME, follow_redirects=False)
    said = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    return client.post("/viec/mien", content=urlencode(fields, doseq=True), headers=said | headers)


def test_the_form_waits_on_the_page_while_one_logs_in_and_is_then_done_as_it_was(desk: Desk) -> None:
    with desk.office.store.read() as connection:
        late = [f"O{owed.id}" for owed in overview.outstanding_by(connection, MORNING.date())]
    answer = sent(desk, {"id": late, "ly_do_rieng": TYPED})
    assert answer.status_code == 401
    assert "/api/v2/auth/login?next=%2Fda-dang-nhap" in answer.text
    assert TYPED not in answer.text
    assert desk.trail() == []
    assert "Đã đăng nhập" in desk.page("/da-dang-nhap")
    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.text)
    fields: dict[str, list[str]] = {}
    for name, value in kept:
        fields.setdefault(unescape(name), []).append(unescape(value))
    assert fields == {"id": late, "ly_do_rieng": [TYPED]}
    assert re.search(r'<form method="post" action="/viec/mien">', answer.text)
    desk.act("mien", dict(fields))
    assert desk.trail()[0][1:] == ("waive", TYPED)


def test_nothing_of_another_sites_form_is_shown_and_none_that_is_too_large_is_read(desk: Desk) -> None:
    foreign = sent(desk, {"ly_do_rieng": "của trang khác"}, **{"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400
    assert "của trang khác" not in foreign.text
    large = sent(desk, {"ly_do_rieng": "a" * MOST_BYTES})
    assert large.status_code == 401
    assert "Gửi lại" not in large.text
    assert "đăng nhập" in large.text.lower()
    with_file = sent(desk, {"x": "1"}, **{"Content-Type": "multipart/form-data; boundary=x"})
    assert "tệp kèm theo cần được chọn lại" in with_file.text


def test_a_program_is_answered_in_one_line(desk: Desk) -> None:
    assert sent(desk, {"id": "O1"}, Accept="*/*").text == "Đề nghị đăng nhập lại."
