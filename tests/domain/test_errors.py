"""Errors speak twice, and several at once are each told."""

from __future__ import annotations

import errno

import pytest

from plan_lifecycle.domain.errors import (
    CombinedInputError,
    InputError,
    no_file,
    not_a_date,
    raise_all,
    unreadable,
    unwritable,
)

FIRST = InputError("a date", file="a.csv", line=3, field="from", found="31/2")
SECOND = InputError("a name", file="a.csv", line=5, field="name", vi="Tên đơn vị còn để trống.")


def test_it_names_file_line_field_found_and_expected() -> None:
    assert str(FIRST) == "a.csv, line 3, field 'from': found '31/2', expected a date"
    assert FIRST.for_user.startswith("Nội dung chưa đúng quy định tại tệp a.csv, dòng 3, mục “from”")


def test_it_raises_nothing_one_or_all() -> None:
    raise_all([])
    with pytest.raises(InputError) as one:
        raise_all([FIRST])
    assert one.value is FIRST
    with pytest.raises(CombinedInputError) as both:
        raise_all([FIRST, SECOND])
    assert both.value.errors == (FIRST, SECOND)
    assert str(both.value) == f"{FIRST}\n{SECOND}"
    assert both.value.for_user.endswith("\nTên đơn vị còn để trống.")
    assert both.value.line == 3


def test_a_day_a_file_and_a_folder_say_what_is_wrong_in_vietnamese() -> None:
    assert not_a_date("31/2", field="--as-of").for_user == (
        "Ngày “31/2” chưa đúng (mục “--as-of”); đề nghị ghi năm-tháng-ngày, ví dụ 2026-06-17."
    )
    told = not_a_date(None, field="from", file="Bảng.tsv", line=3)
    assert (told.line, told.for_user.startswith("Tệp Bảng.tsv, dòng 3: Chưa ghi ngày")) == (3, True)
    missing = unreadable("kế hoạch.docx", FileNotFoundError(errno.ENOENT, "No such file or directory"))
    assert "Không đọc được tệp “kế hoạch.docx”: không có tệp, thư mục này" in missing.for_user
    assert "là thư mục" in no_file("hộp").for_user
    full = unwritable("ra", OSError(errno.ENOSPC, "No space left on device"), folder=True)
    assert (full.found, "thư mục “ra”: ổ đĩa đã đầy" in full.for_user) == ("No space left on device", True)
