"""Licences: which are allowed, and a page that names every library of the locks."""

from __future__ import annotations

import re

import pytest
from scripts.licences import LOCKS, is_allowed, locked, stated

from plan_lifecycle.settings import ROOT


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("Apache-2.0 AND GPL-3.0-only", False),
        ("(MIT OR GPL-2.0-only) AND BSD-3-Clause", True),
        ("MIT AND (GPL-2.0-only OR AGPL-3.0-only)", False),
        ("AGPL-3.0-or-later", False),
        ("Proprietary", False),
        ("", False),
        ("MIT OR", False),
        ("(MIT", False),
        ("MIT MIT", False),
    ],
)
def test_an_expression_is_allowed_where_allowed_licences_fulfil_it(expression: str, allowed: bool) -> None:
    """What nobody understands is not allowed."""
    assert is_allowed(expression) is allowed


def test_several_classifiers_are_all_held_against_us() -> None:
    """Whether they are a choice or parts, metadata does not say."""
    told = ["License :: OSI Approved :: MIT License", "License :: OSI Approved :: GNU General Public License (GPL)"]
    assert stated({}, told) == "MIT AND GPL-2.0-or-later"
    assert not is_allowed(stated({}, told))


def test_an_expression_goes_before_classifiers_and_old_words() -> None:
    """Old fields are often left as they were."""
    assert stated({"License-Expression": "ISC", "License": "GPL"}, ["License :: OSI Approved :: MIT License"]) == "ISC"
    assert stated({"License": "BSD\nCopyright …"}, ["License :: OSI Approved"]) == "BSD-3-Clause"
    assert stated({}, []) == ""


def test_the_page_names_every_locked_library_in_its_version() -> None:
    """After ``make lock`` comes ``make licences``."""
    page = (ROOT / "docs/licences.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"(?m)^\| ([a-z0-9-]+) \| (\d\S*) \|", page))
    wanted = {pair for lock in LOCKS for pair in locked(ROOT / f"requirements/{lock}.txt").items()}
    assert {name for name, _ in listed} == {name for name, _ in wanted}
    assert listed <= wanted
