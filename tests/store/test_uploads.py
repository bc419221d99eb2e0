"""What came for an obligation is told with who stated to send it and what became of it, on both databases."""

from __future__ import annotations

from tests.factories import arrival, day, fill, owe
from tests.store.papers import handed_in

from plan_lifecycle.domain.submission import Finding, SubmissionState
from plan_lifecycle.lifecycle.office import scope_of
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store import uploads
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.submissions import review

NOW = day("2023-02-20")


def test_what_was_uploaded_is_in_the_history_with_who_stated_to_send_it(store: Store):
    fill(store)
    owed = owe(store)
    values = {"obligation_id": owed.id, "batch": "b", "name": "Nguyễn Văn An", "post": "Văn phòng", "uploaded_at": NOW}
    with store.write() as connection:
        arrival_rows.record(connection, arrival(b"x", key="k", channel="portal"), "0" * 64)
        ids = uploads.save_upload(connection, ["k", "none"], values)
    with store.read() as connection:
        (entry,) = uploads.history(connection, owed.id)
        assert uploads.are_waiting(connection, ids)
        assert [scope for scope, _, _ in portal_rows.scopes(connection)] == [scope_of(owed)]
    assert (entry.stated_by, entry.arrival_state, entry.batches) == ("Nguyễn Văn An, Văn phòng", "new", {"b"})


def test_what_became_of_a_file_is_in_the_history_with_its_review(store: Store):
    fill(store)
    owed = owe(store)
    amiss = Finding("plan.date", "Kế hoạch chưa có ngày ban hành.")
    number, _ = handed_in(store, owed, ("a" * 64, Part.SOURCE), findings=[amiss])
    with store.write() as connection:
        review(connection, number, SubmissionState.RETURNED, at=NOW, by="cán bộ", reason="thiếu ngày")
        (entry,) = uploads.history(connection, owed.id)
    assert (entry.version, entry.state, entry.days_late, entry.reason) == (1, "returned", 0, "thiếu ngày")
    assert (entry.findings, entry.file_name, entry.batches) == ((amiss,), "ke-hoach.docx", frozenset())
