"""What the store knows of a unit's plan is not overridden by what the unit types, and a contradiction is told."""

from __future__ import annotations

from datetime import date

from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, arrival, day, owe, plan_file
from tests.fakes import FakeChannel
from tests.lifecycle.compile.reports import compiled, send_in, sheet, text

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office


def test_an_accepted_plan_is_believed_before_what_a_report_says_of_it(district: Office) -> None:
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(district.store, unit, Item.SUB_PLAN, "2023", "2023-02-28", plan_id=1)
    came = arrival(plan_file(), BINH_AN, key="plan")
    assert collect(district, [FakeChannel([came])], day("2023-02-20")).accepted == 1
    send_in(district, BINH_AN, {"plan_issued": False, "plan_number": "99/KH-UBND", "plan_date": date(2023, 3, 1)})
    send_in(district, HOA_THANG, {"plan_issued": True})
    compiled(district)
    rows = {str(row[1]): row for row in sheet(district, "Từng đơn vị")}
    said = [str(cell) for cell in rows["UBND xã Bình An"]]
    assert "99/KH-UBND" not in said
    assert any("KH-UBND" in cell for cell in said)
    doubts = {row[1]: row[2] for row in sheet(district, "Cần xem lại")}
    assert str(doubts["UBND xã Bình An"]).startswith(
        "Kế hoạch triển khai: báo cáo ghi chưa ban hành, số 99/KH-UBND, ngày 01/3/2023; lấy theo kế hoạch đã tiếp nhận"
    )
    assert "chưa có kế hoạch nào của đơn vị được tiếp nhận" in str(doubts["UBND xã Hòa Thắng"])
    assert (
        "Đến ngày 19/6/2023, đã tiếp nhận kế hoạch triển khai của 01/03 cơ quan, đơn vị; trong đó đúng thời hạn 01."
        in text(district)
    )


def test_a_sentence_tells_the_state_of_its_date(district: Office) -> None:
    send_in(district, BINH_AN, {})
    compiled(district)
    assert "Đến hết ngày 16/6/2023, UBND huyện Bắc Bình đã nhận báo cáo của 01/03" in text(district)
    send_in(district, HOA_THANG, {}, "2023-06-20")
    compiled(district, "2023-06-21")
    assert "Đến ngày 21/6/2023, UBND huyện Bắc Bình đã nhận báo cáo của 02/03" in text(district)
