"""Ways in which a back-up is damaged, or made by somebody hostile."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def edit(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(gzip.compress(change(gzip.decompress(path.read_bytes()))))


def change_a_row(kept: Path) -> None:
    edit(kept / "tables/unit.jsonl.gz", lambda data: data.replace("xã Bình An".encode(), "xã Bình Ân".encode()))


def lose_a_row(kept: Path) -> None:
    edit(kept / "tables/letter.jsonl.gz", lambda data: data.split(b"\n", 1)[1])


def cut_a_file_short(kept: Path) -> None:
    path = kept / "tables/letter.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])


def add_a_column(kept: Path) -> None:
    edit(kept / "tables/unit.jsonl.gz", lambda data: data.replace(b'{"', b'{"new":1,"', 1))


def forge_the_trail(kept: Path) -> None:
    """A row of the trail with other words, and a manifest that fits them."""
    from plan_lifecycle.store.backup._rows import Tally

    edit(kept / "tables/audit.jsonl.gz", lambda data: data.replace(b'"by":"', b'"by":"x', 1))
    tally, manifest = Tally(), json.loads((kept / "manifest.json").read_text())
    for line in gzip.decompress((kept / "tables/audit.jsonl.gz").read_bytes()).splitlines():
        tally.add(line)
    manifest["tables"]["audit"]["digest"] = tally.digest
    (kept / "manifest.json").write_text(json.dumps(manifest))


def change_a_kept_file(kept: Path) -> None:
    path = next(path for path in (kept / "blobs").rglob("*") if path.is_file())
    path.chmod(0o600)
    path.write_bytes(b"something else")


def lose_a_kept_file(kept: Path) -> None:
    next(path for path in (kept / "blobs").rglob("*") if path.is_file()).unlink()


def lose_the_manifest(kept: Path) -> None:
    """What a back-up looks like that was killed."""
    (kept / "manifest.json").unlink()


def come_from_the_future(kept: Path) -> None:
    manifest = json.loads((kept / "manifest.json").read_text())
    (kept / "manifest.json").write_text(json.dumps(manifest | {"version": "9999"}))


def be_of_another_format(kept: Path) -> None:
    (kept / "manifest.json").write_text('{"format": 2}')


DAMAGES = (
    change_a_row, lose_a_row, cut_a_file_short, add_a_column, forge_the_trail, change_a_kept_file, lose_a_kept_file,
    lose_the_manifest, come_from_the_future, be_of_another_format,
)  # fmt: skip


def tell(kept: Path, **changed: object) -> None:
    manifest = json.loads((kept / "manifest.json").read_text())
    (kept / "manifest.json").write_text(json.dumps(manifest | changed))


def put_in_place_of(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


def a_kept_file(kept: Path) -> Path:
    return next(path for path in (kept / "blobs").rglob("*") if path.is_file())


HOSTILE: dict[str, Callable[[Path], object]] = {
    "a table that links to what never ends": lambda kept: put_in_place_of(
        kept / "tables/letter.jsonl.gz", lambda path: path.symlink_to("/dev/zero")
    ),
    "a table that waits for a writer": lambda kept: put_in_place_of(kept / "tables/letter.jsonl.gz", os.mkfifo),
    "a row without end": lambda kept: edit(kept / "tables/letter.jsonl.gz", lambda data: b"1" * 70_000 + data),
    "rows without end": lambda kept: edit(kept / "tables/unit.jsonl.gz", lambda data: data * 400),
    "a table that is no table": lambda kept: (kept / "tables/letter.jsonl.gz").write_bytes(
        gzip.compress(b"")[:10] + b"\xff" * 40
    ),
    "a kept file that links to what never ends": lambda kept: put_in_place_of(
        a_kept_file(kept), lambda path: path.symlink_to("/dev/zero")
    ),
    "a kept file that waits for a writer": lambda kept: put_in_place_of(a_kept_file(kept), os.mkfifo),
    "a kept file without end": lambda kept: os.truncate(a_kept_file(kept), 1 << 40),
    "a file where a folder was": lambda kept: (
        shutil.rmtree(a_kept_file(kept).parent),
        (kept / "blobs" / "zz").touch(),
        next(path for path in (kept / "blobs").iterdir() if path.is_dir() and len(path.name) == 2).rename(kept / "old"),
    ),
    "a manifest that waits for a writer": lambda kept: put_in_place_of(kept / "manifest.json", os.mkfifo),
    "a manifest without end": lambda kept: os.truncate(kept / "manifest.json", 1 << 40),
    "a manifest without bottom": lambda kept: (kept / "manifest.json").write_text("[" * 100_000),
    "a version of Alembic's own": lambda kept: tell(kept, version="+1"),
    "a version that is a number": lambda kept: tell(kept, version=31),
    "a table of somebody else's": lambda kept: tell(kept, tables={"../../x": {"number": 1, "digest": "0"}}),
    "a day without a time zone": lambda kept: tell(kept, made_at="2023-02-21T08:00:00"),
    "fewer files than none": lambda kept: tell(kept, files={"number": -1, "digest": "0"}),
}
