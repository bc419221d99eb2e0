"""Where a login lands, and how Airflow's menu leads out of its frame."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.factories import ROOT

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.web.board import Board, Front

HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def airflow() -> TestClient:
    """A server with the middleware, as Airflow has it."""
    app = FastAPI()
    app.add_middleware(Front)
    app.get("/{path:path}")(lambda path: f"của Airflow: {path}")
    app.post("/{path:path}")(lambda path: f"của Airflow: {path}")
    return TestClient(app, follow_redirects=False)


def test_the_first_page_of_airflow_is_the_board(airflow: TestClient) -> None:
    answer = airflow.get("/", headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/plan-lifecycle/")


@pytest.mark.parametrize(
    ("method", "path", "accept"),
    [("GET", "/dags", "text/html"), ("GET", "/", "application/json"), ("POST", "/", "text/html"), ("GET", "/", "")],
)
def test_all_else_stays_airflows(airflow: TestClient, method: str, path: str, accept: str) -> None:
    answer = airflow.request(method, path, headers={"Accept": accept})
    assert answer.status_code == 200
    assert "của Airflow" in answer.text


def test_it_keeps_the_path_below_which_airflow_is_served() -> None:
    app = FastAPI(root_path="/luong")
    app.add_middleware(Front)
    answer = TestClient(app, root_path="/luong", follow_redirects=False).get("/", headers=HTML)
    assert answer.headers["Location"] == "/luong/plan-lifecycle/"


def test_a_board_that_cannot_be_opened_says_so_and_opens_when_it_can(caplog: pytest.LogCaptureFixture) -> None:
    wrong = [InputError("a unit", file="config/access.yaml", line=3, field="limits.0.units", found="xã Không Có")]

    def build() -> FastAPI:
        if wrong:
            raise wrong[0]
        app = FastAPI()
        app.get("/")(lambda: "mở rồi")
        return app

    visitor = TestClient(Board(build))
    answer = visitor.get("/")
    assert (answer.status_code, "Trang điều hành chưa mở được" in answer.text) == (503, True)
    assert "xã Không Có" not in answer.text
    watched = visitor.get("/song")
    assert (watched.status_code, watched.json()) == (503, {"wrong": ["configuration"]})
    assert "config/access.yaml, line 3, field 'limits.0.units'" in caplog.text
    wrong.clear()
    assert "mở rồi" in visitor.get("/").text


def test_the_menu_entry_leaves_for_the_board_from_where_its_script_lies() -> None:
    script = (ROOT / "templates/web/static/go.js").read_text(encoding="utf-8")
    assert 'location.replace(new URL("../"' in script
    assert "globalThis.AirflowPlugin" in script
