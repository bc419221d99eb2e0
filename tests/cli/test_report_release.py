"""``plan-lifecycle report hold|release|issue|undo``: each says how the report stands afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import Run, answers
from tests.documents import hostile
from tests.factories import BINH_AN, HOA_THANG, arrival, day, make_office, owe, plan_row, report_file
from tests.fakes import FakeChannel
from tests.lifecycle.compile.test_placing import write
from tests.lifecycle.release.editing import edited

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.reports import every

BY = ("--by", "Trần Thị Lan", "--as-of", "2023-06-20")


@pytest.fixture
def compiled(store: Store) -> None:
    office, plan_id = make_office(store), plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
        given = arrival(report_file(unit), unit, "report", "2023-H1", "2023-06-10", key=unit.id, file_name="b.xlsx")
        assert collect(office, [FakeChannel([given])], day("2023-06-10")).accepted == 1
    assert compile_report(office, "bb", "2023-H1", day("2023-06-19")).new


@pytest.mark.usefixtures("compiled")
def test_a_report_is_held_issued_and_taken_back_by_command(run: Run, tmp_path: Path) -> None:
    held = run("report", "hold", "bb:2023-H1", "--reason", "Chờ số liệu", *BY)
    assert (held.code, "Giữ lại (Trần Thị Lan): Chờ số liệu" in held.out) == (0, True)
    issue = ("report", "issue", "bb:2023-H1:1", "--number", "45", "--date", "2023-06-20", "--signer", "Ánh", *BY)
    paper = tmp_path / "45-BC.pdf"
    paper.write_bytes(b"MZ no paper")
    turned_away = run(*issue, "--paper", str(paper))
    assert (turned_away.code, "chỉ tiếp nhận tệp PDF, văn bản Word (.docx)" in turned_away.err) == (2, True)
    assert run(*issue, "--paper", str(tmp_path / "none.pdf")).code == 2
    paper.write_bytes(hostile.pdf(b"<</Type /Catalog>>"))
    (answer,) = answers(run(*issue, "--paper", str(paper), "--json"), "report-issue")
    made = answer["versions"][0]["issue"]
    assert (answer["new"], answer["versions"][0]["state"], made["number"], made["paper_name"]) == (
        True,
        "issued",
        "45",
        "45-BC.pdf",
    )
    told = run(*issue, "--paper", str(paper)).out
    assert ("không có thay đổi" in told, "bản ký: 45-BC.pdf" in told) == (True, True)
    assert "không có thay đổi" in run(*issue).out
    paper.write_bytes(hostile.pdf(b"<</Type /Pages>>"))
    assert run(*issue, "--paper", str(paper)).code == 2
    refused = run("report", "release", "bb:2023-H1", *BY)
    assert (refused.code, "Báo cáo đã ban hành." in refused.err) == (2, True)
    assert "đang giữ lại" in run("report", "undo", "bb:2023-H1", "--reason", "Nhầm số", *BY).out
    assert "đã trình lãnh đạo" in run("report", "release", "bb:2023-H1", *BY).out
    assert "không có thay đổi" in run("report", "release", "bb:2023-H1", *BY).out
    (let_go,) = answers(run("report", "release", "bb:2023-H1", *BY, "--json"), "report-release")
    assert let_go["new"] is False
    (again,) = answers(run("report", "hold", "bb:2023-H1", "--reason", "Chờ", *BY, "--json"), "report-hold")
    assert again["hold"]["reason"] == "Chờ"
    (issued,) = answers(run(*issue, "--json"), "report-issue")
    (undone,) = answers(run("report", "undo", "bb:2023-H1", "--reason", "Nhầm", *BY, "--json"), "report-undo")
    assert (issued["versions"][0]["state"], undone["versions"][0]["issue"]) == ("issued", None)


@pytest.mark.usefixtures("compiled")
def test_a_corrected_draft_and_a_signed_paper_come_back_by_command(run: Run, store: Store, tmp_path: Path) -> None:
    with store.read() as connection:
        (stored,) = every(connection)
    file = tmp_path / "sua.docx"
    file.write_bytes(store.blobs.get(stored.word_blob))
    same = run("report", "correct", "bb:2023-H1", str(file), *BY)
    assert (same.code, "Tệp này chính là bản dự thảo, chưa sửa." in same.err) == (2, True)
    file.write_bytes(edited(file.read_bytes(), {"Đã đăng 06 tin": "Đã đăng 16 tin"}))
    told = run("report", "correct", "bb:2023-H1:1", str(file), *BY)
    assert (told.code, "nội dung theo bản đã sửa: sua.docx (Trần Thị Lan)" in told.out) == (0, True)
    assert "số đã tổng hợp 06, bản sửa ghi 16" in told.out
    (made,) = answers(run("report", "correct", "bb:2023-H1", str(file), *BY, "--json"), "report-correct")
    assert (made["new"], made["versions"][0]["correction"]["figures"][0][1:]) == (False, ["06", "16"])
    issue = ("report", "issue", "bb:2023-H1", "--number", "45", "--date", "2023-06-20", "--signer", "Ánh", *BY)
    assert "Bản Word đã sửa có 01 số liệu khác số đã tổng hợp." in run(*issue).out
    paper = tmp_path / "45.pdf"
    paper.write_bytes(hostile.pdf(b"<</Type /Catalog>>"))
    assert "Không đọc được số, ngày" in run("report", "paper", "bb:2023-H1", str(paper), *BY).out
    assert run("report", "uncorrect", "bb:2023-H1", "--reason", "Nhầm", *BY).code == 2
    assert run("report", "undo", "bb:2023-H1", "--reason", "Nhầm số", *BY).code == 0
    assert "bản đã sửa" not in run("report", "uncorrect", "bb:2023-H1", "--reason", "Nhầm", *BY).out
    (plain,) = answers(run("report", "uncorrect", "bb:2023-H1", "--reason", "Nhầm", *BY, "--json"), "report-uncorrect")
    assert (plain["new"], plain["versions"][0]["correction"]) == (False, None)
    assert run(*issue).code == 0
    (kept,) = answers(run("report", "paper", "bb:2023-H1", str(paper), *BY, "--json"), "report-paper")
    assert kept["versions"][0]["issue"]["paper_name"] == "45.pdf"


def test_paragraphs_are_listed_moved_left_out_and_put_back_by_command(run: Run, store: Store) -> None:
    office = make_office(store)
    owe(store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_row(store))
    write(office, BINH_AN, "Chuyện riêng.\nChuyện chung.")
    assert compile_report(office, "bb", "2023-H1", day("2023-06-19")).new
    assert "Nội dung khác: Chuyện riêng. (UBND xã Bình An)" in run("report", "paragraphs", "bb:2023-H1").out
    move = ("report", "move", "bb:2023-H1", "chuyện riêng", "--to", "Mặt tích cực", *BY)
    assert [answers(run(*move, "--json"), "report-move")[0]["new"] for _ in range(2)] == [True, False]
    assert run("report", "move", "bb:2023-H1", "chuyện", "--to", "Mặt tích cực", *BY).code == 2
    out = ("report", "omit", "bb:2023-H1", "chuyện chung", "--reason", "Ngoài nội dung", *BY)
    assert "Đã ghi." in run(*out).out
    told = run("report", "paragraphs", "bb:2023-H1").out
    assert "Trần Thị Lan chuyển đến “Đánh giá chung › Mặt tích cực”" in told
    assert "Trần Thị Lan không đưa vào báo cáo: Ngoài nội dung" in told
    listed = answers(run("report", "paragraphs", "bb:2023-H1", "--json"), *["report-paragraphs"] * 3)
    targets = [one["placing"]["target"] if one["placing"] else "" for one in listed]
    assert [(target, one["pending"]) for target, one in zip(targets, listed, strict=True)] == [
        ("", False), ("assessment_good", True), (None, True),
    ]  # fmt: skip
    assert answers(run(*out, "--json"), "report-omit") == [{"new": False}]
    back = run("report", "restore", "bb:2023-H1", "chuyện chung", *BY, "--json")
    assert answers(back, "report-restore") == [{"new": True}]
    assert "không đưa vào báo cáo" not in run("report", "paragraphs", "bb:2023-H1").out


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("name", ["bb", "bb:2023-H9", "bb:2023-H1:1", "no:2023-H1"])
def test_what_names_no_report_is_refused(run: Run, name: str) -> None:
    assert run("report", "hold", name, "--reason", "Chờ số liệu", *BY).code == 2
