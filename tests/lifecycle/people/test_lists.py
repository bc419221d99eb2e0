"""A list is kept and tried, and the store changes only when somebody says so."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import day, make_office

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.people import ListFile, Mark, import_list, keep_list, try_list
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.list_uploads import ListKind
from plan_lifecycle.store.people import people_on

NOW, DAY = day("2026-02-13"), date(2026, 2, 13)
HOA = Decider("Trần Thị Hoa")
HEAD = "Đơn vị,Vai trò,Họ và tên,Thư điện tử,Di động\n"


def test_a_list_of_people_finds_agencies_that_an_earlier_list_brought(store: Store) -> None:
    office = make_office(store)
    agencies = ListFile("co-quan.csv", "Tên cơ quan,Ký hiệu\nSở Nội vụ,SNV\n".encode())
    people = ListFile("nguoi.csv", f"{HEAD}Sở Nội vụ,cán bộ,An,an@x.example,912345678\n".encode())
    early = try_list(office, keep_list(office, ListKind.PEOPLE, "Lâm Đồng", DAY, people, HOA, NOW))
    assert ["Sở Nội vụ" in fault.for_user for fault in early.faults] == [True]
    number = keep_list(office, ListKind.AGENCIES, "Lâm Đồng", DAY, agencies, HOA, NOW)
    import_list(office, number, HOA, NOW, skip_faulty=False)
    later = try_list(office, early.upload.id)
    assert (later.faults, later.count(Mark.NEW), [one.unit for one in later.people]) == (
        (),
        (0, 1),
        ["Sở Nội vụ tỉnh Lâm Đồng"],
    )
    stored = import_list(office, early.upload.id, HOA, NOW, skip_faulty=False)
    assert (stored.new_units, stored.new_contacts) == (0, 1)
    assert import_list(office, early.upload.id, HOA, NOW, skip_faulty=False).new_contacts == 0
    with store.read() as connection:
        (person,) = people_on(connection, DAY)["vn2-68-snv"]
        acts = list(audit.acts(connection, ActSubject.LIST, early.upload.id))
    assert person.phone == "0912345678"
    assert [(act.act, act.by, act.details["people"]) for act in acts] == [
        (ActKind.IMPORT_LIST, HOA.by, [1, 0]),
        (ActKind.IMPORT_LIST, HOA.by, [0, 0]),
    ]
    assert "an@x.example" not in str([act.details for act in acts])


def test_a_list_that_is_not_kept_cannot_be_tried(store: Store) -> None:
    with pytest.raises(InputError):
        try_list(make_office(store), 7)
