"""``plan-lifecycle review`` and ``audit verify``, as a coordinator types them."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xlsxwriter
from tests.channels.answering import answer
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
)
from tests.fakes import FakeChannel

from plan_lifecycle.channels import MailItem
from plan_lifecycle.cli import main
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Succession
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.collect._mailroom import MailTaken, take_in
from plan_lifecycle.store import statements
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.statements import Said, StatementKind
from plan_lifecycle.store.units import save_units

SCHEMAS = Path(__file__).resolve().parents[2] / "docs/schemas"
BY = ("--by", "Nguyễn Văn An")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two communes have sent plans; xã Bình An's is clean."""
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("PLAN_LIFECYCLE_STORE_URL", raising=False)
    opened = open_store(migrated_copy(tmp_path / "var/plan_lifecycle.db"), tmp_path / "var/blobs", durable=False)
    fill(opened)
    plan_id = plan_row(opened)
    owe(opened, plan_id=plan_id)
    owe(opened, HOA_THANG, plan_id=plan_id)
    office = make_office(opened, accept_clean=False, return_with_findings=False)
    files = [
        arrival(plan_file(), key="1"),
        arrival(plan_file(HOA_THANG, number=None), HOA_THANG, key="2"),
        arrival(plan_file(number="99"), None, key="3"),
    ]
    collect(office, [FakeChannel(list(files))], day("2023-02-20"))
    yield opened
    opened.close()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def answers(capsys: pytest.CaptureFixture[str], schema: str, *arguments: str) -> list[dict[str, Any]]:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    for each in found:
        jsonschema.validate(each, json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")))
    return found


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str | None, dict[str, Any]]:
    found = answers(capsys, "review-list", "review", "list", "--as-of", "2023-02-21")
    return {each["unit_id"]: each for each in found}


def test_the_list_names_what_waits(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    found = listed(capsys)
    assert (found[BINH_AN.id]["clean"], found[HOA_THANG.id]["clean"]) == (True, False)
    assert found[None]["kind"] == "arrival"
    _, text, _ = run(capsys, "review", "list", "--as-of", "2023-02-21")
    assert "UBND xã Hòa Thắng: Kế hoạch thông tin, tuyên truyền CCHC năm 2023" in text
    assert "- Kế hoạch chưa có số, ký hiệu." in text


def test_everything_clean_is_accepted(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    (done,) = answers(capsys, "review-accept", "review", "accept", "--all-clean", *BY, "--as-of", "2023-02-21")
    assert (done["done"], done["unit"]) == (True, "UBND xã Bình An")
    assert obligation_of(store).state is ObligationState.MET


def test_a_reason_may_be_a_code(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    which = listed(capsys)[HOA_THANG.id]["id"]
    day_ = ("--as-of", "2023-02-21")
    (done,) = answers(capsys, "review-return", "review", "return", which, *BY, "--reason", "chua-ky", *day_)
    assert done["done"]
    with store.read() as connection:
        reason = connection.exec_driver_sql("SELECT reason FROM audit WHERE act = 'return'").scalar_one()
    assert reason == "Đề nghị gửi bản đã ký, có số, ngày ban hành."


def test_a_decision_is_taken_back(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    which = listed(capsys)[BINH_AN.id]["id"]
    run(capsys, "review", "accept", which, *BY)
    (done,) = answers(capsys, "review-reopen", "review", "reopen", which, *BY, "--reason", "nham-lan")
    assert done["done"]
    assert obligation_of(store).state is ObligationState.RECEIVED


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("accept",), "--by"),
        (("accept", *BY), "either ids or --all-clean"),
        (("accept", "S1", "--all-clean", *BY), "either ids or --all-clean"),
        (("accept", "S1", "--by", " "), "name of a person"),
        (("accept", "S99", *BY), "'S99'"),
        (("accept", "nhé", *BY), "'nhé'"),
        (("return", "S1", *BY, "--reason", " "), "a reason"),
        (("reopen", *BY, "--reason", "nhầm"), "at least one id"),
        (("list", "--as-of", "hôm nay"), "a date"),
    ],
)
def test_what_cannot_be_done_is_told(
    store: Store, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, "review", *arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_one_unknown_id_among_good_ones(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    which = listed(capsys)[BINH_AN.id]["id"]
    code, out, err = run(capsys, "review", "accept", "S99", which, *BY, "--json")
    assert code == 2
    assert json.loads(out)["done"]
    assert "S99" in err


def test_a_day_is_put_later_and_a_unit_let_off(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    owed = f"O{obligation_of(store, HOA_THANG).id}"
    why = (*BY, "--reason", "thien-tai", "--as-of", "2023-02-21")
    (done,) = answers(capsys, "review-extend", "review", "extend", owed, "--until", "2023-03-10", *why)
    assert (done["act"], done["done"]) == ("extend", True)
    assert str(obligation_of(store, HOA_THANG).due_on) == "2023-03-10"
    (done,) = answers(capsys, "review-waive", "review", "waive", owed, *BY, "--reason", "sap-xep-don-vi")
    assert obligation_of(store, HOA_THANG).state is ObligationState.WAIVED
    assert run(capsys, "review", "waive", owed, *BY, "--reason", "nữa")[0] == 2
    (done,) = answers(capsys, "review-reopen", "review", "reopen", owed, *BY, "--reason", "nham-lan")
    assert obligation_of(store, HOA_THANG).state is ObligationState.RECEIVED
    (sound,) = answers(capsys, "audit-verify", "audit", "verify")
    assert (sound["intact"], sound["rows"]) == (True, 4)  # the three, and that a day was typed


NAMED = ("--item", "sub_plan", "--period", "2023", *BY, "--reason", "Do thiên tai.")


def test_what_is_named_by_unit_item_and_period_is_put_later_under_every_plan(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    owe(store, DISTRICT, plan_id=1)
    owe(store, DISTRICT, plan_id=plan_row(store, number="16"))
    until = ("--until", "2023-03-10", "--as-of", "2023-02-21")
    done = answers(capsys, "review-extend", "review", "extend", "--unit", "UBND huyện Bắc Bình", *until, *NAMED)
    assert [(each["id"], each["done"]) for each in done] == [("O3", True), ("O4", True)]
    (first,) = answers(capsys, "review-waive", "review", "waive", "O3", *BY, "--reason", "Do thiên tai.")
    (rest,) = answers(capsys, "review-waive", "review", "waive", "--unit", DISTRICT.id, *NAMED)
    assert (first["id"], rest["id"]) == ("O3", "O4")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("waive", *BY, "--reason", "x"), "either ids, or --unit"),
        (("waive", "O1", "--unit", BINH_AN.id, *NAMED), "either ids, or --unit"),
        (("waive", "O1", "--item", "sub_plan", *BY, "--reason", "x"), "either ids, or --unit"),
        (("waive", *NAMED), "name of a unit"),
        (("waive", "--unit", "xã Không Có", *NAMED), "'xã Không Có'"),
        (("waive", "--unit", BINH_AN.id, "--item", "report", "--period", "2023", *BY, "--reason", "x"), "item"),
        (("waive", "--unit", BINH_AN.id, "--item", "sub_plan", "--period", "x", *BY, "--reason", "x"), "period"),
        (("waive", "--unit", BINH_AN.id, *NAMED[:-1], " "), "a reason"),
        (("extend", "--unit", BINH_AN.id, "--until", "2023-02-28", *NAMED), "a day after 2023-02-28"),
        (("extend", "O1", "--until", "mai", *BY, "--reason", "x"), "a date"),
        (("waive", "O1", *BY, "--reason", "thien-tai"), "khong-thuoc-pham-vi, sap-xep-don-vi"),
    ],
)
def test_a_ruling_that_means_nothing_is_told(
    store: Store, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, "review", *arguments)
    assert (code, out) == (2, "")
    assert told in err


PLACE = (*BY, "--reason", "dung-don-vi", "--as-of", "2023-02-22")
TARGETS = [("--to", "O1", "O3"), ("--to", "O1,O3"), ("--to", "1", "--to", "o3"), ("--to=O1", "--to=O3")]


@pytest.mark.parametrize("to", TARGETS)
def test_an_arrival_is_placed_where_a_person_says(
    store: Store, capsys: pytest.CaptureFixture[str], to: tuple[str, ...]
) -> None:
    owe(store, plan_id=plan_row(store, number="16"))
    for arguments in (("A3", *to, *PLACE), (*to, "A3", *PLACE), (*PLACE, *to, "A3")):
        (done,) = answers(capsys, "review-assign", "review", "assign", *arguments)
        assert (done["done"], done["to"], len(done["submissions"])) == (True, ["O1", "O3"], 2)
    assert "A3  đã xếp vào O1, O3 (UBND xã Bình An): S3, S4" in run(capsys, "review", "assign", "A3", *to, *PLACE)[1]
    assert answers(capsys, "audit-verify", "audit", "verify")[0]["intact"]
    with store.read() as connection:
        acts = connection.exec_driver_sql("SELECT count(*) FROM audit WHERE act = 'assign'").scalar_one()
    assert acts == 1


def test_what_cannot_be_placed_is_an_answer(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    (done,) = answers(capsys, "review-assign", "review", "assign", "A1", "--to", "O2", *PLACE)
    assert (done["done"], done["why"]) == (False, "đã được ghi nhận tự động trước đó")
    (told,) = answers(capsys, "review-accept", "review", "accept", "A3", *BY)
    assert "review assign A3 --to O…" in told["why"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("A3", *PLACE), "--to"),
        (("A3", "--to", "O99", *PLACE), "'O99'"),
        (("A3", "--to", "O1", "O2", *PLACE), "obligations of one unit"),
        (("--to", "O1", *PLACE), "at least one id"),
        (("A99", "--to", "O1", *PLACE), "'A99'"),
        (("A3", "--to", "nhé", *PLACE), "'nhé'"),
        (("A3", "--to"), "--to"),
        (("A3", "--to", "O1", *BY, "--reason", " "), "a reason"),
    ],
)
def test_a_placing_that_means_nothing_is_told(
    store: Store, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, "review", "assign", *arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_the_list_offers_commands_that_work(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    said = ["Báo cáo đã gửi qua trục, số 45/BC-UBND ngày 12/6/2023.", "Xin gia hạn đến 20/6."]
    messages = [MailItem(f"INBOX;1;{n}", day("2023-06-13"), 1, answer(text=text)) for n, text in enumerate(said)]
    for each in messages:
        take_in(make_office(store), each, day("2023-06-13"), MailTaken())
    found = answers(capsys, "review-list", "review", "list", "--as-of", "2023-06-13")
    sent, more = (each["arrival"] for each in found if each["arrival"] and each["arrival"]["stated"])
    _, text, _ = run(capsys, "review", "list", "--as-of", "2023-06-13")
    assert "Đơn vị cho biết đã gửi: số 45/BC-UBND, ngày 12/6/2023, qua hệ thống quản lý văn bản (“" in text
    assert "Đơn vị đề nghị gia hạn: đến hết ngày 20/6/2023 (“Xin gia hạn đến 20/6.”)" in text
    for command in (more["commands"][0], *sent["commands"]):
        assert command in text
        typed = shlex.split(command.replace("…", "Nguyễn Văn An"))[1:]
        assert run(capsys, *typed, "--as-of", "2023-06-13")[0] == 0
    assert obligation_of(store, item=Item.REPORT, period="2023-H1").state is ObligationState.MET


ONE = ("--item", "sub_plan", "--period", "2023", "--number", "07/KH-UBND", "--date", "2023-02-20", *BY)


def test_a_paper_is_recorded_in_one_step(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    owe(store, DISTRICT)
    paper = ("--unit", "UBND huyện Bắc Bình", *ONE, "--received", "2023-02-21", "--as-of", "2023-03-01")
    (done,) = answers(capsys, "review-record", "review", "record", *paper)
    assert (done["unit_id"], done["new"], done["days_late"]) == (DISTRICT.id, True, 0)
    assert "đã ghi nhận trước đó" in run(capsys, "review", "record", *paper)[1]


def test_a_book_is_matched_without_recording(store: Store, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    owe(store, DISTRICT)
    path = tmp_path / "so.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["Số", "Ngày", "Cơ quan", "Trích yếu", "Ngày đến"])
    abstract = "Kế hoạch tuyên truyền CCHC năm 2023"
    sheet.write_row(1, 0, ["07/KH-UBND", "20/02/2023", "UBND huyện Bắc Bình", abstract, "21/02/2023"])
    workbook.close()
    arguments = ("review", "record", "--file", str(path), "--province", "Bình Thuận", *BY, "--as-of", "2023-03-01")
    (line,) = answers(capsys, "review-record", *arguments, "--dry-run")
    assert (line["status"], line["id"], line["line"]) == ("matched", None, 2)
    assert obligation_of(store, DISTRICT).state is ObligationState.OPEN
    (line,) = answers(capsys, "review-record", *arguments)
    assert line["id"]
    assert obligation_of(store, DISTRICT).state is ObligationState.MET


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((*BY,), "either --unit or --file"),
        (("--unit", "xã Không Có", *ONE), "'xã Không Có'"),
        (("--unit", "bb", *ONE, "--via", "mail"), "axis | paper | hand"),
        (("--unit", "bb", *ONE, "--received", "hôm nay"), "a date"),
        (("--unit", "bb", *ONE), "owes"),
        (("--file", "/khong/co.xlsx", "--province", "Bình Thuận", *BY), "a readable file"),
        (("--file", __file__, "--province", "Bình Thuận", *BY), "the registry's book"),
    ],
)
def test_what_cannot_be_recorded_is_told(
    store: Store, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, "review", "record", *arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_what_a_unit_left_open_is_handed_over_by_its_name(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    last = date(2023, 2, 21)
    with store.write() as connection:
        heir = replace(BINH_AN, id="bb-heir", name="xã Bình An Mới", valid_from=last + timedelta(days=1))
        ending = [replace(unit, valid_to=last) for unit in (BINH_AN, CHO_LAU)]
        save_units(connection, [*ending, heir], [Succession(BINH_AN.id, heir.id)])
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    owe(store, CHO_LAU, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    now = ("--as-of", "2023-02-23")
    _, text, _ = run(capsys, "review", "list", *now)
    assert "UBND xã Bình An: Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023" in text
    assert "đơn vị kế thừa: UBND xã Bình An Mới" in text
    given = ("--unit", "xã Bình An", *BY, "--reason", "sap-xep-to-chuc", *now)
    code, text, _ = run(capsys, "review", "handover", *given)
    assert (code, text) == (0, "O3  UBND xã Bình An: bàn giao\n")
    closing = ("review", "handover", "--all", "--close", *BY, "--reason", "Hết nhiệm vụ.", *now)
    (closed,) = answers(capsys, "review-handover", *closing)
    assert (closed["act"], closed["done"], closed["unit"]) == ("close", True, "UBND thị trấn Chợ Lầu")
    for wrong in (("O3", "--all"), (), ("--all", "--close", "--to", "xã")):
        assert run(capsys, "review", "handover", *wrong, *BY, "--reason", "Sắp xếp.", *now)[0] == 2


def test_what_a_unit_says_is_listed_and_declined_once(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    owed = owe(store, CHO_LAU, plan_id=1)
    said = Said(owed.id, StatementKind.MORE_TIME, "Lê Văn C, Văn thư", day("2023-02-20"), until=date(2023, 3, 10))
    with store.write() as connection:
        statements.note(connection, said)
    waits = listed(capsys)[CHO_LAU.id]
    assert (waits["id"], waits["kind"], waits["stated"]["until"]) == (f"O{owed.id}", "stated", "2023-03-10")
    decline = ("review", "decline", f"O{owed.id}", *BY, "--reason", "Không còn thời gian tổng hợp")
    assert [answers(capsys, "review-decline", *decline)[0]["done"] for _ in range(2)] == [True, False]
