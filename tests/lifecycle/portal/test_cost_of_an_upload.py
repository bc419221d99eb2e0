"""What an upload asks of the store: a fixed number of statements, whatever the neighbours have sent."""

from __future__ import annotations

from tests.factories import BINH_AN, CHO_LAU, DISTRICT, HOA_THANG, day, district_plan, fill, make_office, obligation_of
from tests.factories import plan_file as plan_of
from tests.growth import asked

from plan_lifecycle.channels.upload import UploadedFile
from plan_lifecycle.domain.submission import SubmissionState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.portal import keep_upload, settle
from plan_lifecycle.lifecycle.submission import Superiors
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import in_state
from plan_lifecycle.store.units import load_tree

NOW = day("2023-02-12")
MOST = 26
"""Statements to keep, judge, file and answer one sub-plan, when its superior plan has been read."""


def upload(office: Office, superiors: Superiors, unit: Unit) -> list[str]:
    """Hand in the unit's plan, and give the statements that were sent for it."""
    owed, data = obligation_of(office.store, unit), plan_of(unit, place=unit.name)
    files = [UploadedFile("ke-hoach.docx", lambda: data)]
    with asked(office.store) as sent:
        kept = keep_upload(office, owed, files, name="Trần Thị Bình", post="Văn phòng", batch=unit.id, now=NOW)
        settle(office, kept, unit.id, NOW, superiors)
    return sent


def test_an_upload_asks_the_same_however_many_neighbours_have_sent_theirs(store: Store) -> None:
    fill(store)
    office = make_office(store)
    cascade_plan(office, register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=NOW), NOW)
    with store.read() as connection:
        superiors = Superiors(office, load_tree(connection, NOW.date()))
    upload(office, superiors, HOA_THANG)  # reads the superior plan
    beside_one, beside_two = (len(upload(office, superiors, unit)) for unit in (BINH_AN, CHO_LAU))
    with store.read() as connection:
        assert len(in_state(connection, SubmissionState.RECEIVED)) == 3
    assert beside_one == beside_two <= MOST
