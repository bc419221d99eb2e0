"""The copy that an office program makes of a kept paper: once for each content by each version of that program.

What came of it is kept beside the gate's looks, under the program's version; the copy lies with the other papers.
"""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.convert import Program, convert
from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.gate import Look, look
from plan_lifecycle.lifecycle.office._office import Office
from plan_lifecycle.store import looks as look_rows
from plan_lifecycle.store.looks import StoredLook


@dataclass(frozen=True, slots=True)
class Copy:
    """A converted copy: under which digest it is kept, and its bytes."""

    blob: str
    data: bytes


def copy_of(office: Office, program: Program, blob: str, data: bytes, seen: Look) -> Copy:
    """Give the copy of what is kept under ``blob``, made now or before; ``seen`` is the gate's look at the original.

    Raises BadDocument where none can be made, now or before, or where it bears a mark of secrecy; ConverterBusyError
    where too many others are being converted.
    """
    with office.store.read() as connection:
        known = look_rows.find(connection, blob, program.version)
    if known is None:
        known = _make(office, program, data, seen.kind)
        with office.store.write() as connection:
            look_rows.keep(connection, blob, StoredLook(program.version, known))
    if known["code"]:
        raise bad(known["code"], known["detail"])
    return Copy(known["copy"], office.store.blobs.get(known["copy"]))


def _make(office: Office, program: Program, data: bytes, kind: str) -> dict[str, str]:
    try:
        copy = convert(program, data, kind)
        secret = office.bounded(look, copy).secret
    except BadDocument as error:
        return {"copy": "", "code": error.code, "detail": error.detail}
    if secret:
        return {"copy": "", "code": "secret", "detail": secret}
    return {"copy": office.store.blobs.put(copy), "code": "", "detail": ""}
