"""Whoever tries wrong links and codes, floods or dawdles stops nobody who has the right ones."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import SecretStr
from tests.factories import owe, plan_file, report_file
from tests.patience import PATIENCE
from tests.web.conftest import HOME, PERSON, Visitor, World, text_of

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.lifecycle.office import Links, scope_of
from plan_lifecycle.lifecycle.portal import revoke_obligation
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.tables import letter
from plan_lifecycle.web import receiving
from plan_lifecycle.web.portal import _form, _owed, _portal
from plan_lifecycle.web.portal._limits import ALL_GUESSES, POSTS, UPLOADS
from plan_lifecycle.web.portal._places import AT_ONCE, MOST_ON_THE_WAY, OVER_ONE_LINK, FullError, Places

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


def trickle(served: str, visitor: httpx.Client, here: str) -> socket.socket:
    """An upload over the session of a link that has begun and goes on whenever a byte more is sent."""
    where = urlsplit(served)
    begun = socket.create_connection((where.hostname, where.port), timeout=PATIENCE)
    cookies = "; ".join(f"{each.name}={each.value}" for each in visitor.cookies.jar)
    head = f"POST {here}gui HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {cookies}\r\nContent-Length: 1000000\r\n"
    part = '--x\r\nContent-Disposition: form-data; name="tep"; filename="a.docx"\r\n\r\n'
    begun.sendall(f"{head}Content-Type: multipart/form-data; boundary=x\r\n\r\n{part}".encode())
    return begun


def opened(world: World, client: httpx.Client, obligation: Obligation) -> tuple[str, str]:
    """Path and form token of the page that a link opens, over a real connection."""
    link = world.links.address(scope_of(obligation), (0, 0), obligation.due_on or world.clock.now.date())
    here = client.get(link).text.partition("url=")[2].partition('"')[0]
    return here, client.get(here).text.partition('name="ma_bieu" value="')[2].partition('"')[0]


@pytest.mark.enable_socket
def test_a_body_that_only_trickles_ends_with_an_answer(world: World, served: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(receiving, "WHOLE_UPLOAD", 0.5)
    with httpx.Client(base_url=served, trust_env=False, timeout=PATIENCE) as client:
        here, _ = opened(world, client, world.plan)
        with trickle(served, client, here) as slow:
            slow.settimeout(0.05)
            answer = b""
            for _ in range(int(PATIENCE / 0.05)):
                try:
                    answer = slow.recv(65536)
                    break
                except TimeoutError:
                    slow.sendall(b"x")
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert "chưa đến đủ" in answer.decode()


@pytest.mark.enable_socket
def test_slow_bodies_hold_no_place(world: World, served: str):
    with httpx.Client(base_url=served, trust_env=False, timeout=PATIENCE) as client:
        here, token = opened(world, client, world.plan)
        slow = [trickle(served, client, here) for _ in range(24)]
        files = {"tep": ("ke-hoach.docx", plan_file())}
        assert client.post(f"{here}gui", data=PERSON | {"ma_bieu": token}, files=files).status_code == 303
        for each in slow:
            each.settimeout(0)
            with pytest.raises(BlockingIOError):  # still on its way
                each.recv(1)
            each.close()


@pytest.mark.enable_socket
def test_one_link_takes_a_few_places_and_leaves_the_rest(world: World, served: str, monkeypatch: pytest.MonkeyPatch):
    at_once, most, go_on, lock = [0], [0], threading.Event(), threading.Event()
    keep: Callable[..., list[int]] = _owed.keep_upload

    def slowly(office: Any, obligation: Obligation, *arguments: Any, **named: Any) -> list[int]:
        if obligation.id == world.plan.id:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
            if at_once[0] == OVER_ONE_LINK:
                lock.set()
            go_on.wait(PATIENCE)
            at_once[0] -= 1
        return keep(office, obligation, *arguments, **named)

    monkeypatch.setattr(_owed, "keep_upload", slowly)
    with httpx.Client(base_url=served, trust_env=False, timeout=PATIENCE) as client, ThreadPoolExecutor(9) as pool:
        here, token = opened(world, client, world.plan)
        other, others = opened(world, client, world.report)

        def send(where: str, mark: str, name: str, data: bytes) -> int:
            files = {"tep": (name, data)}
            return client.post(f"{where}gui", data=PERSON | {"ma_bieu": mark}, files=files).status_code

        sending = [
            pool.submit(send, here, token, f"{number}.docx", plan_file(number=str(number))) for number in range(9)
        ]
        assert lock.wait(PATIENCE)
        assert client.get(here).status_code == 200
        assert send(other, others, "bieu.xlsx", report_file()) == 303
        go_on.set()
        assert [each.result() for each in sending] == [303] * 9
    assert most == [OVER_ONE_LINK]


@pytest.mark.enable_socket
def test_downloads_over_one_link_leave_threads_to_the_others(
    world: World, served: str, monkeypatch: pytest.MonkeyPatch
):
    begun, go_on = threading.Semaphore(0), threading.Event()
    render = _form.render_report_form

    def slowly(*arguments: Any) -> bytes:
        begun.release()
        go_on.wait(PATIENCE)
        return render(*arguments)

    monkeypatch.setattr(_form, "render_report_form", slowly)
    with httpx.Client(base_url=served, trust_env=False, timeout=PATIENCE) as client, ThreadPoolExecutor(12) as pool:
        here, _ = opened(world, client, world.report)
        other, _ = opened(world, client, world.plan)
        asked = [pool.submit(client.get, f"{here}bao-cao.docx") for _ in range(12)]
        for _ in range(OVER_ONE_LINK):
            assert begun.acquire(timeout=PATIENCE)
        assert [client.get(page).status_code for page in (other, here, f"{here}bieu")] == [200] * 3
        assert not begun.acquire(blocking=False)
        go_on.set()
        assert [each.result().status_code for each in asked] == [200] * 12


def test_places_are_few_over_a_link_and_in_all():
    async def most_at_once(links: list[str]) -> int:
        places, now, most = Places(), 0, 0

        async def upload(link: str) -> None:
            nonlocal now, most
            async with places.at_work(link):
                now += 1
                most = max(most, now)
                await asyncio.sleep(0)
                now -= 1

        await asyncio.gather(*(upload(link) for link in links))
        return most

    assert asyncio.run(most_at_once(["a"] * 20)) == OVER_ONE_LINK
    assert asyncio.run(most_at_once([str(number) for number in range(20)])) == AT_ONCE


def test_bytes_on_their_way_are_bounded_over_one_link_and_free_again_afterwards():
    places = Places()
    with places.on_the_way("a") as came, places.on_the_way("b") as others:
        came(MOST_ON_THE_WAY)
        others(MOST_ON_THE_WAY)
        with pytest.raises(FullError), places.on_the_way("a") as again:
            again(1)
    with places.on_the_way("a") as came:
        came(MOST_ON_THE_WAY)


def test_an_upload_for_which_there_is_no_room_is_told_so(world: World, monkeypatch: pytest.MonkeyPatch):
    from plan_lifecycle.web.portal import _places

    monkeypatch.setattr(_places, "MOST_ON_THE_WAY", 10)
    page = world.at(world.plan).hand_in(("ke-hoach.docx", plan_file()))
    assert page.status_code == 429
    assert "thử lại sau ít phút" in text_of(page)
