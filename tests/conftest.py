"""What all tests share: the optional samples, and the rule that nothing is left out unseen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SAMPLES = "PLAN_LIFECYCLE_SAMPLES"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real samples; the only permitted reason to skip."""
    folder = os.environ.get(SAMPLES)
    if not folder:
        pytest.skip(f"{SAMPLES} is not set")
    return Path(folder)
