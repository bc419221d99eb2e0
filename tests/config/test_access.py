"""config/access.yaml: whose units somebody sees; a fault in it names file, line and field, and opens nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import ROOT, UNITS

from plan_lifecycle.config.access import FILE, read_access
from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.domain.sight import Access
from plan_lifecycle.domain.unit import Unit, UnitKind

FORMER = Unit("bb-cu", "xã Sông Lũy Cũ", UnitKind.COMMUNE, 3, "bb")
SAME_NAME = Unit("tp-binh-an", "xã Bình An", UnitKind.COMMUNE, 3, "tp")
GOOD = """\
others: nothing
limits:
  - {role: Điều phối Bắc Bình, below: UBND huyện Bắc Bình}
  - user: hoa
    units: ["xã Hòa Thắng", bb-binh-an, xã Sông Lũy Cũ]
"""


def read(folder: Path, text: str, *more: Unit) -> Access:
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_access(folder, UnitNames((*UNITS, *more)), UnitNames((*UNITS, *more, FORMER)))


def test_what_is_shipped_limits_nobody() -> None:
    assert read_access(ROOT / "config", UnitNames(()), UnitNames(())) == Access()


def test_units_are_named_or_given_by_id_also_those_of_before(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert not found.others
    by_role, by_name = found.limits
    assert (by_role.role, by_role.below, by_role.units) == ("Điều phối Bắc Bình", {"bb"}, frozenset())
    assert (by_name.user, by_name.units) == ("hoa", {"bb-hoa-thang", "bb-binh-an", "bb-cu"})


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("limits: []\n", None, "others"),
        ("others: all\n", 1, "others"),
        ("others: everything\nlimit: []\n", 2, "limit"),
        ("others: everything\nlimits:\n- {below: bb}\n", 3, "limits.0"),
        ("others: everything\nlimits:\n- {user: a, role: b, below: bb}\n", 3, "limits.0"),
        ("others: everything\nlimits:\n- {user: a}\n", 3, "limits.0"),
        ("others: everything\nlimits:\n- {user: a, units: []}\n", 3, "limits.0"),
        ("others: everything\nlimits:\n- {user: a, units: [' ']}\n", 3, "limits.0"),
        ("others: everything\nlimits:\n- {user: '', units: [bb]}\n", 3, "limits.0.user"),
        ("others: everything\nlimits:\n- user: 123\n  units: [bb]\n", 3, "limits.0.user"),
        ("others: everything\nlimits:\n- user: a\n  units:\n  - bb\n  - xã Không Có\n", 6, "limits.0.units"),
        ("others: everything\nlimits:\n- user: a\n  below: huyện Không Có\n", 4, "limits.0.below"),
        ("others: everything\nlimits:\n- user: a\n  units: [bb]\n  units: [tp]\n", 5, "units"),
        ("others: everything\nlimits:\n- user: a\n  below: [bb\n", 5, None),
        ("", None, "others"),
    ],
)
def test_what_is_wrong_is_told_by_file_line_and_field(
    tmp_path: Path, text: str, line: int | None, field: str | None
) -> None:
    with pytest.raises(InputError) as failed:
        read(tmp_path, text)
    assert failed.value.file == tmp_path / FILE
    assert failed.value.field == field
    assert line is None or failed.value.line == line


def test_every_unit_that_is_not_known_or_may_be_two_is_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("UBND huyện Bắc Bình", "xã Bình An").replace("xã Hòa Thắng", "xã Hoà Thắn")
    with pytest.raises(CombinedInputError) as failed:
        read(tmp_path, text, SAME_NAME)
    assert "bb-binh-an: xã Bình An, huyện Bắc Bình; tp-binh-an: xã Bình An, huyện Tuy Phong" in failed.value.for_user
    assert "dòng 5, mục “limits.1.units”: chưa có đơn vị “xã Hoà Thắn”" in failed.value.for_user


def test_without_the_file_nobody_is_let_in(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=FILE):
        read_access(tmp_path, UnitNames(UNITS), UnitNames(UNITS))
