"""What a back-up says of itself: written last, so that a back-up without it was never finished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from plan_lifecycle.domain.errors import InputError

FORMAT = 1
NAME = "manifest.json"
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
        being_written.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        being_written.replace(folder / NAME)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(counted.number for counted in self.tables.values())


def read_manifest(folder: Path) -> Manifest:
    """Read what a back-up says of itself. Raises InputError where there is none, or none of ours."""
    path = folder / NAME
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if body.pop("format") != FORMAT:
            raise InputError(f"a back-up of format {FORMAT}", file=path, vi=NO_BACKUP)
        tables = {name: Counted(**counted) for name, counted in body.pop("tables").items()}
        made_at, files = datetime.fromisoformat(body.pop("made_at")), Counted(**body.pop("files"))
        return Manifest(tables=tables, files=files, made_at=made_at, **body)
    except OSError as error:
        raise InputError("a finished back-up", file=path, found=error.strerror, vi=NO_BACKUP) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError("what a back-up says of itself", file=path, found=error, vi=NO_BACKUP) from error
