"""Who writes for a People's Committee, and with which word it asks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories import BINH_AN, DISTRICT, day, fill, make_office, owe
from tests.growth import asked

from plan_lifecycle.domain.unit import Asking, Standing
from plan_lifecycle.lifecycle.office import open_desk
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import save_units


@pytest.mark.parametrize(
    ("coordinators", "standing", "agency", "word"),
    [
        (frozenset({"Phòng Nội vụ"}), Standing.ORDERED, "Phòng Nội vụ huyện Bắc Bình", Asking.REQUEST),
        (frozenset(), Standing.ORDERED, "UBND huyện Bắc Bình", Asking.ORDER),
        (frozenset(), Standing.REQUESTED, "UBND huyện Bắc Bình", Asking.REQUEST),
    ],
)
def test_a_committee_that_writes_itself_orders_and_its_division_requests(
    store: Store, coordinators: frozenset[str], standing: Standing, agency: str, word: Asking
) -> None:
    fill(store)
    with store.write() as connection:
        save_units(connection, [replace(BINH_AN, standing=standing)])
    office = make_office(store, coordinating_agencies=coordinators)
    with store.read() as connection:
        tree = open_desk(office, connection, day("2023-02-20")).tree
    sender = office.sender(tree, DISTRICT, {BINH_AN.id: tree[BINH_AN.id]})
    assert (sender.agency, sender.ask) == (agency, word)


def test_who_only_answers_reads_less_and_cannot_speak_of_what_it_has_not_read(store: Store) -> None:
    fill(store)
    office, owed = make_office(store), owe(store)
    with asked(store) as of_asking, store.read() as connection:
        asking = open_desk(office, connection, day("2023-02-20"), [owed])
    with asked(store) as of_answering, store.read() as connection:
        answering = open_desk(office, connection, day("2023-02-20"), [owed], answers_to=[BINH_AN.id], tree=asking.tree)
    assert len(of_answering) <= len(of_asking) / 2
    assert answering.recipients(BINH_AN.id) == asking.recipients(BINH_AN.id)
    assert (asking.owed(owed).expected, asking.scene.held_back(owed)) == (1, None)
    for speak in (answering.owed, answering.scene.paused, answering.scene.kept_back, answering.scene.held_back):
        with pytest.raises(ValueError, match="only answers"):
            speak(owed)
