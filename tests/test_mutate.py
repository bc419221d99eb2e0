"""`make mutate` puts faults where they matter, chooses the same ones for a seed, and tells which of them live."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from scripts import mutate
from scripts.mutation.kinds import Kind
from scripts.mutation.nearby import Tree
from scripts.mutation.places import chosen, places_in
from scripts.mutation.trial import scratch_copy

LATE = '''
def is_late(day: int, due: int) -> bool:
    """Say whether 1 day is too late."""
    return day > due
'''
ON_TIME = """
from plan_lifecycle.domain.lateness import is_late

def test_a_day_after_is_late() -> None:
    assert is_late(5, 3) and not is_late(2, 3)
"""


def faults(source: str) -> set[tuple[Kind, str]]:
    """The kinds of faults of a source, and the line or lines that each leaves behind."""
    before = source.splitlines()
    return {
        (place.kind, " ".join(line.strip() for line in place.in_source(source).splitlines() if line not in before))
        for place in places_in(source)
    }


@pytest.mark.parametrize(
    ("source", "kind", "mutated"),
    [
        ("a < b", Kind.BOUNDARY, "(a <= b)"),
        ("a >= b", Kind.BOUNDARY, "(a > b)"),
        ("min(a, b)", Kind.BOUNDARY, "max(a, b)"),
        ("a == b", Kind.EQUALITY, "(a != b)"),
        ("a or b", Kind.CONNECTIVE, "(a and b)"),
        ("a or b", Kind.CONNECTIVE, "(a)"),
        ("not a", Kind.NEGATION, "(a)"),
        ("a + b", Kind.ARITHMETIC, "(a - b)"),
        ("a[1]", Kind.CONSTANT, "a[2]"),
        ("f(a, strict=True)", Kind.DEFAULT, "f(a, strict=False)"),
        ("a.get(b, c)", Kind.DEFAULT, "(a.get(b))"),
        ("a if b else c", Kind.BRANCH, "(a)"),
        ("[a for a in b if c]", Kind.FILTER, "[a for a in b if True]"),
        ("select(a).where(b)", Kind.FILTER, "(select(a))"),
        ("select(a).where(b, c)", Kind.FILTER, "(select(a).where(c))"),
        ("if a:\n    raise b", Kind.GUARD, "if False:"),
        ("if a:\n    b = c\nelse:\n    b = d", Kind.BRANCH, "pass"),
        ("while a:\n    continue", Kind.GUARD, "pass"),
        ("f(a)", Kind.DROPPED, "pass"),
        ("'ngày', a < b", Kind.BOUNDARY, "'ngày', (a <= b)"),
    ],
)
def test_a_place_gets_the_fault_of_its_kind(source: str, kind: Kind, mutated: str) -> None:
    """Only the span of the fault changes, also behind letters of several bytes."""
    assert (kind, mutated) in faults(source)


@pytest.mark.parametrize(
    "source", ['"""Take 1 or 2 days."""', "a: Literal[1]", "@cache(1)\ndef f(): return a", "f'{a < b}'"]
)
def test_what_does_not_run_gets_none(source: str) -> None:
    """Docstrings, annotations, decorators and texts with values in them stay."""
    assert faults(source) == set()


def test_a_seed_chooses_the_same_places_over_all_modules() -> None:
    """Another seed chooses others, and no module gets a second fault before each has one."""
    places = {name: places_in("a < b\nc > d\nif e or f:\n    g += 1\nelse:\n    h(1)") for name in ("x", "y", "z")}
    assert chosen(places, 6, seed=1) == chosen(places, 6, seed=1) != chosen(places, 6, seed=2)
    assert {name for name, _ in chosen(places, 3, seed=1)} == {"x", "y", "z"}
    assert len(set(chosen(places, 1000, seed=1))) == sum(map(len, places.values()))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one module whose test does not look at the boundary, beside a test of something else."""
    files = {
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--import-mode=importlib'\npythonpath = ['plugins']",
        "plugins/plan_lifecycle/__init__.py": "",
        "plugins/plan_lifecycle/domain/__init__.py": "",
        "plugins/plan_lifecycle/domain/lateness.py": LATE,
        "plugins/plan_lifecycle/domain/other.py": "",
        "tests/domain/test_lateness.py": ON_TIME,
        "tests/domain/test_other.py": "import plan_lifecycle.domain.other\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
    return tmp_path


def test_only_tests_that_concern_a_module_are_run(project: Path) -> None:
    """The test of its name is nearest, then come those that import it; others have no say."""
    tree, module = Tree(project), "plan_lifecycle.domain.lateness"
    assert [path.name for path in tree.mirrored(module)] == ["test_lateness.py"]
    assert tree.importers(module) == []
    (project / "tests/domain/test_other.py").write_text(
        "from plan_lifecycle.domain import lateness\n", encoding="utf-8"
    )
    assert [path.name for path in Tree(project).importers(module)] == ["test_other.py"]


def test_a_test_file_is_of_the_module_with_the_longest_name_in_it(project: Path) -> None:
    """`test_lateness_of_plans.py` is about lateness until there is a module `lateness_of`."""
    (project / "tests/domain/test_lateness_of_plans.py").write_text("", encoding="utf-8")
    module = "plan_lifecycle.domain.lateness"
    assert len(Tree(project).mirrored(module)) == 2
    (project / "plugins/plan_lifecycle/domain/lateness_of.py").write_text("", encoding="utf-8")
    assert [path.name for path in Tree(project).mirrored(module)] == ["test_lateness.py"]


def test_a_fault_that_no_test_looks_at_survives(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report tells it apart from one that a test finds, and the project's own files stay as they are."""
    monkeypatch.setattr(mutate, "ROOT", project)
    report = project / "build" / "mutants.json"
    assert mutate.main(["--package", "domain", "--out", str(report)]) == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert [(mutant["outcome"], mutant["kind"]) for mutant in told["mutants"]] == [("survived", "boundary")]
    assert "+    return (day >= due)" in told["mutants"][0]["diff"]
    test = project / "tests/domain/test_lateness.py"
    test.write_text(ON_TIME + "    assert not is_late(3, 3)\n", encoding="utf-8")
    assert mutate.main(["--package", "domain", "--out", str(report)]) == 0
    (mutant,) = json.loads(report.read_text(encoding="utf-8"))["mutants"]
    assert (mutant["outcome"], mutant["by"]) == ("killed", "tests/domain/test_lateness.py::test_a_day_after_is_late")
    assert (project / "plugins/plan_lifecycle/domain/lateness.py").read_text(encoding="utf-8") == textwrap.dedent(LATE)


def test_the_scratch_copy_is_gone_afterwards(project: Path) -> None:
    """And it holds nothing that was built."""
    (project / "build").mkdir()
    with scratch_copy(project) as copy:
        assert (copy / "plugins").is_dir()
        assert not (copy / "build").exists()
    assert not copy.exists()
