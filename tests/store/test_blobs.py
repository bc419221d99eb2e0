"""Bytes that are kept for good."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plan_lifecycle.store.blobs import BlobError, Blobs


@pytest.mark.parametrize("durable", [True, False])
@pytest.mark.parametrize("data", [b"", b"abc", bytes(1_000_000)])
def test_bytes_come_back(tmp_path: Path, data: bytes, durable: bool) -> None:
    blobs = Blobs(tmp_path, durable=durable)
    digest = blobs.put(data)
    assert len(digest) == 64
    assert blobs.get(digest) == data


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(blobs.put, [b"abc"] * 50))) == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_file_is_written_once_and_never_again(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    before = blobs.path(blobs.put(b"abc")).stat()
    after = blobs.path(blobs.put(b"abc")).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("durable", [True, False])
def test_bytes_are_on_the_disk_before_they_count_save_in_throw_away_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(os.fstat(descriptor).st_size))
    blobs = Blobs(tmp_path, durable=durable)
    blobs.put(b"abc")
    blobs.beside("quarantine").put(b"defg")
    assert flushed == ([3, 4] if durable else [])


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BlobError, match="cannot read"):
        Blobs(tmp_path).get("a" * 64)


def test_bytes_that_are_no_longer_those_that_were_kept_are_told(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    digest = blobs.put(b"abc")
    blobs.path(digest).write_bytes(b"abd")
    with pytest.raises(BlobError, match="has been changed"):
        blobs.get(digest)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file where the folder should be")
    with pytest.raises(BlobError, match="cannot write"):
        Blobs(tmp_path / "blobs").put(b"abc")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(BlobError, match="No space left"):
        Blobs(tmp_path).put(b"abc")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_kept_papers_are_their_owners_alone(tmp_path: Path) -> None:
    """Whatever the process's umask: neither folder nor file can be read by anybody else on the machine."""
    before = os.umask(0)
    try:
        blobs = Blobs(tmp_path / "var" / "blobs")
        kept = blobs.path(blobs.put(b"abc"))
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o077 for path in (kept, kept.parent, blobs.root, blobs.root.parent)} == {0}
