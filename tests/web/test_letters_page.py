"""The page *Thư*: a planned letter is read, held, let go, sent now, or tried out on oneself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.factories import CHO_LAU, HOA_THANG, WALL, address, obligation_of
from tests.fakes import FakeMailer
from tests.lifecycle.remind.reminded import text_of
from tests.web.boards import HOME, MORNING, NAME, Desk, a_morning, board_of

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.lifecycle.remind import preview
from plan_lifecycle.lifecycle.send import send_outbox

PAGE = "/thu/"
ME = "hoa@binhthuan.example.vn"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The morning of 07/3: two communes are late and will be written to."""
    yield from a_morning(tmp_path)


def act(desk: Desk, what: str, status: int = 200, **fields: str | list[str]) -> str:
    """What the page says after a form of it was sent."""
    answer = desk.act(what, {"trang": "1", **fields}, page=PAGE)
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def ticks(desk: Desk) -> list[str]:
    """What the boxes of the planned letters stand for."""
    return [value.strip() for value in re.findall(r'name="ve" value="([^"]+)"', desk.page(PAGE))]


def planned(desk: Desk) -> set[str]:
    """Whom letters of the next days are planned to."""
    today = MORNING.date()
    return {letter.recipient for letter in preview(desk.office, today, today.replace(day=13), MORNING).letters}


def sent(desk: Desk) -> list[tuple[str, str]]:
    """Address and text of what leaves now."""
    mailer = FakeMailer()
    send_outbox(desk.office, mailer.connect, now=MORNING, wall=WALL, worker="b")
    return [(to, text_of(message)) for to, message in mailer.sent]


def test_a_planned_letter_is_read_and_sent_now_and_then_not_again_today(desk: Desk) -> None:
    owed = f"O{obligation_of(desk.office.store, HOA_THANG).id}"
    assert owed in ticks(desk)
    read = act(desk, "xem-thu", ve=[owed])
    assert "Kính gửi: UBND xã Hòa Thắng" in read
    assert "Chưa có thư nào được gửi." in read
    assert read.count(" checked>") >= 1
    assert sent(desk) == []
    assert "Đã ghi: Gửi lại thư (01). 01 thư chờ lần gửi tiếp theo." in act(desk, "gui-ngay", ve=[owed])
    assert [to for to, _ in sent(desk)] == [address(HOA_THANG)]
    assert "thư đã được gửi lại trong ngày 07/3/2023" in act(desk, "gui-ngay", 422, ve=[owed])
    assert "Chưa chọn văn bản nào." in act(desk, "gui-ngay", 422)


def test_a_letter_is_held_with_a_reason_until_a_day_and_let_go(desk: Desk) -> None:
    assert {address(HOA_THANG), address(CHO_LAU)} <= planned(desk)
    owed = f"O{obligation_of(desk.office.store, HOA_THANG).id}"
    refused = act(desk, "giu-lai", 422, ve=[owed])
    assert "den_ngay-thieu" in refused
    assert "ly_do_rieng-thieu" in refused
    held = act(desk, "giu-lai", ve=[owed], den_ngay="2023-03-20", ly_do_rieng="Đã gọi <i>điện</i>")
    assert f"UBND {HOA_THANG.name}</a>, thư về một nội dung: đang tạm dừng gửi thư đến hết ngày" in held
    assert "tạm dừng gửi thư đến hết ngày 20/3/2023: Đã gọi <i>điện</i>" in held
    assert planned(desk) & {address(HOA_THANG), address(CHO_LAU)} == {address(CHO_LAU)}
    assert f"(đ/c {NAME})" in act(desk, "giu-lai", 422, ve=[owed], den_ngay="2023-03-20", ly_do_rieng="Lại")
    assert "tạm dừng gửi thư đến hết ngày 20/3/2023" in act(desk, "gui-ngay", 422, ve=[owed])
    act(desk, "tiep-tuc", tam_dung="1", ly_do_rieng="Cho gửi thư trở lại.")
    assert {address(HOA_THANG), address(CHO_LAU)} <= planned(desk)
    assert [kind for _, kind, _ in desk.trail()] == [ActKind.RESUME_LETTERS, ActKind.PAUSE_LETTERS]


def test_a_letter_is_tried_out_on_oneself_and_no_unit_hears_of_it(desk: Desk) -> None:
    owed = f"O{obligation_of(desk.office.store, HOA_THANG).id}"
    assert act(desk, "gui-thu", 422, ve=[owed], email="hoa@")
    assert "Đã ghi: Gửi thư thử (01)" in act(desk, "gui-thu", ve=[owed], email=ME)
    ((to, text),) = sent(desk)
    assert to == ME
    assert "UBND xã Hòa Thắng" in text
    assert "https://" not in text


def test_whoever_only_looks_finds_no_box_and_is_refused(desk: Desk) -> None:
    looking = Desk(desk.office, TestClient(board_of(desk.office, MORNING, decide=False), base_url=HOME))
    assert 'name="ve"' not in looking.page(PAGE)
    assert looking.act("gui-ngay", {"ve": "O1"}, page=PAGE).status_code == 403
