"""Handing in: kept first, judged at once, answered on the page and by letter."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.documents.costly import waits
from tests.factories import BINH_AN, HOA_THANG, invitation, obligation_of, owe, plan_file, report_file, set_state
from tests.factories import arrival as came
from tests.patience import PATIENCE
from tests.web.conftest import World, text_of
from tests.web.what_came import arrivals

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.reader_pool import ReaderPool
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.office import LiveOffice
from plan_lifecycle.lifecycle.portal import deadline_words, describe
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store.tables import letter, submission
from plan_lifecycle.store.units import save_contacts


def test_a_plan_is_filed_within_the_request_and_all_contacts_get_the_receipt(world: World):
    with world.store.write() as connection:
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.HEAD, "Lê Văn Chủ", "chu@example.vn")])
    page = world.at(world.plan).hand_in(("Kế hoạch xã.docx", plan_file()))
    assert page.status_code == 200
    assert "Kết quả tiếp nhận Kế hoạch xã.docx" in text_of(page)
    assert "Đã nhận, chờ kiểm tra" in text_of(page)
    assert "Nguyễn Văn An, Công chức Văn phòng - Thống kê" in text_of(page)
    assert obligation_of(world.store).state is ObligationState.RECEIVED
    with world.store.read() as connection:
        receipts = connection.execute(select(letter.c.recipient).where(letter.c.kind == "receipt")).scalars().all()
    assert sorted(receipts) == ["bb-binh-an@example.vn", "chu@example.vn"]


def test_an_upload_waits_for_nothing_that_others_sent(world: World):
    with world.store.write() as connection:
        arrival_rows.record(connection, came(plan_file(HOA_THANG), HOA_THANG), world.store.blobs.put(b"x"))
    world.at(world.plan).hand_in(("ke-hoach.docx", plan_file()))
    assert [state for _, state, _ in arrivals(world)] == ["new", "filed"]


def test_a_paper_that_is_too_much_is_refused_on_the_page_and_kept(world: World):
    data = plan_file()
    world.app.state.portal.live = LiveOffice(replace(world.office, bounded=_gives_up))
    page = world.at(world.plan).hand_in(("ke-hoach.docx", data))
    assert "Tệp quá phức tạp nên phần mềm không đọc hết được" in text_of(page)
    assert [state for _, state, _ in arrivals(world)] == ["refused"]
    assert world.store.blobs.get(sha256(data).hexdigest()) == data


def _gives_up(read: Callable[..., Any], data: bytes, /, *args: Any, **kwargs: Any) -> Any:
    if read.__name__ == "read_plan":
        raise bad("too_costly")
    return read(data, *args, **kwargs)


def test_an_upload_goes_through_while_another_is_being_read_and_given_up(world: World, tmp_path: Path):
    costly, begun, until = plan_file(), tmp_path / "begun", tmp_path / "until"
    os.mkfifo(begun)
    os.mkfifo(until)
    theirs = owe(world.store, HOA_THANG, plan_id=world.plan.plan_id)

    def slow(read: Callable[..., Any], data: bytes, /, *args: Any, **kwargs: Any) -> Any:
        if read.__name__ == "read_plan" and data == costly:
            readers(waits, data, str(begun), str(until))
            raise bad("too_costly")
        return readers(read, data, *args, **kwargs)

    readers = ReaderPool()
    world.app.state.portal.live = LiveOffice(replace(world.office, bounded=slow))
    with closing(readers), ThreadPoolExecutor(1) as thread:
        first = thread.submit(world.at(world.plan).hand_in, ("ke-hoach.docx", costly))
        begun.read_text()
        page = world.at(theirs).hand_in(("ke-hoach.docx", plan_file(HOA_THANG)))
        assert not first.done()
        until.write_text("enough")
        assert "Tệp quá phức tạp" in text_of(first.result(PATIENCE))
    assert page.status_code == 200
    assert obligation_of(world.store, HOA_THANG).state is ObligationState.RECEIVED


def test_findings_are_told_at_once(world: World):
    page = world.at(world.plan).hand_in(("ke-hoach.docx", plan_file(number=None, parent=None)))
    assert "Kế hoạch chưa có số, ký hiệu." in text_of(page)
    assert "Kế hoạch chưa nêu căn cứ là Kế hoạch số 15/KH-UBND" in text_of(page)


def test_a_neighbours_plan_is_told_by_name_on_the_page_and_no_other_unit_is_named_to_its_owner(world: World):
    theirs = owe(world.store, HOA_THANG, plan_id=world.plan.plan_id)
    data = plan_file(HOA_THANG)
    page = text_of(world.at(world.plan).hand_in(("ke-hoach.docx", data)))
    assert "Văn bản mang tên UBND xã Hòa Thắng, đọc ở phần tên cơ quan ban hành, không phải UBND xã Bình An" in page
    assert "ngày gửi lần đầu" not in page
    page = text_of(world.at(theirs).hand_in(("ke-hoach.docx", data)))
    assert "Một đơn vị khác cũng đã gửi chính tệp này" in page
    assert "Bình An" not in page.partition("Một đơn vị khác")[2].partition(".")[0]


def test_several_files_come_in_one_go_each_with_its_result(world: World):
    files = (("ke-hoach.docx", plan_file()), ("giay-moi.docx", invitation()), ("a.exe", b"MZ"))
    page = world.at(world.plan).hand_in(*files)
    assert len(arrivals(world)) == 3
    for name in ("ke-hoach.docx", "giay-moi.docx", "a.exe"):
        assert name in text_of(page)


def test_the_same_file_twice_is_one_arrival(world: World):
    visitor, data = world.at(world.plan), plan_file()
    visitor.hand_in(("ke-hoach.docx", data))
    page = visitor.hand_in(("ke-hoach.docx", data), ("ban-sao.docx", data))
    assert page.status_code == 200
    assert "Kết quả tiếp nhận" in text_of(page)
    assert len(arrivals(world)) == 1


def test_a_new_version_takes_the_place_of_the_old_and_both_are_shown(world: World):
    visitor = world.at(world.plan)
    visitor.hand_in(("ban-1.docx", plan_file(number="07")))
    page = visitor.hand_in(("ban-2.docx", plan_file(number="08")))
    assert "Đã có bản thay thế (bản 01)" in text_of(page)
    assert "(bản 02)" in text_of(page)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b""),
        ("a.docx", b"no zip at all"),
        ("a.docx", b"%PDF-1.4 x"),
        ("a.exe", b"MZ" * 100),
        ("a", b"\0" * 9),
    ],
)
def test_what_the_gate_refuses_is_said_and_kept(world: World, name: str, data: bytes):
    page = world.at(world.plan).hand_in((name, data))
    assert "Chưa tiếp nhận được" in text_of(page)
    assert [state for _, state, _ in arrivals(world)] == ["refused"]
    with world.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(submission)).scalar_one() == 0


def test_what_is_done_already_is_not_asked_for_again(world: World):
    visitor = world.at(world.plan)
    set_state(world.store, world.plan, ObligationState.MET)
    assert "đã hoàn thành; chỉ gửi khi có bản thay thế" in text_of(visitor.get(f"{visitor.here}/"))
    set_state(world.store, world.plan, ObligationState.WAIVED)
    assert "Đơn vị không phải gửi nội dung này." in text_of(visitor.get(f"{visitor.here}/"))


def test_what_is_kept_but_not_yet_filed_is_said_to_wait(world: World, monkeypatch: pytest.MonkeyPatch):
    from plan_lifecycle.domain.errors import PlanLifecycleError
    from plan_lifecycle.web.portal import _owed

    def fails(*_: object) -> None:
        raise PlanLifecycleError("the store is busy")

    monkeypatch.setattr(_owed, "settle", fails)
    page = world.at(world.plan).hand_in(("ke-hoach.docx", plan_file()))
    assert "Đã nhận, chờ kiểm tra" in text_of(page)
    assert [state for _, state, _ in arrivals(world)] == ["new"]


def test_what_cannot_be_kept_is_said_to_be_sent_again(world: World, monkeypatch: pytest.MonkeyPatch):
    from plan_lifecycle.store.blobs import BlobError, Blobs

    def full(*_: object) -> str:
        raise BlobError("cannot write: No space left on device")

    monkeypatch.setattr(Blobs, "put", full)
    page = world.at(world.plan).hand_in(("ke-hoach.docx", plan_file()))
    assert page.status_code == 503
    assert "Chưa lưu được tệp" in text_of(page)


def test_a_report_form_filled_offline_is_taken_in(world: World):
    page = world.at(world.report).hand_in(("bieu.xlsx", report_file()))
    assert "Kết quả tiếp nhận bieu.xlsx" in text_of(page)
    assert "(bản 01)" in text_of(page)


def test_what_is_only_doubtful_need_not_be_sent_again(world: World):
    doubtful = world.at(world.report).hand_in(("bieu.xlsx", report_file()))
    assert "Cần xem lại" in text_of(doubtful)
    assert "trường hợp đã đúng thì không phải gửi lại" in text_of(doubtful)
    assert "Đề nghị hoàn thiện nội dung trên" not in text_of(doubtful)
    missing = world.at(world.plan).hand_in(("ke-hoach.docx", plan_file(number=None, parent=None)))
    assert "Đề nghị hoàn thiện nội dung trên và gửi lại" in text_of(missing)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023)"),
        ({"due_on": None}, "trước ngày 01/3/2023"),
        (
            {"due_on": date(2023, 3, 10), "extended_from": date(2023, 2, 28)},
            "trước ngày 01/3/2023, được gia hạn đến hết ngày 10/3/2023",
        ),
        (
            {"state": ObligationState.RETURNED, "resend_by": date(2023, 3, 6)},
            "trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023); đề nghị gửi lại chậm nhất hết ngày 06/3/2023",
        ),
    ],
)
def test_the_day_until_which_something_is_awaited_is_told(world: World, changed: dict[str, Any], said: str):
    today = world.clock.now.date()
    owed = describe(world.office, world.app.state.portal.tree(today), world.plan, today)
    assert owed is not None
    assert deadline_words(replace(owed, obligation=replace(world.plan, **changed))) == said


def test_every_answer_carries_the_headers_that_protect_it(world: World):
    visitor = world.at(world.plan)
    paths = ("/", "/n/abc", f"{visitor.here}/", f"{visitor.here}/lien-he", "/tinh/portal.css", "/tinh/none", "/x")
    for path in paths:
        headers = visitor.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["strict-transport-security"]
    assert visitor.get(f"{visitor.here}/").headers["cache-control"] == "no-store"


def test_no_page_holds_script_or_style_of_its_own(world: World):
    visitor = world.at(world.report)
    for path in ("/", f"{visitor.here}/", f"{visitor.here}/bieu", f"{visitor.here}/lien-he"):
        text = visitor.get(path).text
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|<style|javascript:", text)
