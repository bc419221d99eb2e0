"""What ends a session, and that it ends for every copy of its cookie."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from httpx import Response
from tests.factories import plan_file
from tests.web.conftest import HOME, PERSON, Visitor, World, text_of

from plan_lifecycle.lifecycle.office import scope_of


def cookie_of(visitor: Visitor) -> str:
    """The session's cookie as somebody may have copied it; an answer may have set it anew since."""
    return next(each.value for each in visitor.client.cookies.jar if each.path == f"{visitor.here}/" and each.value)


def with_copy(world: World, here: str, cookie: str, path: str = "/") -> Response:
    """A page asked for from elsewhere with a copied cookie."""
    return world.visitor().client.get(f"{here}{path}", headers={"Cookie": f"phien={cookie}"})


def test_a_copy_of_the_cookie_of_a_session_that_was_left_opens_nothing(world: World):
    visitor = world.at(world.report)
    copied, token = cookie_of(visitor), visitor.token()
    assert with_copy(world, visitor.here, copied).status_code == 200
    assert visitor.post("/roi", {}).status_code == 200
    for page in ("/", "/bieu", "/lien-he", "/bao-cao.docx", "/bieu-so-lieu.xlsx"):
        assert with_copy(world, visitor.here, copied, page).status_code == 404
    for path in ("/gui", "/bieu", "/lien-he", "/roi"):
        answer = world.visitor().client.post(
            f"{visitor.here}{path}", data=PERSON | {"ma_bieu": token}, headers={"Cookie": f"phien={copied}"}
        )
        assert answer.status_code == 404


def test_a_copy_that_was_used_in_the_meantime_ends_with_the_rest(world: World):
    """Each page gives a cookie that is good for longer: all of one session are one session."""
    visitor = world.at(world.plan)
    thief = world.visitor()
    answer = thief.client.get(f"{visitor.here}/", headers={"Cookie": f"phien={cookie_of(visitor)}"})
    renewed = re.search(r"phien=([^;]+)", answer.headers["set-cookie"])
    assert renewed
    visitor.post("/roi", {})
    assert with_copy(world, visitor.here, renewed[1]).status_code == 404


def test_the_link_opens_again_after_its_session_was_left(world: World):
    visitor = world.at(world.plan)
    visitor.post("/roi", {})
    assert visitor.open(world.plan).status_code == 200
    assert "(bản 01)" in text_of(visitor.hand_in(("ke-hoach.docx", plan_file())))


@pytest.mark.parametrize("way", ["link", "code"])
def test_opening_a_link_again_in_the_same_browser_ends_what_was_open_there(world: World, way: str):
    visitor = world.at(world.plan)
    copied = cookie_of(visitor)
    if way == "link":
        visitor.open(world.plan)
    else:
        visitor.client.post("/ma", data={"ma": world.links.code(scope_of(world.plan), (0, 0))})
    assert with_copy(world, visitor.here, copied).status_code == 404
    assert visitor.get(f"{visitor.here}/").status_code == 200


def test_leaving_one_obligation_or_one_browser_leaves_the_others_at_work(world: World):
    visitor, colleague = world.at(world.plan), world.at(world.plan)
    plan = visitor.here
    visitor.open(world.report)
    assert visitor.post("/roi", {}).status_code == 200
    assert visitor.get(f"{visitor.here}/").status_code == 404
    assert visitor.get(f"{plan}/").status_code == 200
    assert colleague.get(f"{colleague.here}/").status_code == 200


def test_a_session_ends_with_the_working_day_however_much_it_is_used(world: World):
    visitor = world.at(world.plan)
    for _ in range(3):
        world.clock.now += timedelta(hours=3, minutes=59)
        assert visitor.get(f"{visitor.here}/").status_code == 200
    world.clock.now += timedelta(minutes=2)
    assert visitor.get(f"{visitor.here}/").status_code == 200
    world.clock.now += timedelta(minutes=1)
    assert visitor.get(f"{visitor.here}/").status_code == 404


@pytest.mark.parametrize("planted", ["", "x", "A" * 32, "0" * 33, "'; DROP TABLE unit; --"])
def test_what_a_browser_is_known_by_is_ours_or_made_new(world: World, planted: str):
    answer = world.visitor().client.get(world.link(world.plan), headers={"Cookie": f"may={planted}"})
    found = re.search(r"may=([0-9a-f]{32});", answer.headers["set-cookie"])
    assert found


def test_what_a_browser_is_known_by_opens_nothing_and_is_the_same_for_all_links(world: World):
    visitor = world.at(world.plan)
    visitor.open(world.report)
    (known,) = {each.value for each in visitor.client.cookies.jar if each.name == "may"}
    assert with_copy(world, visitor.here, str(known)).status_code == 404
    answer = world.visitor().client.get(f"{visitor.here}/", headers={"Cookie": f"may={known}"})
    assert answer.status_code == 404


def test_the_browsers_cookie_is_kept_from_scripts_and_foreign_forms(world: World):
    answer = world.visitor().get(world.link(world.plan))
    (cookie,) = [each for each in answer.headers.get_list("set-cookie") if each.startswith("may=")]
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Path=/;", "Max-Age=43200"):
        assert part in f"{cookie};"
    assert HOME.startswith("https:")
