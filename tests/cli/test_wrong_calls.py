"""What is typed wrongly at the command ends with a sentence that says what to write, never in a traceback."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from tests.cli.running import Run
from tests.factories import owe

from plan_lifecycle import __version__
from plan_lifecycle.store.engine import Store

BY = ("--by", "Trần Thị Hoa", "--reason", "máy bị mất")
HUGE = "9" * 23


def test_numbers_that_no_row_can_have_are_refused(run: Run, store: Store) -> None:
    for call in (
        ("people", "export", HUGE),
        ("people", "undo", "bb-binh-an", HUGE, *BY),
        ("reminders", "suspend", "--plan", HUGE, *BY),
        ("reminders", "resume", HUGE, *BY[:2]),
        ("portal", "revoke", "--obligation", HUGE, *BY),
        ("plan", "tasks", HUGE),
    ):
        ran = run(*call)
        assert (ran.code, ran.out, bool(ran.err)) == (2, "", True), call


def test_a_name_too_long_for_a_file_is_no_plan(run: Run, store: Store) -> None:
    for call in (
        ("plan", "tasks", "x" * 3000),
        ("plan", "decide", "x" * 3000, "deadline-1", "--due", "2023-03-01", *BY),
        ("plan", "read", "x" * 3000),
        ("cascade", "--plan", "x" * 3000),
    ):
        ran = run(*call)
        assert (ran.code, ran.out) == (2, ""), call
        assert "Chưa có kế hoạch" in ran.err or "Không đọc được tệp" in ran.err


def test_an_unknown_unit_is_answered_with_those_that_are_named_nearly_so(run: Run, store: Store) -> None:
    owe(store)
    for call in (
        ("reminders", "explain", "xã Bình Ann"),
        ("people", "show", "xã Bình Ann"),
        ("portal", "revoke", "--unit", "xã Bình Ann", *BY),
        ("reminders", "suspend", "--unit", "xã Bình Ann", *BY),
    ):
        ran = run(*call)
        assert (ran.code, ran.out) == (2, ""), call
        assert "có thể là: bb-binh-an (xã Bình An, huyện Bắc Bình)" in ran.err
    named = ("--item", "sub_plan", "--period", "2023", "--until", "2023-03-10", *BY)
    ran = run("review", "extend", "--unit", "xã Bình Ann", *named, "--as-of", "2023-02-01", "--again")
    assert (ran.code, "có thể là: xã Bình An, huyện Bắc Bình" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("reminders", "preview", "--from", "31/02/2023", "--to", "2023-03-01"), "năm-tháng-ngày, ví dụ 2026-06-17"),
        (("review", "list", "--as-of", "hôm nay"), "Ngày “hôm nay” chưa đúng"),
        (("document", "check", "/không/có.docx"), "không có tệp, thư mục này"),
        (("plan", "read", "/"), "là thư mục, không phải tệp"),
        (("review", "accept", "X1", *BY), "ví dụ S12"),
        (("portal", "revoke", *BY), "--unit; hoặc --obligation"),
        (("reminders", "letter", "--unit", "bb", "--item", "sub_plan", "--period", "2023", "--out", "x"), "quá hạn"),
    ],
)
def test_it_says_in_vietnamese_what_to_write(run: Run, store: Store, call: tuple[str, ...], words: str) -> None:
    ran = run(*call)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Nội dung chưa đúng quy định" not in ran.err


def test_nothing_to_show_is_said_to_people_and_no_line_of_json(run: Run, store: Store) -> None:
    for call, words in (
        (("review", "list"), "Không có việc nào chờ xử lý."),
        (("portal", "contacts"), "Không có đề nghị nào chờ xác nhận."),
        (("indices", "show", "--unit", "bb-binh-an"), "Chưa nhập chỉ số nào"),
        (("compile",), "Không có báo cáo nào đến kỳ"),
        (("cascade",), "Không có kế hoạch nào chờ triển khai."),
    ):
        assert words in run(*call).out
        assert run(*call, "--json").out == ""


def test_a_file_in_the_place_of_a_folder_is_told(run: Run, home: Path) -> None:
    taken = home / "bận"
    taken.write_text("x", encoding="utf-8")
    for call in (("secrets", "new", str(taken)), ("simulate", "--case", "bac-binh-2023", "--out", str(taken))):
        ran = run(*call)
        assert (ran.code, "đã có tệp cùng tên" in ran.err) == (2, True)


def test_a_store_that_cannot_be_opened_names_the_settings(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("STORE_URL", "bậy"), ("STORE_URL", "mysql://a/x"), ("VAR", "/proc/kho dữ liệu")):
        with monkeypatch.context() as one:
            one.setenv(f"PLAN_LIFECYCLE_{name}", value)
            ran = run("review", "list")
            assert (ran.code, ran.out, "kiểm tra PLAN_LIFECYCLE_STORE_URL" in ran.err) == (1, "", True)


def test_a_full_disk_behind_the_answer_and_an_interruption_end_without_a_traceback(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(error: BaseException) -> None:
        def fails(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("plan_lifecycle.cli.deadline.say", fails)

    call = ("deadline", "Trước ngày 01/3/2023", "--year", "2023")
    run(*call)
    broken(OSError(errno.ENOSPC, "No space left on device"))
    ran = run(*call)
    assert (ran.code, "ổ đĩa đã đầy" in ran.err) == (1, True)
    broken(KeyboardInterrupt())
    assert run(*call).code == 130


def test_a_setting_of_the_mail_server_is_named_as_it_is_set(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(store)
    run("remind", "--as-of", "2023-02-21")
    monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_PORT", "x")
    ran = run("send", "--as-of", "2023-02-21")
    assert (ran.code, "field 'PLAN_LIFECYCLE_SMTP_PORT': found 'x'" in ran.err) == (2, True)


def test_an_unknown_command_is_answered_with_those_named_nearly_so_and_the_version_is_told(run: Run) -> None:
    ran = run("reminder", "preview")
    assert (ran.code, ran.out, "có thể là: reminders, remind" in ran.err) == (2, "", True)
    assert run("--version").out == f"plan-lifecycle {__version__}\n"
