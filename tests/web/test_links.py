"""What a link lets in and what it keeps out: altered, another unit's, ended, revoked, guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy

import pytest
from pydantic import SecretStr
from tests.factories import BINH_AN, HOA_THANG, address, day, owe
from tests.web.conftest import HOME, PERSON, SECRET, World, text_of

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import Links, open_until, scope_of
from plan_lifecycle.lifecycle.portal import revoke_obligation, revoke_unit
from plan_lifecycle.store.database import StoreBusyError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import save_units


def test_a_link_opens_what_the_unit_owes_under_a_clean_address(world: World):
    visitor = world.visitor()
    page = visitor.open(world.plan)
    assert page.status_code == 200
    assert "UBND xã Bình An" in text_of(page)
    assert "chậm nhất hết ngày 28/02/2023" in text_of(page)
    assert "Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện Bắc Bình" in text_of(page)
    token = world.link(world.plan).rpartition("/")[2]
    assert token not in page.text
    assert token not in visitor.here


def test_the_session_is_a_short_strict_cookie_of_its_own_path(world: World):
    answer = world.visitor().get(world.link(world.plan))
    cookie = answer.headers["set-cookie"]
    handle = world.app.state.portal.sessions.handle(scope_of(world.plan))
    for part in ("HttpOnly", "SameSite=strict", "Secure", f"Path=/v/{handle}/", "Max-Age=14400"):
        assert part in cookie


def test_two_links_in_one_browser_do_not_mix(world: World):
    visitor = world.visitor()
    visitor.open(world.plan)
    first = visitor.here
    visitor.open(world.report)
    assert "Kế hoạch thông tin" in text_of(visitor.get(f"{first}/"))
    assert "Báo cáo thông tin, tuyên truyền CCHC" in text_of(visitor.get(f"{visitor.here}/"))


def test_a_token_of_one_session_does_not_serve_another(world: World):
    visitor = world.visitor()
    visitor.open(world.plan)
    token = visitor.token()
    visitor.open(world.report)
    answer = visitor.client.post(f"{visitor.here}/roi", data={"ma_bieu": token})
    assert answer.status_code == 403


def test_a_page_that_was_open_before_the_link_was_opened_again_can_still_be_sent(world: World):
    visitor = world.at(world.plan)
    token, here = visitor.token(), visitor.here
    world.clock.now += timedelta(hours=5)
    assert visitor.client.post(f"{here}/roi", data={"ma_bieu": token}).status_code == 404
    visitor.open(world.plan)
    assert visitor.client.post(f"{here}/roi", data={"ma_bieu": token}).status_code == 200


@pytest.mark.parametrize("place", [1, 10, 40, -2, -20, -43])
def test_an_altered_link_opens_nothing(world: World, place: int):
    link = world.link(world.plan)
    token = link.rpartition("/")[2]
    sign = "A" if token[place] != "A" else "B"
    changed = f"/n/{token[:place]}{sign}{token[place:][1:]}"
    assert world.visitor().get(changed).status_code == 404


@pytest.mark.parametrize("token", ["", "x", ".", "a.b", "." * 500, "%00", "é", "..%2f..%2fetc", "eyJ9.AA" * 60])
def test_whatever_else_stands_in_place_of_a_link_opens_nothing(world: World, token: str):
    assert world.visitor().get(f"/n/{token}").status_code == 404


def test_a_link_signed_with_another_secret_opens_nothing(world: World):
    other = Links(HOME, SecretStr(SECRET[::-1]))
    forged = other.address(scope_of(world.plan), (0, 0), date(2024, 1, 1)).removeprefix(HOME)
    assert world.visitor().get(forged).status_code == 404


def test_what_is_signed_for_one_purpose_does_not_pass_for_another(world: World):
    visitor = world.at(world.plan)
    session = next(iter(visitor.client.cookies.jar)).value
    assert world.visitor().get(f"/n/{session}").status_code == 404


def test_another_units_page_stays_closed_to_whoever_has_a_link(world: World):
    theirs = owe(world.store, HOA_THANG, plan_id=world.plan.plan_id)
    handle = world.app.state.portal.sessions.handle(scope_of(theirs))
    visitor = world.at(world.plan)
    cookie = next(iter(visitor.client.cookies.jar)).value
    answer = world.visitor().client.get(f"/v/{handle}/", headers={"Cookie": f"phien={cookie}"})
    assert answer.status_code == 404


def test_closed_pages_all_look_the_same(world: World):
    """Nothing to enumerate: unknown, altered, revoked and signed-out have one answer, to the byte."""
    revoked = world.link(world.plan)
    revoke_obligation(world.office, world.plan.id, Decider("Trần Thị Hoa", "chuyển nhầm"), world.clock.now)
    handle = world.app.state.portal.sessions.handle(scope_of(world.report))
    paths = ("/n/abc", revoked, f"/v/{handle}/", "/v/aaaaaaaaaaaaaaaa/", f"/v/{handle}/bieu", "/wp-admin", "/docs")
    answers = {world.visitor().get(path).content for path in paths}
    assert len(answers) == 1
    statuses = {world.visitor().get(path).status_code for path in paths}
    assert statuses == {404}


def test_an_ended_link_shows_nothing_and_renews_to_registered_addresses_only(world: World):
    old = world.link(world.plan)
    world.clock.now += timedelta(days=60)
    page = world.visitor().get(old)
    assert page.status_code == 410
    assert "Bình An" not in text_of(page)
    answer = world.visitor().client.post("/gui-lai", data={"lien_ket": old.rpartition("/")[2]})
    assert answer.status_code == 200
    with world.store.read() as connection:
        rows = connection.execute(letter.select().where(letter.c.kind == "link_renewed")).all()
    assert [row.recipient for row in rows] == [address(BINH_AN)]
    sent = message_from_bytes(world.store.blobs.get(rows[0].blob), policy=policy.default)
    body = sent.get_body(("plain",))
    assert body is not None
    link = re.search(rf"{HOME}(/n/\S+)", body.get_content())
    assert link
    assert world.visitor().get(link[1]).status_code == 200


def test_a_link_renews_once_a_day_and_nobody_learns_whether_it_did(world: World):
    old = world.link(world.plan).rpartition("/")[2]
    world.clock.now += timedelta(days=60)
    client = world.visitor().client
    pages = {client.post("/gui-lai", data={"lien_ket": token}).content for token in (old, old, "abc", "")}
    assert len(pages) == 1
    with world.store.read() as connection:
        assert len(connection.execute(letter.select()).all()) == 1


def test_a_press_later_on_the_day_renews_nothing_more_and_the_next_day_does(world: World):
    old = world.link(world.plan).rpartition("/")[2]
    client = world.visitor().client
    queued = []
    for later in (timedelta(0), timedelta(minutes=1), timedelta(hours=9), timedelta(days=1)):
        world.clock.now = day("2023-04-21") + later
        client.post("/gui-lai", data={"lien_ket": old})
        with world.store.read() as connection:
            queued.append(len(connection.execute(letter.select()).all()))
    assert queued == [1, 1, 1, 2]


def test_a_revoked_link_does_not_renew(world: World):
    old = world.link(world.plan).rpartition("/")[2]
    revoke_unit(world.office, BINH_AN.id, Decider("Trần Thị Hoa", "máy bị mất"), world.clock.now)
    world.visitor().client.post("/gui-lai", data={"lien_ket": old})
    with world.store.read() as connection:
        assert connection.execute(letter.select()).all() == []


def test_revoking_ends_open_sessions_and_new_links_work(world: World):
    visitor = world.at(world.plan)
    other = world.at(world.report)
    revoke_obligation(world.office, world.plan.id, Decider("Trần Thị Hoa", "chuyển nhầm"), world.clock.now)
    assert visitor.get(f"{visitor.here}/").status_code == 404
    assert other.get(f"{other.here}/").status_code == 200
    assert world.visitor().get(world.link(world.plan, (0, 1))).status_code == 200
    revoke_unit(world.office, BINH_AN.id, Decider("Trần Thị Hoa", "máy bị mất"), world.clock.now)
    assert other.get(f"{other.here}/").status_code == 404


def test_a_session_ends_by_itself_and_when_asked(world: World):
    visitor = world.at(world.plan)
    world.clock.now += timedelta(hours=5)
    assert visitor.get(f"{visitor.here}/").status_code == 404
    again = world.at(world.plan)
    assert again.post("/roi", {}).status_code == 200
    assert again.get(f"{again.here}/").status_code == 404


def test_no_session_outlives_its_links_last_day_however_much_it_is_used(world: World):
    last = open_until(world.plan.due_on, world.clock.now.date())
    link = world.link(world.plan)
    world.clock.now = datetime.combine(last, time(22), LOCAL)
    visitor = world.visitor()
    found = re.search(r'url=([^"]+)"', visitor.get(link).text)
    assert found
    assert visitor.get(found[1]).status_code == 200
    world.clock.now += timedelta(hours=1, minutes=59)
    assert visitor.get(found[1]).status_code == 200
    world.clock.now += timedelta(minutes=1)
    assert visitor.get(found[1]).status_code == 404


def test_a_session_that_is_used_goes_on_and_ends_at_its_very_hour(world: World):
    visitor = world.at(world.plan)
    for _ in range(2):
        world.clock.now += timedelta(hours=3, minutes=59)
        assert visitor.get(f"{visitor.here}/").status_code == 200
    world.clock.now += timedelta(hours=4)
    assert visitor.get(f"{visitor.here}/").status_code == 404


def test_the_link_of_a_unit_that_is_no_more_opens_nothing(world: World):
    from dataclasses import replace

    with world.store.write() as connection:
        save_units(connection, [replace(BINH_AN, valid_to=date(2023, 2, 1))])
    assert world.visitor().get(world.link(world.plan)).status_code == 404


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_it_refuses_to_start_without_a_real_secret(secret: str):
    with pytest.raises(InputError, match="PLAN_LIFECYCLE_LINK_SECRET") as caught:
        Links(HOME, SecretStr(secret))
    assert "short" not in str(caught.value)


def test_behind_a_path_of_the_proxys_every_address_keeps_it(world: World):
    world.links.home = f"{HOME}/nop/"
    link = world.link(world.plan)
    assert link.startswith("/nop/n/")
    answer = world.visitor().get(link.removeprefix("/nop"))
    assert "Path=/nop/v/" in answer.headers["set-cookie"]
    assert "url=/nop/v/" in answer.text
    assert 'href="/nop/tinh/portal.css' in answer.text


def test_the_secret_never_shows(world: World):
    assert SECRET not in repr(world.links)
    assert SECRET not in repr(world.office)


def test_who_watches_over_the_portal_learns_whether_its_store_is_there(world: World, monkeypatch: pytest.MonkeyPatch):
    answer = world.visitor().get("/song")
    assert (answer.status_code, answer.content) == (204, b"")

    def gone(_: object) -> None:
        raise StoreBusyError("the database at 10.0.0.7 refuses the role plan_lifecycle")

    monkeypatch.setattr(Store, "read", gone)
    answer = world.visitor().get("/song")
    assert (answer.status_code, answer.json()) == (503, {"wrong": ["database"]})


def test_only_who_has_the_same_secret_is_told_that_links_are_known(world: World) -> None:
    token = world.links.proof("2023-02-20")
    other = Links(world.links.home, SecretStr("another secret of thirty-two signs and more"))
    visitor = world.visitor()
    assert visitor.get(f"/song/{token}").status_code == 204
    assert {visitor.get(f"/song/{wrong}").status_code for wrong in (other.proof("x"), token[:-2], "x" * 5000)} == {404}
    assert world.links.read(token) is None


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/n/abc",
        "/v/aaaaaaaaaaaaaaaa",
        "/v/aaaaaaaaaaaaaaaa/",
        "/tinh",
        "//evil.example/x",
        "/n/abc/",
        "/%2f%2fevil.example",
    ],
)
def test_no_answer_leads_off_the_portal_whatever_host_is_named(world: World, path: str):
    answer = world.visitor().client.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
    assert answer.status_code in (200, 404)
    assert "evil.example" not in answer.text
    assert "location" not in answer.headers


def test_letters_and_links_name_the_portals_own_host_whatever_a_request_names(world: World):
    old = world.link(world.plan).rpartition("/")[2]
    world.clock.now += timedelta(days=60)
    world.visitor().client.post("/gui-lai", data={"lien_ket": old}, headers={"Host": "evil.example"})
    with world.store.read() as connection:
        (blob,) = connection.execute(letter.select().with_only_columns(letter.c.blob)).scalars().all()
    sent = message_from_bytes(world.store.blobs.get(blob), policy=policy.default)
    assert all("evil" not in part.get_content() for part in sent.walk() if part.get_content_maintype() == "text")


def test_after_a_form_the_way_leads_to_a_page_of_our_own(world: World):
    visitor = world.at(world.plan)
    fields = PERSON | {"ten_moi": "Mới", "thu_moi": "moi@example.vn"}
    answer = visitor.post("/lien-he", fields, headers={"Host": "evil.example"}, follow_redirects=False)
    assert answer.headers["location"] == f"{visitor.here}/lien-he?ghi=1"
