"""The page *Chấm điểm, xếp hạng* as the coordinator of huyện Bắc Bình uses it: she appraises, asks, and publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import day, fill, make_office
from tests.web.boards import HOME, NAME, Desk, board_of

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.store.engine import open_store

NOW = day("2023-12-20")
ROUND = {"bo": "communes", "nam": "2023", "cua": "huyện Bắc Bình"}
PAGE = "/diem/"
ASKED = "/diem/?bo=communes&nam=2023&cua=bb&don_vi=bb-binh-an"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("scores")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office = make_office(store)
    yield Desk(office, TestClient(board_of(office, NOW), base_url=HOME))
    store.close()


def act(desk: Desk, what: str, status: int = 200, **fields: str) -> str:
    """What the page says after a form of it was sent."""
    answer = desk.act(what, {**ROUND, **fields}, page=PAGE)
    assert answer.status_code == status, answer.text
    return answer.text


def test_a_criterion_is_appraised_and_asked_about_and_the_trail_names_her(desk: Desk) -> None:
    assert "Chỉ số cải cách hành chính của UBND các xã" in desk.page(PAGE)
    about = {"don_vi": "bb-binh-an", "tieu_chi": "discipline"}
    assert "điểm vượt điểm tối đa" in act(desk, "tham-dinh", 422, **about, diem="99")
    assert "không phải là số" in act(desk, "tham-dinh", 422, **about, diem="x")
    said = act(desk, "tham-dinh", **about, diem="7,5", ly_do_rieng="<b>Đủ</b>")
    assert ">7,5<br>" in said
    assert "&lt;b&gt;Đủ&lt;/b&gt;" in said
    assert "Chờ giải trình: Minh chứng?" in act(
        desk, "giai-trinh", **about | {"tieu_chi": "plan"}, ly_do_rieng="Minh chứng?"
    )
    assert [(by, kind) for by, kind, _ in desk.trail()] == [(NAME, ActKind.ASK_SCORE), (NAME, ActKind.APPRAISE)]


def test_a_ranking_is_published_with_a_reason_where_a_score_is_missing_and_taken_away_as_excel(desk: Desk) -> None:
    assert "chưa thẩm định xong" in act(desk, "cong-bo", 422)
    assert "Đã công bố lần 01" in act(desk, "cong-bo", ly_do_rieng="Công bố tạm thời")
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(tep\?[^"]+)"', desk.client.get(ASKED).text)]
    assert len(links) == 2
    for link in links:
        answer = desk.client.get(PAGE + link)
        assert (answer.status_code, answer.content[:2]) == (200, b"PK")


@pytest.mark.parametrize("query", ["bo=no&nam=2023", "bo=communes&nam=2000000000", "bo=communes&nam=2023&cua=no"])
def test_what_there_is_not_is_said_and_harms_nothing(desk: Desk, query: str) -> None:
    answer = desk.client.get(f"{PAGE}?{query}")
    assert (answer.status_code, "Nội dung chưa thực hiện được" in answer.text) == (422, True)
    assert desk.client.get(f"{PAGE}tep?{query}").status_code == 404


def test_a_form_of_another_site_and_an_unknown_act_are_refused(desk: Desk) -> None:
    assert desk.act("tham-dinh", dict(ROUND), site="cross-site", page=PAGE).status_code == 400
    assert desk.act("khac", dict(ROUND), page=PAGE).status_code == 404
