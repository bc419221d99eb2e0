"""Text of many keyboards becomes comparable, and nothing else happens to it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.text import nfc, normalise, number_in_words, without_accents


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("CỘNG HOÀ", "cộng hòa"),
        ("Thuỷ sản", "Thủy sản"),
        ("hòan thành", "hoàn thành"),
        ("hàng năm", "Hằng năm"),
        ("Quí I", "Quý I"),
        ("qúy", "quý"),
        ("định kì", "định kỳ"),
        ("2022 – 2025", "2022 - 2025"),
        ("2022—2025", "2022-2025"),
        ("từ\u00a0ngày\t 01", "từ ngày 01"),
        ("Ðến hết", "đến hết"),
        ("15 (mười lăm) ngày", "15 ngày"),
        ("mười lăm (15) ngày", "15 ngày"),
        ("05 (năm) ngày", "05 ngày"),
        (unicodedata.normalize("NFD", "Thường xuyên"), "thường xuyên"),
        ("quý\u200b II", "quý II"),
    ],
)
def test_it_gives_variants_one_form(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    "text", ["hàng hóa", "quỳnh", "khuỷu", "năm (2025)", "15 (mười sáu) ngày", "thi đua", "nguyên"]
)
def test_it_leaves_alone_what_only_looks_alike(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("năm", 5),
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("một trăm linh năm", 105),
        ("ngày", None),
        ("", None),
    ],
)
def test_it_reads_numerals_written_out(words: str, value: int | None) -> None:
    assert number_in_words(words) == value


@given(st.text())
def test_it_changes_nothing_the_second_time(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_it_composes_accents_only(text: str) -> None:
    assert unicodedata.normalize("NFD", nfc(text)) == unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "plain"), [("Đặc khu Phú Quý", "Dac khu Phu Quy"), ("hoà", "hoa"), ("xã A Lưới 2", "xa A Luoi 2")]
)
def test_it_writes_plain_letters(text: str, plain: str) -> None:
    assert without_accents(text) == plain
