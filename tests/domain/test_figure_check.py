"""Figures that can each be read are held against each other, against the last period and against their evidence."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.figure_check import (
    Background,
    FigureFinding,
    Known,
    check_figures,
    evidence_links,
)
from plan_lifecycle.domain.indicator import (
    Checks,
    Evidence,
    FigureRule,
    Indicator,
    IndicatorType,
    Jump,
    RollUp,
    Value,
)

SITE = "https://binhan.example.vn/cchc"


def counted(code: str, name: str, checks: Checks, kind: IndicatorType = IndicatorType.COUNT) -> Indicator:
    return Indicator(code, name, "tin, bài", kind, RollUp.SUM, (3,), checks=checks)


INDICATORS = (
    counted("all", "Tổng số tin", Checks(parts=("web", "radio"))),
    counted("web", "Tin trên trang", Checks(cumulative=True, jump=Jump(5, 50), evidence=Evidence.LINKS)),
    counted("radio", "Tin phát thanh", Checks()),
    counted("planned", "Nhiệm vụ", Checks()),
    counted("done", "Đã làm", Checks(at_most="planned")),
    counted("share", "Tỷ lệ", Checks(share_of=("done", "planned")), IndicatorType.RATIO),
    counted("money", "Kinh phí", Checks(parts=("local", "central")), IndicatorType.MONEY),
    counted("local", "Xã", Checks(), IndicatorType.MONEY),
    counted("central", "Huyện", Checks(), IndicatorType.MONEY),
    counted("score", "Điểm", Checks(jump=Jump(by=10)), IndicatorType.SCORE),
    counted("decided", "Đã ban hành", Checks(evidence=Evidence.DOCUMENT), IndicatorType.BOOLEAN),
)


def found(background: Background | None = None, evidence: str = "kèm theo", **values: Value) -> list[FigureFinding]:
    given = {code: Figure(code, value, evidence) for code, value in values.items()}
    return check_figures(INDICATORS, given, background or Background())


def before(**values: Value) -> Background:
    return Background(before=Known("6 tháng đầu năm 2022", values))


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({"all": 30, "web": 20, "radio": 10}, []),
        ({"all": 31, "web": 20, "radio": 10}, [FigureRule.PARTS]),
        ({"all": 29, "web": 20, "radio": 10}, [FigureRule.PARTS]),
        ({"all": 30, "web": 20}, []),  # radio is missing: the total may well be right
        ({"all": 19, "web": 20}, [FigureRule.PARTS]),
        ({"all": 30}, []),
        ({"web": 20, "radio": 10}, []),
        ({"money": 0.3, "local": 0.1, "central": 0.2}, []),
        ({"done": 10, "planned": 10}, []),
        ({"done": 11, "planned": 10}, [FigureRule.AT_MOST]),
        ({"done": 11}, []),
        ({"share": 80, "done": 8, "planned": 10}, []),
        ({"share": 66.7, "done": 2, "planned": 3}, []),
        ({"share": 90, "done": 8, "planned": 10}, [FigureRule.SHARE_OF]),
        ({"share": 90, "done": 0, "planned": 0}, []),
    ],
)
def test_figures_of_one_report_agree(values: dict[str, Value], rules: list[FigureRule]) -> None:
    assert [each.rule for each in found(**values)] == rules


def test_a_part_above_its_whole_has_to_be_put_right_and_is_said_with_both_figures() -> None:
    (finding,) = found(done=1200, planned=10)
    assert finding.blocks
    assert finding.text == "“Đã làm” là 1.200, lớn hơn “Nhiệm vụ” (10); đề nghị kiểm tra lại hai số liệu."
    assert finding.beside.startswith("Là 1.200, lớn hơn")


def test_a_sum_is_written_out() -> None:
    (finding,) = found(all=31, web=20, radio=10)
    assert "là 31, khác tổng các chỉ tiêu thành phần (20 + 10 = 30)" in finding.text


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [
        (260, 52, "tăng 5 lần"),
        (1000, 3, "tăng 333,3 lần"),
        (52, 260, "giảm 5 lần"),
        (60, 0, "tăng nhiều"),
        (259, 52, None),  # below the factor
        (50, 5, None),  # ten times, but few
        (52, 52, None),
    ],
)
def test_a_leap_from_the_last_period_is_to_be_looked_at_again(now: int, then: int, told: str | None) -> None:
    leaps = [each for each in found(before(web=then), web=now) if each.rule is FigureRule.JUMP]
    assert [told in each.text for each in leaps] == ([True] if told else [])
    for each in leaps:
        assert not each.blocks
        assert each.text.startswith("Cần xem lại: “Tin trên trang” là ")
        assert "kỳ trước (6 tháng đầu năm 2022)" in each.text


def test_what_the_unit_gives_a_reason_for_was_looked_at() -> None:
    known = Background(Known("năm 2022", {"web": 3}), (Known("6 tháng đầu năm 2023", {"web": 2000}),))
    assert {each.rule for each in found(known, web=1000)} == {FigureRule.JUMP, FigureRule.CUMULATIVE}
    assert found(known, "Danh sách kèm theo; lý do: mở chuyên trang mới từ tháng 3", web=1000) == []


def test_a_score_leaps_by_points() -> None:
    assert [each.rule for each in found(before(score=60.0), score=80.5)] == [FigureRule.JUMP]
    assert found(before(score=60.0), score=69.5) == []


def test_what_is_counted_from_the_beginning_of_the_year_does_not_become_less() -> None:
    half = Background(within=(Known("6 tháng đầu năm 2023", {"web": 31}),))
    (finding,) = found(half, web=20)
    assert (finding.rule, finding.blocks) == (FigureRule.CUMULATIVE, False)
    assert "nhỏ hơn số liệu 6 tháng đầu năm 2023 (31)" in finding.text
    assert found(half, web=31) == []
    assert found(half, radio=20) == []


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ("", "chưa có minh chứng"),
        ("ước thực hiện", "chưa có minh chứng"),
        ("đã đăng đủ", "chưa có minh chứng"),
        (f"{SITE}/1", "mới có 01 đường dẫn"),
        (f"{SITE}/1 {SITE}/1#a {SITE}/1/ http://www.binhan.example.vn/cchc/1", "mới có 01 đường dẫn"),
        (f"{SITE}/1; {SITE}/2", "mới có 02 đường dẫn"),
        (f"{SITE}/1,{SITE}/2,{SITE}/3.", None),
        (f"{SITE}/1\n{SITE}/2\nwww.binhan.example.vn/3", None),
        ("Danh sách kèm theo Báo cáo số 45/BC-UBND", None),
    ],
)
def test_a_quota_needs_a_link_for_every_item_or_a_list(evidence: str, told: str | None) -> None:
    findings = found(evidence=evidence, web=3)
    assert [(each.rule, each.blocks) for each in findings] == ([(FigureRule.EVIDENCE, False)] if told else [])
    assert told is None or told in findings[0].text


def test_links_elsewhere_in_the_file_and_items_that_were_counted_are_evidence_too() -> None:
    listed = Background(links=evidence_links([f"{SITE}/{n}" for n in range(3)]))
    assert found(listed, "", web=3) == []
    assert found(Background(published={"web": 3}), "", web=3) == []
    assert len(found(Background(published={"web": 2}), "", web=3)) == 1


def test_nothing_needs_no_evidence() -> None:
    assert found(evidence="", web=0, decided=False) == []
    assert [each.rule for each in found(evidence="", decided=True)] == [FigureRule.EVIDENCE]


@pytest.mark.parametrize("strange", ["nhiều", True, date(2023, 1, 5)])
def test_what_is_no_number_is_held_against_nothing(strange: Value) -> None:
    background = Background(Known("", {"web": strange}), (Known("", {"web": strange}),))
    assert found(background, web=strange, all=strange, done=strange, planned=10, share=strange) == []


def test_an_address_that_is_none_still_counts_once() -> None:
    assert len(evidence_links(["http://[::1 http://[::1"])) == 1
