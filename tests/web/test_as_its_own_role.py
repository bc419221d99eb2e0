"""Everything that a unit does on its page, where the portal works as its own role of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.databases import PORTAL, as_role, upgraded_postgres
from tests.factories import BINH_AN, address, plan_file
from tests.fakes import FakeMailer
from tests.web.conftest import HOME, PERSON, Visitor, World, text_of, world_of
from tests.web.test_answers import wait_for
from tests.web.test_form import FILLED, save
from tests.web.test_stated import MORE, SENT

from plan_lifecycle.mail.transport import Outcome
from plan_lifecycle.store.audit import verify
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.tables import allowance, contact, ended_session, letter, submission

REFUSED = Outcome(refused={address(BINH_AN): (550, "no such user")}, permanent=True, reason="550 no such user")


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def world(tmp_path: Path, mailer: FakeMailer) -> Iterator[World]:
    """The portal's store is opened as the portal's role, the tests' own as the role that works."""
    url, blobs = upgraded_postgres(), tmp_path / "blobs"
    store, portals = open_store(url, blobs, durable=False), open_store(as_role(url, PORTAL), blobs, durable=False)
    yield world_of(store, portals, connect=lambda now: mailer.connect())
    store.close()
    portals.close()


def test_a_unit_hands_in_asks_says_and_is_answered(world: World, mailer: FakeMailer) -> None:
    with TestClient(world.app, base_url=HOME) as client:
        visitor = Visitor(world, client)
        assert visitor.open(world.plan).status_code == 200
        assert "đang chờ trả lời" in text_of(visitor.post("/them-ngay", MORE))
        assert "đã gửi văn bản số 07/KH-UBND" in text_of(visitor.post("/da-gui", SENT))
        new = PERSON | {"ten_moi": "Phạm Thị Mới", "thu_moi": "moi@example.vn"}
        assert "Đã ghi nhận đề nghị" in text_of(visitor.post("/lien-he", new))
        for number, name in ((1, "ke-hoach.docx"), (2, "ke-hoach-sua.docx")):
            answer = visitor.hand_in((name, plan_file(number=f"0{number}")))
            assert f"(bản 0{number})" in text_of(answer)
            assert wait_for(lambda number=number: len(mailer.sent) >= number)  # type: ignore[misc]
        visitor.open(world.report)
        assert save(visitor, {"v_news_items": "1.250"}).status_code == 303
        assert save(visitor, FILLED, version="1").status_code == 303
        assert save(visitor, FILLED | PERSON, "gui", version="2").status_code == 303
        for file in ("/bao-cao.docx", "/bieu-so-lieu.xlsx"):
            assert visitor.get(f"{visitor.here}{file}").status_code == 200
        assert visitor.post("/roi", {}).status_code == 200
        assert client.post("/ma", data={"ma": "0000-0000-0000"}).status_code == 404
    with world.store.read() as connection:
        assert len(connection.execute(submission.select()).all()) == 3
        assert connection.execute(ended_session.select()).all()
        assert connection.execute(allowance.select()).all()
        assert verify(connection).broken is None


def test_an_address_that_refuses_the_answer_is_marked_and_a_link_that_ended_is_renewed(
    world: World, mailer: FakeMailer
) -> None:
    mailer.answers[address(BINH_AN)] = REFUSED
    old = world.link(world.plan)
    with TestClient(world.app, base_url=HOME) as client:
        visitor = Visitor(world, client)
        visitor.open(world.plan)
        visitor.hand_in(("ke-hoach.docx", plan_file()))
        marked = contact.select().where(contact.c.unreachable_since.is_not(None))
        assert wait_for(lambda: _rows(world, marked))
        mailer.answers.clear()
        world.clock.now += timedelta(days=60)
        assert client.get(old).status_code == 410
        assert client.post("/gui-lai", data={"lien_ket": old.rpartition("/")[2]}).status_code == 200
    assert _rows(world, letter.select().where(letter.c.kind == "receipt"))


def _rows(world: World, query: object) -> list[object]:
    with world.store.read() as connection:
        return list(connection.execute(query).all())  # type: ignore[call-overload]
