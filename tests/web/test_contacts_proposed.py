"""A unit proposes who is written to and called; a person confirms it."""

from __future__ import annotations

import pytest
from tests.factories import BINH_AN, address
from tests.web.conftest import PERSON, World, text_of

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.lifecycle.portal import decide_contact
from plan_lifecycle.store import portal as portal_rows


def test_contacts_are_proposed_shortened_and_wait_for_a_person(world: World):
    visitor = world.at(world.plan)
    page = visitor.get(f"{visitor.here}/lien-he")
    assert address(BINH_AN) not in page.text
    assert "b…@example.vn" in text_of(page)
    new = PERSON | {"ten_moi": "Phạm Thị Mới", "thu_moi": "moi@example.vn"}
    answer = visitor.post("/lien-he", new)
    assert "cán bộ đầu mối sẽ xác nhận" in text_of(answer)
    with world.store.read() as connection:
        assert [each.email for each in portal_rows.contacts_of(connection, BINH_AN.id, world.clock.now.date())] == [
            address(BINH_AN)
        ]
        (request,) = portal_rows.contact_requests(connection)
    decide_contact(world.office, request.id, Decider("Trần Thị Hoa"), world.clock.now, confirm=True)
    with world.store.read() as connection:
        emails = [each.email for each in portal_rows.contacts_of(connection, BINH_AN.id, world.clock.now.date())]
    assert emails == [address(BINH_AN), "moi@example.vn"]


def test_a_telephone_number_is_proposed_with_a_person_or_for_one_who_is_known(world: World):
    visitor = world.at(world.plan)
    assert "chưa có số điện thoại" in text_of(visitor.get(f"{visitor.here}/lien-he"))
    with world.store.read() as connection:
        (known,) = portal_rows.contacts_of(connection, BINH_AN.id, world.clock.now.date())
    only = PERSON | {"ten_moi": "", "thu_moi": "", "thay_cho": str(known.id)}
    assert "Đề nghị ghi họ và tên người nhận thư." in text_of(visitor.post("/lien-he", only))
    refused = visitor.post("/lien-he", only | {"dien_thoai": "gọi <b>Hoa</b>"})
    assert refused.status_code == 422
    assert 'value="gọi &lt;b&gt;Hoa&lt;/b&gt;"' in refused.text
    assert "cán bộ đầu mối sẽ xác nhận" in text_of(visitor.post("/lien-he", only | {"dien_thoai": "0252.3822 999"}))
    with world.store.read() as connection:
        (asked,) = portal_rows.contact_requests(connection)
    assert (asked.name, asked.email, asked.phone) == (known.name, known.email, "02523822999")
    decide_contact(world.office, asked.id, Decider("Trần Thị Hoa"), world.clock.now, confirm=True)
    assert "điện thoại …999" in text_of(visitor.get(f"{visitor.here}/lien-he"))


@pytest.mark.parametrize("email", ["", "x", "a@b", "a@b.vn\r\nBcc: c@d.vn", "a b@c.vn", "a@c.vn, d@e.vn", "<a@c.vn>"])
def test_an_address_that_is_none_is_not_proposed(world: World, email: str):
    answer = world.at(world.plan).post("/lien-he", PERSON | {"ten_moi": "Mới", "thu_moi": email})
    assert answer.status_code == 422
    with world.store.read() as connection:
        assert portal_rows.contact_requests(connection) == []


def test_another_units_contact_cannot_be_replaced(world: World):
    with world.store.read() as connection:
        theirs = portal_rows.contacts_of(connection, "bb-hoa-thang", world.clock.now.date())[0]
    fields = PERSON | {"ten_moi": "Mới", "thu_moi": "moi@example.vn", "thay_cho": str(theirs.id)}
    world.at(world.plan).post("/lien-he", fields)
    with world.store.read() as connection:
        assert portal_rows.contact_requests(connection)[0].replaces is None
