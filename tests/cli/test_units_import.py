"""A province comes into the store with one command, as often as one likes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from plan_lifecycle.cli import main
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.units import load_contacts, load_tree

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/schemas/units-import.json").read_text(encoding="utf-8"))
AGENCIES = ROOT / "config/agencies.example.csv"
CONTACTS = ROOT / "config/contacts.example.csv"
FORMER = ("tỉnh Đắk Nông", "tỉnh Lâm Đồng", "tỉnh Bình Thuận")
"""What Lâm Đồng of today was formed from."""


@pytest.fixture(autouse=True)
def _own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PLAN_LIFECYCLE_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("PLAN_LIFECYCLE_STORE_URL", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["units", "import", *arguments])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    body: dict[str, object] = json.loads(out)
    jsonschema.validate(body, SCHEMA)
    return body


def test_binh_thuan_of_2023(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    body = answer(capsys, "--province", "Bình Thuận", "--as-of", "2023-01-01")
    assert body["units"] == {"province": 1, "district": 10, "commune": 121}
    assert "12/2024" in str(body["note"])
    store = open_store(f"sqlite:///{tmp_path}/var/plan_lifecycle.db", tmp_path / "var/blobs")
    with store.read() as connection:
        tree = load_tree(connection, date(2023, 1, 1))
    store.close()
    assert len(list(tree.below("vn3-60"))) == 131


def test_lam_dong_of_2026(capsys: pytest.CaptureFixture[str]) -> None:
    body = answer(capsys, "--province", "Lâm Đồng", "--as-of", "2026-01-01")
    assert body["units"] == {"province": 1, "commune": 124}
    assert body["note"] is None


def test_importing_twice_changes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call = (
        "--province",
        "Bình Thuận",
        "--as-of",
        "2023-01-01",
        "--agencies",
        str(AGENCIES),
        "--contacts",
        str(CONTACTS),
    )
    first, second = answer(capsys, *call), answer(capsys, *call)
    assert first["stored"] == {"new_units": 278, "new_contacts": 5, "successions": 7, "needed": []}
    assert second["stored"] == {"new_units": 0, "new_contacts": 0, "successions": 7, "needed": []}
    store = open_store(f"sqlite:///{tmp_path}/var/plan_lifecycle.db", tmp_path / "var/blobs")
    with store.read() as connection:
        assert len(load_contacts(connection, date(2023, 3, 1))) == 4
    store.close()


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_both_states_are_linked_in_whatever_order_they_come(
    capsys: pytest.CaptureFixture[str], order: tuple[str, str], tmp_path: Path
) -> None:
    calls = {"old": ("Bình Thuận", "2023-01-01"), "new": ("Lâm Đồng", "2026-01-01")}
    for each in order:
        name, day = calls[each]
        body = answer(capsys, "--province", name, "--as-of", day, "--agencies", str(AGENCIES))
    stored = body["stored"]
    assert isinstance(stored, dict)
    assert stored["successions"] > 130
    assert stored["needed"] == ([] if order[-1] == "old" else list(FORMER[:2]))
    store = open_store(f"sqlite:///{tmp_path}/var/plan_lifecycle.db", tmp_path / "var/blobs")
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT successor FROM succession WHERE predecessor = 'vn3-60-snv'"
        ).fetchall()
    store.close()
    assert rows == [("vn2-68-snv",)]


def test_a_dry_run_stores_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert answer(capsys, "--province", "Bình Thuận", "--as-of", "2023-01-01", "--dry-run")["stored"] is None
    assert not (tmp_path / "var").exists()


def test_people_may_belong_to_agencies_of_an_earlier_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    of = ("--province", "Bình Thuận", "--as-of", "2023-01-01")
    people = tmp_path / "nguoi.csv"
    people.write_text("Đơn vị,Vai trò,Họ và tên,Thư điện tử,Di động\nSở Nội vụ,cán bộ,An,an@x.example,912345678\n")
    code, _, said = run(capsys, *of, "--contacts", str(people))
    assert (code, "không có đơn vị “Sở Nội vụ”" in said) == (2, True)
    answer(capsys, *of, "--agencies", str(AGENCIES))
    stored = answer(capsys, *of, "--contacts", str(people))["stored"]
    assert isinstance(stored, dict)
    assert (stored["new_units"], stored["new_contacts"]) == (0, 1)


def test_the_tables_in_config_are_found(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/agencies.csv").write_bytes(AGENCIES.read_bytes())
    body = answer(capsys, "--province", "Bình Thuận", "--as-of", "2023-01-01", "--dry-run")
    assert str(body["agencies_file"]).endswith("agencies.csv")
    assert body["contacts_file"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--province", "Bình Thuận", "--as-of", "2026-01-01"), "now part of tỉnh Lâm Đồng"),
        (("--province", "Bình Thuậ", "--as-of", "2023-01-01"), "near: tỉnh Bình Thuận"),
        (("--province", "Bình Thuận", "--as-of", "hôm nay"), "field '--as-of'"),
        (("--province", "Bình Thuận", "--as-of", ""), "field '--as-of'"),
        (("--province", "Bình Thuận", "--as-of", "2023-01-01", "--agencies", "none.csv"), "a readable file"),
    ],
)
def test_bad_input_ends_with_two(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_a_bad_file_stores_nothing_and_tells_every_problem(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "agencies.csv"
    bad.write_text("name,parent\nSở A,Sở B\nSở B,Sở A\nPhòng C,Sở Lạ\n", encoding="utf-8")
    code, _, err = run(capsys, "--province", "Bình Thuận", "--as-of", "2023-01-01", "--agencies", str(bad))
    assert code == 2
    assert "line 2, field 'parent'" in err
    assert "line 4, field 'parent'" in err
    assert not (tmp_path / "var").exists()


def test_people_read_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--province", "Bình Thuận", "--as-of", "2023-01-01", "--dry-run")
    assert code == 0
    assert out.startswith("tỉnh Bình Thuận, ngày 01/01/2023: 1 tỉnh, thành phố, 10 đơn vị cấp huyện, 121 đơn vị cấp xã")
    assert "Lưu ý: Danh mục cho ngày 01/01/2023 là hiện trạng ba cấp cuối cùng" in out


BAD_AGENCIES = "name,symbol,level\nSở Nội vụ,SNV,1\nSở Y tế,SYT,một\nSở Tư pháp,STP,1\n"
BAD_PEOPLE = (
    "unit,role,name,email\nSở Nội vụ,cán bộ,Nguyễn Văn An,an@binh-thuan.example\n"
    "Sở Y tế,cán bộ,Trần Thị Bình,binh@binh-thuan.example\nhuyện Bắc Bình,cán bộ,Lê Văn Cường,cuong@@bac-binh.example\n"
)


@pytest.fixture
def with_faults(tmp_path: Path) -> tuple[str, ...]:
    """The call that imports a province whose tables have three lines that do not fit."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config/agencies.csv").write_text(BAD_AGENCIES, encoding="utf-8")
    (tmp_path / "config/contacts.csv").write_text(BAD_PEOPLE, encoding="utf-8")
    return "--province", "Bình Thuận", "--as-of", "2023-01-01"


def test_faulty_lines_of_both_tables_are_told_at_once_and_nothing_is_stored(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, with_faults: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, *with_faults)
    assert (code, out) == (2, "")
    for told in ("agencies.csv, line 3, field 'level'", "contacts.csv, line 3", "contacts.csv, line 4, field 'email'"):
        assert told in err
    assert "3 dòng chưa đúng, chưa ghi nội dung nào" in err
    assert "--skip-faulty" in err
    assert not (tmp_path / "var").exists()


def test_a_second_call_stores_the_good_lines_and_says_which_it_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, with_faults: tuple[str, ...]
) -> None:
    body = answer(capsys, *with_faults, "--skip-faulty")
    skipped = body["skipped"]
    assert isinstance(skipped, list)
    assert [(Path(each["file"]).name, each["line"], each["field"]) for each in skipped] == [
        ("agencies.csv", 3, "level"),
        ("contacts.csv", 3, "unit"),
        ("contacts.csv", 4, "email"),
    ]
    assert body["stored"] == {"new_units": 134, "new_contacts": 1, "successions": 0, "needed": []}
    store = open_store(f"sqlite:///{tmp_path}/var/plan_lifecycle.db", tmp_path / "var/blobs")
    with store.read() as connection:
        (act,) = audit.acts(connection, ActSubject.LIST, 0)
        assert audit.verify(connection).broken is None
    store.close()
    assert (act.act, [each["line"] for each in act.details["lines"]]) == (ActKind.SKIP_LINES, [3, 3, 4])
    assert act.by


def test_people_read_which_lines_were_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, with_faults: tuple[str, ...]
) -> None:
    code, out, _ = run(capsys, *with_faults, "--skip-faulty", "--dry-run")
    assert code == 0
    assert "Các dòng chưa đúng, sẽ bỏ qua khi ghi:" in out
    assert not (tmp_path / "var").exists()
    _, out, _ = run(capsys, *with_faults, "--skip-faulty")
    assert "Đã bỏ qua các dòng chưa đúng:" in out
    assert "- Nội dung chưa đúng tại tệp agencies.csv, dòng 3, mục “level” (giá trị “một”): cần số nguyên." in out
    assert "- contacts.csv: Dòng 4: Địa chỉ thư “cuong@@bac-binh.example” chưa đúng" in out


def test_lines_that_were_right_once_stay_as_they_were_when_they_are_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, with_faults: tuple[str, ...]
) -> None:
    config = tmp_path / "config"
    (config / "agencies.csv").write_text(BAD_AGENCIES.replace("một", "1"), encoding="utf-8")
    (config / "contacts.csv").write_text(BAD_PEOPLE.replace("@@", "@"), encoding="utf-8")
    assert answer(capsys, *with_faults)["skipped"] == []
    (config / "agencies.csv").write_text(BAD_AGENCIES, encoding="utf-8")
    (config / "contacts.csv").write_text(BAD_PEOPLE, encoding="utf-8")
    assert len(answer(capsys, *with_faults, "--skip-faulty")["skipped"]) == 3  # type: ignore[arg-type]
    store = open_store(f"sqlite:///{tmp_path}/var/plan_lifecycle.db", tmp_path / "var/blobs")
    with store.read() as connection:
        tree, people = load_tree(connection, date(2023, 3, 1)), load_contacts(connection, date(2023, 3, 1))
    store.close()
    assert tree["vn3-60-syt"].name == "Sở Y tế"
    assert {each.email for found in people.values() for each in found} == {
        "an@binh-thuan.example",
        "binh@binh-thuan.example",
        "cuong@bac-binh.example",
    }


def test_without_a_fault_skipping_leaves_nothing_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call = (
        "--province",
        "Bình Thuận",
        "--as-of",
        "2023-01-01",
        "--agencies",
        str(AGENCIES),
        "--contacts",
        str(CONTACTS),
    )
    assert answer(capsys, *call, "--skip-faulty")["skipped"] == []
    store = open_store(f"sqlite:///{tmp_path}/var/plan_lifecycle.db", tmp_path / "var/blobs")
    with store.read() as connection:
        assert list(audit.acts(connection, ActSubject.LIST, 0)) == []
    store.close()


def test_a_file_that_is_no_table_is_refused_whatever_is_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "agencies.csv"
    bad.write_text("tên lạ,cột lạ\nSở A,1\n", encoding="utf-8")
    call = ("--province", "Bình Thuận", "--as-of", "2023-01-01", "--agencies", str(bad), "--skip-faulty")
    assert run(capsys, *call)[:2] == (2, "")
    assert not (tmp_path / "var").exists()
