"""What is known around a paper that nobody could place: whose it may be, what they owe, and what to type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    address,
    arrival,
    day,
    fill,
    make_office,
    owe,
    plan_row,
    set_state,
)

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit, UnitKind
from plan_lifecycle.lifecycle.office import Office, open_desk
from plan_lifecycle.lifecycle.review._unplaced import Surroundings, Unplaced, candidates_of
from plan_lifecycle.store import messages
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.messages import KeptFile, StoredMessage
from plan_lifecycle.store.units import save_contacts, save_units
from plan_lifecycle.store.waiting import WaitingArrival

NOW = day("2023-02-20")
CAME = WaitingArrival(
    7, "folder", "k", NOW, None, "tai-lieu.docx", None, None, None, "không rõ người gửi", "a" * 64, quarantined=False
)


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return make_office(store)


def around(office: Office, **changed: object) -> Unplaced:
    came = replace(CAME, **changed)  # type: ignore[arg-type]
    with office.store.read() as connection:
        tree = open_desk(office, connection, NOW).tree
        return Surroundings(office, connection, tree, NOW, [came]).of(came)


def whose(office: Office, **changed: object) -> Sequence[str]:
    return around(office, **changed).units


def test_it_is_the_claimed_units_whoever_sent_it_and_whatever_it_names(office: Office) -> None:
    assert whose(office, unit_id=BINH_AN.id, sender=address(HOA_THANG), file_name="xa Phuoc The.docx") == (
        "UBND xã Bình An",
    )


def test_a_claim_of_nobody_is_none(office: Office) -> None:
    assert whose(office, unit_id="nobody", sender=address(HOA_THANG)) == ("UBND xã Hòa Thắng",)


def test_without_a_claim_it_is_the_senders(office: Office) -> None:
    assert whose(office, sender=address(HOA_THANG).upper(), file_name="xa Binh An.docx") == ("UBND xã Hòa Thắng",)


def test_of_several_units_of_one_sender_those_that_are_named_remain(office: Office) -> None:
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.HEAD, "An", address(BINH_AN))])
    assert whose(office, sender=address(BINH_AN)) == ("UBND xã Bình An", "UBND xã Hòa Thắng")
    assert whose(office, sender=address(BINH_AN), file_name="Xã Hòa Thắng - KH.docx") == ("UBND xã Hòa Thắng",)
    assert whose(office, sender=address(BINH_AN), file_name="Xã Phước Thể.docx") == (
        "UBND xã Bình An",
        "UBND xã Hòa Thắng",
    )


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("Ke hoach xa Binh An.docx", ("UBND xã Bình An",)),
        ("KẾ_HOẠCH-XÃ_BÌNH_AN_2023.docx", ("UBND xã Bình An",)),
        ("xa Binh An huyen Bac Binh.docx", ("UBND xã Bình An",)),
        ("huyen Bac Binh.docx", ("UBND huyện Bắc Bình",)),
        ("xa Binh Anh.docx", ()),
        ("tai lieu.docx", ()),
    ],
)
def test_of_a_stranger_it_is_whom_the_file_names_the_lowest_of_a_chain(
    office: Office, name: str, units: tuple[str, ...]
) -> None:
    assert whose(office, sender="la@example.vn", file_name=name) == units


def test_of_two_with_one_name_it_is_that_of_the_parent_that_is_named_too(office: Office) -> None:
    with office.store.write() as connection:
        save_units(connection, [Unit("tp-binh-an", "xã Bình An", UnitKind.COMMUNE, 3, "tp")])
    assert len(whose(office, file_name="xa Binh An.docx")) == 2
    tuy_phong = around(office, file_name="xa Binh An huyen Tuy Phong.docx")
    assert len(tuy_phong.units) == 1


def test_files_of_one_mail_are_shown_together_under_its_subject(office: Office) -> None:
    identity = "1" * 64
    mail = StoredMessage(identity, None, "la@example.vn", "KH CCHC xa Binh An", NOW, 9, None, "submission", "review")
    files = [
        KeptFile(arrival(b"", None, key=f"{identity}/{number}", channel="mailbox", file_name=name), "a" * 64)
        for number, name in enumerate(("ke-hoach.docx", "phu-luc.docx"))
    ]
    with office.store.write() as connection:
        messages.keep(connection, "INBOX/1/1", mail, files)
    by_mail = around(office, channel="mailbox", key=f"{identity}/0")
    assert (by_mail.subject, by_mail.together) == ("KH CCHC xa Binh An", ("phu-luc.docx",))
    assert by_mail.units == ("UBND xã Bình An",)
    elsewhere = around(office, channel="folder", key=f"{identity}/0")
    assert (elsewhere.subject, elsewhere.together) == (None, ())


def offered(office: Office, **changed: object) -> list[str]:
    return [candidate.id for candidate in around(office, unit_id=BINH_AN.id, **changed).candidates]


def test_what_they_owe_comes_with_the_likeliest_first(office: Office) -> None:
    plan_id = plan_row(office.store)
    late, plan, met = (
        owe(office.store, item=item, period=period, due=due, plan_id=plan_id)
        for item, period, due in (
            (Item.REPORT, "2023", "2023-12-18"),
            (Item.SUB_PLAN, "2023", "2023-02-28"),
            (Item.REPORT, "2022", "2022-12-18"),
        )
    )
    undated = owe(office.store, item=Item.REPORT, period="2023-H1", due=None, plan_id=plan_id)
    waived = owe(office.store, item=Item.REPORT, period="2022-H1", due="2022-06-16", plan_id=plan_id)
    set_state(office.store, met, ObligationState.MET)
    set_state(office.store, waived, ObligationState.WAIVED)
    plain, of_report = [plan, late, undated, met], [late, undated, met, plan]
    assert offered(office) == [f"O{owed.id}" for owed in plain]
    assert offered(office, file_name="bao-cao.docx") == [f"O{owed.id}" for owed in of_report]
    claimed = {"item": "report", "period": "2023-H1"}
    assert offered(office, **claimed) == [f"O{owed.id}" for owed in (undated, plan, late, met)]
    assert [one.id for one in candidates_of(office, BINH_AN, NOW)] == [
        f"O{owed.id}" for owed in (met, plan, late, undated)
    ]


@pytest.mark.parametrize(
    ("changed", "target"),
    [
        ({}, "O…"),
        ({"file_name": "ke-hoach.docx"}, "plan"),
        ({"file_name": "bao-cao.docx"}, "O…"),
        ({"item": "report", "period": "2023-H1"}, "half"),
        ({"item": "report", "period": "2023-H1", "file_name": "ke-hoach.docx"}, "half"),
        ({"item": "report", "period": "2020"}, "O…"),
    ],
)
def test_the_command_names_what_it_can_only_be(office: Office, changed: dict[str, str], target: str) -> None:
    plan_id = plan_row(office.store)
    known = {
        "plan": owe(office.store, plan_id=plan_id),
        "half": owe(office.store, item=Item.REPORT, period="2023-H1", plan_id=plan_id),
        "year": owe(office.store, item=Item.REPORT, period="2023", plan_id=plan_id),
    }
    (command,) = around(office, unit_id=BINH_AN.id, **changed).commands
    where = f"O{known[target].id}" if target in known else target
    assert command.startswith(f"plan-lifecycle review assign A7 --to {where} ")


def test_what_alone_is_still_open_is_named(office: Office) -> None:
    plan_id = plan_row(office.store)
    plan, report = owe(office.store, plan_id=plan_id), owe(office.store, item=Item.REPORT, plan_id=plan_id)
    set_state(office.store, report, ObligationState.MET)
    (command,) = around(office, unit_id=BINH_AN.id).commands
    assert f"--to O{plan.id} " in command
