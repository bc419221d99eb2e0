"""Collecting and reviewing: whatever comes in is kept, judged, filed and answered; one bad item stops no other."""

from __future__ import annotations

import base64
import email
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.documents.hostile import workbook
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    arrival,
    day,
    fill,
    invitation,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
    set_state,
)
from tests.fakes import FakeChannel

from plan_lifecycle.channels import ChannelError, ChannelFault
from plan_lifecycle.domain.obligation import Basis, Item, ObligationState
from plan_lifecycle.domain.submission import Arrival, Submission, SubmissionState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import Collected, collect
from plan_lifecycle.lifecycle.collect._run import ASKED_AGAIN
from plan_lifecycle.lifecycle.office import Office, open_desk
from plan_lifecycle.lifecycle.submission import SECRECY_MARK, accept, return_for_completion
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.figures import figures
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import save_units

S = SubmissionState
NOW = day("2023-02-20")
REPORT = {"item": "report", "period": "2023-H1", "file_name": "bao-cao.xlsx"}


@pytest.fixture
def office(store: Store) -> Office:
    """xã Bình An owes its plan and its report; what is clean is accepted, what is not goes back."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    return make_office(store)


def came(office: Office, *items: Arrival | ChannelFault, at: str = "2023-02-20", **changed: object) -> Collected:
    return collect(office, [FakeChannel(list(items), **changed)], day(at))  # type: ignore[arg-type]


def arrivals(office: Office) -> list[tuple[str, str | None]]:
    with office.store.read() as connection:
        rows = connection.execute(select(arrival_table.c.state, arrival_table.c.reason).order_by(arrival_table.c.id))
        return [(row.state, row.reason) for row in rows]


def submissions(office: Office, item: Item = Item.SUB_PLAN, period: str = "2023") -> list[Submission]:
    with office.store.read() as connection:
        return versions(connection, obligation_of(office.store, item=item, period=period).id)


def answers(office: Office) -> dict[str, str]:
    """The text of the last letter of each kind."""
    with office.store.read() as connection:
        rows = connection.execute(select(letter.c.kind, letter.c.blob).order_by(letter.c.id)).all()
    texts = {}
    for row in rows:
        message = email.message_from_bytes(office.store.blobs.get(row.blob))
        plain = next(part for part in message.walk() if part.get_content_type() == "text/plain")
        texts[row.kind] = base64.b64decode(str(plain.get_payload())).decode()
    return texts


def test_a_good_plan_is_filed_accepted_and_answered(office: Office) -> None:
    assert came(office, arrival(plan_file())) == Collected(arrived=1, filed=1, accepted=1)
    (made,) = submissions(office)
    assert (made.state, made.reference, made.issued_on, made.days_late) == (
        S.ACCEPTED, "07/KH-UBND", date(2023, 2, 20), 0,
    )  # fmt: skip
    owed = obligation_of(office.store)
    assert (owed.state, owed.first_received_at, owed.met_at) == (ObligationState.MET, NOW, NOW)
    texts = answers(office)
    assert "Kế hoạch số 07/KH-UBND ngày 20/02/2023" in texts["receipt"]
    assert set(texts) == {"receipt", "accepted"}


def test_running_it_again_adds_nothing(office: Office) -> None:
    came(office, arrival(plan_file()))
    assert came(office, arrival(plan_file())) == Collected()
    assert len(submissions(office)) == 1


def test_a_good_report_brings_its_figures(office: Office) -> None:
    done = came(office, arrival(report_file(values={"news_items": 12, "budget_spent": 1.5}), **REPORT))
    assert done == Collected(arrived=1, filed=1, accepted=1)
    (made,) = submissions(office, Item.REPORT, "2023-H1")
    with office.store.read() as connection:
        by_code = {each.code: each for each in office.rules.profile_of().of_year(2023)}
        kept = {each.indicator: each.value for each in figures(connection, [made.id], by_code)[made.id]}
    assert (kept["news_items"], kept["budget_spent"]) == (12, 1.5)
    assert kept["plan_issued"] is True


@pytest.mark.parametrize(
    ("claimed", "why"),
    [
        ({"unit": "bb-khong-co"}, "không có đơn vị “bb-khong-co”"),
        ({"item": "quota"}, "“tin, bài năm 2023”"),
        ({"period": "2022"}, "“kế hoạch năm 2022”"),
        ({"period": "2023-H1-ban-sua-lan-2"}, "“kế hoạch 2023-H1-ban-sua-lan-2”"),
    ],
)
def test_what_nobody_owes_is_kept_and_waits(office: Office, claimed: dict[str, str], why: str) -> None:
    assert came(office, arrival(plan_file(), **claimed)) == Collected(arrived=1, unmatched=1)
    ((state, reason),) = arrivals(office)
    assert state == "unmatched"
    assert why in str(reason)


@pytest.mark.parametrize("claimed", [{"item": "Sub_Plan"}, {"item": " sub_plan "}, {"period": " 2023 "}])
def test_what_is_owed_is_found_however_it_is_spelt(office: Office, claimed: dict[str, str]) -> None:
    assert came(office, arrival(plan_file(), **claimed)).filed == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "0 byte"),
        (b"PK\x03\x04 cut off", "hỏng"),
        (b"not a zip at all", "chỉ tiếp nhận"),
        (b"%PDF-1.4\n%%EOF", "PDF"),
    ],
    ids=["empty", "damaged", "text", "a pdf for a plan"],
)
def test_what_the_gate_refuses_is_kept_told_and_owed_on(office: Office, data: bytes, why: str) -> None:
    assert came(office, arrival(data)) == Collected(arrived=1, refused=1)
    ((state, reason),) = arrivals(office)
    assert state == "refused"
    assert why in str(reason)
    assert str(reason) in answers(office)["return"]
    assert obligation_of(office.store).state is ObligationState.OPEN


def secret_file() -> bytes:
    import io

    from docx import Document

    document = Document()
    document.add_paragraph("TỐI MẬT")
    document.add_paragraph("KẾ HOẠCH")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_mark_of_secrecy_is_refused_and_no_byte_of_it_is_kept(office: Office) -> None:
    data = secret_file()
    assert came(office, arrival(data)) == Collected(arrived=1, refused=1)
    assert arrivals(office) == [("refused", SECRECY_MARK)]
    with office.store.read() as connection:
        assert connection.execute(select(arrival_table.c.blob)).scalars().all() == [None]
    assert not any(path.read_bytes() == data for path in office.store.blobs.root.rglob("*") if path.is_file())
    assert SECRECY_MARK in answers(office)["return"]
    assert came(office, arrival(data)) == Collected()


def test_the_same_content_again_is_a_duplicate(office: Office) -> None:
    data = plan_file()
    came(office, arrival(data, key="1"))
    assert came(office, arrival(data, key="2")) == Collected(arrived=1, duplicates=1)
    assert [state for state, _ in arrivals(office)] == ["filed", "duplicate"]
    assert len(submissions(office)) == 1


def test_the_wrong_paper_goes_back_with_what_to_mend_and_the_first_date_stays(office: Office) -> None:
    assert came(office, arrival(invitation())) == Collected(arrived=1, filed=1, returned=1)
    assert obligation_of(office.store).state is ObligationState.RETURNED
    came(office, arrival(plan_file(), key="2", at="2023-03-06"), at="2023-03-06")
    first, second = submissions(office)
    assert (first.state, second.state, second.version, second.days_late) == (S.RETURNED, S.ACCEPTED, 2, 0)
    assert obligation_of(office.store).first_received_at == NOW
    assert "Ngày gửi lần đầu" in answers(office)["return"]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (lambda: plan_file(number=None), "plan.number"),
        (lambda: plan_file(issued=None), "plan.date"),
        (lambda: plan_file(parent="99/KH-UBND"), "plan.citation"),
        (lambda: plan_file(year=2022, issued="2022-02-20"), "plan.year"),
        (lambda: plan_file(activities=()), "plan.activities"),
    ],
    ids=["no number", "no date", "another plan cited", "last year's", "no tasks"],
)
def test_each_want_of_a_plan_is_a_finding(office: Office, data: object, rule: str) -> None:
    came(office, arrival(data()))  # type: ignore[operator]
    assert rule in {finding.rule for finding in submissions(office)[0].findings}


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (lambda: report_file(HOA_THANG), "report.unit"),
        (lambda: report_file(period="2023"), "report.period"),
        (lambda: report_file(values={"news_items": "nhiều"}), "report.value"),
        (lambda: plan_file(), "paper.kind"),
        (lambda: workbook("<sheetData/>"), "report.unreadable"),
    ],
    ids=["a neighbour's form", "another period's form", "no number", "a plan", "no table"],
)
def test_each_want_of_a_report_is_a_finding(office: Office, data: object, rule: str) -> None:
    came(office, arrival(data(), **REPORT))  # type: ignore[operator]
    assert rule in {finding.rule for finding in submissions(office, Item.REPORT, "2023-H1")[0].findings}


def test_an_empty_form_names_every_figure_that_is_wanting(office: Office) -> None:
    from tests.factories import rules

    from plan_lifecycle.documents.report_form import write_report_form
    from plan_lifecycle.domain.period import Period

    indicators = rules().profile_of().of_year(2023, 3)
    empty = write_report_form(indicators, BINH_AN, Period.parse("2023-H1"), values={})
    assert came(office, arrival(empty, **REPORT)).returned == 1
    missing = [
        finding
        for finding in submissions(office, Item.REPORT, "2023-H1")[0].findings
        if finding.rule.endswith("required")
    ]
    assert len(missing) == sum(each.required for each in indicators)


def issued(store: Store, unit: Unit, basis: Basis) -> None:
    fill(store)
    owe(store, unit, basis=basis)


@pytest.mark.parametrize(
    ("basis", "issued_on", "received", "late"),
    [
        (Basis.ISSUE, "2023-02-28", "2023-03-10", 0),
        (Basis.ISSUE, "2023-03-02", "2023-03-10", 2),
        (Basis.RECEIPT, "2023-02-20", "2023-02-28", 0),
        (Basis.RECEIPT, "2023-02-20", "2023-03-03", 3),
    ],
)
def test_the_basis_of_the_clause_decides_what_is_late(
    store: Store, basis: Basis, issued_on: str, received: str, late: int
) -> None:
    issued(store, BINH_AN, basis)
    office = make_office(store)
    came(office, arrival(plan_file(issued=issued_on), at=received), at=received)
    assert submissions(office)[0].days_late == late


def test_a_paper_whose_date_was_first_read_in_its_second_version_is_judged_by_it(store: Store) -> None:
    issued(store, BINH_AN, Basis.ISSUE)
    office = make_office(store)
    came(office, arrival(invitation(), at="2023-03-03"), at="2023-03-03")
    came(office, arrival(plan_file(issued="2023-02-27"), key="2", at="2023-03-06"), at="2023-03-06")
    assert [each.days_late for each in submissions(office)] == [3, 0]


def test_a_second_version_after_acceptance_leaves_the_obligation_met(office: Office) -> None:
    came(office, arrival(plan_file(), key="1"))
    assert came(office, arrival(invitation(), key="2")).returned == 1
    assert obligation_of(office.store).state is ObligationState.MET
    assert [each.state for each in submissions(office)] == [S.ACCEPTED, S.RETURNED]


def test_whoever_was_let_off_may_send_and_is_not_chased_for_it(office: Office) -> None:
    set_state(office.store, obligation_of(office.store), ObligationState.WAIVED)
    came(office, arrival(invitation(), key="1"))
    assert obligation_of(office.store).state is ObligationState.WAIVED
    came(office, arrival(plan_file(), key="2"))
    assert obligation_of(office.store).state is ObligationState.MET


def test_one_bad_item_does_not_stop_the_others(office: Office) -> None:
    fault = ChannelFault("2", "bao-cao.xlsx: found status 404, expected 200")
    done = came(office, arrival(b"", key="1"), fault, arrival(plan_file(), key="3"))
    assert (done.arrived, done.refused, done.accepted) == (2, 1, 1)
    assert done.faults == ["fake: bao-cao.xlsx: found status 404, expected 200"]


def test_a_channel_that_is_down_does_not_stop_the_others(office: Office) -> None:
    down = FakeChannel(name="http", error=ChannelError("no route"))
    done = collect(office, [down, FakeChannel([arrival(plan_file())])], NOW)
    assert (done.accepted, done.faults) == (1, ["http: no route"])


def test_what_a_channel_brought_before_it_broke_is_kept(office: Office) -> None:
    done = came(office, arrival(plan_file()), error=ChannelError("connection lost"))
    assert (done.accepted, done.faults) == (1, ["fake: connection lost"])


def test_an_arrival_whose_bytes_are_gone_waits_and_the_others_are_filed(office: Office) -> None:
    data = plan_file()
    with office.store.write() as connection:
        from plan_lifecycle.store.arrivals import record

        record(connection, arrival(data, key="gone"), "0" * 64)
    done = came(office, arrival(report_file(), key="2", **REPORT))
    assert (done.filed, len(done.faults)) == (1, 1)
    assert [state for state, _ in arrivals(office)] == ["new", "filed"]


def test_a_channel_is_asked_again_from_before_its_newest_arrival(office: Office) -> None:
    came(office, arrival(plan_file()))
    channel = FakeChannel()
    collect(office, [channel], NOW + timedelta(days=1))
    assert channel.asked_since == [NOW - ASKED_AGAIN]


def test_a_unit_that_is_no_more_gets_no_answer_and_its_paper_is_filed(office: Office) -> None:
    with office.store.write() as connection:
        save_units(connection, [replace(BINH_AN, valid_to=date(2023, 2, 19))])
    assert came(office, arrival(plan_file())).filed == 1
    assert answers(office) == {}


def test_a_unit_without_contact_is_filed_all_the_same(store: Store) -> None:
    fill(store, without=(BINH_AN,))
    owe(store)
    office = make_office(store)
    assert came(office, arrival(plan_file())).accepted == 1
    assert answers(office) == {}


def test_filing_at_once_gives_every_arrival_one_submission(office: Office) -> None:
    with office.store.write() as connection:
        from plan_lifecycle.store.arrivals import record

        for number in range(4):
            data = plan_file(number=f"{number + 10}")
            record(connection, arrival(data, key=str(number)), office.store.blobs.put(data))
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: collect(office, [], NOW), range(3)))
    assert sum(each.filed for each in runs) == 4
    assert [each.version for each in submissions(office)] == [1, 2, 3, 4]
    assert [error for each in runs for error in each.faults] == []


@pytest.fixture
def by_hand(store: Store) -> Office:
    """An office that leaves every review to a person."""
    fill(store)
    owe(store)
    return make_office(store, accept_clean=False, return_with_findings=False)


def decided(office: Office, verb: object, **given: object) -> bool:
    (made, *_) = reversed(submissions(office))
    obligation = obligation_of(office.store)
    with office.store.read() as connection:
        desk = open_desk(office, connection, NOW, [obligation])
    return bool(verb(desk, obligation, made, by="bà Lan", **given))  # type: ignore[operator]


def test_a_person_decides_where_the_rules_leave_it_to_one(by_hand: Office) -> None:
    assert came(by_hand, arrival(plan_file())) == Collected(arrived=1, filed=1)
    assert obligation_of(by_hand.store).state is ObligationState.RECEIVED
    assert decided(by_hand, accept)
    assert obligation_of(by_hand.store).state is ObligationState.MET


def test_a_submission_is_decided_once(by_hand: Office) -> None:
    came(by_hand, arrival(plan_file()))
    assert decided(by_hand, accept)
    assert not decided(by_hand, accept)
    assert not decided(by_hand, return_for_completion)
    assert list(answers(by_hand)) == ["receipt", "accepted"]


def test_a_person_returns_with_a_reason_of_their_own(by_hand: Office) -> None:
    came(by_hand, arrival(plan_file()))
    assert decided(by_hand, return_for_completion, reason="Chưa nêu kinh phí thực hiện.")
    assert "Chưa nêu kinh phí thực hiện." in answers(by_hand)["return"]
    assert obligation_of(by_hand.store).state is ObligationState.RETURNED


def test_a_newer_version_takes_the_place_of_one_that_waits(by_hand: Office) -> None:
    came(by_hand, arrival(invitation(), key="1"))
    came(by_hand, arrival(plan_file(), key="2"))
    assert [each.state for each in submissions(by_hand)] == [S.SUPERSEDED, S.RECEIVED]
