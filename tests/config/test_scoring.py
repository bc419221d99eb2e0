"""``config/scoring.yaml``: bands from the highest down to nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from plan_lifecycle.config.scoring import read_scoring
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.settings import ROOT


def test_the_shipped_bands_are_those_of_the_published_ranking() -> None:
    shipped = read_scoring(ROOT / "config/scoring.yaml")
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
        read_scoring(path)
    assert (raised.value.file, raised.value.line, raised.value.field) == (path, line, field)
