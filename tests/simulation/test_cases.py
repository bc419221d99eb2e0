"""A case of examples/ played from its papers to its consolidated reports, and held against what its file says.

One play serves all tests here: the shipped file is what came out, a changed one is what should be told.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
import yaml
from sqlalchemy import select
from tests.databases import migrated_copy

from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.case_file import read_case
from plan_lifecycle.simulation.expected import expect
from plan_lifecycle.simulation.findings import Outcome, outcome
from plan_lifecycle.simulation.report_invariants import (
    LEFT_OPEN,
    SentReport,
    report_invariants,
    withdrawn_leaves_nothing,
)
from plan_lifecycle.simulation.run import simulate_case
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.blobs import Blobs
from plan_lifecycle.store.tables import obligation, submission

pytestmark = pytest.mark.enable_socket
NAME = "bac-binh-2023"


@dataclass(frozen=True)
class Played:
    """A case after its year: what came of it, the papers that it kept, its store."""

    done: Outcome
    kept: Path
    office: Office


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("case")
    migrated_copy(folder / "plan_lifecycle.db")
    changed = {"var": folder, "inbox": folder / "inbox", "store_url": "", "durable": False}
    settings = Settings().model_copy(update=changed)
    done = simulate_case(settings, NAME, folder / "kept")
    with open_office(settings.model_copy(update={"reminders": "reminders.simulation.yaml"})) as office:
        yield Played(done, folder / "kept", office)


def test_a_case_comes_out_as_its_file_says(played: Played) -> None:
    assert played.done.differences == ()
    assert played.done.holds, played.done.invariants


def test_a_case_keeps_its_papers_under_names_in_words(played: Played) -> None:
    names = [path.name for path in played.kept.rglob("*.*")]
    reports = [path for path in (played.kept / "Bao cao").iterdir() if path.suffix == ".docx"]
    with played.office.store.read() as connection:
        versions = [(each.unit_id, each.period) for each in report_rows.every(connection)]
    withdrawn = 1  # the version that is made last, when the papers are kept already
    assert (len(reports), len(set(versions))) == (len(versions) - withdrawn, played.done.reports)
    assert len(list((played.kept / "Du thao").iterdir())) == played.done.drafts
    assert len(list((played.kept / "Thu").iterdir())) == played.done.letters + played.done.digests
    assert [name for name in names if "vn3-" in name or "vn2-" in name or "@" in name] == []


def sent_reports(played: Played, lines: tuple[str, ...] = (), handed_on: bytes | None = None) -> list[SentReport]:
    """What units sent, by the store; ``lines`` and ``handed_on`` are said of each."""
    with played.office.store.read() as connection:
        units = unit_rows.load_tree(connection, date(2023, 12, 31))
        rows = connection.execute(
            select(obligation.c.unit_id, obligation.c.receiver_id, submission.c.blob).join_from(submission, obligation)
        ).fetchall()
    return [SentReport(of, units.named(units[of], within=to), blob, lines, handed_on) for of, to, blob in rows]


def test_what_nobody_wrote_is_missed_in_the_workbook_and_in_the_trace(played: Played) -> None:
    held = report_invariants(played.office, sent_reports(played, lines=("Câu này không ai viết.",)))
    assert [name for name, holds in held.items() if not holds] == ["texts_in_the_workbook", "texts_are_traced"]


def test_figures_that_were_typed_again_are_told(played: Played) -> None:
    with played.office.store.read() as connection:
        other = report_rows.every(connection)[0]
    held = report_invariants(
        played.office, sent_reports(played, handed_on=played.office.store.blobs.get(other.excel_blob))
    )
    assert (held["nothing_is_retyped"], held["sums_of_the_units"], held["no_dotted_lines"]) == (False, True, True)


class _Altered:
    """Blobs of which some read otherwise than they were kept."""

    def __init__(self, blobs: Blobs, change: Callable[[bytes], bytes]) -> None:
        self._blobs, self._change = blobs, change

    def get(self, digest: str) -> bytes:
        return self._change(self._blobs.get(digest))


def altered(office: Office, member: str, old: str, new: str) -> Office:
    """The office whose Word files or workbooks say something else in one place."""

    def change(data: bytes) -> bytes:
        if not zipfile.is_zipfile(io.BytesIO(data)):
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
            for info in source.infolist():
                text = source.read(info)
                if info.filename == member:
                    text = re.sub(old, new, text.decode("utf-8"), count=1).encode("utf-8")
                target.writestr(info, text)
        return made.getvalue()

    return replace(office, store=replace(office.store, blobs=cast(Blobs, _Altered(office.store.blobs, change))))


def test_a_dotted_line_is_found_wherever_it_stands(played: Played) -> None:
    dotted = altered(played.office, "word/document.xml", "Trên đây là", "Trên đây là ………")
    held = report_invariants(dotted, sent_reports(played))
    assert [name for name, holds in held.items() if not holds] == ["no_dotted_lines"]


@pytest.mark.parametrize(
    ("line", "open_"),
    [
        ("Kế hoạch số … ngày … của …", True),
        ("……………", True),
        ("Kết quả: ....", True),
        ("Tổng số TTHC (có phát sinh phí, lệ phí,…)", False),
        ("Đăng ký, báo cáo kết quả trước ngày…", False),
        ("Luật Ban hành văn bản, Luật Xử lý vi phạm hành chính...", False),
        ("v.v…", False),
    ],
)
def test_dots_that_end_a_list_are_no_dotted_line(line: str, open_: bool) -> None:
    assert bool(LEFT_OPEN.search(line)) is open_


def test_a_figure_of_a_unit_that_is_not_in_the_sum_is_found(played: Played) -> None:
    other = altered(
        played.office, "xl/worksheets/sheet2.xml", r'(<c r="[C-Z]2" s="\d+"><v>)\d+(</v></c>)', r"\g<1>98765\2"
    )
    held = report_invariants(other, sent_reports(played))
    assert [name for name, holds in held.items() if not holds] == ["sums_of_the_units"]


def test_a_task_that_a_unit_calls_done_and_the_report_does_not_count_is_found(played: Played) -> None:
    said = [one._replace(tasks={"Ban hành bảng điểm": True}) for one in sent_reports(played)]
    held = report_invariants(played.office, said)
    assert [name for name, holds in held.items() if not holds] == ["tasks_as_units_say"]


def test_a_paper_that_is_still_inside_after_its_withdrawal_is_found(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plan_lifecycle.simulation.report_invariants.reopen", lambda *_args: None)
    case = read_case(Settings(), NAME).stage.case
    assert not withdrawn_leaves_nothing(played.office, sent_reports(played), case)


def test_what_comes_out_otherwise_is_told_with_file_line_and_field(played: Played, tmp_path: Path) -> None:
    folder = tmp_path / "examples" / NAME
    shutil.copytree(ROOT / "examples" / NAME, folder)
    case = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    case["owed"] = [case["owed"][0]]
    case["owed"][0]["units"] = 9
    case["owed"][0]["items"][0]["last_day"] = "2023-02-13"
    case["owed"][0]["items"].pop()
    case["expect"]["reports"] = 5
    text = yaml.safe_dump(case, allow_unicode=True, sort_keys=False)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    read = read_case(Settings().model_copy(update={"home": tmp_path, "config": ROOT / "config"}), NAME)
    players = list(read.stage.case.players(read.stage.tree))
    expected = expect(read.stage.case, players, read.behaviour, played.office.rules)
    done = outcome(played.office, expected, sent_reports(played), (), read)
    lines = text.splitlines()
    told = {line.partition("field '")[2].partition("'")[0]: line for line in done.differences}
    assert set(told) == {"owed.0.units", "owed.0.items.0.last_day", "owed", "expect.reports"}
    day = next(number for number, line in enumerate(lines, start=1) if "2023-02-13" in line)
    assert told["owed.0.items.0.last_day"].startswith(f"{folder / 'case.yaml'}, line {day}, field")
    assert "found 2023-02-14 for UBND huyện Bắc Bình, Văn phòng UBND tỉnh" in told["owed.0.items.0.last_day"]
    assert told["owed.0.units"].endswith("found 8, expected 9")
    assert told["expect.reports"].endswith("found 4, expected 5")
    assert any("UBND xã Bình An: report 2023 by 2023-12-18" in line for line in done.differences)
    assert (done.holds, done.invariants["as_the_case_says"]) == (False, False)
