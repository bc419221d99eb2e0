"""Converting what only an office program can read (.doc, .rtf, .odt, .xls, .ods) into what the readers read.

A quarter of what offices send is in Word's format of 1997. LibreOffice converts it, where it is installed: in a process
of its own with bounds of its own, one at a time, without macros, links and network (docs/adr/0015). The copy is for
reading only; what came in stays what it is.
"""

from __future__ import annotations

from plan_lifecycle.documents.convert._program import TARGETS, Program, converter_version, installed
from plan_lifecycle.documents.convert._run import LIMITS, WALL_SECONDS, ConverterBusyError, convert
from plan_lifecycle.documents.convert._safe import Readable, may_be_converted, readable

__all__ = [
    "LIMITS",
    "TARGETS",
    "WALL_SECONDS",
    "ConverterBusyError",
    "Program",
    "Readable",
    "convert",
    "converter_version",
    "installed",
    "may_be_converted",
    "readable",
]
