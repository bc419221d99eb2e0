"""The page *Chấm điểm, xếp hạng* as the coordinator of huyện Bắc Bình uses it: she appraises, asks, and publishes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
import pytest
import xlsxwriter
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import day, fill, make_office
from tests.web.boards import HOME, NAME, Desk, board_of

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.store.engine import open_store

NOW = day("2023-12-20")
ROUND = {"bo": "communes", "nam": "2023", "cua": "huyện Bắc Bình"}
PAGE = "/diem/"
DISCIPLINE = "Chấp hành kỷ luật, kỷ cương hành chính"
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


def form(own: float | None, appraised: float | None, reason: str = "") -> bytes:
    """A form of one criterion, as somebody has filled it in."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("Tiêu chí", "Điểm tự chấm", "Điểm thẩm định", "Lý do thẩm định"))
    sheet.write_row(1, 0, (DISCIPLINE, own, appraised, reason))
    book.close()
    return data.getvalue()


def hand_in(desk: Desk, act_: str, data: bytes) -> tuple[int, str]:
    fields = ROUND | {"don_vi": "bb-hoa-thang"}
    files = {"tep": ("diem.xlsx", data, "application/octet-stream")}
    answer = desk.client.post(f"{PAGE}{act_}", data=fields, files=files, headers={"Sec-Fetch-Site": "same-origin"})
    return answer.status_code, answer.text


def test_forms_are_taken_away_and_handed_in_whole_or_not_at_all(desk: Desk) -> None:
    query = "bo=communes&nam=2023&cua=bb&don_vi=bb-hoa-thang"
    for side, has in (("", False), ("&ben=appraised", True)):
        with zipfile.ZipFile(io.BytesIO(desk.client.get(f"{PAGE}bieu?{query}{side}").content)) as book:
            assert ("Điểm thẩm định" in book.read("xl/sharedStrings.xml").decode()) is has
    assert hand_in(desk, "nop-tu-cham", b"")[0] == 422
    assert hand_in(desk, "nop-tu-cham", form(1, None))[0] == 200
    assert desk.trail()[0][:2] == (NAME, ActKind.TAKE_SCORES)
    for points, wrong in ((999.0, "điểm vượt điểm tối đa"), (0.5, "điểm khác điểm tự chấm thì ghi rõ lý do")):
        status, text = hand_in(desk, "nop-tham-dinh", form(1, points))
        assert (status, "dòng 2" in text, wrong in text) == (422, True, True)
    assert desk.trail()[0][1] == ActKind.TAKE_SCORES
    assert hand_in(desk, "nop-tham-dinh", form(1, 0.5, "Chậm báo cáo"))[0] == 200
    assert desk.trail()[0][:2] == (NAME, ActKind.APPRAISE)


def test_a_unit_is_left_out_of_an_award_with_a_reason_and_the_proposal_is_taken_as_word(desk: Desk) -> None:
    act(desk, "chon", 422, giai="communes-merit", ten_don_vi="UBND xã Bình An", khong="on")
    reason = "Có khiếu nại đang xem xét"
    act(desk, "chon", giai="communes-merit", ten_don_vi="UBND xã Bình An", khong="on", ly_do_rieng=reason)
    assert desk.trail()[0] == (NAME, ActKind.PROPOSE_AWARD, reason)
    link = "to-trinh?bo=communes&nam=2023&cua=bb&giai=communes-merit"
    assert link.replace("&", "&amp;")[:20] in desk.client.get(ASKED).text
    data = desk.client.get(PAGE + link).content
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    assert "TỜ TRÌNH" in text
    assert "Bằng khen của Chủ tịch UBND tỉnh" in text
    assert desk.client.get(f"{PAGE}to-trinh?bo=communes&nam=2023&cua=bb&giai=no").status_code == 404


def test_every_unit_is_sent_its_form_until_a_day_that_is_still_to_come(desk: Desk) -> None:
    assert "Đề nghị ghi ngày cuối cùng" in act(desk, "gui-bieu", 422)
    assert "không được trước hôm nay" in act(desk, "gui-bieu", 422, den_ngay="2023-12-19")
    act(desk, "gui-bieu", den_ngay="2023-12-25")
    assert desk.trail()[0][:2] == (NAME, ActKind.SEND_SCORE_FORMS)
    assert "Tự chấm điểm, gửi trước khi hết ngày 25/12/2023" in desk.page("/thu/")
