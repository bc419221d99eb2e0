"""Whatever hostile comes with an upload is turned away with a page, and leaves nothing behind."""

from __future__ import annotations

import zipfile

import pytest
from sqlalchemy import select
from tests.factories import invitation, plan_file
from tests.web.conftest import PERSON, World, text_of
from tests.web.what_came import arrivals

from plan_lifecycle.store.tables import letter
from plan_lifecycle.web import receiving


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
