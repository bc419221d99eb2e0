"""``plan-lifecycle publications``: what it tells, as its schema says, and when it ends with 1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.channels.web import Served, Talk, serving
from tests.databases import migrated_copy
from tests.factories import BINH_AN, HOA_THANG, ROOT, fill, owe, plan_row

from plan_lifecycle.cli import main
from plan_lifecycle.settings import Settings
from plan_lifecycle.store.engine import open_store

pytestmark = pytest.mark.enable_socket
SCHEMA = json.loads((ROOT / "docs/schemas/publications.json").read_text(encoding="utf-8"))
ITEM = "<item><title>Tin</title><link>/tin/{0}</link><pubDate>0{0} Mar 2023 08:00:00 +0700</pubDate></item>"
FEED = f'<rss version="2.0"><channel>{"".join(map(ITEM.format, range(1, 4)))}</channel></rss>'.encode()


def answers(talk: Talk) -> None:
    if talk.path == "/rss":
        talk.answer(FEED)
    else:
        talk.answer(b"", 404)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped configuration, to be changed; xã Bình An and xã Hòa Thắng owe plans."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path))
    monkeypatch.setenv("PLAN_LIFECYCLE_CONFIG", str(folder))
    monkeypatch.setenv("PLAN_LIFECYCLE_DURABLE", "false")
    store = open_store(migrated_copy(tmp_path / "plan_lifecycle.db"), Settings().blobs, durable=False)
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    store.close()
    return folder


def columns(config: Path, server: Served, *found: tuple[str, int, str]) -> None:
    rows = "".join(f'- {{unit: {unit}, quota: {quota}, feed: "{server.url}{path}"}}\n' for unit, quota, path in found)
    text = f"hosts: [127.0.0.1]\nallow_private: true\npublications:\n{rows}"
    (config / "sources.yaml").write_text(text, encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["publications", *arguments])
    out, err = capsys.readouterr()
    return int(str(ended.value.code or 0)), out, err


def test_each_units_month_is_a_line_as_its_schema_says(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(answers) as server:
        columns(config, server, (BINH_AN.id, 3, "/rss"), (HOA_THANG.id, 5, "/rss"))
        code, out, err = run(capsys, "--as-of", "2023-03-20", "--json")
    found: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    for each in found:
        Draft202012Validator(SCHEMA).validate(each)
    assert (code, err) == (0, "")
    assert [(each["unit_id"], each["count"], each["met"]) for each in found] == [
        (BINH_AN.id, 3, True),
        (HOA_THANG.id, 3, False),
    ]


def test_it_tells_people_what_it_found(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(answers) as server:
        columns(config, server, (BINH_AN.id, 3, "/rss"), (HOA_THANG.id, 5, "/rss"))
        _, out, _ = run(capsys, "--as-of", "2023-03-20")
    assert out.splitlines() == [
        "UBND xã Bình An, 2023-M03: 03/03 tin, bài, đạt",
        "UBND xã Hòa Thắng, 2023-M03: 03/05 tin, bài, chưa đạt",
    ]


def test_a_site_that_cannot_be_read_ends_it_with_1_and_the_others_are_told(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(answers) as server:
        columns(config, server, (BINH_AN.id, 3, "/none"), (HOA_THANG.id, 3, "/rss"))
        code, out, err = run(capsys, "--as-of", "2023-03-20", "--json")
    down, good = (json.loads(line) for line in out.splitlines())
    Draft202012Validator(SCHEMA).validate(down)
    assert (code, down["count"], down["reached"], good["met"]) == (1, None, False, True)
    assert "status 404" in err


def test_a_month_may_be_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(answers) as server:
        columns(config, server, (BINH_AN.id, 3, "/rss"))
        code, out, _ = run(capsys, "--month", "2023-M03", "--json")
    assert (code, json.loads(out)["count"]) == (0, 3)


@pytest.mark.parametrize("month", ["2023", "2023-H1", "2023-M13", "tháng 3"])
def test_only_a_month_may_be_named(config: Path, capsys: pytest.CaptureFixture[str], month: str) -> None:
    code, _, err = run(capsys, "--month", month)
    assert code == 2
    assert month in err
