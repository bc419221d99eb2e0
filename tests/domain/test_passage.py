"""A passage keeps where it stands."""

from __future__ import annotations

from plan_lifecycle.domain.passage import OTHER, Passage


def test_what_stands_under_no_known_heading_has_no_section_and_keeps_its_own() -> None:
    passage = Passage(OTHER, "Nội dung", "Mục VI Việc khác", 7)
    assert not passage.section
    assert (passage.heading, passage.place) == ("Mục VI Việc khác", 7)
