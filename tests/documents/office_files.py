"""Files as older office programs write them, and a stand-in for the program that reads them."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest
from tests.patience import PATIENCE

from plan_lifecycle.documents.convert import _program

_AS = {"doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt", "xls": "xls:MS Excel 97", "ods": "ods"}


def saved_as(folder: Path, kind: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files (.docx or .xlsx, by name without ending) as LibreOffice saves them in another format, in one go."""
    ending = "xlsx" if kind in ("xls", "ods") else "docx"
    paths = [folder / f"{name}.{ending}" for name in files]
    for path in paths:
        path.write_bytes(files[path.stem])
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", _AS[kind]]
    subprocess.run(
        [*office, "--outdir", str(folder / kind), *map(str, paths)], check=True, capture_output=True, timeout=PATIENCE
    )
    return {name: (folder / kind / f"{name}.{kind}").read_bytes() for name in files}


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program in LibreOffice's place: ``$in`` is the file that it is given, ``$out`` what it is to write."""
    program = folder / "soffice"
    begin = '#!/bin/bash\nwhile [ "$1" != --outdir ]; do case "$1" in --convert-to) to=${2%%:*};; esac; shift; done\n'
    program.write_text(f"{begin}in=$3; out=$2/paper.$to\n{script}\n")
    program.chmod(stat.S_IRWXU)
    for library in ("libswlo.so", "libsclo.so"):
        (folder / library).touch()
    monkeypatch.setattr(_program, "on_path", lambda: str(program))
    return program


def copying(folder: Path, copies: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program in LibreOffice's place that knows what each kind of file is to become, and notes each run."""
    for kind, copy in copies.items():
        (folder / f"copy-of.{kind}").write_bytes(copy)
    script = f'echo "${{in##*.}}" >> {folder}/runs; cp {folder}/copy-of."${{in##*.}}" "$out"'
    stand_in(folder, script, monkeypatch)
    return folder / "runs"
