"""The units of one province, and a way to write a coordinator's table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plan_lifecycle.config.country import load_province
from plan_lifecycle.domain.unit import Unit

EXAMPLES = Path(__file__).resolve().parents[2] / "config"


@pytest.fixture(scope="session")
def binh_thuan() -> list[Unit]:
    """Tỉnh Bình Thuận of 2023."""
    return load_province("Bình Thuận", date(2023, 1, 1))


@pytest.fixture(scope="session")
def lam_dong() -> list[Unit]:
    """Tỉnh Lâm Đồng of 2026."""
    return load_province("Lâm Đồng", date(2026, 1, 1))


@pytest.fixture(scope="session")
def examples() -> Path:
    """The committed examples."""
    return EXAMPLES


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    """Write a table and return its path."""

    def write(text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write
