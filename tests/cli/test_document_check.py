"""``plan-lifecycle document check``: its answers keep to the schema, its Vietnamese to the tone of the house."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.documents.forms import good_plan

from plan_lifecycle.cli import main
from plan_lifecycle.documents.check import RULES

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and return exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["document", "check", *arguments])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run


def written(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def valid(line: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(line)
    schema = json.loads((ROOT / "docs/schemas/document-check.json").read_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(answer)
    return answer


def test_it_answers_one_object_a_file_in_the_order_of_the_files(check: Run, tmp_path: Path) -> None:
    bad = written(tmp_path, "lech.docx", good_plan(number="Số: 5/KH-UBND"))
    good = written(tmp_path, "dung.docx", good_plan())
    code, out, _ = check(bad, good, "--json")
    first, second = map(valid, out.splitlines())
    assert code == 0
    assert (first["file"], second["file"]) == (bad, good)
    assert [finding["rule"] for finding in first["findings"]] == ["number.padding"]
    assert second["findings"] == []


def test_a_draft_may_leave_number_date_and_signer_open(check: Run, tmp_path: Path) -> None:
    changes = {"number": "Số:    /KH-UBND", "date": "Bình An, ngày    tháng    năm 2023", "signer": None}
    draft = written(tmp_path, "du-thao.docx", good_plan(**changes))
    assert valid(check(draft, "--draft", "--json")[1])["findings"] == []
    assert len(valid(check(draft, "--json")[1])["findings"]) == 3


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"", b"PK\x03\x04 cut short", b"{\\rtf1 }"])
def test_a_file_that_is_no_word_document_is_refused_in_vietnamese(check: Run, tmp_path: Path, data: bytes) -> None:
    code, out, _ = check(written(tmp_path, "van-ban.docx", data), "--json")
    assert code == 0
    assert valid(out)["refused"].startswith(("Tệp", "Nội dung của tệp"))


def test_a_file_that_is_not_there_is_named_and_the_others_are_answered(check: Run, tmp_path: Path) -> None:
    good = written(tmp_path, "dung.docx", good_plan())
    code, out, err = check(str(tmp_path / "khong-co.docx"), good, "--json")
    assert code == 2
    assert "khong-co.docx" in err
    assert valid(out)["file"] == good


def test_without_json_it_speaks_vietnamese_and_cites_the_article(check: Run, tmp_path: Path) -> None:
    bad = written(tmp_path, "lech.docx", good_plan(number="Số: 5/KH-UBND", national=None))
    _, out, _ = check(bad)
    assert "01 nội dung cần chỉnh, 01 nội dung lưu ý" in out
    assert "Cần chỉnh: Quốc hiệu (trang 1): không có Quốc hiệu" in out
    assert "Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II, khoản 3, điểm c." in out
    assert not any(word in out.lower() for word in ("lỗi", "vi phạm", "hệ thống phát hiện"))


def test_a_document_in_form_is_told_so(check: Run, tmp_path: Path) -> None:
    assert "đạt yêu cầu" in check(written(tmp_path, "dung.docx", good_plan()))[1]


def test_the_guide_tells_how_to_mend_every_rule() -> None:
    guide = (ROOT / "docs/vi/chinh-the-thuc.md").read_text()
    assert [rule for rule in RULES if f"`{rule}" not in guide] == []
