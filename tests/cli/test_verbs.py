"""The verbs as commands: what they answer, what their exit codes say, and that they may be run twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import Ran, Run, answers
from tests.factories import (
    BINH_AN,
    DISTRICT,
    PROVINCE,
    address,
    fill,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.mail.faulty_server import FaultyMailServer, ServerFault, Stage

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.simulation.case import last_days
from plan_lifecycle.simulation.provincial_plan import provincial_plan
from plan_lifecycle.store.engine import Store

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def province_plan(home: Path) -> Path:
    path = home / "ke-hoach-36.docx"
    path.write_bytes(provincial_plan(PROVINCE, 2023, last_days(2023)[0], two_tiers=False))
    return path


def test_a_plan_is_cascaded_and_a_second_run_finds_nothing_waiting(run: Run, province_plan: Path) -> None:
    arguments = ("cascade", "--plan", str(province_plan), "--province", "Bình Thuận", "--as-of", "2023-01-05", "--json")
    ran = run(*arguments)
    (done,) = answers(ran, "cascade")
    assert (ran.code, ran.err, done["issuer"], done["drafts"]) == (0, "", "UBND tỉnh Bình Thuận", 4)
    assert run(*arguments) == Ran(0, "", "")


def test_a_plan_is_its_letterheads_and_anothers_ends_with_2(run: Run, province_plan: Path) -> None:
    arguments = ("cascade", "--plan", str(province_plan), "--as-of", "2023-01-05")
    ran = run(*arguments, "--unit", "huyện Bắc Bình")
    assert (ran.code, ran.out) == (2, "")
    assert "không phải UBND huyện Bắc Bình" in ran.err
    assert "UBND tỉnh Bình Thuận: 4 dự thảo" in run(*arguments).out


def test_a_plan_is_named_in_the_folder_of_plans_where_nobody_collects_it(
    run: Run, province_plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = province_plan.parent / "plans"
    monkeypatch.setenv("PLAN_LIFECYCLE_PLANS", str(plans))
    plans.mkdir()
    kept = province_plan.rename(plans / province_plan.name)
    assert "UBND tỉnh Bình Thuận: 4 dự thảo" in run("cascade", "--plan", kept.name, "--as-of", "2023-01-05").out
    (collected,) = answers(run("collect", "--as-of", "2023-01-05", "--json"), "collect")
    assert (collected["arrived"], kept.exists()) == (0, True)
    assert str(plans / "khac.docx") in run("cascade", "--plan", "khac.docx", "--as-of", "2023-01-05").err


def test_people_read_a_sentence(run: Run, province_plan: Path) -> None:
    ran = run("cascade", "--plan", str(province_plan), "--province", "Bình Thuận", "--as-of", "2023-01-05")
    assert ran.out == "UBND tỉnh Bình Thuận: 4 dự thảo, 12 nội dung phải gửi, 3 thư\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("cascade", "--as-of", "hôm nay"), "'--as-of'"),
        (("remind", "--as-of", "2023-02-30"), "'2023-02-30'"),
        (("collect", "--as-of", "20/02/2023"), "YYYY-MM-DD"),
        (("compile", "--as-of", "2023"), "'--as-of'"),
        (("send", "--as-of", "2023-13-01"), "'--as-of'"),
        (("cascade", "--plan", "a.docx"), "a.docx"),
        (("cascade", "--province", "Bình Thuận"), "expected --plan"),
        (("cascade", "--unit", "huyện Bắc Bình"), "expected --plan"),
        (("cascade", "--plan", "missing.docx", "--province", "Bình Thuận"), "missing.docx"),
        (("compile", "--unit", "bb"), "--unit and --period together"),
        (("compile", "--unit", "bb", "--period", "2023-H9"), "2023-H9"),
        (("compile", "--unit", "nobody", "--period", "2023-H1"), "nobody, 2023-H1"),
        (("remind", "--unknown"), "--unknown"),
    ],
)
def test_an_input_that_gives_no_answer_ends_with_2_and_says_which(
    run: Run, arguments: tuple[str, ...], told: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_plan_that_was_cascaded_before_is_said_to_be(run: Run, province_plan: Path) -> None:
    arguments = ("cascade", "--plan", str(province_plan), "--as-of", "2023-01-05")
    run(*arguments)
    assert run(*arguments) == Ran(0, "Kế hoạch đã được triển khai trước đó; không có gì mới.\n", "")


def test_what_is_no_plan_ends_with_2_and_keeps_nothing(run: Run, home: Path) -> None:
    path = home / "giay-moi.docx"
    path.write_bytes(b"no Word file")
    ran = run("cascade", "--plan", str(path), "--province", "Bình Thuận", "--as-of", "2023-01-05")
    assert (ran.code, ran.out) == (2, "")
    assert "giay-moi.docx" in ran.err
    assert run("cascade", "--as-of", "2023-01-05") == Ran(0, "Không có kế hoạch nào chờ triển khai.\n", "")


def test_a_plan_of_another_year_ends_with_2_and_keeps_nothing(run: Run, province_plan: Path) -> None:
    ran = run("cascade", "--plan", str(province_plan), "--province", "Bình Thuận", "--year", "2024")
    assert (ran.code, ran.out) == (2, "")
    assert "a plan of 2024" in ran.err
    assert run("cascade", "--as-of", "2023-01-05").out == ""


def test_a_plan_that_fails_ends_with_1_and_the_others_are_cascaded(run: Run, store: Store, province_plan: Path) -> None:
    plan_row(store, DISTRICT, "15")  # whose file is not there
    ran = run("cascade", "--plan", str(province_plan), "--province", "Bình Thuận", "--as-of", "2023-01-05", "--json")
    assert answers(ran, "cascade")[0]["drafts"] == 4
    assert ran.code == 1
    assert "UBND huyện Bắc Bình: cannot read" in ran.err


def test_reminders_are_recorded_once(run: Run, store: Store) -> None:
    owe(store)
    first = run("remind", "--as-of", "2023-02-21", "--json")
    again = run("remind", "--as-of", "2023-02-21", "--json")
    assert [answers(ran, "remind")[0]["letters"] for ran in (first, again)] == [1, 0]
    assert (first.code, first.err) == (0, "")


def test_reminding_names_whom_it_could_not_reach(run: Run, store: Store) -> None:
    fill(store, (PROVINCE, DISTRICT, *_without_contact(store)))
    ran = run("remind", "--as-of", "2023-02-21")
    assert "1 nội dung nhắc trong 0 thư" in ran.out
    assert "chưa có liên hệ: UBND xã Bình An" in ran.out


def _without_contact(store: Store) -> tuple[()]:
    from tests.factories import day

    from plan_lifecycle.store.units import mark_unreachable

    owe(store)
    with store.write() as connection:
        mark_unreachable(connection, address(BINH_AN), day("2023-02-01"))
    return ()


def test_letters_are_sent(run: Run, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owe(store)
    monkeypatch.delenv("PLAN_LIFECYCLE_SMTP_SENDER")  # then the address that letters come from
    with FaultyMailServer(home / "mail") as server:
        monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_PORT", str(server.port))
        ran = run("remind", "--as-of", "2023-02-21", "--send", "--json")
        assert answers(ran, "remind", "send")[1]["sent"] == 1
        assert ran.code == 0
        assert answers(run("send", "--as-of", "2023-02-21", "--json"), "send")[0]["sent"] == 0
        assert [letter.recipients for letter in server.letters()] == [(address(BINH_AN),)]


def test_a_server_that_is_down_ends_with_1_and_the_letters_wait(run: Run, store: Store) -> None:
    owe(store)
    ran = run("remind", "--as-of", "2023-02-21", "--send", "--json")
    sent = answers(ran, "remind", "send")[1]
    assert (ran.code, sent["queued"], sent["stopped"] is not None) == (1, 1, True)
    assert "127.0.0.1:1" in ran.err


def test_a_letter_that_fails_ends_with_1_once(
    run: Run, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(store)
    run("remind", "--as-of", "2023-02-21")
    unknown = ServerFault(Stage.RCPT, reply="550 5.1.1 no such user", times=None)
    with FaultyMailServer(home / "mail", faults=[unknown]) as server:
        monkeypatch.setenv("PLAN_LIFECYCLE_SMTP_PORT", str(server.port))
        ran = run("send", "--as-of", "2023-02-21", "--json")
        assert list(answers(ran, "send")[0]["failed"]) == [address(BINH_AN)]
        assert ran.code == 1
        assert run("send", "--as-of", "2023-02-21").code == 0


def test_without_a_mail_server_in_the_settings_the_letters_wait(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(store)
    run("remind", "--as-of", "2023-02-21")
    monkeypatch.delenv("PLAN_LIFECYCLE_SMTP_HOST")
    ran = run("send", "--as-of", "2023-02-21")
    assert (ran.code, "PLAN_LIFECYCLE_SMTP_HOST" in ran.err) == (2, True)
    assert run("send", "--as-of", "2023-02-21").code == 2  # they were given back, not left claimed


def test_what_lies_in_the_inbox_is_collected(run: Run, store: Store, home: Path) -> None:
    owe(store)
    folder = home / "inbox/bb-binh-an/sub_plan-2023"
    folder.mkdir(parents=True)
    (folder / "ke-hoach.docx").write_bytes(plan_file())
    ran = run("collect", "--as-of", "2023-02-20", "--json")
    (done,) = answers(ran, "collect")
    assert (ran.code, done["arrived"], done["accepted"]) == (0, 1, 1)
    assert "nhận 0" in run("collect", "--as-of", "2023-02-20").out


def test_a_source_that_is_down_ends_with_1_and_the_rest_is_collected(
    run: Run, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_SOURCE_URL", "http://127.0.0.1:1")
    owe(store)
    folder = home / "inbox/bb-binh-an/sub_plan-2023"
    folder.mkdir(parents=True)
    (folder / "ke-hoach.docx").write_bytes(plan_file())
    ran = run("collect", "--as-of", "2023-02-20", "--json")
    (done,) = answers(ran, "collect")
    assert (ran.code, done["accepted"], len(done["faults"])) == (1, 1, 1)
    assert "http: " in ran.err


def test_reports_that_are_due_are_compiled(run: Run, store: Store, home: Path) -> None:
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16")
    folder = home / "inbox/bb-binh-an/report-2023-H1"
    folder.mkdir(parents=True)
    (folder / "bao-cao.xlsx").write_bytes(report_file())
    run("collect", "--as-of", "2023-06-15")
    assert run("compile", "--as-of", "2023-06-17", "--json").out == ""
    (done,) = answers(run("compile", "--as-of", "2023-06-19", "--json"), "compile")
    assert (done["unit_id"], done["received"], done["missing"], done["new"]) == ("bb", 1, [], True)
    assert run("compile", "--as-of", "2023-06-20", "--json").out == ""
    asked = run("compile", "--unit", "bb", "--period", "2023-h1", "--as-of", "2023-06-20", "--json")
    assert answers(asked, "compile")[0]["new"] is False
    reform = plan_row(store, number="21", abstract="V/v Cải cách hành chính nhà nước năm 2023")
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=reform)
    of = ("compile", "--unit", "bb", "--period", "2023-H1", "--as-of", "2023-06-20", "--json")
    kinds = [["cchc", 0], ["tuyen-truyen", 1]]  # nobody has reported for the reform yet, so that one is not made
    assert [[done["profile"], done["received"]] for done in answers(run(*of), *["compile"] * 2)] == kinds
    for kind, received in kinds:
        assert [[done["profile"], done["received"]] for done in answers(run(*of, "--profile", kind), "compile")] == [
            [kind, received]
        ]
    assert (run(*of, "--profile", "thi-dua").code, run("compile", "--profile", "cchc").code) == (2, 2)


def test_a_store_that_cannot_be_opened_ends_with_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_STORE_URL", "postgresql://nobody:geheim@/x?host=/nowhere")
    ran = run("remind")
    assert ran.code == 1
    assert "geheim" not in ran.err


def test_a_setting_that_is_wrong_ends_with_2_and_names_the_variable(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_DURABLE", "maybe")
    ran = run("remind")
    assert ran.code == 2
    assert "PLAN_LIFECYCLE_DURABLE" in ran.err
