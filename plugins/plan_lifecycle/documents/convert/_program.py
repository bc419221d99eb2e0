"""Which office program is installed, and which kinds of file it can convert."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

TARGETS = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx"}
"""What each kind of file, by content, is converted to."""
# The libraries by which LibreOffice reads texts and tables; a system may have one and not the other.
_LIBRARIES = {"docx": "libswlo.so", "xlsx": "libsclo.so"}
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Program:
    """An office program: its path, and the kinds of file that it converts."""

    path: Path
    kinds: frozenset[str]

    @property
    def version(self) -> str:
        """A name for the program and our way of calling it: 16 characters, others after either was changed."""
        digest = sha256(",".join(sorted(self.kinds)).encode())
        binary = self.path.with_name("soffice.bin")
        stands = (binary if binary.exists() else self.path).stat()
        digest.update(f"{self.path} {stands.st_size} {stands.st_mtime_ns}".encode())
        for file in sorted(_HERE.glob("*.py")):
            digest.update(file.read_bytes())
        return digest.hexdigest()[:16]


def on_path() -> str | None:
    """Where the office program is; None where the path has none."""
    return shutil.which("soffice")


def installed() -> Program | None:
    """The LibreOffice that is on the path, as it is now; None where there is none that converts anything."""
    found = on_path()
    if found is None:
        return None
    path = Path(found).resolve()
    has = {target for target, library in _LIBRARIES.items() if path.with_name(library).exists()}
    kinds = frozenset(kind for kind, target in TARGETS.items() if target in has)
    return Program(path, kinds) if kinds else None


def converter_version() -> str:
    """The version of the installed program; empty where there is none."""
    program = installed()
    return program.version if program else ""
