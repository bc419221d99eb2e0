"""Whoever dawdles over an upload or a download holds up nobody else."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from tests.factories import plan_file, report_file
from tests.patience import PATIENCE
from tests.web.conftest import PERSON, World, text_of

from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.lifecycle.office import scope_of
from plan_lifecycle.web import receiving
from plan_lifecycle.web.portal import _form, _owed
from plan_lifecycle.web.portal._places import AT_ONCE, MOST_ON_THE_WAY, OVER_ONE_LINK, FullError, Places


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
