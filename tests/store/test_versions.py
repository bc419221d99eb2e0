"""A new version moves what is open and recalls what waits, and finds nothing to do the second time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    OTHER_DISTRICT,
    address,
    day,
    fill,
    letter,
    obligation_of,
    owe,
    plan_row,
    set_state,
)

from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.store import letters, pauses, plans, reminders, versions
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import plan

NOW = day("2023-03-01")
TODAY = date(2023, 3, 1)
LATER = date(2023, 3, 31)


@pytest.fixture
def chain(store: Store) -> list[int]:
    """Plan 15, and two versions of it, the newest last."""
    fill(store)
    first = plan_row(store)
    second = plan_row(store, number="20", replaces_id=first, relation="amends")
    return [first, second, plan_row(store, number="30", replaces_id=second, relation="amends")]


def test_a_version_knows_those_before_it_and_each_of_them_the_newest(store: Store, chain: list[int]) -> None:
    with store.read() as connection:
        known = {plan_id: plans.get_plan(connection, plan_id) for plan_id in chain}
        found = [versions.earlier_versions(connection, known[plan_id]) for plan_id in chain]
        assert found == [[], chain[:1], [chain[1], chain[0]]]
        assert [versions.newest_version(connection, plan_id) for plan_id in chain] == [chain[2]] * 3


def test_of_two_that_take_one_place_the_later_holds_it(store: Store, chain: list[int]) -> None:
    other = plan_row(store, number="40", replaces_id=chain[0], relation="replaces")
    with store.read() as connection:
        assert versions.newest_version(connection, chain[0]) == other


def test_what_goes_round_in_a_circle_ends(store: Store, chain: list[int]) -> None:
    with store.write() as connection:
        connection.execute(plan.update().where(plan.c.id == chain[0]).values(replaces_id=chain[2]))
        assert versions.newest_version(connection, chain[1]) == chain[0]
        first = plans.get_plan(connection, chain[0])
        assert versions.earlier_versions(connection, first) == [chain[2], chain[1], chain[0]]


def test_an_issuers_plans_come_newest_first_and_nobody_elses(store: Store, chain: list[int]) -> None:
    plan_row(store, OTHER_DISTRICT)
    with store.read() as connection:
        assert [made.id for made in versions.plans_of(connection, DISTRICT.id)] == chain[::-1]


@pytest.mark.parametrize("state", ObligationState)
def test_what_is_not_settled_moves_and_closes_and_what_is_settled_stays(
    store: Store, chain: list[int], state: ObligationState
) -> None:
    owed = owe(store, plan_id=chain[0])
    set_state(store, owed, state)
    settled = state in (ObligationState.MET, ObligationState.WAIVED, ObligationState.CLOSED)
    moved = replace(owed, plan_id=chain[1], due_on=LATER, due_at=time(17), next_rung_on=TODAY, clause="Mục mới")
    with store.write() as connection:
        assert versions.move(connection, owed, moved) is not settled
    now = obligation_of(store)
    expected = owed if settled else moved
    assert (now.plan_id, now.due_on, now.due_at, now.clause) == (
        expected.plan_id, expected.due_on, expected.due_at, expected.clause,
    )  # fmt: skip
    with store.write() as connection:
        assert versions.close(connection, now) is not settled
    assert obligation_of(store).state is (state if settled else ObligationState.CLOSED)


def test_what_somebody_else_moved_is_not_moved_again(store: Store, chain: list[int]) -> None:
    owed = owe(store, plan_id=chain[0])
    with store.write() as connection:
        assert versions.move(connection, owed, replace(owed, due_on=LATER))
        assert not versions.move(connection, owed, replace(owed, due_on=TODAY))
        assert not versions.close(connection, owed)
        assert not versions.close(connection, replace(owed, due_on=None))
        elsewhere = replace(owed, plan_id=chain[1], due_on=LATER)
        assert not versions.close(connection, elsewhere)
    assert (obligation_of(store).due_on, obligation_of(store).state) == (LATER, ObligationState.OPEN)


def test_what_has_no_day_is_closed_too_and_no_other_with_it(store: Store, chain: list[int]) -> None:
    undated, other = owe(store, due=None, plan_id=chain[0]), owe(store, HOA_THANG, due=None, plan_id=chain[0])
    with store.write() as connection:
        assert versions.close(connection, undated)
    assert obligation_of(store, HOA_THANG) == other


def test_all_that_is_owed_under_plans_is_found_in_any_state(store: Store, chain: list[int]) -> None:
    one, other = owe(store, plan_id=chain[0]), owe(store, HOA_THANG, plan_id=chain[1])
    owe(store, CHO_LAU, plan_id=chain[2])
    set_state(store, one, ObligationState.CLOSED)
    with store.read() as connection:
        assert {owed.id for owed in versions.owed_under(connection, chain[:2])} == {one.id, other.id}
        assert versions.owed_under(connection, []) == []


def test_only_a_day_that_a_person_gave_and_that_still_holds_is_an_extension(store: Store, chain: list[int]) -> None:
    given, moved, waived, elsewhere = (
        owe(store, unit, item, plan_id=plan_id)
        for unit, item, plan_id in (
            (BINH_AN, Item.SUB_PLAN, chain[0]),
            (BINH_AN, Item.REPORT, chain[0]),
            (HOA_THANG, Item.SUB_PLAN, chain[0]),
            (CHO_LAU, Item.SUB_PLAN, chain[1]),
        )
    )
    with store.write() as connection:
        for owed in (given, moved, elsewhere):
            pauses.extend(connection, owed, LATER, None, by="B", reason="lũ", at=NOW)
        pauses.waive(connection, waived, by="B", reason="lũ", at=NOW)
        versions.move(connection, replace(moved, due_on=LATER), replace(moved, due_on=date(2023, 4, 15)))
        assert versions.extended(connection, chain[:1]) == {given.id}


def queued(store: Store, *made: Letter) -> dict[str, int]:
    with store.write() as connection:
        return letters.queue(connection, made)


def carry(store: Store, letter_id: int, *obligation_ids: int) -> None:
    rows = [
        {"obligation_id": number, "rung": "T-7", "recipient": address(BINH_AN), "letter_id": letter_id, "on_day": TODAY}
        for number in obligation_ids
    ]
    with store.write() as connection:
        reminders.save_reminders(connection, rows)


def recalled(store: Store, keys: list[str], obligation_ids: list[int]) -> int:
    with store.write() as connection:
        return versions.recall_letters(connection, keys, obligation_ids, "kế hoạch đã thay đổi", TODAY)


def test_waiting_letters_are_taken_back_and_those_that_left_are_not(store: Store, chain: list[int]) -> None:
    ids = queued(store, letter(1), letter(2, state=LetterState.SENT), letter(3))
    assert recalled(store, ["letter:1", "letter:2", "letter:9"], []) == 1
    assert recalled(store, ["letter:1"], []) == 0
    with store.read() as connection:
        assert letters.states(connection) == {"queued": 1, "sent": 1, "superseded": 1}
    assert len(ids) == 3


def test_a_reminder_of_a_moved_obligation_is_taken_back_and_the_rest_reminded_anew(
    store: Store, chain: list[int]
) -> None:
    moved = owe(store, plan_id=chain[0])
    other = owe(store, item=Item.REPORT, plan_id=chain[0], due="2023-12-18")
    third = owe(store, HOA_THANG, plan_id=chain[0])
    ids = queued(store, letter(1), letter(2))
    carry(store, ids["letter:1"], moved.id, other.id)
    carry(store, ids["letter:2"], third.id)
    assert recalled(store, [], [moved.id]) == 1
    assert obligation_of(store, item=Item.REPORT).next_rung_on == TODAY
    assert obligation_of(store, HOA_THANG).next_rung_on == third.next_rung_on
    with store.read() as connection:
        assert reminders.rungs_recorded(connection, [moved.id, other.id, third.id]) == {
            moved.id: {"T-7"},
            third.id: {"T-7"},
        }


def drafted(store: Store, *rows: tuple[int, str]) -> None:
    with store.write() as connection:
        plans.save_drafts(
            connection,
            [
                {"plan_id": plan_id, "unit_id": unit_id, "blob": f"{plan_id}" * 64, "file_name": "du-thao.docx"}
                for plan_id, unit_id in rows
            ],
        )


def test_of_a_units_drafts_the_newest_plans_counts(store: Store, chain: list[int]) -> None:
    drafted(store, (chain[1], BINH_AN.id), (chain[0], BINH_AN.id), (chain[0], HOA_THANG.id), (chain[2], CHO_LAU.id))
    with store.read() as connection:
        found = versions.drafts_under(connection, chain[:2])
    assert {unit: draft.plan_id for unit, draft in found.items()} == {BINH_AN.id: chain[1], HOA_THANG.id: chain[0]}


def test_only_drafts_of_plans_in_force_are_so(store: Store, chain: list[int]) -> None:
    alone = plan_row(store, OTHER_DISTRICT)
    drafted(store, (chain[0], BINH_AN.id), (chain[2], HOA_THANG.id), (chain[2], BINH_AN.id), (alone, BINH_AN.id))
    with store.read() as connection:
        found = versions.drafts_in_force(connection)
    assert {plan_id: [draft.unit_id for draft in drafts] for plan_id, drafts in found.items()} == {
        chain[2]: [BINH_AN.id, HOA_THANG.id],
        alone: [BINH_AN.id],
    }


def test_a_draft_is_taken_over_once(store: Store, chain: list[int]) -> None:
    drafted(store, (chain[0], BINH_AN.id), (chain[0], HOA_THANG.id))
    with store.write() as connection:
        old = versions.drafts_under(connection, chain[:1])[BINH_AN.id]
        assert versions.take_over_draft(connection, old, chain[1], "f" * 64, "du-thao-2.docx")
        assert not versions.take_over_draft(connection, old, chain[2], "g" * 64, "du-thao-3.docx")
        found = versions.drafts_under(connection, chain)
    assert (found[BINH_AN.id].plan_id, found[BINH_AN.id].file_name) == (chain[1], "du-thao-2.docx")
    assert found[HOA_THANG.id].plan_id == chain[0]
