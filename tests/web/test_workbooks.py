"""A unit's own workbook on the portal: what was left out and what is asked stands on the page, with its cell."""

from __future__ import annotations

from tests.documents.workbooks import DONE, GIVEN, PLANNED, SHARE, book, form
from tests.factories import obligation_of
from tests.web.conftest import World, text_of

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.review import waiting

NOW = form((PLANNED, 12), (DONE, 6), (GIVEN, 50_000_000, "đồng"))


def test_the_page_says_what_was_left_out_and_what_was_converted(world: World) -> None:
    data = book(("6T 2023", NOW), ("Sheet2", form((PLANNED, 84)), lambda sheet, _book: sheet.hide()))
    page = text_of(world.at(world.report).hand_in(("so-lieu.xlsx", data)))
    assert "trang “Sheet2” đang ẩn, có 1 số liệu không được tính" in page
    assert "Trang “6T 2023”, ô D4: “Kinh phí được giao” ghi 50.000.000 đồng, được tính là 50 triệu đồng." in page
    assert obligation_of(world.store, item=Item.REPORT, period="2023-H1").state is ObligationState.RECEIVED
    (listed,) = waiting(world.office, world.clock())
    assert any("trang “Sheet2” đang ẩn" in why for why in listed.why)


def test_the_page_asks_which_of_two_a_share_is(world: World) -> None:
    page = text_of(world.at(world.report).hand_in(("so-lieu.xlsx", book(("6T 2023", form((SHARE, 1)))))))
    assert "Trang “6T 2023”, ô D2: Tỷ lệ hoàn thành kế hoạch: giá trị 1; đề nghị xác nhận là 1% hay 100%" in page
