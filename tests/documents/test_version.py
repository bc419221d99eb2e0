"""Which readers are at work: named by their text, so that a paper they failed at is tried by the next ones only."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents.office_files import stand_in

from plan_lifecycle.documents import version


def test_the_same_readers_bear_one_name() -> None:
    version.readers_version.cache_clear()  # what a test with an office program asked for is another name
    assert version.readers_version.__wrapped__() == version.readers_version()
    assert len(version.readers_version()) == 16


@pytest.mark.parametrize("part", ["documents/read/_head.py", "domain/deadline/deadline.lark"])
def test_readers_of_another_text_bear_another(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(version.__file__).parents[1]
    for name in ("documents", "domain"):
        (tmp_path / name).symlink_to(package / name)
    changed = tmp_path / "changed" / part
    changed.parent.mkdir(parents=True)
    changed.write_bytes((package / part).read_bytes() + b"\n# another\n")
    monkeypatch.setattr(version, "_PACKAGE", tmp_path / "changed")
    assert version.readers_version.__wrapped__() != version.readers_version()


def test_another_office_program_makes_other_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = version.readers_version.__wrapped__()
    stand_in(tmp_path, "exit 0", monkeypatch)
    assert version.readers_version.__wrapped__() not in (without, "")
