"""What is written is true and leads somewhere: links, commands, schemas, generated pages; nothing names a workplace."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from scripts.make_docs import every_command

from plan_lifecycle import __version__
from plan_lifecycle.cli import COMMANDS
from plan_lifecycle.settings import ROOT
from tests.patience import PATIENCE

IGNORED = {".git", ".venv", "build", "var", ".demo", "node_modules", "__pycache__"}
PAGES = sorted(path for path in ROOT.rglob("*.md") if not IGNORED & set(path.relative_to(ROOT).parts))
LINK = re.compile(r"(?<!!)!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"```.*?```", re.S)
RECIPE = re.compile(r"(?m)^([a-z]+):")
SCHEMAS = ROOT / "docs" / "schemas"
# Pieced together, so that this file does not hold what it forbids.
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "deb.debian" + ".org", "docker" + ".io")
WORKPLACE = re.compile(rb"/(?:work|home)/[a-z]|/roo[t]/|/User[s]/")
LITERAL = {"uv.lock", "package-lock.json", "poetry.lock"}


def page_name(path: Path) -> str:
    """A page as a test's name."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_resolves(page: Path) -> None:
    """A link inside the repository leads to a file or folder that is there."""
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if "://" not in target and not target.startswith(("#", "mailto:")):
            assert (page.parent / unquote(target).split("#")[0]).exists(), target


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/operations.md"])
def test_every_make_command_is_in_the_makefile(page: str) -> None:
    """`make something` in a page is a recipe."""
    recipes = set(RECIPE.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    text = (ROOT / page).read_text(encoding="utf-8")
    said = re.findall(r"(?m)(?:^|`|&& )make ([a-z]+(?: [a-z]+)*)(?=[ `\n])", text)
    assert said
    assert {word for words in said for word in words.split()} <= recipes


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_command_in_a_page_exists(page: Path) -> None:
    """`plan-lifecycle something` is a command; a group is followed by one of its commands."""
    known = {name for name, _ in every_command()}
    for words in re.findall(r"(?:^|[`/ ])plan-lifecycle ([a-z]+(?: [a-z]+)?)", page.read_text(encoding="utf-8")):
        assert words in known or words.split()[0] in known, words


def test_what_the_coordinators_guide_calls_by_name_stands_on_the_pages() -> None:
    """Pages, parts and buttons are named as they are written: who looks for one finds it."""
    described = {"dự thảo báo cáo", "không gửi và vì sao", "đọc được gì", "sửa đổi, thay thế, thu hồi"}
    sources = [path for top in ("templates", "plugins", "dags") for path in (ROOT / top).rglob("*.*")]
    shown = " ".join(path.read_text("utf-8") for path in sources if path.suffix in (".html", ".j2", ".yaml", ".py"))
    guide = (ROOT / "docs/vi/huong-dan-nhanh.md").read_text(encoding="utf-8")
    named = re.findall(r"\*{1,2}([^*|]{2,80})\*{1,2}", " ".join(guide.split()))
    assert len(named) > 50
    text = " ".join(shown.lower().split())
    assert {name for name in named if name.lower() not in text} <= described


@pytest.mark.parametrize("page", ["docs/operations.md", "docs/vi/quan-tri.md", "docs/vi/lenh.md", "deploy/README.md"])
def test_every_option_of_a_command_in_a_page_is_one_of_that_command(page: str) -> None:
    """Whoever copies a line out of a page is not told that there is no such option."""
    known, seen = dict(every_command()), 0
    for line in re.findall(
        r"(?:^|[`/ ])plan-lifecycle ([a-z]+ [^`\n|&>;)]+)", (ROOT / page).read_text(encoding="utf-8")
    ):
        said = line.split()
        name = next((one for one in (" ".join(said[:2]), said[0]) if one in known), None)
        if name is None:
            continue
        options = {option for each in known[name].params for option in (*each.opts, *each.secondary_opts)}
        given = {word.partition("=")[0] for word in said if word.startswith("--")}
        assert given <= options, line
        seen += 1
    assert seen


def test_every_command_has_help_and_so_has_every_option() -> None:
    """An undocumented command fails."""
    assert {name.split()[0] for name, _ in every_command()} == set(COMMANDS)
    for name, command in every_command():
        assert command.help, name
        assert [each.name for each in command.params if not each.help] == [], name


def test_every_schema_is_listed_with_its_command() -> None:
    """docs/schemas/README.md is the index."""
    index = (SCHEMAS / "README.md").read_text(encoding="utf-8")
    commands = {name.replace(" ", "-"): name for name, _ in every_command()}
    for schema in SCHEMAS.glob("*.json"):
        assert f"| `plan-lifecycle {commands[schema.stem]}` | [{schema.name}]({schema.name}) |" in index
        assert json.loads(schema.read_text(encoding="utf-8"))["$schema"].endswith("2020-12/schema")


def test_every_decision_stands_in_their_list_and_is_numbered_once() -> None:
    """docs/adr/NNNN-title.md, one number each, in order."""
    folder = ROOT / "docs" / "adr"
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert len({name[:4] for name in decisions}) == len(decisions)
    assert LINK.findall((folder / "README.md").read_text(encoding="utf-8")) == decisions


def test_the_worked_examples_open_files_that_are_there() -> None:
    """A newcomer's first change: each file that an example names is there, under the package or the root."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Your first change")[2]
    named = re.findall(r"`([\w./-]+\.(?:py|yaml|html|j2))`", page)
    package = ROOT / "plugins" / "plan_lifecycle"
    assert len(named) >= 20
    assert [path for path in named if not ((ROOT / path).exists() or (package / path).exists())] == []


def test_the_architecture_tells_of_every_room_and_of_no_other() -> None:
    """The table of rooms holds the packages of the middle floor, and the modules that a way goes through are there."""
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = ROOT / "plugins" / "plan_lifecycle" / "lifecycle"
    table = told.partition("## The rooms of the middle floor")[2].partition("\n## ")[0]
    assert set(re.findall(r"(?m)^\| \d? ?\| `(\w+)`", table)) == {
        path.parent.name for path in rooms.glob("*/__init__.py")
    }
    modules = {path.stem for path in rooms.glob("*/_*.py")}
    ways = told.partition("## The way of a sub-plan")[2].partition("## Where things are decided")[0]
    assert set(re.findall(r"`(_[a-z]\w*)`", ways)) <= modules


def test_the_generated_pages_are_up_to_date() -> None:
    """As `make docs` writes them."""
    command = [sys.executable, "-W", "ignore", str(ROOT / "scripts" / "make_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_tracked_file_names_a_registry_or_a_place_of_work() -> None:
    """Not in text, not inside a binary file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.fail("git ls-files: " + listed.stderr)
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        data = path.read_bytes() if path.is_file() else b""
        if path.name in LITERAL or WORKPLACE.search(data) or any(host.encode() in data for host in HOSTS):
            found.append(name)
    assert found == []


def test_the_release_has_one_number_everywhere() -> None:
    """The package's, pip's, the image's, and that of the newest release told of in the CHANGELOG."""
    released = re.findall(
        r"^## (\d+\.\d+\.\d+) – \d{4}-\d{2}-\d{2}$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )
    images = re.findall(r"image: plan-lifecycle:(\S+)", (ROOT / "docker-compose.yaml").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {project["version"], *images, released[0]} == {__version__}
