"""What the board cannot answer: it says so in Vietnamese, with what to do, and never in the server's English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.web.boards import HOME, MORNING, Desk, a_morning, board_of

from plan_lifecycle.store.database import StoreBusyError


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    yield from a_morning(tmp_path_factory.mktemp("desk"))


def test_a_kept_file_that_is_gone_is_told_on_every_page_that_shows_it(desk: Desk) -> None:
    for page in ("/ke-hoach-moi/1/", "/ke-hoach-moi/1/xem-thu", "/ke-hoach-moi/1/tep"):
        answer = desk.client.get(page)
        assert (answer.status_code, "khôi phục từ bản sao lưu" in answer.text) == (503, True), page


def test_a_number_that_no_row_can_have_opens_nothing(desk: Desk) -> None:
    for number in ("9" * 30, "0" * 12 + "9" * 20, "-1", "²", "%00"):
        assert desk.client.get(f"/ke-hoach-moi/{number}/").status_code == 404, number


def test_what_nobody_foresaw_and_a_busy_database_are_told_with_all_headers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(board_of(desk.office, MORNING), base_url=HOME, raise_server_exceptions=False)
    for error, status, words in (
        (RuntimeError("x"), 500, "Chưa thực hiện được"),
        (StoreBusyError("database is locked", vi="Cơ sở dữ liệu đang bận."), 503, "Cơ sở dữ liệu đang bận"),
    ):
        with monkeypatch.context() as one:

            def fails(*_: object, error: Exception = error, **__: object) -> None:
                raise error

            one.setattr("plan_lifecycle.web.board._units.ended_units", fails)
            answer = client.get("/don-vi/")
        assert (answer.status_code, words in answer.text, answer.text == "x") == (status, True, False)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
