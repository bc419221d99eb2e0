"""Whoever tries wrong links and codes, floods or dawdles stops nobody who has the right ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from tests.factories import owe, plan_file, report_file
from tests.web.conftest import HOME, PERSON, Visitor, World, text_of

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Links, scope_of
from plan_lifecycle.lifecycle.portal import revoke_obligation
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.tables import letter
from plan_lifecycle.web.portal import _portal
from plan_lifecycle.web.portal._limits import ALL_GUESSES, POSTS, UPLOADS

ATTACKER = "10.0.0.7"
"""Behind the same address as the unit's own people."""


@pytest.fixture
def besieged(world: World) -> World:
    """Every limit that an outsider can use up is used up: at the unit's own address, for everybody, at its page."""
    attacker = world.visitor(ATTACKER)
    handle = world.app.state.portal.sessions.handle(scope_of(world.plan))
    guesses = [attacker.client.post("/ma", data={"ma": f"AAAA-AAAA-A{number:03}"}).status_code for number in range(21)]
    assert guesses[-1] == 429
    for _ in range(ALL_GUESSES.times):
        world.app.state.portal.limits.take(("guess:*", ALL_GUESSES))
    for path in ("gui", "bieu", "lien-he", "roi"):
        tried = [attacker.client.post(f"/v/{handle}/{path}", data=PERSON).status_code for _ in range(3)]
        assert tried == [404] * 3
    assert attacker.get("/n/abc").status_code == 429
    assert world.visitor("192.0.2.9").get("/n/abc").status_code == 429
    return world


def test_a_genuine_link_opens_its_page_and_takes_a_file(besieged: World):
    visitor = besieged.visitor(ATTACKER)
    assert "UBND xã Bình An" in text_of(visitor.open(besieged.plan))
    assert "(bản 01)" in text_of(visitor.hand_in(("ke-hoach.docx", plan_file())))


def test_a_right_code_opens_the_same_page(besieged: World):
    code = besieged.links.code(scope_of(besieged.plan), (0, 0))
    page = besieged.visitor(ATTACKER).client.post("/ma", data={"ma": code})
    assert "UBND xã Bình An" in text_of(page)


def test_a_code_that_was_made_a_moment_ago_opens_among_wrong_ones(besieged: World):
    """All codes are read from the store now and then only; wrong ones must not stand in the way of a new one."""
    besieged.visitor(ATTACKER).client.post("/ma", data={"ma": "AAAA-AAAA-AAAA"})
    fresh = owe(besieged.store, item=Item.REPORT, period="2023", due="2023-12-15", plan_id=besieged.plan.plan_id)
    code = besieged.links.code(scope_of(fresh), (0, 0))
    assert besieged.visitor(ATTACKER).client.post("/ma", data={"ma": code}).status_code == 200


def test_a_code_that_was_revoked_a_moment_ago_opens_nothing_and_the_new_one_does(besieged: World):
    old, new = (besieged.links.code(scope_of(besieged.plan), (0, revoked)) for revoked in (0, 1))
    assert besieged.visitor(ATTACKER).client.post("/ma", data={"ma": old}).status_code == 200
    revoke_obligation(besieged.office, besieged.plan.id, Decider("Trần Thị Hoa", "chuyển nhầm"), besieged.clock.now)
    assert besieged.visitor(ATTACKER).client.post("/ma", data={"ma": new}).status_code == 200
    assert besieged.visitor(ATTACKER).client.post("/ma", data={"ma": old}).status_code == 429


def test_wrong_codes_have_no_others_read_again(world: World, monkeypatch: pytest.MonkeyPatch):
    """All are read once, new ones when they come; a wrong code costs a look at the newest."""
    read: list[int] = []
    scopes = portal_rows.scopes

    def counted(connection: Any, after: int = 0) -> Any:
        found = scopes(connection, after)
        read.append(len(found))
        return found

    monkeypatch.setattr(portal_rows, "scopes", counted)
    for lasts in ("SOONEST_AGAIN", "TREE_LASTS"):
        monkeypatch.setattr(_portal, lasts, 1e9)
    for number in range(5):
        world.visitor().client.post("/ma", data={"ma": f"AAAA-AAAA-A{number:03}"})
    owe(world.store, item=Item.REPORT, period="2023", due="2023-12-15", plan_id=world.plan.plan_id)
    for number in range(5):
        world.visitor().client.post("/ma", data={"ma": f"AAAA-AAAA-B{number:03}"})
    assert read == [2, 1]


def test_form_downloads_and_contacts_stay_open(besieged: World):
    visitor = besieged.visitor(ATTACKER)
    visitor.open(besieged.report)
    for page in ("/bieu", "/lien-he", "/bao-cao.docx", "/bieu-so-lieu.xlsx"):
        assert visitor.get(f"{visitor.here}{page}").status_code == 200
    assert "Đã lưu bản nháp" in text_of(visitor.post("/bieu", {"v_news_items": "12"}))
    new = PERSON | {"ten_moi": "Phạm Thị Mới", "thu_moi": "moi@example.vn"}
    assert "Đã ghi nhận đề nghị" in text_of(visitor.post("/lien-he", new))
    assert "(bản 01)" in text_of(visitor.hand_in(("bieu.xlsx", report_file())))
    assert visitor.post("/roi", {}).status_code == 200


def test_an_ended_link_is_renewed(besieged: World):
    old = besieged.link(besieged.plan)
    besieged.clock.now += timedelta(days=60)
    visitor = besieged.visitor(ATTACKER)
    assert visitor.get(old).status_code == 410
    for _ in range(3):
        assert visitor.client.post("/gui-lai", data={"lien_ket": old.rpartition("/")[2]}).status_code == 200
    with besieged.store.read() as connection:
        assert len(connection.execute(letter.select().where(letter.c.kind == "link_renewed")).all()) == 1


def test_who_is_wrong_too_often_learns_that_the_right_one_opens_at_once(besieged: World):
    page = besieged.visitor(ATTACKER).client.post("/ma", data={"ma": "AAAA-AAAA-AAAA"})
    assert page.status_code == 429
    assert "mã đúng vẫn mở được ngay" in text_of(page)


def test_right_ones_never_count(world: World):
    """A whole department may open its links behind one address, again and again."""
    code = world.links.code(scope_of(world.plan), (0, 0))
    for _ in range(15):
        assert world.visitor(ATTACKER).get(world.link(world.report)).status_code == 200
        answer = world.visitor(ATTACKER).client.post("/ma", data={"ma": code}, follow_redirects=False)
        assert answer.status_code == 303
    assert world.visitor(ATTACKER).get("/n/abc").status_code == 404


@pytest.mark.parametrize(("kind", "rate"), [("upload", UPLOADS), ("post", POSTS)])
def test_a_stolen_link_used_up_elsewhere_leaves_the_unit_its_own(world: World, kind: str, rate: Any):
    thief, unit = world.visitor("192.0.2.9"), world.visitor(ATTACKER)
    thief.open(world.report)
    unit.open(world.report)
    for _ in range(rate.times):
        world.app.state.portal.limits.take((f"{kind}:{thief.here}:192.0.2.9", rate))

    def send(visitor: Visitor) -> int:
        if kind == "upload":
            return visitor.hand_in(("bieu.xlsx", report_file())).status_code
        return visitor.post("/bieu", {"v_news_items": "12"}).status_code

    assert (send(thief), send(unit)) == (429, 200)


def test_a_form_without_the_sessions_token_does_not_count(world: World):
    visitor = world.at(world.plan)
    for _ in range(UPLOADS.times + 1):
        answer = visitor.client.post(f"{visitor.here}/gui", data=PERSON, files={"tep": ("a.docx", b"x")})
        assert answer.status_code == 403
    assert "(bản 01)" in text_of(visitor.hand_in(("ke-hoach.docx", plan_file())))


ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HOME},
    {"Origin": "https://khac.example.vn"},
    {"Origin": "null"},
    {"Origin": f"{HOME}.khac.example"},
]
HERE = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": HOME},
    {"Origin": HOME, "Host": "127.0.0.1:8088"},
    {"Origin": "http://portal:8088", "Host": "portal:8088"},
    {},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_the_entry_takes_no_code_that_another_site_sends(world: World, headers: dict[str, str]):
    """Who is led into another's session would hand in there what is theirs."""
    code = world.links.code(scope_of(world.plan), (0, 0))
    answer = world.visitor().client.post("/ma", data={"ma": code}, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "không xuất phát từ trang này" in text_of(answer)


@pytest.mark.parametrize("headers", HERE)
def test_the_entry_takes_a_code_from_its_own_page(world: World, headers: dict[str, str]):
    code = world.links.code(scope_of(world.plan), (0, 0))
    answer = world.visitor().client.post("/ma", data={"ma": code}, headers=headers, follow_redirects=False)
    assert answer.status_code == 303
    assert "set-cookie" in answer.headers


@pytest.mark.parametrize(
    ("home", "origin"),
    [
        ("https://NOP.binhthuan.example.vn:443/nop/", "https://nop.binhthuan.example.vn"),
        ("http://nop.example:80", "http://nop.example"),
        ("http://nop.example:8088/", "http://nop.example:8088"),
    ],
)
def test_the_portals_origin_is_spelt_as_browsers_spell_it(home: str, origin: str):
    assert Links(home, SecretStr("k" * 40)).origin == origin


def test_the_entry_reads_no_more_than_a_code_needs(world: World):
    assert world.visitor().client.post("/ma", data={"ma": "A" * 20_000}).status_code == 413
