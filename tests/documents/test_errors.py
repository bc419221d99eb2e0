"""A file that cannot be used is named to programs by a code and to its sender in Vietnamese."""

from __future__ import annotations

import pytest

from plan_lifecycle.documents.errors import REASONS, BadDocument, bad
from plan_lifecycle.domain.errors import InputError


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_a_sentence_with_what_was_found(code: str) -> None:
    error = bad(code, "word/document.xml")
    assert (error.code, error.detail) == (code, "word/document.xml")
    assert error.for_user.endswith(".")
    assert "{" not in error.for_user
    assert ("word/document.xml" in error.for_user) is ("{detail}" in REASONS[code])


def test_programs_read_the_code_and_the_detail() -> None:
    assert "bomb: 64 MB" in str(bad("bomb", "64 MB"))
    assert "password" in str(bad("password"))
    assert "password:" not in str(bad("password"))


def test_the_file_is_named_where_it_is_known() -> None:
    error = BadDocument("damaged", "Tệp bị hỏng.", file="ke-hoach.docx")
    assert isinstance(error, InputError)
    assert "ke-hoach.docx" in str(error)
    assert error.for_user == "Tệp bị hỏng."


def test_who_knows_the_file_names_it_and_nobody_names_another() -> None:
    error = bad("bomb", "64 MB").of("ke-hoach.docx")
    assert (error.code, error.detail, error.for_user) == ("bomb", "64 MB", bad("bomb", "64 MB").for_user)
    assert str(error).startswith("ke-hoach.docx: ")
    assert error.of("khac.docx") is error


@pytest.mark.parametrize(("length", "shown"), [(299, 299), (300, 300), (301, 300), (5_000, 300)])
def test_a_long_detail_is_cut_at_300_signs(length: int, shown: int) -> None:
    detail = bad("malformed", "x" * length).detail
    assert len(detail) == shown
    assert detail.endswith("…") is (length > 300)


def test_a_detail_with_brackets_is_shown_as_it_is() -> None:
    assert "{detail} {0}" in bad("malformed", "{detail} {0}").for_user
