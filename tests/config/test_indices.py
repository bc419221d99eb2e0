"""``config/indices.yaml``: the indices that are known."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import ROOT

from plan_lifecycle.config.indices import read_indices
from plan_lifecycle.domain.errors import InputError


def test_the_shipped_indices_are_the_five_that_are_published() -> None:
    assert list(read_indices(ROOT / "config/indices.yaml")) == ["par_index", "sipas", "papi", "pci", "dti"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("indices:\n  - {code: a, name: A, maximum: 0}\n", "maximum"),
        ("indices:\n  - {code: A!, name: A}\n", "code"),
        ("indices:\n  - {code: a, name: A}\n  - {code: a, name: B}\n", "indices"),
        ("indices:\n  - {code: a, name: A, rank: 3}\n", "rank"),
    ],
)
def test_a_wrong_entry_names_file_line_and_field(tmp_path: Path, text: str, field: str) -> None:
    path = tmp_path / "indices.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_indices(path)
    assert refused.value.file == path
    assert refused.value.line
    assert field in str(refused.value.field)
