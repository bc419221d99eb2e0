"""What is typed into the form is read field by field, and becomes the unit's own report for its leader to sign."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import BINH_AN, DEPARTMENT, DISTRICT, PROVINCE, UNITS, day, fill, make_office, plan_row, rules

from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.figure_check import Background, Known
from plan_lifecycle.domain.indicator import Checks, FigureRule, Indicator, IndicatorType, RollUp
from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.portal import Asked, Filled, asked_of, own_report, read_fields
from plan_lifecycle.lifecycle.portal._form import AskedForm
from plan_lifecycle.lifecycle.portal._page import Owed
from plan_lifecycle.mail.contexts import PlanRef
from plan_lifecycle.store.engine import Store

TODAY = date(2023, 6, 10)
NEWS = Indicator("news", "Số tin, bài", "tin, bài", IndicatorType.COUNT, RollUp.SUM, (3,), required=True)
PRINTED = Indicator(
    "printed", "Trong đó: báo in", "bài", IndicatorType.COUNT, RollUp.SUM, (3,), checks=Checks(at_most="news")
)
STORY = Indicator("story", "Mô hình", "", IndicatorType.TEXT, RollUp.LIST, (3,), required=True)
GROWS = Indicator(
    "news", "Số tin, bài", "tin, bài", IndicatorType.COUNT, RollUp.SUM, (3,), checks=Checks(cumulative=True)
)
ALL = (NEWS, PRINTED, STORY)
ASKED = Asked(
    rules().profile_of(),
    ALL,
    (AskedForm("Biểu", tuple((str(number), one) for number, one in enumerate(ALL, start=1))),),
    (),
)


def test_each_field_is_read_with_its_note() -> None:
    typed = {"v_news": " 1.250 ", "e_news": " https://a.vn ", "u_news": "1", "v_story": "Ngày thứ năm"}
    found = read_fields(ALL, typed)
    assert found.figures == {
        "news": Figure("news", 1250, "https://a.vn", estimate=True),
        "story": Figure("story", "Ngày thứ năm"),
    }
    assert found.notes == {"news": "ước thực hiện; https://a.vn", "printed": "", "story": ""}
    assert (found.findings, found.doubts) == ({}, {})


@pytest.mark.parametrize("typed", ["", "  ", "…"])
def test_what_is_required_and_empty_is_said_in_its_own_words(typed: str) -> None:
    found = read_fields(ALL, {"v_news": typed, "v_story": typed, "e_news": "Công văn số 5"})
    assert found.figures == {}
    assert found.findings == {
        "news": "Chưa có số liệu; chưa phát sinh thì ghi 0.",
        "story": "Chưa có nội dung.",
    }
    assert found.notes["news"] == "Công văn số 5"


def test_what_cannot_be_read_is_said_beside_its_field_without_repeating_its_name() -> None:
    found = read_fields(ALL, {"v_news": "chừng 30", "v_story": "x"})
    assert found.figures.keys() == {"story"}
    assert set(found.findings) == {"news"}
    assert not found.findings["news"].startswith("Số tin, bài")


def test_what_cannot_be_read_is_taken_home_as_it_was_typed() -> None:
    found = read_fields(ALL, {"v_news": "chừng 30", "e_news": "chưa có, chờ huyện", "v_story": "x"})
    assert (found.unread, found.unknown) == ({"news": "chừng 30"}, set())


@pytest.mark.parametrize("typed", ["ước 12", "12 (ước)"])
def test_an_estimate_may_be_told_beside_the_number_as_in_a_workbook(typed: str) -> None:
    found = read_fields(ALL, {"v_news": typed, "v_story": "x"})
    assert found.figures["news"] == Figure("news", 12, estimate=True)
    assert found.notes["news"] == "ước thực hiện"


def test_a_bare_share_of_one_per_cent_or_less_is_asked_about_before_it_is_handed_in() -> None:
    share = Indicator("share", "Tỷ lệ", "%", IndicatorType.RATIO, RollUp.MEAN, (3,))
    assert "là 0,5% hay 50%" in read_fields((share,), {"v_share": "0,5"}).findings["share"]
    assert read_fields((share,), {"v_share": "0,5%"}).figures["share"].value == 0.5


def test_figures_that_contradict_each_other_are_said_beside_their_field() -> None:
    found = read_fields(ALL, {"v_news": "5", "v_printed": "6", "v_story": "x"})
    assert set(found.findings) == {"printed"}
    assert read_fields(ALL, {"v_news": "5", "v_printed": "5", "v_story": "x"}).findings == {}


def test_what_only_looks_odd_is_a_doubt_and_no_finding() -> None:
    earlier = Background(within=(Known("6 tháng đầu năm 2023", {"news": 10}),))
    found = read_fields((GROWS,), {"v_news": "9"}, earlier)
    assert (found.findings, set(found.doubts)) == ({}, {"news"})
    assert FigureRule.CUMULATIVE not in GROWS.checks.blocking
    assert read_fields((GROWS,), {"v_news": "10"}, earlier).doubts == {}


@pytest.mark.parametrize(
    "typed", [{"v_news": "-"}, {"v_news": "chưa có"}, {"k_news": "1"}], ids=["a dash", "in words", "a tick"]
)
def test_what_is_not_known_yet_needs_a_reason_and_goes_into_the_paper(typed: dict[str, str]) -> None:
    given = {**typed, "v_story": "x", "e_news": "chờ số liệu của thuế"}
    found = read_fields(ALL, given)
    assert (found.unknown, found.findings, set(found.figures)) == ({"news"}, {}, {"story"})
    without = read_fields(ALL, {**given, "e_news": ""})
    assert set(without.findings) == {"news"}


def owed_by(unit: Unit = BINH_AN, receiver: Unit = DISTRICT, plan: PlanRef | None = None) -> Owed:
    obligation = Obligation(
        1, unit.id, receiver.id, Item.REPORT, "2023-H1", "…", "trước ngày 17/6/2023", Basis.RECEIPT, date(2023, 6, 16)
    )
    return Owed(obligation, unit, f"UBND {unit.name}", receiver, "Phòng Nội vụ", plan, TODAY)


def test_the_report_has_what_was_filled_in_and_leaves_the_rest_open(store: Store) -> None:
    fill(store)
    tree = UnitTree.on(TODAY, UNITS)
    filled = Filled({"news": Figure("news", 1250)}, {"news": "https://a.vn", "printed": "chưa có"}, {}, {})
    plan = PlanRef("15/KH-UBND", date(2023, 2, 10), "UBND huyện Bắc Bình", "thông tin, tuyên truyền năm 2023")
    texts = {"t_channels_contests": " Đã làm. \n\n  \nKết quả tốt.", "t_outlook": "\n", "t_proposals": "Thêm kinh phí."}
    made = own_report(make_office(store), tree, owed_by(plan=plan), ASKED, filled, texts)
    assert [(row.ordinal, row.code, row.value, row.evidence) for table in made.tables for row in table.rows] == [
        ("1", "news", "1.250", "https://a.vn"),
        ("2", "printed", "", "chưa có"),
        ("3", "story", "", ""),
    ]
    assert [(part.label, part.heading, part.lines) for part in made.sections] == [
        ("I.", "KẾT QUẢ THÔNG TIN, TUYÊN TRUYỀN", ()),
        ("1.", "Cuộc thi tìm hiểu cải cách hành chính", ("Đã làm.", "Kết quả tốt.")),
        ("II.", "KIẾN NGHỊ, ĐỀ XUẤT", ("Thêm kinh phí.",)),
    ]
    assert made.figures_label == "III."
    assert (made.parent.reference, made.parent.issued_on) == ("15/KH-UBND", "10/02/2023")
    assert (made.data_from, made.data_to, made.head.number, made.signature.name) == ("15/12/2022", "14/6/2023", "", "")


def test_it_is_addressed_to_the_committee_through_its_coordinating_agency(store: Store) -> None:
    fill(store)
    tree, nothing = UnitTree.on(TODAY, UNITS), Filled({}, {}, {}, {})
    through = make_office(store, coordinating_agencies=frozenset({"Phòng Nội vụ"}))
    alone = make_office(store, coordinating_agencies=frozenset())
    assert own_report(through, tree, owed_by(), ASKED, nothing, {}).addressees == (
        "UBND huyện Bắc Bình (qua Phòng Nội vụ)",
    )
    assert own_report(alone, tree, owed_by(), ASKED, nothing, {}).addressees == ("UBND huyện Bắc Bình",)


def test_without_a_known_plan_room_is_left_to_cite_it(store: Store) -> None:
    fill(store)
    owed = owed_by(DEPARTMENT, PROVINCE)
    made = own_report(make_office(store), UnitTree.on(TODAY, UNITS), owed, ASKED, Filled({}, {}, {}, {}), {})
    assert (made.parent.reference, made.parent.issuer) == ("…", "UBND tỉnh Bình Thuận")


def test_a_plan_for_the_reform_asks_for_the_forms_and_headings_of_its_level(store: Store) -> None:
    fill(store)
    plan_row(store)
    plan = PlanRef("15/KH-UBND", date(2023, 2, 10), "UBND huyện Bắc Bình", "cải cách hành chính năm 2023")
    asked = asked_of(make_office(store), owed_by(plan=plan), UnitTree.on(TODAY, UNITS), day("2023-06-05"))
    assert asked.profile.code == "cchc"
    assert all(BINH_AN.level in indicator.levels for indicator in asked.indicators)
    assert sorted(one.code for form in asked.forms for _, one in form.rows) == sorted(
        one.code for one in asked.indicators
    )
    sections = [heading.section for heading in asked.headings]
    assert "direction_assigned" not in sections
    assert {"direction_acts", "procedures_one_stop", "outlook"} <= set(sections)
    (good,) = [heading for heading in asked.headings if heading.section == "assessment_good"]
    assert (good.name, good.label, good.above) == ("t_assessment_good", "III. 1.", "III. Đánh giá chung")
