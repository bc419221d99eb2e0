"""docs/security.md names the test that shows each protection: every one of them is there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.factories import ROOT

DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"(?m)^\| .* \| .* \| (?P<shown>.*) \|$")


def named() -> list[tuple[str, str]]:
    """(file, test) for every test that a row names; a file named alone has an empty test."""
    found: list[tuple[str, str]] = []
    for row in ROW.finditer(DOCUMENT):
        for part in row["shown"].split(";"):
            file, _, tests = part.partition(":")
            name = file.strip(" `").removeprefix("tests/").removesuffix(".py")
            if name.rpartition("/")[2].startswith("test_"):
                found += [(name, test) for test in re.findall(r"test_\w+", tests) or [""]]
    return found


def test_every_row_names_one() -> None:
    rows = [row["shown"] for row in ROW.finditer(DOCUMENT) if row["shown"] not in ("shown by", "---")]
    assert len(rows) > 20
    assert all("test_" in row for row in rows)


@pytest.mark.parametrize(("file", "test"), named())
def test_a_test_that_is_named_is_there(file: str, test: str) -> None:
    (path,) = [
        each for each in (ROOT / "tests").rglob(f"{file.rpartition('/')[2]}.py") if str(each).endswith(f"{file}.py")
    ]
    defined = {
        each.name for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(each, ast.FunctionDef)
    }
    assert not test or test in defined
