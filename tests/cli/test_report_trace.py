"""``plan-lifecycle report trace``: from a number or words of a report back to who said it, in which paper and where."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import update
from tests.databases import migrated_copy
from tests.factories import BINH_AN, HOA_THANG, ROOT, arrival, day, fill, make_office, owe, plan_row, report_file
from tests.fakes import FakeChannel

from plan_lifecycle.cli import main
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.reports import newest
from plan_lifecycle.store.tables import report

FILE = Draft202012Validator(json.loads((ROOT / "docs/schemas/files/report-trace.json").read_text(encoding="utf-8")))
SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/schemas/report-trace.json").read_text(encoding="utf-8")))


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two communes reported 12 and 30 items of news, one wrote a paragraph; the second came after version 1."""
    migrated_copy(tmp_path / "store.db")
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_URL", f"sqlite:///{tmp_path}/store.db")
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path))
    store = open_store(f"sqlite:///{tmp_path}/store.db", tmp_path / "blobs", durable=False)
    fill(store)
    office, plan_id = make_office(store), plan_row(store)
    for unit, count, at in ((BINH_AN, 12, "2023-06-10"), (HOA_THANG, 30, "2023-06-18")):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
        figures = arrival(
            report_file(unit, values={"news_items": count}),
            unit,
            "report",
            "2023-H1",
            at,
            key=unit.id,
            file_name="bieu.xlsx",
        )
        words = arrival(
            paper(f"Chuyện của {unit.name}."), unit, "report", "2023-H1", at, key=f"w{unit.id}", file_name="loi.docx"
        )
        for one in (figures, words):
            collect(office, [FakeChannel([one])], day(at))
        compile_report(office, "bb", "2023-H1", day("2023-06-17" if unit is BINH_AN else "2023-06-18"))
    store.close()


def paper(line: str) -> bytes:
    document = docx.Document()
    for text in ("BÁO CÁO", "V. Kiến nghị", line):
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["report", "trace", *arguments])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def traced(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    answers = [json.loads(line) for line in out.splitlines()]
    for answer in answers:
        SCHEMA.validate(answer)
    return answers


@pytest.mark.usefixtures("compiled")
def test_a_total_leads_to_every_unit_with_its_paper(capsys: pytest.CaptureFixture[str]) -> None:
    total, *sentences = [one for one in traced(capsys, "bb:2023-H1", "42") if one["indicator"] == "news_items"]
    assert (total["found"], total["name"]) == ("total", "Số tin, bài đăng trên cổng (trang) thông tin điện tử")
    origins = [(one["unit"], one["text"], one["files"], one["version"]) for one in total["origins"]]
    assert origins == [
        ("UBND xã Bình An", "12", ["bieu.xlsx", "loi.docx"], 1),
        ("UBND xã Hòa Thắng", "30", ["bieu.xlsx", "loi.docx"], 1),
    ]
    assert [(one["found"], one["section"]) for one in sentences] == [("sentence", "channels_online")]


@pytest.mark.usefixtures("compiled")
def test_one_unit_s_figure_leads_to_that_unit_alone(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = [one for one in traced(capsys, "bb:2023-H1", "30") if one["found"] == "figure"]
    assert [one["unit_id"] for one in found["origins"]] == [HOA_THANG.id]


@pytest.mark.usefixtures("compiled")
def test_words_lead_to_the_paragraph_and_its_heading(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = traced(capsys, "bb:2023-H1", "chuyện của xã bình an")
    assert (found["found"], found["section"], found["text"]) == ("paragraph", "proposals", "Chuyện của xã Bình An.")
    assert [one["place"] for one in found["origins"]] == ["Mục V Kiến nghị"]


@pytest.mark.usefixtures("compiled")
def test_an_older_version_is_traced_to_what_it_was_made_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert traced(capsys, "bb:2023-H1:1", "Chuyện của xã Hòa Thắng.") == []
    (total,) = [one for one in traced(capsys, "bb:2023-H1:1", "12") if one["found"] == "total"]
    assert [one["unit_id"] for one in total["origins"]] == [BINH_AN.id]


@pytest.mark.usefixtures("compiled")
def test_the_file_beside_a_report_says_what_the_command_says_and_what_is_made_again_of_an_older_one_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.db", tmp_path / "blobs", durable=False)
    with store.write() as connection:
        stored = newest(connection, ReportKey("bb", "2023-H1", "tuyen-truyen"))
        assert stored is not None
        assert stored.trace_blob is not None
        file = json.loads(store.blobs.get(stored.trace_blob))
        said = traced(capsys, "bb:2023-H1")
        connection.execute(update(report).values(trace_blob=None))
    store.close()
    FILE.validate(file)
    assert file["report"] | {"compiled_at": None} == {
        "unit_id": "bb", "unit": "UBND huyện Bắc Bình", "period": "2023-H1", "version": 2, "compiled_at": None
    }  # fmt: skip
    (news,) = (one for one in file["totals"] if one["indicator"] == "news_items")
    papers = {one["submission_id"]: one["unit"] for one in file["papers"]}
    assert [(papers[number], text) for number, text, _ in news["figures"]] == [
        ("UBND xã Bình An", "12"),
        ("UBND xã Hòa Thắng", "30"),
    ]
    assert traced(capsys, "bb:2023-H1") == said


@pytest.mark.usefixtures("compiled")
def test_people_read_who_said_it_in_which_paper(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "bb:2023-H1", "Chuyện của xã Bình An.")
    assert code == 0
    assert out == (
        "Chuyện của xã Bình An.\n"
        "  - UBND xã Bình An: Chuyện của xã Bình An. (bieu.xlsx, loi.docx, bản 1; Mục V Kiến nghị)\n"
    )


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("report", ["bb:2023-H1:9", "bb:2023", "bb", "bb:2023-H1:x", "bb:2023-X9", ":2023-H1"])
def test_a_report_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], report: str) -> None:
    code, out, err = run(capsys, report, "42")
    assert (code, out) == (2, "")
    assert err
