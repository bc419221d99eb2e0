"""``config/scoring.yaml``: bands from the highest down to nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from plan_lifecycle.config.scoring import read_score_rules
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.settings import ROOT

HEAD = "bands: [{name: Tốt, from: 80}, {name: Yếu, from: 0}]\n"


def scheme(groups: str = "{name: G, kinds: [commune]}", criteria: str = "{code: a, name: A, maximum: 3}") -> str:
    """A file with one scheme of one part."""
    return (
        f"{HEAD}schemes:\n  - code: xa\n    name: Xã\n    groups: [{groups}]\n"
        f"    parts:\n      - name: I\n        criteria: [{criteria}]\n"
    )


def test_the_shipped_bands_are_those_of_the_published_ranking() -> None:
    shipped = read_score_rules(ROOT / "config/scoring.yaml").scoring
    assert [(band.name, band.at_least) for band in shipped.bands] == [
        ("Tốt", Decimal(80)),
        ("Khá", Decimal(65)),
        ("Trung bình", Decimal(50)),
        ("Yếu", Decimal(0)),
    ]


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("bands:\n  - {name: Khá, from: 50}\n  - {name: Tốt, from: 80}\n", 2, "bands"),
        ("bands:\n  - {name: Tốt, from: 80}\n", 2, "bands"),
        ("bands:\n  - {name: Tốt, from: 101}\n  - {name: Yếu, from: 0}\n", 2, "bands.0.from"),
        ("bands:\n  - {name: Yếu, from: 0}\ndecimal: 3\n", 3, "decimal"),
        ("bands: []\n", 1, "bands"),
    ],
)
def test_a_file_that_does_not_class_every_index_is_an_error_with_its_line(
    tmp_path: Path, text: str, line: int, field: str
) -> None:
    path = tmp_path / "scoring.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_score_rules(path)
    assert (raised.value.file, raised.value.line, raised.value.field) == (path, line, field)


def test_the_shipped_schemes_come_to_a_hundred_points_each() -> None:
    rules = read_score_rules(ROOT / "config/scoring.yaml")
    assert {one.code: one.maximum for one in rules.schemes} == {"departments": 100, "communes": 100, "emulation": 100}
    assert rules.scheme("emulation", 2023).name.startswith("Phong trào thi đua")
    with pytest.raises(InputError, match="departments, communes"):
        rules.scheme("emulation", 2026)
    with pytest.raises(InputError):
        rules.award("no-such")


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (scheme(criteria="{code: a, name: A, maximum: 0}"), 8, "schemes.0.parts.0.criteria.0.maximum"),
        (scheme(criteria="{code: A b, name: A, maximum: 1}"), 8, "schemes.0.parts.0.criteria.0.code"),
        (scheme(criteria="{code: a, name: A, maximum: 1, fact: guessed}"), 8, "schemes.0.parts.0.criteria.0.fact"),
        (scheme(criteria="{code: a, name: A, maximum: 1}, {code: a, name: B, maximum: 1}"), 8, None),
        (scheme(criteria="{code: a, name: A, maximum: 1}, {code: b, name: a, maximum: 1}"), 8, None),
        (scheme(groups="{name: G, kinds: [commune]}, {name: H, kinds: [commune]}"), 5, "schemes.0.groups"),
        (scheme(groups="{name: G, kinds: [village]}"), 5, "schemes.0.groups.0.kinds.0"),
        (scheme() + "awards:\n  - {code: m, name: M, scheme: xa, band: Giỏi}\n", 10, "awards.0.band"),
        (scheme() + "awards:\n  - {code: m, name: M, scheme: no, band: Tốt}\n", 10, "awards.0.scheme"),
        (scheme() + "awards:\n  - {code: m, name: M, scheme: xa, band: Tốt, first: {X: 1}}\n", 10, "awards.0.first"),
    ],
)
def test_a_scheme_or_award_that_does_not_fit_is_an_error_with_its_line(
    tmp_path: Path, text: str, line: int, field: str | None
) -> None:
    path = tmp_path / "scoring.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_score_rules(path)
    assert f"line {line}" in str(raised.value)
    assert field is None or raised.value.field == field
