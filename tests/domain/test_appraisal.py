"""A unit's sheet: what it claims, what is appraised, and what cannot be taken."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from plan_lifecycle.domain.appraisal import Amiss, Entry, Proposal, ScoreSheet, Side, amiss, proposal_of, read_points
from plan_lifecycle.domain.criteria import Criterion, Fact, Part, RankedGroup, Scale, Scheme
from plan_lifecycle.domain.unit import UnitKind

PLAN = Criterion("plan", "Kế hoạch đúng hạn", Decimal(4), Fact.PLANS_ON_TIME, Scale())
TASKS = Criterion("tasks", "Hoàn thành nhiệm vụ", Decimal(5), scale=Scale(least=Decimal(90)))
IDEAS = Criterion("ideas", "Sáng kiến", Decimal(1))
SCHEME = Scheme("xa", "Xã", (RankedGroup("Các xã", frozenset({UnitKind.COMMUNE})),), (Part("I", (PLAN, TASKS, IDEAS)),))


def points(text: str, **more: object) -> Entry:
    return Entry(Decimal(text), **more)  # type: ignore[arg-type]


NOT_APPLICABLE = Entry(None, applies=False, reason="Không có nhiệm vụ")


def test_only_what_was_appraised_counts_and_a_criterion_that_does_not_apply_lowers_the_maximum() -> None:
    sheet = ScoreSheet(
        SCHEME,
        "xa-a",
        {"plan": points("4"), "tasks": points("5")},
        {"plan": points("3"), "tasks": points("4.5"), "ideas": NOT_APPLICABLE},
    )
    score = sheet.score("Các xã", "xã A", ranked=True)
    assert (score.maximum, score.points, score.index) == (9, Decimal("7.5"), Fraction(750, 9))
    assert (sheet.points(Side.SELF), sheet.maximum(Side.SELF)) == (9, 10)


def test_a_unit_of_which_one_criterion_is_not_appraised_has_no_score_and_not_nothing() -> None:
    sheet = ScoreSheet(SCHEME, "xa-a", {}, {"plan": points("3"), "tasks": points("4")})
    score = sheet.score("Các xã", "xã A", ranked=True)
    assert (score.maximum, score.points, score.index) == (None, None, None)
    assert [one.code for one in sheet.unappraised()] == ["ideas"]


def test_a_unit_that_did_not_score_itself_is_told_from_one_that_gave_itself_nothing() -> None:
    silent, modest = ScoreSheet(SCHEME, "a"), ScoreSheet(SCHEME, "b", {"plan": points("0")})
    assert silent.points(Side.SELF) is None
    assert modest.points(Side.SELF) == 0
    assert [one.code for one in modest.unclaimed()] == ["tasks", "ideas"]


def test_what_a_unit_scored_again_after_the_appraisal_is_told() -> None:
    early, late = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 9, tzinfo=UTC)
    sheet = ScoreSheet(
        SCHEME,
        "a",
        {"plan": points("4", at=late), "tasks": points("5", at=late), "ideas": points("1", at=early)},
        {"plan": points("3", at=early), "tasks": points("5", at=early), "ideas": points("0", at=late)},
    )
    assert [one.code for one in sheet.overtaken()] == ["plan"]


def test_a_scale_proposes_points_from_what_was_to_be_done_and_was_done() -> None:
    proposal = proposal_of(TASKS, points("5", asked=20, done=19))
    assert isinstance(proposal, Proposal)
    assert proposal.points == Decimal("4.75")
    assert proposal.why.startswith("Hoàn thành 19/20 nhiệm vụ; ")
    assert proposal_of(TASKS, points("5")) is None
    assert proposal_of(TASKS, points("5", asked=0, done=0)) is None
    assert proposal_of(IDEAS, points("1", asked=2, done=2)) is None


@pytest.mark.parametrize(
    ("criterion", "entry", "found"),
    [
        (IDEAS, points("1"), []),
        (IDEAS, points("1.01"), [Amiss.BEYOND]),
        (IDEAS, points("-1"), [Amiss.NEGATIVE]),
        (IDEAS, Entry(None), [Amiss.NO_POINTS]),
        (IDEAS, Entry(Decimal(1), applies=False, reason="x"), [Amiss.BOTH]),
        (IDEAS, Entry(None, applies=False), [Amiss.NO_REASON]),
        (IDEAS, NOT_APPLICABLE, []),
        (TASKS, points("5"), [Amiss.NOT_COUNTED]),
        (TASKS, points("5", asked=0, done=0), [Amiss.NOT_COUNTED]),
        (TASKS, points("5", asked=10, done=9), []),
        (TASKS, points("5", asked=9, done=10), [Amiss.DONE_BEYOND]),
        (TASKS, NOT_APPLICABLE, []),
        (PLAN, points("4"), []),
    ],
)
def test_what_a_unit_says_is_checked(criterion: Criterion, entry: Entry, found: list[Amiss]) -> None:
    assert list(amiss(criterion, entry, Side.SELF)) == found


@pytest.mark.parametrize(
    ("entry", "claim", "found"),
    [
        (points("1"), points("1"), []),
        (points("0.5"), points("1"), [Amiss.NO_DIFFERENCE]),
        (points("0.5", reason="Chưa có minh chứng"), points("1"), []),
        (Entry(None, applies=False), points("1"), [Amiss.NO_DIFFERENCE]),
        (Entry(None, applies=False), NOT_APPLICABLE, []),
        (points("1"), NOT_APPLICABLE, [Amiss.NO_DIFFERENCE]),
        (points("0.5"), None, []),
        (Entry(None, applies=False), None, [Amiss.NO_REASON]),
        (points("2", reason="x"), points("1"), [Amiss.BEYOND]),
    ],
)
def test_an_appraisal_that_differs_owes_a_reason(entry: Entry, claim: Entry | None, found: list[Amiss]) -> None:
    assert list(amiss(IDEAS, entry, Side.APPRAISED, claim)) == found


@pytest.mark.parametrize(
    ("text", "number"), [("2,5", "2.5"), ("2.5", "2.5"), (" 3 ", "3"), ("-1", "-1"), ("0,1234", "0.1234"), ("4,", "4")]
)
def test_points_are_read_with_comma_or_point(text: str, number: str) -> None:
    assert read_points(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "x", "1.000,5", "1,2,3", "85%", "nan", "1e3", "0,12345", "٣", "-", "--1", "1" * 40]
)
def test_what_is_no_number_of_points_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_points(text)


def test_a_question_is_open_until_the_unit_says_something_new_or_it_is_settled() -> None:
    early, late = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 9, tzinfo=UTC)
    asked = {code: Entry(None, reason="Minh chứng?", at=early) for code in ("plan", "tasks", "ideas")}
    claims = {"plan": points("4", at=late), "tasks": points("5", at=datetime(2026, 1, 2, tzinfo=UTC))}
    sheet = ScoreSheet(SCHEME, "a", claims, {"ideas": points("0", at=late)}, asked)
    assert [one.code for one in sheet.unanswered()] == ["tasks"]
