"""Handing in: kept first, judged at once, and whatever hostile comes is turned away with a page."""

from __future__ import annotations

import os
import re
import zipfile
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
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    address,
    invitation,
    obligation_of,
    owe,
    plan_file,
    report_file,
    set_state,
)
from tests.factories import arrival as came
from tests.patience import PATIENCE
from tests.web.conftest import PERSON, World, text_of

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.reader_pool import ReaderPool
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.office import LiveOffice
from plan_lifecycle.lifecycle.portal import deadline_words, decide_contact, describe
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.tables import arrival, letter, submission
from plan_lifecycle.store.units import save_contacts
from plan_lifecycle.web import receiving


def arrivals(world: World) -> list[tuple[str, str, str]]:
    """File name, state and sender of everything that came."""
    with world.store.read() as connection:
        rows = connection.execute(select(arrival).order_by(arrival.c.id)).all()
    return [(row.file_name, row.state, row.sender) for row in rows]


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


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/abs/olute.docx", "olute.docx"),
        ("a\x7fb\u200b.docx", "ab.docx"),
        ("ke-hoach.docx.exe", "ke-hoach_docx.exe"),
        ("con.docx", "_con.docx"),
        ("a\u202excod.docx", "axcod.docx"),
    ],
)
def test_a_file_name_leads_nowhere(world: World, name: str, kept: str):
    world.at(world.plan).hand_in((name, invitation()))
    assert [found for found, _, _ in arrivals(world)] == [kept]
    assert not [path for path in world.store.blobs.root.rglob("*") if path.is_file() and len(path.name) != 62]


def test_markup_in_a_file_name_or_a_persons_name_stays_text(world: World):
    nasty = "<script>alert(1)</script>"
    visitor = world.at(world.plan)
    page = visitor.hand_in(("<img src=x onerror=alert(1)>.docx", invitation()), ho_ten=nasty, chuc_vu='"><b>x')
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "<b>x" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_line_breaks_in_a_name_reach_no_header_and_no_letter_head(world: World):
    page = world.at(world.plan).hand_in(
        ("a\r\nBcc: x@evil.example\r\n.docx", plan_file()), ho_ten="An\r\nBcc: x@evil.example", chuc_vu="Văn phòng"
    )
    assert page.status_code == 200
    assert all("\n" not in each and "\r" not in each for row in arrivals(world) for each in row)
    with world.store.read() as connection:
        blobs = connection.execute(select(letter.c.blob)).scalars().all()
    for blob in blobs:
        assert b"\nBcc:" not in world.store.blobs.get(blob)


def test_nothing_is_kept_without_name_post_and_file(world: World):
    page = world.at(world.plan).hand_in(("ke-hoach.docx", plan_file()), ho_ten=" ", chuc_vu="")
    assert page.status_code == 422
    assert "Đề nghị ghi họ và tên người gửi." in text_of(page)
    page = world.at(world.plan).hand_in(("", b""))
    assert "Đề nghị chọn tệp cần gửi." in text_of(page)
    assert arrivals(world) == []


def test_nothing_is_kept_without_the_token_of_the_session(world: World):
    visitor = world.at(world.plan)
    for given in ("", "0" * 64, "é"):
        answer = visitor.client.post(
            f"{visitor.here}/gui", data=PERSON | {"ma_bieu": given}, files={"tep": ("a.docx", plan_file())}
        )
        assert answer.status_code == 403
    assert arrivals(world) == []


def test_nothing_is_kept_that_another_site_sends(world: World):
    visitor = world.at(world.plan)
    token = visitor.token()
    for site in ("cross-site", "same-site"):
        answer = visitor.client.post(
            f"{visitor.here}/gui",
            data=PERSON | {"ma_bieu": token},
            files={"tep": ("a.docx", plan_file())},
            headers={"Sec-Fetch-Site": site},
        )
        assert answer.status_code == 403
    assert arrivals(world) == []


def test_a_file_over_the_limit_is_turned_away_while_it_comes(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(receiving, "MAX_FILE", 50_000)
    page = world.at(world.plan).hand_in(("lon.docx", b"x" * 60_000))
    assert page.status_code == 413
    assert "lon.docx" in text_of(page)
    assert "20 MB" in text_of(page)
    assert arrivals(world) == []


def test_a_page_that_turns_something_away_leads_back(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(receiving, "MAX_FILE", 50_000)
    visitor = world.at(world.plan)
    page = visitor.hand_in(("lon.docx", b"x" * 60_000))
    assert f'href="{visitor.here}/">Trở lại' in page.text


def test_what_is_done_already_is_not_asked_for_again(world: World):
    visitor = world.at(world.plan)
    set_state(world.store, world.plan, ObligationState.MET)
    assert "đã hoàn thành; chỉ gửi khi có bản thay thế" in text_of(visitor.get(f"{visitor.here}/"))
    set_state(world.store, world.plan, ObligationState.WAIVED)
    assert "Đơn vị không phải gửi nội dung này." in text_of(visitor.get(f"{visitor.here}/"))


def test_a_body_over_the_limit_is_turned_away(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(receiving, "MAX_BODY", 100_000)
    page = world.at(world.plan).hand_in(("a.docx", b"x" * 60_000), ("b.docx", b"x" * 60_000))
    assert page.status_code == 413
    assert arrivals(world) == []


def test_too_many_files_are_turned_away(world: World):
    page = world.at(world.plan).hand_in(*[(f"{number}.docx", b"x") for number in range(6)])
    assert page.status_code == 413
    assert arrivals(world) == []


def test_too_large_a_field_or_too_many_are_turned_away(world: World):
    visitor = world.at(world.plan)
    assert visitor.hand_in(("a.docx", b"x"), ho_ten="x" * 40_000).status_code == 413
    assert visitor.hand_in(("a.docx", b"x"), **{f"f{number}": "x" for number in range(500)}).status_code == 413
    assert visitor.post("/bieu", {f"f{number}": "x" for number in range(500)}).status_code in (400, 413)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n\r\n--x--"),
        ("multipart/form-data; boundary=x", b"no boundary here"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut sho'),
        ("multipart/form-data; boundary=" + "x" * 300, b""),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A" * 20_000 + b": b\r\n\r\n\r\n--x--"),
        ("application/json", b"{}"),
        ("", b""),
    ],
)
def test_a_body_that_is_no_form_is_turned_away(world: World, kind: str, body: bytes):
    visitor = world.at(world.plan)
    answer = visitor.client.post(f"{visitor.here}/gui", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert "chưa đầy đủ" in text_of(answer)


def test_uploads_over_one_link_are_limited(world: World):
    visitor = world.at(world.plan)
    token = visitor.token()
    empty = {"data": {"ma_bieu": token}, "files": {"tep": ("", b"")}}
    codes = [visitor.client.post(f"{visitor.here}/gui", **empty).status_code for _ in range(42)]
    assert codes[:40] == [422] * 40
    assert codes[40:] == [429] * 2


def test_a_zip_bomb_is_refused_and_costs_nothing(world: World):
    import io

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", b"<Types/>")
        bomb.writestr("word/document.xml", b"\0" * 80_000_000)
    page = world.at(world.plan).hand_in(("bom.docx", stream.getvalue()))
    assert "Chưa tiếp nhận được" in text_of(page)


def test_a_secrecy_mark_leaves_nothing_behind(world: World):
    import io

    from docx import Document

    document = Document()
    document.add_paragraph("TUYỆT MẬT")
    document.add_paragraph("KẾ HOẠCH")
    stream = io.BytesIO()
    document.save(stream)
    page = world.at(world.plan).hand_in(("mat.docx", stream.getvalue()))
    assert "Chưa tiếp nhận được" in text_of(page)
    kept = [path.read_bytes() for path in world.store.blobs.root.rglob("*") if path.is_file()]
    assert stream.getvalue() not in kept


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


def test_contacts_are_proposed_shortened_and_wait_for_a_person(world: World):
    visitor = world.at(world.plan)
    page = visitor.get(f"{visitor.here}/lien-he")
    assert address(BINH_AN) not in page.text
    assert "b…@example.vn" in text_of(page)
    new = PERSON | {"ten_moi": "Phạm Thị Mới", "thu_moi": "moi@example.vn"}
    answer = visitor.post("/lien-he", new)
    assert "cán bộ đầu mối sẽ xác nhận" in text_of(answer)
    with world.store.read() as connection:
        assert [each.email for each in portal_rows.contacts_of(connection, BINH_AN.id, world.clock.now.date())] == [
            address(BINH_AN)
        ]
        (request,) = portal_rows.contact_requests(connection)
    decide_contact(world.office, request.id, Decider("Trần Thị Hoa"), world.clock.now, confirm=True)
    with world.store.read() as connection:
        emails = [each.email for each in portal_rows.contacts_of(connection, BINH_AN.id, world.clock.now.date())]
    assert emails == [address(BINH_AN), "moi@example.vn"]


def test_a_telephone_number_is_proposed_with_a_person_or_for_one_who_is_known(world: World):
    visitor = world.at(world.plan)
    assert "chưa có số điện thoại" in text_of(visitor.get(f"{visitor.here}/lien-he"))
    with world.store.read() as connection:
        (known,) = portal_rows.contacts_of(connection, BINH_AN.id, world.clock.now.date())
    only = PERSON | {"ten_moi": "", "thu_moi": "", "thay_cho": str(known.id)}
    assert "Đề nghị ghi họ và tên người nhận thư." in text_of(visitor.post("/lien-he", only))
    refused = visitor.post("/lien-he", only | {"dien_thoai": "gọi <b>Hoa</b>"})
    assert refused.status_code == 422
    assert 'value="gọi &lt;b&gt;Hoa&lt;/b&gt;"' in refused.text
    assert "cán bộ đầu mối sẽ xác nhận" in text_of(visitor.post("/lien-he", only | {"dien_thoai": "0252.3822 999"}))
    with world.store.read() as connection:
        (asked,) = portal_rows.contact_requests(connection)
    assert (asked.name, asked.email, asked.phone) == (known.name, known.email, "02523822999")
    decide_contact(world.office, asked.id, Decider("Trần Thị Hoa"), world.clock.now, confirm=True)
    assert "điện thoại …999" in text_of(visitor.get(f"{visitor.here}/lien-he"))


@pytest.mark.parametrize("email", ["", "x", "a@b", "a@b.vn\r\nBcc: c@d.vn", "a b@c.vn", "a@c.vn, d@e.vn", "<a@c.vn>"])
def test_an_address_that_is_none_is_not_proposed(world: World, email: str):
    answer = world.at(world.plan).post("/lien-he", PERSON | {"ten_moi": "Mới", "thu_moi": email})
    assert answer.status_code == 422
    with world.store.read() as connection:
        assert portal_rows.contact_requests(connection) == []


def test_another_units_contact_cannot_be_replaced(world: World):
    with world.store.read() as connection:
        theirs = portal_rows.contacts_of(connection, "bb-hoa-thang", world.clock.now.date())[0]
    fields = PERSON | {"ten_moi": "Mới", "thu_moi": "moi@example.vn", "thay_cho": str(theirs.id)}
    world.at(world.plan).post("/lien-he", fields)
    with world.store.read() as connection:
        assert portal_rows.contact_requests(connection)[0].replaces is None
