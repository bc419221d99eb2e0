"""``plan-lifecycle scores``: a year from the form to the published ranking, as its users run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from tests.cli.running import Run
from tests.factories import owe

from plan_lifecycle.documents.report_form._workbook import read_sheets
from plan_lifecycle.domain.appraisal import NOT_APPLICABLE
from plan_lifecycle.store.engine import Store

pytestmark = pytest.mark.enable_socket
ROUND = ("--scheme", "communes", "--year", "2023", "--receiver", "bb")
BY = ("--by", "Trần Thị Bình")


def form(run: Run, folder: Path, unit: str = "bb-binh-an") -> Path:
    """The form of a unit, empty."""
    done = run("scores", "form", *ROUND, "--unit", unit, "--out", str(folder))
    assert (done.code, done.err) == (0, "")
    return Path(done.out.strip())


def cells_of(path: Path) -> list[list[object]]:
    """The rows of a form's only sheet."""
    (sheet,) = read_sheets(path.read_bytes())
    return [list(row) for row in sheet.cells]


def fill_in(path: Path, changes: dict[str, dict[str, object]], points: str = "2,5", done: int = 19) -> Path:
    """Score every criterion of a form, and some as ``changes`` say by their name and by the heading of the cell."""
    rows = cells_of(path)
    start = next(number for number, row in enumerate(rows) if "Tiêu chí" in row)
    at = {head: column for column, head in enumerate(rows[start])}
    for row in rows[start + 1 :]:
        if "." in str(row[0]):
            usual = {"Điểm tự chấm": points, "Số được giao": 20, "Số hoàn thành": done}
            for head, value in (usual | changes.get(str(row[1]), {})).items():
                row[at[head]] = value
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_a_year_from_the_form_to_the_published_ranking(run: Run, store: Store, tmp_path: Path) -> None:
    owe(store)
    path = fill_in(
        form(run, tmp_path),
        {
            "Xin lỗi khi giải quyết hồ sơ quá hạn": {
                "Điểm tự chấm": NOT_APPLICABLE,
                "Giải trình, lý do": "Không có hồ sơ quá hạn",
            }
        },
    )
    taken = [run("scores", "take", str(path), *ROUND, *BY, "--json") for _ in range(2)]
    assert [json.loads(one.out)["new"] for one in taken] == [19, 0]
    assert json.loads(taken[0].out)["unclaimed"] == []
    asked = (
        "scores",
        "ask",
        *ROUND,
        "--unit",
        "bb-binh-an",
        "--criterion",
        "discipline",
        "--question",
        "Minh chứng?",
        *BY,
    )
    assert run(*asked).code == 0
    rest = json.loads(run("scores", "appraise", *ROUND, "--unit", "bb-binh-an", "--rest", *BY, "--json").out)
    assert rest == {"appraised": 18}
    lines = {
        line["criterion"]: line
        for line in map(json.loads, run("scores", "show", *ROUND, "--unit", "bb-binh-an", "--json").out.splitlines())
    }
    assert lines["discipline"]["question"] == "Minh chứng?"
    assert lines["files_on_time"]["proposed"]["points"] == 9.5
    assert lines["plan"]["proposed"]["why"].startswith("Theo sổ theo dõi: 00/01 kế hoạch đúng hạn")
    assert (lines["plan"]["appraised"]["points"], lines["plan"]["claimed"]["points"]) == (0, 2.5)
    assert "Minh chứng?" in [cell for row in cells_of(form(run, tmp_path)) for cell in row]
    ruling = ("scores", "appraise", *ROUND, "--unit", "bb-binh-an", "--criterion", "discipline", "--points", "1,5", *BY)
    assert "ghi rõ lý do" in run(*ruling).err
    assert run(*ruling, "--reason", "Thiếu minh chứng").code == 0
    places = [json.loads(line) for line in run("scores", "show", *ROUND, "--json").out.splitlines()]
    mine = next(place for place in places if place["unit"] == "UBND xã Bình An")
    assert (mine["maximum"], mine["rank"]) == (97.0, None)
    refused = run("scores", "publish", *ROUND, *BY)
    assert (refused.code, "chưa thẩm định xong" in refused.err) == (2, True)
    once = [run("scores", "publish", *ROUND, *BY, "--reason", "Xã còn lại không tham gia", "--json") for _ in range(2)]
    assert [json.loads(one.out)["version"] for one in once] == [1, 1]
    assert [line["rank"] for line in json.loads(once[0].out)["lines"] if line["unit"] == "UBND xã Bình An"] == [1]


def test_a_form_with_a_fault_is_told_with_file_row_and_column_and_not_taken(run: Run, tmp_path: Path) -> None:
    path = fill_in(form(run, tmp_path), {"Giải quyết hồ sơ đúng hạn": {"Điểm tự chấm": 99}})
    done = run("scores", "take", str(path), *ROUND, *BY)
    row = next(number for number, cells in enumerate(cells_of(path), start=1) if cells[0] == "3.2")
    assert (done.code, done.out) == (2, "")
    assert f"Tệp {path.name}, dòng {row}, cột “Điểm tự chấm”: điểm vượt điểm tối đa (“99”)." in done.err
    lines = run("scores", "show", *ROUND, "--unit", "bb-binh-an", "--json").out.splitlines()
    assert all(json.loads(line)["claimed"] is None for line in lines)


def test_one_faulty_form_or_a_unit_twice_stops_no_other(run: Run, tmp_path: Path) -> None:
    good = fill_in(form(run, tmp_path), {})
    twice = tmp_path / "again.xlsx"
    twice.write_bytes(good.read_bytes())
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK no workbook")
    done = run("scores", "take", str(bad), str(good), str(twice), *ROUND, *BY, "--json")
    assert (done.code, len(done.out.splitlines())) == (2, 1)
    assert "again.xlsx" in done.err
    wrong = run("scores", "take", str(good), "--scheme", "communes", "--year", "2024", "--receiver", "bb", *BY)
    assert "ghi năm 2023" in wrong.err


def test_a_table_of_rulings_is_taken_line_by_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rulings.tsv"
    lines = (
        "xã Bình An\tdiscipline\t7,5\t",
        "xã Bình An\tdiscipline\t7\t",
        "xã Bình An\tno\t1\t",
        "xã Không\tplan\t1\t",
        "xã Bình An\tplan\t9\t",
        "xã Bình An\ttraining\t\t",
        "xã Bình An\tfeedback\t2.5\t",
    )
    path.write_text("unit\tcriterion\tpoints\treason\n" + "\n".join(lines) + "\n", encoding="utf-8")
    done = run("scores", "appraise", *ROUND, "--file", str(path), *BY, "--json")
    assert done.code == 2
    assert [json.loads(line)["points"] for line in done.out.splitlines()] == [7.5, 2.5]
    for number, field in ((3, "unit"), (4, "criterion"), (5, "unit"), (6, "points"), (7, "points")):
        assert f"line {number}, field '{field}'" in done.err


DONE = {
    "Bình An": (20, 20, 20, 20),
    "Hòa Thắng": (19, 20, 18, 19),
    "Chợ Lầu": (19, 17, 17, 17),
    "Phòng Nội vụ": (18, 18, 18, 18),
}
"""What each unit did of 20 tasks in each field, by year: below nine tenths there are no points."""


def test_the_movement_of_four_years_comes_to_its_reviews_with_candidates_and_caps(run: Run, tmp_path: Path) -> None:
    for year in range(2022, 2026):
        given = ("--scheme", "emulation", "--year", str(year), "--receiver", "bb")
        forms = [
            Path(line) for line in run("scores", "form", *given, "--out", str(tmp_path / str(year))).out.splitlines()
        ]
        for path in forms:
            (whose,) = [cells[0] for cells in cells_of(path) if str(cells[0]).startswith("Cơ quan, đơn vị:")]
            (shares,) = [done for name, done in DONE.items() if name in str(whose)]
            fill_in(path, {}, "5", shares[year - 2022])
        assert run("scores", "take", *map(str, forms), *given, *BY).err == ""
        assert run("scores", "appraise", *given, "--rest", *BY, "--json").out == '{"appraised": 36}\n'
    award = ("--award", "emulation-merit", "--receiver", "bb")

    def review(years: str) -> dict[str, tuple[object, ...]]:
        done = run("scores", "awards", *award, "--years", years, "--out", str(tmp_path / "list.xlsx"), "--json")
        lines = [json.loads(line) for line in done.out.splitlines()]
        told = ("index", "rank", "band", "result", "individuals")
        return {line["unit"]: tuple(line[name] for name in told) for line in lines}

    assert review("2022-2023") == {
        "Phòng Nội vụ": (91.0, 1, "Tốt", "proposed", 3),
        "UBND thị trấn Chợ Lầu": (52.75, 3, "Trung bình", "not_reached", 0),
        "UBND xã Bình An": (100.0, 1, "Tốt", "proposed", 3),
        "UBND xã Hòa Thắng": (97.75, 2, "Tốt", "proposed", 3),
    }
    choice = ("scores", "choose", *award, "--years", "2022-2025", "--unit", "xã Hòa Thắng", "--leave-out", *BY)
    assert run(*choice, "--reason", " ").code == 2
    assert [run(*choice, "--reason", "Nội bộ chưa đoàn kết").out for _ in range(2)] == ["đã ghi\n", "đã ghi trước đó\n"]
    final = review("2022-2025")
    assert final["UBND xã Hòa Thắng"] == (95.5, 2, "Tốt", "left_out", 0)
    assert final["UBND thị trấn Chợ Lầu"] == (31.38, 3, "Yếu", "not_reached", 0)
    assert [len(list(sheet.cells)) > 4 for sheet in read_sheets((tmp_path / "list.xlsx").read_bytes())] == [True, True]
    unknown = run("scores", "awards", *award, "--years", "2025-2022")
    assert (unknown.code, "--years" in unknown.err) == (2, True)
    assert "không có bộ tiêu chí" in run("scores", "awards", *award, "--years", "2022-2026").err


def test_an_appraisal_comes_back_as_the_form_that_went_out(run: Run, store: Store, tmp_path: Path) -> None:
    done = run("scores", "form", *ROUND, "--unit", "bb-binh-an", "--appraisal", "--out", str(tmp_path))
    path = Path(done.out.strip())
    assert "Điểm thẩm định" in [cell for row in cells_of(path) for cell in row]
    rows = cells_of(path)
    start = next(number for number, row in enumerate(rows) if "Tiêu chí" in row)
    for row in rows[start + 1 :]:
        if "." in str(row[0]):
            row[rows[start].index("Điểm thẩm định")] = 1
    with xlsxwriter.Workbook(path) as book:
        for number, row in enumerate(rows, start=0):
            (book.get_worksheet_by_name("x") or book.add_worksheet("x")).write_row(number, 0, row)
    given = ("scores", "appraise", *ROUND, "--file", str(path), *BY, "--json")
    assert [json.loads(run(*given).out)["appraised"] for _ in range(2)] == [19, 0]
    out = tmp_path / "to-trinh.docx"
    awards = ("scores", "awards", "--award", "communes-merit", "--years", "2023", "--receiver", "bb", "--out", str(out))
    assert run(*awards).code == 0
    assert out.read_bytes()[:2] == b"PK"


def test_every_unit_is_mailed_its_form_once(run: Run, store: Store) -> None:
    mail = ("scores", "mail", *ROUND, "--until", "2023-12-20", "--as-of", "2023-12-05", *BY, "--json")
    assert [json.loads(run(*mail).out) for _ in range(2)] == [
        {"queued": 3, "unreachable": []},
        {"queued": 0, "unreachable": []},
    ]
