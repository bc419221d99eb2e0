"""Pictures inside a message's text: the photograph of a paper comes out as a file, decoration does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import BINH_AN, HOA_THANG
from tests.growth import LINEAR, TIMES, growth
from tests.lifecycle.collect.incoming.case import Sender
from tests.lifecycle.collect.incoming.messages import GIF, inline, jpeg, message, picture

from plan_lifecycle.channels import read_message

WHO = Sender(BINH_AN, HOA_THANG, "<nhac@binhthuan.example.vn>", "cchc@binhthuan.example.vn", b"")


def names(name: str, data: bytes, times: int = 1) -> list[str]:
    made = inline(message(WHO, "Re: Nhắc", html="<p>x</p>"), name, data, times=times)
    return [file.name for file in read_message(made.as_bytes()).files]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("20230210_090112.jpg", jpeg(1, 1)),
        ("IMG_0042.jpg", jpeg(9, 9)),
        ("z4123456789012_0a1b.jpg", jpeg(9, 9)),
        ("07-KH-UBND.png", picture(200, 300)),
        ("Bao cao quy I.jpg", jpeg(9, 9)),
        ("image0.jpg", jpeg(3024, 4032)),
        ("image001.png", picture(1240, 1754)),
    ],
)
def test_a_photograph_of_a_paper_is_a_file(name: str, data: bytes) -> None:
    assert names(name, data) == [name]


@pytest.mark.parametrize(
    ("name", "data", "times"),
    [
        ("image001.png", picture(180, 60), 1),
        ("image001.jpg", jpeg(599, 4000), 1),
        ("logo.png", picture(1200, 1200), 1),
        ("pixel.gif", GIF, 1),
        ("image002.png", picture(900, 900), 2),
        ("image003.jpg", jpeg(3024, 4032)[:20], 1),
        ("image004.png", b"\x89PNG\r\n\x1a\n", 1),
        ("bkh.png", picture(10, 10), 1),
    ],
)
def test_decoration_is_none(name: str, data: bytes, times: int) -> None:
    assert names(name, data, times) == []


def test_the_fields_photograph_comes_out(samples: Path) -> None:
    data = (samples / "field" / "mail" / "07-photo-inline-cid.eml").read_bytes()
    assert [file.name for file in read_message(data).files] == ["20230210_090112.jpg"]


def test_a_hostile_picture_costs_no_more_than_its_length() -> None:
    def hostile(length: int) -> bytes:
        segments = b"\xff\xe0\x00\x00" * (length // 4)
        return inline(message(WHO, "Nhắc", html="<p>x</p>"), "image1.jpg", b"\xff\xd8" + segments).as_bytes()

    assert growth(read_message, hostile(400_000 // TIMES), hostile(400_000)) < LINEAR
