"""Each endpoint of config/sources.yaml is a task of its own: one that is down, or wrong, fails alone."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from tests.channels.web import Served, Talk, serving
from tests.databases import migrated_copy
from tests.factories import BINH_AN, ROOT, day, fill, make_office, owe

from plan_lifecycle import airflow_wiring as wiring
from plan_lifecycle.channel_wiring import channels
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.settings import Settings
from plan_lifecycle.store.arrivals import known_keys
from plan_lifecycle.store.engine import open_store

pytestmark = pytest.mark.enable_socket
DATA = b"bytes of a plan"
ENTRY = {
    "id": "e-1",
    "unit": BINH_AN.id,
    "item": "sub_plan",
    "period": "2023",
    "filename": "ke-hoach.docx",
    "sha256": hashlib.sha256(DATA).hexdigest(),
    "received_at": "2023-02-19T08:00:00+07:00",
    "url": "/files/e-1",
}


def axis(talk: Talk) -> None:
    if "/files/" in talk.path:
        talk.answer(DATA)
    elif talk.header("Authorization") == "Bearer kin":
        talk.answer(json.dumps([ENTRY]).encode(), Content_Type="application/json")
    else:
        talk.answer(b"", 401)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped configuration, to be changed; the office works on 20/02/2023."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    for name in ("PLAN_LIFECYCLE_IMAP_HOST", "AIRFLOW_CONN_PLAN_LIFECYCLE_IMAP", "PLAN_LIFECYCLE_SOURCE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PLAN_LIFECYCLE_CONFIG", str(folder))
    monkeypatch.setenv("PLAN_LIFECYCLE_INBOX", str(tmp_path / "inbox"))
    return folder


@pytest.fixture
def office(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    owe(store)
    made = make_office(store)

    @contextmanager
    def at_work() -> Iterator[tuple[Office, datetime]]:
        yield made, day("2023-02-20")

    monkeypatch.setattr(wiring, "at_work", at_work)
    yield made
    store.close()


def endpoints(config: Path, *rows: str) -> None:
    listed = "".join(f"- {{{row}}}\n" for row in rows)
    (config / "sources.yaml").write_text(f"endpoints:\n{listed}", encoding="utf-8")


def url(server: Served, path: str = "/api") -> str:
    return f'url: "{server.url}{path}", allow_private: true'


def test_each_endpoint_is_a_task_of_its_own(config: Path) -> None:
    endpoints(config, 'name: truc, url: "https://a.example.vn"', 'name: bac-binh, url: "https://b.example.vn"')
    assert wiring.channel_names() == ["folder", "http:truc", "http:bac-binh"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("folder", "Thư mục nhận"),
        ("mailbox", "Hộp thư"),
        ("http", "Hệ thống được kết nối"),
        ("http:truc", "Hệ thống “truc”"),
        (wiring.SOURCES, "Danh sách nguồn"),
    ],
)
def test_its_task_is_named_as_people_call_the_way_in(name: str, shown: str) -> None:
    assert wiring.name_of_channel(name) == shown


def test_one_that_is_down_fails_alone(config: Path, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AXIS_TOKEN", "kin")
    with serving(axis) as up, serving(lambda talk: talk.answer(b"", 404)) as down:
        endpoints(config, f"name: truc, token: AXIS_TOKEN, {url(up)}", f"name: bac-binh, {url(down)}")
        names = wiring.channel_names()
        with pytest.raises(wiring.SourcesFailedError, match=r"http:bac-binh: .* found status 404"):
            wiring.receive_from(names[2])
        assert [wiring.receive_from(names[number]) for number in (0, 1)] == ["nhận 0 tệp", "nhận 1 tệp"]
    with office.store.read() as connection:
        assert known_keys(connection, "http:truc") == {"e-1"}


def test_a_units_own_system_speaks_for_it_alone(config: Path, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AXIS_TOKEN", "kin")
    with serving(axis) as server:
        endpoints(config, f"name: hoa-thang, token: AXIS_TOKEN, units: [bb-hoa-thang], {url(server)}")
        with pytest.raises(wiring.SourcesFailedError, match="a unit that this endpoint speaks for"):
            wiring.receive_from("http:hoa-thang")
    with office.store.read() as connection:
        assert known_keys(connection, "http:hoa-thang") == set()


@pytest.mark.usefixtures("office")
def test_a_token_that_is_not_there_is_told_by_name(config: Path) -> None:
    endpoints(config, 'name: truc, url: "https://a.example.vn", token: AXIS_TOKEN')
    with pytest.raises(InputError, match="AXIS_TOKEN"):
        wiring.receive_from("http:truc")


@pytest.mark.usefixtures("office")
def test_a_configuration_that_is_wrong_fails_alone_and_names_the_line(config: Path) -> None:
    endpoints(config, 'name: Trục, url: "https://a.example.vn"')
    assert wiring.channel_names() == ["folder", wiring.SOURCES]
    with pytest.raises(InputError, match=r"sources\.yaml, line 2, field 'endpoints\.0\.name'"):
        wiring.receive_from(wiring.SOURCES)
    assert wiring.receive_from("folder") == "nhận 0 tệp"


@pytest.mark.usefixtures("office")
def test_an_endpoint_that_was_taken_out_is_told(config: Path) -> None:
    endpoints(config, 'name: truc, url: "https://a.example.vn"')
    with pytest.raises(InputError, match="http:cu"):
        wiring.receive_from("http:cu")


def test_the_settings_own_endpoint_stays(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_SOURCE_URL", "http://127.0.0.1:1")
    endpoints(config, 'name: truc, url: "https://a.example.vn"')
    assert wiring.channel_names() == ["folder", "http", "http:truc"]
    assert Settings().source_url


def test_the_command_asks_them_all(config: Path) -> None:
    endpoints(config, 'name: truc, url: "https://a.example.vn"')
    assert [each.name for each in channels(Settings())] == ["folder", "http:truc"]


def test_a_played_year_asks_nobody_of_the_office(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endpoints(config, 'name: truc, url: "https://a.example.vn"')
    monkeypatch.setenv("PLAN_LIFECYCLE_SOURCES", "")
    assert wiring.channel_names() == ["folder"]
    assert [each.name for each in channels(Settings())] == ["folder"]
