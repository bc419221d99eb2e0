"""Rankings and award lists as Excel: in order of rank, numbers as numbers, and why somebody is proposed."""

from __future__ import annotations

from decimal import Decimal

from plan_lifecycle.documents.report_form._workbook import read_sheets
from plan_lifecycle.documents.score_table import write_ranking
from plan_lifecycle.domain.award import Award, Chosen, candidates
from plan_lifecycle.domain.score import Band, Score, Scoring, rank

SCORING = Scoring((Band("Tốt", Decimal(80)), Band("Yếu", Decimal(0))))
AWARD = Award("m", "Giấy khen", "xa", "Tốt", {"": 2}, individuals=3, also=("Nội bộ đoàn kết",))
UNITS = {"xã A": "81.5", "xã B": "95", "xã C": "81.5", "xã D": "99"}


def test_a_ranking_and_its_award_list() -> None:
    scores = [Score("Xã", unit, Decimal(100), Decimal(points)) for unit, points in UNITS.items()]
    places = rank([*scores, Score("Xã", "xã E", None, None)], SCORING)
    groups = candidates(places, AWARD, SCORING, {"xã D": Chosen(False, "Lan", "Bị kỷ luật")})
    ranking, awards = read_sheets(write_ranking("=Xếp hạng", places, ["Ghi chú"], (AWARD, groups)))
    assert [row[0] for row in ranking.cells[:2]] == ["=Xếp hạng", "Ghi chú"]
    assert [(row[0], row[2], row[5]) for row in ranking.cells[3:]] == [
        (1, "xã D", 99),
        (2, "xã B", 95),
        (3, "xã A", 81.5),
        (3, "xã C", 81.5),
        (None, "xã E", None),
    ]
    assert [(row[1], row[2]) for row in awards.cells if row[0] == "Xã"] == [
        ("xã B", "Đề nghị"),
        ("xã A", "Chờ chọn"),
        ("xã C", "Chờ chọn"),
        ("xã D", "Không đề nghị"),
    ]
    told = " ".join(str(cell) for row in awards.cells for cell in row)
    assert "01 tập thể, 03 cá nhân" in told
    assert "Chỉ số 95,00%, xếp loại Tốt (yêu cầu từ Tốt), hạng 2, trong số 02 đơn vị của nhóm" in told
