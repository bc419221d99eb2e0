"""What a back-up says of itself: written last, so that a back-up without it was never finished."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.store.backup._plain import LARGEST_MANIFEST, new_file, plain_file

FORMAT = 1
NAME = "manifest.json"
_VERSION = re.compile(r"[0-9]{4}")
NO_BACKUP = "Thư mục không phải là bản sao lưu hoàn chỉnh; đề nghị chọn bản sao lưu khác."


@dataclass(frozen=True, slots=True)
class Counted:
    """So many rows or files, and their digests added up (64 hexadecimal digits)."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A back-up: the store's version, rows by table, files, and the trail's head ("412-3f9a…"; None: no act yet)."""

    version: str
    made_at: datetime
    tables: Mapping[str, Counted]
    files: Counted
    head: str | None

    def write(self, folder: Path) -> None:
        """Finish the back-up in ``folder``: the name stands there whole or not at all."""
        being_written = folder / f".{NAME}"
        body = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        with new_file(being_written) as file:
            file.write((json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode())
        being_written.replace(folder / NAME)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(counted.number for counted in self.tables.values())


def read_manifest(folder: Path) -> Manifest:
    """Read what a back-up says of itself. Raises InputError where there is none, or none of ours."""
    path = folder / NAME
    try:
        with plain_file(path, LARGEST_MANIFEST) as file:
            body: dict[str, Any] = json.loads(file.read().decode())
        if body.pop("format") != FORMAT:
            raise InputError(f"a back-up of format {FORMAT}", file=path, vi=NO_BACKUP)
        tables = {name: Counted(**counted) for name, counted in body.pop("tables").items()}
        made_at, files = datetime.fromisoformat(body.pop("made_at")), Counted(**body.pop("files"))
        manifest = Manifest(tables=tables, files=files, made_at=made_at, **body)
        _look_at(manifest)
        return manifest
    except OSError as error:
        raise InputError("a finished back-up", file=path, found=error.strerror, vi=NO_BACKUP) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError("what a back-up says of itself", file=path, found=error, vi=NO_BACKUP) from error


def _look_at(manifest: Manifest) -> None:
    """Raise ValueError where a value is none that a back-up of ours has."""
    if not (isinstance(manifest.version, str) and _VERSION.fullmatch(manifest.version)):
        raise ValueError(f"version {manifest.version!r}")
    if manifest.made_at.tzinfo is None:
        raise ValueError(f"made_at {manifest.made_at} without a time zone")
    if not all(
        isinstance(each.number, int) and each.number >= 0 for each in (*manifest.tables.values(), manifest.files)
    ):
        raise ValueError("a number of rows or files that is none")
