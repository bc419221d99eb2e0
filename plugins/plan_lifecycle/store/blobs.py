"""Bytes that are kept: a folder of files named by their SHA-256, written once, never changed, let go by one rule alone
(``store.retention``).

A file is in place before the transaction that names it commits; one that no row names does no harm.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from plan_lifecycle.domain.errors import PlanLifecycleError

OWNER_ONLY = 0o700
"""Units' papers are for the process that keeps them; files are made readable by their owner only, too."""


_GONE = "Tệp đã lưu không còn hoặc không còn nguyên vẹn; đề nghị báo người quản trị để khôi phục từ bản sao lưu."
_NOT_KEPT = "Chưa lưu được tệp (ổ đĩa đầy hoặc không ghi được); đề nghị thử lại sau, hoặc báo người quản trị."


class BlobError(PlanLifecycleError):
    """Bytes could not be kept or found."""


class Blobs:
    """Content-addressed files under ``root``. ``durable=False`` leaves out the flush to disk, for throw-away runs."""

    def __init__(self, root: Path, *, durable: bool = True) -> None:
        self.root, self._durable = root, durable

    def beside(self, name: str) -> Blobs:
        """Open another store of bytes in a folder of its own below this one."""
        return Blobs(self.root / name, durable=self._durable)

    def path(self, digest: str) -> Path:
        """Say where the bytes of this SHA-256 lie."""
        return self.root / digest[:2] / digest[2:]

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their SHA-256 (hex). Keeping them again does nothing."""
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        if target.exists():
            return digest
        try:
            for folder in (self.root.parent, self.root, target.parent):
                folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
            self._write(target, data)
        except OSError as error:
            raise BlobError(f"cannot write {target}: {error.strerror}", vi=_NOT_KEPT) from error
        return digest

    def get(self, digest: str) -> bytes:
        """Give the bytes. Raises BlobError where they are not to be had, or are no longer those that were kept."""
        try:
            data = self.path(digest).read_bytes()
        except OSError as error:
            raise BlobError(f"cannot read {self.path(digest)}: {error.strerror}", vi=_GONE) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise BlobError(f"{self.path(digest)} has been changed", vi=_GONE)
        return data

    def remove(self, digest: str) -> None:
        """Let the bytes go; nothing where they are not there. Raises BlobError."""
        try:
            self.path(digest).unlink(missing_ok=True)
        except OSError as error:
            raise BlobError(f"cannot remove {self.path(digest)}: {error.strerror}") from error

    def _write(self, target: Path, data: bytes) -> None:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                if self._durable:
                    file.flush()
                    os.fsync(file.fileno())
            Path(name).replace(target)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
