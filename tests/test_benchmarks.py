"""Figures: what was lost is named, pictures say what falls short, the page shows pictures that are there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bench import airflow_bench, compare, country_bench
from bench.papers import asked_of, paper
from lxml import etree
from scripts.benchmark_pictures import GROUPS, bars_of, drawn, with_figures
from scripts.country_picture import drawn as drawn_growth
from scripts.country_picture import merged, n_log_n, table

from plan_lifecycle.documents.gate import Purpose, inspect
from plan_lifecycle.documents.report_form import read_report_docx, read_report_form
from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.settings import ROOT

MEASURED = {
    "mail.plain": {"ratio": 8.0, "goal": 5.0},
    "mailbox.taken_in": {"ratio": 0.5, "goal": 1.0},
    "morning": {"ratio": None, "goal": None},
}


@pytest.fixture
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What was measured and the baseline, both in the test's own folder."""
    monkeypatch.setattr(compare, "MEASURED", tmp_path / "bench.json")
    monkeypatch.setattr(compare, "BASELINE", tmp_path / "baseline.json")
    (tmp_path / "bench.json").write_text(json.dumps(MEASURED))
    return tmp_path


def test_a_loss_of_over_a_quarter_fails_and_is_named(figures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A quarter exactly may be lost; what is absolute has no ratio to lose."""
    assert compare.main(["--write"]) == 0
    assert compare.main([]) == 0
    now = json.loads(json.dumps(MEASURED))
    now["mail.plain"]["ratio"], now["mailbox.taken_in"]["ratio"] = 6.0, 0.37
    (figures / "bench.json").write_text(json.dumps(now))
    capsys.readouterr()
    assert compare.main([]) == 1
    told = capsys.readouterr().out
    assert "mailbox.taken_in: 0.5 before, 0.37 now, 26% lost" in told
    assert "mail.plain" not in told


def test_a_figure_that_is_measured_no_more_is_named(figures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bench that was left out, for want of a mail server, is no loss but does not go unsaid."""
    compare.main(["--write"])
    (figures / "bench.json").write_text(json.dumps({"mail.plain": MEASURED["mail.plain"]}))
    assert compare.main([]) == 0
    assert "mailbox.taken_in: not measured" in capsys.readouterr().out


def test_nothing_measured_is_no_success(figures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without figures nothing can be said to have been kept."""
    compare.main(["--write"])
    (figures / "bench.json").write_text("{}")
    assert compare.main([]) == 2
    (figures / "bench.json").unlink()
    assert compare.main([]) == 2
    assert "make bench" in capsys.readouterr().err


def test_the_committed_baseline_holds_ratios_alone() -> None:
    """No seconds of any machine: they would be another machine's."""
    baseline = json.loads(compare.BASELINE.read_text(encoding="utf-8"))
    assert len(baseline["ratios"]) > 20
    assert all(isinstance(ratio, int | float) and ratio > 0 for ratio in baseline["ratios"].values())


def test_what_benchmarks_hand_in_passes_the_gate_and_is_read_as_of_today() -> None:
    """A plan, a report in Word and one in Excel; who measures papers that are refused measures nothing."""
    commune = Unit("x7", "xã Bình An 7", UnitKind.COMMUNE, 2, "t1")
    owed = replace(owed_report(), unit_id=commune.id)
    word, excel = (paper(commune, owed, number) for number in (1, 2))
    plan = paper(commune, replace(owed, item=Item.SUB_PLAN), 0)
    for each, purpose in ((plan, Purpose.PLAN), (word, Purpose.REPORT), (excel, Purpose.REPORT)):
        assert inspect(each.data, name=each.name, purpose=purpose).accepted, each.name
    assert len(read_report_docx(word.data, asked_of(commune)).figures) > 5
    assert len(read_report_form(excel.data, asked_of(commune)).figures) > 5


def owed_report() -> Obligation:
    return Obligation(
        plan_id=1, unit_id="", receiver_id="t1", item=Item.REPORT, period="2026-H1", clause="UBND các xã gửi báo cáo.",
        phrase="trước ngày 17/6/2026", basis=Basis.RECEIPT, due_on=date(2026, 6, 16), next_rung_on=date(2026, 6, 9),
    )  # fmt: skip


def test_the_task_instances_of_every_dag_are_counted() -> None:
    """A new one is measured, too."""
    dags = {path.stem for path in (ROOT / "dags").glob("*.py")}
    assert set(airflow_bench.INSTANCES) == set(airflow_bench.TASKS) == dags


def test_a_picture_draws_each_ratio_and_shows_what_falls_short() -> None:
    """The mailbox is no letter; a figure without a ratio has no bar."""
    (bar,) = bars_of(MEASURED, "mail")
    assert bar.name == "mail.plain"
    (short,) = bars_of(MEASURED, "mailbox")
    assert short.short
    assert not bar.short
    picture = etree.fromstring(drawn("Letters <plain>", [bar, short]).encode())
    assert [each.get("fill") for each in picture.iter() if each.get("height") == "13"] == ["#1d6fa5", "#b45309"]


def test_the_page_takes_figures_between_its_marks_and_keeps_what_was_not_measured() -> None:
    """What falls short is said so in the table."""
    page = "a\n<!-- figures of mail -->\nold\n<!-- end -->\n<!-- figures of portal -->\nkept\n<!-- end -->\nb\n"
    row = {"ours": 4000.0, "peer": 1000.0, "ratio": 4.0, "goal": 5.0, "note": "letters | a second", "load": 2.0}
    told = with_figures(page, {"mail.plain": row})
    assert "| mail.plain | 4,000 | 1,000 | **4, short** | 5 | letters / a second | 2.0 |" in told
    assert "![Letters" in told
    assert "old" not in told
    assert "-->\nkept\n<!--" in told


def test_every_picture_of_figures_is_shown_and_each_group_has_its_place() -> None:
    """Each is drawn by the kept script."""
    page = (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]+\]\(pictures/([\w.-]+)\)", page)
    assert {path.name for path in (ROOT / "docs/pictures").glob("bench-*.svg")} == set(shown)
    assert all(f"<!-- figures of {group} -->" in page for group in GROUPS)


POINTS = [
    {"units": units, "obligations": 5 * units, "cpu_seconds": cost, "seconds": 2 * cost, "peak_mb": 200.0, "load": 1.0}
    for units, cost in ((125, 50.0), (500, 260.0))
]


def test_the_growth_of_the_country_is_drawn_with_a_point_for_each_size_and_the_line_that_it_is_held_against() -> None:
    """The newest of each size counts, the smallest comes first."""
    points = merged([{**POINTS[1], "cpu_seconds": 900.0}], POINTS[::-1])
    assert points == POINTS
    picture = etree.fromstring(drawn_growth(points).encode())
    places = [each for each in picture.iter() if each.tag.endswith("circle")]
    assert len(places) == 2
    assert n_log_n(POINTS[0], 125) == pytest.approx(50.0)
    assert 200.0 < n_log_n(POINTS[0], 500) < 260.0
    assert float(places[1].get("cy")) < float(places[0].get("cy"))
    assert "| 500 | 2,500 | 260 | 0.520 | 520 | 200 | 1.0 |" in table(points)
    assert drawn_growth(points[:1]).count("<circle") == 1


def test_a_size_of_the_country_is_left_out_only_where_it_would_not_end_in_time() -> None:
    """Six provinces take more than five times as long as one: 40 seconds leave time for them, 100 do not."""
    assert country_bench.fits([], 11)
    assert country_bench.fits([{**POINTS[0], "seconds": 40.0}], 6)
    assert not country_bench.fits([{**POINTS[0], "seconds": 100.0}], 6)


def test_the_whole_country_is_held_against_its_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All sizes are asked for, however long they take."""
    costs = {1: (125, 60.0), 6: (528, 300.0), 11: (1017, 700.0), None: (country_bench.WHOLE, 1200.0)}
    monkeypatch.setattr(country_bench, "POINTS", tmp_path / "build/country.json")
    monkeypatch.setattr(
        country_bench,
        "_played",
        lambda provinces: {**POINTS[0], "units": costs[provinces][0], "seconds": costs[provinces][1]},
    )
    monkeypatch.delenv("FULL", raising=False)
    assert [figure.name for figure in country_bench.measure()] == ["country.units_125", "country.units_528"]
    monkeypatch.setenv("FULL", "1")
    *sizes, seconds, memory = country_bench.measure()
    assert len(sizes) == len(costs) == len(json.loads((tmp_path / "build/country.json").read_text()))
    assert (seconds.name, seconds.ratio) == ("country.whole_seconds", 0.75)
    assert (memory.name, memory.ratio) == ("country.whole_peak_mb", 7.5)
