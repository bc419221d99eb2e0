"""``plan-lifecycle access``: whose units a login sees, and what is wrong with config/access.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import Run, answers
from tests.factories import ROOT

LIMITS = """\
others: nothing
limits:
  - {role: Điều phối Tuy Phong, below: huyện Tuy Phong}
  - {user: hoa, units: [xã Bình An]}
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """A folder of configuration of one's own."""
    folder = tmp_path / "config"
    folder.mkdir()
    for path in (ROOT / "config").iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "access.yaml").unlink()
    (folder / "access.yaml").write_text(LIMITS, encoding="utf-8")
    monkeypatch.setenv("PLAN_LIFECYCLE_CONFIG", str(folder))
    return folder


def test_it_shows_what_each_limit_gives_and_what_others_see(run: Run, config: Path) -> None:
    told = run("access", "show")
    assert told.code == 0
    assert "vai trò Điều phối Tuy Phong: 2 đơn vị: UBND huyện Tuy Phong; UBND xã Phước Thể" in told.out
    assert "hoa: 1 đơn vị: UBND xã Bình An" in told.out
    assert "chưa được xem gì" in told.out
    assert config.is_dir()


def test_it_shows_what_one_login_sees(run: Run, config: Path) -> None:
    ran = run("access", "show", "--user", "hoa", "--role", "Điều phối Tuy Phong", "--json")
    (seen,) = answers(ran, "access-show")
    assert seen["units"] == ["UBND huyện Tuy Phong", "UBND xã Bình An", "UBND xã Phước Thể"]
    (config / "access.yaml").write_text("others: everything\n", encoding="utf-8")
    (seen,) = answers(run("access", "show", "--user", "an", "--json"), "access-show")
    assert seen["units"] is None


def test_what_is_wrong_is_told_by_file_line_and_field(run: Run, config: Path) -> None:
    (config / "access.yaml").write_text(LIMITS.replace("xã Bình An", "xã Bình Ân"), encoding="utf-8")
    told = run("access", "show")
    assert told.code == 2
    assert "access.yaml, dòng 4, mục “limits.1.units”: chưa có đơn vị “xã Bình Ân”" in told.err
