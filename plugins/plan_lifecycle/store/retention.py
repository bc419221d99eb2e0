"""What may go: rows whose time is over, and the kept bytes that no other row names.

The rows of letters and messages stay as evidence; their bytes are let go. Forms, drafts, lists and notes of sessions go
whole. Bytes go before the transaction ends: killed in between, the same rows are found again and nothing is left over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Select, and_, delete, func, select, update

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import OUTSTANDING
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.tables import (
    allowance,
    contact,
    draft,
    ended_session,
    form_draft,
    letter,
    list_upload,
    look,
    message,
    metadata,
    obligation,
    plan,
    report_text,
    wording,
)

DONE_WITH = tuple(state.value for state in (LetterState.SENT, LetterState.FAILED, LetterState.SUPERSEDED))
NOBODY = "@an-danh.invalid"
"""How the address ends that stands where a person's was."""
NAMELESS = "(đã ẩn danh)"
"""What stands where a person's name was."""
_READ_FROM = (look, wording, report_text)
"""What was read of a file: it says nothing about who else needs the file, and goes with it."""


class Kept(NamedTuple):
    """A row, and the bytes that it names."""

    id: int
    blob: str


def letters_before(connection: Connection, before: datetime, words: str, most: int) -> list[Kept]:
    """Letters that are done with since before a moment, and still have their own words and not ``words``."""
    done = (letter.c.state.in_(DONE_WITH), letter.c.queued_at < before, letter.c.blob != words)
    return _kept(connection, select(letter.c.id, letter.c.blob).where(*done).order_by(letter.c.id).limit(most))


def messages_before(connection: Connection, before: datetime, most: int) -> list[Kept]:
    """Messages that nobody has to look at, received before a moment, whose bytes are there."""
    done = (message.c.verdict == "done", message.c.received_at < before, message.c.blob.is_not(None))
    return _kept(connection, select(message.c.id, message.c.blob).where(*done).order_by(message.c.id).limit(most))


def lists_before(connection: Connection, before: datetime, most: int) -> list[Kept]:
    """Lists that were uploaded before a moment, but the newest of each kind and province."""
    newest = select(func.max(list_upload.c.id)).group_by(list_upload.c.kind, list_upload.c.province)
    query = select(list_upload.c.id, list_upload.c.blob).where(list_upload.c.uploaded_at < before)
    return _kept(connection, query.where(list_upload.c.id.not_in(newest)).order_by(list_upload.c.id).limit(most))


def drafts_before(connection: Connection, before: datetime, most: int) -> list[Kept]:
    """Drafts of plans that another plan has replaced or withdrawn before a moment."""
    newer = plan.alias()
    over = and_(newer.c.replaces_id == draft.c.plan_id, newer.c.relation.in_(("replaces", "withdraws")))
    query = select(draft.c.id, draft.c.blob).where(
        select(newer.c.id).where(over, newer.c.registered_at < before).exists()
    )
    return _kept(connection, query.order_by(draft.c.id).limit(most))


def forms_before(connection: Connection, before: datetime, most: int) -> list[int]:
    """The obligations of forms that were last saved before a moment, and that are not owed any more."""
    owed = [state.value for state in OUTSTANDING]
    query = select(form_draft.c.obligation_id).join(obligation, obligation.c.id == form_draft.c.obligation_id)
    query = query.where(form_draft.c.saved_at < before, obligation.c.state.not_in(owed))
    return list(connection.execute(query.order_by(form_draft.c.obligation_id).limit(most)).scalars())


def sessions_before(connection: Connection, before: datetime) -> int:
    """How many notes of ended sessions and of limits are older than a moment."""
    ended = select(func.count()).select_from(ended_session).where(ended_session.c.ended_at < before)
    free = select(func.count()).select_from(allowance).where(allowance.c.whole_at < _milliseconds(before))
    return int(connection.execute(ended).scalar_one()) + int(connection.execute(free).scalar_one())


def people_before(connection: Connection, before: datetime) -> list[int]:
    """People whose term was over before a moment and who still bear their names."""
    over = (contact.c.valid_to < before.date(), contact.c.email.not_like(f"%{NOBODY}"))
    return list(connection.execute(select(contact.c.id).where(*over).order_by(contact.c.id)).scalars())


def put_words(connection: Connection, kept: Sequence[Kept], words: str) -> None:
    """Let letters say ``words`` (a digest) from now on."""
    for ids in in_batches([one.id for one in kept]):
        connection.execute(update(letter).where(letter.c.id.in_(ids)).values(blob=words))


def empty_messages(connection: Connection, kept: Sequence[Kept]) -> None:
    """Note that the bytes of messages are gone."""
    for ids in in_batches([one.id for one in kept]):
        connection.execute(update(message).where(message.c.id.in_(ids)).values(blob=None))


def remove_lists(connection: Connection, kept: Sequence[Kept]) -> None:
    """Remove uploaded lists; the trail says who took them in."""
    for ids in in_batches([one.id for one in kept]):
        connection.execute(delete(list_upload).where(list_upload.c.id.in_(ids)))


def remove_drafts(connection: Connection, kept: Sequence[Kept]) -> None:
    """Remove drafts of plans."""
    for ids in in_batches([one.id for one in kept]):
        connection.execute(delete(draft).where(draft.c.id.in_(ids)))


def remove_forms(connection: Connection, obligation_ids: Sequence[int]) -> None:
    """Remove half-filled forms."""
    for ids in in_batches(list(obligation_ids)):
        connection.execute(delete(form_draft).where(form_draft.c.obligation_id.in_(ids)))


def remove_sessions(connection: Connection, before: datetime) -> None:
    """Remove notes of sessions and limits; none of them holds anything open or shut any more."""
    connection.execute(delete(ended_session).where(ended_session.c.ended_at < before))
    connection.execute(delete(allowance).where(allowance.c.whole_at < _milliseconds(before)))


def named_by_none(connection: Connection, digests: Collection[str]) -> set[str]:
    """Those of the digests that no row of any table names any more; what was read of them is removed."""
    left = {digest for digest in digests if digest}
    for column in _naming():
        for some in in_batches(sorted(left)):
            left -= set(connection.execute(select(column).where(column.in_(some)).distinct()).scalars())
    for table in _READ_FROM:
        for some in in_batches(sorted(left)):
            connection.execute(delete(table).where(table.c.blob.in_(some)))
    return left


def _naming() -> Iterator[Column[Any]]:
    for table in metadata.sorted_tables:
        if table not in _READ_FROM:
            yield from (one for one in table.columns if one.name == "blob" or one.name.endswith("_blob"))


def _kept(connection: Connection, query: Select[Any]) -> list[Kept]:
    return [Kept(row.id, row.blob) for row in connection.execute(query)]


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
