"""Taking out what was kept as it can be read: a .doc, .rtf or .odt as the copy that an office program makes of it.

The original stays where it lies and is what the arrival and the submission's file name.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from plan_lifecycle.channels import MAX_FILE
from plan_lifecycle.documents.convert import TARGETS, installed, may_be_converted
from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import Look, version
from plan_lifecycle.lifecycle.office import Office, copy_of
from plan_lifecycle.lifecycle.submission._bytes import Upload, kept_bytes, looked_into, stored
from plan_lifecycle.store import looks as look_rows
from plan_lifecycle.store.arrivals import StoredArrival


def take_out(office: Office, arrival: StoredArrival) -> Upload:
    """Take out what was kept of an arrival, with its look; the gate looks where its present version has not yet.

    Raises BlobError where the bytes are not to be had, or are no longer those that were kept; ConverterBusyError where
    too many others are being converted before it.
    """
    blob = arrival.blob or ""
    data = kept_bytes(office, blob, quarantined=arrival.quarantined)
    seen = Look.from_json(arrival.look) if arrival.look is not None else _look(office, blob, data)
    upload, program = Upload(data, arrival.file_name, seen, office.bounded), installed()
    if program is None or not may_be_converted(seen, program) or seen.size > MAX_FILE:
        return upload
    try:
        copy = copy_of(office, program, blob, data, seen)
    except BadDocument as error:
        secret = error.detail if error.code == "secret" else ""
        return replace(upload, why_not=error.for_user, seen=replace(seen, secret=secret))
    with office.store.read() as connection:
        taken = look_rows.find(connection, copy.blob, version())
    seen_in_copy = Look.from_json(taken) if taken is not None else _look(office, copy.blob, copy.data)
    name = f"{PurePath(upload.name).stem}.{TARGETS[seen.kind]}"
    return Upload(copy.data, name, seen_in_copy, office.bounded, original=blob, made_from=seen.kind)


def _look(office: Office, blob: str, data: bytes) -> Look:
    seen = looked_into(office.bounded, data)
    with office.store.write() as connection:
        look_rows.keep(connection, blob, stored(seen))
    return seen
