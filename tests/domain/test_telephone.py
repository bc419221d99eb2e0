"""Telephone numbers: every way to write one comes to one spelling, and what nobody can call is asked about."""

from __future__ import annotations

import pytest

from plan_lifecycle.domain.telephone import LONGEST, Telephone, kept_telephones, read_telephones, telephones_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("(0252) 3.822.999, máy lẻ 12", "02523822999;12"),
        ("0252 3822 999 (máy lẻ: 15)", "02523822999;15"),
        ("0252-3822-999 ext. 7", "02523822999;7"),
        ("02523.822.999", "02523822999"),
        ("+84 (0)252 3822 999", "02523822999"),
        ("2523822999", "02523822999"),
        ("024 3825 1234", "02438251234"),
        ("+84 912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("912345678", "0912345678"),
        ("ĐT: 0252 3822 999; DĐ: 0912.345.678", "02523822999 0912345678"),
        ("0252.3822999 - 0912345678", "02523822999 0912345678"),
        ("0912345678/0912 345 678", "0912345678"),
        ("1900 1234", "19001234"),
        ("", ""),
    ],
)
def test_every_way_to_write_a_number_comes_to_one_spelling(written: str, kept: str) -> None:
    found, doubts = read_telephones(written)
    assert (kept_telephones(found), doubts) == (kept, ())
    assert telephones_of(kept) == found


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("01234567890", "đổi đầu số từ năm 2018"),
        ("062 3822999", "mã vùng đã đổi từ năm 2017"),
        ("3822999", "thiếu mã vùng"),
        ("0252 3822 99", "thừa, thiếu chữ số"),
        ("0212345678901", "13 chữ số"),
        ("0230 3822 999", "đầu số chưa đúng"),
        ("+856 20 123456", "trong nước"),
        ("9.12E+08", "cần số điện thoại"),
        ("liên hệ văn thư", "cần số điện thoại"),
        ("0252 3822 999/12", "02 chữ số"),
        ("; ".join(f"091234{number}" for number in range(5000, 5012)), "nhiều số quá"),
    ],
)
def test_what_may_not_be_meant_is_asked(written: str, asked: str) -> None:
    _, doubts = read_telephones(written)
    assert [asked in doubt.vi for doubt in doubts] == [True]


def test_a_number_is_shown_in_groups_and_dialled_with_its_extension() -> None:
    assert Telephone("02523822999", "12").words == "0252 3822 999, máy lẻ 12"
    assert Telephone("02523822999", "12").link == "tel:+842523822999;ext=12"
    assert Telephone("02438251234").words == "024 3825 1234"
    assert Telephone("0912345678").words == "0912 345 678"
    assert (Telephone("19001234").words, Telephone("19001234").link) == ("1900 1234", "tel:19001234")


def test_what_is_kept_fits_its_column() -> None:
    found, doubts = read_telephones("; ".join(f"091234{number}" for number in range(5000, 5011)))
    assert not doubts
    assert len(kept_telephones(found)) <= LONGEST
