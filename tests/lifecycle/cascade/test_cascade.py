"""The cascade: one plan becomes, for every unit directly below, a draft, obligations and a letter; never twice."""

from __future__ import annotations

import base64
import email
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from email import policy

import pytest
from sqlalchemy import select
from tests.documents.plan_texts import Plan
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    PROVINCE,
    UNITS,
    address,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    set_state,
)
from tests.lifecycle.cascade.cascading import NOW, OF_BAC_BINH, cascaded, count, drafted, provinces_plan, registered

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.obligation import Basis, Item, ObligationState
from plan_lifecycle.domain.plan_check import Wording, text_of
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit, UnitKind
from plan_lifecycle.lifecycle.cascade import cascade_plan, hand_over, nothing_asked, register_plan, waiting_plans
from plan_lifecycle.lifecycle.cascade._for_one_unit import Cascaded
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import wordings
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import draft, letter
from plan_lifecycle.store.units import mark_unreachable, note_confirmed, save_contacts, save_units


def test_a_districts_plan_goes_to_its_divisions_and_communes(office: Office) -> None:
    assert cascaded(office) == Cascaded(
        plan_id=1, drafts=4, obligations=12, letters=3
    )  # none from Phòng Nội vụ to itself
    assert set(drafted(office)) == OF_BAC_BINH


def test_a_plan_that_asks_for_nothing_says_how_much_it_read_and_stays_waiting(office: Office) -> None:
    rows = [["STT", "Nội dung", "Chủ trì", "Thời gian"], ["1", "Treo băng rôn", "Phòng Nội vụ", "Quý II/2023"]]
    done = cascaded(office, Plan().head().text("I. NHIỆM VỤ").table(rows).end().data)
    assert (done.without_duties, done.drafts) == (1, 0)
    told = nothing_asked(done.without_duties, done.nobody)
    assert told.startswith("đọc được 1 nhiệm vụ, không thấy nội dung phải gửi")
    assert [waiting.plan_id for waiting in waiting_plans(office, NOW)] == [done.plan_id]


def test_a_plan_whose_duties_mean_no_unit_below_names_whom_it_addresses(office: Office) -> None:
    text = "1. UBND các quận ban hành kế hoạch trước ngày 01/3/2023."
    done = cascaded(office, Plan().head().text("III. TỔ CHỨC THỰC HIỆN", text).end().data)
    assert (done.without_duties, done.nobody) == (None, ("UBND các quận",))
    assert "UBND các quận" in nothing_asked(done.without_duties, done.nobody)


def test_a_provinces_plan_goes_to_departments_and_districts_and_to_no_commune_under_one(office: Office) -> None:
    cascaded(office, provinces_plan(), PROVINCE)
    assert set(drafted(office)) == {"bt-snv", "bt-stc", "bb", "tp"}


def test_from_2026_a_provinces_plan_goes_to_communes_directly(store: Store) -> None:
    communes = [replace(unit, level=2, parent_id="bt") for unit in (BINH_AN, HOA_THANG)]
    fill(store, (PROVINCE, *UNITS[1:3], *communes))
    office = make_office(store)
    plan_id = register_plan(office, provinces_plan(2026, two_tiers=True), issuer_id="bt", now=day("2026-01-05"))
    done = cascade_plan(office, plan_id, day("2026-01-05"))
    assert (done.drafts, done.undecided, done.faults) == (4, (), ())
    assert {"bb-binh-an", "bb-hoa-thang"} < set(drafted(office))


def test_a_commune_owes_what_its_districts_plan_says(office: Office) -> None:
    cascaded(office)
    owed = obligation_of(office.store)
    assert (owed.due_on, owed.phrase, owed.basis, owed.receiver_id) == (
        date(2023, 2, 28), "trước ngày 01/3/2023", Basis.RECEIPT, "bb",
    )  # fmt: skip
    assert "ban hành kế hoạch triển khai" in owed.clause
    assert obligation_of(office.store, item=Item.REPORT, period="2023-H1").due_on == date(2023, 6, 16)
    assert obligation_of(office.store, item=Item.REPORT, period="2023").basis is Basis.RECEIPT


def test_the_first_reminder_is_stored_with_the_obligation(office: Office) -> None:
    cascaded(office)
    assert obligation_of(office.store).next_rung_on == date(2023, 2, 21)


def test_the_wording_of_a_draft_is_known_before_any_plan_is_held_against_it(office: Office) -> None:
    cascaded(office)
    with office.store.read() as connection:
        blobs = [row.blob for row in connection.execute(select(draft.c.blob))]
        kept = wordings.known(connection, blobs)
    assert blobs
    assert kept == {blob: Wording.of(text_of(read_plan(office.store.blobs.get(blob)))).packed for blob in blobs}


def test_a_draft_holds_only_the_units_own_tasks_and_cites_the_districts_plan(office: Office) -> None:
    cascaded(office)
    draft_of = {unit_id: read_plan(data) for unit_id, data in drafted(office).items()}
    binh_an, division = draft_of["bb-binh-an"], draft_of["bb-pnv"]
    assert ["Đăng ít nhất 05 tin" in each.content for each in binh_an.activities] == [True, False]
    assert not any("Tập huấn" in each.content for each in binh_an.activities)
    assert any("Tập huấn" in each.content for each in division.activities)
    assert any(basis.number == "15/KH-UBND" for basis in binh_an.legal_bases)
    assert (binh_an.number, binh_an.issued_on) == (None, None)


def test_the_letter_carries_the_draft_and_names_the_clause(office: Office) -> None:
    cascaded(office)
    with office.store.read() as connection:
        row = connection.execute(select(letter).where(letter.c.unit_id == BINH_AN.id)).one()
    message = email.message_from_bytes(office.store.blobs.get(row.blob))
    parts = {part.get_content_type(): part for part in message.walk()}
    text = base64.b64decode(str(parts["text/plain"].get_payload())).decode()
    attached = next(part for part in message.walk() if part.get_filename())
    assert (row.kind, row.recipient, row.state) == ("sub_plan_request", address(BINH_AN), "queued")
    assert "trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023)" in text
    assert attached.get_payload(decode=True) == drafted(office)["bb-binh-an"]


def test_running_it_again_adds_nothing(office: Office) -> None:
    cascaded(office)
    before = count(office)
    assert cascaded(office) == Cascaded(plan_id=1, drafts=0, obligations=0, letters=0)
    assert count(office) == before


def test_a_unit_that_came_later_gets_its_own_and_the_others_nothing_new(office: Office) -> None:
    cascaded(office)
    with office.store.write() as connection:
        save_units(connection, [Unit("bb-new", "xã Sông Lũy", UnitKind.COMMUNE, 3, "bb")])
    assert cascade_plan(office, 1, NOW) == Cascaded(
        1, drafts=1, obligations=3, letters=0, without_contact=("UBND xã Sông Lũy",)
    )


def test_a_process_that_dies_before_the_transaction_ends_leaves_nothing_half_done(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id = registered(office, district_plan())

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("plan_lifecycle.store.letters.queue", dies)
        with pytest.raises(KeyboardInterrupt):
            cascade_plan(office, plan_id, NOW)
    assert count(office) == {"plan": 1, "draft": 0, "obligation": 0, "letter": 0}
    assert [each.plan_id for each in waiting_plans(office, NOW)] == [plan_id]
    assert cascade_plan(office, plan_id, NOW).drafts == 4


def test_cascading_at_once_gives_everything_once(office: Office) -> None:
    plan_id = registered(office, district_plan())
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: cascade_plan(office, plan_id, NOW), range(3)))
    assert (sum(each.drafts for each in runs), sum(each.letters for each in runs)) == (4, 3)
    assert count(office) == {"plan": 1, "draft": 4, "obligation": 12, "letter": 3}


def test_a_unit_without_contact_keeps_its_draft_and_is_named(office: Office) -> None:
    with office.store.write() as connection:
        mark_unreachable(connection, address(BINH_AN), NOW)
    done = cascaded(office)
    assert (done.drafts, done.letters, done.without_contact) == (4, 2, ("UBND xã Bình An",))


def test_the_letter_goes_when_the_unit_can_be_written_to(office: Office) -> None:
    """Once, with the draft of the first day; not on a Sunday, and not to who has sent its plan without it."""
    with office.store.write() as connection:
        for unit in (BINH_AN, HOA_THANG):
            mark_unreachable(connection, address(unit), NOW)
    cascaded(office)
    assert hand_over(office, day("2023-02-13")) == 0
    with office.store.write() as connection:
        for unit in (BINH_AN, HOA_THANG):
            note_confirmed(connection, address(unit), NOW.date())
    set_state(office.store, obligation_of(office.store, HOA_THANG), ObligationState.MET)
    assert hand_over(office, day("2023-02-19")) == 0
    assert [hand_over(office, day("2023-02-20")) for _ in range(2)] == [1, 0]
    with office.store.read() as connection:
        (row,) = connection.execute(select(letter).where(letter.c.unit_id == BINH_AN.id))
    (file,) = email.message_from_bytes(office.store.blobs.get(row.blob), policy=policy.default).iter_attachments()
    assert file.get_content() == drafted(office)[BINH_AN.id]


def test_a_unit_that_fails_does_not_stop_the_others_and_is_taken_up_again(office: Office) -> None:
    with office.store.write() as connection:
        mark_unreachable(connection, address(BINH_AN), NOW)
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.OFFICER, "A", "bình.an@example.vn")])
    done = cascaded(office)
    assert (done.drafts, len(done.faults)) == (3, 1)
    assert done.faults[0].startswith("UBND xã Bình An: ")
    assert [each.plan_id for each in waiting_plans(office, NOW)] == [1]
    with office.store.write() as connection:
        mark_unreachable(connection, "bình.an@example.vn", NOW)
    assert cascade_plan(office, 1, NOW).drafts == 1
    assert waiting_plans(office, NOW) == []


def test_where_every_deadline_waits_for_a_person_nothing_is_guessed(office: Office) -> None:
    duties = district_plan(deadline="khi có yêu cầu", duties=())
    registered(office, duties)
    assert cascade_plan(office, 1, NOW).drafts == 0
    assert [each.plan_id for each in waiting_plans(office, NOW)] == [1]


def test_a_deadline_that_only_a_person_can_read_is_an_obligation_without_a_day(office: Office) -> None:
    cascaded(office, district_plan(deadline="khi có yêu cầu"))
    owed = obligation_of(office.store)
    assert (owed.due_on, owed.next_rung_on) == (None, None)
    assert owed.phrase == "khi có yêu cầu"
