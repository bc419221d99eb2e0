"""Who is given a report and when: the coordinator first, the leader the next working morning, each version once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import delete
from tests.factories import CHO_LAU, day, make_office
from tests.fakes import FakeMailer
from tests.lifecycle.release.conftest import COORDINATOR, FRIDAY, LEADER, MONDAY, TUESDAY, WEDNESDAY, report_in
from tests.lifecycle.release.letters import brought

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.release import ReleaseMode
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import anything_to_deliver, deliver_reports, told_of_delivery
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.tables import contact
from plan_lifecycle.store.units import save_contacts

NAME = "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023 của UBND huyện Bắc Bình"


def to_whom(office: Office) -> list[str]:
    return [letter.to for letter in brought(office)]


def test_the_coordinator_has_the_draft_on_the_day_and_the_leader_on_the_next_working_morning(compiled: Office) -> None:
    first = deliver_reports(compiled, MONDAY)
    assert (first.coordinators, first.leaders, first.waiting) == ([NAME], [], [NAME])
    assert to_whom(compiled) == [COORDINATOR]
    assert deliver_reports(compiled, TUESDAY).leaders == [NAME]
    assert to_whom(compiled) == [COORDINATOR, LEADER]


def test_running_again_gives_nobody_anything_twice(compiled: Office) -> None:
    for moment in (MONDAY, MONDAY, TUESDAY, TUESDAY, WEDNESDAY):
        deliver_reports(compiled, moment)
    assert to_whom(compiled) == [COORDINATOR, LEADER]
    assert not anything_to_deliver(compiled, WEDNESDAY)
    assert told_of_delivery(deliver_reports(compiled, WEDNESDAY)) == "Không có báo cáo cần chuyển."


def test_three_at_once_give_each_of_them_one_letter(compiled: Office) -> None:
    for moment in (MONDAY, TUESDAY):
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda at: deliver_reports(compiled, at), [moment] * 3))
    assert to_whom(compiled) == [COORDINATOR, LEADER]


def test_nothing_goes_on_a_rest_day(office: Office) -> None:
    compile_report(office, "bb", "2023-H1", FRIDAY)
    deliver_reports(office, FRIDAY)
    for rest in ("2023-06-24", "2023-06-25"):
        assert not anything_to_deliver(office, day(rest))
        assert deliver_reports(office, day(rest)).leaders == []
    assert deliver_reports(office, day("2023-06-26")).leaders == [NAME]


def test_a_draft_made_on_a_rest_day_goes_to_the_coordinator_when_work_begins(office: Office) -> None:
    compile_report(office, "bb", "2023-H1", day("2023-06-17"))
    assert deliver_reports(office, day("2023-06-17")).coordinators == []
    done = deliver_reports(office, MONDAY)
    assert (done.coordinators, done.leaders) == ([NAME], [])
    assert "Dự thảo được trình lãnh đạo vào sáng 20/6/2023" in brought(office)[0].text
    assert deliver_reports(office, TUESDAY).leaders == [NAME]


def test_of_versions_that_came_meanwhile_only_the_newest_goes_to_the_leader(compiled: Office) -> None:
    deliver_reports(compiled, MONDAY)
    report_in(compiled, CHO_LAU, at="2023-06-19")
    compile_report(compiled, "bb", "2023-H1", TUESDAY)
    done = deliver_reports(compiled, TUESDAY)
    assert (done.coordinators, done.leaders) == ([NAME], [NAME])
    leaders = [letter for letter in brought(compiled) if letter.to == LEADER]
    assert [letter.subject for letter in leaders] == [
        "Trình dự thảo: Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023 (lập lại lần 02)"
    ]
    assert "văn bản của 03/03 đơn vị" in leaders[0].text
    assert deliver_reports(compiled, WEDNESDAY).leaders == []


def test_a_version_that_comes_when_the_leader_has_the_one_before_waits_for_the_next_morning(compiled: Office) -> None:
    for moment in (MONDAY, TUESDAY):
        deliver_reports(compiled, moment)
    report_in(compiled, CHO_LAU, at="2023-06-20")
    compile_report(compiled, "bb", "2023-H1", WEDNESDAY)
    assert deliver_reports(compiled, WEDNESDAY).leaders == []
    assert deliver_reports(compiled, day("2023-06-22")).leaders == [NAME]


def test_the_leaders_letter_has_three_sentences_five_figures_who_is_missing_and_both_files(compiled: Office) -> None:
    for moment in (MONDAY, TUESDAY):
        deliver_reports(compiled, moment)
    letter = brought(compiled)[-1]
    assert letter.subject == "Trình dự thảo: Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023"
    begun = letter.text.partition("Số liệu chính")[0].strip().splitlines()[-1]
    assert begun.count(". ") == 2
    assert begun.endswith("Kính đề nghị lãnh đạo xem xét, cho ý kiến.")
    assert "Báo cáo tổng hợp từ văn bản của 02/03 đơn vị, đến ngày 19/6/2023." in begun
    assert "1. Số tin, bài đăng trên cổng (trang) thông tin điện tử: 2.500 tin, bài" in letter.text
    numbered = letter.text.partition("Số liệu chính:")[2].partition("Chưa có số liệu")[0].strip().splitlines()
    assert [line.partition(".")[0] for line in numbered] == ["1", "2", "3", "4", "5"]
    assert "Chưa có số liệu của: UBND thị trấn Chợ Lầu." in letter.text
    assert [*letter.files] == [
        "Bao cao thong tin tuyen truyen CCHC 6 thang dau nam 2023 - huyen Bac Binh.docx",
        "Bao cao thong tin tuyen truyen CCHC 6 thang dau nam 2023 - huyen Bac Binh.xlsx",
    ]
    assert all(data.startswith(b"PK") for data in letter.files.values())


def test_the_coordinators_letter_says_when_the_leader_has_it_and_how_to_hold_it(compiled: Office) -> None:
    deliver_reports(compiled, MONDAY)
    (letter,) = brought(compiled)
    assert letter.subject == "Dự thảo để xem xét: Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023"
    assert "Dự thảo được trình lãnh đạo vào sáng 20/6/2023; khi cần giữ lại để hoàn thiện" in letter.text
    assert len(letter.files) == 2


def test_by_hand_it_waits_for_the_coordinator(compiled: Office) -> None:
    office = make_office(compiled.store, release=ReleaseMode.BY_HAND)
    deliver_reports(office, MONDAY)
    assert "Dự thảo chỉ được trình lãnh đạo khi chọn “Trình lãnh đạo”" in brought(office)[0].text
    for moment in (TUESDAY, WEDNESDAY, FRIDAY):
        done = deliver_reports(office, moment)
        assert (done.leaders, done.waiting) == ([], [NAME])


def test_who_has_no_leader_to_write_to_is_told_and_served_later(compiled: Office) -> None:
    with compiled.store.write() as connection:
        connection.execute(delete(contact).where(contact.c.unit_id == "bb"))
    deliver_reports(compiled, MONDAY)
    done = deliver_reports(compiled, TUESDAY)
    assert (done.leaders, done.nobody) == ([], [NAME])
    assert told_of_delivery(done) == f"Chưa có người nhận: {NAME}."
    assert not anything_to_deliver(compiled, TUESDAY)
    with compiled.store.write() as connection:
        save_contacts(connection, [Contact("bb", ContactRole.HEAD, "Chủ tịch", LEADER, valid_from=date(2023, 1, 1))])
    assert anything_to_deliver(compiled, TUESDAY)
    assert deliver_reports(compiled, TUESDAY).leaders == [NAME]


def test_a_letter_with_an_older_version_that_has_not_left_yet_never_does(compiled: Office) -> None:
    for moment in (MONDAY, TUESDAY):
        deliver_reports(compiled, moment)  # the mail server is away: nothing is sent
    report_in(compiled, CHO_LAU, at="2023-06-20")
    compile_report(compiled, "bb", "2023-H1", WEDNESDAY)
    for moment in (WEDNESDAY, day("2023-06-22")):
        deliver_reports(compiled, moment)
        send_outbox(compiled, FakeMailer().connect, now=moment, wall=moment, worker="a")
    gone = [(letter.to, letter.subject.endswith("(lập lại lần 02)"), letter.state) for letter in brought(compiled)]
    assert gone == [
        (COORDINATOR, False, LetterState.SUPERSEDED),
        (LEADER, False, LetterState.SUPERSEDED),
        (COORDINATOR, True, LetterState.SENT),
        (LEADER, True, LetterState.SENT),
    ]


@pytest.mark.parametrize("count", [0, 1, 3, 4])
def test_the_note_of_a_run_names_a_few_and_counts_the_others(count: int) -> None:
    from plan_lifecycle.lifecycle.release import Delivered

    told = told_of_delivery(Delivered(leaders=[f"Báo cáo {number}" for number in range(count)]))
    assert (
        told
        == {
            0: "Không có báo cáo cần chuyển.",
            1: "Trình lãnh đạo: Báo cáo 0.",
            3: "Trình lãnh đạo: Báo cáo 0; Báo cáo 1; Báo cáo 2.",
            4: "Trình lãnh đạo: Báo cáo 0; Báo cáo 1; Báo cáo 2 và 01 báo cáo khác.",
        }[count]
    )
