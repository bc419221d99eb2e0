"""Lists that coordinators brought: kept as they came, tried, and taken in when somebody says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select, update

from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import list_upload


class ListKind(StrEnum):
    """What a list tells of: the units of a province alone (no file), its agencies, or the people of the units."""

    UNITS = "units"
    AGENCIES = "agencies"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class ListUpload:
    """One list as it was kept; ``imported_at`` is None where it was only tried."""

    id: int
    kind: ListKind
    province: str
    as_of: date
    file_name: str
    blob: str
    uploaded_by: str
    uploaded_at: datetime
    imported_by: str | None
    imported_at: datetime | None
    left_out: int | None


def keep(connection: Connection, values: Mapping[str, Any]) -> int:
    """Note a list (kind, province, as_of, file_name, blob, uploaded_by, uploaded_at); return its id.

    The same list again has the same id.
    """
    row = dict(values) | {"kind": ListKind(values["kind"]).value}
    insert_new(connection, list_upload, [row])
    same = [list_upload.c[name] == row[name] for name in ("kind", "province", "as_of", "blob")]
    found: int = connection.execute(select(list_upload.c.id).where(*same)).scalar_one()
    return found


def note_imported(connection: Connection, upload_id: int, *, by: str, at: datetime, left_out: int) -> None:
    """Note that a list was taken in, by whom, and how many of its lines were left out."""
    values = {"imported_by": by, "imported_at": at, "left_out": left_out}
    connection.execute(update(list_upload).where(list_upload.c.id == upload_id).values(values))


def get(connection: Connection, upload_id: int) -> ListUpload | None:
    """One list; None where there is none of this id."""
    row = connection.execute(_uploads().where(list_upload.c.id == upload_id)).one_or_none()
    return _upload(row) if row else None


def newest(connection: Connection, most: int) -> list[ListUpload]:
    """The lists that came last, the newest first."""
    return [_upload(row) for row in connection.execute(_uploads().order_by(list_upload.c.id.desc()).limit(most))]


def _uploads() -> Any:
    return select(*(list_upload.c[name] for name in ListUpload.__slots__))


def _upload(row: Any) -> ListUpload:
    return ListUpload(**dict(row._mapping) | {"kind": ListKind(row.kind)})
