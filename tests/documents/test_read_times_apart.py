"""A duty's day in another place than the duty, two days for one duty, and what is no duty at all."""

from __future__ import annotations

import pytest
from tests.documents.plan_texts import Plan
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.read import Block, read_blocks, read_plan
from plan_lifecycle.documents.read._agents import address_of, owing_in
from plan_lifecycle.documents.read._apart import apart
from plan_lifecycle.documents.read._assemble import assemble
from plan_lifecycle.documents.read._when import times_in
from plan_lifecycle.domain.plan import Plan as ReadPlan

ALL = "Các sở, ban, ngành và UBND các huyện"
OWN_PLAN = f"1. {ALL} xây dựng kế hoạch của đơn vị mình để thực hiện."
REPORTS = f"1. {ALL} báo cáo kết quả 6 tháng, năm về UBND tỉnh (qua Sở Nội vụ)."


def plan_of(*lines: str, about: str = "Cải cách hành chính năm 2023") -> ReadPlan:
    return read_plan(Plan().head(abstract=about).text("III. TỔ CHỨC THỰC HIỆN", *lines).end().data)


def due(plan: ReadPlan) -> list[tuple[str, list[str]]]:
    return [(duty.item.value, [str(d) for d in duty.deadline.due] if duty.deadline else []) for duty in plan.reporting]


def asked(plan: ReadPlan) -> list[tuple[str, str]]:
    return [(point.field, point.phrase) for point in plan.open_points if point.field != "activities"]


@pytest.mark.parametrize(
    "lines",
    [
        (f"{OWN_PLAN} Thời gian hoàn thành ban hành kế hoạch chậm nhất là ngày 14/02/2023.",),
        (f"{OWN_PLAN} Hoàn thành trước ngày 15/02/2023.",),
        (f"{OWN_PLAN} (Thời hạn hoàn thành: trước ngày 15/02/2023)",),
        (f"{OWN_PLAN} Kế hoạch gửi về Sở Nội vụ trước ngày 15/02/2023 để theo dõi.",),
        (OWN_PLAN, "Thời hạn: trước ngày 15/02/2023."),
        (OWN_PLAN, "2. Sở Nội vụ đôn đốc.", "3. Kế hoạch của các đơn vị ban hành chậm nhất ngày 14/02/2023."),
        (OWN_PLAN, f"2. Thời gian ban hành kế hoạch của {ALL}: chậm nhất ngày 14/02/2023."),
        (f"1. {ALL} xây dựng kế hoạch để thực hiện (kế hoạch ban hành trước ngày 15/02/2023).",),
        (f"1. {ALL} ban hành kế hoạch triển khai; thời gian hoàn thành: trước ngày 15/02/2023.",),
        (f"1. Căn cứ Kế hoạch số 36/KH-UBND ngày 11/02/2023, {ALL} ban hành kế hoạch trước ngày 15/02/2023.",),
    ],
)
def test_the_day_of_a_plan_may_stand_apart_from_it(lines: tuple[str, ...]) -> None:
    plan = plan_of(*lines)
    assert due(plan) == [("sub_plan", ["2023-02-14"])]
    assert asked(plan) == []


@pytest.mark.parametrize(
    "lines",
    [
        (f"{REPORTS} Thời hạn gửi báo cáo: 6 tháng trước ngày 20/6/2023, năm trước ngày 20/12/2023.",),
        (f"{REPORTS} Báo cáo 6 tháng gửi trước ngày 20/6, báo cáo năm gửi trước ngày 20/12.",),
        (REPORTS, "- Thời gian gửi báo cáo 6 tháng: trước ngày 20/6/2023; báo cáo năm: trước ngày 20/12/2023."),
        (f"{REPORTS} Thời gian gửi báo cáo trước ngày 20 của tháng cuối kỳ báo cáo.",),
    ],
)
def test_the_days_of_reports_may_stand_apart_from_them_and_each_duty_is_read_once(lines: tuple[str, ...]) -> None:
    plan = plan_of(*lines)
    assert due(plan) == [("report_h1", ["2023-06-19"]), ("report_year", ["2023-12-19"])]
    assert {(duty.addressee, duty.receiving_office) for duty in plan.reporting} == {("UBND tỉnh", "Sở Nội vụ")}
    assert asked(plan) == []


def test_a_yearly_report_takes_the_day_that_the_next_sentence_names() -> None:
    plan = plan_of(f"1. {ALL} báo cáo hằng năm về UBND tỉnh. Thời hạn gửi báo cáo trước ngày 15/12.")
    assert due(plan) == [("report_year", ["2023-12-14"])]


def test_of_two_days_the_narrower_holds_and_the_duty_says_so() -> None:
    plan = plan_of(
        f"1. {ALL} xây dựng kế hoạch trong Quý I/2023.",
        f"2. {ALL} xây dựng kế hoạch của đơn vị mình (kế hoạch ban hành trước ngày 15/02/2023).",
    )
    assert {tuple(days) for _, days in due(plan)} == {("2023-02-14",)}
    warnings = " ".join(warning for duty in plan.reporting if duty.deadline for warning in duty.deadline.warnings)
    assert "trong Quý I/2023" in warnings
    assert asked(plan) == []


def test_two_days_in_one_sentence_are_held_against_each_other() -> None:
    plan = plan_of(f"1. {ALL} xây dựng kế hoạch trong Quý I/2023 để thực hiện (ban hành trước ngày 15/02/2023).")
    assert due(plan) == [("sub_plan", ["2023-02-14"])]
    assert plan.reporting[0].deadline is not None
    assert "trong Quý I/2023" in plan.reporting[0].deadline.warnings[0]


def test_two_days_that_are_equally_narrow_are_put_to_a_person() -> None:
    plan = plan_of(
        f"1. {ALL} ban hành kế hoạch của đơn vị mình trước ngày 15/02/2023.",
        f"2. {ALL} ban hành kế hoạch trước ngày 20/02/2023.",
    )
    assert asked(plan) == [("deadline", "trước ngày 15/02/2023"), ("deadline", "trước ngày 20/02/2023")]


def test_plans_of_two_topics_have_each_their_own_day_and_the_second_is_asked_about() -> None:
    plan = plan_of(
        f"1. {ALL} ban hành kế hoạch của đơn vị mình trước ngày 15/02/2023.",
        f"2. {ALL} ban hành kế hoạch tuyên truyền của đơn vị mình trước ngày 20/02/2023.",
    )
    assert [days for _, days in due(plan)] == [["2023-02-14"], ["2023-02-19"]]
    assert asked(plan) == [("audience", ALL)]


@pytest.mark.parametrize(
    "line",
    [
        f"1. {ALL} báo cáo kết quả (lồng ghép trong báo cáo CCHC định kỳ) gửi UBND tỉnh trước ngày 20/12/2023.",
        f"1. {ALL} báo cáo UBND tỉnh kết quả, được lồng ghép trong báo cáo CCHC định kỳ theo hướng dẫn.",
        "1. Sở Nội vụ phối hợp với các sở xây dựng kế hoạch tổ chức Cuộc thi (nội dung, thể lệ, kinh phí).",
        "1. Sở Nội vụ tiếp nhận, tổng hợp báo cáo gửi về Sở Nội vụ.",
    ],
)
def test_what_is_folded_in_or_owed_to_oneself_is_no_duty(line: str) -> None:
    assert due(plan_of(line)) == []


def test_the_year_of_something_else_in_the_sentence_makes_no_yearly_report() -> None:
    plan = plan_of(
        "1. Đài Phát thanh",
        "- Định kỳ báo cáo kết quả gửi về Sở Nội vụ để tổng hợp báo cáo UBND tỉnh và xác định Chỉ số CCHC của tỉnh "
        "hằng năm.",
    )
    assert [duty.item.value for duty in plan.reporting] == ["report"]


def test_who_is_urged_to_report_owes_the_report() -> None:
    plan = plan_of("1. Sở Nội vụ", "- Đôn đốc các sở, ban, ngành báo cáo về Sở Nội vụ trước ngày 15/12/2023.")
    assert [(duty.audience, duty.addressee) for duty in plan.reporting] == [("các sở, ban, ngành", "Sở Nội vụ")]


def test_a_day_for_sending_something_else_is_asked_about() -> None:
    plan = plan_of(f"1. {ALL} lập hồ sơ khen thưởng gửi về Sở Nội vụ trước ngày 15/02/2024.")
    assert ("reporting", "trước ngày 15/02/2024") in asked(plan)


def test_a_plan_that_several_draw_up_by_a_day_is_nobodys_own_and_is_asked_about() -> None:
    plan = plan_of("1. Giao Sở Nội vụ chủ trì, phối hợp với các sở xây dựng kế hoạch của tỉnh trước ngày 15/02/2023.")
    assert due(plan) == []
    assert ("reporting", "trước ngày 15/02/2023") in asked(plan)


def test_a_plan_without_duties_says_how_much_it_read_and_asks() -> None:
    rows = [["STT", "Nội dung", "Chủ trì", "Thời gian"], ["1", "Treo băng rôn", "Phòng Nội vụ", "Quý II/2023"]]
    plan = read_plan(Plan().head().text("I. NHIỆM VỤ").table(rows).end().data)
    (point,) = plan.open_points
    assert (point.field, point.reason.split(",")[0]) == ("reporting", "Đọc được 1 nhiệm vụ")


def test_a_task_that_has_its_own_time_is_no_time_of_a_duty() -> None:
    assert apart("Thời gian thực hiện: Quý II/2023") is None
    assert apart("Thời gian tổ chức phong trào thi đua: từ tháng 3/2023") is None
    assert apart(f"{ALL} báo cáo trước ngày 15/12/2023") is None


@pytest.mark.parametrize("word", ["Thời hạn gửi báo cáo ", "trước ngày 15/6 ", "kế hoạch, ", "(hoàn thành "])
def test_a_sentence_is_read_in_time_that_grows_with_its_length(word: str) -> None:
    small, large = (word * 600)[:600], (word * 600 * TIMES)[: 600 * TIMES]
    for read in (address_of, times_in, owing_in):
        assert growth(read, small, large) < LINEAR


def test_a_plan_of_many_duties_is_read_in_time_that_grows_with_their_number() -> None:
    def blocks(number: int) -> list[Block]:
        lines = [
            f"{at % 90 + 1}. UBND huyện số {at} báo cáo 6 tháng, năm về UBND tỉnh trước ngày 20 của tháng cuối kỳ; "
            f"ban hành kế hoạch của đơn vị mình trước ngày 1{at % 9}/3/2023."
            for at in range(number)
        ]
        return read_blocks(Plan().head().text("III. TỔ CHỨC THỰC HIỆN", *lines).end().data)

    assert growth(assemble, blocks(30), blocks(30 * TIMES)) < LINEAR
