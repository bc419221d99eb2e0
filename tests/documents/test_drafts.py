"""What drafts are filled with: numbers, days and citations as the decree wants them, open where nobody decided yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from plan_lifecycle.documents.drafts import Letterhead, PlanReference, rule_under, variables_of

HEAD = Letterhead(("ỦY BAN NHÂN DÂN", "XÃ BÌNH AN"), "KH-UBND", "Bình An", 2023, number="7", issued_on=date(2023, 2, 5))


@pytest.mark.parametrize(
    ("number", "line"), [("7", "Số: 07/KH-UBND"), ("10", "Số: 10/KH-UBND"), ("", "Số:       /KH-UBND")]
)
def test_a_number_below_ten_is_padded_and_an_open_one_has_room(number: str, line: str) -> None:
    assert replace(HEAD, number=number).number_line == line


@pytest.mark.parametrize(
    ("issued", "line"),
    [
        ("2023-02-05", "Bình An, ngày 05 tháng 02 năm 2023"),
        ("2024-03-10", "Bình An, ngày 10 tháng 3 năm 2024"),
        (None, "Bình An, ngày       tháng       năm 2023"),
    ],
)
def test_an_open_day_leaves_room_and_keeps_the_year(issued: str | None, line: str) -> None:
    assert replace(HEAD, issued_on=date.fromisoformat(issued) if issued else None).date_line == line


def test_a_document_is_cited_without_its_place() -> None:
    assert HEAD.citation == "số 07/KH-UBND ngày 05 tháng 02 năm 2023"


def test_the_rule_follows_the_longer_line_of_the_agency() -> None:
    assert HEAD.rule == rule_under("ỦY BAN NHÂN DÂN", 13)
    assert replace(HEAD, agency=()).rule == "___"


def test_a_rule_grows_with_its_text_up_to_the_width_of_the_page() -> None:
    lengths = [len(rule_under("x" * count, 14)) for count in (1, 40, 60, 66, 1_000)]
    assert lengths == sorted(lengths)
    assert (lengths[0], lengths[-1]) == (3, 49)
    assert len(rule_under("X" * 40, 14)) > len(rule_under("x" * 40, 14)) > len(rule_under(" " * 40, 14))


PLAN = PlanReference("36/KH-UBND", "05/01/2023", "UBND tỉnh Bình Thuận", "Thông tin, tuyên truyền năm 2023")


def test_a_plan_is_named_in_short_and_cited_in_full() -> None:
    assert PLAN.short == "Kế hoạch số 36/KH-UBND"
    assert PLAN.full == (
        "Kế hoạch số 36/KH-UBND ngày 05/01/2023 của UBND tỉnh Bình Thuận về thông tin, tuyên truyền năm 2023"
    )
    assert replace(PLAN, type="Quyết định").short == "Quyết định số 36/KH-UBND"


def test_about_is_said_once() -> None:
    assert replace(PLAN, abstract="về thông tin").full.endswith("Bình Thuận về thông tin")


@dataclass(frozen=True)
class Invitation:
    """A draft of an imagined template."""

    place: str
    rooms: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Place and rooms."""
        return ", ".join((self.place, *self.rooms))

    def invite(self) -> str:
        """Nothing that a template sees."""
        return self.place


def test_a_template_gets_fields_and_properties_and_nothing_else() -> None:
    assert variables_of(Invitation("Bình An", ("A",))) == {"place": "Bình An", "rooms": ("A",), "where": "Bình An, A"}
