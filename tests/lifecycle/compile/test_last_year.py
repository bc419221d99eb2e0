"""The same period a year before stands beside, of the units from which those of now come."""

from __future__ import annotations

from datetime import date

from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, owe
from tests.lifecycle.compile.reports import COMMUNES, compiled, last_year, line_of, send_in, sheet, words

from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Succession, Unit, UnitKind
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.units import save_units


def test_last_years_figures_stand_beside_with_the_change(office: Office) -> None:
    for unit, count in ((BINH_AN, 10), (HOA_THANG, 20), (CHO_LAU, 12)):
        last_year(office, unit, dialogues=count, plan_share_done=80, tasks_planned=10, tasks_done=8)
        values: dict[str, Value] = {"plan_share_done": 90, "tasks_planned": 10, "tasks_done": 9, "video_clips": 1}
        send_in(office, unit, {"dialogues": count + 3, **values})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[3:] == [
        "51",
        "42",
        "tăng 9 (21,43%)",
        "",
    ]
    assert line_of(office, "Tỷ lệ hoàn thành kế hoạch")[3:] == ["90", "80", "tăng 10 điểm %", ""]
    assert line_of(office, "Đã ban hành kế hoạch triển khai")[3:] == ["100%", "100%", "không đổi", ""]
    assert line_of(office, "Số video clip tuyên truyền")[3:] == ["3", "không có số liệu", "", ""]
    assert "Số liệu cùng kỳ năm trước (6 tháng đầu năm 2022) lấy từ báo cáo đã tiếp nhận của 3/3 đơn vị." in words(
        office
    )
    rows = {row[0]: row[5:] for row in sheet(office, "Tổng hợp")[4:]}
    assert rows["dialogues"] == [42, 3, 9, 21.4, ""]
    assert rows["plan_share_done"] == [80, 3, 10, "", ""]
    assert rows["plan_number"][:2] == ["", 0]


def test_every_figure_of_both_years_is_traced_to_its_paper(office: Office) -> None:
    last_year(office, BINH_AN, dialogues=10)
    send_in(office, BINH_AN, {"dialogues": 12})
    compiled(office)
    assert [(row[2], row[0], row[5]) for row in sheet(office, "Nguồn số liệu")[1:]] == [
        ("6 tháng đầu năm 2023", 1, "10/6/2023"),
        ("6 tháng đầu năm 2022", 1, "10/6/2022"),
    ]
    for name, count in (("Từng đơn vị", 12), ("Cùng kỳ năm trước", 10)):
        head, row, *_ = sheet(office, name)
        assert (row[0], row[head.index("Số cuộc đối thoại với người dân, doanh nghiệp")]) == (1, count)


def test_nothing_known_of_last_year_is_said(office: Office) -> None:
    send_in(office, BINH_AN)
    compiled(office)
    assert "Không có số liệu cùng kỳ năm trước (6 tháng đầu năm 2022) nên chưa so sánh được." in words(office)
    assert "| Số liệu | Ghi chú" in words(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:] == ["1/3 đơn vị"]


def test_what_was_nothing_a_year_ago_has_no_per_cent(office: Office) -> None:
    last_year(office, BINH_AN, dialogues=0)
    send_in(office, BINH_AN, {"dialogues": 4})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:6] == ["0", "tăng 4"]


def test_where_other_units_reported_then_the_change_is_marked(office: Office) -> None:
    for unit in COMMUNES:
        last_year(office, unit, dialogues=10)
    send_in(office, BINH_AN, {"dialogues": 12})
    send_in(office, HOA_THANG, {"dialogues": 12})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:6] == ["30", "giảm 6 (20%) (*)"]
    assert "(*) Các đơn vị có số liệu ở hai kỳ không như nhau" in words(office)


def test_a_merged_commune_is_held_against_its_forebears_and_a_part_against_nothing(office: Office) -> None:
    old = [Unit(name, f"xã {name}", UnitKind.COMMUNE, 3, "bb", valid_to=date(2023, 2, 28)) for name in "ABCD"]
    new = Unit("bb-moi", "xã Mới", UnitKind.COMMUNE, 3, "bb", valid_from=date(2023, 3, 1))
    with office.store.write() as connection:
        links = [Succession(unit.id, new.id, unit.id != "D") for unit in old]
        save_units(connection, [*old, new], links)
    for unit, count in zip(old, (10, 20, 30, 500), strict=True):
        last_year(office, unit, dialogues=count)
    owe(office.store, new, Item.REPORT, "2023-H1", "2023-06-16", plan_id=1)
    send_in(office, new, {"dialogues": 66})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:6] == ["60", "tăng 6 (10%) (*)"]
    assert "là các đơn vị trước khi sắp xếp của 4 đơn vị kỳ này" in words(office)
    assert "Chưa tính số liệu của xã D: chỉ một phần thuộc các đơn vị kỳ này" in words(office)
    assert "Số liệu cùng kỳ gồm của: UBND xã A, UBND xã B, UBND xã C." in words(office)
    assert "Chưa có báo cáo kỳ đó của: UBND xã Bình An, UBND thị trấn Chợ Lầu, UBND xã Hòa Thắng." in words(office)


def test_a_commune_that_was_split_among_them_counts_once(office: Office) -> None:
    old = Unit("A", "xã A", UnitKind.COMMUNE, 3, "bb", valid_to=date(2023, 2, 28))
    new = [Unit(f"bb-{name}", f"xã {name}", UnitKind.COMMUNE, 3, "bb", valid_from=date(2023, 3, 1)) for name in "xy"]
    with office.store.write() as connection:
        save_units(connection, [old, *new], [Succession(old.id, unit.id, whole=False) for unit in new])
    last_year(office, old, dialogues=10)
    for unit in new:
        owe(office.store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=1)
        send_in(office, unit, {"dialogues": 6})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:6] == ["10", "tăng 2 (20%)"]
    assert line_of(office, "Kinh phí đã sử dụng")[3] == "Chưa có số liệu"


def test_figures_of_last_year_that_come_in_later_make_a_new_version_when_asked(office: Office) -> None:
    send_in(office, BINH_AN)
    compiled(office)
    last_year(office, BINH_AN)
    assert (compiled(office).version, compiled(office).new) == (2, False)
