"""Codes that are typed, guesses, and the host that links name."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient
from tests.web.conftest import HOME, SECRET, World, text_of

from plan_lifecycle.lifecycle.office import Links, normal_code, scope_of, without_keys


def test_a_typed_code_opens_the_same_page(world: World):
    code = world.links.code(scope_of(world.plan), (0, 0))
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
        answer = world.visitor().client.post("/ma", data={"ma": typed})
        assert answer.status_code == 200
        assert "UBND xã Bình An" in text_of(answer)


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "AAAA-AAAA-AAAA", "A" * 5000, "'; DROP TABLE unit; --", "%%%", "\x00" * 12]
)
def test_a_wrong_code_opens_nothing(world: World, typed: str):
    answer = world.visitor().client.post("/ma", data={"ma": typed})
    assert answer.status_code == 404
    assert "Mã chưa đúng" in text_of(answer)


def test_a_code_ends_when_nothing_is_owed_any_more_and_lasts_while_something_is(world: World):
    from tests.factories import set_state

    from plan_lifecycle.domain.obligation import ObligationState

    code = world.links.code(scope_of(world.plan), (0, 0))
    world.clock.now += timedelta(days=200)
    assert world.visitor().client.post("/ma", data={"ma": code}).status_code == 200
    set_state(world.store, world.plan, ObligationState.MET)
    assert world.visitor().client.post("/ma", data={"ma": code}).status_code == 404


def test_codes_differ_and_do_not_count_up(world: World):
    scope = scope_of(world.plan)
    codes = [world.links.code(scope._replace(plan_id=number), (0, 0)) for number in range(2000)]
    assert len(set(codes)) == 2000
    for place in (0, 5, 13):
        assert len({code[place] for code in codes}) == 29
    neighbours = sum(
        a == b for one, next_one in pairwise(codes) for a, b in zip(one, next_one, strict=True) if a != "-"
    )
    assert neighbours < 2000 * 12 * 0.05  # by chance one sign in 29 is the same
    assert Links(HOME, SecretStr(SECRET[::-1])).code(scope, (0, 0)) != world.links.code(scope, (0, 0))
    assert all(normal_code(code) == code for code in codes)


def test_a_letter_that_others_read_opens_nothing(world: World):
    """The board shows letters as they went, to viewers too: without the address and the code that act for the unit."""
    scope = scope_of(world.plan)
    link, code = world.links.address(scope, (0, 0), date(2024, 1, 1)), world.links.code(scope, (0, 0))
    shown = without_keys(f"Gửi tại {link} hoặc gõ {HOME} (nhập mã {code}).\nSố 15/KH-UBND, ngày 20/02/2023")
    assert shown == (
        f"Gửi tại (đường dẫn riêng của đơn vị) hoặc gõ {HOME} (nhập mã (mã riêng của đơn vị)).\n"
        "Số 15/KH-UBND, ngày 20/02/2023"
    )
    for ending in (". ", ".\r\n", "\r\n", ", ", ",\r", ".\n\n", "”.\r\n", "\u2028", "! "):
        assert code not in without_keys(f"Có thể nhập mã {code}{ending}Trân trọng."), ending


def test_guessing_is_stopped_before_it_gets_anywhere(world: World):
    client = world.visitor().client
    answers = [client.post("/ma", data={"ma": f"AAAA-AAAA-AA{number:02}"}).status_code for number in range(22)]
    assert answers == [404] * 20 + [429] * 2
    assert client.get("/n/abc").status_code == 429
    world.seconds.seconds += 601
    assert client.get("/n/abc").status_code == 404


def test_guesses_count_whichever_process_of_the_portal_they_reach(world: World):
    from tests.factories import ROOT

    from plan_lifecycle.web.portal import create_portal
    from plan_lifecycle.web.portal._limits import Limits

    def another() -> TestClient:
        limits = Limits(world.store, world.seconds)
        return TestClient(create_portal(world.office, ROOT / "templates/web", clock=world.clock, limits=limits))

    processes = [world.visitor().client, another(), another()]
    answers = [
        processes[number % 3].post("/ma", data={"ma": f"AAAA-{number:04}-AAAA"}).status_code for number in range(22)
    ]
    assert answers == [404] * 20 + [429] * 2
    assert another().get("/n/abc").status_code == 429
