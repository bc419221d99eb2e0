"""What the portal's role may do in a PostgreSQL store: take in what units say, answer it, and change nothing else.

It reads what a paper is held against. Units, people, plans, drafts, rules, pauses, reports and scores it cannot
change; what it writes it cannot delete, save notes of ended sessions and of limits. Mails, lists and scores it cannot
even read.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.tables import metadata

UNREAD = frozenset(
    {
        "award_choice",
        "clock_seen",
        "contact_change",
        "fetched",
        "list_upload",
        "message",
        "message_place",
        "morning",
        "report_delivery",
        "score",
        "score_table",
        "typed_day",
    }
)
"""Tables that no page of a unit shows and no paper is held against."""
_ADDS, _KEEPS = "INSERT", "INSERT, UPDATE"
WRITES = {
    "allowance": "INSERT, UPDATE, DELETE",
    "arrival": _KEEPS,
    "audit": _ADDS,
    "contact": "UPDATE (unreachable_since)",
    "contact_request": _ADDS,
    "ended_session": "INSERT, UPDATE, DELETE",
    "figure": _ADDS,
    "form_draft": _KEEPS,
    "guess": _ADDS,
    "letter": _KEEPS,
    "letter_before": _ADDS,
    "look": _ADDS,
    "obligation": "UPDATE",
    "reminder": _KEEPS,
    "report_run": _ADDS,
    "report_text": _ADDS,
    "ruling": _ADDS,
    "submission": _KEEPS,
    "submission_file": _ADDS,
    "task_report": _ADDS,
    "unit_statement": _KEEPS,
    "upload": _ADDS,
    "wording": _ADDS,
    "worked": _KEEPS,
}
"""What is written when a unit hands in, asks or says something, and when its answer leaves."""


def portal_rights() -> dict[str, tuple[str, ...]]:
    """The rights of the role on each table; none on what it does not read."""
    reads = {table.name for table in metadata.sorted_tables} - UNREAD
    rights: dict[str, tuple[str, ...]] = dict.fromkeys(reads, ("SELECT",))
    rights |= {name: (*rights[name], allowed) for name, allowed in WRITES.items()}
    return rights | {"alembic_version": ("SELECT",)}


def refuse_member(connection: Connection, portal: str, works: str) -> None:
    """Raise StoreError where the portal's role is a member of the one that works, so that its rights are no fewer."""
    query = text("SELECT pg_has_role(:portal, :works, 'MEMBER')")
    if connection.execute(query, {"portal": portal, "works": works}).scalar_one():
        raise StoreError(
            f"found that {portal} is a member of {works}, expected a role of its own; take it out as "
            "docs/operations.md says under Upgrade",
            vi=f"Vai trò {portal} đang thuộc vai trò {works} nên có đủ quyền của vai trò này; đề nghị người quản trị "
            "tách riêng theo docs/operations.md, mục Upgrade.",
        )
