"""A list is kept as it came, tried as often as one likes, and taken in when a coordinator says so.

Sở Nội vụ uploads the people of 124 communes: two lines have faults. She sees them, and what the others would change,
mends the file and uploads it again, or takes in the lines that fit. The store is not touched before that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from plan_lifecycle.config.country import load_province
from plan_lifecycle.config.table_file import Table, read_table
from plan_lifecycle.documents.gate import Purpose, look, verdict_on
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.import_units import (
    Confirmed,
    Province,
    Stored,
    put_province,
    read_province,
    skipping,
)
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.people._difference import (
    Difference,
    Mark,
    differences_of_people,
    differences_of_units,
)
from plan_lifecycle.store import audit, list_uploads
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.list_uploads import ListKind, ListUpload

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
LEFT_OUT = "Còn {count:02} nội dung chưa đúng. Đề nghị sửa tệp rồi nạp lại, hoặc chọn chỉ nhập các dòng đúng."


class ListFile(NamedTuple):
    """A list as it came: what its sender called it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Tried:
    """A list that was read and not taken in: what it says, and what of that is new, changed or the same."""

    upload: ListUpload
    province: Province
    units: tuple[Difference, ...]
    people: tuple[Difference, ...]

    @property
    def faults(self) -> tuple[InputError, ...]:
        """What is wrong with the lines that do not fit."""
        return self.province.skipped

    def count(self, mark: Mark) -> tuple[int, int]:
        """How many units and how many people have this mark."""
        return sum(one.mark is mark for one in self.units), sum(one.mark is mark for one in self.people)


def keep_list(
    office: Office, kind: ListKind, province: str, as_of: date, file: ListFile | None, by: Decider, now: datetime
) -> int:
    """Keep a list for a province as of a day; return its id, which the same list has again.

    Raises InputError where there is no such province, the gate refuses the file, or it is no table of this kind:
    nothing is kept then. A list whose lines have faults is kept.
    """
    name = load_province(province, as_of)[0].name
    if kind is not ListKind.UNITS and file is None:
        raise InputError("a file", field="tep", found="nothing", vi="Đề nghị chọn tệp danh sách (.xlsx hoặc .csv).")
    file = None if kind is ListKind.UNITS else file
    if file is not None:
        file = ListFile(_checked_name(office, file), file.data)
        _read(office, kind, name, as_of, file)
    values = {
        "kind": kind,
        "province": name,
        "as_of": as_of,
        "file_name": file.name if file else "",
        "blob": office.store.blobs.put(file.data) if file else "",
        "uploaded_by": by.by,
        "uploaded_at": now,
    }
    with office.store.write() as connection:
        return list_uploads.keep(connection, values)


def kept_lists(office: Office, most: int) -> list[ListUpload]:
    """The lists that came last, the newest first."""
    with office.store.read() as connection:
        return list_uploads.newest(connection, most)


def kept_list_bytes(office: Office, upload_id: int) -> ListFile | None:
    """A list as it came; None where there is none of this id, or it had no file."""
    with office.store.read() as connection:
        upload = list_uploads.get(connection, upload_id)
    return ListFile(upload.file_name, office.store.blobs.get(upload.blob)) if upload and upload.file_name else None


def provinces_at_hand(office: Office, day: date) -> list[str]:
    """The provinces that are in the store on a day."""
    with office.store.read() as connection:
        return [unit.name for unit in unit_rows.load_tree(connection, day).children(None)]


def agencies_at_hand(store: Store, day: date) -> list[Unit]:
    """The agencies that are in the store on a day: people of a list may belong to them."""
    with store.read() as connection:
        return [unit for unit in unit_rows.load_tree(connection, day).units if not unit.territorial]


def try_list(office: Office, upload_id: int) -> Tried:
    """Read a list that was kept, and hold it against the store. Raises InputError where there is none of this id."""
    with office.store.read() as connection:
        upload = list_uploads.get(connection, upload_id)
    if upload is None:
        raise InputError("the id of a list", field="list", found=upload_id, vi="Không có danh sách này.")
    file = ListFile(upload.file_name, office.store.blobs.get(upload.blob)) if upload.file_name else None
    province = _read(office, upload.kind, upload.province, upload.as_of, file)
    with office.store.read() as connection:
        units = {unit.id: unit for unit in unit_rows.every_unit(connection)}
        people = people_rows.everyone_of(connection, {person.unit_id for person in province.contacts})
    called = UnitTree.on(upload.as_of, [*(units | {unit.id: unit for unit in province.units}).values()])
    return Tried(
        upload,
        province,
        tuple(differences_of_units(province.units, units)),
        tuple(differences_of_people(province.contacts, people, called)),
    )


def import_list(office: Office, upload_id: int, by: Decider, now: datetime, *, skip_faulty: bool) -> Stored:
    """Take a list in, whole; with ``skip_faulty`` its lines that fit. Twice changes nothing.

    Raises InputError where there is none of this id, or lines do not fit and nobody said to leave them out.
    """
    tried = try_list(office, upload_id)
    if tried.faults and not skip_faulty:
        vi = LEFT_OUT.format(count=len(tried.faults))
        raise InputError("a list without faults", field="bo_qua", found=len(tried.faults), vi=vi)
    confirmed = Confirmed(by.by, now, upload_id)
    left_out = len({fault.line for fault in tried.faults})
    new, changed = tried.count(Mark.NEW), tried.count(Mark.CHANGED)
    details = {"units": [new[0], changed[0]], "people": [new[1], changed[1]], "kind": tried.upload.kind.value}
    with office.store.write() as connection:
        stored = put_province(connection, tried.province)
        list_uploads.note_imported(connection, upload_id, by=by.by, at=now, left_out=left_out)
        if tried.faults:
            audit.append(connection, skipping(tried.province, confirmed))
        act = audit.Act(now, by.by, ActKind.IMPORT_LIST, ActSubject.LIST, upload_id, by.reason, details)
        audit.append(connection, act)
    return stored


def _checked_name(office: Office, file: ListFile) -> str:
    """The name under which a file that the gate lets in is kept. Raises InputError."""
    data = file.data.decode("utf-16", "replace").encode() if file.data[:2] in _UTF_16 else file.data
    verdict = verdict_on(office.bounded(look, data), name=file.name, purpose=Purpose.LIST)
    if not verdict.accepted:
        raise InputError("a table, .xlsx or .csv", file=file.name, field="tep", found=verdict.code, vi=verdict.reason)
    return verdict.name


def _read(office: Office, kind: ListKind, province: str, as_of: date, file: ListFile | None) -> Province:
    """The list with its lines that fit and what is wrong with the others. Raises InputError where it is no table."""
    table: Table | None = office.bounded(read_table, file.data, file.name) if file else None
    known = agencies_at_hand(office.store, as_of)
    agencies, people = (table, None) if kind is ListKind.AGENCIES else (None, table)
    return read_province(province, as_of, agencies, people, skip_faulty=True, known=known)
