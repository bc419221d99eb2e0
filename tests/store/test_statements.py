"""What a unit says waits once, is replaced by what it says later, and ends with the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories import day, fill, owe, set_state

from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.store import guesses, statements
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.statements import Said, StatementKind, StatementState

NOW = day("2023-02-20")
SENT = Said(0, StatementKind.SENT, "Nguyễn Văn An, Công chức", NOW, "07/KH-UBND", date(2023, 2, 17), date(2023, 2, 20))
MORE = Said(0, StatementKind.MORE_TIME, "Nguyễn Văn An, Công chức", NOW, until=date(2023, 3, 10), reason="Bão lũ")


def test_the_same_said_twice_waits_once_and_other_words_replace_it(store: Store) -> None:
    fill(store)
    owed = owe(store)
    sent, more = replace(SENT, obligation_id=owed.id), replace(MORE, obligation_id=owed.id)
    with store.write() as connection:
        assert statements.note(connection, sent)
        assert not statements.note(connection, replace(sent, stated_at=day("2023-02-21")))
        assert statements.note(connection, more)
        assert statements.note(connection, replace(sent, reference="08/KH-UBND"))
    with store.read() as connection:
        assert [one.said.reference for one in statements.waiting(connection)] == [None, "08/KH-UBND"]
        assert {one.said.kind for one in statements.newest_of(connection, owed.id)} == set(StatementKind)
        assert guesses.awaiting(connection) == {owed.id}


def test_what_was_decided_or_is_not_owed_any_more_waits_for_nobody(store: Store) -> None:
    fill(store)
    owed = owe(store)
    sent = [StatementKind.SENT]
    with store.write() as connection:
        statements.note(connection, replace(SENT, obligation_id=owed.id))
        statements.note(connection, replace(MORE, obligation_id=owed.id))
        for state, ended in ((StatementState.DECLINED, sent), (StatementState.DONE, [])):
            found = statements.settle(connection, owed.id, sent, state, by="Bình", at=NOW, answer="Chưa thấy văn bản.")
            assert found == ended
        assert guesses.awaiting(connection) == frozenset()
        answers = {one.said.kind: (one.state, one.answer) for one in statements.newest_of(connection, owed.id)}
        assert answers[StatementKind.SENT] == (StatementState.DECLINED, "Chưa thấy văn bản.")
        assert [one.said.kind for one in statements.waiting(connection)] == [StatementKind.MORE_TIME]
    set_state(store, owed, ObligationState.WAIVED)
    with store.read() as connection:
        assert statements.waiting(connection) == []
