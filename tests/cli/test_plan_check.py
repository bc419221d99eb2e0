"""``plan-lifecycle plan check``: xã Bình An's plan from Word, held against the plan of huyện Bắc Bình."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.documents.plan_texts import Plan, Rows

from plan_lifecycle.cli import main

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/plan-check.json").read_text(encoding="utf-8"))
HEADINGS = ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"]
PARENT: Rows = [
    HEADINGS,
    ["1", "Đăng ít nhất 05 tin, bài/tháng trên cổng thông tin điện tử", "UBND các xã", "", "Hằng tháng", "Tin, bài"],
    ["2", "Treo băng rôn, áp phích tuyên truyền", "UBND các xã", "", "Trước ngày 01/5/2023", "Băng rôn"],
    ["3", "Tổ chức đối thoại với người dân", "UBND các xã", "", "Quý III/2023", "Biên bản"],
    ["4", "Khảo sát mức độ hài lòng", "Phòng Nội vụ", "", "Tháng 9/2023", "Báo cáo"],
]
OWN: Rows = [
    HEADINGS,
    ["1", "Đăng ít nhất 03 tin, bài/tháng trên cổng thông tin điện tử", "Văn phòng", "", "Hằng tháng", "Tin, bài"],
    ["2", "Treo băng rôn, áp phích tuyên truyền tại trụ sở xã", "Văn phòng", "", "Tháng 6/2023", "Băng rôn"],
    ["3", "Thành lập tổ công nghệ số cộng đồng", "Công an xã", "", "Tháng 7/2023", "Quyết định"],
]
CITATION = "Căn cứ Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện;"
COMMUNE = {"agency": ("ỦY BAN NHÂN DÂN", "XÃ BÌNH AN"), "number": "Số: 07/KH-UBND"}


def check(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[list[Any], int]:
    with pytest.raises(SystemExit) as end:
        main(["plan", "check", *map(str, arguments), "--json"])
    made = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for answer in made:
        Draft202012Validator(SCHEMA).validate(answer)
    return made, int(end.value.code or 0)


def written(path: Path, plan: Plan) -> Path:
    path.write_bytes(plan.end().data)
    return path


@pytest.fixture
def parent(tmp_path: Path) -> Path:
    return written(tmp_path / "huyen.docx", Plan().head().text("I. NHIỆM VỤ").table(PARENT))


@pytest.fixture
def sub(tmp_path: Path) -> Path:
    made = Plan().head(**COMMUNE).text(CITATION, "I. NHIỆM VỤ").table(OWN).text("II. KINH PHÍ", "Ngân sách xã.")  # type: ignore[arg-type]
    return written(tmp_path / "xa.docx", made)


def test_it_compares_a_commune_plan_with_its_district(
    capsys: pytest.CaptureFixture[str], sub: Path, parent: Path
) -> None:
    (answer,), code = check(capsys, sub, "--against", parent)
    assert code == 0
    assert answer["unit"] == "xã Bình An"
    assert [pair["superior"]["ordinal"] for pair in answer["covered"]] == ["1", "2"]
    assert [row["ordinal"] for row in answer["missing"]] == ["3"]
    assert [one["own"]["ordinal"] for one in answer["later"]] == ["2"]
    assert [(one["found"], one["expected"]) for one in answer["lower"]] == [
        ("ít nhất 3 tin, bài/tháng", "ít nhất 5 tin, bài/tháng")
    ]
    assert [row["ordinal"] for row in answer["extra"]] == ["3"]
    assert [finding["rule"] for finding in answer["findings"]] == ["missing", "later", "lower"]


def test_it_expects_what_is_given_to_the_unit_that_is_named(
    capsys: pytest.CaptureFixture[str], sub: Path, parent: Path
) -> None:
    (answer,), _ = check(capsys, sub, "--against", parent, "--unit", "Phòng Nội vụ")
    assert [row["ordinal"] for row in answer["missing"]] == ["4"]


LOCAL = (
    "Ủy ban nhân dân xã phân công công chức phụ trách từng thôn đến gặp các hộ dân vùng sâu để giải thích cách nộp hồ "
    "sơ trực tuyến, ghi lại ý kiến về thái độ phục vụ và niêm yết kết quả tại nhà văn hóa vào sáng thứ hai đầu tháng."
)


def test_it_names_the_sibling_whose_words_were_taken_but_not_those_of_the_draft(
    capsys: pytest.CaptureFixture[str], parent: Path, tmp_path: Path
) -> None:
    def plan(name: str) -> Path:
        made = Plan().head(**COMMUNE).text(CITATION, "I. CÁCH LÀM", LOCAL).table(OWN)  # type: ignore[arg-type]
        return written(tmp_path / name, made)

    mine, other = plan("xa.docx"), plan("xa-khac.docx")
    (answer,), _ = check(capsys, mine, "--against", parent, "--sibling", other)
    assert [(one["source"], one["share"]) for one in answer["copied"]] == [(str(other), 1.0)]
    assert "copied" in {finding["rule"] for finding in answer["findings"]}
    (answer,), _ = check(capsys, mine, "--against", parent, "--sibling", other, "--draft", other)
    assert answer["copied"] == []


def test_a_sub_plan_that_is_no_plan_is_refused_and_a_superior_plan_that_is_none_is_an_error(
    capsys: pytest.CaptureFixture[str], sub: Path, parent: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    (answer,), code = check(capsys, pdf, "--against", parent)
    assert (set(answer), code) == ({"file", "against", "refused"}, 0)
    assert check(capsys, sub, "--against", pdf) == ([], 2)
    assert check(capsys, sub, "--against", parent, "--unit", "abc") == ([], 2)


def test_it_tells_people_in_vietnamese(capsys: pytest.CaptureFixture[str], sub: Path, parent: Path) -> None:
    with pytest.raises(SystemExit):
        main(["plan", "check", str(sub), "--against", str(parent)])
    text = capsys.readouterr().out
    assert "đã có: 02; còn thiếu: 01; bổ sung: 01" in text
    assert "Thời hạn muộn hơn kế hoạch cấp trên" in text


def test_a_superior_plan_that_is_cut_short_is_named(
    capsys: pytest.CaptureFixture[str], sub: Path, parent: Path
) -> None:
    parent.write_bytes(parent.read_bytes()[:900])
    with pytest.raises(SystemExit) as end:
        main(["plan", "check", str(sub), "--against", str(parent)])
    assert end.value.code == 2
    assert "huyen.docx" in capsys.readouterr().err
