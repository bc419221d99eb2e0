"""A file that waits for a person: its sender hears once, nobody is reminded of what it may be, it is filed if owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.channels.answering import answer
from tests.factories import (
    BINH_AN,
    DIVISION,
    HOA_THANG,
    address,
    arrival,
    day,
    invitation,
    obligation_of,
    owe,
    plan_file,
    report_file,
)
from tests.lifecycle.collect.waiting_mail import (
    EARLY,
    NOBODY,
    SHIPPED,
    UNCLEAR,
    WAITS,
    Once,
    a_strangers,
    came,
    counted,
    letters,
    owe_both,
    reminded,
    send,
    states,
    words_of,
)

from plan_lifecycle.channels import read_message
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect import collect, file_and_review
from plan_lifecycle.lifecycle.collect._answerable import ANSWERS_A_DAY, STRANGERS_A_DAY
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.digest import tell_coordinators
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import explain, preview, remind
from plan_lifecycle.lifecycle.review import Placed, Subject, SubjectId, place_these
from plan_lifecycle.lifecycle.review import lay_aside as set_aside
from plan_lifecycle.lifecycle.review import reopen as take_up_again
from plan_lifecycle.store import guesses
from plan_lifecycle.store.tables import letter, reminder, submission
from plan_lifecycle.store.units import save_contacts


def test_nobody_is_reminded_of_what_a_waiting_file_may_be_and_the_others_are(office: Office) -> None:
    owe_both(office)
    came(office, answer([UNCLEAR]))
    done = remind(office, day("2023-02-21"))
    assert letters(office, "reminder_before") == [address(HOA_THANG)]
    assert (done.held, done.reminders) == (2, 1)


def test_a_file_that_names_itself_stops_reminders_of_that_alone(office: Office) -> None:
    owe_both(office)
    came(office, answer([("Bao cao.pdf", UNCLEAR[1])]))
    assert sorted(reminded(office, "2023-02-21")) == sorted([address(BINH_AN), address(HOA_THANG)])
    with office.store.read() as connection:
        mine = select(reminder.c.obligation_id).where(reminder.c.recipient == address(BINH_AN))
        assert list(connection.execute(mine).scalars()) == [obligation_of(office.store).id]


def test_once_it_is_decided_reminders_go_on_with_the_rung_of_that_day(office: Office) -> None:
    owe(office.store)
    came(office, answer([("Bao cao.docx", invitation())], sender="an@thu-rieng.example", subject="xa Binh An"))
    came(office, answer([("ke hoach.docx", plan_file())], sender="an@thu-rieng.example", subject="xa Binh An"))
    assert reminded(office, "2023-02-21") == []
    assert reminded(office, "2023-02-27") == []
    set_aside(office, SubjectId(Subject.ARRIVAL, 2), NOBODY, day("2023-02-27"))
    assert reminded(office, "2023-02-27") == [address(BINH_AN)]
    assert letters(office, "reminder_last") == [address(BINH_AN)]
    take_up_again(office, SubjectId(Subject.ARRIVAL, 2), NOBODY, day("2023-02-27"))
    remind(office, day("2023-03-03"))
    assert letters(office, "reminder_after") == []


def test_a_file_that_is_placed_meets_what_it_is_placed_into(office: Office) -> None:
    owe_both(office)
    came(office, answer([("gui-so.docx", plan_file())]))
    owed = obligation_of(office.store)
    to = [SubjectId(Subject.OBLIGATION, owed.id)]
    (placed,) = place_these(office, [SubjectId(Subject.ARRIVAL, 1)], to, NOBODY, day("2023-02-21"))
    assert isinstance(placed, Placed)
    assert placed.done
    remind(office, day("2023-02-21"))
    assert len(letters(office, "reminder_before")) == 2


def test_preview_and_explanation_say_that_a_file_waits(office: Office) -> None:
    owe(office.store)
    came(office, a_strangers())
    ahead = preview(office, date(2023, 2, 21), date(2023, 2, 21), day("2023-02-21"))
    assert ahead.letters == ()
    assert [(one.reminder.unit_id, one.reason) for one in ahead.not_sent] == [(BINH_AN.id, WAITS)]
    (told,) = explain(office, BINH_AN.id, day("2023-02-21")).obligations
    assert told.rungs[0].reason == WAITS


def test_a_letter_that_was_queued_before_the_file_came_waits_too(office: Office) -> None:
    owe(office.store)
    assert reminded(office, "2023-02-21") == [address(BINH_AN)]
    came(
        office,
        a_strangers(),
        at="2023-02-21",
    )
    assert address(BINH_AN) not in {to for to, _ in send(office, "2023-02-21").sent}
    set_aside(office, SubjectId(Subject.ARRIVAL, 1), NOBODY, day("2023-02-21"))
    assert address(BINH_AN) in {to for to, _ in send(office, "2023-02-21").sent}


def test_a_letter_about_two_things_goes_without_the_one_that_a_file_may_be_and_that_comes_again(office: Office) -> None:
    owe_both(office)
    assert address(BINH_AN) in reminded(office, "2023-02-21")
    came(office, answer([("Bao cao.pdf", UNCLEAR[1])]), at="2023-02-21")
    send(office, "2023-02-21")
    report = obligation_of(office.store, item=Item.REPORT, period="2023-H1")
    with office.store.read() as connection:
        assert report.id not in set(connection.execute(select(reminder.c.obligation_id)).scalars())
    set_aside(office, SubjectId(Subject.ARRIVAL, 1), NOBODY, day("2023-02-21"))
    assert reminded(office, "2023-02-22") == [address(BINH_AN)]


def test_the_coordinator_reads_of_it_in_the_morning_and_nobody_is_called_late_meanwhile(office: Office) -> None:
    office = replace(office, rules=replace(office.rules, reminding=SHIPPED.reminding))
    owe(office.store)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(DIVISION.id, ContactRole.COORDINATOR, "Cường", "cuong@pnv.example")])
    came(office, a_strangers())
    tell_coordinators(office, day("2023-03-02"))
    text = words_of(office, "digest")
    assert "Tệp chờ xem xét, tạm chưa nhắc nội dung có thể là tệp đó: 01 (UBND xã Bình An)" in text
    assert "Quá hạn" not in text


def test_a_mornings_reminding_asks_once_for_all_waiting_files(office: Office) -> None:
    owe(office.store)
    owe(office.store, HOA_THANG, plan_id=1)
    came(office, *(a_strangers(f"{at}@la.example") for at in range(9)))
    with counted(office.store) as asked:
        remind(office, day("2023-02-21"))
    assert len(asked) == 1


def test_a_plan_that_comes_before_it_is_owed_is_acknowledged_and_filed_once_it_is(office: Office) -> None:
    came(office, answer([EARLY]), at="2023-02-09")
    assert states(office) == [("unmatched", Doubt.NOTHING_OWED.value)]
    assert letters(office, "file_waits") == [address(BINH_AN)]
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    assert reminded(office, "2023-02-21") == []
    for _ in range(2):
        file_and_review(office, day("2023-02-21"))
    assert [state for state, _ in states(office)] == ["filed"]
    assert obligation_of(office.store).first_received_at == day("2023-02-09") + timedelta(hours=1)
    with office.store.read() as connection:
        assert len(connection.execute(select(submission.c.id)).all()) == 1
    assert letters(office, "receipt") == [address(BINH_AN)]


def test_where_its_name_says_nothing_the_paper_says_what_it_is(office: Office) -> None:
    came(office, answer([("gui-so.docx", plan_file())]), at="2023-02-09")
    owe_both(office)
    file_and_review(office, day("2023-02-21"))
    assert [state for state, _ in states(office)] == ["filed"]
    assert obligation_of(office.store).state is not ObligationState.OPEN


def test_what_is_still_unclear_when_it_is_owed_says_so_and_waits(office: Office) -> None:
    came(office, answer([UNCLEAR]), at="2023-02-09")
    owe_both(office)
    for _ in range(2):
        file_and_review(office, day("2023-02-21"))
    assert states(office) == [("unmatched", Doubt.SEVERAL_ITEMS.value)]
    assert letters(office, "file_waits") == [address(BINH_AN)]


def test_what_another_channel_brought_early_is_filed_for_what_it_was_sent(office: Office) -> None:
    collect(office, [Once(arrival(plan_file(), at="2023-02-09", period="2023"))], day("2023-02-09"))  # type: ignore[list-item]
    assert states(office) == [("unmatched", Doubt.NOTHING_OWED.value)]
    owe(office.store)
    file_and_review(office, day("2023-02-21"))
    assert [state for state, _ in states(office)] == ["filed"]
    assert letters(office, "file_waits") == []


def test_a_reader_that_fails_leaves_the_file_and_its_sender_hears(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(office.store)
    monkeypatch.setattr("plan_lifecycle.lifecycle.collect._run.judge", lambda *_: 1 / 0)
    came(office, answer([EARLY]))
    assert [state for state, _ in states(office)] == ["unmatched"]
    assert letters(office, "file_waits") == [address(BINH_AN)]
    assert reminded(office, "2023-02-21") == []


def test_a_form_of_another_unit_is_never_filed_and_a_form_of_ones_own_is(office: Office) -> None:
    owe_both(office)
    came(office, answer([("so lieu.xlsx", report_file(HOA_THANG))]), answer([("bieu.xlsx", report_file())]))
    assert states(office) == [("unmatched", Doubt.FORM_OF_ANOTHER.value), ("filed", None)]
    report = obligation_of(office.store, item=Item.REPORT, period="2023-H1")
    assert report.first_received_at is not None


def test_strangers_get_a_few_letters_a_day_and_none_repeats_their_words(office: Office) -> None:
    owe(office.store)
    loud = answer([("MUA NGAY.docx", plan_file())], sender="a@la.example", subject="xã Bình An: MUA NGAY")
    came(office, *(loud.replace(b"Message-ID: <", b"Message-ID: <%d" % at) for at in range(ANSWERS_A_DAY + 2)))
    assert letters(office, "file_waits") == ["a@la.example"] * ANSWERS_A_DAY
    assert "MUA NGAY" not in words_of(office, "file_waits")
    came(office, *(a_strangers(f"{at}@la.example") for at in range(STRANGERS_A_DAY)))
    assert len(letters(office, "file_waits")) == STRANGERS_A_DAY


def test_the_answer_to_the_acknowledgment_is_heard(office: Office) -> None:
    owe_both(office)
    came(office, answer([UNCLEAR]))
    with office.store.read() as connection:
        row = connection.execute(select(letter).where(letter.c.kind == "file_waits")).one()
    head = read_message(office.store.blobs.get(row.blob)).headers
    assert head["auto-submitted"] == "auto-generated"
    came(office, answer([EARLY], answers=row.message_id, to=head["reply-to"], subject="Re: Đã nhận, đang xem"))
    assert [state for state, _ in states(office)] == ["unmatched", "unmatched"]


def test_a_guess_of_a_unit_that_does_not_exist_is_none(office: Office) -> None:
    owe(office.store)
    unclear = arrival(UNCLEAR[1], unit="nobody", file_name=UNCLEAR[0])
    collect(office, [Once(unclear)], day("2023-02-20"))  # type: ignore[list-item]
    with office.store.write() as connection:
        guesses.note(connection, 1, [guesses.Guess("nobody"), guesses.Guess(BINH_AN.id), guesses.Guess(BINH_AN.id)])
        assert guesses.of(connection, 1) == [guesses.Guess(BINH_AN.id)]
