"""Whether a file may be handed to the office program, by what the gate saw in it."""

from __future__ import annotations

from typing import NamedTuple

from plan_lifecycle.documents.convert._program import TARGETS, Program, installed
from plan_lifecycle.documents.convert._run import convert
from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate import Look, look


class Readable(NamedTuple):
    """Bytes for a reader; ``made_from`` is the kind of the file that they are a converted copy of, else empty."""

    data: bytes
    made_from: str = ""


def may_be_converted(seen: Look, program: Program | None) -> bool:
    """Whether this program is to convert a file of this look: of its kinds, with no macros and nothing against it."""
    return program is not None and seen.kind in program.kinds and not (seen.secret or seen.refusals or seen.has_macros)


def readable(data: bytes) -> Readable:
    """The bytes of a file as they can be read: of one that only the installed program reads, a converted copy.

    Raises BadDocument where the gate has something against such a file, or nothing comes of it; ConverterBusyError.
    """
    program = installed()
    if program is None:
        return Readable(data)
    seen = look(data)
    if seen.kind not in TARGETS:
        return Readable(data)
    if seen.refusals:
        raise bad(*seen.refusals[0])
    if not may_be_converted(seen, program):
        return Readable(data)
    return Readable(convert(program, data, seen.kind), seen.kind)
