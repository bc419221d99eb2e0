"""What may be wrong with a back-up: each damages the folder of one."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

DAMAGES: dict[str, Callable[[Path], object]] = {
    "a row left out": lambda folder: _rewrite(folder / "tables" / "letter.jsonl.gz", lambda lines: lines[1:]),
    "a row twice": lambda folder: _rewrite(folder / "tables" / "unit.jsonl.gz", lambda lines: [*lines, lines[-1]]),
    "a row changed": lambda folder: _rewrite(
        folder / "tables" / "obligation.jsonl.gz", lambda lines: [lines[0].replace("2023", "2024"), *lines[1:]]
    ),
    "half a table": lambda folder: _cut(folder / "tables" / "audit.jsonl.gz"),
    "a table gone": lambda folder: (folder / "tables" / "unit.jsonl.gz").unlink(),
    "a file damaged": lambda folder: _cut(next(file for file in (folder / "blobs").rglob("*") if file.is_file())),
    "half a manifest": lambda folder: _cut(folder / "manifest.json"),
    "of a newer release": lambda folder: _newer(folder / "manifest.json"),
}


def _rewrite(file: Path, change: Callable[[list[str]], list[str]]) -> None:
    lines = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
    file.write_bytes(gzip.compress("".join(change(lines)).encode()))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _newer(file: Path) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | {"version": "9999"}))
