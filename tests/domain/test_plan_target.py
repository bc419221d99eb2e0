"""A plan's targets: found once each, linked to indicators where that is certain, held against what was reached."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import ROOT, district_plan, task

from plan_lifecycle.config.profiles import read_profiles
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.indicator import IndicatorType, RollUp
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan import Plan, Section
from plan_lifecycle.domain.plan_target import (
    OWN_MEASURES,
    PlanTarget,
    TargetResult,
    TargetRule,
    Verdict,
    indicators_for,
    meets,
    not_due,
    number_words,
    overall,
    rule_phrase,
    target_words,
    targets_of,
)
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.target import Target, read_target, target_clauses

REFORM, MOVEMENT, COMMUNICATION = read_profiles(ROOT / "config/profiles")


def targets(*lines: str) -> tuple[PlanTarget, ...]:
    part = Section("I", "Mục tiêu", lines)
    return targets_of(Plan(None, None, None, None, None, None, None, (), (2026,), (part,), (), (), ()))


def linked(text: str, kind: Profile = REFORM) -> tuple[str, ...] | None:
    shares = {
        one.code: one.type is IndicatorType.RATIO or one.roll_up is RollUp.SHARE for one in kind.indicators
    } | dict.fromkeys(OWN_MEASURES, True)
    return indicators_for(targets(text)[0], kind.targets, shares)


DEPARTMENTS, COMMUNES = "department_dossiers_share_in_time", "commune_dossiers_share_in_time"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Tối thiểu 98% hồ sơ thủ tục hành chính được giải quyết trước và đúng hạn.", (DEPARTMENTS, COMMUNES)),
        ("Tỷ lệ hồ sơ đúng hạn đạt từ 98% trở lên.", (DEPARTMENTS, COMMUNES)),
        ("Ít nhất 99% hồ sơ của UBND cấp xã được giải quyết đúng hạn.", (COMMUNES,)),
        ("Ít nhất 99% hồ sơ tại các sở, ngành được giải quyết đúng hạn.", (DEPARTMENTS,)),
        ("Ít nhất 99% hồ sơ tại các sở và UBND cấp xã được giải quyết đúng hạn.", (DEPARTMENTS, COMMUNES)),
        ("Tỷ lệ hồ sơ trực tuyến toàn trình đạt tối thiểu 80%.", ("full_dossiers_online_share",)),
        ("Giải ngân trên 90% kế hoạch vốn đầu tư công năm 2026.", ("investment_share_disbursed",)),
        ("100% hồ sơ thủ tục hành chính trễ hẹn thực hiện việc xin lỗi người dân.", None),
        ("80% các biểu mẫu báo cáo định kỳ được tạo từ biểu mẫu điện tử.", None),
    ],
)
def test_a_target_is_measured_by_the_indicators_that_its_words_name_or_asked(
    text: str, codes: tuple[str, ...] | None
) -> None:
    assert linked(text) == codes


def test_a_quota_is_measured_by_a_count_and_a_share_by_a_share() -> None:
    assert linked("Đăng ít nhất 05 tin, bài/tháng trên cổng thông tin điện tử.", COMMUNICATION) == ("news_items",)
    assert linked("Đăng ít nhất 90% tin, bài trên cổng thông tin điện tử.", COMMUNICATION) is None


def test_a_target_of_a_movement_is_measured_by_its_registered_tasks() -> None:
    assert linked("Hoàn thành 100% nhiệm vụ đăng ký thi đua.", MOVEMENT) == ("movement_share_done",)
    assert linked("Hoàn thành 100% nhiệm vụ đăng ký thi đua đúng thời hạn.", MOVEMENT) is None


def test_two_rules_that_disagree_are_a_question() -> None:
    rules = [TargetRule(("a",), ("hồ sơ",)), TargetRule(("b",), ("đúng hạn",))]
    assert indicators_for(targets("Ít nhất 98% hồ sơ đúng hạn")[0], rules, {"a": True, "b": True}) is None
    assert indicators_for(targets("Ít nhất 98% hồ sơ đúng hạn")[0], rules[:1], {"a": True}) == ("a",)


def test_a_sentence_with_two_targets_links_none_unless_it_parts() -> None:
    one, other = targets("Tối thiểu 98% hồ sơ được giải quyết đúng hạn. 100% hồ sơ trễ hẹn có thư xin lỗi.")
    assert (one.alone, other.alone) == (True, True)
    assert one.text != other.text
    both = targets("Tối thiểu 98% hồ sơ đúng hạn và 100% hồ sơ trễ hẹn có thư xin lỗi")
    assert [target.alone for target in both] == [False, False]
    rules = [TargetRule(("a",), (rule_phrase("đúng hạn"),))]
    assert [indicators_for(target, rules, {"a": True}) for target in both] == [None, None]


def test_parts_between_semicolons_are_sentences_of_their_own() -> None:
    clauses = dict(target_clauses("Số hóa đạt tối thiểu 80%; khai thác lại đạt tối thiểu 50%"))
    assert [found[0].value for found in clauses.values()] == [80, 50]


def test_what_a_task_repeats_of_an_objective_stands_once_with_both_places() -> None:
    objective = "Tỷ lệ số hóa hồ sơ, kết quả giải quyết thủ tục hành chính các cấp đạt tối thiểu 80%."
    one, other = targets(objective, "Tỷ lệ số hóa hồ sơ, kết quả giải quyết thủ tục hành chính đạt tối thiểu 80%",
                         "Tỷ lệ khai thác, sử dụng lại dữ liệu số hóa đạt tối thiểu 80%")  # fmt: skip
    assert (one.text, other.target.value) == (objective, 80)


def test_a_new_reading_of_a_plan_gives_each_target_the_same_key() -> None:
    data = (ROOT / "examples/lam-dong-2026/ke-hoach-cchc-9669.docx").read_bytes()
    first, again = (targets_of(read_plan(data, name="x")) for _ in range(2))
    assert len({target.key for target in first}) == len(first) > 15
    assert [target.key for target in again] == [target.key for target in first]


@pytest.mark.parametrize(
    ("phrase", "value", "enough"),
    [
        ("ít nhất 98%", 98, True),
        ("ít nhất 98%", 97.99, False),
        ("trên 90%", 90, False),
        ("trên 90%", 90.01, True),
        ("không quá 2%", 2, True),
        ("không quá 2%", 2.1, False),
        ("dưới 2%", 2, False),
        ("100%", 100, True),
        ("100%", 99.99, False),
        ("từ 80% trở lên", 80, True),
        ("tối thiểu 05 tin, bài", 4, False),
        ("70 - 80%", 75, True),
        ("70 - 80%", 85, True),
        ("70 - 80%", 69, False),
    ],
)
def test_a_value_is_held_against_the_number_above_below_or_between(phrase: str, value: float, enough: bool) -> None:
    target = read_target(phrase)
    assert target is not None
    assert meets(target, value) is enough


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("tối thiểu 98%", "≥ 98%"),
        ("trên 90,5%", "> 90,5%"),
        ("không quá 2%", "≤ 2%"),
        ("100%", "100%"),
        ("ít nhất 05 tin, bài/tháng", "≥ 05 tin, bài/tháng"),
        ("ít nhất 1.200 hồ sơ", "≥ 1.200 hồ sơ"),
    ],
)
def test_a_target_is_written_with_a_decimal_comma(phrase: str, words: str) -> None:
    target = read_target(phrase)
    assert target is not None
    assert target_words(target) == words


def test_numbers_are_written_as_in_vietnamese() -> None:
    assert [number_words(98.59), number_words(98.0), number_words(1200.5), number_words(5, padded=True)] == [
        "98,59", "98", "1.200,5", "05",
    ]  # fmt: skip


def test_one_result_below_is_enough_to_miss_a_target_and_all_are_needed_to_meet_it() -> None:
    def result(verdict: Verdict) -> TargetResult:
        return TargetResult("a", "A", "1", verdict)

    met, missed, unknown = map(result, (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN))
    assert overall([met, missed, unknown]) is Verdict.NOT_MET
    assert overall([met, unknown]) is Verdict.UNKNOWN
    assert overall([met, met]) is Verdict.MET
    assert overall([]) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("target", "due", "period", "early"),
    [
        (Target(">=", 1, per="year"), None, "2026-H1", True),
        (Target(">=", 1, per="year"), None, "2026", False),
        (Target(">=", 1, per="quarter"), None, "2026-H1", False),
        (Target(">=", 98, "%", is_ratio=True), None, "2026-H1", False),
        (Target(">=", 30, "%", is_ratio=True), date(2026, 9, 30), "2026-H1", True),
        (Target(">=", 30, "%", is_ratio=True), date(2026, 9, 30), "2026", False),
        (Target(">=", 30, "%", is_ratio=True), date(2026, 12, 31), "2026", False),
        (Target(">=", 30, "%", is_ratio=True), date(2027, 1, 31), "2026", True),
    ],
)
def test_short_of_a_target_before_its_day_is_not_yet_due(
    target: Target, due: date | None, period: str, early: bool
) -> None:
    one = PlanTarget("target-1", "Kiểm tra 30% xã", target, ("Mục I",), due=due)
    assert not_due(one, Period.parse(period)) is early


def test_a_target_has_the_day_of_its_task_or_of_the_year_that_its_sentence_ends_with() -> None:
    tasks = (
        task("1", "Kiểm tra ít nhất 30% xã, thị trấn", "Phòng Nội vụ", "Trước ngày 01/9/2023"),
        task("2", "Bảo đảm 98% hồ sơ đúng hạn", "Phòng Nội vụ", "Thường xuyên"),
        task("3", "Đến hết năm 100% xã có mạng nội bộ", "Phòng Nội vụ", "Thường xuyên"),
    )
    found = targets_of(read_plan(district_plan(activities=tasks), name="ke-hoach.docx"))
    assert [one.due for one in found if one.target.is_ratio] == [date(2023, 8, 31), None, date(2023, 12, 31)]


def of_sections(*sections: Section) -> list[str]:
    plan = Plan(None, None, None, None, None, None, None, (), (2026,), sections, (), (), ())
    return [one.text for one in targets_of(plan)]


@pytest.mark.parametrize(
    "heading",
    [
        "CHẤM ĐIỂM, KHEN THƯỞNG",
        "TIÊU CHUẨN, HÌNH THỨC, HỒ SƠ KHEN THƯỞNG",
        "Cách tính điểm thi đua",
        "Tiêu chí đánh giá, xếp hạng",
        "Thang điểm",
    ],
)
def test_rules_for_points_and_awards_set_no_targets(heading: str) -> None:
    below = Section("1", "Tập thể", ("Có ít nhất 01 mô hình, sáng kiến.",))
    rules = Section("V", heading, ("Hoàn thành 100% nhiệm vụ được giao.",), (below,))
    assert of_sections(rules) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hoàn thành 100% nhiệm vụ đăng ký: đạt điểm tối đa; từ 90% đến dưới 100%: tính theo tỷ lệ.",
        "Hoàn thành từ 95% nhiệm vụ trở lên: 10 điểm; dưới 95%: không chấm điểm.",
        "Tỷ lệ hồ sơ đúng hạn dưới 90% trừ 02 điểm.",
    ],
)
def test_a_sentence_that_says_how_points_are_given_sets_no_target(text: str) -> None:
    assert targets(text) == ()


def test_a_target_that_is_counted_in_points_or_stands_under_a_heading_of_targets_is_one() -> None:
    aims = Section("III", "CHỈ TIÊU THI ĐUA, KHEN THƯỞNG", ("Phấn đấu Chỉ số CCHC đạt từ 90 điểm trở lên.",))
    assert of_sections(aims) == ["Phấn đấu Chỉ số CCHC đạt từ 90 điểm trở lên."]


def test_a_numbered_sentence_that_stands_alone_under_its_number_is_read() -> None:
    alone = Section("2", "Phấn đấu mức độ hài lòng của người dân đạt tối thiểu 90%.", ())
    assert of_sections(Section("III", "CHỈ TIÊU", (), (alone,))) == [alone.title]
