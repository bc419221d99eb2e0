"""PDF at the gate: marks on page 1, passwords, what it would run, carry or link to; cuts and endless streams."""

from __future__ import annotations

import pytest
from tests.documents import hostile
from tests.documents.pdf_pages import CATALOG, HEAD, MARKED, PAGE, PAGES, judge, printed

UNMARKED = {
    "words about secrecy": printed(*HEAD, (150, 700, "KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC")),
    "a title on two lines": printed(*HEAD, (150, 700, "KẾ HOẠCH BẢO VỆ BÍ"), (280, 680, "MẬT")),
    "the foot of the page": printed(*HEAD, (110, 90, "MẬT")),
    "no text": hostile.pdf(CATALOG, PAGES, PAGE),
}


@pytest.mark.parametrize("place", MARKED)
def test_it_stops_a_mark_on_page_one(place: str) -> None:
    verdict = judge(MARKED[place])
    assert (verdict.accepted, verdict.secret, verdict.code) == (False, True, "secret")


@pytest.mark.parametrize("place", UNMARKED)
def test_it_lets_other_words_pass(place: str) -> None:
    verdict = judge(UNMARKED[place])
    assert (verdict.accepted, verdict.secret, verdict.warnings) == (True, False, ())


@pytest.mark.parametrize("broken", [b"<</Kids [3 0 R", b"<</Kids [3 0 R] /X [" + b"1 " * 200_000])
def test_it_says_that_a_page_could_not_be_read(broken: bytes) -> None:
    verdict = judge(hostile.pdf(CATALOG, broken, PAGE))
    assert (verdict.accepted, len(verdict.warnings)) == (True, 1)


# The dictionaries of PDFs with the password "" or "pass": revision, length, O, U, first part of the ID.
ENCRYPTED = {
    ("", 2, 40): (
        "c92422687facee686e373f10b5c7d04738053152f7e2ee30e11c69ec442576ab",
        "7ff7fe3af0dddc45c08a047a6ec7841377a0a3287cb5d053a31a5328a0ce2824",
        "d8fc0b952b3e5af10fa11a4b99ee56c4",
    ),
    ("pass", 2, 40): (
        "91fa1f4519662a774442fb072e3d9f19e9d130ec09a4d0061e78fe920f7ab62f",
        "d6edc345a3a40a17ba7ff106bda2297dd496c7498532f26b91ef056e3356a699",
        "853d2b63a5a66e61fa6096992f1a736c",
    ),
    ("", 3, 128): (
        "566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5",
        "5bf7f34eaa9b74941827be895aacf80a28bf4e5e4e758a4164004e56fffa0108",
        "b610cae514447eb2b9cbe8fd2fc180cb",
    ),
    ("pass", 3, 128): (
        "0eb1955e88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671",
        "192e46740a61252955453f990f95561e28bf4e5e4e758a4164004e56fffa0108",
        "76533c30b07ca1ad66bf1b51c743e5f0",
    ),
    ("", 4, 128): (
        "566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5",
        "fb12419aba5082c0669fd8725c36ade028bf4e5e4e758a4164004e56fffa0108",
        "1d2ef53f61287ecdbd8184dcac22fe7c",
    ),
}
# From revision 5 on: O and U, then OE, UE and Perms, with the key of the file in them.
ENCRYPTED_BY_AES_256 = {
    ("", 5): (
        "51cf4618c689d6180736b76f4ab7fb000a7294db903d68c2202e609cebfa06d2f82fc84416eec8e52f0ebd1f63a72ae5",
        "2cef24855183c02489b342b209ab2818f49fac9de7a730d8479a86828a48455bbbbcb05d82d4d275629659d4ed27324d",
        "01e28de019adaaed1a7102e724148a894578e44dc0b0f9608dae302ba18ff40d",
        "1b1f4ad90aba6ffc594605e0a2763485735d14d2476a4350473627a9d4d5a865",
        "54038d1256d4085bbc5d55aa97957c94",
    ),
    ("", 6): (
        "a86b50e7f7b552c85345f7336ca5465f3f612aa50b2e9c4f67346222519830b15a281409cd7868f675426ec543c65f3d",
        "f8a2a14079b34f434248c3bed6210548768ae17e8851031b5e89888e03d85cde25bf37609a055a24fac870cea098fe32",
        "316243dc17e21cf3ba79e6403e1c01f2017cc5aa4ddd52aa26434ceb05485cfb",
        "bc215be95662ea395a0d2e45ca5802596fe9a091632a46bc34767994bbe4e940",
        "3e25a9b04a3839551de9d7fdfc1f3415",
    ),
    ("pass", 5): (
        "b5fedb26d4ab29d47b74bf69a8fc96fdcfdcbbdaddf259f8514e72da92e102aa47ce3c9e030fa63016f1b6d1d93ac7fd",
        "fd3c5bbe21033b3f8e96005f0da7611cc93ff77001551f5fde3db0bb69a2a2938ab6055e7fd996b768a000f4b7385acb",
        "f6267b0bb35f6679cd21fd7b9a854ddc9daa4b5129d7e176c296dbf6c6ea77ef",
        "40a87af615aee30406af9223170d3052cd6a5b709a53e403fdb5a426a3d5a09e",
        "b20dfb905f343c04d2b4dd3adc812029",
    ),
    ("pass", 6): (
        "b7bfa4bd52274066dc427cf8981039b747579f5b6d8f39496884d9f54ffdce3de712668c4751a573e8c9591e3973fa3d",
        "83f3dd2d9e0943ce2b1fe15f4356926c8a64bfb620f98d97825b48215989cefa0b9d944df09b847c01895ca282031389",
        "f3dd92e7cb7f4e13fd542c195bb3aae0a1c29bb171d5a3d6481b15556358322c",
        "c87fea7653aa344d679950cbc24d539c7b2ad421c5ce27b56ca58b332a697c6c",
        "72cdaf188378a3688519f38548ff75ee",
    ),
}


def encrypted(entries: str, identity: str) -> bytes:
    return hostile.pdf(
        CATALOG,
        f"<<{entries}>>".encode(),
        trailer=f"/Root 1 0 R /Encrypt 2 0 R /ID [<{identity}> <{identity}>]".encode(),
    )


def assert_only_a_password_is_refused(data: bytes, password: str) -> None:
    verdict = judge(data)
    assert (verdict.accepted, verdict.code) == (not password, "password" if password else "")
    assert bool(verdict.warnings) == (not password)


@pytest.mark.parametrize(("password", "revision", "length"), ENCRYPTED)
def test_it_refuses_a_password_and_accepts_restricted_printing(password: str, revision: int, length: int) -> None:
    owner, user, identity = ENCRYPTED[password, revision, length]
    entries = f"/Filter /Standard /V 4 /R {revision} /Length {length} /P 4294967292 /O <{owner}> /U <{user}>"
    assert_only_a_password_is_refused(encrypted(entries, identity), password)


@pytest.mark.parametrize(("password", "revision"), ENCRYPTED_BY_AES_256)
def test_so_it_does_where_the_key_has_256_bits(password: str, revision: int) -> None:
    owner, user, owner_key, user_key, permissions = ENCRYPTED_BY_AES_256[password, revision]
    filters = "/CF <</StdCF <</AuthEvent /DocOpen /CFM /AESV3 /Length 32>>>> /StmF /StdCF /StrF /StdCF"
    keys = f"/O <{owner}> /U <{user}> /OE <{owner_key}> /UE <{user_key}> /Perms <{permissions}>"
    entries = f"/Filter /Standard /V 5 /R {revision} /Length 256 /P -1028 {filters} {keys}"
    assert_only_a_password_is_refused(encrypted(entries, "ba53ef19b4926a52e441729ddc6029c3"), password)


ACTIONS = {
    "script": b"<</S /JavaScript /JS (app.alert\\(1\\))>>",
    "hidden script": b"<</S /#4aavaScrip#74 /JS 4 0 R>>",
    "packed script": hostile.stream(b"/Type /ObjStm", b"5 0 <</S /JavaScript /JS (a)>>"),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_it_reports_a_script_and_accepts(action: str) -> None:
    verdict = judge(hostile.pdf(CATALOG, ACTIONS[action]))
    assert (verdict.accepted, verdict.has_macros, len(verdict.warnings)) == (True, True, 1)


def test_it_refuses_an_action_that_starts_a_program() -> None:
    assert judge(hostile.pdf(CATALOG, b"<</S /Launch /F (cmd.exe)>>")).code == "dangerous_object"


def test_it_reports_links_and_carried_files() -> None:
    verdict = judge(hostile.pdf(CATALOG, b"<</S /URI /URI (https://a.vn/\\(1\\))>>", b"<</Type /EmbeddedFile>>"))
    assert (verdict.accepted, verdict.external_links, len(verdict.warnings)) == (True, ("https://a.vn/(1)",), 1)


def test_it_refuses_a_file_cut_short() -> None:
    data = printed(*HEAD)
    assert judge(data[: data.index(b"xref")]).code == "damaged"
    assert judge(data[:200]).code == "damaged"
    assert judge(data + b"\r\n-- \r\nmail gateway\r\n" + bytes(5_000)).accepted
