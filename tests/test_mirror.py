"""The tests mirror the package: whoever looks for the tests of a module finds a file of its name."""

from __future__ import annotations

import pytest
from scripts.mutation.nearby import PACKAGE, Tree

from plan_lifecycle.settings import ROOT

FLOORS = ("domain", "store", "documents", "lifecycle")
TREE = Tree(ROOT)


def public_modules(floor: str) -> list[str]:
    """The modules and packages of a floor without a leading underscore; what lies in a package is behind its face."""
    faces = {TREE.face(name) for name in TREE.modules if name.startswith(f"{PACKAGE}.{floor}.")}
    return sorted(faces - {f"{PACKAGE}.{floor}"})


@pytest.mark.parametrize("floor", FLOORS)
def test_every_public_module_has_a_test_file_of_its_name(floor: str) -> None:
    """`store/units` has tests/store/test_units.py; a package may have several: test_deadline_relative.py."""
    found = public_modules(floor)
    assert found
    assert [name for name in found if not TREE.mirrored(name)] == []
